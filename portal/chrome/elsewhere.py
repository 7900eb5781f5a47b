"""Rows of the same slug in other markets: by it a page, a category or a drug is the same in several."""

from typing import Any, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet

Rows = TypeVar("Rows", bound=QuerySet[Any])


def with_elsewhere(rows: Rows, among: Rows) -> Rows:
    """Adds in the same query `elsewhere`: the codes of other markets that have a row of this slug in `among`.

    For models with a `market` and a `slug`.
    """
    same = among.filter(slug=OuterRef("slug")).exclude(market=OuterRef("market")).order_by("market__code")
    annotated: Rows = rows.annotate(elsewhere=ArraySubquery(same.values("market__code")))
    return annotated
