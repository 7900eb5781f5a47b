"""What the search index holds, for looking into why an answer is or is not found."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from faq.search.models import SearchEntry
from portal.lib.admin import AutocompleteFilter, FilterMedia, ReadOnly, StaffAdmin

# The tokens of each part of an answer, as search counts them.
WORDS = ("names", "phrasings", "question", "topics", "answer", "body")


@admin.register(SearchEntry)
class SearchEntryAdmin(ReadOnly, FilterMedia, StaffAdmin):
    list_display = ["faq", "asked", "drug", "market", "indexed", "recipe", "model"]
    list_filter = ["market", ("drug", AutocompleteFilter), "version__status"]
    list_select_related = ["faq", "drug", "market", "version"]
    search_fields = ["faq__content_id", "version__question", "drug__name"]
    fields = ["faq", "indexed", "drug", "market", *WORDS, "text", "recipe", "model"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[SearchEntry]:
        rows: QuerySet[SearchEntry] = super().get_queryset(request)
        return rows.defer("text", "body", "forms", "head", "rest", "typed", "vector", "bits")

    @admin.display(description="question", ordering="version__question")
    def asked(self, entry: SearchEntry) -> str:
        return entry.version.question

    @admin.display(description="indexed version", ordering="version__number")
    def indexed(self, entry: SearchEntry) -> str:
        """The version that visitors find, which is always the published one unless the index is damaged."""
        return f"v{entry.version.number}, {entry.version.get_status_display().lower()}"
