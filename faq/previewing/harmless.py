"""Makes of a public page one that looks the same and leads nowhere: no form sends, no link leaves the preview. Pure."""

import re
from collections.abc import Callable
from html import escape, unescape
from typing import NamedTuple

_OPENING = re.compile(r"<(a|form|img)\b([^>]*)>")
_ATTRIBUTE = re.compile(r"""\s([a-z-]+)(?:="([^"]*)")?""")
# What the preview adds to the page says so itself and stays as it is.
OWN = "data-preview"
MEDIA = "/media/"


class Ways(NamedTuple):
    """Where a preview's links lead: to its own PDF, to its own pictures, and to the sources that it cites.

    `external` gives the real address behind a link that leaves the site, and None for any other.
    """

    public_pdf: str
    pdf: str
    images: str
    external: Callable[[str], str | None]


def harmless(html: str, ways: Ways) -> str:
    """The page `html` with its own scripts' hooks, looks and places, and without a way to send or to leave."""

    def replaced(match: re.Match[str]) -> str:
        tag, said = match[1], match[2]
        if f" {OWN}" in said:
            return match[0]
        if tag == "form":
            return f"<form inert{_without(said, {'action', 'method'})}>"
        if tag == "img":
            return "<img" + said.replace(f' src="{MEDIA}', f' src="{ways.images}') + ">"
        return f"<a{_link(said, ways)}>"

    return _OPENING.sub(replaced, html)


def _link(said: str, ways: Ways) -> str:
    href = unescape(dict(_ATTRIBUTE.findall(said)).get("href", ""))
    if not href or href.startswith(("#", "tel:")):
        return said
    rest = _without(said, {"href", "rel", "target"})
    if href == ways.public_pdf:
        return f'{rest} href="{escape(ways.pdf)}" target="_blank"'
    if href.startswith(MEDIA):
        return f'{rest} href="{escape(ways.images + href.removeprefix(MEDIA))}"'
    if address := ways.external(href):
        return f'{rest} href="{escape(address)}" target="_blank" rel="noopener noreferrer"'
    return f'{rest} role="link" aria-disabled="true"'


def _without(said: str, names: set[str]) -> str:
    return _ATTRIBUTE.sub(lambda found: "" if found[1] in names else found[0], said)
