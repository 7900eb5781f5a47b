"""What the pages of the desk have in their rows, and what they let choose."""

from collections.abc import Iterable
from typing import NamedTuple

from django.http import HttpRequest


class Choice(NamedTuple):
    """A link that shows the same page with something else chosen."""

    label: str
    address: str
    is_chosen: bool


def choices(request: HttpRequest, name: str, offered: Iterable[tuple[str, str]], chosen: str) -> list[Choice]:
    """A link for each of `offered`, which are pairs of value and label; all else that was chosen stays."""
    found = []
    for value, label in offered:
        query = request.GET.copy()
        query[name] = value
        found.append(Choice(label, f"?{query.urlencode()}", value == chosen))
    return found
