"""What an author has to see to before a version goes to review."""

from faq import rendering, sources
from faq.models import FaqVersion


def problems(version: FaqVersion) -> list[str]:
    """What keeps `version` from being shown to visitors, in sentences; empty when nothing does."""
    wording = rendering.wording_of(version)
    found = [*marker_problems(wording), *sources.problems(wording)]
    if not version.short_answer:
        found.append("The short answer is missing.")
    if not version.last_reviewed:
        found.append("The date of last review is missing.")
    if not version.next_review:
        found.append("The date of the next review is missing.")
    if version.number > 1 and not version.what_changed.strip():
        found.append("What changed since the version before is missing.")
    found += [
        f"Figure {figure.key!r} has no description." for figure in wording.figures.values() if not figure.description
    ]
    return found


def marker_problems(wording: rendering.Wording) -> list[str]:
    """The markers of a wording that lead nowhere, and the figures that no marker places."""
    keys = rendering.marked(wording)
    placed = set(keys.figures)
    found = [
        f"No reference has the key {key!r}." for key in dict.fromkeys(keys.references) if key not in wording.references
    ]
    found += [f"No figure has the key {key!r}." for key in dict.fromkeys(keys.figures) if key not in wording.figures]
    found += [f"Figure {key!r} is placed twice." for key in sorted(placed) if keys.figures.count(key) > 1]
    found += [f"Figure {key!r} is never placed in the text." for key in wording.figures if key not in placed]
    found += [
        f"The text refers to a figure {key!r} that it does not show."
        for key in keys.cross_references
        if key not in placed
    ]
    return found
