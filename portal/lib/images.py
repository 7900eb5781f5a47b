"""Tells from its bytes what a picture is, and refuses what could do more than be looked at."""

import io
import re
from typing import NamedTuple
from xml.etree import ElementTree

from django.core.exceptions import ValidationError
from PIL import Image as Pillow
from PIL import UnidentifiedImageError

MAX_BYTES = 5 * 1024 * 1024
MAX_PIXELS = 40_000_000
MAX_SIDE = 20_000
# Beyond these a picture is kept as it came: the effort would hold up whoever waits, and WebP ends at this side.
MAX_RENDITION_PIXELS, MAX_RENDITION_SIDE = 16_000_000, 16_383
EXTENSIONS = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp", "image/svg+xml": "svg"}
_SVG = "{http://www.w3.org/2000/svg}"
# In any namespace: inside a drawing, XHTML's script runs like SVG's.
_ACTIVE = {"script", "foreignobject", "iframe", "image", "use", "a", "animate", "set", "style"}
_PNG_DEPTH = 24
_RASTER = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp"}


class Picture(NamedTuple):
    """What a picture is: its media type and its size in pixels."""

    media_type: str
    width: int
    height: int


def identify(content: bytes) -> Picture:
    """The picture that `content` holds. Raises ValidationError for anything but a harmless SVG, PNG, JPEG or WebP."""
    if len(content) > MAX_BYTES:
        raise ValidationError(f"An image holds at most {MAX_BYTES // 1024 // 1024} MB.")
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return _vector(content)
    return _raster(content)


def _raster(content: bytes) -> Picture:
    try:
        with Pillow.open(io.BytesIO(content), formats=list(_RASTER)) as image:
            if image.width * image.height > MAX_PIXELS:
                raise ValidationError("The image has too many pixels.")
            media_type = _RASTER[str(image.format)]
            # Decoded to the end, for only that tells a whole file from the first half of one.
            image.load()
            return Picture(media_type, image.width, image.height)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Pillow.DecompressionBombError) as error:
        raise ValidationError("This is not an SVG, PNG, JPEG or WebP image.") from error


def webp(content: bytes) -> bytes | None:
    """A PNG as lossless WebP, where that is smaller and every pixel and colour stays as it was; else None."""
    # Pillow silently drops half of 16 bits to a channel, so the header is asked (PNG specification 11.2.2).
    if not content.startswith(b"\x89PNG") or content[_PNG_DEPTH] > 8:
        return None
    with Pillow.open(io.BytesIO(content), formats=["PNG"]) as image:
        if not _is_plain(image):
            return None
        pixels = image.convert("RGBA" if image.has_transparency_data else "RGB")
        profile = image.info.get("icc_profile")
    written = io.BytesIO()
    # Half the effort: more of it saves a few per cent and takes ten times as long.
    pixels.save(written, "WEBP", lossless=True, exact=True, quality=50, method=4, icc_profile=profile)
    small = written.getvalue()
    return small if len(small) < len(content) and _shows(small, pixels) else None


def _is_plain(image: Pillow.Image) -> bool:
    """Whether an image is a single one, not too large, whose colours depend on nothing that WebP lacks."""
    fits = image.width * image.height <= MAX_RENDITION_PIXELS and max(image.size) <= MAX_RENDITION_SIDE
    calibrated = {"gamma", "chromaticity"} & set(image.info) and "srgb" not in image.info
    still = getattr(image, "n_frames", 1) == 1
    return fits and still and not calibrated and image.mode in {"1", "L", "LA", "P", "RGB", "RGBA"}


def _shows(content: bytes, pixels: Pillow.Image) -> bool:
    with Pillow.open(io.BytesIO(content), formats=["WEBP"]) as image:
        return image.convert(pixels.mode).tobytes() == pixels.tobytes()


def _vector(content: bytes) -> Picture:
    if b"\x00" in content:
        # UTF-16 would hide from the next lines what they look for.
        raise ValidationError("An SVG is written in UTF-8.")
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        # Entities are how an XML file reads other files or grows without end; no drawing needs them.
        raise ValidationError("An SVG must not declare a document type.")
    if b"<?xml-" in content:
        raise ValidationError("An SVG must not hold a style sheet.")
    try:
        root = ElementTree.fromstring(content)  # noqa: S314  (declarations were refused above)
    except (ElementTree.ParseError, LookupError, ValueError) as error:
        raise ValidationError(f"The SVG is not well formed: {error}") from error
    if root.tag != f"{_SVG}svg":
        raise ValidationError("The file is XML, but no SVG.")
    for element in root.iter():
        _refuse_active(element)
    return Picture("image/svg+xml", *_size(root))


def _refuse_active(element: ElementTree.Element) -> None:
    tag = element.tag.rpartition("}")[2]
    if tag.lower() in _ACTIVE:
        raise ValidationError(f"An SVG must not hold <{tag}>.")
    for name, value in element.attrib.items():
        plain = name.rpartition("}")[2].lower()
        outside = plain in {"href", "src"} or re.search(r"url\(\s*['\"]?(?!#)", value)
        if plain.startswith("on") or plain == "style" or outside:
            raise ValidationError(f"An SVG must not hold the attribute {plain!r} with {value[:60]!r}.")


def _size(root: ElementTree.Element) -> tuple[int, int]:
    width, height = root.get("width", ""), root.get("height", "")
    if not re.fullmatch(r"\d+(\.\d+)?(px)?", width) or not re.fullmatch(r"\d+(\.\d+)?(px)?", height):
        box = root.get("viewBox", "").replace(",", " ").split()
        if len(box) != 4:
            raise ValidationError("An SVG needs width and height in pixels, or a viewBox.")
        width, height = box[2], box[3]
    try:
        size = round(float(width.removesuffix("px"))), round(float(height.removesuffix("px")))
    except (ValueError, OverflowError) as error:
        raise ValidationError("The SVG's size is not a number.") from error
    if not 1 <= min(size) <= max(size) <= MAX_SIDE:
        raise ValidationError(f"An SVG's sides measure 1 to {MAX_SIDE} pixels.")
    return size
