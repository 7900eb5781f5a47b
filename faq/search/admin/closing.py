"""Forms that a step opened: saving a new row notes what was done about the question that visitors asked."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from faq.models import Faq, OtherPhrasing
from faq.search import gaps
from faq.search.models import SearchGap
from faq.search.models.gap import SearchGapQuerySet
from portal.accounts.signed_in import person

# Wordings of a group that the form of a new question is filled with.
PHRASINGS = 20


class ClosesGap(admin.ModelAdmin):
    """A form whose address names a gap, or the group of it: a new row handles it, and leads back to the gaps."""

    closes_as: str

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if change or not self.closes(form):
            return
        faq = self.answers_with(form)
        gap = _gap(request, "gap")
        if gap is not None:
            gaps.handle(gap, self.closes_as, by=person(request), faq=faq)
        leader = _gap(request, "group")
        if leader is not None:
            self._handle_group(request, leader, faq)

    def closes(self, _form: Any) -> bool:
        """Whether what was saved does anything about the gap."""
        return True

    def answers_with(self, _form: Any) -> Faq | None:
        """The question that answers the gap from now on, if there is one."""
        return None

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        response = super().response_add(request, obj, post_url_continue)
        leads_on = {"_continue", "_addanother", "_popup"} & request.POST.keys()
        if leads_on or (_gap(request, "gap") is None and _gap(request, "group") is None):
            return response
        return redirect("admin:search_searchgap_changelist")

    def _handle_group(self, request: HttpRequest, leader: SearchGap, faq: Faq | None) -> None:
        waiting = SearchGap.objects.of_group(leader.pk)
        if faq is not None and faq.market_id != leader.market_id:
            messages.warning(request, f"Visitors of {leader.market} asked, so their question still waits there.")
            return
        note = f"Draft of {faq.content_id}." if faq else ""
        number = gaps.handle_all(waiting, self.closes_as, by=person(request), note=note, faq=faq)
        if number:
            wordings = "1 wording" if number == 1 else f"{number} wordings"
            messages.success(request, f"Handled: {wordings} of the question that visitors asked.")
        else:
            messages.warning(request, "Meanwhile somebody else handled the question that visitors had asked.")


def group_of(request: HttpRequest) -> SearchGapQuerySet:
    """The open gaps of the group that the form's address names, the most asked first."""
    leader = _gap(request, "group")
    return SearchGap.objects.of_group(leader.pk).open() if leader else SearchGap.objects.none()


def phrasings(question: str, waiting: SearchGapQuerySet) -> list[str]:
    """The other wordings of a group as a question takes them: each once, the most asked first."""
    longest = OtherPhrasing._meta.get_field("text").max_length
    texts = waiting.values_list("text", flat=True)[: 2 * PHRASINGS]
    found = dict.fromkeys(text[:longest].strip() for text in texts)
    return [text for text in found if text != question][:PHRASINGS]


def _gap(request: HttpRequest, name: str) -> SearchGap | None:
    """The gap that the form's address names, for whoever may handle gaps."""
    number = request.GET.get(name, "")
    is_number = number.isascii() and number.isdecimal() and len(number) < 19
    if not is_number or not request.user.has_perm("search.handle_searchgap"):
        return None
    return SearchGap.objects.filter(pk=number).select_related("market").first()
