"""The verbs of staff on what visitors wrote below their votes."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from faq.models import Remark
from portal.accounts.models import User


@transaction.atomic
def mark_read(remarks: Iterable[Remark], *, by: User) -> int:
    """Notes that `by` read those of `remarks` that are new; returns how many those were."""
    if not by.has_perm("faq.handle_remark"):
        raise PermissionDenied("You may not sort what visitors wrote.")
    new = Remark.objects.unread().filter(pk__in=[remark.pk for remark in remarks])
    return new.update(state=Remark.State.READ, handled_by=by, handled_at=timezone.now())
