"""What the tests of the search index share."""

from faq import publishing
from faq.models import FaqVersion
from faq.search.checking import check
from faq.search.models import SearchEntry, SearchName, SearchWord
from tests import cast
from tests.factories import with_sources


def drift(**options):
    """What the check finds wrong with the index: names of kinds, each with the first few that are wrong."""
    return {kind.name: wrong.first for kind, wrong in check(**options).items()}


def entry_of(version):
    return SearchEntry.objects.get(faq=version.faq_id)


def counts(*words):
    """How many answers hold each of `words`, and how many outside of their body; nothing where no word is known."""
    known = {row.word: (row.answers, row.heads) for row in SearchWord.objects.filter(word__in=words)}
    return [known.get(word) for word in words]


def names_of(drug):
    return sorted(SearchName.objects.filter(drug=drug).values_list("key", flat=True))


def make_revision(version, **changes):
    """A further version in place of a published one."""
    draft = publishing.revise(version.faq, by=cast.author())
    FaqVersion.objects.filter(pk=draft.pk).update(what_changed="All.", **with_sources(changes))
    publishing.submit(draft, by=cast.author())
    publishing.approve(draft, by=cast.approver())
    publishing.publish(draft, by=cast.approver())
    return FaqVersion.objects.get(pk=draft.pk)


def withdraw(version):
    publishing.withdraw(version, by=cast.approver(), reason="Outdated.")


def put_back(version):
    """Withdraws an answer and leaves an entry of it behind, as an old backup might."""
    kept = {f"{field}_id": getattr(entry_of(version), f"{field}_id") for field in ("faq", "version", "drug", "market")}
    withdraw(version)
    SearchEntry.objects.create(**kept, recipe="x")
