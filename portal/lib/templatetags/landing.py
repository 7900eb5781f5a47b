"""What the first page of the admin shows."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template

from portal.lib import landing

register = template.Library()


@register.simple_tag
def waiting(person: Any) -> list[landing.Shown]:
    """What waits for `person`, in sections."""
    return landing.sections(person)


@register.simple_tag
def shelved(apps: Iterable[Mapping[str, Any]]) -> list[tuple[str, list[Mapping[str, Any]]]]:
    """Everything that the person may open, in groups that make sense to them."""
    return landing.shelves(apps)
