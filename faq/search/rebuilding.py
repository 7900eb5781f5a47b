"""Writes the index anew, some answers to a transaction: until an entry is replaced, searches find the one before.

Others publish and withdraw meanwhile, or rebuild as well: each batch is read once nobody else writes the index.
"""

from collections.abc import Callable, Iterator, Sequence

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from faq.models import FaqVersion
from faq.models.version import FaqVersionQuerySet
from faq.search import index
from faq.search.meaning import model, source
from faq.search.models import Rebuild, SearchEntry
from portal.chrome.models import Market

# Whoever publishes waits for a batch, so it takes a fraction of a second, the sentence model included.
BATCH = 50
_STRETCH = 1000

# Hears of how many answers were done.
Each = Callable[[int], object]


def stale() -> FaqVersionQuerySet:
    """Published versions that have no entry, one of another version, drug or market, or one made in another way."""
    entry = "faq__search_entry"
    wrong = Q(**{entry: None}) | ~Q(**{f"{entry}__version": F("pk")})
    wrong |= ~Q(**{f"{entry}__drug": F("faq__drug"), f"{entry}__market": F("faq__market")})
    has_model = model.state().is_on
    for market in Market.objects.all():
        made = Q(**{f"{entry}__recipe": index.recipe(market)})
        if has_model and source.speaks(market.language_tag):
            made &= Q(**{f"{entry}__model": source.IDENTITY})
        wrong |= Q(faq__market=market) & ~made
    return FaqVersion.objects.published().filter(wrong)


def gone() -> QuerySet[SearchEntry]:
    """Entries of FAQs that have no published answer."""
    published = FaqVersion.objects.published().filter(faq=OuterRef("faq"))
    return SearchEntry.objects.filter(~Exists(published)).order_by("pk")


def batches(size: int = BATCH) -> Iterator[list[tuple[int, int]]]:
    """All published versions as their own key and that of their FAQ, in order of the latter, `size` at a time."""
    position = 0
    while keys := list(_after(position).values_list("pk", "faq")[:size]):
        yield keys
        position = keys[-1][1]


def _after(position: int) -> FaqVersionQuerySet:
    # By the column: by the relation, Django orders as FAQs are listed.
    return FaqVersion.objects.published().filter(faq__gt=position).order_by("faq_id")


def write_stale(each: Each = lambda _: None) -> int:
    """Writes what is stale; returns how many answers that were. `each` hears of how many were looked at."""
    todo, position, count = stale(), 0, 0
    # In stretches, each of which the database finds by an index: there may be few among a million.
    for keys in batches(_STRETCH):
        end = keys[-1][1]
        while written := _write_next(todo.filter(faq__lte=end), position):
            position = written[-1]
            count += len(written)
        position = end
        each(len(keys))
    return count


@transaction.atomic
def _write_next(todo: FaqVersionQuerySet, position: int) -> Sequence[int]:
    """Writes the first of `todo` after the FAQ `position`; returns their FAQs."""
    index.wait()
    versions = list(todo.filter(faq__gt=position).order_by("faq_id").only("pk", "faq")[:BATCH])
    index.refresh(index.for_index(versions))
    return [version.faq_id for version in versions]


@transaction.atomic
def begin(*, anew: bool = False) -> Rebuild:
    """The rebuild that was stopped before its end, from the start if `anew`; a new one where none was."""
    index.wait()
    if anew:
        Rebuild.objects.filter(ended_at=None).delete()
    rebuild, _ = Rebuild.objects.get_or_create(ended_at=None)
    return rebuild


def ahead(rebuild: Rebuild) -> FaqVersionQuerySet:
    """The published versions that `rebuild` has still to write."""
    return _after(rebuild.position)


def write_all(rebuild: Rebuild, each: Each = lambda _: None) -> int:
    """Takes `rebuild` to its end, together with others who may do the same; returns how many answers it wrote itself.

    What was written before it was stopped may be stale by now; `write_stale` finds that.
    """
    count = 0
    while written := _go_on(rebuild):
        count += written
        each(written)
    return count


@transaction.atomic
def _go_on(rebuild: Rebuild) -> int:
    index.wait()
    current = Rebuild.objects.filter(pk=rebuild.pk, ended_at=None).first()
    if current is None:
        return 0
    keys = _write_next(ahead(current), current.position)
    if keys:
        current.position = keys[-1]
    else:
        current.ended_at = timezone.now()
    current.save()
    return len(keys)


def remove_gone() -> int:
    """Removes the entries of FAQs that have no published answer; returns how many."""
    count = 0
    while removed := _remove_next():
        count += removed
    return count


@transaction.atomic
def _remove_next() -> int:
    index.wait()
    faqs = list(gone().values_list("faq", flat=True)[:BATCH])
    index.remove(*faqs)
    return len(faqs)
