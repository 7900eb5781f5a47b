"""Exports as reviewers ask for them on a list: who may, of what, and what becomes of the file."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from faq.feedback_export import making
from faq.feedback_export.making import Counts
from faq.models import ExportPart, Feedback, FeedbackExport
from tests import cast
from tests.faq.exporting import (
    ALL_FORMATS,
    GIVEN,
    REMARKS,
    VOTES,
    logged,
    make_remark,
    make_version,
    make_vote,
    numbers,
    read,
)

pytestmark = pytest.mark.django_db
State = FeedbackExport.State


@pytest.fixture
def reviewer(client):
    client.force_login(cast.feedback_reviewer())
    return client


@pytest.fixture
def apart(monkeypatch):
    """Every file is large; what would make it is only noted."""
    begun = []
    monkeypatch.setattr(making, "SMALL", -1)
    process = SimpleNamespace(wait=lambda: begun)
    monkeypatch.setattr(making.subprocess, "Popen", lambda command, **_: begun.append(command) or process)
    return begun


def ask(client, place=VOTES, query="", form="jsonl"):
    return client.post(f"{place}export/?{query}", {"format": form})


def fetched(client, response):
    return b"".join(client.get(response["Location"]).streaming_content)


@pytest.mark.parametrize(
    ("person", "sees", "exports"),
    [("feedback_reviewer", 200, 302), ("administrator", 200, 302), ("author", 200, 403), ("stranger", 302, 302)],
)
@pytest.mark.parametrize("place", [VOTES, REMARKS])
def test_seeing_and_exporting_are_rights_of_their_own(client, person, sees, exports, place):
    client.force_login(getattr(cast, person)())
    assert client.get(place).status_code == sees
    assert ask(client, place).status_code == exports
    assert FeedbackExport.objects.exists() == (person in {"feedback_reviewer", "administrator"})
    offered = b"Export all that fits" in client.get(place).content
    assert offered == (person in {"feedback_reviewer", "administrator"})


def test_nobody_exports_who_may_not_see_the_list(client):
    handler = cast.inquiry_handler()
    handler.user_permissions.add(Permission.objects.get(codename="export_feedback"))
    client.force_login(handler)
    assert ask(client).status_code == 403


@pytest.mark.parametrize("form", ALL_FORMATS)
def test_a_small_file_is_there_at_once(reviewer, form):
    votes = [make_vote(make_version()).pk]
    response = ask(reviewer, form=form)
    assert numbers(fetched(reviewer, response), form) == votes
    file = reviewer.get(response["Location"])
    export = FeedbackExport.objects.get()
    assert file["Content-Disposition"] == f'attachment; filename="{export.file_name}"'
    assert int(file["Content-Length"]) == len(b"".join(file.streaming_content)) == export.size
    assert {"private", "no-store"} <= set(file["Cache-Control"].split(", "))


@pytest.mark.parametrize(
    "query",
    [
        "",
        "satisfied__exact=0",
        "device__exact=phone",
        "version__faq__market__id__exact={market}",
        "version__faq__drug__id__exact={drug}&satisfied__exact=1",
        "o=-1&p=1",
    ],
)
def test_it_takes_exactly_what_the_list_shows(reviewer, query):
    versions = make_version(), make_version("de", "Europe/Berlin", drug="Tarvane")
    for version in versions:
        for satisfied, device in ((True, "phone"), (False, "tablet"), (True, "tablet")):
            make_vote(version, satisfied=satisfied, device=device)
    query = query.format(market=versions[1].faq.market_id, drug=versions[0].faq.drug_id)
    shown = [vote.pk for vote in reviewer.get(f"{VOTES}?{query}").context["cl"].queryset]
    content = fetched(reviewer, ask(reviewer, query=query))
    assert [row["vote"] for row in read(content, "jsonl")] == shown
    assert 0 < len(shown) <= 6


def test_it_takes_all_pages_of_a_list(reviewer):
    version = make_version()
    Feedback.objects.bulk_create([Feedback(version=version, satisfied=True, given_at=GIVEN) for _ in range(60)])
    assert len(reviewer.get(VOTES).context["cl"].result_list) == 50
    assert len(numbers(fetched(reviewer, ask(reviewer)))) == 60


def test_it_takes_what_a_search_found(reviewer):
    vote = make_vote(make_version())
    remark = make_remark(vote, "The table is wide.")
    make_remark(vote, "Fine.")
    content = fetched(reviewer, ask(reviewer, REMARKS, "q=table"))
    assert numbers(content, name="remark") == [remark.pk]
    assert logged(action="exported")[0][2]["filter"] == {"search": "table"}


def test_a_list_that_cannot_be_shown_is_not_exported(reviewer):
    response = ask(reviewer, query="satisfied__exact=perhaps")
    assert response["Location"] == f"{VOTES}?satisfied__exact=perhaps"
    assert not FeedbackExport.objects.exists()
    assert ask(reviewer, query="version__author__password__startswith=a").status_code == 400
    assert ask(reviewer, form="exe").status_code == 404


def test_what_was_left_out_is_seen_before_the_file(reviewer):
    make_remark(make_vote(make_version(export_flagged="left-out")))
    response = ask(reviewer, REMARKS)
    page = reviewer.get(response["Location"]).content.decode()
    assert "1 remark left out." in page
    assert "file/" in page


def test_a_large_file_is_made_apart_and_told_of_while_it_is(reviewer, apart):
    make_vote(make_version())
    response = ask(reviewer)
    export = FeedbackExport.objects.get()
    assert apart[0][-2:] == ["make_feedback_export", str(export.pk)]
    assert response["Location"] == f"{VOTES}export/{export.pk}/"
    page = reviewer.get(response["Location"]).content.decode()
    assert "Waiting for the first of 1 rows" in page
    assert '<noscript><meta http-equiv="refresh"' in page
    making.make(export)
    page = reviewer.get(response["Location"]).content.decode()
    assert f"export/{export.pk}/file/" in page
    assert "refresh" not in page
    assert b"<progress" not in reviewer.get(f"{response['Location']}progress/").content


def test_progress_is_what_its_maker_last_told(reviewer, apart):
    make_vote(make_version())
    address = ask(reviewer)["Location"]
    FeedbackExport.objects.update(state=State.MAKING, expected=4000, written=1000, left_out=5)
    page = reviewer.get(f"{address}progress/").content.decode()
    assert "1,005 of 4,000 rows written" in page
    assert '<progress id="export-progress" max="4000" value="1005">' in page


def test_the_process_of_its_own_makes_the_file(reviewer, apart, monkeypatch):
    monkeypatch.setattr("os.nice", apart.append)
    vote = make_vote(make_version())
    address = ask(reviewer, query="satisfied__exact=1")["Location"]
    call_command("make_feedback_export", str(FeedbackExport.objects.get().pk))
    content = b"".join(reviewer.get(f"{address}file/").streaming_content)
    assert numbers(content) == [vote.pk]


def test_a_stopped_export_leaves_nothing_but_its_entry(reviewer, apart):
    make_vote(make_version())
    address = ask(reviewer)["Location"]
    export = FeedbackExport.objects.get()
    FeedbackExport.objects.update(state=State.MAKING)
    reviewer.post(f"{address}stop/")
    with pytest.raises(making.Stopped):
        making._tell(export, Counts(1))
    assert "Stopped" in reviewer.get(address).content.decode()
    assert reviewer.get(f"{address}file/").status_code == 404


def test_an_export_that_is_stopped_while_it_is_made_is_deleted(reviewer, apart, monkeypatch):
    make_vote(make_version())
    ask(reviewer)
    export, shown = FeedbackExport.objects.get(), making.shown
    monkeypatch.setattr(making, "shown", lambda *given: making.stop(export) or shown(*given))
    making.make(export)
    assert FeedbackExport.objects.get().state == State.STOPPED
    assert not ExportPart.objects.exists()
    assert [action for action, *_ in logged()] == ["export begun", "export broken off"]


def test_an_export_that_fails_says_so_and_is_deleted(reviewer, apart, monkeypatch):
    make_vote(make_version())
    address = ask(reviewer)["Location"]
    monkeypatch.setattr(making._Parts, "finish", lambda _parts: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        making.make(FeedbackExport.objects.get())
    assert "Broken off" in reviewer.get(address).content.decode()
    assert not ExportPart.objects.exists()


def test_an_export_of_which_nothing_is_heard_any_more_has_failed(reviewer, apart):
    make_vote(make_version())
    address = ask(reviewer)["Location"]
    FeedbackExport.objects.update(state=State.MAKING, heard_at=timezone.now() - timedelta(minutes=5))
    assert "Broken off" in reviewer.get(address).content.decode()
    [(action, who, told)] = logged()
    assert (action, who) == ("export broken off", "Chen (chen)")
    assert told["because"] == "nothing was heard of who made it"


def test_one_person_makes_one_file_at_a_time(reviewer, apart):
    make_vote(make_version())
    ask(reviewer)
    response = ask(reviewer)
    assert response["Location"] == f"{VOTES}?"
    assert FeedbackExport.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        FeedbackExport.objects.create(kind="votes", form="csv", asked_by=cast.feedback_reviewer(), expected=1)


def test_a_file_is_for_who_asked_for_it(reviewer, client):
    make_vote(make_version())
    address = ask(reviewer)["Location"].removesuffix("file/")
    client.force_login(cast.administrator())
    for page in ("", "progress/", "file/", "dictionary/"):
        assert client.get(f"{address}{page}").status_code == 404
    assert client.post(f"{address}stop/").status_code == 404


def test_a_file_is_gone_with_the_right_to_it_and_after_a_day(reviewer):
    make_vote(make_version())
    address = ask(reviewer)["Location"]
    person = cast.feedback_reviewer()
    person.groups.clear()
    assert reviewer.get(address).status_code == 403
    FeedbackExport.objects.update(asked_at=timezone.now() - timedelta(hours=25))
    call_command("forget_exports")
    assert not FeedbackExport.objects.exists()
    assert not ExportPart.objects.exists()


def test_a_large_file_is_kept_and_sent_in_parts(reviewer, monkeypatch):
    monkeypatch.setattr(making, "PART", 100)
    monkeypatch.setattr("faq.feedback_export.formats.PIECE", 50)
    version = make_version()
    votes = [make_vote(version).pk for _ in range(20)]
    response = ask(reviewer)
    assert ExportPart.objects.count() >= 20
    assert numbers(fetched(reviewer, response)) == votes


def test_the_trail_tells_who_fetched_a_file(reviewer):
    make_vote(make_version())
    fetched(reviewer, ask(reviewer))
    assert [(action, who) for action, who, _ in logged()] == [
        ("export begun", "Chen (chen)"),
        ("exported", "Chen (chen)"),
        ("fetched", "Chen (chen)"),
    ]


def test_the_trail_tells_that_a_client_went_away(reviewer, monkeypatch):
    monkeypatch.setattr(making, "PART", 10)
    monkeypatch.setattr("faq.feedback_export.formats.PIECE", 10)
    make_vote(make_version())
    make_vote(make_version("de", "Europe/Berlin", drug="Tarvane"))
    ask(reviewer)
    sending = making.sent(FeedbackExport.objects.get())
    next(sending), next(sending)
    sending.close()
    action, who, told = logged()[-1]
    assert (action, who) == ("fetching broken off", "Chen (chen)")
    assert 0 < told["bytes"] < told["of bytes"]


@pytest.mark.parametrize("place", [VOTES, REMARKS])
def test_the_dictionary_is_a_page_and_a_file(reviewer, place):
    make_remark(make_vote(make_version()))
    page = reviewer.get(f"{place}export/dictionary/").content.decode()
    assert "label_status" in page
    address = ask(reviewer, place)["Location"].removesuffix("file/")
    text = reviewer.get(f"{address}dictionary/").content.decode("utf-8-sig")
    assert "number of rows,,1" in text
    assert "made by,,Chen" in text
