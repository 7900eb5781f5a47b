"""What votes say besides yes and no: reasons, devices, and the searches that led to them."""

from typing import Any, NamedTuple

from django.db.models import Count, Func, Q, QuerySet
from django.db.models.functions import Lower

from faq.models import Feedback, Reason
from faq.satisfaction.score import Score
from faq.satisfaction.spans import Span

# So many searches are named.
NAMED = 20


class Reasoned(NamedTuple):
    """How many gave a reason; `satisfied` says to which of the two answers it belongs."""

    key: str
    label: str
    satisfied: bool
    number: int


class Searched(NamedTuple):
    """What was searched for, and how those were satisfied who came from there."""

    text: str
    score: Score


def counted(span: Span, **where: Any) -> QuerySet[Feedback]:
    """The votes within `span` that make a score and fit."""
    # By the moment, not by the day: that is what the indexes know.
    since = {"given_at__gte": span.begins} if span.first else {}
    return Feedback.objects.counted().filter(**where, **since).order_by()


def reasons(votes: QuerySet[Feedback]) -> list[Reasoned]:
    """Every reason with how often it was given, the commonest first; those that nobody gave are left out."""
    given = votes.exclude(reasons=[]).annotate(reason=Func("reasons", function="unnest"))
    numbers = dict(given.values_list("reason").annotate(number=Count("pk")))
    found = [
        Reasoned(reason.value, str(reason.label), satisfied, numbers[reason.value])
        for satisfied in (False, True)
        for reason in Reason.of(satisfied)
        if reason.value in numbers
    ]
    return sorted(found, key=lambda reason: (reason.satisfied, -reason.number))


def devices(votes: QuerySet[Feedback]) -> list[tuple[str, Score]]:
    """The score of each class of device from which somebody voted."""
    numbers = votes.values_list("device").annotate(
        yes=Count("pk", filter=Q(satisfied=True)), no=Count("pk", filter=Q(satisfied=False))
    )
    found = {device: Score(yes, no) for device, yes, no in numbers}
    return [(str(device.label), found[device.value]) for device in Feedback.Device if device.value in found]


def searches(votes: QuerySet[Feedback], *, unsatisfied: bool = False) -> list[Searched]:
    """What was searched for most often before voting; with `unsatisfied`, what was most often followed by a no."""
    # Only columns that an index holds are asked for, so that no row is fetched.
    numbers = (
        votes.exclude(searched="")
        .annotate(words=Lower("searched"))
        .values_list("words")
        .annotate(yes=Count("satisfied", filter=Q(satisfied=True)), no=Count("satisfied", filter=Q(satisfied=False)))
    )
    if unsatisfied:
        ordered = numbers.filter(no__gt=0).order_by("-no", "yes", "words")
    else:
        ordered = numbers.annotate(all=Count("satisfied")).order_by("-all", "words")
    return [Searched(row[0], Score(row[1], row[2])) for row in ordered[:NAMED]]
