"""Prints one version as a tagged document (PDF/UA-1): the same version gives the same bytes.

The content reaches the typesetter as JSON and never as its source, so nothing that staff write can be a command.
"""

import io
import json
import logging
import re
import tempfile
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import typst
from django.conf import settings
from PIL import Image as Pillow
from PIL import UnidentifiedImageError

from faq.documents import tree
from faq.documents.inlines import Node
from faq.models import FaqVersion, Image
from faq.printout import document

logger = logging.getLogger(__name__)

FOLDER = settings.BASE_DIR / "templates" / "pdf"
# How many documents a process remembers; one is rarely larger than 200 KB.
REMEMBERED = 32
# Pixels; on the widest figure about 360 an inch.
LONGEST_SIDE = 2000
_MISSING = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_UNREADABLE = re.compile(r"\b(?:SVG|image)\b")
_CODE = re.compile(r"\\u\{([0-9a-f]+)\}")
# Compatibility forms whose plain characters mean the same.
_SAME = {"<wide>", "<narrow>", "<square>", "<font>", "<compat>", "<vertical>", "<isolated>"}
_PAGE = re.compile(rb"/Type\s*/Page\b")
_MARKUP = '"\\<>&'
Remedy = Callable[[str], str]


class Manuscript(NamedTuple):
    """All that decides a document's bytes: its content as JSON, and its date as seconds since 1970."""

    content: str
    timestamp: int

    @property
    def digest(self) -> str:
        """Changes when anything does that the document is made from, the typesetter included."""
        return sha256(f"{_revision()}\n{self.timestamp}\n{self.content}".encode()).hexdigest()


def manuscript(version: FaqVersion, *, permanent_address: str, stamp: str = "") -> Manuscript:
    """What a published `version` is printed from. `permanent_address` is the absolute address of its permanent link.

    `stamp` stands on each page of what is no copy of a public page.

    Raises ValueError for a version that was never published.
    """
    if version.published_at is None:
        raise ValueError("Only a version that was published is printed.")
    content = document(version, permanent_address) | ({"stamp": stamp} if stamp else {})
    return Manuscript(json.dumps(content, ensure_ascii=False), int(version.published_at.timestamp()))


@lru_cache(maxsize=REMEMBERED)
def printed(manuscript: Manuscript) -> bytes:
    """The document that `manuscript` describes. Raises typst.TypstError where PDF/UA-1 cannot be kept."""
    with tempfile.TemporaryDirectory() as folder:
        desk = _Desk(manuscript, Path(folder))
        while True:
            try:
                return desk.typeset()
            except typst.TypstError as error:
                if not desk.mend(error):
                    raise
                logger.warning("%s had to be mended: %s", desk.name, error.message)


def pages(version: FaqVersion, *, permanent_address: str) -> int:
    """How many pages `version` prints to. Raises typst.TypstError as `printed` does."""
    # Always the same date, so that the same wording is remembered.
    made = printed(manuscript(version, permanent_address=permanent_address)._replace(timestamp=0))
    return len(_PAGE.findall(made))


