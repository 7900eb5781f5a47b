"""What staff do about a question that visitors asked, each one click away, with what is known of it filled in."""

from collections.abc import Callable
from typing import Any, Protocol

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import slugify

from faq.models import Drug, Faq, FaqVersion, OtherPhrasing
from faq.search import analysis
from faq.search.models import SearchGap, Synonym
from portal.accounts.models import User
from portal.chrome.models import Market


class Asked(Protocol):
    """A question with where it was asked: a line of a list, or a gap."""

    text: str
    market: Market
    drug: Drug | None
    drug_id: int | None


def offered(user: User, row: Any) -> list[tuple[str, str, str]]:
    """The label, the explanation and the address of each step that `user` may take about `row`."""
    gap = row.pk if isinstance(row, SearchGap) else row.gap_id
    return [
        (label, told, f"{reverse(f'admin:{form}')}?{urlencode({**fields(row), **({'gap': gap} if gap else {})})}")
        for label, told, form, fields in _allowed(user)
    ]


def _allowed(user: User) -> list[tuple[str, str, str, Callable[[Asked], dict[str, Any]]]]:
    return [step for *rights, step in _STEPS if user.has_perms(rights)]


def _synonym(row: Asked) -> dict[str, Any]:
    language = analysis.language_of(row.market.language_tag)
    return {"market": row.market.pk, "language": language, "typed": _cut(row.text, Synonym, "typed")}


def _phrasing(row: Asked) -> dict[str, Any]:
    return {"text": _cut(row.text, OtherPhrasing, "text")}


def draft(row: Asked) -> dict[str, Any]:
    """What the form of a new question is filled with."""
    drug = {"drug": row.drug_id} if row.drug_id else {}
    slug = slugify(row.text)[: Faq._meta.get_field("slug").max_length].strip("-")
    return {**drug, "slug": slug, "question": _cut(row.text, FaqVersion, "question")}


def _cut(text: str, model: Any, field: str) -> str:
    return text[: model._meta.get_field(field).max_length]


# Rights that it takes, then label, explanation, form, and what is filled in there.
_STEPS: list[Any] = [
    ("search.add_synonym", ("Add synonym", "Say which words of our answers it means", "search_synonym_add", _synonym)),
    (
        "faq.add_otherphrasing",
        ("Add phrasing", "Let it find a question that is answered", "faq_otherphrasing_add", _phrasing),
    ),
    ("faq.add_faq", "faq.submit_faqversion", ("Begin draft", "Make a new question of it", "faq_faq_add", draft)),
]
