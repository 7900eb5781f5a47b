"""Nests the items of lists, which Word stores one after another with a level each. Pure."""

from dataclasses import dataclass
from itertools import groupby

from faq.word.numbering import Item

_HIGHEST = 99


@dataclass
class _Node:
    item: Item
    # Its paragraphs and the items below it, in order.
    content: list["str | _Node"]


def nested(items: list[tuple[Item, str]]) -> str:
    """The HTML of a row of items, given as (place in the list, inline HTML)."""
    roots: list[_Node] = []
    path: list[_Node] = []
    for item, markup in items:
        while path and path[-1].item.level > item.level:
            path.pop()
        if item.continues and path:
            path[-1].content.append(markup)
            continue
        while path and path[-1].item.level >= item.level:
            path.pop()
        node = _Node(item, [markup])
        if path:
            path[-1].content.append(node)
        else:
            roots.append(node)
        path.append(node)
    return _lists(roots)


def _lists(nodes: list[_Node]) -> str:
    """One list for as long as the items are of one kind and their numbers go on."""
    groups: list[list[_Node]] = []
    for node in nodes:
        before = groups[-1][-1].item if groups else None
        goes_on = before is not None and before.ordered == node.item.ordered
        if goes_on and node.item.ordered and before is not None:
            goes_on = node.item.number == before.number + 1
        if goes_on:
            groups[-1].append(node)
        else:
            groups.append([node])
    return "".join(map(_list, groups))


def _list(nodes: list[_Node]) -> str:
    first = nodes[0].item
    items = "".join(f"<li>{_inside(node)}</li>" for node in nodes)
    if not first.ordered:
        return f"<ul>{items}</ul>"
    start = f' start="{first.number}"' if 1 < first.number <= _HIGHEST else ""
    return f"<ol{start}>{items}</ol>"


def _inside(node: _Node) -> str:
    parts = [list(part) for _, part in groupby(node.content, lambda part: isinstance(part, str))]
    return "".join(map(_part, parts))


def _part(content: list[str | _Node]) -> str:
    """Some paragraphs, or some items of a list below them; a single paragraph needs no tag of its own."""
    nodes = [part for part in content if isinstance(part, _Node)]
    words = [part for part in content if isinstance(part, str)]
    return _lists(nodes) if nodes else words[0] if len(words) == 1 else "".join(f"<p>{part}</p>" for part in words)
