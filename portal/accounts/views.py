"""Signing in and out, for markets that ask their readers for an account."""

from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import SimpleTemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from portal.accounts.forms import SignInForm
from portal.chrome.models import Market
from portal.chrome.pages import Crumb, nearest_market, within
from portal.lib.access import marked


class _SignIn(LoginView):
    form_class = SignInForm
    template_name = "accounts/sign_in.html"
    market: Market | None = None

    def get_form(self, form_class: Any = None) -> AuthenticationForm:
        form = super().get_form(form_class)
        if self.request.method == "POST" and form.errors:
            for name in ("username", "password"):
                form.fields[name].widget.attrs.update({"aria-invalid": "true", "aria-describedby": "errors"})
        return form

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        response = super().form_valid(form)
        if not form.get_user().is_staff:
            # Readers often share a computer: their session ends with the browser.
            self.request.session.set_expiry(0)
        return response

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        response = super().form_invalid(form)
        if isinstance(form, SignInForm) and form.is_stopped:
            response.status_code = 429
        return response

    def get_default_redirect_url(self) -> str:
        return self.market.get_absolute_url() if self.market else "/"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(crumbs=[Crumb(_("Sign in"))], **kwargs)


@never_cache
def sign_in(request: HttpRequest) -> HttpResponseBase:
    """The sign-in page in the language of the market that the visitor wants to read."""
    market = _market(request)
    with within(request, market):
        response = _SignIn.as_view(market=market)(request)
        # Rendered here, while the market's language is spoken.
        return response.render() if isinstance(response, SimpleTemplateResponse) else response


@never_cache
def sign_out(request: HttpRequest) -> HttpResponseBase:
    """Ends the session and leads to the home page of the market that the visitor read."""
    return LogoutView.as_view(next_page=_market(request).get_absolute_url())(request)


def _market(request: HttpRequest) -> Market:
    market = nearest_market(request.POST.get("next") or request.GET.get("next", ""))
    if market is None:
        raise Http404("There is no market yet.")
    return market


marked(sign_in, "visitors")
marked(sign_out, "visitors")
