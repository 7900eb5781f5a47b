"""What a preview says of itself, in the market's language."""

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext

from faq.models import FaqVersion
from faq.models.workflow import Status


def state(version: FaqVersion) -> str:
    """What version this is, and that it is not what visitors read."""
    told = {"number": version.number, "day": _since(version)}
    words = {
        Status.DRAFT: gettext("Preview of version %(number)s, a draft, not approved."),
        Status.IN_REVIEW: gettext("Preview of version %(number)s, in review, not approved."),
        Status.APPROVED: gettext("Preview of version %(number)s, approved, not published."),
        Status.PUBLISHED: gettext("Copy of version %(number)s, published on %(day)s."),
        Status.SUPERSEDED: gettext("Copy of version %(number)s, superseded on %(day)s and no longer valid."),
        Status.WITHDRAWN: gettext("Copy of version %(number)s, withdrawn on %(day)s and no longer valid."),
    }
    return words[Status(version.status)] % told


def warning() -> str:
    """What nobody may do with it."""
    return gettext("Do not use for medical decisions.")


def _since(version: FaqVersion) -> str:
    """Since when it is in its state, for those that visitors read or once read."""
    when = version.withdrawn_at or version.superseded_at or version.published_at
    return date_format(localtime(when), "DATE_FORMAT") if when else ""
