"""Quoted words are found in rendered HTML whatever tags stand between them; links of a preview lead nowhere."""

import pytest

from faq.documents import passages
from faq.previewing.harmless import Ways, harmless

WAYS = Ways("/us/a-1/pdf/", "/p/pdf/", "/p/", {"/us/leaving/?to=x": "https://doi.org/1"}.get)


def marked(html, *quotes):
    return passages.mark(html, [(f"p{n}", words) for n, words in enumerate(quotes)])


def mark(words, name="", of="p0"):
    return f'<mark class="passage"{name} data-passage="{of}">{words}</mark>'


FIRST = ' id="p0"'


@pytest.mark.parametrize(
    ("html", "quote", "expected"),
    [
        ("<p>Keep it dry.</p>", "it dry", f"<p>Keep {mark('it dry', FIRST)}.</p>"),
        ("<p>a <b>b</b> c</p>", "a b", f"<p>{mark('a ', FIRST)}<b>{mark('b')}</b> c</p>"),
        ("<p>x &lt; 5 &amp; y</p>", "x < 5 & y", None),
        ("<p>one\n two</p>", "one two", f"<p>{mark(f'one{chr(10)} two', FIRST)}</p>"),
        ("<p>Keep it dry.</p>", "never", "<p>Keep it dry.</p>"),
        ("<p>Keep it dry.</p>", "", "<p>Keep it dry.</p>"),
        ('<p title="dry">wet</p>', "dry", '<p title="dry">wet</p>'),
    ],
)
def test_a_passage_is_marked(html, quote, expected):
    found = marked(html, quote)
    if expected is None:
        assert found.count("<mark") > 0
        assert "&lt;" in found
    else:
        assert found == expected


def test_numbers_of_citations_are_no_words_of_the_text():
    html = '<p>It works<sup class="cite" id="c1"><a href="#ref-1">1</a></sup> well.</p>'
    assert marked(html, "works well") != html
    assert marked(html, "works 1 well") == html


def test_a_passage_over_two_paragraphs_is_marked_in_each():
    assert marked("<p>One.</p><p>Two.</p>", "One. Two.") == f"<p>{mark('One.', FIRST)}</p><p>{mark('Two.')}</p>"


def test_of_two_passages_that_overlap_the_first_is_marked():
    assert marked("<p>a b c d</p>", "a b", "b c", "d").count("<mark") == 2


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<a href="#ref-1">1</a>', '<a href="#ref-1">1</a>'),
        ('<a href="tel:1">1</a>', '<a href="tel:1">1</a>'),
        ('<a class="x" href="/us/">Home</a>', '<a class="x" role="link" aria-disabled="true">Home</a>'),
        ('<a href="mailto:?subject=x">Mail</a>', '<a role="link" aria-disabled="true">Mail</a>'),
        ('<a href="/us/a-1/pdf/">PDF</a>', '<a href="/p/pdf/" target="_blank">PDF</a>'),
        ('<a href="/media/ab.svg">x</a>', '<a href="/p/ab.svg">x</a>'),
        ('<img alt="x" src="/media/ab.svg">', '<img alt="x" src="/p/ab.svg">'),
        (
            '<a class="external" rel="noopener" href="/us/leaving/?to=x">DOI</a>',
            '<a class="external" href="https://doi.org/1" target="_blank" rel="noopener noreferrer">DOI</a>',
        ),
        ('<form method="post" action="/us/feedback/" class="f">', '<form inert class="f">'),
        ('<form data-preview method="post" action="#x">', '<form data-preview method="post" action="#x">'),
    ],
)
def test_a_page_is_made_harmless(html, expected):
    assert harmless(html, WAYS) == expected
