"""The verbs on questions that found no answer."""

from datetime import date

from django.db.models import Case, F, Value, When
from django.db.models.functions import Greatest
from django.utils import timezone

from faq.models import Drug
from faq.search.models import SearchGap
from portal.accounts.models import User
from portal.chrome.models import Market

State = SearchGap.State


def count(text: str, key: str, market: Market, drug: Drug | None, today: date) -> None:
    """Notes that `text` found no answer, once more where it is known by its `key`.

    What was handled and still finds none waits again; what was dismissed stays so.
    """
    first = {"text": text, "first_asked": today, "last_asked": today}
    gap, is_new = SearchGap.objects.get_or_create(market=market, drug=drug, key=key, defaults=first)
    if not is_new:
        state = Case(When(state=State.DISMISSED, then=F("state")), default=Value(State.OPEN))
        # The later one, for the clocks of two servers may differ about midnight.
        last = Greatest("last_asked", Value(today))
        SearchGap.objects.filter(pk=gap.pk).update(asked=F("asked") + 1, last_asked=last, state=state)


def handle(gap: SearchGap, state: str, *, by: User, note: str = "") -> None:
    """Notes what `by` did about a gap: every state but open says something done."""
    if state == State.OPEN:
        raise ValueError("A gap is opened again by reopen().")
    gap.state, gap.handled_by, gap.handled_at = state, by, timezone.now()
    gap.note = note or gap.note
    gap.save(update_fields=["state", "handled_by", "handled_at", "note"])


def reopen(gap: SearchGap) -> None:
    """Lets a gap wait again, as after a dismissal by mistake; who handled it before still stands there."""
    gap.state = State.OPEN
    gap.save(update_fields=["state"])
