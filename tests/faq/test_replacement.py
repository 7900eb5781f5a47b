"""What stands at the address of a withdrawn answer, and where it leads."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction

from faq import publishing
from faq.models import Faq
from tests import cast
from tests.factories import make_draft, make_drug, make_faq, make_market, make_published
from tests.faq.administering import page as admin_page
from tests.faq.administering import press

pytestmark = pytest.mark.django_db


def withdrawn(faq=None, replaced_by=None, **changes):
    """The question of an answer that was withdrawn."""
    version = make_published(faq, **changes)
    publishing.withdraw(version, by=cast.approver(), reason="An internal reason.", replaced_by=replaced_by)
    return Faq.objects.get(pk=version.faq_id)


@transaction.atomic
def replace(faq, other):
    Faq.objects.filter(pk=faq.pk).update(replaced_by=other)
    connection.check_constraints()


def page(client, faq):
    response = client.get(faq.get_absolute_url())
    assert response.status_code == 410
    return response.content.decode()


def test_it_leads_to_where_the_question_is_answered_now(client):
    other = make_published(question="How is it kept today?")
    text = page(client, withdrawn(replaced_by=other.faq, question="Was it withdrawn?"))
    assert "Where this is answered now" in text
    assert "How is it kept today?" in text
    assert f'href="{other.get_absolute_url()}"' in text
    assert "Was it withdrawn?" not in text
    assert "An internal reason." not in text


def test_it_says_when_the_answer_was_withdrawn(client):
    faq = withdrawn()
    day = faq.versions.get().withdrawn_at
    assert f"was withdrawn on {day:%B} {day.day}, {day.year}" in page(client, faq)


def test_it_shows_no_replacement_that_is_not_answered(client):
    drug = make_drug()
    faq = withdrawn(make_faq(drug), replaced_by=make_draft(make_faq(drug), question="A secret plan?").faq)
    near = make_published(make_faq(drug), question="Something near?")
    text = page(client, faq)
    assert "A secret plan?" not in text
    assert "Where this is answered now" not in text
    assert f'href="{near.get_absolute_url()}"' in text


def test_it_follows_replacements_that_were_replaced_themselves(client):
    last = make_published(question="The last one?")
    between = withdrawn(replaced_by=last.faq, question="The one between?")
    faq = withdrawn(question="The first one?")
    Faq.objects.filter(pk=faq.pk).update(replaced_by=between)
    text = page(client, faq)
    assert "The last one?" in text
    assert "The one between?" not in text


def test_it_does_not_run_in_circles(client):
    one, two = withdrawn(), withdrawn()
    Faq.objects.filter(pk=one.pk).update(replaced_by=two)
    Faq.objects.filter(pk=two.pk).update(replaced_by=one)
    assert "Where this is answered now" not in page(client, one)


def test_it_leads_to_the_nearest_answers_of_the_drug(client):
    drug = make_drug()
    far = make_published(make_faq(drug, number=5000), question="Far?")
    near = make_published(make_faq(drug, number=2001), question="Near?")
    same = make_published(make_faq(drug, ("Dosing",), number=9000), question="Same topic?")
    make_published(question="Another drug?")
    text = page(client, withdrawn(make_faq(drug, ("Dosing", "Safety"), number=2000), question="Gone?"))
    places = [text.find(f'href="{version.get_absolute_url()}"') for version in (same, near, far)]
    assert -1 not in places
    assert places == sorted(places)
    assert "Another drug?" not in text
    assert "Gone?" not in text


@pytest.mark.parametrize(("status", "shown"), [("on-label", False), ("off-label", True)])
def test_it_promotes_nothing_beyond_the_label_that_was_not_asked_for(client, status, shown):
    drug = make_drug()
    make_published(make_faq(drug, label_status="off-label"), question="Beyond the label?")
    assert ("Beyond the label?" in page(client, withdrawn(make_faq(drug, label_status=status)))) is shown


def test_it_leads_to_the_drug_in_any_case(client):
    faq = withdrawn()
    assert f'href="{faq.drug.get_absolute_url()}"' in page(client, faq)


def test_it_shows_the_answer_again_that_was_published_anew_whatever_replaced_it(client):
    faq = withdrawn(replaced_by=make_published().faq)
    make_published(draft=publishing.revise(faq, by=cast.author()))
    assert client.get(faq.get_absolute_url()).status_code == 200


def test_a_replacement_is_another_question_of_the_same_market():
    version = make_published()
    elsewhere = make_published(make_faq(make_drug(make_market("de")))).faq
    for other in (version.faq, elsewhere):
        with pytest.raises(ValueError, match="another one of the same market"):
            publishing.withdraw(version, by=cast.approver(), reason="Wrong.", replaced_by=other)
        with pytest.raises(ValidationError, match="another question of the same market"):
            Faq(pk=version.faq.pk, drug=version.faq.drug, content_id="X", replaced_by=other).clean()
    version.refresh_from_db()
    assert (version.status, version.faq.replaced_by) == ("published", None)


def test_the_database_knows_it_too():
    faq, elsewhere = make_faq(), make_faq(make_drug(make_market("de")))
    for other, rule in ((faq, "faq_is_not_its_own_replacement"), (elsewhere, "faq_is_replaced_in_its_own_market")):
        with pytest.raises(DatabaseError, match=rule):
            replace(faq, other)


def test_nobody_names_a_replacement_who_may_not_withdraw():
    version, other = make_published(), make_faq()
    with pytest.raises(PermissionDenied):
        publishing.withdraw(version, by=cast.author(), reason="Wrong.", replaced_by=other)
    assert Faq.objects.get(pk=version.faq_id).replaced_by is None


def test_staff_name_it_when_they_withdraw(approver):
    version, other = make_published(), make_published(question="The new one?").faq
    assert 'name="replaced_by"' in approver.get(admin_page(version)).content.decode()
    press(approver, version, "withdraw", words="It was wrong.", replaced_by=other.pk)
    assert Faq.objects.get(pk=version.faq_id).replaced_by == other
    history = approver.get(f"/admin/faq/faqversion/{version.pk}/history/").content.decode()
    assert f"Withdrawn. It was wrong. Answered now by {other.content_id}." in history


def test_staff_find_filled_in_what_was_named_before_and_may_empty_it(approver):
    faq = withdrawn(replaced_by=make_published(question="The new one?").faq)
    version = make_published(draft=publishing.revise(faq, by=cast.author()))
    assert f'<option value="{faq.replaced_by_id}" selected>' in approver.get(admin_page(version)).content.decode()
    press(approver, version, "withdraw", words="It was wrong.", replaced_by="")
    assert Faq.objects.get(pk=faq.pk).replaced_by is None


@pytest.mark.parametrize("chosen", ["0", "x", "99999999999999999999"])
def test_staff_cannot_name_what_is_not_there(approver, chosen):
    version = make_published()
    text = press(approver, version, "withdraw", words="It was wrong.", replaced_by=chosen).content.decode()
    assert "There is no such question" in text
    version.refresh_from_db()
    assert version.status == "published"


def test_staff_name_it_later_on_the_question_if_they_may_withdraw(client):
    faq, other = withdrawn(), make_published().faq
    fields = {"drug": faq.drug_id, "content_id": faq.content_id, "slug": faq.slug, "label_status": faq.label_status}
    counts = {f"{part}-{count}_FORMS": 0 for part in ("other_phrasings", "versions") for count in ("TOTAL", "INITIAL")}
    for member, expected in ((cast.author, None), (cast.administrator, other)):
        client.force_login(member())
        client.post(f"/admin/faq/faq/{faq.pk}/change/", {**fields, **counts, "replaced_by": other.pk})
        assert Faq.objects.get(pk=faq.pk).replaced_by == expected
