"""Versions: the page on which a draft is written, and everything that is known of a version."""

from http import HTTPStatus
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_protect

from faq import publishing
from faq.admin import drafts
from faq.admin.figure import FigureInline
from faq.admin.insight import VersionInsight
from faq.admin.parts import DraftOnly, is_writable
from faq.admin.reference import CitationInline
from faq.admin.resource import ResourceInline
from faq.admin.version_as_of import VersionAsOf
from faq.admin.version_audit import VersionAudit
from faq.admin.version_checklist import VersionChecklist
from faq.admin.version_comments import VersionComments
from faq.admin.version_compare import VersionCompare
from faq.admin.version_editing import VersionEditing
from faq.admin.version_form import VersionForm
from faq.admin.version_keeping import VersionKeeping
from faq.admin.version_list import VersionList
from faq.admin.version_moves import VersionMoves
from faq.admin.version_review import ReviewPages
from faq.admin.version_word import VersionWord
from faq.models import FaqVersion
from faq.models.workflow import Status
from portal.accounts.signed_in import person
from portal.lib.admin import change_url

RECORD: list[Any] = [
    "number",
    "state",
    "author",
    "writers",
    "imported_from",
    "approver",
    "approved_at",
    "published_at",
    "superseded_at",
    "withdrawn_at",
    "withdrawn_by",
    "withdrawal_reason",
    "reading_minutes",
    "content_sha256",
]


@admin.register(FaqVersion)
class FaqVersionAdmin(
    DraftOnly,
    VersionEditing,
    VersionChecklist,
    VersionKeeping,
    VersionComments,
    VersionCompare,
    VersionAsOf,
    VersionAudit,
    VersionInsight,
    VersionWord,
    VersionMoves,
    ReviewPages,
    VersionList,
):
    form = VersionForm
    autocomplete_fields = ["faq"]
    lasting_fields = ("faq",)
    readonly_fields = RECORD
    inlines = [FigureInline, ResourceInline, CitationInline]
    fieldsets = [
        (None, {"fields": ["faq", "question", "short_answer", "body"]}),
        ("Review", {"fields": ["last_reviewed", "next_review", "what_changed"]}),
        ("Record", {"fields": RECORD, "classes": ["collapse"]}),
    ]

    def get_inline_instances(self, request: HttpRequest, obj: FaqVersion | None = None) -> list[Any]:
        found = super().get_inline_instances(request, obj)
        if is_writable(obj):
            # Citations are numbered when the version is approved; until then there are none to show.
            return [inline for inline in found if not isinstance(inline, CitationInline)]
        for inline in found:
            inline.classes = ["collapse"]
        return found

    def get_fieldsets(self, request: HttpRequest, obj: FaqVersion | None = None) -> Any:
        (_, wording), *others = self.fieldsets
        if not is_writable(obj):
            # Nobody writes in a version that left its author, and the preview above shows what its markup means.
            return [("Markup", {**wording, "classes": ["collapse"]}), *others]
        if obj is None or not self.has_change_permission(request, obj):
            return self.fieldsets
        return [(None, {"fields": [*wording["fields"], "loaded", "read"]}), *others]

    @method_decorator(csrf_protect)
    def changeform_view(self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any) -> Any:
        late = self._late(request, object_id)
        if late is None:
            try:
                return super().changeform_view(request, object_id, *args, **kwargs)
            except publishing.NotDraft as refusal:
                late = refusal
        return self._too_late(request, late)

    def _late(self, request: HttpRequest, object_id: str | None) -> publishing.NotDraft | None:
        """What keeps an author's words from being saved: the version left draft while they wrote."""
        if request.method != "POST" or object_id is None or "question" not in request.POST:
            return None
        version = self.get_object(request, object_id)
        if version is None or version.is_editable or not request.user.has_perm("faq.change_faqversion"):
            return None
        return publishing.NotDraft(version)

    def _too_late(self, request: HttpRequest, refusal: publishing.NotDraft) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": "Not saved",
            "version": refusal.version,
            "version_url": change_url(refusal.version),
            "reason": str(refusal),
            "typed": drafts.typed(request.POST),
        }
        return render(request, "admin/faq/faqversion/too_late.html", context, status=HTTPStatus.CONFLICT)

    def save_model(self, request: HttpRequest, obj: FaqVersion, form: Any, change: bool) -> None:
        if change:
            publishing.lock_draft(obj)
            # The wording only: what else the row holds may have moved on since this request began.
            obj.save(update_fields=drafts.WORDING)
        else:
            obj.author = person(request)
            super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        if not change or any(part.has_changed() for part in (form, *formsets)):
            publishing.write(form.instance, by=person(request))
        super().save_related(request, form, formsets, change)

    def response_add(self, request: HttpRequest, obj: FaqVersion, post_url_continue: str | None = None) -> HttpResponse:
        return self._after_save(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: FaqVersion) -> HttpResponse:
        return self._after_save(request, obj) or super().response_change(request, obj)

    def _after_save(self, request: HttpRequest, version: FaqVersion) -> HttpResponse | None:
        return self.perform(request, version, "submit") if "_submit" in request.POST else None

    def view_on_site(self, version: FaqVersion) -> str | None:
        return version.get_absolute_url() if version.status == Status.PUBLISHED else None
