"""Tells the database who acts and why, with each statement that changes something.

It is told right before a statement, inside its transaction, and taken back right after it: no pool, neither Django's
nor one that stands before the database, and no savepoint can hand one person's name on to another's change.
"""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, cast

from django.db import connection, transaction

if TYPE_CHECKING:
    # Models cannot be imported yet where the apps are still loading.
    from django.contrib.auth.base_user import AbstractBaseUser

_WRITES = re.compile(r"\s*(insert|update|delete|merge|with|truncate)\b", re.IGNORECASE)
_TELL = "SELECT set_config('portal.acting', %s, true)"
_NOTE = "SELECT audit_note(%s, %s, %s, %s, %s, %s)"

P = ParamSpec("P")
R = TypeVar("R")

_acting: ContextVar[dict[str, Any] | None] = ContextVar("acting", default=None)


@contextmanager
def acting(person: "AbstractBaseUser | None", *, reason: str = "") -> Iterator[None]:
    """Inside the block changes are those of `person`, for `reason`.

    An inner block says it anew; what it leaves out, a person or a reason, stays as the outer one said.
    """
    outer = _acting.get()
    token = _acting.set({**(outer or {}), **_said(person, reason)})
    try:
        if outer is None:
            with connection.execute_wrapper(_tell):
                yield
        else:
            yield
    finally:
        _acting.reset(token)


def acted(verb: Callable[P, R]) -> Callable[P, R]:
    """What the decorated verb changes is done by the person in its argument `by`, also from a shell or a command."""

    @wraps(verb)
    def act(*args: P.args, **kwargs: P.kwargs) -> R:
        with acting(cast("AbstractBaseUser | None", kwargs.get("by"))):
            return verb(*args, **kwargs)

    return act


def note(
    action: str, kind: str, label: str, *, key: str = "", place: str = "", facts: dict[str, Any] | None = None
) -> None:
    """Records an act that changes no row, such as an export: `action` is its verb, `facts` what is to be known of it.

    It is chained with the transaction around it, and is that of whoever is `acting`.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_TELL, [json.dumps(_acting.get() or {})])
        cursor.execute(_NOTE, [action, kind, key, place, label, json.dumps(facts or {})])
        cursor.execute(_TELL, [""])


def name_of(person: "AbstractBaseUser") -> str:
    """A person as the trail names them: name and sign-in, of which the sign-in alone is unique."""
    name, username = str(person), person.get_username()
    return username if name == username else f"{name} ({username})"


def _said(person: "AbstractBaseUser | None", reason: str) -> dict[str, Any]:
    who = {"id": person.pk, "name": name_of(person)} if person is not None else {}
    return {**who, **({"reason": reason} if reason else {})}


def _tell(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    if isinstance(sql, str) and not _WRITES.match(sql):
        return execute(sql, params, many, context)
    with transaction.atomic(using=context["connection"].alias, savepoint=False):
        # A cursor of the driver's own: through Django's, this would come back here.
        with context["connection"].connection.cursor() as teller:
            teller.execute(_TELL, [json.dumps(_acting.get())])
            done = execute(sql, params, many, context)
            teller.execute(_TELL, [""])
        return done
