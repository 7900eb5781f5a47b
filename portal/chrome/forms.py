"""The form of the page "Your privacy choices"."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class PrivacyForm(forms.Form):
    """A visitor's two choices; where the browser sent Global Privacy Control, the second one is made."""

    remember = forms.TypedChoiceField(
        label=_("Remember what I read on this device"),
        help_text=_("A list of the last answers that you opened, kept in this browser and shown on the home page."),
        choices=[("1", _("On: keep the list")), ("0", _("Off: keep nothing"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    optout = forms.TypedChoiceField(
        label=_("Opt out of the sale and sharing of my personal information"),
        help_text=_("We sell and share none. Your opt-out is recorded all the same, in case that ever changes."),
        choices=[("1", _("Yes, I opt out")), ("0", _("No, I do not opt out"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, signal: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if signal:
            self.initial["optout"] = "1"
            # What a form sends for a disabled field is not read.
            self.fields["optout"].disabled = True
