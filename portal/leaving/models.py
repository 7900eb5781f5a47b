"""Sites that links lead to, and what a visitor reads before going there."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from portal.chrome.models import Market


class ExternalSiteManager(models.Manager["ExternalSite"]):
    def get_by_natural_key(self, host: str) -> "ExternalSite":
        return self.get(host=host)


class ExternalSite(models.Model):
    """One host that links of this portal lead to, with its name and whether the organisation runs it."""

    host = models.CharField(max_length=253, unique=True, help_text="As in the address, for example doi.org.")
    name = models.CharField(max_length=120)
    is_own = models.BooleanField(
        "run by the organisation", default=False, help_text="Links there need no leaving notice."
    )

    objects = ExternalSiteManager()

    class Meta:
        ordering = ["host"]
        constraints = [
            models.CheckConstraint(condition=Q(host__regex=r"^[a-z0-9.-]+$"), name="external_host_is_lower_case")
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.host})"

    def natural_key(self) -> tuple[str]:
        return (self.host,)


class LeavingNoticeQuerySet(models.QuerySet["LeavingNotice"]):
    def for_host(self, market: Market, host: str) -> "LeavingNotice":
        """The market's notice for `host`, else its general one, else a plain one: every link can be followed."""
        fitting = self.filter(Q(site__host=host) | Q(site=None), market=market)
        return fitting.order_by(models.F("site").asc(nulls_last=True)).first() or LeavingNotice(
            market=market,
            title=_("You are leaving {site_name}"),
            body=_("The link leads to a site of another organization, which alone is responsible for what it shows."),
            continue_label=_("Continue"),
            return_label=_("Return"),
        )


class LeavingNotice(models.Model):
    """What one market says between a link and a site that the organisation does not run."""

    market = models.ForeignKey(Market, on_delete=models.CASCADE, related_name="leaving_notices")
    site = models.ForeignKey(
        ExternalSite,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        help_text="Empty: the notice for every site that has none of its own.",
    )
    title = models.CharField(max_length=200)
    body = models.TextField(help_text="Plain text; a blank line starts a paragraph.")
    continue_label = models.CharField(max_length=60)
    return_label = models.CharField(max_length=60)

    objects = LeavingNoticeQuerySet.as_manager()

    class Meta:
        ordering = ["market", "site"]
        constraints = [
            models.UniqueConstraint(
                fields=["market", "site"], nulls_distinct=False, name="one_leaving_notice_per_market_and_site"
            )
        ]

    def __str__(self) -> str:
        return f"{self.market}: {self.site or 'every other site'}"
