"""CSL-JSON names, written as AMA style writes authors and editors."""

import re
from collections.abc import Mapping
from typing import Any

from faq.citations import markup

_MOST_LISTED = 6
_LISTED_OF_MORE = 3
_BETWEEN_GIVEN_NAMES = re.compile(r"[\s.,\-‐‑–·]+")
_JOINED_PARTICLE = ("'", "’", "-")


def written(value: object) -> str:
    """Up to six persons, or the first three and "et al", then groups after a semicolon.

    `value` is a CSL name list. Source: AMA Manual of Style, 11th edition, 3.7.
    """
    persons = [_person(name) for name in _entries(value) if not _group(name)]
    groups = [_group(name) for name in _entries(value) if _group(name)]
    people = ", ".join(_shortened([person for person in persons if person]))
    return "; ".join([people, *groups] if people else _shortened(groups))


def count(value: object) -> int:
    """How many names a CSL name list holds (one editor is "ed", two are "eds")."""
    return len(_entries(value))


def first(value: object) -> str:
    """The surname of the first person, or the first group's name; "" if there is none."""
    return next((_group(name) or _surname(name) or markup.line(name.get("given")) for name in _entries(value)), "")


def read(line: str) -> dict[str, str]:
    """A name as forms and citation files write it: "Family, Given", "Family, Given, Suffix", a group without comma."""
    family, comma, rest = (part.strip() for part in line.partition(","))
    if not comma or not family:
        return {"literal": " ".join(line.replace(",", " ").split())}
    given, _, suffix = (part.strip() for part in rest.partition(","))
    name = {"family": family, "given": given, "suffix": suffix}
    return {field: value for field, value in name.items() if value}


def entered(value: object) -> list[str]:
    """The names of a CSL name list, each as the line that a form shows."""
    return [_line(name) for name in _entries(value)]


def merged(lines: list[str], value: object) -> list[Mapping[str, Any]]:
    """The names in `lines`; one that is in the CSL name list `value` already keeps what no line can say."""
    known = {_line(name): name for name in _entries(value)}
    return [known.get(line) or read(line) for line in lines]


def _line(name: Mapping[str, Any]) -> str:
    if group := _group(name):
        return group
    parts = [_surname(name), markup.line(name.get("given")), markup.line(name.get("suffix"))]
    # The comma tells a person from a group, so a person with one name keeps it.
    return ", ".join(part for part in parts if part) if any(parts[1:]) else f"{parts[0]},"


def groups_only(value: object) -> bool:
    """Whether a CSL name list has names and all of them are organisations or study groups."""
    return bool(_entries(value)) and all(_group(name) for name in _entries(value))


def problems(value: object) -> list[str]:
    """What is wrong with a CSL name list, as endings of a sentence whose subject is the field's name."""
    if not isinstance(value, list):
        return ["is not a list of names"]
    numbered = enumerate(value, start=1)
    return [f"{place} has neither family nor literal" for place, name in numbered if not _is_name(name)]


def _is_name(name: object) -> bool:
    return isinstance(name, Mapping) and bool(markup.line(name.get("family")) or _group(name))


def _entries(value: object) -> list[Mapping[str, Any]]:
    """The names in a list; a bare string counts as a group, so that wrong data still shows."""
    names = value if isinstance(value, list) else [value]
    read = [{"literal": name} if isinstance(name, str) else name for name in names]
    known = ("family", "given", "literal")
    return [name for name in read if isinstance(name, Mapping) and any(markup.line(name.get(k)) for k in known)]


def _group(name: Mapping[str, Any]) -> str:
    return markup.line(name.get("literal"))


def _shortened(people: list[str]) -> list[str]:
    return people if len(people) <= _MOST_LISTED else [*people[:_LISTED_OF_MORE], "et al"]


def _person(name: Mapping[str, Any]) -> str:
    given = markup.line(name.get("given"))
    surname = _surname(name)
    suffix = re.sub(r"[.,]", "", markup.line(name.get("suffix")))
    return " ".join(filter(None, [surname, _initials(given) if surname else given, suffix]))


def _surname(name: Mapping[str, Any]) -> str:
    """Surname with its particles in front, which AMA keeps whether or not CSL would drop them."""
    surname = markup.line(name.get("family"))
    for kind in ("non-dropping-particle", "dropping-particle"):
        particle = markup.line(name.get(kind))
        gap = "" if not particle or particle.endswith(_JOINED_PARTICLE) else " "
        surname = f"{particle}{gap}{surname}" if surname else ""
    return surname


def _initials(given: str) -> str:
    pieces = [piece for piece in _BETWEEN_GIVEN_NAMES.split(given) if piece and piece[0] not in "(["]
    return "".join(map(_initial, pieces))


def _initial(piece: str) -> str:
    # "KL" is two initials already, "KOMAL" a name in capitals.
    if piece.isalpha() and piece.isupper() and len(piece) <= 3:
        return piece
    return next((letter.upper() for letter in piece if letter.isalpha()), "")
