"""Reads the fields of one JSON object and collects what is wrong with them. Pure."""

import re
import unicodedata
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from faq.imports import markup
from portal.lib.html import sanitise, sanitise_line

# The largest number that PostgreSQL's integer holds.
LARGEST = 2**31 - 1
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class Fields:
    """One JSON object of a row; `path` names it in complaints, which all objects of a row share."""

    def __init__(self, data: Mapping[str, Any], complaints: list[str], path: str = "") -> None:
        self.data, self.complaints, self.path = data, complaints, path

    def has(self, name: str) -> bool:
        """Whether the field is given; null is as good as absent."""
        return self.data.get(name) is not None

    def complain(self, name: str, reason: str) -> None:
        self.complaints.append(f"{self.path}{name}: {reason}")

    def know(self, names: Collection[str]) -> None:
        """Complains about fields not in `names`: a misspelt field would be lost."""
        for name in self.data:
            if name not in names:
                self.complain(name, "no such field")

    def text(self, name: str, limit: int | None = None, *, required: bool = False) -> str:
        """A text without blanks around it; "" if absent. Never cut: longer than `limit` characters is a complaint."""
        value = self.data.get(name)
        if value is None:
            value = ""
        if not isinstance(value, str):
            self.complain(name, "is not text")
            return ""
        if _UNSTORABLE.search(value):
            self.complain(name, "holds a NUL character or half of a surrogate pair")
            return ""
        value = value.strip()
        if required and not value:
            self.complain(name, "is missing or empty")
        if limit is not None and len(value) > limit:
            self.complain(name, f"is {len(value)} characters long, at most {limit} fit")
        return value

    def line(self, name: str, limit: int, *, required: bool = False) -> str:
        """A text on one line, as `text`, with single blanks."""
        value = self.text(name, required=required)
        value = " ".join(value.split())
        if len(value) > limit:
            self.complain(name, f"is {len(value)} characters long, at most {limit} fit")
        return value

    def matching(self, name: str, pattern: re.Pattern[str], limit: int, *, required: bool = False) -> str:
        """A text of the form `pattern`."""
        value = self.text(name, limit, required=required)
        if value and not pattern.fullmatch(value):
            self.complain(name, f"{value[:80]!r} does not have the form {pattern.pattern}")
        return value

    def choice(self, name: str, choices: Collection[str], default: str = "") -> str:
        """One of `choices`; `default` if absent, a complaint where that is empty."""
        value = self.text(name) or default
        if value not in choices:
            known = ", ".join(choices)
            self.complain(name, f"{value[:80]!r} is none of {known}" if value else f"is missing; one of {known}")
        return value

    def whole(self, name: str) -> int | None:
        """A whole number from 1; None if absent."""
        value = self.data.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= LARGEST:
            self.complain(name, f"is not a whole number from 1 to {LARGEST}")
            return None
        return value

    def day(self, name: str) -> str | None:
        """A date as YYYY-MM-DD; None if absent."""
        value = self.text(name)
        if not value:
            return None
        try:
            day = date.fromisoformat(value)
        except ValueError:
            day = None
        if day is None or day.isoformat() != value:
            self.complain(name, f"{value[:40]!r} is no date of the form YYYY-MM-DD")
            return None
        return value

    def address(self, name: str, limit: int) -> str:
        """An http or https address; "" if absent."""
        value = self.text(name, limit)
        if value and not is_address(value):
            self.complain(name, f"{value[:120]!r} is no http or https address")
        return value

    def html(self, name: str, *, line: bool = False) -> str:
        """HTML of the allow-list, in the form in which it is stored; what the allow-list refuses is a complaint."""
        value = self.text(name)
        for loss in markup.losses(value, line=line) if value else ():
            self.complain(name, loss)
        return str(sanitise_line(value) if line else sanitise(value))

    def texts(self, name: str, limit: int) -> list[str]:
        """A list of texts on one line each, repeats left out."""
        values = self._list(name)
        items = [Fields({str(at): value}, self.complaints, f"{self.path}{name}.") for at, value in enumerate(values)]
        found = (item.line(next(iter(item.data)), limit, required=True) for item in items)
        return list(dict.fromkeys(found))

    def object(self, name: str) -> "Fields | None":
        """An object inside this one; None if absent."""
        value = self.data.get(name)
        if value is not None and not isinstance(value, dict):
            self.complain(name, "is not an object")
        return Fields(value, self.complaints, f"{self.path}{name}.") if isinstance(value, dict) else None

    def objects(self, name: str) -> "list[Fields]":
        """A list of objects inside this one; empty if absent."""
        values = self._list(name)
        if not all(isinstance(value, dict) for value in values):
            self.complain(name, "is not a list of objects")
            return []
        return [Fields(value, self.complaints, f"{self.path}{name}.{at}.") for at, value in enumerate(values)]

    def _list(self, name: str) -> list[Any]:
        value = self.data.get(name)
        if value is None:
            return []
        if not isinstance(value, list):
            self.complain(name, "is not a list")
            return []
        return value


def is_address(value: str) -> bool:
    """Whether a browser can open `value` over http or https."""
    try:
        parts = urlsplit(value)
        host = parts.hostname
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(host) and not re.search(r"[\s<>\"\x00-\x1f]", value)


def folded(value: str) -> str:
    """`value` in the form in which names are compared: composed, without case, single blanks."""
    return " ".join(unicodedata.normalize("NFC", value).casefold().split())
