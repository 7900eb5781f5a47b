"""How an exported answer looks: its styles, lists and page. Pure; the names are those of `faq.word.names`."""

from collections.abc import Iterable

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_INK, _TEAL, _QUIET = "15202B", "0A5C66", "4D5B68"
BULLETS, NUMBERS = 1, 2
_FONT = "Calibri"
# The format of Word's own measures: twentieths of a point, half points for type.
_INDENT = 425


def styles(language: str) -> str:
    """The part word/styles.xml for a text in `language`."""
    fonts = " ".join(f'w:{script}="{_FONT}"' for script in ("ascii", "hAnsi", "eastAsia", "cs"))
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts {fonts}/><w:color w:val="{_INK}"/><w:sz w:val="22"/>'
        f'<w:szCs w:val="22"/><w:lang w:val="{language}"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="276" w:lineRule="auto"/></w:pPr></w:pPrDefault>'
        "</w:docDefaults>"
    )
    return f"{HEAD}<w:styles {W}>{defaults}{''.join(_all())}</w:styles>"


def _all() -> Iterable[str]:
    yield '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
    yield (
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
    )
    yield _paragraph("Title", "Title", _spaced(0, 160), f'<w:b/><w:color w:val="{_TEAL}"/><w:sz w:val="36"/>')
    for level, size in ((1, 28), (2, 24), (3, 22)):
        space = f'<w:keepNext/><w:keepLines/>{_spaced(320 - 40 * level, 100)}<w:outlineLvl w:val="{level - 1}"/>'
        yield _paragraph(
            f"Heading{level}", f"heading {level}", space, f'<w:b/><w:color w:val="{_TEAL}"/><w:sz w:val="{size}"/>'
        )
    yield from _texts()
    yield from _lists()
    yield _character("AnswerLabel", "Answer Label", "<w:b/>")
    yield _character("CompanyData", "Company Data", f'<w:color w:val="{_QUIET}"/><w:sz w:val="18"/>')
    yield _character("Hyperlink", "Hyperlink", f'<w:color w:val="{_TEAL}"/><w:u w:val="single"/>')
    yield _table()


def _texts() -> Iterable[str]:
    yield _paragraph("AnswerAside", "Answer Aside", _spaced(0, 40), f'<w:color w:val="{_QUIET}"/><w:sz w:val="20"/>')
    box = f'<w:left w:val="single" w:sz="24" w:space="8" w:color="{_TEAL}"/>'
    yield _paragraph("AnswerShort", "Answer Short", f"<w:pBdr>{box}</w:pBdr>{_spaced(0, 120)}", '<w:sz w:val="24"/>')
    caption = f"<w:keepNext/>{_spaced(200, 80)}"
    yield _paragraph("Caption", "caption", caption, f'<w:b/><w:color w:val="{_INK}"/><w:sz w:val="20"/>')
    yield _paragraph("FigureValues", "Figure Values", caption, '<w:b/><w:sz w:val="20"/>')
    yield _paragraph("FigurePicture", "Figure Picture", f"<w:keepNext/>{_spaced(200, 60)}", "")
    for name in ("Figure Description", "Figure Abbreviations", "Figure Note"):
        yield _paragraph(name.replace(" ", ""), name, _spaced(0, 60), '<w:sz w:val="20"/>')
    for identity, name, base in (
        ("TableHead", "Table Head", "Normal"),
        ("TableGroup", "Table Group", "TableHead"),
        ("TablePart", "Table Part", "TableHead"),
    ):
        yield _paragraph(identity, name, "<w:keepNext/>" + _spaced(30, 30), '<w:b/><w:sz w:val="19"/>', base)
    yield _paragraph("TableText", "Table Text", _spaced(30, 30), '<w:sz w:val="19"/>')
    yield _paragraph("TableNote", "Table Note", _spaced(20, 20), f'<w:color w:val="{_QUIET}"/><w:sz w:val="18"/>')
    yield _paragraph(
        "TableEnd", "Table End", '<w:spacing w:before="0" w:after="0" w:line="120" w:lineRule="exact"/>', ""
    )
    yield _paragraph("ReferenceEntry", "Reference Entry", _spaced(0, 60), '<w:sz w:val="20"/>')


def _lists() -> Iterable[str]:
    yield _paragraph("Quote", "Quote", f'{_spaced(60, 120)}<w:ind w:left="{_INDENT}"/>', "<w:i/>")
    for level in range(1, 5):
        name = "List Continue" + (f" {level}" if level > 1 else "")
        yield _paragraph(name.replace(" ", ""), name, f'{_spaced(0, 60)}<w:ind w:left="{_INDENT * level}"/>', "")
    yield _paragraph("ListParagraph", "List Paragraph", _spaced(0, 60), "")
    yield _paragraph("Header", "header", _spaced(0, 0), f'<w:color w:val="{_QUIET}"/><w:sz w:val="18"/>')
    yield _paragraph("Footer", "footer", _spaced(0, 0), f'<w:color w:val="{_QUIET}"/><w:sz w:val="16"/>')


def _paragraph(identity: str, name: str, properties: str, looks: str, base: str = "Normal") -> str:
    based = f'<w:basedOn w:val="{base}"/><w:qFormat/>'
    runs = f"<w:rPr>{looks}</w:rPr>" if looks else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{identity}"><w:name w:val="{name}"/>{based}'
        f"<w:pPr>{properties}</w:pPr>{runs}</w:style>"
    )


def _character(identity: str, name: str, looks: str) -> str:
    return (
        f'<w:style w:type="character" w:styleId="{identity}"><w:name w:val="{name}"/><w:rPr>{looks}</w:rPr></w:style>'
    )


def _table() -> str:
    sides = (("top", 8, _INK), ("bottom", 8, _INK), ("insideH", 4, "C5D0D4"))
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="{ink}"/>' for side, size, ink in sides
    )
    margins = '<w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/>'
    return (
        '<w:style w:type="table" w:styleId="AnswerTable"><w:name w:val="Answer Table"/>'
        f"<w:tblPr><w:tblBorders>{borders}</w:tblBorders><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr></w:style>"
    )


def _spaced(before: int, after: int) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}"/>'


def numbering(starts: Iterable[tuple[int, int, int]]) -> str:
    """The part word/numbering.xml; `starts` are (list, level, first number) of the numbered lists."""
    bullets = "".join(_level(level, "bullet", "•◦▪"[level % 3]) for level in range(9))
    numbers = "".join(_level(level, "decimal", f"%{level + 1}.") for level in range(9))
    lists = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{NUMBERS}"/><w:lvlOverride w:ilvl="{level}">'
        f'<w:startOverride w:val="{first}"/></w:lvlOverride></w:num>'
        for number, level, first in starts
    )
    kinds = ((BULLETS, bullets), (NUMBERS, numbers))
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{kind}"><w:multiLevelType w:val="hybridMultilevel"/>{levels}</w:abstractNum>'
        for kind, levels in kinds
    )
    bulleted = f'<w:num w:numId="{BULLETS}"><w:abstractNumId w:val="{BULLETS}"/></w:num>'
    return f"{HEAD}<w:numbering {W}>{abstract}{bulleted}{lists}</w:numbering>"


def _level(level: int, kind: str, text: str) -> str:
    indent = f'<w:ind w:left="{_INDENT * (level + 1)}" w:hanging="{_INDENT}"/>'
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr>{indent}</w:pPr></w:lvl>'
    )
