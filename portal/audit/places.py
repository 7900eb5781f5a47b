"""Where entries belong: the path of rows from the outermost one, such as faq:17/version:33/."""

from urllib.parse import urlencode

from django.urls import reverse


def trail_url(place: str) -> str:
    """The address of the trail of the row at `place` and of what belongs to it."""
    return f"{reverse('admin:audit_entry_changelist')}?{urlencode({'place': place})}"


def trails(place: str) -> list[tuple[str, str]]:
    """Every row on the path `place`, from the outermost, as (what it is, the address of its trail)."""
    steps = place.strip("/").split("/") if place else []
    names = [step.partition(":")[0].replace("_", " ") for step in steps]
    return [(name, trail_url("/".join(steps[:end]) + "/")) for end, name in enumerate(names, start=1)]