class _Desk:
    """One document in the making: its content, its pictures in a folder, and the remedies that were not tried yet."""

    def __init__(self, manuscript: Manuscript, folder: Path) -> None:
        self.content, self.timestamp, self.folder = manuscript.content, manuscript.timestamp, folder
        self.remedies: list[Remedy] = [_plainer, _spelled]
        told = json.loads(self.content)
        self.name = told["description"]
        for figure in tree.figures(told):
            if figure["image"]:
                self._lay_out(figure["image"])

    def _lay_out(self, image: Node) -> None:
        stored = bytes(Image.objects.values_list("content", flat=True).get(sha256=image["sha256"]))
        drawing = in_own_typeface(stored) if image["format"] == "svg" else _in_print_size(stored)
        (self.folder / f"{image['sha256']}.{image['format']}").write_bytes(drawing)

    def typeset(self) -> bytes:
        """The document as it is now. Raises typst.TypstError."""
        compiler = typst.Compiler(
            _template(),
            root=self.folder,
            font_paths=typefaces(),
            ignore_system_fonts=True,
            sys_inputs={"document": self.content},
        )
        made = compiler.compile(format="pdf", pdf_standards="ua-1", timestamp=self.timestamp)
        if not isinstance(made, bytes):
            raise TypeError("a document is one file")
        return made

    def mend(self, error: typst.TypstError) -> bool:
        """Whether there was a remedy: for characters that no typeface has, else for pictures that cannot be read."""
        missing = _missing(error)
        if not missing and _UNREADABLE.search(error.message):
            before, self.content = self.content, _without_images(self.content)
            return self.content != before
        if not missing or not self.remedies:
            return False
        remedy = self.remedies.pop(0)
        signs = {ord(char): remedy(char) for char in missing}
        self.content = self.content.translate(signs)
        for drawing in self.folder.glob("*.svg"):
            drawing.write_text(drawing.read_text(encoding="utf-8").translate(signs), encoding="utf-8")
        return True


@cache
def typefaces() -> typst.Fonts:
    """The typefaces that documents are set in."""
    return typst.Fonts(include_system_fonts=False, font_paths=[FOLDER / "fonts"])


@cache
def _template() -> bytes:
    return (FOLDER / "answer.typ").read_bytes()


@cache
def _revision() -> str:
    """Names the typesetter, the template and the typefaces."""
    files = [FOLDER / "answer.typ", *sorted((FOLDER / "fonts").glob("*.ttf"))]
    return " ".join([metadata.version("typst"), *(sha256(path.read_bytes()).hexdigest() for path in files)])


def in_own_typeface(svg: bytes) -> bytes:
    """A drawing whose words are all set in the document's typeface, for they would vanish in one that is not there."""
    root = ElementTree.fromstring(svg)  # noqa: S314  (portal.lib.images refused declarations when it was stored)
    for element in root.iter():
        element.attrib.pop("font-family", None)
    root.set("font-family", "Portal Sans")
    drawing: bytes = ElementTree.tostring(root, encoding="utf-8")
    return drawing


def _in_print_size(picture: bytes) -> bytes:
    """A raster image with no more pixels than a page can show; as it was where it cannot be read."""
    try:
        with Pillow.open(io.BytesIO(picture)) as image:
            if max(image.size) <= LONGEST_SIDE or image.mode.startswith("I"):
                return picture
            kind, small = image.format, image.convert("RGBA") if image.mode == "P" else image.copy()
    except (UnidentifiedImageError, OSError):
        return picture
    small.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    written = io.BytesIO()
    small.save(written, format=kind, quality=90)
    return written.getvalue()


def _missing(error: typst.TypstError) -> set[str]:
    """The characters that no typeface has, as the typesetter reports them."""
    texts = (_CODE.sub(lambda code: chr(int(code[1], 16)), text) for text in _MISSING.findall(error.diagnostic))
    return {char for text in texts for char in text if not char.isascii()}


def _plainer(char: str) -> str:
    """The plain characters that mean the same as `char`; itself where there are none."""
    kind, _, _ = unicodedata.decomposition(char).partition(" ")
    plain = unicodedata.normalize("NFKD", char)
    # A raised or circled figure would become another number, and a quotation mark would end a text in JSON.
    changed = kind.startswith("<") and kind not in _SAME
    return char if changed or any(sign in plain for sign in _MARKUP) else plain


def _spelled(char: str) -> str:
    """`char` as its number in Unicode: ugly, and never silently missing from a medical text."""
    return f"[U+{ord(char):04X}]"


def _without_images(content: str) -> str:
    """`content` with the words of its figures alone."""
    told: Node = json.loads(content)
    for figure in tree.figures(told):
        figure["image"] = None
    return json.dumps(told, ensure_ascii=False)
