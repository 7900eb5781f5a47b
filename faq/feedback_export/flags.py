"""What safety triage made of remarks, and which of them must not leave the portal yet."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, CharField, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from faq.feedback_export.columns import NONE
from faq.models import Remark
from portal.chrome.models import Market
from portal.safety.models import SafetyFlag

State = SafetyFlag.State
UNTRIAGED = (NONE, State.OPEN)


def with_safety(remarks: QuerySet[Remark]) -> QuerySet[Remark]:
    """`remarks` with the state and the reference of their safety flag, and whether the market's policy holds them.

    What has no flag was screened by nobody, and is held like what nobody has read.
    """
    held_by = ContentType.objects.get_for_model(Remark)
    # Should a remark ever have several, the one that still waits counts.
    first = Case(When(state=State.OPEN, then=0), When(state=State.FORWARDED, then=1), default=2)
    flags = SafetyFlag.objects.filter(source_type=held_by, source_id=OuterRef("pk")).order_by(first)
    flagged = remarks.annotate(
        export_safety=Coalesce(Subquery(flags.values("state")[:1]), Value(NONE), output_field=CharField()),
        export_reference=Subquery(flags.values("reference")[:1]),
        export_policy=F("vote__version__faq__market__export_flagged"),
    )
    waits = Q(export_safety__in=UNTRIAGED) & ~Q(export_policy=Market.Flagged.MARKED)
    return flagged.annotate(export_held=Case(When(waits, then=True), default=False))
