"""What visitors get was made of sanitised wording; whether that can be said of what a folder holds too."""

import re

import nh3

from faq.imports.markup import lost_by
from portal.lib.html import ATTRIBUTES, BLOCK, INLINE, SCHEMES, TABLE

_IMAGE = re.compile(r"/media/([0-9a-f]{64})\.(?:png|jpg|webp|svg)")
_TAGS = INLINE | BLOCK | TABLE | {"div", "img", "figcaption", "details", "summary", "small"}
_EVERYWHERE = {"id", "class", "role", "tabindex", "aria-label", "aria-hidden", "aria-describedby", "lang"}
_MORE = {
    "a": {"title", "data-ref"},
    "img": {"src", "width", "height", "alt", "loading", "decoding"},
    "div": {"data-table"},
    "li": {"value"},
    "table": {"data-table"},
}


def _attribute(tag: str, name: str, value: str) -> str | None:
    return value if (tag, name) != ("img", "src") or _IMAGE.fullmatch(value) else None


_cleaner = nh3.Cleaner(
    tags=_TAGS,
    attributes={tag: _EVERYWHERE | ATTRIBUTES.get(tag, set()) | _MORE.get(tag, set()) for tag in _TAGS},
    attribute_filter=_attribute,
    url_schemes=SCHEMES,
    link_rel=None,
)


def losses(markup: str) -> list[str]:
    """What `markup` holds that rendering never writes, as short sentences."""
    return lost_by(markup, _cleaner.clean(markup))


def images(markup: str) -> set[str]:
    """The digests of the images that `markup` shows."""
    return set(_IMAGE.findall(markup))
