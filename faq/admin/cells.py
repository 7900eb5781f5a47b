"""What stands in a cell of a list, each from a template of its own."""

from collections.abc import Sequence
from datetime import date

from django.utils.safestring import SafeString

from faq.models import Faq, FaqVersion, Image
from faq.models.workflow import Status
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


def version_link(version: FaqVersion, *, with_content_id: bool = True) -> SafeString:
    """A version's name, or its number alone where the row says which question it is; leads to its page."""
    return cell("faq/_version_link", version=version, with_content_id=with_content_id)


def next_review(version: FaqVersion) -> SafeString:
    """The date of the next review, marked where it has passed and visitors still read the answer."""
    overdue = version.is_overdue and version.status == Status.PUBLISHED
    return cell("faq/_next_review", version=version, overdue=overdue)


def thumbnail(image: Image) -> SafeString:
    """A small picture that leads to the whole one."""
    return cell("faq/_thumbnail", image=image)


def links(items: Sequence[tuple[str, str]]) -> SafeString:
    """A list of (label, address)."""
    return cell("faq/_links", items=items)
