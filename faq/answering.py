"""What the page of an answer is made of, for those who read it and for those who look at it before."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from faq import sources
from faq.models import FaqVersion
from portal.chrome.models import Market
from portal.chrome.pages import Crumb


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
