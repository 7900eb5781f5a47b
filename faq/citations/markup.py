"""The few tags that CSL-JSON allows in a title, turned into safe HTML or taken out."""

import re
from html import unescape

from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString

_KEPT = ("em", "i", "sub", "sup")
_OPENING = {f"<{name}>": SafeString(f"<{name}>") for name in _KEPT}
_CLOSING = {f"</{name}>": SafeString(f"</{name}>") for name in _KEPT}
_TAG = re.compile(r"(</?(?:em|i|sub|sup)>)")
_DROPPED = re.compile(r'</?(?:b|sc|span)(?: (?:class|style)="[^"<>]*")?>')
# "10<sup>6</sup>" read as "106" would change a quantity, so an exponent keeps its digits raised.
_EXPONENT = re.compile(r"(?<=\d)<sup>([-−+]?\d+)</sup>")
_RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")


def line(value: object) -> str:
    """One line of text from a JSON string or whole number; "" for anything else."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return " ".join(str(value).split())


def html(title: str) -> SafeString:
    """Escape a title, keeping only properly nested <em>, <i>, <sub> and <sup> without attributes.

    CSL's <b>, <sc> and <span> are dropped, since AMA style has no use for them; any other tag shows as text.
    """
    pieces: list[SafeString] = []
    opened: list[tuple[str, int]] = []
    for token in _TAG.split(_DROPPED.sub("", title)):
        if token in _OPENING:
            opened.append((token, len(pieces)))
        if token in _CLOSING and opened and opened[-1][0] == token.replace("/", ""):
            name, place = opened.pop()
            pieces[place] = _OPENING[name]
            pieces.append(_CLOSING[token])
        else:
            pieces.append(escape(token))
    return format_html_join("", "{}", ((piece,) for piece in pieces))


def text(safe: SafeString) -> str:
    """Plain text of HTML made by this package, in which every tag left is one of the kept ones."""
    raised = _EXPONENT.sub(lambda match: match[1].translate(_RAISED), safe)
    return unescape(_TAG.sub("", raised))
