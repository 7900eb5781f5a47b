"""References out of a citation file, in three steps: the text, what becomes of each entry, what was done."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path

from faq.citations.formats import reading
from faq.imports import references
from faq.models import Reference
from portal.lib.admin import StaffAdmin


class CitationFileForm(forms.Form):
    """A citation file, pasted or uploaded."""

    text = forms.CharField(
        label="Paste the references here",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14, "class": "vLargeTextField markup", "spellcheck": "false"}),
    )
    file = forms.FileField(label="or choose a file", required=False, help_text=".ris, .nbib, .txt, .bib or .json")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        file, text = cleaned.get("file"), cleaned.get("text", "")
        if file and text.strip():
            raise forms.ValidationError("Paste references or choose a file, not both.")
        try:
            cleaned["text"] = references.text_of(file) if file else text
            cleaned["proposals"] = references.examine(cleaned["text"])
        except reading.Unreadable as error:
            raise forms.ValidationError(str(error)) from error
        return cleaned


class ReferenceImport(StaffAdmin):
    """The pages on which references are added from a citation file."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.import_file)
        return [path("import/", view, name="faq_reference_import"), *super().get_urls()]

    def import_file(self, request: HttpRequest) -> HttpResponse:
        """The three steps; each sends all that the next one needs, so that nothing is kept between them."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.method == "POST" and "decided" in request.POST:
            return self._add(request)
        form = CitationFileForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            return self._review(request, form.cleaned_data["text"], form.cleaned_data["proposals"])
        return self._step(request, "import", {"form": form, "title": "Add from a citation file"})

    def _review(
        self, request: HttpRequest, text: str, proposals: list[references.Proposal], *, refused: bool = False
    ) -> HttpResponse:
        context = {
            "title": "What becomes of each reference?",
            "text": text,
            "format": reading.read(text).format,
            "proposals": proposals,
            "good": sum(proposal.may_be_added for proposal in proposals),
            "refused": refused,
        }
        return self._step(request, "import_review", context)

    def _add(self, request: HttpRequest) -> HttpResponse:
        text = request.POST.get("text", "")
        try:
            proposals = references.examine(text, request.POST.dict())
        except reading.Unreadable as error:
            form = CitationFileForm(initial={"text": text})
            return self._step(request, "import", {"form": form, "title": "Add from a citation file", "error": error})
        told, made = references.add(proposals)
        if any(proposal.problem for proposal in told):
            return self._review(request, text, told, refused=True)
        for reference in made:
            self.log_addition(request, reference, "Added from a citation file.")
        return self._step(request, "import_result", self._result(told, made))

    def _result(self, told: list[references.Proposal], made: list[Reference]) -> dict[str, Any]:
        left = [proposal for proposal in told if proposal.choice == references.SKIP]
        return {
            "title": f"{len(made)} {'reference' if len(made) == 1 else 'references'} added",
            "made": [(reference, proposal.citation) for reference, proposal in zip(made, _added(told), strict=True)],
            "kept": [(proposal.used, proposal.citation) for proposal in told if proposal.used],
            "left": left,
            "left_text": "\n\n".join(proposal.entry.source for proposal in left),
        }

    def _step(self, request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
        common = {**self.admin_site.each_context(request), "opts": self.opts, "most": reading.MOST_ENTRIES}
        return render(request, TEMPLATES[name], {**common, **context})


TEMPLATES = {
    "import": "admin/faq/reference/import.html",
    "import_review": "admin/faq/reference/import_review.html",
    "import_result": "admin/faq/reference/import_result.html",
}


def _added(told: list[references.Proposal]) -> list[references.Proposal]:
    return [proposal for proposal in told if proposal.choice == references.ADD]
