"""What a Word file would become, for the eyes of its author: the answer as visitors would see it, and the report."""

from collections.abc import Sequence
from typing import Any, NamedTuple, cast

from django.urls import reverse
from django.utils.safestring import SafeString

from faq import rendering
from faq.exchange.taking import Taken
from faq.models import FaqVersion, Image, Reference, WordImport
from faq.word.report import LOOK, LOST, TAKEN, Item
from portal.lib.images import identify

_TITLES = (
    (LOST, "Could not be carried over"),
    (LOOK, "Needs a look"),
    (TAKEN, "How it was read"),
)


class Group(NamedTuple):
    """The items of one kind under their heading."""

    kind: str
    title: str
    items: Sequence[Item]


class _Picture(NamedTuple):
    """A picture that is no row among the images yet; reads like one where a figure is written."""

    address: str
    width: int
    height: int

    def get_absolute_url(self) -> str:
        return self.address


def report_of(items: Sequence[Any]) -> list[Group]:
    """A report by kinds, the worst first; `items` as they are or as they are stored."""
    read = [item if isinstance(item, Item) else Item(**item) for item in items]
    groups = [Group(kind, title, [item for item in read if item.kind == kind]) for kind, title in _TITLES]
    return [group for group in groups if group.items]


def context(brought: WordImport, taken: Taken) -> dict[str, Any]:
    """What the second page shows of a file."""
    version = FaqVersion(
        faq=brought.faq, number=0, question=taken.question, short_answer=taken.short_answer, body=taken.body
    )
    language = brought.faq.drug.market.language_tag
    cited = Reference.objects.in_bulk([match.reference.pk for _, match in taken.matched if match.reference])
    references = {reference.key: reference for reference in cited.values()}
    wording = rendering.Wording(version, language, _figures(brought, taken), references)
    rendered = rendering.render(wording)
    return {
        "brought": brought,
        "taken": taken,
        "report": report_of(taken.items),
        "counts": taken.counts,
        "language": language,
        "shown": {name: SafeString(getattr(rendered, name)) for name in ("short_answer", "body", "references")},
    }


def _figures(brought: WordImport, taken: Taken) -> dict[str, rendering.FigureParts]:
    found = {}
    for figure, picture in zip(taken.figures, brought.pictures.all(), strict=True):
        told = identify(bytes(picture.content))
        address = reverse("admin:faq_word_picture", args=[brought.pk, picture.order])
        image = cast(Image, _Picture(address, told.width, told.height))
        parts = {name: figure[name] for name in ("key", "title", "description", "abbreviations", "note")}
        found[figure["key"]] = rendering.FigureParts(
            **parts, image=image, values_table=figure["values_table"], sources=figure["sources"]
        )
    return found


def media_type(content: bytes) -> str:
    """What a picture is sent as."""
    return identify(content).media_type
