"""The kinds of things that answers are made of."""

from faq.models.citation import Citation
from faq.models.comment import Comment
from faq.models.drug import Category, Drug, DrugName
from faq.models.export import ExportPart, FeedbackExport
from faq.models.faq import Faq, OtherPhrasing, Topic
from faq.models.feedback import Feedback, Reason, Remark, Tally
from faq.models.figure import Figure, Image
from faq.models.invitation import Invitation
from faq.models.presence import Presence
from faq.models.reference import Reference
from faq.models.reminder import ReviewReminder
from faq.models.resource import RelatedResource
from faq.models.review import ReviewRequest
from faq.models.signature import SendBack, Signature
from faq.models.version import FaqVersion
from faq.models.word import WordImport, WordPicture

__all__ = [
    "Category",
    "Citation",
    "Comment",
    "Drug",
    "DrugName",
    "ExportPart",
    "Faq",
    "FaqVersion",
    "Feedback",
    "FeedbackExport",
    "Figure",
    "Image",
    "Invitation",
    "OtherPhrasing",
    "Presence",
    "Reason",
    "Reference",
    "RelatedResource",
    "Remark",
    "ReviewReminder",
    "ReviewRequest",
    "SendBack",
    "Signature",
    "Tally",
    "Topic",
    "WordImport",
    "WordPicture",
]
