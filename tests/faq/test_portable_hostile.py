"""Folders that somebody tampered with: everything wrong is named by file and field, and nothing is written."""

import json
import os
from shutil import copytree

import pytest
from django.core.management import CommandError
from django.db import transaction

from faq.models import FaqVersion
from faq.portable import checking, documents
from faq.portable.documents import Unreadable
from portal.accounts.models import User
from tests.faq.carrying import carry_in, carry_out, complaints, edit, files, make_everything, markets, seal

pytestmark = pytest.mark.django_db
PUBLISHED = "answers/X.withdrawn/v0001/"


@pytest.fixture(scope="module")
def exported(django_db_setup, django_db_blocker, tmp_path_factory):
    """The folder of a market that these tests' database never has; each test takes a copy."""
    with django_db_blocker.unblock(), transaction.atomic():
        make_everything()
        found = carry_out(tmp_path_factory.mktemp("exported"))
        transaction.set_rollback(True)
    return found


@pytest.fixture
def folder(exported, tmp_path):
    return copytree(exported, tmp_path / exported.name)


def refused(folder, capsys):
    """What a refused import says; nothing of it was written."""
    capsys.readouterr()
    with pytest.raises(CommandError, match=r"wrong, so nothing was written|Nothing was written"):
        carry_in(folder)
    assert (markets(), User.objects.count(), FaqVersion.objects.count()) == ([], 0, 0)
    return capsys.readouterr().err


def superseded(folder):
    """The folder of the version of which there is a later one."""
    return next(path.parent.parent.name for path in folder.glob("answers/*/v0002/version.yaml"))


def test_a_changed_byte_is_found(folder, capsys):
    path = folder / PUBLISHED / "body.html"
    path.write_bytes(path.read_bytes().replace(b"stable", b"unstable"))
    assert "v0001/body.html: the content does not have the SHA-256 that the manifest says" in refused(folder, capsys)


def test_a_body_changed_together_with_its_digest_is_not_what_was_approved(folder, capsys):
    edit(folder, f"{PUBLISHED}rendered/body.html", "stable", "unstable")
    assert "version.yaml: content_sha256: what stands here for visitors is not what was approved" in (
        refused(folder, capsys)
    )


@pytest.mark.parametrize(
    ("name", "before", "after", "said"),
    [
        ("version.yaml", "number: 1", "number: 2", "number: 2 stands in the folder or file called '0001'"),
        ("version.yaml", "status: withdrawn", "status: retired", "status: 'retired' is none of draft, in_review"),
        ("version.yaml", "approver: bela", "approver: ada", "approver: ada wrote in this version, and nobody approves"),
        ("version.yaml", "approver: bela", "approver: nobody", "approver: 'nobody' is not in this folder"),
        ("version.yaml", "question:", "qestion:", "qestion: no such field"),
        ("version.yaml", "approved_at: 2", "approved_at: 3", "published_at: lies before approved_at"),
        ("version.yaml", "withdrawal_reason: It was wrong.", "", "withdrawal_reason: is missing, but the version is"),
        ("version.yaml", "signer: bela", "signer: emil", "signatures: bela has not signed what was approved"),
        ("version.yaml", "number: 1", "number: one", "number: 'one' is no whole number"),
        ("version.yaml", "last_reviewed: 2026-03-02", "last_reviewed: soon", "last_reviewed: 'soon' is no date"),
        ("version.yaml", "number: 1", "number: 1\nnumber: 1", "the key 'number' stands there twice"),
        ("version.yaml", "number: 1", "body: <p>Mine.</p>\nnumber: 1", "body: belongs in a file of its own"),
        ("version.yaml", "reference: alpha-2024", "reference: omega-1", "'omega-1' is not in this folder"),
        ("body.html", "<p>", "<p onclick=x()>", "body: <p onclick='x()'> is not allowed"),
        ("body.html", "<p>", "<script>x()</script><p>", "body: <script> is not allowed here"),
        ("rendered/body.html", "<p>", "<iframe></iframe><p>", "rendered_body: <iframe> is not allowed here"),
        ("rendered/body.html", "<p>", '<p onfocus="x()">', "rendered_body: <p onfocus='x()'> is not allowed"),
    ],
)
def test_a_tampered_version_is_refused(folder, capsys, name, before, after, said):
    edit(folder, PUBLISHED + name, before, after)
    assert said in refused(folder, capsys)


