"""Titles: the tags that stay, those that go, and everything else as text."""

import pytest

from faq.citations import markup

TITLES = [
    ("<i>ESR1</i>", "<i>ESR1</i>"),
    ("<em>in <sup>vivo</sup></em>", "<em>in <sup>vivo</sup></em>"),
    ("ER<sup>+</sup> H<sub>2</sub>O", "ER<sup>+</sup> H<sub>2</sub>O"),
    ('<span class="nocase">pH</span> and <b>bold</b> <sc>x</sc>', "pH and bold x"),
    ("P < .05 & more", "P &lt; .05 &amp; more"),
    ("<i>open", "&lt;i&gt;open"),
    ("shut</i>", "shut&lt;/i&gt;"),
    ("<i><sup>x</i></sup>", "&lt;i&gt;<sup>x&lt;/i&gt;</sup>"),
    ('<i onclick="x">a</i>', "&lt;i onclick=&quot;x&quot;&gt;a&lt;/i&gt;"),
    ("<script>x</script>", "&lt;script&gt;x&lt;/script&gt;"),
    ("<scr<b>ipt>", "&lt;script&gt;"),
    ("\"q\" 'q'", "&quot;q&quot; &#x27;q&#x27;"),
    ("", ""),
]


@pytest.mark.parametrize(("title", "expected"), TITLES)
def test_it_makes_a_title_safe(title, expected):
    assert markup.html(title) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("10<sup>6</sup>", "10⁶"),
        ("10<sup>-12</sup>", "10⁻¹²"),
        ("<sup>18</sup>F", "18F"),
        ("CO<sub>2</sub>", "CO2"),
        ("P < .05 & <i>x</i>", "P < .05 & x"),
    ],
)
def test_it_takes_markup_out(title, expected):
    assert markup.text(markup.html(title)) == expected
