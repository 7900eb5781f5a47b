"""The verbs that move versions; nothing else assigns a version's status."""

from faq.publishing.drafts import lock_draft, revise, write
from faq.publishing.due import publish_due, schedule, unschedule
from faq.publishing.live import publish, publish_all, publish_imported, withdraw
from faq.publishing.refusals import NotAsSigned, NotDraft, NotReady, ShownDiffers
from faq.publishing.review import approve, reopen, send_back, submit
from faq.publishing.wording import list_citations, render

__all__ = [
    "NotAsSigned",
    "NotDraft",
    "NotReady",
    "ShownDiffers",
    "approve",
    "list_citations",
    "lock_draft",
    "publish",
    "publish_all",
    "publish_due",
    "publish_imported",
    "render",
    "reopen",
    "revise",
    "schedule",
    "send_back",
    "submit",
    "unschedule",
    "withdraw",
    "write",
]
