"""What monitoring is told of safety: whether people have left flags too long, and whether texts have none."""

from typing import Any

from django.db.models import QuerySet

from portal.safety import kinds
from portal.safety.kinds import Kind
from portal.safety.models import SafetyFlag

# So many of the newest texts of each kind are looked at, and no more flags are counted, for monitoring asks every few
# seconds. Older texts are looked at by `manage.py flag_texts`, which fails where it could not flag one.
LOOKED_AT = 1000


def told() -> str:
    """ "ok", or how many flags are overdue and how many texts have none."""
    overdue = SafetyFlag.objects.overdue().order_by()[:LOOKED_AT].count()
    unflagged = sum(_unflagged(kind).count() for kind in kinds.every())
    wrong = [("overdue flags", overdue), ("texts without a flag", unflagged)]
    return ", ".join(f"{what}: {_number(count)}" for what, count in wrong if count) or "ok"


def _unflagged(kind: Kind) -> QuerySet[Any]:
    newest = kind.rows().model._base_manager.order_by("-pk").values("pk")[:LOOKED_AT]
    return kind.unflagged().filter(pk__in=newest).order_by()


def _number(count: int) -> str:
    return str(count) if count < LOOKED_AT else f"{LOOKED_AT} or more"
