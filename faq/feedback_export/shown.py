"""The rows that a list of the admin shows, all pages of it, for whom and however it is narrowed."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import SEARCH_VAR, ChangeList
from django.db import models
from django.http import HttpRequest, QueryDict

from faq.feedback_export.kinds import Kind
from portal.accounts.models import User

# What an address says of a page of the list, and nothing of which rows are in it.
_NO_FILTER = ("p", "e", "all", "_facets")


class Shown(NamedTuple):
    """Rows as the list has them, and what it was narrowed by, in words."""

    rows: models.QuerySet[Any]
    filters: dict[str, str]


class Unreadable(Exception):
    """The list cannot be narrowed as its address says."""


def shown(kind: Kind, query: str, person: User) -> Shown:
    """What `person` sees on the list of `kind` at the address that ends with `query`.

    Asks the list itself, so that no filter is spelled twice; in a process of its own as in the request.

    Raises Unreadable where the list would show an error instead.
    """
    request = HttpRequest()
    request.method, request.user = "GET", person
    request.GET = QueryDict(query)
    listed = admin.site.get_model_admin(kind.model)
    try:
        changes = listed.get_changelist_instance(request)
        rows = changes.get_queryset(request)
    except IncorrectLookupParameters as error:
        raise Unreadable("The list cannot be narrowed like this.") from error
    return Shown(rows, dict(_told(changes, request.GET)))


def _told(changes: ChangeList, asked: QueryDict) -> Iterator[tuple[str, str]]:
    titles = {str(name): spec for spec in changes.filter_specs for name in spec.expected_parameters()}
    for name, values in asked.lists():
        value = ", ".join(values)
        if name in _NO_FILTER or not value:
            continue
        if name == SEARCH_VAR:
            yield "search", value
        elif spec := titles.get(name):
            yield f"{spec.title} ({name})", _named(spec, value)
        else:
            yield name, value


def _named(spec: Any, value: str) -> str:
    """`value` with the name of the row whose number it is."""
    field = getattr(spec, "field", None)
    if field is None or not field.is_relation or not value.isdecimal():
        return value
    row = field.related_model._default_manager.filter(pk=value).first()
    return f"{value}, {row}" if row else value
