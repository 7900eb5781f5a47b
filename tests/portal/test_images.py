"""What counts as a picture."""

import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from PIL import Image as Pillow
from PIL import PngImagePlugin

from portal.lib import images
from portal.lib.images import Picture, identify, webp


def raster(form, size=(30, 20)):
    content = io.BytesIO()
    Pillow.new("RGB", size, "navy").save(content, form)
    return content.getvalue()


def svg(inside="", attributes='width="40" height="20"'):
    return f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}>{inside}</svg>'.encode()


def archive():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as packed:
        packed.writestr("a.png", raster("PNG"))
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "picture"),
    [
        (raster("PNG"), Picture("image/png", 30, 20)),
        (raster("JPEG"), Picture("image/jpeg", 30, 20)),
        (raster("WEBP"), Picture("image/webp", 30, 20)),
        (svg(), Picture("image/svg+xml", 40, 20)),
        (svg(attributes='width="40.4px" height="20px"'), Picture("image/svg+xml", 40, 20)),
        (svg(attributes='viewBox="0 0 640 480"'), Picture("image/svg+xml", 640, 480)),
        (svg(attributes='width="100%" height="100%" viewBox="0,0,64,48"'), Picture("image/svg+xml", 64, 48)),
        (b"\xef\xbb\xbf\n" + svg(), Picture("image/svg+xml", 40, 20)),
        (svg('<rect fill="url(#shade)" width="9" height="9"/><text>5 &lt; 6</text>'), Picture("image/svg+xml", 40, 20)),
    ],
)
def test_it_knows_a_picture_and_its_size(content, picture):
    assert identify(content) == picture


@pytest.mark.parametrize(
    "content",
    [
        svg("<script>alert(1)</script>"),
        svg('<rect onload="alert(1)"/>'),
        svg('<rect ONCLICK="alert(1)"/>'),
        svg('<image href="https://evil.example/x.png"/>'),
        svg('<a href="javascript:alert(1)"><text>x</text></a>'),
        svg('<use href="https://evil.example/x.svg#a"/>'),
        svg('<path xlink:href="//evil.example" xmlns:xlink="http://www.w3.org/1999/xlink"/>'),
        svg('<rect style="fill:url(https://evil.example/x)"/>'),
        svg('<rect fill="url(https://evil.example/x)"/>'),
        svg("<rect fill=\"url( '//evil.example/x')\"/>"),
        svg("<style>rect { fill: url(https://evil.example/x) }</style>"),
        svg("<foreignObject><p>x</p></foreignObject>"),
        svg('<script xmlns="http://www.w3.org/1999/xhtml">alert(1)</script>'),
        svg('<animate attributeName="href" values="javascript:alert(1)"/>'),
    ],
)
def test_it_refuses_a_drawing_that_could_do_more_than_be_seen(content):
    with pytest.raises(ValidationError, match="must not hold"):
        identify(content)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b'<!DOCTYPE svg [<!ENTITY a "b">]>' + svg(), "document type"),
        (b'<!doctype svg [<!ENTITY a "b">]>' + svg(), "document type|not well formed"),
        (b'<?xml version="1.0"?><!ENTITY a "b">' + svg(), "document type"),
        (svg("<rect>"), "not well formed"),
        (b"<html><body>x</body></html>", "no SVG"),
        (svg(attributes=""), "viewBox"),
        (svg(attributes='width="0" height="0"'), "1 to 20000"),
        (svg(attributes='viewBox="0 0 a b"'), "not a number"),
        (svg(attributes='viewBox="0 0 nan nan"'), "not a number"),
        (svg(attributes='viewBox="0 0 inf 5"'), "not a number"),
        (svg(attributes='viewBox="0 0 1e300 5"'), "1 to 20000"),
        (svg().decode().encode("utf-16"), "not an SVG, PNG"),
        ('<!DOCTYPE svg [<!ENTITY a "b">]>'.encode("utf-16-le") + svg().decode().encode("utf-16-le"), "UTF-8"),
        (b'<?xml version="1.0" encoding="no-such"?>' + svg(), "not well formed"),
        (b'<?xml-stylesheet href="https://evil.example/x.css"?>' + svg(), "style sheet"),
        (b"", "not an SVG, PNG"),
        (b"Just some text.", "not an SVG, PNG"),
        (archive(), "not an SVG, PNG"),
        (raster("PNG")[:60], "not an SVG, PNG"),
        (raster("GIF"), "not an SVG, PNG"),
        (raster("BMP"), "not an SVG, PNG"),
    ],
)
def test_it_refuses_what_is_no_picture(content, reason):
    with pytest.raises(ValidationError, match=reason):
        identify(content)


@pytest.mark.parametrize("form", ["JPEG", "WEBP"])
def test_it_refuses_a_truncated_picture(form):
    content = raster(form, (300, 200))
    with pytest.raises(ValidationError, match="not an SVG, PNG"):
        identify(content[: len(content) // 2])


def test_it_refuses_too_many_bytes_before_reading_them():
    with pytest.raises(ValidationError, match="5 MB"):
        identify(b"<svg" + b" " * images.MAX_BYTES)


def test_it_refuses_too_many_pixels(monkeypatch):
    monkeypatch.setattr(images, "MAX_PIXELS", 599)
    with pytest.raises(ValidationError, match="too many pixels"):
        identify(raster("PNG"))


def gradient(mode="RGB", **options):
    """A PNG with many shades, and where the mode has it, transparency."""
    shades = Pillow.linear_gradient("L").resize((120, 80))
    picture = Pillow.merge("RGBA", [shades, shades.rotate(180), shades, shades]).convert(mode)
    content = io.BytesIO()
    picture.save(content, "PNG", **options)
    return content.getvalue()


def shown(content):
    with Pillow.open(io.BytesIO(content)) as image:
        return image.convert("RGBA").tobytes()


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_a_png_becomes_smaller_and_not_another_picture(mode):
    content = gradient(mode)
    small = webp(content)
    assert identify(small) == Picture("image/webp", 120, 80)
    assert len(small) < len(content)
    assert shown(small) == shown(content)


def chunk(name, value):
    told = PngImagePlugin.PngInfo()
    told.add(name, value)
    return told


def deep():
    content = io.BytesIO()
    Pillow.new("I;16", (30, 20), 999).save(content, "PNG")
    return content.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        raster("JPEG"),
        raster("WEBP"),
        svg(),
        deep(),
        gradient(pnginfo=chunk(b"gAMA", (100_000).to_bytes(4, "big"))),
        gradient(save_all=True, append_images=[Pillow.new("RGB", (120, 80))]),
    ],
    ids=["JPEG", "WebP", "SVG", "16 bits", "own gamma", "animated"],
)
def test_what_webp_cannot_show_alike_stays_as_it_is(content):
    identify(content)
    assert webp(content) is None


def test_a_rendition_that_would_show_something_else_is_none(monkeypatch):
    monkeypatch.setattr(images, "_shows", lambda *_: False)
    assert webp(gradient()) is None


def test_a_very_large_picture_stays_as_it_is(monkeypatch):
    monkeypatch.setattr(images, "MAX_RENDITION_PIXELS", 9599)
    assert webp(gradient()) is None


def test_a_rendition_keeps_the_colour_profile():
    profile = b"a profile" * 20
    with Pillow.open(io.BytesIO(webp(gradient(icc_profile=profile)))) as image:
        assert image.info["icc_profile"] == profile
