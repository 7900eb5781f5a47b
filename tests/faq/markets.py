"""What the tests of several markets share."""

from typing import Any

from faq.models import FaqVersion
from portal.chrome.models import Market
from tests.factories import make_drug, make_faq, make_market, make_published

LANGUAGES = {"us": "en-US", "uk": "en-GB", "de": "de-DE"}


def make_gated(code: str, gate: str = "attest") -> Market:
    """A market that asks every visitor something first."""
    texts = {"gate_accept_label": "I am", "gate_decline_label": "I am not", "gate_decline_page": "public"}
    return make_market(
        code, gate=gate, gate_title="Are you a professional?", gate_text="This site is for them.", **texts
    )


def make_common(common_id: str, code: str, market: Market | None = None, **changes: Any) -> FaqVersion:
    """A published answer in the market `code` to the question that is known as `common_id` in every market."""
    known = market or Market.objects.filter(code=code).first() or make_market(code, language_tag=LANGUAGES[code])
    return make_published(make_faq(make_drug(known), common_id=common_id, **changes))
