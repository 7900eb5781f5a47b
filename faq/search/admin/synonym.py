"""Words that mean the same, as staff say them; search knows them at once."""

from django.contrib import admin
from django.utils.safestring import SafeString

from faq.search.admin.closing import ClosesGap
from faq.search.models import SearchGap, Synonym
from portal.lib.admin import StaffAdmin, badge


@admin.register(Synonym)
class SynonymAdmin(ClosesGap, StaffAdmin):
    list_display = ["typed", "meant", "sort", "language", "where", "note"]
    list_filter = ["kind", "language", "market"]
    list_select_related = ["market"]
    search_fields = ["typed", "meant", "note"]
    autocomplete_fields = ["market"]
    fields = ["typed", "meant", "kind", "language", "market", "note"]
    closes_as = SearchGap.State.SYNONYM

    class Media:
        css = {"all": ["css/admin-search.css"]}

    @admin.display(description="kind", ordering="kind")
    def sort(self, synonym: Synonym) -> SafeString:
        return badge("synonym", synonym.kind, synonym.get_kind_display().partition(":")[0])

    @admin.display(description="market", ordering="market", empty_value="all markets")
    def where(self, synonym: Synonym) -> str | None:
        return str(synonym.market) if synonym.market else None
