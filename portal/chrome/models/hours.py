"""When somebody answers a market's medical information phone."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q

from portal.chrome.models.market import Market

WEEKDAYS = list(enumerate(["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]))


class OpeningHours(models.Model):
    """One stretch of one weekday, in the market's time zone, in which the phone is answered."""

    market = models.ForeignKey(Market, on_delete=models.CASCADE, related_name="opening_hours")
    weekday = models.PositiveSmallIntegerField(choices=WEEKDAYS, validators=[MaxValueValidator(6)])
    opens = models.TimeField()
    closes = models.TimeField()

    class Meta:
        verbose_name = verbose_name_plural = "opening hours"
        ordering = ["market", "weekday", "opens"]
        constraints = [
            models.CheckConstraint(condition=Q(closes__gt=F("opens")), name="hours_close_after_they_open"),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="weekday_is_one_of_seven"),
            models.UniqueConstraint(fields=["market", "weekday", "opens"], name="hours_open_once_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens:%H:%M} to {self.closes:%H:%M}"


class Holiday(models.Model):
    """A day on which nobody answers a market's phone."""

    market = models.ForeignKey(Market, on_delete=models.CASCADE, related_name="holidays")
    day = models.DateField()
    name = models.CharField(max_length=80)

    class Meta:
        ordering = ["market", "day"]
        constraints = [models.UniqueConstraint(fields=["market", "day"], name="holiday_is_listed_once")]

    def __str__(self) -> str:
        return f"{self.name}, {self.day}"
