"""What the lists of questions have in common: each question with what staff may do about it."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from faq.search.admin import steps
from portal.accounts.models import User
from portal.accounts.signed_in import person
from portal.lib.admin import AutocompleteFilter, FilterMedia, ReadOnly, StaffAdmin, cell, change_url


class QuestionList(ReadOnly, FilterMedia, StaffAdmin):
    """A list of questions that visitors asked; whoever may do something about one finds it below the question."""

    # One sentence above the list.
    told: str
    list_filter = ["market", ("drug", AutocompleteFilter)]
    list_select_related = ["market", "drug"]
    # A count beside each choice would ask for the whole list again.
    show_facets = admin.ShowFacets.NEVER

    class Media:
        css = {"all": ["css/admin-search.css"]}

    def get_list_display(self, request: HttpRequest) -> Any:
        return [column(person(request)), *self.list_display]

    def get_list_display_links(self, _request: HttpRequest, _list_display: Any) -> Any:
        # The column leads there itself.
        return None

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        context = {"title": capfirst(self.opts.verbose_name_plural), "told": self.told}
        return super().changelist_view(request, {**context, **(extra_context or {})})

    def page_context(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        return {"steps": steps.offered(person(request), row)}

    @admin.display(description="searched in", ordering="drug__name")
    def place(self, row: Any) -> SafeString:
        return cell("search/_place", row=row)


def column(user: User) -> Callable[[Any], SafeString]:
    """A column with each question of a list of lines or gaps, and below it the steps that `user` may take."""

    @admin.display(description="question", ordering="text")
    def question(row: Any) -> SafeString:
        return cell("search/_question", row=row, address=change_url(row), steps=steps.offered(user, row))

    return question
