"""Refuses a policy that speaks of what there is not, or is silent about what there is."""

from typing import Any

from django.apps import apps
from django.core import checks
from django.core.exceptions import FieldDoesNotExist
from django.db import models

from portal.retention.endings import ENDINGS
from portal.retention.policy import ROW, Kind, policy, problems


def policy_is_sound(**_: Any) -> list[checks.CheckMessage]:
    """Every kind of record has an end, every end a kind, and every field that is emptied is there."""
    told = policy()
    found = [*problems(told)]
    known = {ending.kind for ending in ENDINGS}
    found += [f"{kind}: no app says how its keeping ends." for kind in told.kinds.keys() - known]
    found += [f"{kind}: an app ends it, and the policy does not know it." for kind in known - told.kinds.keys()]
    for kind in told.kinds.values():
        found += _missing(kind)
    return [checks.Error(problem, id="retention.E001") for problem in sorted(found)]


def _missing(kind: Kind) -> list[str]:
    found = []
    if kind.market_field and not _has(apps.get_model("chrome.market"), kind.market_field):
        found.append(f"{kind.key}: a market has no field {kind.market_field}.")
    for label, fields in kind.ends.items():
        try:
            model = apps.get_model(label)
        except LookupError:
            found.append(f"{kind.key}: there is no model {label}.")
            continue
        names = [] if fields == ROW else fields
        found += [f"{kind.key}: {label} has no field {name}." for name in names if not _has(model, name)]
    return found


def _has(model: type[models.Model], name: str) -> bool:
    try:
        model._meta.get_field(name)
    except FieldDoesNotExist:
        return False
    return True
