"""What a market's contact form offers to ask about."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from portal.chrome.models import Market
from portal.contact.choices import Kind
from portal.contact.models import InquiryTopic

# For a market without topics: nobody may find the form, and a report of an adverse event, closed for want of a row.
DEFAULTS = (
    ("medical-question", Kind.MEDICAL, _("A medical question")),
    ("adverse-event", Kind.ADVERSE_EVENT, _("An adverse event")),
    ("product-complaint", Kind.COMPLAINT, _("A product complaint")),
    ("other", Kind.OTHER, _("Something else")),
)


def offered(market: Market) -> list[InquiryTopic]:
    """The topics of `market`, or those of DEFAULTS, not stored yet, with the market's own mailbox; never empty."""
    rows = list(InquiryTopic.objects.offered(market))
    for topic in rows:
        topic.market = market
    return rows or _defaults(market)


def chosen(topics: Sequence[InquiryTopic], wanted: str) -> InquiryTopic:
    """The topic whose key, else whose kind is `wanted`; else the first for medical questions, else the first."""
    keys = {topic.key: topic for topic in reversed(topics)}
    kinds = {topic.kind: topic for topic in reversed(topics)}
    return keys.get(wanted) or kinds.get(wanted) or kinds.get(Kind.MEDICAL) or topics[0]


def stored(topic: InquiryTopic) -> InquiryTopic:
    """The row of `topic`. If it is one of DEFAULTS, all of them become rows, for one alone would hide the others."""
    if not topic._state.adding:
        return topic
    InquiryTopic.objects.bulk_create(
        _defaults(topic.market), update_conflicts=True, unique_fields=["market", "key"], update_fields=["is_offered"]
    )
    return InquiryTopic.objects.get(market=topic.market, key=topic.key)


def _defaults(market: Market) -> list[InquiryTopic]:
    return [
        InquiryTopic(market=market, key=key, kind=kind, name=str(name), order=number)
        for number, (key, kind, name) in enumerate(DEFAULTS)
    ]
