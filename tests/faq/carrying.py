"""What the tests of portable content share: a market that has everything, a wipe, and a look at two folders."""

import hashlib
import json
from datetime import UTC, date, datetime, time

from django.core.management import call_command
from django.db import connection

from faq import publishing, rendering, standing
from faq.models import DrugName, FaqVersion, Reference, ReviewRequest, Topic
from faq.portable import what
from faq.portable.checking import Checker
from faq.portable.folder import Folder
from faq.search.models import Synonym
from portal.accounts.models import User
from portal.chrome.models import ConsentText, Holiday, Market, NavLink, OpeningHours, Page, PageResource
from portal.contact.models import InquiryTopic
from portal.leaving.models import ExternalSite, LeavingNotice
from portal.retention.models import RetentionPeriod
from tests import cast
from tests.factories import (
    make_category,
    make_draft,
    make_drug,
    make_faq,
    make_figure,
    make_image,
    make_market,
    make_published,
    make_reference,
    make_resource,
)

TEXTS = {
    "job_code": "ALD-1",
    "trademark_line": "Names are trademarks.",
    "demonstration_notice": "A demonstration.",
    "safety_mailbox": "safety@aldermoor.example",
    "review_mailbox": "review@aldermoor.example",
    "gate": "attest",
    "gate_title": "Are you a professional?",
    "gate_text": "These pages are for professionals.\n\nBy going on you say that you are one.",
    "gate_accept_label": "I am",
    "gate_decline_label": "I am not",
    "gate_decline_page": "public-information",
    "time_zone": "Europe/London",
}
CITED = '<p>It is stable.<cite data-ref="{key}"></cite></p>'


def make_everything(code="us"):
    """A market with every kind of row, every field, and versions in every state."""
    market = make_market(code, **TEXTS)
    _surround(market)
    drug = _drug(market)
    answered = _answered(drug)
    for number, make in enumerate((_in_review, _approved, _imported, _empty, _draft, _reopened), start=1):
        make(make_faq(drug, content_id=f"{code.upper()}_cFAQ_{number}_{make.__name__.upper()}"))
    _withdrawn(make_faq(drug, content_id="X.withdrawn"), answered)
    _standing()
    return market


def _surround(market):
    OpeningHours.objects.create(market=market, weekday=0, opens=time(9), closes=time(18, 30))
    Holiday.objects.create(market=market, day=date(2026, 12, 25), name="Christmas Day")
    RetentionPeriod.objects.create(market=market, kind="remarks", days=365)
    NavLink.objects.create(market=market, place="footer", label="Science", address="/us/science/", order=3)
    ConsentText.objects.create(market=market, number=1, effective=date(2026, 1, 2), text="We ask: why?\n\nBecause.")
    section = Page.objects.create(market=market, slug="science", title="Science", body="<p>Lists.</p>", order=1)
    page = Page.objects.create(
        market=market, slug="public-information", title="Public", lead="For all.", body="<p>A. B.</p>", section=section
    )
    PageResource.objects.create(
        page=page, title="A poster", kind="poster", date=date(2026, 2, 3), congress="ASCO", url="https://example.org/p"
    )
    PageResource.objects.create(page=page, title="A talk", kind="video", note="30 min", order=2)
    InquiryTopic.objects.create(
        market=market, key="question", name="A question", hint="Any", kind="medical", mailbox="q@aldermoor.example",
        reply_within="two days", order=1,
    )  # fmt: skip
    site = ExternalSite.objects.create(host="doi.org", name="DOI", is_own=False)
    words = {"title": "Leaving", "body": "Not ours.", "continue_label": "Go on", "return_label": "Back"}
    LeavingNotice.objects.create(market=market, site=site, **words)
    LeavingNotice.objects.create(market=market, **words)
    Synonym.objects.create(market=market, language="en", kind="intent", typed="fridge", meant="storage", note="Asked.")


def _drug(market):
    drug = make_drug(
        market,
        category=make_category(market, description="All of them", order=2),
        generic_name="examplomab",
        summary="An antibody.",
        strengths="40 mg",
        prescribing_information_url="https://example.org/pi.pdf",
        boxed_warning="WARNING: infections.",
        standing_notice="Invented.",
    )
    DrugName.objects.create(drug=drug, name="EXA-1", kind="code")
    Topic.objects.create(market=market, name="Storage: cold/warm", order=4)
    return drug


def _answered(drug):
    """A question with a superseded and a published version, and a draft that goes on from there."""
    faq = make_faq(
        drug, topics=("Dosing", "Storage: cold/warm"), phrasings=("fridge?", "a cold: one"), common_id="stored"
    )
    first, second = make_reference("alpha-2024", DOI="10.1000/alpha"), make_reference("beta-2023")
    draft = make_draft(faq, body=CITED.format(key=first.key) + '<figure data-figure="curve"></figure>')
    make_figure(
        draft, sources=(second, first), note="n = 7", values_table="<table><tbody><tr><td>96%</td></tr></tbody></table>"
    )
    make_resource(draft, note="Invented", order=1)
    published = make_published(draft=draft)
    make_published(draft=publishing.revise(faq, by=cast.author()))
    open_one = publishing.revise(faq, by=cast.author())
    make_reference("gamma-2025")
    FaqVersion.objects.filter(pk=open_one.pk).update(body=CITED.format(key="gamma-2025"))
    _requests(faq, published, second)
    return faq


