"""Versions as Word files: downloading one for reviewers outside, and making a draft of one."""

import hashlib
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_GET, require_POST

from faq import publishing
from faq.admin import word_preview
from faq.admin.version_pages import Tool, VersionPages
from faq.admin.word_form import MEGABYTES, TakeForm, UploadForm
from faq.exchange import giving, taking
from faq.models import Faq, FaqVersion, WordImport
from faq.models.workflow import OPEN, IllegalMove
from faq.word.package import Unreadable
from portal.accounts.signed_in import person
from portal.audit import note
from portal.lib.admin import change_url

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class VersionWord(VersionPages):
    """Versions as Word files."""

    def get_urls(self) -> list[URLPattern]:
        own = [
            path("<int:pk>/word/", self.admin_site.admin_view(require_GET(self.word_file)), name="faq_word_file"),
            path("word/", self.admin_site.admin_view(self.bring_word), name="faq_word_bring"),
            path("word/<int:pk>/", self.admin_site.admin_view(self.take_word), name="faq_word_take"),
            path("word/<int:pk>/<int:order>/", self.admin_site.admin_view(self.word_picture), name="faq_word_picture"),
            path(
                "word/<int:pk>/dismiss/",
                self.admin_site.admin_view(require_POST(self.dismiss_word)),
                name="faq_word_dismiss",
            ),
        ]
        return [*own, *super().get_urls()]

    def tools(self, request: HttpRequest, version: FaqVersion) -> list[Tool]:
        found = super().tools(request, version)
        if request.user.has_perm("faq.export_faqversion"):
            found.append(Tool("Download as Word", reverse("admin:faq_word_file", args=[version.pk])))
        if may_bring(request) and version.is_editable:
            found.append(Tool("Import from Word", f"{reverse('admin:faq_word_bring')}?faq={version.faq_id}"))
        return found

    def page_context(self, request: HttpRequest, row: FaqVersion | None) -> dict[str, Any]:
        context = super().page_context(request, row)
        brought: WordImport | None = getattr(row, "word_import", None) if row and row.status in OPEN else None
        report = word_preview.report_of(brought.report) if brought else None
        return {**context, "word_import": brought, "word_report": report, "may_bring_word": may_bring(request)}

    def word_file(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The version `pk` as a Word file."""
        version = get_object_or_404(FaqVersion.objects.with_parts(), pk=pk)
        if not self.has_view_permission(request, version) or not request.user.has_perm("faq.export_faqversion"):
            raise PermissionDenied
        content = giving.word_file(version, base=request.build_absolute_uri("/").rstrip("/"))
        name = giving.file_name(version)
        facts = {"file": name, "sha256": hashlib.sha256(content).hexdigest(), "status": version.status}
        place = f"faq:{version.faq_id}/version:{version.pk}/"
        note("exported", "faq_faqversion", str(version), key=str(version.pk), place=place, facts=facts)
        return HttpResponse(
            content,
            content_type=DOCX,
            headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"},
        )

    def bring_word(self, request: HttpRequest) -> HttpResponse:
        """The first page: which file, and which question it answers."""
        if not may_bring(request):
            raise PermissionDenied
        asked = request.GET.get("faq", "")
        faq = Faq.objects.filter(pk=asked).first() if asked.isdecimal() else None
        form = UploadForm(request.POST or None, request.FILES or None, initial={"faq": faq})
        if request.method == "POST" and form.is_valid():
            file = form.cleaned_data["file"]
            try:
                brought = taking.bring(file.read(), file.name, form.cleaned_data["faq"], by=person(request))
                return redirect("admin:faq_word_take", brought.pk)
            except Unreadable as refusal:
                form.add_error("file", str(refusal))
        context = {
            **self.admin_site.each_context(request),
            "title": "New draft from Word",
            "form": form,
            "media": self.media + form.media,
            "faq": faq,
            "megabytes": MEGABYTES,
        }
        status = 200 if request.method == "GET" else 422
        return render(request, "admin/faq/word_bring.html", context, status=status)

    def take_word(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The second page: what arrives and what does not, before it becomes a draft."""
        brought = self._waiting(request, pk)
        base = request.build_absolute_uri("/").rstrip("/")
        taken = taking.taken(brought, base=base)
        draft = brought.faq.versions.open().with_parts().first()
        form = TakeForm(request.POST or None, taken=taken, draft=draft)
        if request.method == "POST" and form.is_valid():
            try:
                version = taking.take(
                    brought, by=person(request), question=form.cleaned_data["question"], adding=form.adds, base=base
                )
                self.log_change(request, version, f"Took the wording from the Word file {brought.file_name}.")
                messages.success(request, f"{brought.file_name} is version {version.number} now, a draft.")
                return redirect(change_url(version))
            except (publishing.NotDraft, IllegalMove) as refusal:
                form.add_error(None, str(refusal))
            except ValidationError as refusal:
                form.add_error(None, refusal.messages)
        context = {
            **self.admin_site.each_context(request),
            **word_preview.context(brought, taken),
            "title": "What arrives from Word",
            "form": form,
            "media": self.media,
            "draft": draft,
        }
        return render(request, "admin/faq/word_take.html", context, status=200 if request.method == "GET" else 422)

    def word_picture(self, request: HttpRequest, pk: int, order: int) -> HttpResponse:
        """A picture of a file that became no draft yet."""
        brought = self._waiting(request, pk)
        picture = get_object_or_404(brought.pictures, order=order)
        content = bytes(picture.content)
        headers = {"Cache-Control": "private, no-store", "Content-Security-Policy": "default-src 'none'; sandbox"}
        return HttpResponse(content, content_type=word_preview.media_type(content), headers=headers)

    def dismiss_word(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ends the work on a report, or throws away a file that became no draft."""
        brought = get_object_or_404(WordImport.objects.select_related("version"), pk=pk)
        if not may_bring(request):
            raise PermissionDenied
        version, faq = brought.version, brought.faq_id
        taking.dismiss(brought)
        if version is not None:
            messages.success(request, "The report of the Word import is gone.")
            return redirect(change_url(version))
        messages.success(request, f"{brought.file_name} was thrown away; nothing was changed.")
        return redirect(reverse("admin:faq_faq_change", args=[faq]))

    def _waiting(self, request: HttpRequest, pk: int) -> WordImport:
        """The file `pk`, for the person who brought it."""
        if not may_bring(request):
            raise PermissionDenied
        found = WordImport.objects.waiting().select_related("faq__drug__market", "faq__market").filter(pk=pk)
        brought = found.filter(made_by=person(request)).first()
        if brought is None:
            raise Http404("There is no such file, or it became a draft already.")
        return brought


def may_bring(request: HttpRequest) -> bool:
    """Whether the person who asks may make drafts of Word files."""
    needed = ("faq.add_wordimport", "faq.change_faqversion", "faq.submit_faqversion")
    return all(request.user.has_perm(permission) for permission in needed)
