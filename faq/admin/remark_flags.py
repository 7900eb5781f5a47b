"""What became of remarks in safety triage, as their queue and their pages tell it to whom.

Whoever may open flags sees how likely one is and when it is due; who only reads remarks sees whether somebody is done
with it (docs/decisions/0023).
"""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString

from faq.free_texts import REMARK
from faq.models import Remark
from portal.lib.admin import StaffAdmin, cell
from portal.safety import kinds
from portal.safety.models import SafetyFlag

# What only those see who may open flags.
CLOSED_TO_OTHERS = {"raised": "Open and raised", "overdue": "Overdue"}


class FlagFilter(admin.SimpleListFilter):
    """Remarks by what became of their safety flag."""

    title = "safety flag"
    parameter_name = "flag"

    def lookups(self, request: HttpRequest, _model_admin: Any) -> list[tuple[str, str]]:
        further = CLOSED_TO_OTHERS if kinds.may_open(request.user, REMARK) else {}
        return [("open", "Open"), *further.items(), ("closed", "Closed"), ("none", "None")]

    def queryset(self, _request: HttpRequest, remarks: QuerySet[Remark]) -> QuerySet[Remark]:
        if self.value() not in dict(self.lookup_choices):
            return remarks
        flags = REMARK.flags()
        if self.value() == "none":
            return remarks.filter(~REMARK.flagged(flags))
        sets = {"open": flags.open, "raised": flags.running, "overdue": flags.overdue, "closed": flags.closed}
        return remarks.filter(REMARK.flagged(sets[str(self.value())]()))


class FlaggedList(ChangeList):
    """A list that fetches the flags of all remarks of its page at once."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.result_list = list(self.result_list)
        found = REMARK.flags().filter(source_id__in=[remark.pk for remark in self.result_list])
        flags = {flag.source_id: flag for flag in found.select_related("market")}
        may_open = kinds.may_open(request.user, REMARK)
        for remark in self.result_list:
            remark.flag_told = told(flags.get(remark.pk), may_open=may_open)


class Flagged(StaffAdmin):
    """The list and the pages of remarks, with their safety flags."""

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:  # noqa: ARG002
        return FlaggedList

    @admin.display(description="safety flag")
    def flag(self, remark: Any) -> SafeString:
        found: SafeString = remark.flag_told
        return found

    def page_context(self, request: HttpRequest, row: Remark) -> dict[str, Any]:
        flag = kinds.flags_of(row).select_related("market").first()
        may_open = kinds.may_open(request.user, REMARK)
        return {**super().page_context(request, row), "flag": told(flag, may_open=may_open)}


def told(flag: SafetyFlag | None, *, may_open: bool) -> SafeString:
    """A flag in a few words; None where nobody has screened the text yet."""
    return cell("faq/remark/_flag", flag=flag, may_open=may_open)
