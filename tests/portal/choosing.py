"""What the tests of privacy choices share."""

from datetime import date
from typing import Any

from portal.chrome.models import Consent, ConsentText, Market, Page
from tests.factories import make_market

ADDRESS = "/us/privacy-choices/"
REMEMBER = {"remember": "1", "optout": "0"}


def make_consent_text(number: int = 1, market: Market | None = None, **changes: Any) -> ConsentText:
    fields = {"text": f"Wording {number}.", "effective": date(2026, 1, 5), **changes}
    return ConsentText.objects.create(market=market or make_market(), number=number, **fields)


def make_consent(text: ConsentText | None = None, **changes: Any) -> Consent:
    text = text or make_consent_text()
    choices = {"remembers_reading": True, "opted_out": False, "by_signal": False}
    return Consent.objects.create(text=text, **{"market": text.market, **choices, **changes})


def make_choices_page(market: Market | None = None) -> Page:
    body = "<h2>Details</h2><p>All of them.</p>"
    return Page.objects.create(market=market or make_market(), slug="privacy-choices", title="Choices", body=body)


def choose(client, market="us", headers=None, **fields):
    """Sends the form as it stands under text 1, with what `fields` change."""
    return client.post(f"/{market}/privacy-choices/", {"text": "1", **REMEMBER, **fields}, headers=headers)


def checked(html: str) -> list[str]:
    """The ids of the options that a page shows as chosen."""
    inputs = [part.partition(">")[0] for part in html.split("<input ")]
    return [part.partition('id="')[2].partition('"')[0] for part in inputs if " checked" in part]


def content(response):
    return response.content.decode()
