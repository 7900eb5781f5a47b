"""Writes any version as a Word file for reviewers outside."""

import io
from collections.abc import Sequence

import typst
from django.utils.encoding import iri_to_uri
from django.utils.formats import date_format
from django.utils.html import escape, format_html
from django.utils.translation import gettext, pgettext
from PIL import Image as Pillow

from faq import previewing, rendering
from faq.citations import ama, numbering
from faq.models import FaqVersion, Figure, Image, Reference
from faq.models.workflow import Status
from faq.pdf import in_own_typeface, typefaces
from faq.printout import LETTER_COUNTRIES
from faq.word.writing.document import docx
from faq.word.writing.manuscript import Drawn, Manuscript, Words
from portal.chrome.models import Market
from portal.lib.html import sanitise, sanitise_line
from portal.lib.language import spoken

# Pixels to an inch of the picture that stands in for a drawing, on a page that is 96 of them to an inch wide.
_SHARPNESS = 192
_WARNED = {
    Status.DRAFT: "DRAFT, not approved",
    Status.IN_REVIEW: "IN REVIEW, not approved",
    Status.APPROVED: "APPROVED, not published",
    Status.SUPERSEDED: "SUPERSEDED, no longer current",
    Status.WITHDRAWN: "WITHDRAWN, no longer valid",
}


def word_file(version: FaqVersion, *, base: str = "") -> bytes:
    """`version`, which comes with its parts, as a .docx; `base` completes addresses of this site, as https://host."""
    return docx(manuscript(version, base=base))


def file_name(version: FaqVersion) -> str:
    """What the file is called: which answer, which version, and whether it is approved."""
    state = "" if version.status == Status.PUBLISHED else f"-{version.status.replace('_', '-')}"
    return f"{version.faq.content_id}-v{version.number}{state}.docx"


def manuscript(version: FaqVersion, *, base: str = "") -> Manuscript:
    """What the file says, in the language of the market."""
    wording = rendering.wording_of(version)
    shown = previewing.shown(version, wording)
    market = version.faq.market
    numbers = {reference.key: number for number, reference in enumerate(shown.cited, start=1)}
    places = numbering.assign(rendering.marked(wording).figures)
    with spoken(market.language_tag):
        return Manuscript(
            question=version.question,
            language=market.language_tag,
            letter=market.language_tag.partition("-")[2] in LETTER_COUNTRIES,
            facts=_facts(version),
            notices=[version.faq.disclaimer],
            standing=_WARNED.get(Status(version.status), "PUBLISHED"),
            warns=version.status in _WARNED,
            running=f"{version.faq.content_id} · {gettext('version %(number)d') % {'number': version.number}}",
            digest=f"SHA-256 {shown.version.content_sha256}",
            short_answer=sanitise_line(version.short_answer),
            body=sanitise(version.body),
            figures={figure.key: _drawn(figure, numbers) for figure in version.figures.all()},
            places=places,
            numbers=numbers,
            references=[_entry(reference) for reference in shown.cited],
            resources=_resources(version),
            words=_words(),
            base=base,
        )


def _facts(version: FaqVersion) -> Sequence[tuple[str, str]]:
    faq = version.faq
    days = [
        (gettext("Last reviewed"), version.last_reviewed),
        (pgettext("date", "Next review"), version.next_review),
        (pgettext("date", "Published"), version.published_at),
    ]
    return [
        (gettext("Content ID"), faq.content_id),
        (gettext("Version"), f"{version.number} ({version.get_status_display()})"),
        (gettext("Market"), _market(faq.market)),
        (gettext("Label status"), str(faq.get_label_status_display())),
        *((named, date_format(day, "DATE_FORMAT")) for named, day in days if day),
    ]


def _market(market: Market) -> str:
    return f"{market.name} ({market.organisation})"


def _entry(reference: Reference) -> str:
    return escape(reference.formatted_override) if reference.formatted_override else str(ama.reference(reference.csl))


def _resources(version: FaqVersion) -> Sequence[tuple[str, str]]:
    found = []
    for resource in version.resources.all():
        title = escape(resource.title)
        linked = format_html('<a href="{}">{}</a>', iri_to_uri(resource.url), resource.title) if resource.url else title
        found.append((str(linked), resource.note))
    return found


def _words() -> Words:
    return Words(
        short_answer=gettext("Short answer"),
        references=gettext("References"),
        resources=gettext("Additional related information"),
        table=gettext("Table %(number)d").replace("%(number)d", "{number}") + ". ",
        figure=gettext("Figure %(number)d").replace("%(number)d", "{number}") + ". ",
        xref=gettext("Figure %(number)d").replace("%(number)d", "{number}"),
        description=gettext("Description:"),
        abbreviations=gettext("Abbreviations:"),
        note=gettext("Note:"),
        values=gettext("Table of values"),
        company=gettext("(company data)"),
        page=gettext("Page %(page)s of %(pages)s") % {"page": "{page}", "pages": "{pages}"},
    )


def _drawn(figure: Figure, numbers: dict[str, int]) -> Drawn:
    image = figure.image
    content = bytes(image.content)
    sources = [link.reference.key for link in figure.figuresource_set.all()]
    is_drawing = image.media_type == "image/svg+xml"
    picture, suffix = (_painted(image), "png") if is_drawing else in_word(content, image.media_type)
    return Drawn(
        figure.key,
        figure.title,
        figure.description,
        figure.abbreviations,
        figure.note,
        sanitise(figure.values_table),
        [numbers[key] for key in sources if key in numbers],
        picture,
        suffix,
        image.width,
        image.height,
        content if is_drawing else b"",
    )


def in_word(content: bytes, media_type: str) -> tuple[bytes, str]:
    """A picture in a format that Word shows, and the end of its name; a drawing as it is."""
    if media_type != "image/webp":
        return content, {"image/png": "png", "image/jpeg": "jpg"}.get(media_type, "svg")
    written = io.BytesIO()
    with Pillow.open(io.BytesIO(content)) as image:
        image.save(written, "PNG")
    return written.getvalue(), "png"


def _painted(image: Image) -> bytes:
    """A drawing as a PNG, for what cannot show drawings."""
    size = f"width: {image.width * 0.75}pt, height: {image.height * 0.75}pt"
    source = (
        f'#set page({size}, margin: 0pt)\n#image(bytes(sys.inputs.drawing), format: "svg", width: 100%, height: 100%)'
    )
    compiler = typst.Compiler(
        source.encode(),
        font_paths=typefaces(),
        ignore_system_fonts=True,
        sys_inputs={"drawing": in_own_typeface(bytes(image.content)).decode()},
    )
    made = compiler.compile(format="png", ppi=_SHARPNESS)
    if not isinstance(made, bytes):
        raise TypeError("a drawing is one picture")
    return made
