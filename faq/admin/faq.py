"""Questions, how else people ask them, and their versions."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.safestring import SafeString

from faq import publishing
from faq.admin import cells
from faq.admin.faq_asked import FaqAsked, PhrasingInline
from faq.admin.insight import FaqInsight
from faq.models import Drug, Faq, FaqVersion, OtherPhrasing
from faq.models.workflow import OPEN, IllegalMove, Status
from faq.search import index
from faq.search.admin.closing import ClosesGap
from faq.search.models import SearchGap
from portal.accounts.signed_in import person
from portal.audit.places import trail_url
from portal.lib.admin import AutocompleteFilter, FilterMedia, ReadOnly, StaffAdmin, WholeRowForm, change_url


class FaqForm(WholeRowForm):
    """Keeps a question, its drug and its topics in one market, and begins the first draft of a new one."""

    question = forms.CharField(
        required=False,
        max_length=FaqVersion._meta.get_field("question").max_length,
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
        help_text="Begins the first draft with these words. Empty: it is begun later.",
    )

    def clean_drug(self) -> Drug:
        drug: Drug = self.cleaned_data["drug"]
        if self.instance.pk and drug.market_id != self.instance.market_id:
            raise ValidationError("A question stays in its market: choose a drug of that market.")
        return drug

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        drug = cleaned.get("drug") or (self.instance.drug if self.instance.pk else None)
        topics = cleaned.get("topics") or []
        strange = [topic.name for topic in topics if drug and topic.market_id != drug.market_id]
        if strange:
            self.add_error("topics", f"Topics of another market: {', '.join(strange)}.")
        return cleaned


class VersionInline(ReadOnly, admin.TabularInline):
    model = FaqVersion
    fields = readonly_fields = ("version", "state", "question", "last_reviewed", "next_review", "author")
    extra = 0
    ordering = ["-number"]
    verbose_name_plural = "versions, newest first"
    view_on_site = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[FaqVersion]:
        return super().get_queryset(request).select_related("author", "faq")

    def version(self, version: FaqVersion) -> SafeString:
        return cells.version_link(version, with_content_id=False)

    def state(self, version: FaqVersion) -> SafeString:
        return cells.status(version)


class FaqList(FilterMedia, StaffAdmin):
    """The list of questions, with what visitors read of each and what staff are working on."""

    list_display = ["content", "number", "drug", "label", "question", "published", "open", "topic_list"]
    list_filter = ["market", ("drug", AutocompleteFilter), "label_status", ("topics", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["drug", "market"]
    search_fields = ["content_id", "versions__question", "other_phrasings__text", "drug__name", "drug__generic_name"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Faq]:
        current = FaqVersion.objects.filter(Q(status__in=OPEN) | Q(status=Status.PUBLISHED)).order_by("number")
        current = current.only("faq", "number", "status", "question")
        rows = super().get_queryset(request).select_related(*self.list_select_related)
        return rows.prefetch_related(Prefetch("versions", current, "current"), "topics")

    @admin.display(description="content ID", ordering="content_id")
    def content(self, faq: Faq) -> SafeString:
        return cells.content_id(faq)

    @admin.display(description="label status", ordering="label_status")
    def label(self, faq: Faq) -> SafeString:
        return cells.label_status(faq)

    def question(self, faq: Any) -> str:
        return faq.current[-1].question if faq.current else ""

    @admin.display(empty_value="none")
    def published(self, faq: Any) -> SafeString | None:
        return _link([version for version in faq.current if version.status == Status.PUBLISHED])

    @admin.display(empty_value="none")
    def open(self, faq: Any) -> SafeString | None:
        return _link([version for version in faq.current if version.status in OPEN])

    @admin.display(description="topics")
    def topic_list(self, faq: Faq) -> str:
        return ", ".join(topic.name for topic in faq.topics.all())


def _link(versions: list[FaqVersion]) -> SafeString | None:
    return cells.version_link(versions[0], with_content_id=False) if versions else None


@admin.register(Faq)
class FaqAdmin(FaqAsked, FaqInsight, FaqList):
    form = FaqForm
    autocomplete_fields = ["drug", "topics", "replaced_by"]
    inlines = [PhrasingInline, VersionInline]
    buttons = ("revise",)

    def get_inlines(self, _request: HttpRequest, obj: Faq | None) -> list[Any]:
        return list(self.inlines) if obj else [PhrasingInline]

    def get_fieldsets(self, request: HttpRequest, obj: Faq | None = None) -> Any:
        fields = ["drug", "content_id", "slug", "label_status", "topics"]
        if obj is None:
            may_write = request.user.has_perm("faq.submit_faqversion")
            draft = [("First draft", {"fields": ["question"]})] if may_write else []
            return [(None, {"fields": fields}), *draft, ("Elsewhere", {"fields": ["common_id"]})]
        elsewhere = ["common_id", "replaced_by"]
        return [(None, {"fields": ["market", "number", *fields]}), ("Elsewhere", {"fields": elsewhere})]

    def get_readonly_fields(self, request: HttpRequest, obj: Faq | None = None) -> list[str]:
        always = ["market", "number"]
        if obj is None or not Faq.objects.ever_answered().filter(pk=obj.pk).exists():
            return always
        # Visitors quote the content ID, so it lasts from the first time that they could see it. The drug and what its
        # label says of the answer stand on the page beside the approved wording, and nobody approves a change of them.
        relabels = request.user.has_perm("faq.relabel_faq")
        # Where visitors of a withdrawn answer are sent is for those to say who withdraw.
        leads = request.user.has_perm("faq.withdraw_faqversion")
        return [
            *always,
            "content_id",
            *([] if relabels else ["drug", "label_status"]),
            *([] if leads else ["replaced_by"]),
        ]

    def page_context(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        revisable = row is not None and not any(version.status in OPEN for version in row.current)
        user = person(request)
        reads_trail = row is not None and user.has_perm("audit.view_entry")
        return {
            **super().page_context(request, row),
            "may_revise": revisable and user.has_perm("faq.submit_faqversion"),
            "trail": trail_url(f"faq:{row.pk}/") if reads_trail else "",
        }

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        index.refresh_faq(form.instance)
        if not change and self.closes(form):
            draft = publishing.revise(form.instance, by=person(request))
            draft.question = form.cleaned_data["question"]
            draft.save(update_fields=["question"])

    def closes(self, form: Any) -> bool:
        return bool(form.cleaned_data["question"])

    def response_add(self, request: HttpRequest, obj: Faq, post_url_continue: str | None = None) -> HttpResponse:
        response = super().response_add(request, obj, post_url_continue)
        draft = obj.versions.open().first()
        return redirect(change_url(draft)) if draft and "_save" in request.POST else response

    def revise(self, request: HttpRequest, faq: Faq) -> HttpResponse:
        """Begins a new version and leads to it."""
        try:
            with transaction.atomic():
                draft = publishing.revise(faq, by=person(request))
                self.log_change(request, faq, f"Began version {draft.number}.")
        except (IllegalMove, PermissionDenied) as refusal:
            messages.error(request, str(refusal))
            return redirect(change_url(faq))
        messages.success(request, f"Version {draft.number} is a draft now. Visitors see it once it is published.")
        return redirect(change_url(draft))

    def view_on_site(self, faq: Faq) -> str | None:
        # A question that was just added comes without its versions.
        current: list[FaqVersion] = getattr(faq, "current", [])
        return faq.get_absolute_url() if any(row.status == Status.PUBLISHED for row in current) else None


@admin.register(OtherPhrasing)
class OtherPhrasingAdmin(ClosesGap, StaffAdmin):
    closes_as = SearchGap.State.PHRASED
    list_display = ["text", "faq", "drug"]
    list_select_related = ["faq__drug"]
    search_fields = ["text", "faq__content_id", "faq__drug__name"]
    autocomplete_fields = ["faq"]
    lasting_fields = ("faq",)

    def answers_with(self, form: Any) -> Faq | None:
        phrasing: OtherPhrasing = form.instance
        return phrasing.faq

    @admin.display(ordering="faq__drug")
    def drug(self, phrasing: OtherPhrasing) -> str:
        return str(phrasing.faq.drug)

    def save_model(self, request: HttpRequest, obj: OtherPhrasing, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        index.refresh_faq(obj.faq)

    def delete_model(self, request: HttpRequest, obj: OtherPhrasing) -> None:
        super().delete_model(request, obj)
        index.refresh_faq(obj.faq)
