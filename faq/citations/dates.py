"""CSL-JSON dates: checked, and written as AMA style writes them."""

import re
from collections.abc import Mapping
from datetime import date

from faq.citations import markup

Day = tuple[int, ...]  # year, then perhaps month, then perhaps day

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_SHORT_MONTHS = {name[:3].lower(): number for number, name in enumerate(_MONTHS, start=1)}
_NUMBERS = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?", re.ASCII)
_MONTH = r"([A-Za-z]{3,9})\.?"
# 2025 Mar 27, 2025 Mar-Apr, 2025 Mar 27-29.
_YEAR_FIRST = re.compile(rf"(\d{{4}})\s+{_MONTH}(?:-{_MONTH})?(?:\s+(\d{{1,2}})(?:-(\d{{1,2}}))?)?", re.ASCII)
# March 27, 2025; May 11-13, 2023; March 2025.
_MONTH_FIRST = re.compile(rf"{_MONTH}(?:\s+(\d{{1,2}})(?:-(\d{{1,2}}))?,?)?\s+(\d{{4}})", re.ASCII)
_DAY_FIRST = re.compile(rf"(\d{{1,2}})(?:-(\d{{1,2}}))?\.?\s+{_MONTH}\s+(\d{{4}})", re.ASCII)
_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)


def days(value: object) -> list[Day]:
    """The one or two days of a CSL date, each cut down to the parts that make a real date."""
    found = (_day(parts) for parts in _parts(value))
    return [day for day in found if day][:2]


def year(value: object) -> int | None:
    """The year in which a CSL date begins, or None."""
    found = days(value)
    return found[0][0] if found else None


def written(value: object) -> str:
    """A CSL date in AMA form: "May 11-13, 2023", "July 30-August 2, 2024", "May 2023", "2023"; "" if none."""
    match days(value):
        case [first, last, *_] if first != last:
            return _span(first, last)
        case [first, *_]:
            return _one(first)
    return _free_text(value)


def read(text: str) -> dict[str, list[list[int]]] | None:
    """A date as people and citation files write it, as CSL; None if it is none.

    "2025", "2025-03", "2025/03/27/", "2025 Mar 27", "27 March 2025", "May 11-13, 2023", "2023-05-11/2023-05-13".
    """
    line = " ".join(text.replace("–", "-").split()).rstrip("/")
    first, slash, last = line.partition("/")
    both = [_NUMBERS.fullmatch(first), _NUMBERS.fullmatch(last)] if slash and len(first) > 4 else []
    if len(both) == 2 and all(both):
        found: list[list[str | None]] = [list(match.groups()) for match in both if match]
    else:
        found = _in_words(line)
    parts = [[int(part) for part in day if part] for day in found]
    value = {"date-parts": parts}
    return value if parts and not problems(value) else None


def _in_words(line: str) -> list[list[str | None]]:
    """The one or two days of a date, each as year, month and day in digits."""
    if match := _NUMBERS.fullmatch(line):
        return [list(match.groups())]
    if match := _YEAR_FIRST.fullmatch(line):
        year, month, last_month, day, last = match.groups()
    elif match := _MONTH_FIRST.fullmatch(line):
        month, day, last, year = match.groups()
        last_month = None
    elif match := _DAY_FIRST.fullmatch(line):
        day, last, month, year = match.groups()
        last_month = None
    else:
        return []
    if any(name and name[:3].lower() not in _SHORT_MONTHS for name in (month, last_month)):
        return []
    number = str(_SHORT_MONTHS[month[:3].lower()])
    days: list[list[str | None]] = [[year, number, day]]
    if last_month:
        return [[year, number], [year, str(_SHORT_MONTHS[last_month[:3].lower()])]]
    return [*days, [year, number, last]] if last else days


def entered(value: object) -> str:
    """A CSL date as a form shows it, such that `read` gives the same: "2025-03-27", "2023-05-11/2023-05-13"."""
    written = ["-".join([str(day[0]), *(f"{part:02}" for part in day[1:])]) for day in days(value)]
    return "/".join(written) or _free_text(value)


def problems(value: object) -> list[str]:
    """What is wrong with a CSL date, as endings of a sentence whose subject is the field's name."""
    if not isinstance(value, Mapping):
        return ["is not an object with date-parts"]
    if "date-parts" not in value:
        return [] if _free_text(value) else ["has no date-parts"]
    parts = value["date-parts"]
    if not isinstance(parts, list) or len(parts) not in (1, 2):
        return ["must have one or two lists in its date-parts"]
    found = [problem for one in parts for problem in _problems_of_day(one)]
    if not found and len(parts) == 2 and _day(parts[1]) < _day(parts[0]):
        return ["ends before it begins"]
    return found


def _problems_of_day(parts: object) -> list[str]:
    if not isinstance(parts, list) or len(parts) not in (1, 2, 3) or None in map(_number, parts):
        return ["has date-parts that are not year, month and day as numbers"]
    if len(_day(parts)) < len(parts):
        return [f"is not a real date: {'-'.join(map(str, parts))}"]
    return []


def _parts(value: object) -> list[object]:
    if not isinstance(value, Mapping):
        return []
    parts = value.get("date-parts")
    if isinstance(parts, list):
        return parts
    matches = [_ISO.fullmatch(piece) for piece in _free_text(value).split("/")]
    return [[part for part in match.groups() if part] for match in matches if match]


def _free_text(value: object) -> str:
    if not isinstance(value, Mapping):
        return ""
    return markup.line(value.get("literal")) or markup.line(value.get("raw"))


def _day(parts: object) -> Day:
    """The longest beginning of `parts` that is a real date; empty if not even a year is."""
    numbers: list[int] = []
    for part in parts[:3] if isinstance(parts, list) else []:
        number = _number(part)
        if number is None:
            break
        numbers.append(number)
    while numbers and not _is_real(numbers):
        numbers.pop()
    return tuple(numbers)


def _number(part: object) -> int | None:
    if isinstance(part, str) and part.isascii() and part.isdigit() and len(part) <= 4:
        return int(part)
    return part if isinstance(part, int) and not isinstance(part, bool) else None


def _is_real(numbers: list[int]) -> bool:
    year, month, day = [*numbers, 1, 1][:3]
    try:
        date(year, month, day)
    except (ValueError, OverflowError):
        return False
    return year >= 1000


def _one(day: Day) -> str:
    comma = "," if len(day) == 3 else ""
    return f"{_within_year(day)}{comma} {day[0]}".strip()


def _within_year(day: Day) -> str:
    month = [_MONTHS[number - 1] for number in day[1:2]]
    return " ".join([*month, *map(str, day[2:])])


def _span(first: Day, last: Day) -> str:
    if len(first) != len(last) or first[0] != last[0]:
        return f"{_one(first)}-{_one(last)}"
    end = str(last[2]) if first[:2] == last[:2] else _within_year(last)
    comma = "," if len(first) == 3 else ""
    return f"{_within_year(first)}-{end}{comma} {first[0]}"
