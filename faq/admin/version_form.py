"""The form of a draft."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from faq import publishing
from faq.admin import drafts
from faq.admin.editor import EditorField
from faq.models import Faq, FaqVersion
from portal.lib.admin import WholeRowForm


class VersionForm(WholeRowForm):
    """The wording of a draft, and by `loaded` what it was when the form was made."""

    short_answer = EditorField(
        line=True, rows=5, required=False, help_text="One to three sentences that answer the question."
    )
    body = EditorField(rows=30, required=False)
    loaded = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        widgets = {
            "question": forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
            "what_changed": forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["loaded"] = drafts.digest(self.instance)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.instance.pk:
            self._refuse_overtaken(publishing.lock_draft(self.instance))
        return cleaned

    def _refuse_overtaken(self, stored: FaqVersion) -> None:
        today = drafts.digest(stored)
        if self.cleaned_data.get("loaded") != today:
            # Whoever saves again has read the message and means it.
            self.data = cast(QueryDict, self.data).copy()
            self.data[self.add_prefix("loaded")] = today
            self.add_error(None, drafts.overtaken(stored))

    def clean_faq(self) -> Faq:
        faq: Faq = self.cleaned_data["faq"]
        if faq.versions.open().exists():
            raise ValidationError("This question has an open version already; finish that one first.")
        return faq
