"""Versions with something in every place that their page has, as often as a test asks for."""

from dataclasses import asdict
from datetime import date

from faq import commenting, inviting, publishing, reviewing, standing
from faq.models import ReviewRequest, WordImport
from faq.models.workflow import Status
from faq.word.report import LOOK, Item
from tests import cast
from tests.factories import make_draft, make_drug, make_faq, make_figure, make_published, make_reference, make_resource
from tests.faq.remarking import make_remark

DUE = date(2099, 1, 1)
_APPROVED = [Status.IN_REVIEW, Status.APPROVED]
# Through which states a version comes to each.
_WAYS = {
    Status.DRAFT: [],
    Status.IN_REVIEW: [Status.IN_REVIEW],
    Status.APPROVED: _APPROVED,
    Status.PUBLISHED: [*_APPROVED, Status.PUBLISHED],
    Status.SUPERSEDED: [*_APPROVED, Status.PUBLISHED, Status.SUPERSEDED],
    Status.WITHDRAWN: [*_APPROVED, Status.PUBLISHED, Status.WITHDRAWN],
}
_MOVES = {
    Status.IN_REVIEW: lambda version: publishing.submit(version, by=cast.author()),
    Status.APPROVED: lambda version: publishing.approve(version, by=cast.approver()),
    Status.PUBLISHED: lambda version: publishing.publish(version, by=cast.approver()),
    Status.SUPERSEDED: lambda version: make_published(version.faq),
    Status.WITHDRAWN: lambda version: publishing.withdraw(version, by=cast.approver(), reason="Outdated."),
}


def make_crowded(status, size):
    """A version in `status` after a published one, with `size` times whatever its page shows several of."""
    faq = make_faq(make_drug(names=[f"Brand {number}" for number in range(size)]), topics=("Dosing",))
    _hear(make_published(faq), size)
    version = _written(faq, size)
    report = [asdict(Item(LOOK, "It was set in red.", f"Part {number}")) for number in range(size)]
    WordImport.objects.create(
        faq=faq, version=version, file_name="a.docx", sha256="0" * 64, report=report, made_by=cast.author()
    )
    for _ in range(size):
        _go(version, _APPROVED)
        publishing.send_back(version, by=cast.approver(), comment="Say more.")
    _say(version, size)
    _go(version, _WAYS[status])
    for number in range(size):
        reviewing.ask([faq], ReviewRequest.Cause.ASKED, reason=f"A trial {number}.", due=DUE, by=cast.approver())
    return version


def _hear(version, size):
    """Votes with reasons, after searches, and with remarks below them."""
    for number in range(size):
        make_remark(version, f"Remark {number}", reasons=["no-unclear"], searched=f"search {number}")


def _written(faq, size):
    """A draft with sources that were superseded, with figures, and with links to other answers."""
    references = [_superseded() for _ in range(4 * size)]
    linked = [make_published(make_faq(faq.drug)) for _ in range(size)]
    cites = "".join(f'<p>See.<cite data-ref="{reference.key}"></cite></p>' for reference in references)
    links = "".join(f'<p><a href="{other.get_absolute_url()}">There</a>.</p>' for other in linked)
    figures = "".join(f'<figure data-figure="curve-{number}"></figure>' for number in range(size))
    draft = make_draft(faq, body=f"<h2>Storage</h2>{cites}{links}{figures}", what_changed="New data.", next_review=DUE)
    draft.writers.add(cast.author())
    for number in range(size):
        make_figure(draft, key=f"curve-{number}", sources=references[2 * number : 2 * number + 2])
        make_resource(draft, title=f"A poster {number}")
    return draft


def _superseded():
    reference = make_reference()
    standing.supersede(reference, make_reference(), by=cast.approver(), reason="Final results.", due=DUE)
    return reference


def _go(version, states):
    for state in states:
        version.refresh_from_db()
        _MOVES[state](version)
    version.refresh_from_db()


def _say(version, size):
    """Threads that are open, answered and resolved, and one that was carried on from the version before."""
    author, approver = cast.author(), cast.approver()
    before = version.faq.versions.get(number=version.number - 1)
    for number in range(size):
        inviting.invite(version, f"Reviewer {number}", by=author, days=5)
        commenting.carry_on(commenting.comment(before, "Still so?", by=approver), by=author)
        commenting.answer(commenting.comment(version, "Why?", by=approver, quote="Store it"), "So.", by=author)
        commenting.resolve(commenting.comment(version, "Check.", by=approver), by=author, outcome="Checked.")
