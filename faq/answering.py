"""What the page of an answer is made of, for those who read it and for those who look at it before."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from faq import sources
from faq.models import FaqVersion, RelatedResource
from faq.models.version import FaqVersionQuerySet
from portal.chrome.models import Market
from portal.chrome.pages import Crumb
from portal.lib.prepared import Prepared

_RESOURCE = ("title", "kind", "url", "note")


def _published(market: int, number: int) -> FaqVersionQuerySet:
    """The published version that answers question `number` of `market`, with all that its page shows, in one query."""
    own = RelatedResource.objects.filter(version=OuterRef("pk")).order_by("order", "pk")
    told = ArraySubquery(own.values(json=JSONObject(**{name: name for name in _RESOURCE})))
    versions = FaqVersion.objects.published().select_related("faq__drug__category").annotate(told_resources=told)
    versions = versions.with_alternates().with_first_published().with_due_day()
    return sources.with_retractions(versions).filter(faq__market=market, faq__number=number).order_by("pk")


_prepared = Prepared(_published, int, int)


def published(market: Market, number: int) -> FaqVersion | None:
    """The published version that answers question `number` of `market`, as `answer_page` wants it."""
    version = _prepared.first(market.pk, number)
    if version is None:
        return None
    faq = version.faq
    # Constraints keep all of them in one market, so none need be fetched with its own.
    faq.market = faq.drug.market = faq.drug.category.market = market
    resources = version.resources.all()
    resources._result_cache = [RelatedResource(version=version, **told) for told in version.told_resources]  # type: ignore[attr-defined]
    version._prefetched_objects_cache = {"resources": resources}  # type: ignore[attr-defined]
    return version


def information_crumb(market: Market) -> Crumb:
    """The first step of every breadcrumb below Medical Information."""
    return Crumb(_("Medical information"), reverse("browse", args=[market.code]))


def permanent_address(request: HttpRequest, version: FaqVersion) -> str:
    """The lasting link of the answer in full, as it is copied and printed."""
    return request.build_absolute_uri(reverse("permanent", args=[version.faq.market.code, version.faq.content_id]))


def stamped_address(request: HttpRequest, version: FaqVersion) -> str:
    """The same for what is taken away: it says which version it is, so that its link can tell what changed since."""
    return f"{permanent_address(request, version)}?version={version.number}"


def answer_page(request: HttpRequest, version: FaqVersion) -> dict[str, Any]:
    """The context of faq/answer.html.

    `version` comes with its trail, its alternates, its resources and its retractions.
    """
    faq, drug, retracted = version.faq, version.faq.drug, sources.retractions(version)
    return {
        "version": version,
        "faq": faq,
        "drug": drug,
        "disclaimer": faq.disclaimer,
        "permanent": permanent_address(request, version),
        "stamped": stamped_address(request, version),
        "alternates": dict(version.addresses),
        "noindex": faq.is_unlisted,
        "retraction_notice": sources.notice(retracted),
        "references": sources.marked(version.references_html, retracted),
        "crumbs": [
            information_crumb(faq.market),
            Crumb(drug.category.name, drug.category.get_absolute_url()),
            Crumb(drug.name, drug.get_absolute_url()),
            Crumb(version.question),
        ],
    }
