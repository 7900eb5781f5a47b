"""Makes drafts of Word files: the verbs that read one, say what would arrive, and write it into a draft."""

import hashlib
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from html import escape
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction

from faq import publishing
from faq.adding import free_keys
from faq.citations import csl, likeness
from faq.citations.formats.entries import storable
from faq.exchange.giving import in_word
from faq.exchange.matching import Match, matches
from faq.models import Faq, FaqVersion, Figure, Image, Reference, WordImport, WordPicture
from faq.word import references
from faq.word.report import LOOK, LOST, Item
from faq.word.running import read
from portal.accounts.models import User
from portal.lib.html import sanitise, sanitise_line
from portal.lib.images import identify

_CITE = re.compile(r'<cite data-group="(\d+)"></cite>')
_SPACED = re.compile(r"\s+(<cite data-ref)")


class Candidate(NamedTuple):
    """A source that the library lacks and that the file describes in full, by its place among the entries."""

    place: int
    title: str
    key: str


class Taken(NamedTuple):
    """What a file would become: the wording, its figures, and what a person should know before and after."""

    question: str
    short_answer: str
    body: str
    figures: list[dict[str, Any]]
    items: list[Item]
    counts: list[tuple[str, int]]
    candidates: list[Candidate]
    matched: list[tuple[int, Match]]


def bring(content: bytes, name: str, faq: Faq, *, by: User) -> WordImport:
    """Reads a Word file for `faq` and keeps what it says until its author decides. Raises faq.word.package.Unreadable.

    Nothing is stored of a file that cannot be read, and nobody waits for a lock while one is.
    """
    told, images = _shown_alone(*read(content))
    # A citation in the file is JSON of its own, which may name characters that XML cannot hold and no column either.
    told = storable(told)
    with transaction.atomic():
        WordImport.objects.forgotten().delete()
        digest = hashlib.sha256(content).hexdigest()
        brought = WordImport.objects.create(faq=faq, file_name=name[:200], sha256=digest, reading=told, made_by=by)
        pictures = [WordPicture(word_import=brought, order=order, content=image) for order, image in enumerate(images)]
        WordPicture.objects.bulk_create(pictures)
    return brought


def _shown_alone(told: dict[str, Any], images: Sequence[bytes]) -> tuple[dict[str, Any], list[bytes]]:
    """What was read without the figures whose pictures this portal does not show, which the report then names."""
    kept, figures = [], []
    for figure, image in zip(told["figures"], images, strict=True):
        try:
            identify(image)
        except ValidationError as error:
            told["items"].append(asdict(Item(LOST, f"A picture: {' '.join(error.messages)}", figure["title"])))
            told["body"] = re.sub(rf'<(figure|span) data-(figure|xref)="{figure["key"]}"></\1>', "", told["body"])
            continue
        kept.append(image)
        figures.append(figure)
    return {**told, "figures": figures}, kept


def taken(brought: WordImport, *, base: str = "") -> Taken:
    """What `brought` would become today, with the library as it is now; `base` is the address of this site."""
    told = brought.reading
    found = matches(told["entries"], brought.faq)
    groups = [_written(group, found) for group in told["groups"]]
    items = [Item(**item) for item in told["items"]]
    items += _origin_items(brought, told)
    items += _entry_items(told, found)
    items += _figure_items(brought, told)

    def cited(markup: str) -> str:
        written = _CITE.sub(lambda cite: groups[int(cite[1])], markup)
        return _SPACED.sub(r"\1", written.replace(f'href="{base}/', 'href="/') if base else written)

    drawn = [
        {**figure, "values_table": sanitise(cited(figure["values_table"])), "sources": _sources(told, figure, found)}
        for figure in told["figures"]
    ]
    return Taken(
        told["question"],
        sanitise_line(cited(told["short_answer"])),
        sanitise(cited(told["body"])),
        drawn,
        items,
        told["counts"],
        _candidates(found),
        [(place, match) for place, match in enumerate(found) if match.reference],
    )


