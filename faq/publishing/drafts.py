"""The verbs on a draft: begin it, write in it."""

from django.db import transaction

from faq import permissions
from faq.models import Faq, FaqVersion
from faq.models.figure import FigureSource
from faq.models.workflow import OPEN, IllegalMove, Status
from faq.publishing.moving import locked
from faq.publishing.refusals import NotDraft
from portal.accounts.models import User
from portal.audit import acted

# What a new version begins with; what changed is said anew.
_CARRIED_ON = ("question", "short_answer", "body", "last_reviewed", "next_review")


def lock_draft(version: FaqVersion) -> FaqVersion:
    """The draft as the database holds it, locked until the caller's transaction ends. Raises NotDraft."""
    version = locked(version)
    if not version.is_editable:
        raise NotDraft(version)
    return version


@acted
@transaction.atomic
def write(version: FaqVersion, *, by: User) -> None:
    """Locks a draft for a change of its wording or parts by `by`, who will never approve it. Raises NotDraft."""
    lock_draft(version).writers.add(by)


@acted
@transaction.atomic
def revise(faq: Faq, *, by: User) -> FaqVersion:
    """A new draft for `faq`, a copy of its newest version. Raises IllegalMove where one is open already."""
    permissions.require(by, "submit")
    faq = Faq.objects.select_for_update().get(pk=faq.pk)
    latest = faq.versions.with_parts().order_by("-number").first()
    if latest and latest.status in OPEN:
        raise IllegalMove(latest.status, Status.DRAFT)
    copied = {field: getattr(latest, field) for field in _CARRIED_ON} if latest else {}
    draft = FaqVersion.objects.create(faq=faq, author=by, **copied)
    draft.writers.add(by)
    if latest:
        _copy_parts(latest, draft)
    return draft


def _copy_parts(source: FaqVersion, target: FaqVersion) -> None:
    for figure in source.figures.all():
        references = [link.reference for link in figure.figuresource_set.all()]
        figure.pk, figure.version = None, target
        figure._state.adding = True
        figure.save()
        FigureSource.objects.bulk_create(FigureSource(figure=figure, reference=reference) for reference in references)
    for resource in source.resources.all():
        resource.pk, resource.version = None, target
        resource._state.adding = True
        resource.save()
