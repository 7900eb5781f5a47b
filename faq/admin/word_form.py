"""The forms by which an author brings a Word file and makes a draft of it."""

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict

from faq.admin import drafts
from faq.exchange.taking import Taken
from faq.models import Faq, FaqVersion
from faq.models.workflow import EDITABLE
from faq.word.package import LARGEST_FILE

MEGABYTES = LARGEST_FILE // 1024 // 1024
_QUESTION = FaqVersion._meta.get_field("question").max_length


class UploadForm(forms.Form):
    """A Word file, and the question that it answers: sought by typing, or by its content ID."""

    faq = forms.ModelChoiceField(
        Faq.objects.all(),
        required=False,
        label="Question",
        widget=AutocompleteSelect(FaqVersion._meta.get_field("faq"), admin.site, attrs={"data-width": "100%"}),
        help_text="Type a content ID, a drug, or words of the question.",
    )
    content_id = forms.CharField(required=False, label="Content ID", max_length=120)
    file = forms.FileField(
        label="Word file",
        help_text=f"A .docx file of at most {MEGABYTES} MB. Nothing becomes a draft before you have seen what arrives.",
        widget=forms.FileInput(attrs={"accept": ".docx"}),
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if file.size is None or file.size > LARGEST_FILE:
            raise ValidationError(f"The file is larger than {MEGABYTES} MB. Compress its pictures in Word.")
        return file

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        faq = cleaned.get("faq") or self._named(cleaned.get("content_id", ""))
        if faq is None and "faq" not in self.errors:
            self.add_error("faq", "Choose the question that the file answers.")
        elif faq is not None:
            self._refuse_open(faq)
        return {**cleaned, "faq": faq}

    def _named(self, content_id: str) -> Faq | None:
        found = list(Faq.objects.filter(content_id__iexact=content_id.strip())[:2]) if content_id.strip() else []
        return found[0] if len(found) == 1 else None

    def _refuse_open(self, faq: Faq) -> None:
        version = faq.versions.open().first()
        if version is not None and version.status not in EDITABLE:
            state = version.get_status_display().lower()
            self.add_error("faq", f"Version {version.number} of this question is {state}; it has to be a draft first.")


class TakeForm(forms.Form):
    """What an author decides about a file that was read."""

    question = forms.CharField(
        max_length=_QUESTION, widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"})
    )
    adding = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label="Add to the library",
        help_text="The file holds the full data of these sources. What you tick becomes a reference, and is cited.",
    )
    replaces = forms.BooleanField(required=False)
    # What the draft said when the page was made.
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, taken: Taken, draft: FaqVersion | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        candidates = [(str(candidate.place), f"{candidate.title} ({candidate.key})") for candidate in taken.candidates]
        choice = self.fields["adding"]
        if isinstance(choice, forms.MultipleChoiceField):
            choice.choices = candidates
        if not candidates:
            del self.fields["adding"]
        if draft is None:
            del self.fields["replaces"]
        else:
            self.fields["replaces"].required = True
            self.fields["replaces"].label = f"Replace the wording and the figures of draft {draft.number}"
        self.initial["seen"] = self.today = drafts.digest(draft) if draft is not None else ""
        self.initial.setdefault("question", taken.question or (draft.question if draft else ""))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("seen", "") != self.today:
            # Whoever sends the form again has read the message and means it.
            self.data = cast(QueryDict, self.data).copy()
            self.data[self.add_prefix("seen")] = self.today
            self.add_error(None, "Somebody changed the draft since you opened this page. Look at it before you go on.")
        return cleaned

    @property
    def adds(self) -> set[int]:
        """The places of the sources that were ticked."""
        return {int(place) for place in self.cleaned_data.get("adding", [])}
