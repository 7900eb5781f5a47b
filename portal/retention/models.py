"""How long a market keeps a kind of record, where that differs from the policy."""

from django.core.exceptions import ValidationError
from django.db import models

from portal.chrome.models import Market
from portal.retention.policy import policy


def _choices() -> list[tuple[str, str]]:
    return [(kind.key, kind.name) for kind in policy().kinds.values() if kind.is_chosen]


class RetentionPeriodManager(models.Manager["RetentionPeriod"]):
    def get_by_natural_key(self, market: str, kind: str) -> "RetentionPeriod":
        return self.get(market__code=market, kind=kind)


class RetentionPeriod(models.Model):
    """One kind of record, and how long a market keeps it."""

    market = models.ForeignKey(Market, on_delete=models.CASCADE, related_name="retention_periods")
    kind = models.CharField(max_length=40, choices=_choices)
    days = models.PositiveIntegerField(help_text="The market's privacy statement has to say the same.")

    objects = RetentionPeriodManager()

    class Meta:
        ordering = ["market", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["market", "kind"], name="a_market_keeps_a_kind_for_one_time"),
            models.CheckConstraint(condition=models.Q(days__gte=1), name="a_market_keeps_records_for_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.days} days"

    def natural_key(self) -> tuple[str, str]:
        return (self.market.code, self.kind)

    natural_key.dependencies = ["chrome.market"]  # type: ignore[attr-defined]

    def clean(self) -> None:
        kind = policy().kinds.get(self.kind)
        if kind is None or self.days is None or kind.least is None or kind.most is None:
            return
        if not kind.least <= self.days <= kind.most:
            raise ValidationError({"days": f"It is kept {kind.least} to {kind.most} days: {kind.why}"})
