"""The policy of retention: what it says of itself, and of all that is stored."""

import pytest
from django.apps import apps
from django.db import models

from portal.retention.checks import policy_is_sound
from portal.retention.endings import ENDINGS, Ending
from portal.retention.policy import ROW, policy, problems, read

KIND = """
[kinds.letters]
name = "Letters"
why = "They are read."
days = 30
ends = {{"faq.remark" = ["text"]}}
{more}
[kept]
{kept}
"""
# Tables of content, of what is derived from it, and of how the portal is set up; nobody's words but staff's.
NO_RECORDS = {"accounts", "auth", "chrome", "contenttypes", "faq", "leaving", "retention", "search"}
# Tables in which what visitors do and write, or what people did at a moment, is recorded.
RECORDS = {
    *("faq.feedback", "faq.remark", "faq.tally", "faq.presence", "faq.wordimport", "faq.wordpicture", "faq.comment"),
    *("faq.invitation", "faq.reviewreminder", "search.searchevent", "search.searchgap", "chrome.consent"),
    *("contact.inquiry", "sessions.session", "audit.entry", "admin.logentry", "clock.chore"),
    *("safety.safetyflag", "safety.safetyevent"),
}
# Free text of records that are emptied, which stays for a reason.
STAYS = {
    "contact.inquiry": {"case_number": "it is what the organisation files a case under"},
    "faq.feedback": {},
    "faq.remark": {},
}


def policy_of(more="", kept=""):
    return read(KIND.format(more=more, kept=kept))


def test_the_policy_of_the_portal_is_sound():
    assert policy_is_sound() == []


@pytest.mark.parametrize("label", sorted(RECORDS))
def test_it_speaks_of_every_record(label):
    assert label in policy().models(), "say in portal/retention/policy.toml how long it is kept, or why it stays"


def test_no_table_is_of_an_app_that_nobody_thought_of():
    ours = {m._meta.app_label for m in apps.get_models() if m._meta.managed} - NO_RECORDS
    assert ours == {label.split(".")[0] for label in RECORDS} - NO_RECORDS


@pytest.mark.parametrize("label", sorted(STAYS))
def test_no_free_text_outlives_the_record_that_is_emptied(label):
    model = apps.get_model(label)
    free = {
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField) and not field.choices
    }
    emptied = {name for kind in policy().kinds.values() for name in kind.ends.get(label, []) if name != ROW}
    assert free - emptied == set(STAYS[label])


@pytest.mark.parametrize(
    ("more", "kept", "problem"),
    [
        ("", "", ""),
        ("", '"faq.remark" = "why not"', "faq.remark is kept, and ends with letters."),
        ("most = 50", "", "letters: what a market may choose has two bounds."),
        ("least = 40\nmost = 50", "", "letters: its days lie outside of its bounds."),
        ('market_field = "search_days"', "", "letters: either days or a field of the market says how long."),
    ],
)
def test_it_finds_what_is_wrong_in_a_policy(more, kept, problem):
    assert problems(policy_of(more, kept)) == ([problem] if problem else [])


@pytest.mark.parametrize(
    ("ends", "problem"),
    [
        ('"faq.nothing" = "row"', "letters: there is no model faq.nothing."),
        ('"faq.remark" = ["words"]', "letters: faq.remark has no field words."),
    ],
)
def test_the_check_names_what_is_not_there(monkeypatch, ends, problem):
    told = read(KIND.format(more="", kept="").replace('"faq.remark" = ["text"]', ends))
    monkeypatch.setattr("portal.retention.checks.policy", lambda: told)
    monkeypatch.setattr("portal.retention.checks.ENDINGS", [Ending("letters", None, None, True)])
    assert [error.msg for error in policy_is_sound()] == [problem]


def test_the_check_names_a_kind_that_nothing_ends_and_an_ending_of_no_kind(monkeypatch):
    monkeypatch.setattr("portal.retention.checks.ENDINGS", [*ENDINGS[1:], Ending("letters", None, None, True)])
    lost = ENDINGS[0].kind
    said = [error.msg for error in policy_is_sound()]
    assert "letters: an app ends it, and the policy does not know it." in said
    assert f"{lost}: no app says how its keeping ends." in said