def test_two_published_versions_are_refused(folder, capsys):
    edit(folder, f"answers/{superseded(folder)}/v0001/version.yaml", "status: superseded", "status: published")
    assert "v0002/version.yaml: status: is published, and so is another version" in refused(folder, capsys)


def test_versions_whose_numbers_were_exchanged_are_refused(folder, capsys):
    answer = folder / "answers" / superseded(folder)
    for name, other in (("v0001", "v9"), ("v0002", "v0001"), ("v9", "v0002")):
        (answer / name).rename(answer / other)
    for name, before, after in (("v0001", 2, 1), ("v0002", 1, 2)):
        edit(folder, f"answers/{answer.name}/{name}/version.yaml", f"number: {before}", f"number: {after}")
    assert "was published before a version with a lower number: one of the numbers is wrong" in refused(folder, capsys)


def test_a_question_without_its_facts_is_refused(folder, capsys):
    (folder / "answers/X.withdrawn/faq.yaml").unlink()
    seal(folder)
    assert "belongs to no question: faq.yaml is missing" in refused(folder, capsys)


def test_what_belongs_to_nothing_is_refused(folder, capsys):
    (folder / "answers" / "notes.html").write_text("Mine.\n")
    seal(folder)
    assert "answers/notes.html: belongs to nothing in this folder" in refused(folder, capsys)


def test_what_is_not_listed_or_missing_is_refused(folder, capsys):
    (folder / "pages" / "extra.html").write_text("Mine.\n")
    assert "pages/extra.html: is not listed in the manifest" in refused(folder, capsys)
    (folder / "pages" / "extra.html").unlink()
    (folder / "topics.yaml").unlink()
    assert "topics.yaml: is missing" in refused(folder, capsys)


def test_links_are_refused(folder, capsys, tmp_path):
    (tmp_path / "outside.html").write_text("<p>Secret.</p>\n")
    path = folder / PUBLISHED / "body.html"
    path.unlink()
    path.symlink_to(tmp_path / "outside.html")
    assert "v0001/body.html: is neither a file nor a folder, such as a link" in refused(folder, capsys)


def test_a_linked_folder_is_refused(folder, capsys, tmp_path):
    (folder / "pages").rename(tmp_path / "elsewhere")
    (folder / "pages").symlink_to(tmp_path / "elsewhere")
    assert "pages: is neither a file nor a folder, such as a link" in refused(folder, capsys)
    (tmp_path / "us2").symlink_to(folder)
    assert "us2 is no folder" in refused(tmp_path / "us2", capsys)


@pytest.mark.parametrize("path", ["../outside.html", "/etc/passwd", "pages/../../x.html", "pages/.hidden", "a\\b", ""])
def test_paths_that_lead_elsewhere_are_refused(folder, capsys, path):
    manifest = folder / "manifest.json"
    told = json.loads(manifest.read_bytes())
    told["files"][path] = "0" * 64
    manifest.write_text(json.dumps(told))
    assert "is no path of a file in this folder" in refused(folder, capsys)


def test_a_file_of_a_gigabyte_is_refused_unread(folder, capsys):
    os.truncate(folder / PUBLISHED / "body.html", 1 << 30)
    os.truncate(folder / "images" / next(iter(os.listdir(folder / "images"))), 1 << 30)
    said = refused(folder, capsys)
    assert "body.html: is larger than 2 MB" in said
    assert ".svg: is larger than 5 MB" in said


def test_a_pipe_is_refused(folder, capsys):
    (folder / "topics.yaml").unlink()
    os.mkfifo(folder / "topics.yaml")
    assert "topics.yaml: is neither a file nor a folder" in refused(folder, capsys)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"[1]", "it needs format, market, counts and files"),
        (b"{", "no JSON"),
        (b"\xff\xfe", "not UTF-8: byte 0xff at position 1"),
        (b'{"format": 2, "market": "us", "counts": {}, "files": {}}', "the format is 2, and only 1 is read here"),
        (b'{"format": 1, "market": "us", "counts": {}, "files": {"a": "b"}}', "not as an export writes them"),
        (b'{"format": 1, "format": 1, "market": "us", "counts": {}, "files": {}}', "stands there twice"),
    ],
)
def test_a_manifest_that_is_none_is_refused(folder, capsys, content, said):
    (folder / "manifest.json").write_bytes(content)
    assert said in refused(folder, capsys)


