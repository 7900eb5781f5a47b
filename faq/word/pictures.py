"""The pictures of a Word file, made into formats that a browser shows. Pure."""

import io
import posixpath
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from PIL import Image as Pillow
from PIL import UnidentifiedImageError

from faq.word import xml
from faq.word.package import Package
from faq.word.report import Report

LARGEST = 5 * 1024 * 1024
MOST = 60
MOST_PIXELS = 20_000_000
_SHOWN = {".png", ".jpg", ".jpeg", ".svg", ".webp"}
_CONVERTED = {".gif", ".bmp", ".tif", ".tiff", ".dib"}
_CHARTS = {"chart": "A chart", "diagram": "A SmartArt drawing"}


@dataclass(frozen=True)
class Image:
    """One picture: what Word calls it, its alternative text, and its bytes."""

    name: str
    alt: str
    content: bytes


class Pictures:
    """Finds the pictures that drawings show; `marks` holds what stands for those that could not be carried over."""

    def __init__(self, package: Package, report: Report) -> None:
        self.package, self.report = package, report
        self.marks: list[str] = []
        self.count = 0

    def of(self, element: Element) -> list[Image]:
        """The pictures in a drawing (w:drawing or w:pict) that could be read."""
        if any(part.tag.startswith(("c:", "dgm:")) for part in element.iter()):
            self._chart(element)
            return []
        name, alt = _words(element)
        found = []
        for blip in [part for part in element.iter() if part.tag in {"a:blip", "v:imagedata"}]:
            image = self._image(blip, name, alt)
            if image:
                found.append(image)
                crop = next(element.iter("a:srcRect"), None)
                if crop is not None and any(value not in {"", "0"} for value in crop.attrib.values()):
                    self.report.look("A picture was cropped in Word; the whole of it arrived", alt or name)
            else:
                self.marks.append("[Picture not carried over]")
        return found

    def _image(self, blip: Element, name: str, alt: str) -> Image | None:
        vector = next(blip.iter("asvg:svgBlip"), None)
        for source in (vector, blip):
            identity = "" if source is None else source.get("r:embed") or source.get("r:id") or ""
            relation = self.package.relations.get(identity)
            if relation is not None and (target := self.package.target(relation)):
                content = self._converted(target, self.package.read(target), alt or name)
                return Image(name, alt, content) if content else None
        self.report.lost("A picture that is only linked to, not in the file: insert it in Word", alt or name)
        return None

    def _converted(self, target: str, content: bytes | None, told: str) -> bytes | None:
        suffix = posixpath.splitext(target)[1].lower()
        self.count += 1
        if not content or self.count > MOST:
            self.report.lost("A picture that is missing in the file, or one too many", told)
        elif suffix not in _SHOWN | _CONVERTED:
            self.report.lost(f"A picture in the format {suffix[1:].upper()}: save it as PNG and insert it again", told)
        elif len(content) > LARGEST:
            self.report.lost("A picture larger than 5 MB: make it smaller in Word", told)
        else:
            return content if suffix == ".svg" else self._raster(content, told, convert=suffix in _CONVERTED)
        return None

    def _raster(self, content: bytes, told: str, *, convert: bool) -> bytes | None:
        try:
            with Pillow.open(io.BytesIO(content)) as image:
                if image.width * image.height > MOST_PIXELS:
                    self.report.lost("A picture with too many pixels", told)
                    return None
                # Decoded to the end, for only that tells a whole picture from the first half of one.
                image.load()
                if not convert and image.format in {"PNG", "JPEG", "WEBP"}:
                    return content
                written = io.BytesIO()
                image.convert("RGBA").save(written, "PNG")
        except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Pillow.DecompressionBombError):
            self.report.lost("A picture that is damaged", told)
            return None
        return written.getvalue()

    def _chart(self, element: Element) -> None:
        kind = "chart" if any(part.tag.startswith("c:") for part in element.iter()) else "diagram"
        named = next((part for part in element.iter() if part.tag in {"c:chart", "dgm:relIds"}), None)
        identity = "" if named is None else named.get("r:id") or named.get("r:dm") or ""
        relation = self.package.relations.get(identity)
        target = self.package.target(relation) if relation is not None else ""
        root = self.package.xml(target) if target else None
        words = " ".join([*_words(element), *(xml.texts(root, "a:t", "c:v") if root is not None else ())])
        self.report.lost(f"{_CHARTS[kind]}: insert it as a picture, with its numbers as a table", words)
        self.marks.append(f"[{_CHARTS[kind].removeprefix('A ')} not carried over]")


def _words(element: Element) -> tuple[str, str]:
    """What Word calls a drawing, and its alternative text."""
    named = next((part for part in element.iter("wp:docPr")), None)
    if named is not None:
        return named.get("name", ""), " ".join(named.get("descr", "").split())
    shape = next((part for part in element.iter("v:shape")), None)
    return ("", "") if shape is None else (shape.get("id", ""), " ".join(shape.get("alt", "").split()))
