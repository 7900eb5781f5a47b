"""What search engines read of a page: its description in the words of schema.org. Pure: it asks no database.

Types and properties are those of https://schema.org/MedicalWebPage, QAPage, Drug and BreadcrumbList.
"""

import html
import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.utils.text import Truncator
from django.utils.translation import gettext

from faq.models import Drug, FaqVersion
from portal.chrome.models import Market
from portal.chrome.pages import Crumb
from portal.lib.html import text

Node = dict[str, Any]

# Characters of an answer without a short one: the beginning of its body has to do.
LONGEST_ANSWER = 1000
_ENTRY = re.compile(r'<li id="ref-\d+"[^>]*>(.*?)</li>', re.DOTALL)
_LINKS = re.compile(r'<span class="(?:reference|back)-links')
_HREF = re.compile(r'href="(https?://[^"]+)"')


class Place(NamedTuple):
    """Where a page stands: its market, scheme and host of the site, and the steps that lead to it."""

    market: Market
    origin: str
    crumbs: Sequence[Crumb]

    def at(self, path: str) -> str:
        """The whole address of a path on this site."""
        return self.origin + path

    @property
    def home(self) -> str:
        return self.at(self.market.get_absolute_url())


def answer(version: FaqVersion, place: Place) -> Node:
    """The page of a published `version`, fetched `with_first_published()` and with its drug."""
    address, drug = place.at(version.get_absolute_url()), version.faq.drug
    page = {
        "@type": ["MedicalWebPage", "QAPage"],
        **_page(place, address, version.question),
        "identifier": version.faq.content_id,
        "version": version.number,
        "description": _answer(version),
        "datePublished": version.first_published_at.isoformat(),
        "dateModified": version.published_at and version.published_at.isoformat(),
        "lastReviewed": version.last_reviewed and version.last_reviewed.isoformat(),
        "reviewedBy": version.last_reviewed and {"@id": _organisation(place)["@id"]},
        "about": _drug(drug, place),
        "mainEntity": _question(version, place, address),
        "citation": _citations(version.rendered_references),
    }
    return _graph(page, place, address)


def drug(drug: Drug, place: Place) -> Node:
    """The page of a drug."""
    address = place.at(drug.get_absolute_url())
    page = {
        "@type": "MedicalWebPage",
        **_page(place, address, str(drug)),
        "description": drug.summary,
        "mainEntity": _drug(drug, place),
    }
    return _graph(page, place, address)


def _graph(page: Node, place: Place, address: str) -> Node:
    return {"@context": "https://schema.org", "@graph": [_said(page), _breadcrumb(place, address)]}


def _page(place: Place, address: str, name: str) -> Node:
    market = place.market
    audience = {
        "@type": "MedicalAudience",
        "audienceType": "Clinician",
        "geographicArea": {"@type": "AdministrativeArea", "name": market.name},
    }
    return {
        "@id": address,
        "url": address,
        "name": name,
        "inLanguage": market.language_tag,
        "isPartOf": {"@type": "WebSite", "name": market.site_name, "url": place.home},
        "publisher": _organisation(place),
        "audience": audience,
        "breadcrumb": {"@id": f"{address}#breadcrumb"},
    }


def _organisation(place: Place) -> Node:
    return {
        "@type": "Organization",
        "@id": f"{place.home}#organization",
        "name": place.market.organisation,
        "url": place.home,
    }


def _drug(drug: Drug, place: Place) -> Node:
    address = place.at(drug.get_absolute_url())
    return _said(
        {
            "@type": "Drug",
            "@id": f"{address}#drug",
            "name": drug.name,
            "nonProprietaryName": drug.generic_name,
            "description": drug.summary,
            "url": address,
            "prescribingInfo": drug.prescribing_information_url,
            "warning": drug.boxed_warning,
        }
    )


def _question(version: FaqVersion, place: Place, address: str) -> Node:
    author = {"@id": _organisation(place)["@id"]}
    published = version.published_at and version.published_at.isoformat()
    accepted = {
        "@type": "Answer",
        "text": _answer(version),
        "url": address,
        "datePublished": published,
        "author": author,
    }
    return {
        "@type": "Question",
        "name": version.question,
        "text": version.question,
        "answerCount": 1,
        "datePublished": version.first_published_at.isoformat(),
        "author": author,
        "acceptedAnswer": _said(accepted),
    }


def _answer(version: FaqVersion) -> str:
    short = text(version.rendered_short_answer)
    return short or Truncator(text(version.rendered_body)).chars(LONGEST_ANSWER)


def _citations(rendered: str) -> list[Node]:
    """The sources in a rendered list of references, each with the first of its links."""
    return [_citation(entry) for entry in _ENTRY.findall(rendered)]


def _citation(entry: str) -> Node:
    links = _LINKS.search(entry)
    words, rest = (entry[: links.start()], entry[links.start() :]) if links else (entry, "")
    address = _HREF.search(rest)
    return _said({"@type": "CreativeWork", "name": text(words), "url": html.unescape(address[1]) if address else ""})


def _breadcrumb(place: Place, address: str) -> Node:
    home = Crumb(gettext("Home"), place.market.get_absolute_url())
    steps = [(crumb.label, place.at(crumb.address) if crumb.address else address) for crumb in [home, *place.crumbs]]
    return {
        "@type": "BreadcrumbList",
        "@id": f"{address}#breadcrumb",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": label, "item": target}
            for position, (label, target) in enumerate(steps, start=1)
        ],
    }


def _said(node: Node) -> Node:
    """`node` without what is not known."""
    return {name: value for name, value in node.items() if value}
