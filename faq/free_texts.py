"""What of feedback is free text of a visitor: the words below a vote."""

from django.db.models import Q, QuerySet

from faq.models import Remark
from portal.safety.kinds import Kind, add


def _rows() -> QuerySet[Remark]:
    return Remark.objects.select_related("vote__version__faq__market", "vote__version__faq__drug")


def _found(words: str) -> QuerySet[Remark]:
    said = Q(text__icontains=words) | Q(vote__version__faq__content_id__icontains=words)
    return Remark.objects.filter(said)


REMARK = add(
    Kind(
        key="remark",
        label="Remark on an answer",
        permission="faq.view_remark",
        rows=_rows,
        # Words that the policy of retention deleted were flagged when they came.
        having=Q(forgotten_at=None),
        text=lambda remark: str(remark.text),
        market="vote__version__faq__market",
        received="written_at",
        find=_found,
        # Every answer is about a medicine.
        about_product=lambda _remark: True,
        products=lambda remark: [remark.vote.version.faq.drug.name],
    )
)
