"""What the tests of the results page share: results as the engine gives them, made by hand."""

from typing import Any

from django.utils.safestring import SafeString

from faq.models import FaqVersion
from faq.search import engine
from faq.search.results import Facets, Hit, Results

NO_FACETS = Facets([], [], [], [])


def make_hit(version: FaqVersion) -> Hit:
    passage = SafeString("A <mark>passage</mark> of the text.")
    return Hit(version, SafeString(version.question), SafeString("A <mark>short</mark> answer."), passage)


def make_results(*versions: FaqVersion, **changes: Any) -> Results:
    """One page with these answers and nothing remarkable, but for `changes`."""
    plain: dict[str, Any] = {
        "hits": [make_hit(version) for version in versions],
        "total": len(versions),
        "page": 1,
        "pages": 1,
        "is_capped": False,
        "facets": NO_FACETS,
        "is_sure": True,
        "foreign": [],
        "scope": [],
        "corrections": [],
        "look_alikes": [],
        "order": [version.faq_id for version in versions],
        "nearest_drugs": [],
        "nearest_topics": [],
    }
    return Results(**{**plain, **changes})


def give(monkeypatch: Any, results: Results) -> list[dict[str, Any]]:
    """Lets every search find `results`; with what it was called is in the list."""
    calls: list[dict[str, Any]] = []

    def search(text: str, market: Any, drug: Any = None, **options: Any) -> Results:
        calls.append({"text": text, "drug": drug, **options})
        return results

    monkeypatch.setattr(engine, "search", search)
    return calls


def page(client: Any, **parameters: Any) -> str:
    """The page of results at these parameters."""
    return str(client.get("/us/search/", parameters).content.decode())
