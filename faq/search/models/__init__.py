"""What search keeps: the index, the words that it knows, what staff add to them, and what visitors searched for."""

from faq.search.models.entry import SearchEntry
from faq.search.models.gap import SearchGap
from faq.search.models.lines import SearchLine, UnansweredSearch, UnopenedSearch, UnsatisfiedSearch
from faq.search.models.log import SearchEvent
from faq.search.models.names import SearchName
from faq.search.models.rebuild import Rebuild
from faq.search.models.synonym import LearntAbbreviation, Synonym
from faq.search.models.words import SearchWord

__all__ = [
    "LearntAbbreviation",
    "Rebuild",
    "SearchEntry",
    "SearchEvent",
    "SearchGap",
    "SearchLine",
    "SearchName",
    "SearchWord",
    "Synonym",
    "UnansweredSearch",
    "UnopenedSearch",
    "UnsatisfiedSearch",
]
