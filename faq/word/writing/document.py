"""Puts the parts of a Word file together. Pure: the same manuscript gives the same bytes."""

import io
import zipfile
from collections.abc import Mapping

from faq.word.writing import styles
from faq.word.writing.blocks import Blocks
from faq.word.writing.manuscript import Manuscript
from faq.word.writing.runs import Run, label, plain
from faq.word.writing.styles import HEAD, W

_OFFICE = "http://schemas.openxmlformats.org"
_RELATIONS = f"{_OFFICE}/officeDocument/2006/relationships"
_SPACES = (
    f'{W} xmlns:r="{_RELATIONS}" xmlns:wp="{_OFFICE}/drawingml/2006/wordprocessingDrawing"'
    f' xmlns:a="{_OFFICE}/drawingml/2006/main" xmlns:pic="{_OFFICE}/drawingml/2006/picture"'
)
_WORDML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_CORE = f"{_OFFICE}/package/2006/metadata/core-properties"
_IMAGES = {"png": "image/png", "jpg": "image/jpeg", "svg": "image/svg+xml"}
_PARTS = ("styles", "numbering", "settings", "header", "footer")
# Twentieths of a point: Letter or A4, with an inch around.
_LETTER, _A4, _MARGIN = (12240, 15840), (11906, 16838), 1440
# The oldest date that a ZIP file can hold; a later one would make each export another file.
_DATE = (1980, 1, 1, 0, 0, 0)


def docx(manuscript: Manuscript) -> bytes:
    """The .docx that `manuscript` describes."""
    size = _LETTER if manuscript.letter else _A4
    blocks = Blocks(manuscript, size[0] - 2 * _MARGIN)
    body = "".join([_opening(manuscript, blocks), blocks.html(manuscript.body), _closing(manuscript, blocks)])
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="rIdheader"/><w:footerReference w:type="default" r:id='
        f'"rIdfooter"/><w:pgSz w:w="{size[0]}" w:h="{size[1]}"/><w:pgMar w:top="{_MARGIN}" w:right="{_MARGIN}"'
        f' w:bottom="{_MARGIN}" w:left="{_MARGIN}" w:header="709" w:footer="709" w:gutter="0"/></w:sectPr>'
    )
    parts = {
        "[Content_Types].xml": _types(blocks),
        "_rels/.rels": _relations({"rId1": ("officeDocument", "word/document.xml")}, core=True),
        "docProps/core.xml": _core(manuscript),
        "word/document.xml": f"{HEAD}<w:document {_SPACES}><w:body>{body}{section}</w:body></w:document>",
        "word/_rels/document.xml.rels": _document_relations(blocks),
        "word/styles.xml": styles.styles(manuscript.language),
        "word/numbering.xml": styles.numbering(blocks.starts),
        "word/settings.xml": _settings(manuscript),
        "word/header.xml": _header(manuscript),
        "word/footer.xml": _footer(manuscript, size[0] - 2 * _MARGIN),
    }
    return _packed({name: text.encode() for name, text in parts.items()}, blocks)


def _packed(parts: Mapping[str, bytes], blocks: Blocks) -> bytes:
    written = io.BytesIO()
    pictures = {f"word/{path}": content for _, path, content in blocks.pictures.parts}
    with zipfile.ZipFile(written, "w") as archive:
        for name, content in {**parts, **pictures}.items():
            info = zipfile.ZipInfo(name, _DATE)
            # The same on every system, which is otherwise written into the file.
            info.create_system, info.external_attr = 0, 0
            archive.writestr(info, content, zipfile.ZIP_DEFLATED, 6)
    return written.getvalue()


def _opening(manuscript: Manuscript, blocks: Blocks) -> str:
    found = [blocks.paragraph([Run(manuscript.question)], "Title")]
    found += [blocks.paragraph([Run(value)], "AnswerAside", label(f"{named}: ")) for named, value in manuscript.facts]
    found += [blocks.paragraph([Run(notice, italic=True)], "AnswerAside") for notice in manuscript.notices if notice]
    if manuscript.short_answer:
        found.append(blocks.paragraph([Run(manuscript.words.short_answer)], "Heading1"))
        found.append(blocks.html(manuscript.short_answer, "AnswerShort"))
    return "".join(found)


