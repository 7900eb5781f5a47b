"""Versions: the list that staff work from, the form of a draft, and the moves between states."""

from http import HTTPStatus
from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_POST

from faq import publishing
from faq.admin import cells, drafts, moves
from faq.admin.figure import FigureInline
from faq.admin.filters import DueFilter
from faq.admin.parts import DraftOnly, is_writable
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


class VersionForm(WholeRowForm):
    """The wording of a draft, and by `loaded` what it was when the form was made."""

    loaded = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        help_texts = {"body": MARKERS}
        widgets = {
            "question": forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
            "short_answer": forms.Textarea(attrs={"rows": 5, "class": "vLargeTextField markup"}),
            "body": forms.Textarea(attrs={"rows": 30, "class": "vLargeTextField markup"}),
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
        shown = preview(FaqVersion.objects.with_parts().get(pk=row.pk))
        return {**context, "moves": offered, "preview": shown, "replacement_choice": self._replacement(row)}

    def _replacement(self, row: FaqVersion) -> SafeString:
        """A field in which the question is sought that answers this one now, filled in with the one named before."""
        link = Faq._meta.get_field("replaced_by")
        widget = AutocompleteSelect(link, self.admin_site, attrs={"id": "replaced_by", "data-width": "100%"})
        choice = forms.ModelChoiceField(Faq.objects.all(), required=False, widget=widget)
        return cast(SafeString, choice.widget.render("replaced_by", row.faq.replaced_by_id))

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
        return [(None, {"fields": [*wording["fields"], "loaded"]}), *others]

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
