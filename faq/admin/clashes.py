"""Two people wrote in one draft: what each changed, and both wordings where both changed the same."""

import hashlib
import re
from collections.abc import Mapping
from datetime import date
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from django.utils.html import escape
from django.utils.safestring import SafeString

from faq.admin.drafts import WORDING
from faq.models import FaqVersion
from portal.lib.html import sanitise

FORMATTED = ("short_answer", "body")
_BLOCK = re.compile(r"(?<=</p>)|(?<=</h[2-4]>)|(?<=</ul>)|(?<=</ol>)|(?<=</table>)|(?<=</figure>)|(?<=</blockquote>)")
_MARKER = re.compile(r'<(?:cite|span|figure) data-(?:ref|xref|figure|source)="([^"]*)"></(?:cite|span|figure)>')


class Clash(NamedTuple):
    """One field that both changed: its two wordings as HTML with their differences marked, and theirs as stored."""

    field: str
    label: str
    mine: SafeString
    theirs: SafeString
    stored: str


class Meeting(NamedTuple):
    """What becomes of a form that is older than its draft: fields that only others changed, and those that both did."""

    carried: dict[str, str]
    clashes: list[Clash]


def fingerprints(version: FaqVersion) -> str:
    """A short digest of each field of the wording, for a form to remember what it was made from."""
    return " ".join(f"{name}:{_digest(_words(getattr(version, name)))}" for name in WORDING)


def meet(stored: FaqVersion, typed: Mapping[str, Any], read: str) -> Meeting:
    """Sets what was `typed` against what is `stored`; `read` are the fingerprints of what the form was made from."""
    before = dict(each.split(":", 1) for each in read.split() if ":" in each)
    meeting = Meeting({}, [])
    for name in WORDING:
        mine, theirs = _words(typed.get(name)), _words(getattr(stored, name))
        if name not in typed or mine == theirs or _digest(theirs) == before.get(name):
            continue
        if _digest(mine) == before.get(name):
            meeting.carried[name] = theirs
        else:
            meeting.clashes.append(_clash(name, mine, theirs))
    return meeting


def _words(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value or "").replace("\r\n", "\n")


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def _clash(name: str, mine: str, theirs: str) -> Clash:
    label = name.capitalize().replace("_", " ")
    if name not in FORMATTED:
        return Clash(name, label, SafeString(escape(mine)), SafeString(escape(theirs)), theirs)
    left, right = _blocks(mine), _blocks(theirs)
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    marked: tuple[list[str], list[str]] = [], []
    for kind, start, end, begin, stop in matcher.get_opcodes():
        marked[0].extend(_marked(left[start:end], kind))
        marked[1].extend(_marked(right[begin:stop], kind))
    return Clash(name, label, SafeString("".join(marked[0])), SafeString("".join(marked[1])), theirs)


def _blocks(markup: str) -> list[str]:
    # An empty marker would show nothing; its key tells which one it is.
    shown = _MARKER.sub(lambda match: f"<code>[{match[1]}]</code>", str(sanitise(markup)))
    return [block for block in _BLOCK.split(shown) if block]


def _marked(blocks: list[str], kind: str) -> list[str]:
    return blocks if kind == "equal" else [f'<div class="clash-changed">{block}</div>' for block in blocks]