def test_the_manifest_of_another_market_is_refused(folder, capsys):
    edit(folder, "market.yaml", "code: us", "code: de")
    assert "market: the manifest is that of the market 'us', but market.yaml holds ['de']" in refused(folder, capsys)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"- \xff\n", "not UTF-8"),
        (b"- !!python/object/apply:os.system [true]\n", "the tag tag:yaml.org,2002:python/object/apply:os.system"),
        (b"- &a {name: x}\n- *a\n", "anchors and aliases are not read"),
        (b"- name: " + b"[" * 60 + b"]" * 60, "nested too deeply"),
        (b"- name: x\n--- \n- name: y\n", "not one document"),
        (b"name: x\n", "is no list"),
        (b"- Dosing\n", "1: is no object with fields"),
        (b"- name: x\n  : y: z\n", "no YAML"),
        (b"- name: [x]\n", "1.name: "),
        (b"- order: 1\n- order: 2\n", "2.name: '' is there twice"),
    ],
)
def test_a_list_that_is_none_is_refused(folder, capsys, content, said):
    (folder / "topics.yaml").write_bytes(content)
    seal(folder)
    assert said in refused(folder, capsys)


def test_a_picture_that_is_none_is_refused(folder, capsys):
    path = next((folder / "images").iterdir())
    path.write_bytes(b"<svg xmlns='http://www.w3.org/2000/svg' width='1' height='1'><script/></svg>")
    path.with_suffix(".png").write_bytes(b"GIF89a")
    seal(folder)
    said = refused(folder, capsys)
    assert "An SVG must not hold <script>." in said
    assert "This is not an SVG, PNG, JPEG or WebP image." in said


def test_a_picture_under_another_digest_is_refused(folder, capsys):
    path = next((folder / "images").iterdir())
    path.write_bytes(path.read_bytes() + b"\n")
    seal(folder)
    assert "for that is what it is" in refused(folder, capsys)


def test_a_source_that_is_none_is_refused(folder, capsys):
    (folder / "references/beta-2023.json").write_text('{"type": "poem"}\n')
    seal(folder)
    assert "references/beta-2023.yaml: csl: " in refused(folder, capsys)


def test_a_file_that_changes_after_the_check_is_not_written(folder, monkeypatch):
    checked = checking.Checker.run

    def changed_then(checker, *args):
        found = checked(checker, *args)
        (folder / PUBLISHED / "body.html").write_text("<p>Other.</p>\n")
        return found

    monkeypatch.setattr(checking.Checker, "run", changed_then)
    with pytest.raises(CommandError, match=r"A file changed after it was checked: .*body.html.*Nothing was written"):
        carry_in(folder)
    assert (markets(), User.objects.count()) == ([], 0)


def test_all_mistakes_are_listed_at_once(folder):
    edit(folder, f"{PUBLISHED}version.yaml", "question:", "qestion:")
    edit(folder, "market.yaml", "gate_days: 90", "gate_days: 900")
    edit(folder, "drugs/" + next(iter(os.listdir(folder / "drugs"))), "status: marketed", "status: gone")
    found = complaints(folder)
    assert len(found) == 4
    assert any("version.yaml: qestion: no such field" in one for one in found)
    assert any("market.yaml: gate_days: Ensure this value is less than or equal to 365." in one for one in found)


def test_a_market_that_could_not_be_saved_by_hand_is_refused(folder, capsys):
    edit(folder, "market.yaml", "time_zone: Europe/London", "time_zone: Europe/Atlantis")
    refused(folder, capsys)


def test_line_breaks_of_a_folded_text_are_no_part_of_it():
    for text in ("", "<p>A.</p><p>B. C.</p>", "a\nb", "a\r\nb", "<!-- x -->", "<!-- x -->\n", documents.FOLDED + "x"):
        assert documents.unfold(documents.fold(text)) == text


@pytest.mark.parametrize("content", [b"no end", b"\xff\n"])
def test_a_text_that_is_none_is_unreadable(content):
    with pytest.raises(Unreadable):
        documents.unfold(content)


def test_a_sealed_folder_without_changes_is_good(folder):
    before = files(folder)
    seal(folder)
    assert {name for name, content in files(folder).items() if content != before[name]} == {"manifest.json"}
    assert complaints(folder) == []