def _written(group: Mapping[str, Any], found: Sequence[Match]) -> str:
    """What stands in the wording for a place that cites: marks where every source is known, else what the file shows.

    A known source beside an unknown one is left as its number too, for half of "1,2" would be another statement. A
    number that stays says that it is no number of this answer, among whose own it would name another source.
    """
    known = [found[place].reference for place in group["entries"]]
    keys = [reference.key for reference in known if reference is not None]
    if len(keys) < len(known):
        return _left(str(group["shown"]))
    return "".join(f'<cite data-ref="{escape(key)}"></cite>' for key in dict.fromkeys(keys))


def _left(shown: str) -> str:
    words = _plain(shown).strip().strip("[]")
    return f"<sup>[{words}: source not in the library]</sup>" if references.numbers(words) else shown


def _origin_items(brought: WordImport, told: Mapping[str, Any]) -> list[Item]:
    """What is wrong with where an exported file comes from."""
    facts: list[str] = told["facts"]
    if not facts or any(brought.faq.content_id in fact for fact in facts):
        return []
    what = f"The file was exported from another answer than {brought.faq.content_id}: is this the right question?"
    return [Item(LOOK, what, "", facts[0])]


def _entry_items(told: Mapping[str, Any], found: Sequence[Match]) -> list[Item]:
    cited = {place for group in told["groups"] for place in group["entries"]}
    named = {likeness.folded(csl.title(entry["csl"])) for entry in told["entries"] if entry["csl"]} - {""}
    items = []
    for place, (entry, match) in enumerate(zip(told["entries"], found, strict=True)):
        where = f"Reference {entry['number']}" if entry["number"] else "References"
        if match.reference is None:
            items.append(Item(LOST, _unmatched(match), where, entry["text"]))
        elif match.doubt:
            what = f"Found in the library by its {match.how} as {match.reference.key}, but {match.doubt}: compare"
            items.append(Item(LOOK, what, where, entry["text"]))
        if place not in cited and not any(title in likeness.folded(entry["text"]) for title in named):
            items.append(
                Item(
                    LOOK, "Nothing in the text cites this reference: the answer will not list it", where, entry["text"]
                )
            )
    for group in told["groups"]:
        known = [found[place].reference is not None for place in group["entries"]]
        if any(known) and not all(known):
            what = "Of these sources not all are in the library: the numbers stay as the file has them"
            items.append(Item(LOOK, what, "", _plain(group["shown"])))
    return items


def _unmatched(match: Match) -> str:
    if match.doubt:
        return f"A source that was not taken, for {match.doubt}: cite the right one by hand"
    if match.csl and not csl.problems(match.csl):
        return "A source that the library does not have; the file describes it in full, so that it can be added"
    return "A source that the library does not have: add it under References, then cite it where its number stands"


def _plain(markup: str) -> str:
    return re.sub(r"<[^>]+>", "", markup)


def _figure_items(brought: WordImport, told: Mapping[str, Any]) -> list[Item]:
    """Figures of the draft, or of the version before it, that the file does not have."""
    drawn = {figure["key"] for figure in told["figures"]}
    latest = brought.faq.versions.order_by("-number").first()
    gone = [figure for figure in latest.figures.all() if figure.key not in drawn] if latest else []
    known = {hashlib.sha256(bytes(picture.content)).hexdigest() for picture in brought.pictures.all()}
    return [
        Item(LOOK, "A figure of the version before that the file does not have; it goes", figure.title, figure.key)
        for figure in gone
        if figure.image_id not in known
    ]


def _sources(told: Mapping[str, Any], figure: Mapping[str, Any], found: Sequence[Match]) -> list[str]:
    places = [place for group in figure["sources"] for place in told["groups"][group]["entries"]]
    known = [found[place].reference for place in places]
    return list(dict.fromkeys(reference.key for reference in known if reference is not None))


