"""The form of a draft."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from faq import publishing
from faq.admin import clashes, drafts
from faq.admin.editor import EditorField
from faq.models import Faq, FaqVersion
from portal.lib.admin import WholeRowForm


class Memory(forms.CharField):
    """What the form itself remembers; it is nothing that a person changes."""

    def has_changed(self, _initial: Any, _data: Any) -> bool:
        return False


class VersionForm(WholeRowForm):
    """The wording of a draft, and by `loaded` (as a whole) and `read` (by field) what it was when the form was made."""

    short_answer = EditorField(
        line=True, rows=5, required=False, help_text="One to three sentences that answer the question."
    )
    body = EditorField(rows=30, required=False)
    loaded = Memory(required=False, widget=forms.HiddenInput)
    read = Memory(required=False, widget=forms.HiddenInput)
    clashing: list[clashes.Clash]

    class Meta:
        widgets = {
            "question": forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
            "what_changed": forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["loaded"] = drafts.digest(self.instance)
            self.initial["read"] = clashes.fingerprints(self.instance)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.instance.pk:
            self._refuse_overtaken(publishing.lock_draft(self.instance))
        return cleaned

    def _refuse_overtaken(self, stored: FaqVersion) -> None:
        today = drafts.digest(stored)
        if self.cleaned_data.get("loaded") == today:
            return
        meeting = clashes.meet(stored, self.cleaned_data, self.cleaned_data.get("read", ""))
        self.clashing = meeting.clashes
        # Whoever saves again has read the message, has theirs before them where only they wrote, and means it.
        anew = {**meeting.carried, "loaded": today, "read": clashes.fingerprints(stored)}
        self.data = cast(QueryDict, self.data).copy()
        for name, words in anew.items():
            self.data[self.add_prefix(name)] = words
        self.add_error(None, drafts.overtaken(stored))

    def clean_faq(self) -> Faq:
        faq: Faq = self.cleaned_data["faq"]
        if faq.versions.open().exists():
            raise ValidationError("This question has an open version already; finish that one first.")
        return faq
