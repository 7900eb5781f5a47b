import io
import resource
import subprocess
import sys
import zipfile

import pytest

from faq.word import running
from faq.word.package import LARGEST_FILE, Unreadable
from faq.word.reading import read
from tests.faq.word_files import MACROS, SPACES, docx, p, zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def bomb(megabytes=70):
    """A document of some kilobytes whose text is hundreds of megabytes long."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx(p("x")))) as small, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as big:
        for name in small.namelist():
            if name != "word/document.xml":
                big.writestr(name, small.read(name))
        with big.open("word/document.xml", "w") as part:
            part.write(f"<w:document {SPACES}><w:body><w:p><w:r><w:t>".encode())
            for _ in range(megabytes):
                part.write(b"a" * 1024 * 1024)
            part.write(b"</w:t></w:r></w:p></w:body></w:document>")
    return file.getvalue()


def lying(content, size):
    """A file whose directory says that its largest part is small."""
    info = zipfile.ZipFile(io.BytesIO(content)).getinfo("word/document.xml")
    return content.replace(info.file_size.to_bytes(4, "little"), size.to_bytes(4, "little"))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"Dear colleague", "no Word document"),
        (zipped({"a.txt": "x"}), "ZIP file, but no Word document"),
        (docx(p("x"))[:900], "incomplete or damaged"),
        (OLE + b"WordDocument" * 9, "Word 97 to 2003"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
        (docx(p("x"), main=MACROS), "macros"),
        (docx(p("x"), parts={"vbaProject": "x"}).replace(b"vbaProject.xml", b"vbaProject.bin"), "macros"),
        (docx(document="<w:document"), "damaged"),
        (docx(document='<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'), "document type"),
        (docx(document="<a>" * 400 + "</a>" * 400), "nested too deeply"),
        (docx(document=f"<w:document {SPACES}/>"), "no text"),
        (b"PK" + b"x" * LARGEST_FILE, "larger than 15 MB"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_it_says_why_a_file_cannot_be_read(content, reason):
    with pytest.raises(Unreadable, match=reason):
        read(content)


def test_it_refuses_a_bomb_before_it_unpacks_it():
    with pytest.raises(Unreadable, match="Unpacked it would hold more than"):
        read(bomb())


def test_a_bomb_that_lies_about_its_size_costs_this_process_nothing():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(Unreadable):
        running.read(lying(bomb(40), 1000))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 120_000


def test_it_refuses_a_text_of_half_a_million_parts():
    with pytest.raises(Unreadable, match="too many parts"):
        running.read(docx("<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 170_000))


def test_its_process_gets_no_more_memory_than_its_limit():
    script = "from faq.word.limited import limit\nlimit()\nbytearray(2**30)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=running._ROOT)
    assert "MemoryError" in done.stderr


def test_it_refuses_what_is_longer_than_any_answer():
    with pytest.raises(Unreadable, match="longer than an answer"):
        read(docx(p("word " * 100_000)))


def test_it_stops_waiting():
    with pytest.raises(Unreadable, match="takes too long"):
        running.read(docx(p("x")), patience=0.01)


def test_its_process_reads_what_this_one_reads():
    content = docx(p("How is it stored?", style="Title"), p("Dry."))
    assert running.read(content) == read(content)


def test_its_process_has_no_network_and_writes_no_file():
    script = (
        "import socket\nfrom faq.word.limited import limit\nlimit()\n"
        "try:\n    open('/tmp/word-limited-test', 'w').write('x' * 9999)\n    print('wrote')\n"
        "except OSError:\n    print('no file')\n"
        "try:\n    socket.create_connection(('127.0.0.1', 1), 1)\nexcept OSError as error:\n    print(error.errno)\n"
    )
    # 101 is "network is unreachable": not even this machine is; 111, "refused", where the system forbids namespaces.
    done = subprocess.run([sys.executable, "-B", "-c", script], capture_output=True, text=True, cwd=running._ROOT)
    assert done.stdout.split("\n")[0] == "no file" or done.returncode < 0
    assert "wrote" not in done.stdout


def test_its_process_knows_nothing_of_the_portal():
    loaded = "[name for name in sys.modules if name.split('.')[0] in ('django', 'portal')]"
    script = f"import sys, faq.word.limited; print({loaded})"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=running._ROOT)
    assert done.stdout.strip() == "[]"
