"""What the tests of imports share: rows, and runs of the command over them."""

import io
import json
import re
import tempfile
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from faq.models import Drug, FaqVersion
from tests.factories import make_market

DOCUMENT = (Path(__file__).parents[2] / "docs" / "content-format.md").read_text(encoding="utf-8")
EXAMPLES = [json.loads(block) for block in re.findall(r"```json\n(.*?)```", DOCUMENT, re.DOTALL)]


def minimal(**changes):
    """A row of the minimal form with these fields changed."""
    row = {
        "drug": "Metformin",
        "question": "Is it cleared by the kidneys?",
        "answer": "Yes, unchanged.",
        "url": "https://example.org/metformin",
    }
    return {**row, **changes}


def full(**changes):
    """The complete row that the documentation shows with these fields changed; every call gives a new one."""
    return {**json.loads(json.dumps(EXAMPLES[-1])), **changes}


def load(*rows, files=(), **options):
    """Imports rows, with (name, bytes) of `files` beside them, and returns what the command printed."""
    make_market()
    printed = io.StringIO()
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files:
            (Path(folder) / name).write_bytes(content)
        path = Path(folder) / "answers.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        call_command("import_answers", str(path), stdout=printed, **options)
    return printed.getvalue()


def refused(*rows, **options):
    """Imports rows of which one is bad, makes sure that nothing changed, and returns the complaints."""
    before, complaints = (FaqVersion.objects.count(), Drug.objects.count()), io.StringIO()
    with pytest.raises(CommandError, match="nothing was changed"):
        load(*rows, stderr=complaints, **options)
    assert (FaqVersion.objects.count(), Drug.objects.count()) == before
    return complaints.getvalue()


def published(content_id):
    """What visitors read under this content ID."""
    return FaqVersion.objects.published().get(faq__content_id=content_id)
