"""The forms for signing in, on the pages and in the admin: whoever guesses is stopped."""

from typing import Any, cast

from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.lib import ratelimit

STOPPED = "stopped"


class SignInForm(AuthenticationForm):
    """Refuses even the right password once too many attempts failed, and counts those that do."""

    error_messages = {
        **AuthenticationForm.error_messages,
        STOPPED: _("Too many attempts failed. Please try again in an hour."),
    }

    def clean(self) -> dict[str, Any]:
        request, name = cast(HttpRequest, self.request), self.cleaned_data.get("username") or ""
        if not ratelimit.may_sign_in(request, name):
            raise ValidationError(self.error_messages[STOPPED], code=STOPPED)
        try:
            return super().clean()
        except ValidationError:
            ratelimit.sign_in_failed(request, name)
            raise

    @property
    def is_stopped(self) -> bool:
        """Whether too many attempts failed before this one."""
        return self.has_error(NON_FIELD_ERRORS, STOPPED)


class AdminSignInForm(SignInForm, AdminAuthenticationForm):
    """The same for the admin, which lets in staff only."""

    error_messages = {**AdminAuthenticationForm.error_messages, STOPPED: SignInForm.error_messages[STOPPED]}
