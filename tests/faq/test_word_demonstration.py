"""Every answer of the demonstration goes out as a Word file and comes back."""

import re
from difflib import unified_diff

import pytest
from django.core.management import call_command

from faq.exchange import giving, taking
from faq.models import FaqVersion
from faq.word import reading
from tests import cast

pytestmark = pytest.mark.django_db

SITE = "https://example.org"
_BLOCK = re.compile(r"\s*(</?(?:p|h[2-4]|ul|ol|li|table|caption|thead|tbody|tfoot|tr|th|td|figure)\b[^>]*>)\s*")
_CITES = re.compile(r'(?:<cite data-ref="[^"]*"></cite>)+')


def lines(markup):
    """One line for each tag of a block and each text; the order inside a group of citations does not count."""
    cites = _CITES.sub(lambda group: "".join(sorted(re.findall(r"<cite.*?</cite>", group[0]))), markup)
    return [line for line in _BLOCK.sub(r"\n\1\n", " ".join(cites.split())).split("\n") if line]


def figures(version):
    told = ("key", "title", "description", "abbreviations", "note")
    return [
        (
            *(" ".join(getattr(figure, name).split()) for name in told),
            lines(figure.values_table),
            sorted(link.reference.key for link in figure.figuresource_set.all()),
        )
        for figure in version.figures.all()
    ]


def test_an_answer_comes_back_as_it_left(monkeypatch):
    call_command("load_demonstration", verbosity=0)
    # The process of its own is tested elsewhere; here it would only take time.
    monkeypatch.setattr(taking, "read", reading.read)
    differences = {}
    for version in FaqVersion.objects.with_parts().published().order_by("pk"):
        content = giving.word_file(version, base=SITE)
        brought = taking.bring(content, "answer.docx", version.faq, by=cast.author())
        assert taking.taken(brought, base=SITE).items == []
        draft = taking.take(brought, by=cast.author(), question=version.question, base=SITE)
        draft = FaqVersion.objects.with_parts().get(pk=draft.pk)
        before, after = (lines(each.short_answer + each.body) for each in (version, draft))
        differences[str(version)] = list(unified_diff(before, after, n=0, lineterm=""))
        assert figures(draft) == figures(version)
        assert [figure.image_id for figure in draft.figures.all()] == [
            figure.image_id for figure in version.figures.all()
        ]
    assert len(differences) > 50
    assert {name: found for name, found in differences.items() if found} == {}
