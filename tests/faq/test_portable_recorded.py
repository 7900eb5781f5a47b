"""What the audit trail says of an export and of an import, and what visitors are served after one."""

import hashlib
import re

import pytest
from django.core.management import call_command

from faq.models import FaqVersion
from portal.audit.models import Entry
from tests.faq.carrying import carry_in, carry_out, files, hashes, make_everything, markets, wipe

pytestmark = pytest.mark.django_db
# They hold keys of rows, which differ from database to database.
KEYS = re.compile(rb'name="version" value="[^"]+"|topic=\d+')
QUESTIONS = ("brain metastases", "storage", "crushed tablet", "drug interactions", "CNS")


def digest_of(folder):
    return hashlib.sha256((folder / "manifest.json").read_bytes()).hexdigest()


def noted(action):
    return Entry.objects.get(action=action, kind="content")


def test_an_export_and_an_import_are_recorded(tmp_path):
    make_everything()
    folder = carry_out(tmp_path)
    wipe()
    carry_in(folder)
    for entry in (noted("export"), noted("import")):
        assert (entry.label, entry.is_note, entry.after["manifest"]) == ("Content of US", True, digest_of(folder))
    assert f"Content brought by the manifest {digest_of(folder)}" in set(Entry.objects.values_list("reason", flat=True))


def served(client):
    """Every answer as visitors get it, as page and as document, and what some questions find."""
    found = {}
    client.post("/uk/gate/", {"wanted": "/uk/"})
    for version in FaqVersion.objects.published().select_related("faq__market"):
        for address in (version.faq.get_absolute_url(), version.faq.get_pdf_url()):
            found[address] = KEYS.sub(b"", client.get(address).content)
    for code in markets():
        for question in QUESTIONS:
            address = f"/{code}/search/?q={question}"
            found[address] = KEYS.sub(b"", client.get(address).content)
    return found


def test_visitors_are_served_the_same(client, tmp_path):
    call_command("load_demonstration", verbosity=0)
    codes = markets()
    folders = {code: carry_out(tmp_path / "first", code) for code in codes}
    before, pages = {code: hashes(code) for code in codes}, served(client)
    wipe()
    for folder in folders.values():
        carry_in(folder)
    assert {code: hashes(code) for code in codes} == before
    after = served(client)
    assert [address for address in pages if pages[address] != after[address]] == []
    assert all(files(carry_out(tmp_path / "second", code)) == files(folders[code]) for code in codes)
    assert len(pages) > 100
