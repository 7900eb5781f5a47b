"""The value of a field as it stands in a file, and back. Pure."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models

from faq.portable.documents import Unreadable

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_EMPTY: tuple[Any, ...] = ("", None, [], {})


def plain(value: Any) -> Any:
    """What stands in a file for a column's value."""
    if isinstance(value, str):
        # Texts that passed the allow-list are marked as safe; YAML knows plain ones only.
        return str(value)
    return str(value) if isinstance(value, UUID) else value


def says_nothing(field: "models.Field[Any, Any]", value: Any) -> bool:
    """Whether a value need not be written: it is empty, and empty is what a file means that says nothing of it."""
    return value in _EMPTY and nothing(field) in _EMPTY


def nothing(field: "models.Field[Any, Any]") -> Any:
    """What a field holds of which a file says nothing. What depends on the day it is asked is always written."""
    if field.many_to_many:
        return []
    depends = field.has_default() and callable(field.default) and field.default not in (dict, list)
    return None if depends else field.get_default()


def stored(field: "models.Field[Any, Any]", value: Any) -> Any:
    """The column's value for what stands in a file. Raises Unreadable."""
    if value is None:
        if not field.null:
            raise Unreadable("is missing")
        return None
    try:
        found = _typed(field, value)
        field.run_validators(found)
    except ValidationError as error:
        raise Unreadable(" ".join(error.messages)) from error
    except (TypeError, ValueError, OverflowError) as error:
        raise Unreadable(f"{str(value)[:80]!r} {_expected(field)}") from error
    choices = [choice for choice, _ in field.flatchoices]
    if choices and found not in choices and not (found == "" and field.blank):
        raise Unreadable(f"{str(found)[:80]!r} is none of {', '.join(map(str, choices))}")
    return found


def _typed(field: Any, value: Any) -> Any:
    wanted: tuple[type[Any], ...] = next((types for kind, types in _TYPES if isinstance(field, kind)), (str,))
    if not isinstance(value, wanted) or (isinstance(value, bool) and bool not in wanted):
        raise TypeError
    if isinstance(value, str) and _UNSTORABLE.search(value):
        raise ValueError
    for kind, read in _READ:
        if isinstance(field, kind):
            return read(value)
    return value if isinstance(field, models.JSONField) else field.to_python(value)


def _moment(value: str) -> datetime:
    found = datetime.fromisoformat(value.replace("Z", "+00:00"))
    if found.tzinfo is None:
        raise ValueError("a time without its zone")
    return found.astimezone(UTC)


# A time is a date for Django: the more particular kind comes first.
_READ: tuple[tuple[type[Any], Callable[[Any], Any]], ...] = (
    (models.DateTimeField, _moment),
    (models.DateField, date.fromisoformat),
    (models.TimeField, time.fromisoformat),
)
_TYPES: tuple[tuple[type[Any], tuple[type, ...]], ...] = (
    (models.JSONField, (dict, list, str, int, float, bool)),
    (models.BooleanField, (bool,)),
    (models.IntegerField, (int,)),
    (models.FloatField, (int, float)),
)


def _expected(field: "models.Field[Any, Any]") -> str:
    kinds = {
        models.DateTimeField: "is no time of the form 2026-03-02T10:11:12Z",
        models.DateField: "is no date of the form 2026-03-02",
        models.TimeField: "is no time of the form 10:11:12",
        models.BooleanField: "is neither true nor false",
        models.IntegerField: "is no whole number",
    }
    return next((said for kind, said in kinds.items() if isinstance(field, kind)), "is no text that can be stored")
