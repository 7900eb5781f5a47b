"""Filters of the triage queue beside those that Django makes of a field."""

from typing import Any, cast

from django.contrib import admin
from django.db.models import F, Func, QuerySet, TextField
from django.http import HttpRequest

from portal.lib.admin import OpenFirst
from portal.safety import kinds
from portal.safety.models import SafetyFlag, SafetyFlagQuerySet

State = SafetyFlag.State
# So many names of products are offered at most, of so many flags: every list asks for them.
PRODUCTS = 60
LOOKED_AT = 2000

Choices = list[tuple[str, str]]


class StateFilter(OpenFirst):
    """What waits, unless the address asks for something else."""

    def lookups(self, _request: HttpRequest, _model_admin: Any) -> Choices:
        return [*[(state.value, str(state.label)) for state in State if state != State.OPEN], ("all", "All")]

    def queryset(self, _request: HttpRequest, flags: QuerySet[SafetyFlag]) -> QuerySet[SafetyFlag]:
        # The page of one flag is found whatever its state.
        return flags if self.value() == "all" else flags.filter(state=self.value() or State.OPEN)


class ClockFilter(admin.SimpleListFilter):
    """How the clock of what is open stands."""

    title = "clock"
    parameter_name = "clock"

    def lookups(self, _request: HttpRequest, _model_admin: Any) -> Choices:
        return [
            ("overdue", "Overdue"),
            ("soon", "Due within 4 hours"),
            ("running", "Raised, all"),
            ("none", "Not raised"),
        ]

    def queryset(self, _request: HttpRequest, flags: QuerySet[SafetyFlag]) -> QuerySet[SafetyFlag]:
        found = cast(SafetyFlagQuerySet, flags)
        sets = {
            "overdue": found.overdue,
            "soon": found.due_soon,
            "running": found.running,
            "none": found.unraised,
        }
        chosen = sets.get(self.value() or "")
        return chosen() if chosen else found


class KindFilter(admin.SimpleListFilter):
    """Where the text was written."""

    title = "kind of text"
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, _model_admin: Any) -> Choices:
        return [(kind.key, kind.label) for kind in kinds.readable_by(request.user)]

    def queryset(self, _request: HttpRequest, flags: QuerySet[SafetyFlag]) -> QuerySet[SafetyFlag]:
        return flags.filter(kind=self.value()) if self.value() else flags


class AssignedFilter(admin.SimpleListFilter):
    """Who has the flag."""

    title = "assigned to"
    parameter_name = "assigned"

    def lookups(self, _request: HttpRequest, _model_admin: Any) -> Choices:
        return [("me", "Me"), ("nobody", "Nobody"), ("others", "Somebody else")]

    def queryset(self, request: HttpRequest, flags: QuerySet[SafetyFlag]) -> QuerySet[SafetyFlag]:
        found = {
            "me": flags.filter(assigned_to=request.user.pk),
            "nobody": flags.filter(assigned_to=None),
            "others": flags.exclude(assigned_to=None).exclude(assigned_to=request.user.pk),
        }
        return found.get(self.value() or "", flags)


class ProductFilter(admin.SimpleListFilter):
    """A medicine that the sender named apart from the text; those of the flags that press most are offered."""

    title = "product"
    parameter_name = "product"

    def lookups(self, request: HttpRequest, _model_admin: Any) -> Choices:
        each = Func(F("products"), function="unnest", output_field=TextField())
        pressing = kinds.flags_for(request.user).open().most_pressing().values("pk")[:LOOKED_AT]
        named = SafetyFlag.objects.filter(pk__in=pressing).order_by().values_list(each, flat=True)
        found = sorted(set(named.distinct()[:PRODUCTS]))
        chosen = request.GET.get(self.parameter_name, "")
        names = found if not chosen or chosen in found else [chosen, *found]
        return [(name, name) for name in names]

    def queryset(self, _request: HttpRequest, flags: QuerySet[SafetyFlag]) -> QuerySet[SafetyFlag]:
        return flags.filter(products__contains=[self.value()]) if self.value() else flags
