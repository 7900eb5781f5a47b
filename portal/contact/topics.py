"""What a market's contact form offers to ask about."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from portal.chrome.models import Market
from portal.contact.choices import SAFETY_KINDS, Kind
from portal.contact.models import InquiryTopic

# For a market without topics: nobody may find the form, and a report of an adverse event, closed for want of a row.
DEFAULTS = (
    ("medical-question", Kind.MEDICAL, _("A medical question")),
    ("adverse-event", Kind.ADVERSE_EVENT, _("An adverse event")),
    ("product-complaint", Kind.COMPLAINT, _("A product complaint")),
    ("other", Kind.OTHER, _("Something else")),
)


def offered(market: Market) -> list[InquiryTopic]:
    """The topics of `market` for its form; never empty, and never without one for each kind of report.

    For what is missing, the market's retired topic or that of DEFAULTS stands in; the latter is not stored yet.
    """
    rows = list(InquiryTopic.objects.of(market))
    for topic in rows:
        topic.market = market
    found = [topic for topic in rows if topic.is_offered]
    kinds = {topic.kind for topic in found}
    missing = SAFETY_KINDS - kinds if found else set(Kind)
    return [*found, *(_stand_in(kind, rows, market) for _key, kind, _name in DEFAULTS if kind in missing)]


def chosen(topics: Sequence[InquiryTopic], wanted: str) -> InquiryTopic:
    """The topic whose key, else whose kind is `wanted`; else the first for medical questions, else the first."""
    keys = {topic.key: topic for topic in reversed(topics)}
    kinds = {topic.kind: topic for topic in reversed(topics)}
    return keys.get(wanted) or kinds.get(wanted) or kinds.get(Kind.MEDICAL) or topics[0]


def stored(topic: InquiryTopic) -> InquiryTopic:
    """The row of `topic`. If it is one of DEFAULTS, all that stand in become rows, for one alone hides the others."""
    if not topic._state.adding:
        return topic
    new = [other for other in offered(topic.market) if other._state.adding]
    InquiryTopic.objects.bulk_create(new, ignore_conflicts=True)
    return InquiryTopic.objects.get(market=topic.market, key=topic.key)


def _stand_in(kind: Kind, rows: Sequence[InquiryTopic], market: Market) -> InquiryTopic:
    retired = [topic for topic in rows if topic.kind == kind and not topic.is_offered]
    return retired[0] if retired else _default(kind, rows, market)


def _default(kind: Kind, rows: Sequence[InquiryTopic], market: Market) -> InquiryTopic:
    number, (key, _kind, name) = next(pair for pair in enumerate(DEFAULTS) if pair[1][1] == kind)
    if key in {topic.key for topic in rows}:
        # Staff have given the key to a topic of another kind.
        key = f"{key}-report"
    last = max((topic.order for topic in rows), default=0)
    return InquiryTopic(market=market, key=key, kind=kind, name=str(name), order=last + number)