def _requests(faq, version, reference):
    asked = {"faq": faq, "due": date(2026, 12, 1), "asked_by": cast.author()}
    ReviewRequest.objects.create(cause="reference", reason="Changed.", reference=reference, **asked)
    closed = {"closed_at": datetime(2026, 11, 2, 3, 4, 5, 6, UTC), "closed_by": cast.approver()}
    ReviewRequest.objects.create(cause="asked", reason="Why?", closed_with=version, outcome="Stays.", **closed, **asked)


def _in_review(faq):
    publishing.submit(make_draft(faq), by=cast.author())


def _approved(faq):
    version = make_draft(faq)
    publishing.submit(version, by=cast.author())
    publishing.approve(version, by=cast.approver())


def _imported(faq):
    reference = make_reference("fallen-2020")
    draft = make_draft(
        faq, body=CITED.format(key=reference.key), author=None, imported_from="elsewhere.jsonl", last_reviewed=None
    )
    version = FaqVersion.objects.with_parts().get(pk=draft.pk)
    cited = publishing.render(version, rendering.wording_of(version))
    version.save()
    publishing.publish_imported([(version, cited)])


def _empty(faq):
    """A question that nobody has written anything for."""


def _draft(faq):
    draft = make_draft(faq, short_answer="", body="", last_reviewed=None, next_review=None)
    make_figure(draft, image=make_image(), description="", title="No words yet")
    FaqVersion.objects.filter(pk=draft.pk).update(review_comment="Say more.\nAnd sooner.")
    draft.writers.add(cast.author(), cast.administrator())


def _reopened(faq):
    """A draft that was sent back, then signed, and reopened."""
    version = make_draft(faq)
    publishing.submit(version, by=cast.author())
    publishing.send_back(version, by=cast.approver(), comment="Shorter.")
    publishing.submit(version, by=cast.author())
    publishing.approve(version, by=cast.approver())
    publishing.reopen(version, by=cast.author())


def _withdrawn(faq, other):
    version = make_published(faq, body=CITED.format(key="alpha-2024"))
    publishing.withdraw(version, by=cast.approver(), reason="It was wrong.", replaced_by=other)


def _standing():
    """What was cited fell since."""
    delta = make_reference("delta-2026")
    Reference.objects.filter(pk=delta.pk).update(formatted_override="Delta. In their own words.")
    User.objects.filter(username="bela").update(last_name="Bartók")
    told = {"by": cast.approver(), "due": date(2026, 12, 2)}
    standing.supersede(Reference.objects.get(key="beta-2023"), delta, reason="Final data.", **told)
    notice = "https://example.org/notice"
    for key in ("alpha-2024", "fallen-2020"):
        standing.retract(Reference.objects.get(key=key), reason="Made up.", notice_url=notice, **told)


def wipe():
    """Leaves a database as migrations do: the test alone may switch off what guards the content."""
    tables = [what.model(table)._meta for table in what.tables()]
    through = [field.remote_field.through._meta for meta in tables for field in meta.local_many_to_many]
    index = ("search_searchentry", "search_learntabbreviation", "search_searchname", "search_searchword")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("DELETE FROM search_synonym WHERE market_id IS NOT NULL")
        for table in dict.fromkeys((*index, *(meta.db_table for meta in (*through, *tables)))):
            if table != "search_synonym":
                cursor.execute(f"DELETE FROM {table}")
        cursor.execute("SET session_replication_role = DEFAULT")


def carry_out(folder, code="us", **options):
    """The folder of a market that was just exported."""
    call_command("export_content", code, str(folder), verbosity=0, **options)
    return folder / code


def carry_in(folder, **options):
    call_command("import_content", str(folder), **options)


def files(folder):
    """What lies in a folder, by path."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def seal(folder):
    """Lets the manifest vouch for what lies there now, as somebody would who tampers with more than one file."""
    path = folder / "manifest.json"
    told = json.loads(path.read_bytes())
    contents = {name: content for name, content in files(folder).items() if name != path.name}
    told["files"] = {name: hashlib.sha256(content).hexdigest() for name, content in contents.items()}
    path.write_text(json.dumps(told))


def edit(folder, name, before, after):
    """Changes a file and seals the folder."""
    path = folder / name
    content = path.read_text()
    assert before in content
    path.write_text(content.replace(before, after, 1))
    seal(folder)


def complaints(folder):
    """What a check finds."""
    return [str(problem) for problem in Checker(Folder(folder)).run()]


def hashes(market):
    rows = FaqVersion.objects.filter(faq__market__code=market).order_by("faq__content_id", "number")
    return list(rows.values_list("faq__content_id", "number", "status", "content_sha256"))


def markets():
    return list(Market.objects.values_list("code", flat=True))
