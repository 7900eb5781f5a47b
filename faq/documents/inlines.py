"""Runs of text as plain values. Pure.

A run is a list of strings and of {"kind": ...} values: strong, em, small, sup, sub and cite hold more text, link leads
to an address, jump to an id of the same document, break ends a line.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any
from urllib.parse import urljoin

from django.utils.encoding import iri_to_uri

from faq.documents.markup import Element

Node = dict[str, Any]
Inline = str | Node

_SPACE = re.compile(r"[ \t\r\n\f]+")
_KINDS = {"strong": "strong", "b": "strong", "em": "em", "i": "em", "small": "small"}
# Raised and lowered figures that stay themselves when text is copied: 10⁹ must never become 109, nor 0.47² 0.472.
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_POWER = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_NUMBER = re.compile(r"([0-9]+)")
_SIGNED = re.compile(r"([0-9+\-−]*[0-9][0-9+\-−]*)")


def run(children: Iterable[Element | str], base: str) -> list[Inline]:
    """What `children` say as one run, spaces collapsed as browsers do; `base` completes addresses of this site."""
    return _collapsed(_nodes(children, base))


def words(run: Sequence[Inline]) -> str:
    """The text of a run alone."""
    return "".join(node if isinstance(node, str) else words(node.get("text", [" "])) for node in run)


def _nodes(children: Iterable[Element | str], base: str) -> list[Inline]:
    found: list[Inline] = []
    for child in children:
        if isinstance(child, str):
            found.append(child)
        elif not child.is_for_screens:
            found.extend(_element(child, base))
    return found


def _element(element: Element, base: str) -> list[Inline]:
    if element.tag == "br":
        return [{"kind": "break"}]
    inner = _nodes(element.children, base)
    if element.tag == "a":
        return _link(element.attributes.get("href", ""), inner, base)
    if element.tag in {"sup", "sub"}:
        return _shifted(element, inner)
    kind = "strong" if "label" in element.classes else _KINDS.get(element.tag)
    return [{"kind": kind, "text": inner}] if kind else inner


def _link(href: str, inner: list[Inline], base: str) -> list[Inline]:
    if href.startswith("#"):
        return [{"kind": "jump", "to": href[1:], "text": inner}]
    address = iri_to_uri(urljoin(base, href)) if href else ""
    return [{"kind": "link", "to": address, "text": inner}] if address else inner


def _shifted(element: Element, inner: list[Inline]) -> list[Inline]:
    """Raised or lowered text: figures as characters of their own, everything else set higher or lower."""
    if element.tag == "sub":
        return _each_text(inner, lambda text: _split(text, _NUMBER, _LOWERED, "sub"))
    if "cite" in element.classes:
        text = _each_text(inner, lambda text: _split(text, _NUMBER, _RAISED, "sup"))
        return [{"kind": "cite", "text": text}]
    return _each_text(inner, lambda text: _split(text, _SIGNED, _POWER, "sup"))


def _each_text(nodes: Iterable[Inline], change: Callable[[str], list[Inline]]) -> list[Inline]:
    changed: list[Inline] = []
    for node in nodes:
        if isinstance(node, str):
            changed.extend(change(node))
        else:
            changed.append({**node, "text": _each_text(node["text"], change)} if "text" in node else node)
    return changed


def _split(text: str, figures: re.Pattern[str], table: dict[int, int], kind: str) -> list[Inline]:
    parts: list[Inline] = []
    for place, part in enumerate(figures.split(text)):
        if part:
            parts.append(part.translate(table) if place % 2 else {"kind": kind, "text": [part]})
    return parts


def _collapsed(nodes: list[Inline]) -> list[Inline]:
    collapsed, _ = _collapse(nodes, True)
    _trim_end(collapsed)
    return collapsed


def _collapse(nodes: Iterable[Inline], after_space: bool) -> tuple[list[Inline], bool]:
    """`nodes` with one space where several met, and whether they end with one."""
    kept: list[Inline] = []
    for node in nodes:
        if isinstance(node, str):
            text = _SPACE.sub(" ", node)
            text = text.lstrip(" ") if after_space else text
            if text:
                kept.append(text)
                after_space = text.endswith(" ")
        elif node["kind"] == "break":
            _trim_end(kept)
            kept.append(node)
            after_space = True
        else:
            inner, after_space = _collapse(node["text"], after_space)
            if inner:
                kept.append({**node, "text": inner})
    return kept, after_space


def _trim_end(nodes: list[Inline]) -> None:
    while nodes:
        last = nodes[-1]
        if isinstance(last, str):
            nodes[-1] = last.rstrip(" ")
            if nodes[-1]:
                return
        elif last["kind"] != "break":
            _trim_end(last["text"])
            if last["text"]:
                return
        nodes.pop()
