"""Whether versions can have come to be as a folder tells. Pure."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from faq.models.workflow import FROZEN, OPEN, Status
from faq.portable.reading import Row

Complaint = tuple[Row, str, str]
_WAY = ("submitted_at", "approved_at", "published_at", "superseded_at", "withdrawn_at")
# What each state tells beside what it needs anyway.
_NEEDS = {
    Status.APPROVED: ("approved_at", "content_sha256"),
    Status.PUBLISHED: ("approved_at", "content_sha256", "published_at"),
    Status.SUPERSEDED: ("approved_at", "content_sha256", "published_at", "superseded_at"),
    Status.WITHDRAWN: ("approved_at", "content_sha256", "published_at", "withdrawn_at", "withdrawal_reason"),
}


def complaints(versions: Sequence[Row]) -> Iterator[Complaint]:
    """What cannot be true of the versions of one question."""
    rows = sorted(versions, key=lambda row: row.values["number"] or 0)
    for row in rows:
        yield from _of_one(row)
    yield from _of_all(rows)


def _of_one(row: Row) -> Iterator[Complaint]:
    status = row.values["status"]
    for name in _NEEDS.get(status, ()):
        if not row.values[name]:
            yield row, name, f"is missing, but the version is {status}"
    if status in _NEEDS and not (row.keys["approver"] or row.values["imported_from"]):
        yield row, "approver", f"is missing, but the version is {status}"
    wrote = {row.keys["author"], *(row.keys["writers"] or [])} - {None}
    if row.keys["approver"] in wrote:
        yield row, "approver", f"{row.keys['approver']} wrote in this version, and nobody approves what they wrote"
    if status in _NEEDS and row.keys["approver"] and not any(_binds(one, row) for one in row.inside["signatures"]):
        yield row, "signatures", f"{row.keys['approver']} has not signed what was approved"
    moments = [(name, row.values[name]) for name in _WAY if row.values[name]]
    for (before, first), (after, second) in pairwise(moments):
        if second < first:
            yield row, after, f"lies before {before}"


def _binds(signature: Row, version: Row) -> bool:
    """Whether a signature is that of the approver under what was submitted and approved."""
    same = (signature.keys["signer"], signature.values["sha256"])
    if same != (version.keys["approver"], version.values["content_sha256"]):
        return False
    return bool(version.values["submitted_at"] and signature.values["signed_at"] >= version.values["submitted_at"])


def _of_all(rows: Sequence[Row]) -> Iterator[Complaint]:
    frozen = [row for row in rows if row.values["status"] in FROZEN]
    opened = [row for row in rows if row.values["status"] in OPEN]
    for row in [row for row in frozen if row.values["status"] == Status.PUBLISHED][1:]:
        yield row, "status", "is published, and so is another version of the same question: only one can be"
    for row in opened[1:]:
        yield row, "status", "is being worked on, and so is another version of the same question: only one can be"
    for row in opened[:1]:
        if frozen and frozen[-1].values["number"] > row.values["number"]:
            yield row, "number", "is being worked on, but a version with a higher number was published"
    for before, after in pairwise(frozen):
        first, second = before.values["published_at"], after.values["published_at"]
        if first and second and second < first:
            yield after, "number", "was published before a version with a lower number: one of the numbers is wrong"
        if before.values["status"] == Status.PUBLISHED and after.values["status"] != Status.PUBLISHED:
            yield before, "status", "is published, but a version with a higher number was published after it"
