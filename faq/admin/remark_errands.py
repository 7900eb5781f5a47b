"""What staff do to remarks that takes a page of its own, for what they have to say."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse

from faq import remarks as verbs
from faq.admin.remark_forms import AssignForm, DuplicateForm, RemarksForm, ReviewForm
from faq.admin.remark_sorting import MOST, Sorting
from faq.models import Remark
from portal.accounts.signed_in import person


class Errand(NamedTuple):
    """One page: what it asks, and the verb that takes the answers."""

    name: str
    title: str
    form: type[RemarksForm]
    verb: Callable[..., list[Remark]]
    button: str
    done: str
    lead: str


ERRANDS = {
    errand.name: errand
    for errand in (
        Errand(
            "assign",
            "Assign remarks",
            AssignForm,
            verbs.assign,
            "Assign",
            "Assigned",
            "Whoever it is finds them in the list under “Assigned: to me”.",
        ),
        Errand(
            "duplicate",
            "Duplicates",
            DuplicateForm,
            verbs.mark_duplicates,
            "Mark as duplicate",
            "Marked as duplicate",
            "Votes count as before; only the words need no second answer.",
        ),
        Errand(
            "review",
            "Ask the author for a review",
            ReviewForm,
            verbs.ask_review,
            "Ask for a review",
            "Asked for a review because of",
            "Makes one request for each answer, and links the remarks to it. New ones are marked as read.",
        ),
    )
}


class Errands(Sorting):
    """The pages, to which the actions of the list and the links of a remark's own page lead."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.errand)
        return [path("do/<slug:name>/", view, name="faq_remark_errand"), *super().get_urls()]

    def errand(self, request: HttpRequest, name: str) -> HttpResponseBase:
        """Asks what has to be said, about the remarks that the address or the form names, and does it."""
        errand = ERRANDS.get(name)
        if errand is None:
            raise Http404("There is no such page.")
        sent = request.POST if request.method == "POST" else request.GET
        named = self.get_queryset(request).filter(pk__in=_numbers(sent.getlist("chosen")))
        return self.begin(request, errand, named, sent.get("back", ""))

    def begin(self, request: HttpRequest, errand: Errand, remarks: QuerySet[Remark], back: str) -> HttpResponseBase:
        """The page of `errand` about `remarks`, or what follows it once it is done."""
        if not self.has_handle_permission(request):
            raise PermissionDenied("You may not sort what visitors wrote.")
        chosen = list(remarks[: MOST + 1])
        back = self._safe(back)
        if not chosen or len(chosen) > MOST:
            messages.error(request, f"Choose between 1 and {MOST} remarks.")
            return redirect(back)
        form = errand.form(request.POST if "do" in request.POST else None, chosen=chosen)
        if form.is_valid() and self._do(request, errand, form):
            return redirect(back)
        return self._page(request, errand, form, back)

    def _do(self, request: HttpRequest, errand: Errand, form: RemarksForm) -> bool:
        try:
            done = errand.verb(form.chosen, **form.cleaned_data, by=person(request))
        except verbs.NotPossible as refusal:
            form.add_error(None, str(refusal))
            return False
        self.told(request, done, f"{errand.done}.", f"{errand.done}: {{}}", form.chosen)
        return True

    def _page(self, request: HttpRequest, errand: Errand, form: RemarksForm, back: str) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": errand.title,
            "errand": errand,
            "form": form,
            "chosen": form.chosen,
            "answers": _answers(form.chosen),
            "back": back,
        }
        return render(request, "admin/faq/remark/errand.html", context)

    def _safe(self, back: str) -> str:
        """Where the person came from, if that is about remarks."""
        place = reverse("admin:faq_remark_changelist")
        return back if back.startswith(place) else place


def _numbers(sent: Iterable[str]) -> list[int]:
    """The keys among what was sent; whatever else stands there names no remark."""
    return [int(key) for key in sent if key.isascii() and key.isdecimal() and len(key) < 19]


def _answers(remarks: Iterable[Remark]) -> list[Any]:
    """The questions that `remarks` are about."""
    return list({remark.vote.version.faq_id: remark.vote.version.faq for remark in remarks}.values())