def _closing(manuscript: Manuscript, blocks: Blocks) -> str:
    found = []
    if manuscript.references:
        found.append(blocks.paragraph([Run(manuscript.words.references)], "Heading1"))
        mark = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{blocks.numbered(0, 1)}"/></w:numPr>'
        for number, entry in enumerate(manuscript.references, start=1):
            place = blocks.bookmark(f"ref_{number}")
            found.append(blocks.paragraph(blocks.inline.html(entry), "ReferenceEntry", place, mark))
    if manuscript.resources:
        found.append(blocks.paragraph([Run(manuscript.words.resources, bold=True)], "AnswerAside"))
        for entry, note in manuscript.resources:
            runs = [*blocks.inline.html(entry), *([Run(f" {note}")] if note else [])]
            found.append(blocks.paragraph(runs, "AnswerAside"))
    return "".join(found)


def _header(manuscript: Manuscript) -> str:
    ink = '<w:b/><w:color w:val="B3261E"/><w:sz w:val="22"/>' if manuscript.warns else "<w:b/>"
    standing = f'<w:r><w:rPr>{ink}</w:rPr><w:t xml:space="preserve">\u2060{plain(manuscript.standing)}</w:t></w:r>'
    words = f"{standing}{_word(f'   {manuscript.running}')}"
    return f'{HEAD}<w:hdr {W}><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>{words}</w:p></w:hdr>'


def _footer(manuscript: Manuscript, width: int) -> str:
    before, _, rest = manuscript.words.page.partition("{page}")
    between, _, after = rest.partition("{pages}")
    pages = f"{_word(before)}{_field('PAGE')}{_word(between)}{_field('NUMPAGES')}{_word(after)}"
    tab = f'<w:tabs><w:tab w:val="right" w:pos="{width}"/></w:tabs>'
    return (
        f'{HEAD}<w:ftr {W}><w:p><w:pPr><w:pStyle w:val="Footer"/>{tab}</w:pPr>'
        f"{_word(chr(0x2060) + manuscript.running)}<w:r><w:tab/></w:r>{pages}</w:p>"
        f'<w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{_word(manuscript.digest)}</w:p></w:ftr>'
    )


def _word(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{plain(text)}</w:t></w:r>' if text else ""


def _field(name: str) -> str:
    return f'<w:fldSimple w:instr=" {name} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def _settings(manuscript: Manuscript) -> str:
    # 15 is the newest mode there is; without it Word opens the file in its compatibility mode.
    mode = (
        '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word"'
        ' w:val="15"/></w:compat>'
    )
    return f'{HEAD}<w:settings {W}>{mode}<w:themeFontLang w:val="{manuscript.language}"/></w:settings>'


def _core(manuscript: Manuscript) -> str:
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="{_CORE}" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{plain(manuscript.question)}</dc:title><dc:subject>{plain(manuscript.running)}</dc:subject>"
        f"<dc:language>{manuscript.language}</dc:language></cp:coreProperties>"
    )


def _types(blocks: Blocks) -> str:
    suffixes = {path.rpartition(".")[2] for _, path, _ in blocks.pictures.parts}
    defaults = "".join(
        f'<Default Extension="{suffix}" ContentType="{_IMAGES[suffix]}"/>' for suffix in sorted(suffixes)
    )
    overrides = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{_WORDML}.{part}+xml"/>' for part in _PARTS
    )
    return (
        f'{HEAD}<Types xmlns="{_OFFICE}/package/2006/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType='
        f'"application/xml"/>{defaults}<Override PartName="/word/document.xml" ContentType='
        f'"{_WORDML}.document.main+xml"/>'
        f'{overrides}<Override PartName="/docProps/core.xml" ContentType='
        '"application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
    )


def _document_relations(blocks: Blocks) -> str:
    inside = {f"rId{part}": (part, f"{part}.xml") for part in _PARTS}
    inside |= {identity: ("image", path) for identity, path, _ in blocks.pictures.parts}
    return _relations(inside, {identity: target for target, identity in blocks.links.targets.items()})


def _relations(
    inside: Mapping[str, tuple[str, str]], outside: Mapping[str, str] | None = None, *, core: bool = False
) -> str:
    rows = [
        f'<Relationship Id="{identity}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
        for identity, (kind, target) in inside.items()
    ]
    if core:
        kind = f"{_OFFICE}/package/2006/relationships/metadata/core-properties"
        rows.append(f'<Relationship Id="rIdCore" Type="{kind}" Target="docProps/core.xml"/>')
    rows += [
        f'<Relationship Id="{identity}" Type="{_RELATIONS}/hyperlink" Target="{plain(target).replace(chr(34), "%22")}"'
        ' TargetMode="External"/>'
        for identity, target in (outside or {}).items()
    ]
    return f'{HEAD}<Relationships xmlns="{_OFFICE}/package/2006/relationships">{"".join(rows)}</Relationships>'
