"""The one allow-list of HTML that staff may store, and what is made from HTML that passed it."""

import html
import re
import unicodedata

import nh3
from django.utils.safestring import SafeString

INLINE = {"strong", "em", "sup", "sub", "a", "br", "cite", "span"}
BLOCK = {"p", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "figure"}
TABLE = {"table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"}

ATTRIBUTES = {
    "a": {"href"},
    "ol": {"start"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
    "cite": {"data-ref", "data-source"},
    "figure": {"data-figure"},
    "span": {"data-xref"},
}
# A short answer is a sentence or a few.
_LINE = INLINE | {"p"}
SCHEMES = {"https", "http", "mailto", "tel"}

# Browsers drop tabs and line breaks from an address, take a backslash for a slash, and go to what follows an @: nothing
# that could lead elsewhere than it seems to is kept, and an address without a scheme stays on this site.
_ADDRESS = re.compile(r"(?:https?://[\w.-]+(?::\d+)?(?:[/?#].*)?|(?:mailto|tel):.+|/(?![/\\]).*|#.*)")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_NUMBER = re.compile(r"[1-9][0-9]?")
_KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
_CHECKS = {
    "scope": re.compile(r"col|row|colgroup|rowgroup"),
    "colspan": _NUMBER,
    "rowspan": _NUMBER,
    "start": _NUMBER,
    "data-ref": _KEY,
    "data-source": re.compile(r"company"),
    "data-figure": _KEY,
    "data-xref": _KEY,
}


def _attribute(_tag: str, name: str, value: str) -> str | None:
    if name == "href":
        return _address(value.strip())
    check = _CHECKS.get(name)
    return value if check is None or check.fullmatch(value) else None


def _address(value: str) -> str | None:
    scheme, colon, rest = value.partition(":")
    plain = f"{scheme.lower()}:{rest}" if colon and scheme.isalpha() else value
    return plain if _ADDRESS.fullmatch(plain) and not _CONTROL.search(plain) else None


_body = nh3.Cleaner(
    tags=INLINE | BLOCK | TABLE,
    attributes=ATTRIBUTES,
    attribute_filter=_attribute,
    url_schemes=SCHEMES,
    link_rel=None,
)
_line = nh3.Cleaner(
    tags=_LINE,
    attributes={tag: ATTRIBUTES[tag] for tag in ("a", "cite", "span")},
    attribute_filter=_attribute,
    url_schemes=SCHEMES,
    link_rel=None,
)


_EDGE = rf"</?(?:{'|'.join(sorted(BLOCK | TABLE | {'br'}))})(?: [^>]*)?>"
# Two patterns, for each begins with what a search finds fast.
_BEFORE_EDGE, _AFTER_EDGE = re.compile(f" (?={_EDGE})"), re.compile(f"({_EDGE}) ")
_FOLDED = re.compile(r"[ \t\r\n\f]+")
_CELL_TAG = re.compile(r"<(t[hd])((?: [a-z]+=\"[^\"]*\"){2,})>")
_WRITTEN = re.compile(r" [a-z]+=\"[^\"]*\"")


def sanitise(markup: str) -> SafeString:
    """What the allow-list leaves of `markup`; safe to show, and unchanged when sanitised again."""
    return SafeString(_compact(_body.clean(_normal(markup))))


def sanitise_line(markup: str) -> SafeString:
    """As `sanitise`, for one or a few sentences: no headings, lists, tables or figures."""
    return SafeString(_compact(_line.clean(_normal(markup))))


def permitted(*, line: bool = False) -> dict[str, dict[str, str]]:
    """The allow-list of `sanitise` (or `sanitise_line`) as data: per tag its attributes, each with the form of a value.

    The forms are regular expressions that a browser reads as Python does, for the whole of a value.
    """
    forms = {**{name: check.pattern for name, check in _CHECKS.items()}, "href": _ADDRESS.pattern}
    portable = {name: form.replace(r"\w", r"\p{L}\p{N}_") for name, form in forms.items()}
    tags = _LINE if line else INLINE | BLOCK | TABLE
    return {tag: {name: portable[name] for name in sorted(ATTRIBUTES.get(tag, ()))} for tag in sorted(tags)}


def _compact(markup: str) -> str:
    # One way to write what readers see the same: an editor, an import and a person with a keyboard differ in the white
    # space that browsers fold and in the order of attributes, and a hash must not.
    tight = _AFTER_EDGE.sub(r"\1", _BEFORE_EDGE.sub("", _FOLDED.sub(" ", markup)))
    return _CELL_TAG.sub(lambda cell: f"<{cell[1]}{''.join(sorted(_WRITTEN.findall(cell[2]), reverse=True))}>", tight)


def _normal(markup: str) -> str:
    # Composed characters, so that the same words give the same hash and the same search terms.
    return unicodedata.normalize("NFC", markup.replace("\x00", "")).strip()


_BREAK = re.compile(r"</?(?:p|h[2-4]|li|ul|ol|table|caption|tr|th|td|br|blockquote|figure)\b[^>]*>")
_TAG = re.compile(r"<[^>]+>")
_CITES = re.compile(
    r'<sup class="cite".*?</sup>|<small class="company-data">.*?</small>|<span class="visually-hidden">.*?</span>'
)
_RAISED = re.compile(r"<(sup|sub)>([^<]*)</\1>")
_SUP = str.maketrans("0123456789+-−()abcdefghijklmnoprstuvwxyz", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ")
_SUB = str.maketrans("0123456789+-−()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₍₎")
_SPACE = re.compile(r"\s+")
_TABLE = re.compile(r"<table\b[^>]*>\s*(?:<p>\s*)?(?:<thead\b[^>]*>(.*?)</thead>)?.*?</table>", re.DOTALL)
_ROW = re.compile(r"<tr\b[^>]*>.*?</tr>", re.DOTALL)
_CELL = re.compile(r"<t[hd]\b[^>]*>(.*?)</t[hd]>", re.DOTALL)
_LED = re.compile(r"<p>((?:(?!</?p>).)*:)\s*</p>\s*<(ul|ol)\b[^>]*>(.*?)</\2>", re.DOTALL)
_TITLES = re.compile(r"<(h[2-4]|caption|figcaption)\b[^>]*>.*?</\1>", re.DOTALL)


def text(markup: str) -> str:
    """The words of sanitised or rendered `markup` on one line, with a space where a block ended.

    Citations and notes of company data are left out; a raised or lowered character stays so (10<sup>9</sup> is 10⁹,
    never 109).
    """
    words = _RAISED.sub(_shifted, _CITES.sub("", markup))
    return _SPACE.sub(" ", html.unescape(_TAG.sub("", _BREAK.sub(" ", words)))).strip()


def statements(markup: str) -> list[str]:
    """What the paragraphs, list items and table rows of `markup` say, each on one line; no titles, which say nothing.

    Each can be read alone: an item follows the words that lead to its list (Do not use it in:), and each cell of a row
    the head of its column. The cells are told apart by a middle dot; rows below heads of several rows are left out.
    """
    untitled = _TITLES.sub("<p>", _CITES.sub("", markup))
    led = _LED.sub(lambda match: match[3].replace("<li>", f"<li>{match[1]} "), untitled)
    return [said for said in map(text, _BREAK.split(_TABLE.sub(_told, led).replace("<br>", " "))) if said]


def _told(table: re.Match[str]) -> str:
    """A paragraph for each row of a table, with the heads of its columns."""
    heads, rows = _ROW.findall(table[1] or ""), _ROW.findall(table[0])
    if len(heads) > 1 or any("span=" in head for head in heads):
        return "<p></p>"
    named = _cells(heads[0]) if heads else []
    told = [(_cells(row), "colspan=" in row) for row in rows[len(heads) :]]
    said = [_under(named, cells) for cells, is_note in told if not named or is_note or len(cells) == len(named)]
    return "".join(f"<p>{html.escape(' · '.join(row))}</p>" for row in said)


def _cells(row: str) -> list[str]:
    return [text(cell) for cell in _CELL.findall(row)]


def _under(heads: list[str], row: list[str]) -> list[str]:
    if len(row) != len(heads):
        return row
    return [f"{head}: {cell}" if head else cell for head, cell in zip(heads, row, strict=True)]


def _shifted(match: re.Match[str]) -> str:
    return match[2].translate(_SUP if match[1] == "sup" else _SUB)


def paragraphs(plain: str) -> SafeString:
    """Plain text as HTML: a blank line ends a paragraph, a single line break stays one."""
    blocks = [html.escape(block.strip()) for block in re.split(r"\n\s*\n", plain) if block.strip()]
    return sanitise("".join(f"<p>{block.replace(chr(10), '<br>')}</p>" for block in blocks))
