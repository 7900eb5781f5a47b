"""What visitors write below their votes, as safety reads it."""

from django.db.models import Q, QuerySet

from faq.models import Remark
from portal.safety.kinds import Kind, add


def _rows() -> QuerySet[Remark]:
    return Remark.objects.select_related("vote__version__faq__drug", "vote__version__faq__market")


def _found(words: str) -> QuerySet[Remark]:
    return Remark.objects.filter(Q(text__icontains=words) | Q(vote__version__faq__content_id__icontains=words))


REMARK = add(
    Kind(
        key="remark",
        label="Remark on an answer",
        permission="faq.view_remark",
        rows=_rows,
        forgotten=Q(forgotten_at__isnull=False),
        text=lambda remark: str(remark.text),
        market="vote__version__faq__market",
        received="written_at",
        find=_found,
        # Every answer is about a medicine, which its reader seldom names again.
        about_product=lambda _remark: True,
        products=lambda remark: [remark.vote.version.faq.drug.name],
    )
)
