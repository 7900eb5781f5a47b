"""A version with all that its page shows, in few queries however much that is."""

from typing import NamedTuple

from django.db.models import Prefetch, Q, QuerySet, prefetch_related_objects

from faq import previewing, rendering
from faq.admin.figure import with_sources
from faq.models import FaqVersion, Figure
from faq.models.workflow import Status
from faq.rendering import Wording

_ROWS = (
    *("faq__drug__market", "faq__market"),
    *("author", "approver", "scheduled_by", "withdrawn_by", "word_import"),
)


class Fetched(NamedTuple):
    """A version with its parts; of one in review also the `published` one that visitors read meanwhile."""

    version: FaqVersion
    published: FaqVersion | None


class Stored(NamedTuple):
    """A version as the database holds it: its wording, unless it is approved, and what visitors are shown of it."""

    version: FaqVersion
    published: FaqVersion | None
    wording: Wording | None
    shown: previewing.Shown


def fetch(versions: QuerySet[FaqVersion], pk: int) -> Fetched | None:
    """The version `pk` of `versions` with its parts."""
    reviewed = FaqVersion.objects.filter(pk=pk, status=Status.IN_REVIEW).values("faq")
    # Together, for the parts of both come in the same few queries.
    wanted = versions.filter(Q(pk=pk) | Q(status=Status.PUBLISHED, faq__in=reviewed)).select_related(*_ROWS)
    figures = Prefetch("figures", with_sources(Figure.objects.order_by("order", "pk")))
    found = {row.pk: row for row in wanted.order_by().prefetch_related(figures, "resources", "writers")}
    version = found.pop(pk, None)
    if version is None:
        return None
    if version.content_sha256:
        prefetch_related_objects([version], previewing.citations())
    return Fetched(version, next(iter(found.values()), None))


def stored(fetched: Fetched) -> Stored:
    """`fetched` with what is made of its wording, made once for all that show it."""
    wording = None if fetched.version.content_sha256 else rendering.wording_of(fetched.version)
    return Stored(*fetched, wording, previewing.shown(fetched.version, wording))
