"""The verbs of staff on what visitors wrote below their votes, and on votes that look like a program's.

Each takes the remarks that were chosen, does what it says to those that it fits, and returns these: the others are as
they were. Rows are locked, so that two people who sort the same queue do not undo each other.
"""

from collections.abc import Collection, Iterable
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from faq import reviewing
from faq.models import Feedback, Remark, ReviewRequest
from portal.accounts.models import User
from portal.audit import acted
from portal.lib.locks import advisory_lock

State = Remark.State
HANDLES = "faq.handle_remark"


class NotPossible(ValueError):
    """What was asked cannot be done; its text says why, for the person who asked."""


def handlers() -> QuerySet[User]:
    """Who may sort remarks, and so be given some."""
    people = User.objects.with_perm(HANDLES, backend="django.contrib.auth.backends.ModelBackend")
    return people.filter(is_staff=True).order_by("first_name", "last_name", "username")


@acted
@transaction.atomic
def mark_read(remarks: Iterable[Remark], *, by: User) -> list[Remark]:
    """Notes that `by` read those of `remarks` that are new."""
    new = [remark for remark in _locked(remarks, by) if remark.state == State.NEW]
    return _handled(new, State.READ, by)


@acted
@transaction.atomic
def mark_spam(remarks: Iterable[Remark], *, by: User) -> list[Remark]:
    """Says that `remarks` are spam, and their votes as good as a program's: they are counted apart from now on."""
    found = [remark for remark in _locked(remarks, by) if remark.state != State.SPAM]
    votes = _votes(found)
    Feedback.objects.counted().filter(pk__in=votes).update(suspicion=Feedback.Suspicion.SPAM, vouched_by=None)
    return _handled(found, State.SPAM, by)


@acted
@transaction.atomic
def vouch(remarks: Iterable[Remark], *, by: User) -> list[Remark]:
    """Says that `remarks` are a person's after all: no spam, and their votes count."""
    found = [remark for remark in _locked(remarks, by) if remark.state == State.SPAM or remark.vote.suspicion]
    votes = _votes(found)
    Feedback.objects.suspect().filter(pk__in=votes).update(suspicion="", vouched_by=by)
    # Whatever else was written below the same votes is as much a person's as this.
    spam = Remark.objects.filter(vote__in=votes, state=State.SPAM).order_by("pk").select_for_update(of=("self",))
    _handled(list(spam), State.READ, by)
    return found


@acted
@transaction.atomic
def vouch_for_votes(votes: Iterable[Feedback], *, by: User) -> list[Feedback]:
    """Says of votes that look like a program's that people gave them, such as a ward behind one address."""
    _require(by)
    chosen = Feedback.objects.suspect().filter(pk__in=[vote.pk for vote in votes])
    _hold_still(set(chosen.values_list("version", flat=True)))
    found = list(chosen.order_by("pk").select_for_update(of=("self",)))
    chosen.filter(pk__in=[vote.pk for vote in found]).update(suspicion="", vouched_by=by)
    return found


@acted
@transaction.atomic
def mark_duplicates(remarks: Iterable[Remark], *, original: Remark, by: User) -> list[Remark]:
    """Says that `remarks` say again what `original` says, on whatever answer of the same market.

    One that is a duplicate itself stands for its own original, and what pointed to one of `remarks` follows it.
    Raises NotPossible where `original` is spam, where one of `remarks` is from another market, or where all are it.
    """
    _require(by)
    # One after the other: each looks up whom it has to lock before it locks anybody.
    advisory_lock("duplicate-remarks")
    chosen = {remark.pk for remark in remarks}
    around = Remark.objects.filter(Q(duplicate_of__in=chosen) | Q(duplicates=original.pk)).values_list("pk", flat=True)
    locked = {remark.pk: remark for remark in _locked_all({*chosen, original.pk, *around}, by)}
    first = locked[original.pk]
    if first.duplicate_of_id is not None:
        if first.duplicate_of_id in chosen:
            raise NotPossible(f"Remark {first.pk} is itself a duplicate of one that you chose.")
        first = locked[first.duplicate_of_id]
    again = [locked[key] for key in sorted(chosen - {first.pk})]
    _require_duplicates(again, first)
    followers = [remark.pk for remark in locked.values() if remark.duplicate_of_id in chosen]
    Remark.objects.filter(pk__in=followers).update(duplicate_of=first)
    return _handled(again, State.DUPLICATE, by, duplicate_of=first)


