"""The page of gaps: questions without an answer that mean the same stand together, one click from a draft."""

from typing import Any, NamedTuple

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.http import require_GET, require_POST

from faq.search import gaps, groups
from faq.search.admin import steps
from faq.search.groups import Chosen
from faq.search.models import SearchGap
from faq.search.models.lines import PERIODS
from portal.accounts.signed_in import person
from portal.chrome.models import Market
from portal.lib.admin import StaffAdmin

State = SearchGap.State
# It takes all of these to make a draft of a group.
DRAFTS = ("search.handle_searchgap", "faq.add_faq", "faq.submit_faqversion")
_LAST_PAGE = 10_000


class GapGroups(StaffAdmin):
    """Adds the page, and what is done with a whole group, to the admin of gaps."""

    def get_urls(self) -> list[URLPattern]:
        view, act = self.admin_site.admin_view(self.groups), self.admin_site.admin_view(self.act_on_group)
        return [
            path("groups/", view, name="search_searchgap_groups"),
            path("groups/<int:leader>/<slug:verb>/", act, name="search_searchgap_group"),
            *super().get_urls(),
        ]

    def groups(self, request: HttpRequest) -> HttpResponse:
        """What visitors asked in vain, by meaning and medicine, the most asked first."""
        return require_GET(self._page)(request)

    def act_on_group(self, request: HttpRequest, leader: int, verb: str) -> HttpResponse:
        """Begins a draft of a group, dismisses it, or lets it wait again."""
        return require_POST(self._act_on_group)(request, leader, verb)

    def _page(self, request: HttpRequest) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied("You may not see what visitors asked.")
        chosen, number = _chosen(request.GET), _number(request.GET.get("p", ""), _LAST_PAGE) or 1
        found = groups.page(chosen, number)
        context = {
            **self.admin_site.each_context(request),
            "title": "Gaps by meaning",
            "groups": found.groups,
            "total": found.total,
            "chosen": chosen,
            "choices": _choices(chosen),
            "waiting": groups.ungrouped(),
            "earlier": _address(chosen, number - 1) if number > 1 else "",
            "later": _address(chosen, number + 1) if found.total > number * groups.ON_PAGE else "",
            "back": request.get_full_path(),
            "all": _address(Chosen(), 1),
            "may_draft": request.user.has_perms(DRAFTS),
            "may_handle": request.user.has_perm("search.handle_searchgap"),
        }
        return render(request, "admin/search/searchgap/groups.html", context)

    def _act_on_group(self, request: HttpRequest, leader: int, verb: str) -> HttpResponse:
        verbs = {"draft": self._draft_group, "dismiss": self._dismiss_group, "reopen": self._reopen_group}
        if verb not in verbs:
            raise Http404("There is nothing of this name to do with a group.")
        if not request.user.has_perms(DRAFTS if verb == "draft" else DRAFTS[:1]):
            raise PermissionDenied("You may not handle gaps.")
        found = SearchGap.objects.of_group(leader).select_related("market").first()
        if found is None:
            messages.error(request, "The question is older than searches are kept, so it was forgotten.")
            return _back(request)
        return verbs[verb](request, leader)

    def _draft_group(self, request: HttpRequest, leader: int) -> HttpResponse:
        """Leads to the form of a new question that is filled in; saving it handles the group."""
        asked = SearchGap.objects.of_group(leader).open().select_related("market", "about").first()
        if asked is None:
            messages.error(request, "Meanwhile somebody else handled this question.")
            return _back(request)
        about = {"drug": asked.about_id} if asked.about_id else {}
        filled = {**steps.draft(asked), **about, "group": leader}
        return redirect(f"{reverse('admin:faq_faq_add')}?{urlencode(filled)}")

    def _dismiss_group(self, request: HttpRequest, leader: int) -> HttpResponse:
        note = request.POST.get("note", "").strip()[:300]
        if not note:
            messages.error(request, "Say why nobody has to answer this: colleagues will ask.")
            return _back(request)
        members = SearchGap.objects.of_group(leader)
        number = gaps.handle_all(members, State.DISMISSED, by=person(request), note=note)
        self._log_group(request, leader, f"Dismissed with all that mean the same ({number}). {note}")
        messages.success(request, f"Dismissed: {_wordings(number)}.")
        return _back(request)

    def _reopen_group(self, request: HttpRequest, leader: int) -> HttpResponse:
        members = SearchGap.objects.of_group(leader)
        state = request.POST.get("state", "")
        number = gaps.reopen_all(members.filter(state=state) if state in State.values else members)
        self._log_group(request, leader, f"Opened again with all that mean the same ({number}).")
        messages.success(request, f"Opened again: {_wordings(number)}.")
        return _back(request)

    def _log_group(self, request: HttpRequest, leader: int, said: str) -> None:
        gap = SearchGap.objects.of_group(leader).first()
        if gap is not None:
            self.log_change(request, gap, said)


class Choice(NamedTuple):
    """One filter of the page: the name of its field, its label, and (value, label, whether it is chosen)."""

    name: str
    label: str
    options: list[tuple[Any, str, bool]]


def _chosen(asked: QueryDict) -> Chosen:
    state, days = asked.get("state", ""), asked.get("days", "")
    return Chosen(
        state=state if state in State.values else State.OPEN,
        market=_number(asked.get("market", "")),
        drug=_number(asked.get("drug", "")),
        days=int(days) if days in map(str, PERIODS) else None,
    )


def _number(text: str, most: int = 2**31) -> int | None:
    is_number = text.isascii() and text.isdecimal() and len(text) < 11
    return min(int(text), most) or None if is_number else None


def _choices(chosen: Chosen) -> list[Choice]:
    markets = [(market.pk, str(market)) for market in Market.objects.order_by("code")]
    drugs = [(drug.pk, f"{drug} · {drug.market} ({number})") for drug, number in groups.drugs(chosen)]
    return [
        _choice("state", "State", chosen.state, [(state.value, str(state.label)) for state in State]),
        _choice("market", "Market", chosen.market, [("", "All"), *markets]),
        _choice("drug", "Medicine", chosen.drug, [("", "All, and none"), *drugs]),
        _choice("days", "Asked", chosen.days, [("", "At any time"), *((day, f"Last {day} days") for day in PERIODS)]),
    ]


def _choice(name: str, label: str, chosen: Any, options: list[tuple[Any, str]]) -> Choice:
    return Choice(name, label, [(value, said, value == (chosen or "")) for value, said in options])


def _address(chosen: Chosen, number: int) -> str:
    asked = {name: value for name, value in chosen._asdict().items() if value and value != State.OPEN}
    if number > 1:
        asked["p"] = number
    place = reverse("admin:search_searchgap_groups")
    return f"{place}?{urlencode(asked)}" if asked else place


def _back(request: HttpRequest) -> HttpResponse:
    """Leads to where the person was, filters and all."""
    back = request.POST.get("back", "")
    allowed = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    return redirect(back if allowed else "admin:search_searchgap_groups")


def _wordings(number: int) -> str:
    return f"{number} wording{'' if number == 1 else 's'}"
