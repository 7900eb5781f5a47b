"""Abbreviations as the approved answers define them, each once, with the answers that do."""

from typing import Any

from django.contrib import admin
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Min, OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from faq.search import analysis
from faq.search.models import LearntAbbreviation, Synonym
from portal.lib.admin import ReadOnly, StaffAdmin, cell

_PAIR = ("short", "long", "entry__market")


@admin.register(LearntAbbreviation)
class LearntAbbreviationAdmin(ReadOnly, StaffAdmin):
    list_display = ["short", "long", "market", "defined_by"]
    list_filter = ["entry__market"]
    list_select_related = ["entry__market"]
    search_fields = ["short", "long", "entry__faq__content_id"]
    ordering = ["short", "long", "entry__market"]
    fields = ["short", "long", "market", "defined_by"]
    readonly_fields = ["market", "defined_by"]

    class Media:
        css = {"all": ["css/admin-search.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[LearntAbbreviation]:
        each_once = LearntAbbreviation.objects.order_by().values(*_PAIR).annotate(first=Min("pk")).values("first")
        same = LearntAbbreviation.objects.filter(**{name: OuterRef(name) for name in _PAIR}).order_by("entry__faq")
        told = JSONObject(version="entry__version", content_id="entry__faq__content_id")
        rows: QuerySet[LearntAbbreviation] = super().get_queryset(request).filter(pk__in=each_once)
        return rows.annotate(definitions=ArraySubquery(same.values(json=told)))

    def get_list_display(self, request: HttpRequest) -> Any:
        may = request.user.has_perm("search.add_synonym")
        return [*self.list_display, "never_the_same"] if may else self.list_display

    @admin.display(ordering="entry__market")
    def market(self, learnt: LearntAbbreviation) -> str:
        return str(learnt.entry.market)

    def defined_by(self, learnt: Any) -> SafeString:
        return cell("search/_definitions", answers=learnt.definitions)

    @admin.display(description="wrong?")
    def never_the_same(self, learnt: LearntAbbreviation) -> SafeString:
        market = learnt.entry.market
        filled_in: dict[str, str | int] = {
            "kind": Synonym.Kind.UNRELATED.value,
            "typed": learnt.short,
            "meant": learnt.long,
            "language": analysis.language_of(market.language_tag),
            "market": market.pk,
        }
        return cell("search/_never", address=f"{reverse('admin:search_synonym_add')}?{urlencode(filled_in)}")