@acted
@transaction.atomic
def assign(remarks: Iterable[Remark], *, to: User | None, by: User) -> list[Remark]:
    """Gives `remarks` to `to` to deal with, or to nobody. Raises NotPossible where `to` may not."""
    if to is not None and not (to.is_active and to.is_staff and to.has_perm(HANDLES)):
        raise NotPossible(f"{to} may not sort what visitors wrote.")
    found = [remark for remark in _locked(remarks, by) if remark.assigned_to_id != (to.pk if to else None)]
    Remark.objects.filter(pk__in=[remark.pk for remark in found]).update(assigned_to=to)
    return found


@acted
@transaction.atomic
def reopen(remarks: Iterable[Remark], *, by: User) -> list[Remark]:
    """Makes `remarks` new again, for somebody to read; not spam, for which somebody first has to vouch."""
    found = [remark for remark in _locked(remarks, by) if remark.state in (State.READ, State.DUPLICATE)]
    changes = {"state": State.NEW, "duplicate_of": None, "handled_by": None, "handled_at": None}
    Remark.objects.filter(pk__in=[remark.pk for remark in found]).update(**changes)
    return found


@acted
@transaction.atomic
def ask_review(remarks: Iterable[Remark], *, reason: str, due: date, by: User) -> list[Remark]:
    """Asks for one review of each answer that `remarks` are about, and links them to it; new ones are read then.

    Spam and what waits in an open review already are left out. Raises NotPossible without a reason, where `due` is
    past, or where nothing is left.
    """
    if not reason.strip():
        raise NotPossible("Say what the author should look at.")
    if due < timezone.localdate():
        raise NotPossible("The day by which the review is wanted lies in the past.")
    found = [remark for remark in _locked(remarks, by) if remark.state != State.SPAM and not _waits(remark)]
    if not found:
        raise NotPossible("All of these are spam, or wait in an open review already.")
    faqs = {remark.vote.version.faq_id: remark.vote.version.faq for remark in found}
    asked = reviewing.ask([faqs[key] for key in sorted(faqs)], ReviewRequest.Cause.ASKED, reason=reason, due=due, by=by)
    for request in asked:
        own = [remark.pk for remark in found if remark.vote.version.faq_id == request.faq_id]
        Remark.objects.filter(pk__in=own).update(task=request)
    _handled([remark for remark in found if remark.state == State.NEW], State.READ, by)
    return found


def _require_duplicates(again: Collection[Remark], first: Remark) -> None:
    """The database refuses the same (faq/migrations/0022_duplicates.py), without saying it to people."""
    if first.state == State.SPAM:
        raise NotPossible(f"Remark {first.pk} is spam, so nothing is a duplicate of it.")
    if not again:
        raise NotPossible("A remark is no duplicate of itself.")
    market = first.vote.version.faq.market
    strange = [str(remark.pk) for remark in again if remark.vote.version.faq.market != market]
    if strange:
        told = f"Remark {strange[0]} is" if len(strange) == 1 else f"Remarks {', '.join(strange)} are"
        raise NotPossible(f"{told} from another market than no. {first.pk}, which is from {market}.")


def _waits(remark: Remark) -> bool:
    return remark.task is not None and remark.task.is_open


def _require(by: User) -> None:
    if not by.has_perm(HANDLES):
        raise PermissionDenied("You may not sort what visitors wrote.")


def _locked(remarks: Iterable[Remark], by: User) -> list[Remark]:
    return _locked_all({remark.pk for remark in remarks}, by)


def _locked_all(keys: Collection[int], by: User) -> list[Remark]:
    """The remarks as they are now, which nobody changes until the transaction ends; always in the same order."""
    _require(by)
    rows = Remark.objects.filter(pk__in=keys).order_by("pk").select_for_update(of=("self",))
    return list(rows.select_related("vote__version__faq__market", "task"))


def _votes(remarks: Iterable[Remark]) -> set[int]:
    """The votes of `remarks`, whose versions nobody votes on until the transaction ends."""
    found = list(remarks)
    _hold_still({remark.vote.version_id for remark in found})
    return {remark.vote_id for remark in found}


def _hold_still(versions: Collection[int]) -> None:
    """The locks of faq.voting, in its order, so that a visitor and a reviewer never wait for each other in a circle."""
    for version in sorted(versions):
        advisory_lock(f"votes-{version}")
    advisory_lock("suspect-votes")


def _handled(remarks: list[Remark], state: State, by: User, duplicate_of: Remark | None = None) -> list[Remark]:
    rows = Remark.objects.filter(pk__in=[remark.pk for remark in remarks])
    rows.update(state=state, duplicate_of=duplicate_of, handled_by=by, handled_at=timezone.now())
    return remarks
