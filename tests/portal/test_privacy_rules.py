"""What the database refuses to do to a privacy choice, and when its record may go."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from portal.chrome.models import Consent, ConsentText
from portal.retention.policy import policy
from tests.factories import make_market
from tests.portal.choosing import make_consent, make_consent_text

pytestmark = pytest.mark.django_db


def assert_refused(action, message):
    with pytest.raises(DatabaseError, match=message), transaction.atomic():
        action()


def run(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_a_choice_is_neither_changed_nor_deleted():
    consent = make_consent()
    assert_refused(lambda: Consent.objects.update(opted_out=True), "UPDATE of chrome_consent is refused")
    assert_refused(consent.delete, "DELETE of chrome_consent is refused")
    assert_refused(lambda: run("DELETE FROM chrome_consent"), "DELETE of chrome_consent is refused")


def test_choices_are_not_truncated():
    make_consent()
    run("SET CONSTRAINTS ALL IMMEDIATE")
    run("ALTER TABLE chrome_consent ENABLE TRIGGER consent_is_never_truncated")
    assert_refused(lambda: run("TRUNCATE chrome_consent"), "TRUNCATE of chrome_consent is refused")


def test_a_text_changes_until_somebody_answered_it():
    text = make_consent_text()
    ConsentText.objects.update(text="Better.")
    make_consent(text)
    assert_refused(lambda: ConsentText.objects.update(text="Worse."), "has been answered and cannot be changed")
    assert_refused(lambda: ConsentText.objects.update(number=2), "has been answered and cannot be changed")
    # Loaded once more as it is, it changes nothing.
    ConsentText.objects.update(text="Better.")


def test_a_text_that_was_answered_is_not_deleted():
    text = make_consent().text
    with pytest.raises(IntegrityError), transaction.atomic():
        run(f"DELETE FROM chrome_consenttext WHERE id = {text.pk}; SET CONSTRAINTS ALL IMMEDIATE")


def test_a_choice_rests_on_a_text_of_its_own_market():
    foreign = make_consent_text(1, make_market("de"))
    run("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError, match="consent_is_in_the_market_of_its_text"), transaction.atomic():
        make_consent(foreign, market=make_market("us"))


def test_records_go_after_three_years(capsys):
    text = make_consent_text()
    kept = timedelta(days=policy().kinds["consents"].days)
    make_consent(text, decided_at=timezone.now() - kept - timedelta(days=1))
    young = make_consent(text, decided_at=timezone.now() - kept + timedelta(days=1))
    call_command("apply_retention")
    assert list(Consent.objects.all()) == [young]
    assert "Proof of privacy choices: 1 ended\n" in capsys.readouterr().out
