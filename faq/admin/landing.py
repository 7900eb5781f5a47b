"""What of answers stands on the first page of the admin."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from faq.admin.filters import STRETCHES, Stretch
from faq.models import (
    Category,
    Citation,
    Comment,
    Drug,
    DrugName,
    Faq,
    FaqVersion,
    Feedback,
    Figure,
    Image,
    OtherPhrasing,
    Reference,
    RelatedResource,
    Remark,
    ReviewReminder,
    ReviewRequest,
    Topic,
)
from faq.models.figure import FigureSource
from faq.models.workflow import Status
from portal.lib.landing import Entry, add, shelve

VERSIONS = "faq_faqversion_changelist"
versions = FaqVersion.objects

WRITING = [
    Entry("Sent back to me", "faq.change_faqversion", versions.sent_back_to, VERSIONS, {"for_me": "returned"}, True),
    Entry("My drafts", "faq.change_faqversion", versions.drafts_of, VERSIONS, {"for_me": "drafts"}),
    Entry(
        "Waiting for my review", "faq.approve_faqversion", versions.waiting_for, VERSIONS, {"for_me": "review"}, True
    ),
    Entry(
        "Approved, waiting to be published",
        "faq.publish_faqversion",
        lambda _person: versions.filter(status=Status.APPROVED),
        VERSIONS,
        {"status__exact": Status.APPROVED},
    ),
]


def due_entry(stretch: Stretch) -> Entry:
    """How many published answers are due in one stretch of days."""

    def rows(_person: Any) -> QuerySet[FaqVersion]:
        days: tuple[date, date] = stretch.days()
        return versions.due_between(*days)

    pressing = stretch.name == "overdue"
    return Entry(stretch.label, "faq.view_faqversion", rows, VERSIONS, {"due": stretch.name}, pressing)


REQUESTS = Entry(
    "Review requests",
    "faq.view_reviewrequest",
    lambda _person: ReviewRequest.objects.open(),
    "faq_reviewrequest_changelist",
)
FEEDBACK = Entry(
    "Unread remarks",
    "faq.view_remark",
    lambda _person: Remark.objects.unread(),
    "faq_remark_changelist",
    {"state__exact": Remark.State.NEW},
)
MINE = Entry(
    "Remarks assigned to me",
    "faq.handle_remark",
    lambda person: Remark.objects.unread().filter(assigned_to=person),
    "faq_remark_changelist",
    {"state__exact": Remark.State.NEW, "assigned": "me"},
)

add("Writing and approving", 10, WRITING)
add(
    "Due for review",
    20,
    [*map(due_entry, STRETCHES), REQUESTS],
    more=("Review clock", "faq_reviewrequest_clock", "faq.view_reviewrequest"),
)
add("From visitors", 30, [FEEDBACK, MINE], more=("Feedback in figures", "faq_feedback_desk", "faq.view_feedback"))

shelve("Answers", 10, Faq, FaqVersion, Reference, Figure, Image, RelatedResource)
shelve("Medicines", 20, Drug, DrugName, Category, Topic)
shelve("Review", 30, ReviewRequest, ReviewReminder, Comment)
shelve("Visitors", 40, Remark, Feedback)
shelve("Parts of answers", 90, OtherPhrasing, Citation, FigureSource)
