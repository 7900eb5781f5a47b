"""Locks a version and moves it along the table of moves; the verbs alone call this."""

from collections.abc import Iterable, Sequence

from faq.models import Faq, FaqVersion
from faq.models.workflow import Status, check_move


def lock_questions(faqs: Iterable[int]) -> None:
    """Lets nobody else publish or withdraw a version of these FAQs until the transaction ends."""
    # No lock of the key: whoever writes the index checks that the FAQ is there while this waits for the index.
    list(Faq.objects.select_for_update(no_key=True).filter(pk__in=faqs).order_by("pk"))


def locked(version: FaqVersion) -> FaqVersion:
    """`version` as the database holds it, locked until the transaction ends; its key stays free, as a FAQ's does."""
    return FaqVersion.objects.with_parts().select_for_update(of=("self",), no_key=True).get(pk=version.pk)


def move(version: FaqVersion, target: Status, **changes: object) -> None:
    move_all([version], target, **changes)


def move_all(versions: Sequence[FaqVersion], target: Status, **changes: object) -> None:
    check_moves(versions, target)
    FaqVersion.objects.filter(pk__in=[version.pk for version in versions]).update(status=target, **changes)
    for version in versions:
        version.status = target


def check_moves(versions: Iterable[FaqVersion], target: Status) -> None:
    for version in versions:
        check_move(version.status, target)
