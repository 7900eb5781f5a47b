"""What safety triage made of remarks, and which of them must not leave the portal yet."""

from django.db.models import Case, CharField, F, Q, QuerySet, Value, When

from faq.feedback_export.columns import NONE
from faq.models import Remark
from portal.chrome.models import Market

UNTRIAGED = (NONE, "open")


def with_safety(remarks: QuerySet[Remark]) -> QuerySet[Remark]:
    """`remarks` with the state and the reference of their safety flag, and whether the market's policy holds them.

    What has no flag was screened by nobody, and is held like what nobody has read.
    """
    flagged = remarks.annotate(
        export_safety=Value(NONE, CharField()),
        export_reference=Value("", CharField()),
        export_policy=F("vote__version__faq__market__export_flagged"),
    )
    waits = Q(export_safety__in=UNTRIAGED) & ~Q(export_policy=Market.Flagged.MARKED)
    return flagged.annotate(export_held=Case(When(waits, then=True), default=False))
