"""The verbs on questions that found no answer."""

from datetime import date

from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Greatest
from django.utils import timezone

from faq.models import Drug, Faq, FaqVersion
from faq.search.models import SearchGap
from faq.search.models.gap import SearchGapQuerySet
from portal.accounts.models import User
from portal.chrome.models import Market

State = SearchGap.State


def count(text: str, key: str, market: Market, drug: Drug | None, today: date) -> None:
    """Notes that `text` found no answer, once more where it is known by its `key`.

    What was handled and still finds none waits again, unless somebody is still writing its answer; what was dismissed
    stays so.
    """
    first = {"text": text, "first_asked": today, "last_asked": today}
    gap, is_new = SearchGap.objects.get_or_create(market=market, drug=drug, key=key, defaults=first)
    if not is_new:
        written = Exists(FaqVersion.objects.open().filter(faq=OuterRef("faq")))
        stays = Q(state=State.DISMISSED) | Q(written, state=State.DRAFTED)
        state = Case(When(stays, then=F("state")), default=Value(State.OPEN))
        # The later one, for the clocks of two servers may differ about midnight.
        last = Greatest("last_asked", Value(today))
        SearchGap.objects.filter(pk=gap.pk).update(asked=F("asked") + 1, last_asked=last, state=state)


def handle(gap: SearchGap, state: str, *, by: User, note: str = "", faq: Faq | None = None) -> None:
    """Notes what `by` did about a gap, and which question came of it: every state but open says something done."""
    if state == State.OPEN:
        raise ValueError("A gap is opened again by reopen().")
    gap.state, gap.handled_by, gap.handled_at = state, by, timezone.now()
    gap.note, gap.faq = note or gap.note, faq or gap.faq
    gap.save(update_fields=["state", "handled_by", "handled_at", "note", "faq"])


def handle_all(waiting: SearchGapQuerySet, state: str, *, by: User, note: str = "", faq: Faq | None = None) -> int:
    """The same for those of `waiting` that are open; returns how many those were."""
    if state == State.OPEN:
        raise ValueError("Gaps are opened again by reopen_all().")
    said = {"note": note} if note else {}
    made = {"faq": faq} if faq else {}
    still = waiting.open().order_by()
    return still.update(state=state, handled_by=by, handled_at=timezone.now(), **said, **made)


def reopen(gap: SearchGap) -> None:
    """Lets a gap wait again, as after a dismissal by mistake; who handled it before still stands there."""
    gap.state = State.OPEN
    gap.save(update_fields=["state"])


def reopen_all(done: SearchGapQuerySet) -> int:
    """The same for all of `done`; returns how many of them waited no longer."""
    return done.exclude(state=State.OPEN).order_by().update(state=State.OPEN)
