"""What surrounds content: markets with their texts, hours and gate, navigation, pages, privacy choices."""

from portal.chrome.models.consent import Consent, ConsentText
from portal.chrome.models.hours import Holiday, OpeningHours
from portal.chrome.models.market import Market, MarketQuerySet
from portal.chrome.models.nav import NavLink
from portal.chrome.models.page import OWN_ADDRESS, Page, PageQuerySet, PageResource

__all__ = [
    "OWN_ADDRESS",
    "Consent",
    "ConsentText",
    "Holiday",
    "Market",
    "MarketQuerySet",
    "NavLink",
    "OpeningHours",
    "Page",
    "PageQuerySet",
    "PageResource",
]
