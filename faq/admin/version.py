"""Versions: the list that staff work from, the form of a draft, and the moves between states."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from faq.admin import cells, moves
from faq.admin.figure import FigureInline
from faq.admin.filters import DueFilter
from faq.admin.parts import DraftOnly, is_open
from faq.admin.preview import preview
from faq.admin.reference import CitationInline
from faq.admin.resource import ResourceInline
from faq.models import Faq, FaqVersion
from faq.models.workflow import Status
from portal.accounts.signed_in import person
from portal.lib.admin import AutocompleteFilter, FilterMedia, StaffAdmin, WholeRowForm, change_url

MARKERS = format_html(
    "HTML. Where it says <code>{}</code> stands the number of that reference; <code>{}</code> places a figure of this"
    " version, and <code>{}</code> becomes a link to it.",
    escape('<cite data-ref="key"></cite>'),
    escape('<figure data-figure="key"></figure>'),
    escape('<span data-xref="key"></span>'),
)
RECORD: list[Any] = [
    "number",
    "state",
    "author",
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


class VersionForm(WholeRowForm):
    """The wording of a draft."""

    class Meta:
        help_texts = {"body": MARKERS}
        widgets = {
            "question": forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
            "short_answer": forms.Textarea(attrs={"rows": 5, "class": "vLargeTextField markup"}),
            "body": forms.Textarea(attrs={"rows": 30, "class": "vLargeTextField markup"}),
            "what_changed": forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
        }

    def clean_faq(self) -> Faq:
        faq: Faq = self.cleaned_data["faq"]
        if faq.versions.open().exists():
            raise ValidationError("This question has an open version already; finish that one first.")
        return faq


class VersionList(FilterMedia, StaffAdmin):
    """The list of versions."""

    list_display = ["content_id", "question", "drug", "number", "state", "label", "reviewed", "review_due", "author"]
    list_filter = [
        "status",
        DueFilter,
        "faq__market",
        ("faq__drug", AutocompleteFilter),
        "faq__label_status",
        ("faq__topics", admin.RelatedOnlyFieldListFilter),
    ]
    list_select_related = ["faq__drug", "faq__market", "author"]
    search_fields = [
        "faq__content_id",
        "question",
        "faq__drug__name",
        "faq__drug__generic_name",
        "faq__drug__names__name",
    ]
    date_hierarchy = "next_review"
    ordering = ["-pk"]

    @admin.display(description="content ID", ordering="faq__content_id")
    def content_id(self, version: FaqVersion) -> SafeString:
        return cells.content_id(version.faq)

    @admin.display(ordering="faq__drug__name")
    def drug(self, version: FaqVersion) -> str:
        return version.faq.drug.name

    @admin.display(description="status", ordering="status")
    def state(self, version: FaqVersion) -> SafeString:
        return cells.status(version)

    @admin.display(description="label status", ordering="faq__label_status")
    def label(self, version: FaqVersion) -> SafeString:
        return cells.label_status(version.faq)

    @admin.display(description="last review", ordering="last_reviewed")
    def reviewed(self, version: FaqVersion) -> SafeString:
        return cells.day(version.last_reviewed)

    @admin.display(description="next review", ordering="next_review")
    def review_due(self, version: FaqVersion) -> SafeString:
        return cells.next_review(version)


class VersionMoves(VersionList):
    """What moves versions: the buttons on a version's page, and the list's action."""

    actions = ["publish_selected"]

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_POST(self.move))
        return [path("<int:pk>/move/<slug:name>/", view, name="faq_faqversion_move"), *super().get_urls()]

    def move(self, request: HttpRequest, pk: int, name: str) -> HttpResponse:
        """Makes the move `name` and leads back to the version, or to the one that it began."""
        version = self.get_object(request, str(pk))
        if version is None or name not in moves.BY_NAME or not self.has_view_permission(request, version):
            raise Http404("No such version or move.")
        return self.perform(request, version, name)

    def perform(self, request: HttpRequest, version: FaqVersion, name: str) -> HttpResponse:
        move = moves.BY_NAME[name]
        return redirect(change_url(moves.perform(request, version, move, by=person(request), log=self.log_change)))

    def page_context(self, request: HttpRequest, row: FaqVersion | None) -> dict[str, Any]:
        user = person(request)
        context: dict[str, Any] = {"may_submit": user.has_perm("faq.submit_faqversion")}
        if row is None:
            return context
        # A draft is submitted with its form, so that nothing typed is lost; where there is no form, by a button.
        saves = self.has_change_permission(request, row)
        offered = [move for move in moves.offered(user, row) if not (saves and move.name == "submit")]
        return {**context, "moves": offered, "preview": preview(row)}

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("faq.publish_faqversion")

    @admin.action(description="Publish selected approved versions", permissions=["publish"])
    def publish_selected(self, request: HttpRequest, versions: QuerySet[FaqVersion]) -> None:
        done = 0
        for version in versions:
            try:
                moves.make(request, version, moves.BY_NAME["publish"], by=person(request), log=self.log_change)
                done += 1
            except moves.REFUSALS as refusal:
                messages.error(request, f"{version}: {refusal}")
        messages.success(request, f"Published {done} of the selected versions.")


@admin.register(FaqVersion)
class FaqVersionAdmin(DraftOnly, VersionMoves):
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
        if is_open(obj):
            # Citations are numbered when the version is approved; until then there are none to show.
            return [inline for inline in found if not isinstance(inline, CitationInline)]
        for inline in found:
            inline.classes = ["collapse"]
        return found

    def get_fieldsets(self, _request: HttpRequest, obj: FaqVersion | None = None) -> Any:
        wording, *others = self.fieldsets
        # Nobody writes in a version that left its author, and the preview above shows what its markup means.
        return self.fieldsets if is_open(obj) else [("Markup", {**wording[1], "classes": ["collapse"]}), *others]

    def save_model(self, request: HttpRequest, obj: FaqVersion, form: Any, change: bool) -> None:
        if not change:
            obj.author = person(request)
        super().save_model(request, obj, form, change)

    def response_add(self, request: HttpRequest, obj: FaqVersion, post_url_continue: str | None = None) -> HttpResponse:
        return self._after_save(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: FaqVersion) -> HttpResponse:
        return self._after_save(request, obj) or super().response_change(request, obj)

    def _after_save(self, request: HttpRequest, version: FaqVersion) -> HttpResponse | None:
        return self.perform(request, version, "submit") if "_submit" in request.POST else None

    def view_on_site(self, version: FaqVersion) -> str | None:
        return version.get_absolute_url() if version.status == Status.PUBLISHED else None
