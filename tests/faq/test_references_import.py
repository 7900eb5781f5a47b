"""Adding references from a citation file: what is proposed, what is added, and what is kept for another go."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from faq.models import Reference
from tests import cast
from tests.factories import make_reference

pytestmark = pytest.mark.django_db
IMPORT = "/admin/faq/reference/import/"
RIS = """TY  - JOUR
AU  - Jhaveri, Komal L
TI  - Imlunestrant with or without abemaciclib
PY  - 2025
DO  - 10.1056/NEJMoa2410858
ER  -
TY  - JOUR
AU  - Jhaveri, Komal L
TI  - Another study
PY  - 2025
ER  -
TY  - JOUR
TI  -
ER  -
"""


def read(client, text=RIS, **data):
    return client.post(IMPORT, {"text": text, **data})


def decide(client, text=RIS, **choices):
    return client.post(IMPORT, {"text": text, "decided": "1", **choices})


def proposals(response):
    return response.context["proposals"]


def test_it_shows_each_entry_and_adds_nothing_yet(author):
    response = read(author)
    found = [(proposal.key, proposal.choice, proposal.entry.problems) for proposal in proposals(response)]
    assert found == [
        ("jhaveri-2025", "add", []),
        ("jhaveri-2025-2", "add", []),
        ("source", "skip", ["title is missing."]),
    ]
    assert "Jhaveri KL. Another study. Published online 2025." in response.content.decode()
    assert not Reference.objects.exists()


def test_it_reads_a_file_of_any_encoding(author):
    for encoding in ("utf-8-sig", "utf-16", "cp1252"):
        file = SimpleUploadedFile("a.ris", "TY  - JOUR\nTI  - Über ß\n".encode(encoding))
        response = author.post(IMPORT, {"text": "", "file": file})
        assert proposals(response)[0].entry.item["title"] == "Über ß"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"text": ""}, "This is no RIS"),
        ({"text": "hello"}, "This is no RIS"),
        ({"text": RIS, "file": SimpleUploadedFile("a.ris", b"x")}, "not both"),
        ({"text": "TY  - JOUR\n" * 401}, "more than 400 entries"),
        ({"file": SimpleUploadedFile("a.ris", b"\x00" * 4_000_000)}, "larger than a citation file"),
    ],
)
def test_it_says_what_it_cannot_read(author, data, told):
    response = author.post(IMPORT, data)
    assert told in response.content.decode()


def test_it_adds_what_was_chosen_under_the_keys_that_were_given(author):
    response = decide(author, **{"choice-0": "add", "key-0": "ember-3", "choice-1": "skip", "choice-2": "add"})
    assert list(Reference.objects.values_list("key", "doi")) == [("ember-3", "10.1056/NEJMoa2410858")]
    assert [proposal.number for proposal in response.context["left"]] == [2, 3]
    assert "TI  - Another study" in response.context["left_text"]
    again = read(author, response.context["left_text"])
    assert len(proposals(again)) == 2


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        (("taken", "free"), "This key is taken."),
        (("same", "same"), "This key is taken."),
        (("Bad Key", "free"), "A key has lower-case letters"),
        (("", "free"), "A key has lower-case letters"),
    ],
)
def test_a_key_that_will_not_do_adds_nothing_and_is_told(author, keys, told):
    make_reference("taken")
    choices = {f"choice-{place}": "add" for place in (0, 1)} | {f"key-{place}": key for place, key in enumerate(keys)}
    response = decide(author, **choices)
    assert told in response.content.decode()
    assert Reference.objects.count() == 1
    assert [proposal.key for proposal in proposals(response)][:2] == list(keys)


def test_it_proposes_what_the_library_has(author):
    held = make_reference("ember-3", DOI="10.1056/nejmoa2410858")
    response = read(author)
    (like,) = proposals(response)[0].alike
    assert (like.reference, like.why, proposals(response)[0].choice) == (held, "the same DOI", f"use-{held.pk}")
    done = decide(author, **{"choice-0": f"use-{held.pk}"})
    assert done.context["kept"][0][0] == held
    assert Reference.objects.count() == 1


def test_it_tells_of_an_entry_that_stands_twice(author):
    response = read(author, RIS + RIS.replace("Komal L", "K L"))
    assert proposals(response)[3].entry.remarks == ["Looks like entry 1 of this text."]
    assert proposals(response)[3].choice == "skip"


def test_nobody_chooses_a_reference_that_was_not_proposed(author):
    other = make_reference()
    response = decide(author, **{"choice-0": f"use-{other.pk}"})
    assert response.context["kept"] == []


def test_only_those_who_may_add_references_do_so(client):
    for person, status in ((cast.author, 200), (cast.administrator, 200), (cast.approver, 403), (cast.stranger, 302)):
        client.force_login(person())
        assert client.get(IMPORT).status_code == status


def test_four_hundred_entries_cost_few_queries(author, django_assert_max_num_queries):
    text = "".join(f"TY  - JOUR\nAU  - A{number}, B\nTI  - T{number}\nPY  - 2020\nER  -\n" for number in range(400))
    with django_assert_max_num_queries(12):
        assert len(proposals(read(author, text))) == 400
