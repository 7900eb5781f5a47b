"""What narrows the list of entries: one form with who, what, which kind of row, and when."""

from collections.abc import Iterator
from datetime import datetime, time
from typing import Any, cast

from django import forms
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db import connection
from django.http import HttpRequest
from django.utils.timezone import make_aware

from portal.audit.models import Entry, EntryQuerySet
from portal.audit.reading import action, kind

NOBODY = "nobody"
# From one value of an index to the next, however many entries bear each.
_PAIRS = """
WITH RECURSIVE pair AS (
    (SELECT kind, action FROM audit_entry ORDER BY kind, action LIMIT 1)
    UNION ALL
    SELECT following.* FROM pair, LATERAL (
        SELECT kind, action FROM audit_entry WHERE (kind, action) > (pair.kind, pair.action)
        ORDER BY kind, action LIMIT 1
    ) AS following
)
SELECT kind, action FROM pair
"""
_ACTORS = """
WITH RECURSIVE person AS (
    (SELECT actor_id FROM audit_entry WHERE actor_id IS NOT NULL ORDER BY actor_id LIMIT 1)
    UNION ALL
    SELECT following.* FROM person, LATERAL (
        SELECT actor_id FROM audit_entry WHERE actor_id > person.actor_id ORDER BY actor_id LIMIT 1
    ) AS following
)
SELECT actor_id, (
    SELECT actor FROM audit_entry WHERE actor_id = person.actor_id ORDER BY position DESC LIMIT 1
) AS name FROM person ORDER BY name
"""
ANY = ("", "any")


class FilterForm(forms.Form):
    """Who, what, which kind of row, and when; every field may stay empty."""

    who = forms.ChoiceField(required=False)
    action = forms.ChoiceField(required=False, label="What")
    kind = forms.ChoiceField(required=False, label="Of what")
    since = forms.DateField(required=False, label="From", widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(required=False, label="To", widget=forms.DateInput(attrs={"type": "date"}))
    place = forms.RegexField(r"^([a-z_]+:[0-9a-z-]+/)+$", required=False, widget=forms.HiddenInput)

    def __init__(self, data: dict[str, str]) -> None:
        super().__init__(data, auto_id="filter-%s")
        pairs = _fetched(_PAIRS)
        kinds, actions = {found for found, _ in pairs}, {found for _, found in pairs}
        choices: dict[str, list[tuple[Any, Any]]] = {
            "who": [*_fetched(_ACTORS), (NOBODY, "nobody signed in")],
            "action": sorted([(found, action(found)) for found in actions], key=lambda pair: pair[1]),
            "kind": sorted([(found, kind(found)) for found in kinds], key=lambda pair: pair[1]),
        }
        for name, offered in choices.items():
            cast(forms.ChoiceField, self.fields[name]).choices = [ANY, *offered]

    def narrow(self, entries: EntryQuerySet) -> EntryQuerySet:
        """Those of `entries` that the form asks for; none where it asks for what cannot be."""
        if not self.is_valid():
            return entries.none()
        asked = self.cleaned_data
        wanted: dict[str, Any] = {name: asked[name] for name in ("action", "kind") if asked[name]}
        if asked["who"] == NOBODY:
            wanted["actor_id"] = None
        elif asked["who"]:
            wanted["actor_id"] = int(asked["who"])
        if asked["since"]:
            wanted["at__gte"] = make_aware(datetime.combine(asked["since"], time.min))
        if asked["until"]:
            wanted["at__lte"] = make_aware(datetime.combine(asked["until"], time.max))
        narrowed = entries.filter(**wanted)
        return narrowed.within(asked["place"]) if asked["place"] else narrowed


def _fetched(query: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())


class TrailFilter(admin.ListFilter):
    """The form beside the list; it is sent whole, so that nothing of it is lost by choosing something else."""

    title = "entries"
    template = "admin/audit/filter.html"

    def __init__(self, request: HttpRequest, params: dict[str, Any], model: Any, model_admin: Any) -> None:
        super().__init__(request, params, model, model_admin)
        own = self.expected_parameters()
        for name in own:
            if name in params:
                self.used_parameters[str(name)] = params.pop(name)[-1]
        self.form = FilterForm(cast(dict[str, str], self.used_parameters))
        self.others = [(name, value) for name, value in request.GET.items() if name not in (*own, "p", "e")]

    def expected_parameters(self) -> list[str | None]:
        return list(FilterForm.base_fields)

    def has_output(self) -> bool:
        return True

    def choices(self, _changelist: ChangeList) -> Iterator[Any]:
        yield {"form": self.form, "others": self.others}

    def queryset(self, _request: HttpRequest, queryset: Any) -> EntryQuerySet:
        return self.form.narrow(cast(EntryQuerySet, queryset))

    @property
    def place(self) -> str:
        """What the list is about, where it is about one row and what belongs to it."""
        place = self.used_parameters.get("place")
        newest = Entry.objects.filter(place=place).first() if place else None
        return newest.label if newest else ""
