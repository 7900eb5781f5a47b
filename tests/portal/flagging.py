"""What the tests of safety flags share."""

from typing import Any

from portal.chrome.models import Market
from portal.contact import free_texts
from portal.safety.models import SafetyFlag
from portal.safety.receiving import flagged
from tests.portal.contacting import make_inquiry

# What the screen takes for harm, and what it does not.
HARM = "My patient fainted two hours after she took the tablet."
HARMLESS = "May the tablet be crushed?"


def make_flag(text: str = HARM, market: Market | None = None, **changes: Any) -> SafetyFlag:
    """The flag of an inquiry that asks `text`, not mailed; `changes` are fields of the inquiry."""
    inquiry = make_inquiry(market, question=text, **changes)
    flag = flagged(free_texts.INQUIRY, inquiry)
    assert flag is not None
    return flag
