"""What waits on the desk of one person who writes or approves."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from faq.models.workflow import Status
from portal.accounts.models import User

if TYPE_CHECKING:
    from faq.models.version import FaqVersion  # noqa: F401  (named in a string below)


class DeskQuerySet(models.QuerySet["FaqVersion"]):
    """Versions by who has to do something about them."""

    def drafts_of(self, person: User) -> Self:
        """Drafts that `person` began or wrote in, those that came back from review among them."""
        return self.filter(_written_by(person), status=Status.DRAFT)

    def sent_back_to(self, person: User) -> Self:
        """Those of the drafts of `person` that came back from review with a comment."""
        return self.drafts_of(person).exclude(review_comment="")

    def waiting_for(self, person: User) -> Self:
        """Versions in review that `person` may approve: written by others; `permissions.may_approve` says so of one."""
        if not person.has_perm("faq.approve_faqversion"):
            return self.none()
        return self.filter(status=Status.IN_REVIEW).exclude(_written_by(person))


def _written_by(person: User) -> Q:
    wrote = User.versions_contributed_to.through.objects.filter(user=person)
    # Said of both, for SQL's NOT of an unknown author would pass over what nobody is known to have begun.
    return Q(author=person, author__isnull=False) | Q(pk__in=wrote.values("faqversion"))
