"""What of searches stands on the first page of the admin."""

from faq.search.models import (
    LearntAbbreviation,
    Rebuild,
    SearchEntry,
    SearchEvent,
    SearchGap,
    SearchLine,
    SearchName,
    SearchWord,
    Synonym,
    UnansweredSearch,
    UnopenedSearch,
    UnsatisfiedSearch,
)
from portal.lib.landing import Entry, add, shelve

GAPS = Entry(
    "Questions that found no answer",
    "search.view_searchgap",
    lambda _person: SearchGap.objects.open(),
    "search_searchgap_changelist",
)

add("From visitors", 30, [GAPS])

shelve("What visitors search for", 50, SearchGap, UnansweredSearch, UnopenedSearch, UnsatisfiedSearch, SearchLine)
shelve("What visitors search for", 50, SearchEvent)
shelve("How search works", 60, Synonym, LearntAbbreviation, SearchEntry, SearchWord, SearchName, Rebuild)
