"""References out of a citation file: what is proposed for each entry, and what is added of it."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.safestring import SafeString

from faq import adding
from faq.adding import Likeness
from faq.citations import ama
from faq.citations.formats import reading
from faq.citations.formats.entries import Entry
from faq.models import Reference

_KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
ADD, SKIP, USE = "add", "skip", "use-"


class Proposal(NamedTuple):
    """One entry of a citation file, and what somebody decides about it."""

    place: int
    entry: Entry
    key: str
    alike: list[Likeness]
    choice: str
    problem: str = ""

    @property
    def number(self) -> int:
        return self.place + 1

    @property
    def citation(self) -> SafeString:
        """The entry in AMA style."""
        return ama.reference(self.entry.item)

    @property
    def may_be_added(self) -> bool:
        return not self.entry.problems

    @property
    def used(self) -> Reference | None:
        """The reference of the library that is taken instead."""
        return next((like.reference for like in self.alike if self.choice == f"{USE}{like.reference.pk}"), None)


def text_of(file: UploadedFile) -> str:
    """The text of an uploaded citation file, whatever its encoding. Raises Unreadable."""
    if (file.size or 0) > 4 * reading.MOST_BYTES:
        raise reading.Unreadable("The file is larger than a citation file can be.")
    content: bytes = file.read()
    for encoding in ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


def examine(text: str, posted: Mapping[str, str] | None = None) -> list[Proposal]:
    """What is proposed for each entry of `text`; `posted` has what somebody chose instead. Raises Unreadable."""
    entries = reading.read(text).entries
    items = [entry.item for entry in entries]
    repeated = adding.same_as_before(items)
    told = zip(entries, adding.free_keys(items), adding.alike(items), repeated, strict=True)
    found = []
    for place, (entry, key, alike, earlier) in enumerate(told):
        if earlier is not None and not entry.problems:
            entry = entry._replace(remarks=[*entry.remarks, f"Looks like entry {earlier + 1} of this text."])
        usual = SKIP if entry.problems or earlier is not None else f"{USE}{alike[0].reference.pk}" if alike else ADD
        proposal = Proposal(place, entry, key, alike, usual)
        found.append(proposal if posted is None else _chosen(proposal, posted))
    return found


def _chosen(proposal: Proposal, posted: Mapping[str, str]) -> Proposal:
    key = posted.get(f"key-{proposal.place}", proposal.key).strip()
    choice = posted.get(f"choice-{proposal.place}", SKIP)
    offered = {SKIP, *(f"{USE}{like.reference.pk}" for like in proposal.alike)}
    offered |= {ADD} if proposal.may_be_added else set()
    return proposal._replace(key=key, choice=choice if choice in offered else SKIP)


@transaction.atomic
def add(proposals: Sequence[Proposal]) -> tuple[list[Proposal], list[Reference]]:
    """Adds the entries that were chosen: all of them, or none where one has a problem, which its proposal then says."""
    told = list(proposals)
    wanted = [proposal for proposal in told if proposal.choice == ADD]
    taken = set(Reference.objects.filter(key__in=[proposal.key for proposal in wanted]).values_list("key", flat=True))
    for proposal in wanted:
        told[proposal.place] = proposal._replace(problem=_problem(proposal.key, taken))
        taken.add(proposal.key)
    if any(proposal.problem for proposal in told):
        return told, []
    made = [Reference(key=proposal.key, csl=proposal.entry.item) for proposal in wanted]
    for reference in made:
        reference.save()
    return told, made


def _problem(key: str, taken: set[str]) -> str:
    if key in taken:
        return "This key is taken."
    return "" if _KEY.fullmatch(key) else "A key has lower-case letters, digits and hyphens, and 80 of them at most."
