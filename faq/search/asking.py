"""What the address of a search says, and the addresses that lead on from it. Pure."""

from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

from faq.models.faq import LabelStatus
from faq.search.query import clean, is_cut
from faq.search.results import Narrowing
from portal.lib.access import slug_or_none

# More digits than any page or key of a row has.
_MOST_DIGITS = 9


class Asking(NamedTuple):
    """A search as its address says it. `drug` is the slug of the drug to search in; `narrowing` only leaves out.

    `is_cut` says that more was asked than `text` holds.
    """

    text: str = ""
    drug: str = ""
    narrowing: Narrowing = Narrowing()
    exact: bool = False
    everywhere: bool = False
    page: int = 1
    is_cut: bool = False

    @property
    def is_new(self) -> bool:
        """Whether this is a question, and not another look at what it found: a further page, or a choice among it."""
        return bool(self.text) and self.page == 1 and not self.everywhere and self.narrowing == Narrowing()

    def address(self, **changes: Any) -> str:
        """The address, beginning with its `?`, of this search with `changes`; on its first page unless they say."""
        asking = self._replace(**{"page": 1, **changes})
        narrowing = asking.narrowing
        said = {
            "q": asking.text,
            "drug": asking.drug,
            "exact": int(asking.exact),
            "all": int(asking.everywhere),
            "only": narrowing.drug,
            "category": narrowing.category,
            "topic": narrowing.topic,
            "status": narrowing.status,
            "page": asking.page if asking.page > 1 else None,
        }
        return "?" + urlencode({name: value for name, value in said.items() if value}, quote_via=quote)

    def narrowed(self, **choice: Any) -> str:
        """The address of what is left of this search after one more choice, or without one that was made."""
        return self.address(narrowing=self.narrowing._replace(**choice))


def read(said: Mapping[str, str]) -> Asking:
    """What the parameters of an address ask for; what they cannot mean is passed over."""
    return Asking(
        text=clean(said.get("q", "")),
        drug=_slug(said, "drug"),
        narrowing=Narrowing(
            drug=_slug(said, "only"),
            category=_slug(said, "category"),
            topic=_number(said, "topic"),
            status=said.get("status", "") if said.get("status") in LabelStatus.values else "",
        ),
        exact=said.get("exact") == "1",
        everywhere=said.get("all") == "1",
        page=_number(said, "page") or 1,
        is_cut=is_cut(said.get("q", "")),
    )


def _slug(said: Mapping[str, str], name: str) -> str:
    return slug_or_none(said.get(name, "")) or ""


def _number(said: Mapping[str, str], name: str) -> int | None:
    value = said.get(name, "")
    return int(value) if value.isdecimal() and len(value) <= _MOST_DIGITS else None
