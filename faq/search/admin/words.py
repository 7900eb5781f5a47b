"""The vocabulary of the index, and the names by which drugs are recognised, for looking into what search understood."""

from django.contrib import admin

from faq.search.models import SearchName, SearchWord
from portal.lib.admin import AutocompleteFilter, FilterMedia, ReadOnly, StaffAdmin


@admin.register(SearchWord)
class SearchWordAdmin(ReadOnly, StaffAdmin):
    list_display = ["word", "stem", "market", "answers", "heads"]
    list_filter = ["market"]
    list_select_related = ["market"]
    search_fields = ["word", "stem"]
    ordering = ["word", "market"]


@admin.register(SearchName)
class SearchNameAdmin(ReadOnly, FilterMedia, StaffAdmin):
    list_display = ["name", "key", "kind", "drug", "market"]
    list_filter = ["kind", "market", ("drug", AutocompleteFilter)]
    list_select_related = ["market", "drug"]
    search_fields = ["name", "key", "drug__name"]
    ordering = ["key", "market"]
