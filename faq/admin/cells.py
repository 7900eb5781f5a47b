"""What stands in a cell of a list, each from a template of its own."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.safestring import SafeString

from faq.models import Comment, Faq, FaqVersion, Image
from faq.models.workflow import Status
from portal.chrome.models import Market
from portal.lib.admin import badge, cell


def status(version: FaqVersion) -> SafeString:
    """Where a version is in its life."""
    return badge("status", version.status, version.get_status_display())


def label_status(faq: Faq) -> SafeString:
    """What the label says of the use that a question is about."""
    return badge("label", faq.label_status, faq.get_label_status_display())


def content_id(faq: Faq) -> SafeString:
    """A content ID that a narrow column may break at its underscores."""
    return cell("faq/_content_id", parts=faq.content_id.split("_"))


def day(when: date | None) -> SafeString:
    """A date in its short form."""
    return cell("faq/_day", when=when)


def moment(when: datetime, market: Market) -> SafeString:
    """A date and a time as the clocks of `market` show them, with the name of their zone."""
    return cell("safety/_when", when=when, zone=market.time_zone)


def version_link(version: FaqVersion, *, with_content_id: bool = True) -> SafeString:
    """A version's name, or its number alone where the row says which question it is; leads to its page."""
    return cell("faq/_version_link", version=version, with_content_id=with_content_id)


def next_review(version: FaqVersion) -> SafeString:
    """The date of the next review; of a published answer the day on which it is due, marked where that has passed."""
    published = version.status == Status.PUBLISHED
    when = version.due_day if published else version.next_review
    return due(when, is_overdue=published and version.is_overdue, is_asked=published and when != version.next_review)


def due(when: date | None, *, is_overdue: bool, is_asked: bool = False) -> SafeString:
    """A day by which something has to be done, whether it has passed, and whether somebody asked for it."""
    return cell("faq/_next_review", when=when, is_overdue=is_overdue, is_asked=is_asked)


def thumbnail(image: Image) -> SafeString:
    """A small picture that leads to the whole one."""
    return cell("faq/_thumbnail", image=image)


def links(items: Sequence[tuple[str, str]]) -> SafeString:
    """A list of (label, address)."""
    return cell("faq/_links", items=items)


def comment(comment: Comment) -> SafeString:
    """What somebody said of a version; leads to where it is answered."""
    return cell("faq/_comment_cell", comment=comment)
