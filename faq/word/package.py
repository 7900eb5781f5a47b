"""Opens a .docx within limits and finds its parts. Pure."""

import io
import posixpath
import zipfile
import zlib
from xml.etree.ElementTree import Element

from faq.word import xml

# Bytes of the file, of all that is packed in it, of one part in XML, and how many parts there may be.
LARGEST_FILE = 15 * 1024 * 1024
LARGEST_CONTENT = 60 * 1024 * 1024
LARGEST_XML = 12 * 1024 * 1024
MOST_PARTS = 3000

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DOCX = "wordprocessingml.document.main+xml"
_TYPES = "[Content_Types].xml"
_KINDS = {
    "macroEnabled": "It holds macros. Save it in Word as a .docx file, which leaves them out.",
    "wordprocessingml.template": "It is a template. Save it in Word as a .docx file.",
    "spreadsheetml": "It is an Excel file. Upload a .docx file.",
    "presentationml": "It is a PowerPoint file. Upload a .docx file.",
}


class Unreadable(ValueError):
    """A file that is no Word document which we read; says why, and what to do about it."""


class Package:
    """The parts of one .docx, each read when it is asked for."""

    def __init__(self, content: bytes) -> None:
        self.archive = _opened(content)
        self.names = {info.filename: info for info in self.archive.infolist()}
        _refuse_bomb(list(self.names.values()), len(self.archive.infolist()))
        self.main = self._main()
        self.relations = self.relations_of(self.main)

    def _main(self) -> str:
        types = self.xml(_TYPES)
        if types is None:
            raise Unreadable("This is a ZIP file, but no Word document.")
        kinds = {part.get("PartName", "").lstrip("/"): part.get("ContentType", "") for part in types}
        for sign, reason in _KINDS.items():
            if any(sign in kind for kind in kinds.values()):
                raise Unreadable(reason)
        found = [name for name, kind in kinds.items() if kind.endswith(_DOCX) and name in self.names]
        if not found:
            raise Unreadable("This is a ZIP file, but no Word document.")
        if any(name.rpartition("/")[2].lower() == "vbaproject.bin" for name in self.names):
            raise Unreadable(_KINDS["macroEnabled"])
        return found[0]

    def read(self, name: str, most: int = LARGEST_CONTENT) -> bytes | None:
        """The bytes of the part `name`; None where there is none. Raises Unreadable."""
        info = self.names.get(name)
        if info is None:
            return None
        if info.flag_bits & 1:
            raise Unreadable("It is protected by a password. Save it without one and upload it again.")
        if info.file_size > most:
            raise Unreadable(f"A part of it ({name}) is too large to be the text of an answer.")
        try:
            with self.archive.open(info) as file:
                return file.read(most)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as error:
            raise Unreadable("It is damaged: a part of it cannot be unpacked.") from error

    def xml(self, name: str) -> Element | None:
        """The root of the part `name`; None where there is none. Raises Unreadable."""
        content = self.read(name, LARGEST_XML)
        if content is None:
            return None
        try:
            return xml.parse(content)
        except xml.Refused as error:
            raise Unreadable(f"It is damaged: {name} cannot be read. {error}") from error

    def relations_of(self, name: str) -> dict[str, Element]:
        """What the part `name` points at, by the ids that it uses."""
        folder, file = posixpath.split(name)
        root = self.xml(posixpath.join(folder, "_rels", f"{file}.rels"))
        return {} if root is None else {part.get("Id", ""): part for part in root}

    def target(self, relation: Element, base: str = "") -> str:
        """The name of the part inside the file that `relation` leads to; "" for anything outside."""
        if relation.get("TargetMode") == "External":
            return ""
        path = relation.get("Target", "")
        folder = posixpath.dirname(base or self.main)
        return posixpath.normpath(path.lstrip("/") if path.startswith("/") else posixpath.join(folder, path))

    def part(self, kind: str) -> Element | None:
        """The part that the document names as its styles, numbering, comments or the like."""
        return next((root for _, root in self.parts(kind)), None)

    def parts(self, *kinds: str) -> list[tuple[str, Element]]:
        """All parts of these kinds, as (name, root)."""
        named = [
            self.target(relation)
            for relation in self.relations.values()
            if relation.get("Type", "").rpartition("/")[2] in kinds
        ]
        roots = [(name, self.xml(name)) for name in dict.fromkeys(named) if name]
        return [(name, root) for name, root in roots if root is not None]


def _opened(content: bytes) -> zipfile.ZipFile:
    if not content:
        raise Unreadable("The file is empty.")
    if len(content) > LARGEST_FILE:
        raise Unreadable(f"The file is larger than {LARGEST_FILE // 1024 // 1024} MB. Compress its pictures in Word.")
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise Unreadable("It is protected by a password. Save it without one and upload it again.")
        raise Unreadable("It is in the format of Word 97 to 2003 (.doc). Save it in Word as a .docx file.")
    try:
        return zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
        if content.startswith(b"PK"):
            raise Unreadable("The file is incomplete or damaged. Save it again in Word.") from error
        raise Unreadable("This is no Word document. Upload a .docx file.") from error


def _refuse_bomb(parts: list[zipfile.ZipInfo], count: int) -> None:
    if count > MOST_PARTS or count != len(parts):
        raise Unreadable("It holds too many parts, or one of them twice.")
    if sum(part.file_size for part in parts) > LARGEST_CONTENT:
        size = LARGEST_CONTENT // 1024 // 1024
        raise Unreadable(f"Unpacked it would hold more than {size} MB. Compress its pictures in Word.")
