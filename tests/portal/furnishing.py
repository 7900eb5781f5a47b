"""Rows of every kind that the admin shows."""

from datetime import date, timedelta

from django.utils import timezone

from faq import commenting, reviewing
from faq.admin import presence
from faq.models import FaqVersion, ReviewReminder
from faq.search.models import LearntAbbreviation, Rebuild, Synonym
from portal.chrome.models import Consent, ConsentText, Holiday, NavLink, OpeningHours, Page, PageResource
from portal.clock.models import Chore
from portal.leaving.models import ExternalSite, LeavingNotice
from portal.retention.models import RetentionPeriod
from tests import cast
from tests.factories import (
    make_draft,
    make_drug,
    make_faq,
    make_figure,
    make_market,
    make_published,
    make_reference,
    make_resource,
)
from tests.faq.remarking import make_remark
from tests.faq.searching import ask, make_event, miss
from tests.portal.flagging import make_flag


def make_one_of_everything(number: int = 1) -> FaqVersion:
    """One row of each kind, others for each `number`; the published version that many of them belong to."""
    _furnish(number)
    version = _answer(number)
    make_remark(version, reasons=["no-other"], searched="Storage")
    reviewing.ask_for(version.faq, reason="A new trial.", due=version.next_review, by=cast.approver())
    commenting.comment(version, "Still so?", by=cast.approver())
    ReviewReminder.objects.create(version=version, due=version.next_review, stage=ReviewReminder.Stage.SIXTY)
    Chore.objects.create(command=f"chore_{number}", begun_at=timezone.now(), machine="one")
    presence.tell(make_draft(), cast.author())
    make_flag()
    Synonym.objects.create(language="en", typed=f"out of fridge {number}", meant="storage")
    entry = version.faq.search_entry
    LearntAbbreviation.objects.get_or_create(entry=entry, short="CNS", long="central nervous system")
    # One may be under way at a time.
    Rebuild.objects.create(ended_at=None if number == 1 else timezone.now())
    _search(version, number)
    return version


def _furnish(number: int) -> None:
    market = make_market()
    NavLink.objects.create(market=market, place="header", label=f"Browse {number}", address="/us/")
    page = Page.objects.create(market=market, slug=f"terms-{number}", title="Terms", body="<p>Be kind.</p>")
    PageResource.objects.create(page=page, title="A poster", kind="poster")
    OpeningHours.objects.create(market=market, weekday=number % 7, opens="09:00", closes="17:00")
    RetentionPeriod.objects.create(market=make_market(f"m{number}"), kind="remarks", days=365)
    Holiday.objects.create(market=market, day=date(2026, 12, 25) + timedelta(number), name="Christmas")
    told = ConsentText.objects.create(market=market, number=number, text="We ask.")
    Consent.objects.create(market=market, text=told, remembers_reading=False, opted_out=True, by_signal=False)
    site = ExternalSite.objects.create(host=f"{number}.doi.org", name="DOI")
    LeavingNotice.objects.create(
        market=market, site=site, title="Leaving", body="Go?", continue_label="Go", return_label="Stay"
    )


def _answer(number: int) -> FaqVersion:
    """A published version with all its parts."""
    key = f"doe-{number}"
    reference = make_reference(key)
    faq = make_faq(make_drug(names=("Brand",)), topics=(f"Dosing {number}",), phrasings=("And so?",))
    draft = make_draft(faq, body=f'<p>See.<cite data-ref="{key}"></cite></p><figure data-figure="curve"></figure>')
    make_figure(draft, sources=(reference,))
    make_resource(draft)
    return make_published(draft=draft)


def _search(version: FaqVersion, number: int) -> None:
    """One search for each list: found and opened, not found, found in vain, opened in vain."""
    ask("And so?")
    miss(f"Does it glow {number}?")
    make_event(text="Why?", key="why")
    fields = {"text": "Why?", "key": "why", "faq": version.faq, "results": None, "answered": None}
    make_event(**fields, kind="opened")
    make_event(**fields, kind="unsatisfied")
