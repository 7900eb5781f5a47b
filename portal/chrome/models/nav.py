"""Links in header and footer."""

from django.core.validators import RegexValidator
from django.db import models

from portal.chrome.models.market import Market


class NavLink(models.Model):
    """One link in a market's header or footer."""

    class Place(models.TextChoices):
        HEADER = "header", "Header"
        FOOTER = "footer", "Footer"
        SOCIAL = "social", "Social and associations"

    market = models.ForeignKey(Market, on_delete=models.CASCADE, related_name="nav_links")
    place = models.CharField(max_length=10, choices=Place)
    label = models.CharField(max_length=60)
    address = models.CharField(
        max_length=300,
        validators=[RegexValidator(r"^(/[^/\\\s]|https://)\S*\Z", "A path on this site, or an https address.")],
    )
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["market", "place", "order"]
        constraints = [
            models.UniqueConstraint(fields=["market", "place", "label"], name="nav_label_is_unique_in_its_place")
        ]

    def __str__(self) -> str:
        return self.label
