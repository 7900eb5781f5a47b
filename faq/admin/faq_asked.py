"""A new question that visitors asked before it was there: its form is filled with their words, and handles them."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from faq.models import Faq, OtherPhrasing
from faq.search.admin import closing
from faq.search.models import SearchGap
from portal.lib.admin import StaffAdmin


class PhrasingInline(admin.TabularInline):
    model = OtherPhrasing
    extra = 1

    def get_extra(self, request: HttpRequest, obj: Faq | None = None, **_kwargs: Any) -> int:
        return self.extra + (0 if obj else len(asked_otherwise(request)))


class FaqAsked(closing.ClosesGap, StaffAdmin):
    """The form of a question, begun from what found no answer."""

    closes_as = SearchGap.State.DRAFTED

    def get_formset_kwargs(self, request: HttpRequest, obj: Faq, inline: Any, prefix: str) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_formset_kwargs(request, obj, inline, prefix)
        # What comes back with a POST counts as typed: a form that is as it was filled in would not be saved.
        if request.method != "POST" and obj.pk is None and isinstance(inline, PhrasingInline):
            kwargs["initial"] = [{"text": text} for text in asked_otherwise(request)]
        return kwargs

    def page_context(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        context = super().page_context(request, row)
        waiting = closing.group_of(request) if row is None else SearchGap.objects.none()
        first = waiting.select_related("market").first()
        return {**context, "asked": first, "asked_wordings": waiting.count() if first else 0}

    def answers_with(self, form: Any) -> Faq | None:
        faq: Faq = form.instance
        return faq


def asked_otherwise(request: HttpRequest) -> list[str]:
    """The other wordings of the question that the form is filled with."""
    return closing.phrasings(request.GET.get("question", ""), closing.group_of(request))