def _candidates(found: Sequence[Match]) -> list[Candidate]:
    fitting = [
        (place, match.csl)
        for place, match in enumerate(found)
        if match.reference is None and not match.doubt and match.csl and not csl.problems(match.csl)
    ]
    keys = free_keys(item for _, item in fitting)
    return [Candidate(place, csl.title(item), key) for (place, item), key in zip(fitting, keys, strict=True)]


@transaction.atomic
def take(brought: WordImport, *, by: User, question: str, adding: Collection[int] = (), base: str = "") -> FaqVersion:
    """Writes `brought` into the draft of its question, or into a new one.

    `adding` are the places of those candidates that are added to the library first. Raises NotDraft, IllegalMove,
    ValidationError.
    """
    brought = WordImport.objects.waiting().select_for_update().get(pk=brought.pk)
    if adding:
        found = matches(brought.reading["entries"], brought.faq)
        _add([candidate for candidate in _candidates(found) if candidate.place in adding], brought)
    wording = taken(brought, base=base)
    version = brought.faq.versions.open().first() or publishing.revise(brought.faq, by=by)
    publishing.write(version, by=by)
    keys = _draw(version, wording.figures, brought)
    version.question = question.strip()
    version.short_answer, version.body = _renamed(wording.short_answer, keys), _renamed(wording.body, keys)
    version.full_clean(exclude=["faq", "what_changed", "last_reviewed", "next_review"])
    version.save(update_fields=["question", "short_answer", "body"])
    WordImport.objects.filter(version=version).delete()
    brought.version, brought.reading = version, {}
    brought.report = [asdict(item) for item in wording.items]
    brought.pictures.all().delete()
    brought.save()
    return version


def _add(candidates: Sequence[Candidate], brought: WordImport) -> None:
    for candidate in candidates:
        reference = Reference(key=candidate.key, csl=brought.reading["entries"][candidate.place]["csl"])
        reference.full_clean()
        reference.save()


def _draw(version: FaqVersion, figures: Sequence[Mapping[str, Any]], brought: WordImport) -> dict[str, str]:
    """Makes the figures of `version` those of the file; returns the keys under which they now go."""
    before = {figure.key: figure for figure in version.figures.all()}
    by_image = {figure.image_id: figure for figure in before.values()}
    kept: list[int] = []
    keys: dict[str, str] = {}
    for order, (told, picture) in enumerate(zip(figures, brought.pictures.all(), strict=True)):
        content = bytes(picture.content)
        digest = hashlib.sha256(content).hexdigest()
        figure = by_image.get(digest) or before.get(told["key"])
        if figure is None or figure.pk in kept:
            figure = Figure(version=version, key=told["key"])
        if not _shows(figure, content):
            figure.image = Image.objects.store(content)
        figure.order = order
        for name in ("title", "description", "abbreviations", "note", "values_table"):
            # An exported figure says all that there is to say; of any other, silence is no wish to delete.
            setattr(figure, name, told[name] if told["is_own"] else told[name] or getattr(figure, name))
        figure.save()
        kept.append(figure.pk)
        keys[told["key"]] = figure.key
        if told["sources"] or told["is_own"]:
            figure.sources.set(Reference.objects.filter(key__in=told["sources"]))
    version.figures.exclude(pk__in=kept).delete()
    return keys


def _shows(figure: Figure, content: bytes) -> bool:
    """Whether `content` is the picture of `figure`, as it is or as an export gives it."""
    if not figure.image_id:
        return False
    stored = bytes(figure.image.content)
    return content in (stored, in_word(stored, figure.image.media_type)[0])


def _renamed(markup: str, keys: Mapping[str, str]) -> str:
    def rename(match: re.Match[str]) -> str:
        return f'{match[1]}="{keys.get(match[2], match[2])}"'

    return re.sub(r'(data-figure|data-xref)="([^"]*)"', rename, markup)


def dismiss(brought: WordImport) -> None:
    """Ends the work on a report, or throws away a file that became no draft."""
    brought.delete()
