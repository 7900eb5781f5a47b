"""Word files written by hand, piece by piece, as Word writes them."""

import io
import struct
import zipfile
import zlib
from xml.sax.saxutils import escape

_OFFICE = "http://schemas.openxmlformats.org"
SPACES = (
    f'xmlns:w="{_OFFICE}/wordprocessingml/2006/main" xmlns:r="{_OFFICE}/officeDocument/2006/relationships"'
    f' xmlns:wp="{_OFFICE}/drawingml/2006/wordprocessingDrawing" xmlns:a="{_OFFICE}/drawingml/2006/main"'
    f' xmlns:pic="{_OFFICE}/drawingml/2006/picture" xmlns:m="{_OFFICE}/officeDocument/2006/math"'
    f' xmlns:c="{_OFFICE}/drawingml/2006/chart" xmlns:mc="{_OFFICE}/markup-compatibility/2006"'
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:wps="http://schemas.microsoft.com/office/word/2010/'
    'wordprocessingShape"'
)
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"

_STYLES = {
    "Title": ("Title", ""),
    **{f"Heading{level}": (f"heading {level}", f'<w:outlineLvl w:val="{level - 1}"/>') for level in range(1, 6)},
    "Caption": ("caption", ""),
    "ListBullet": ("List Bullet", '<w:numPr><w:numId w:val="1"/></w:numPr>'),
    "ListBullet2": ("List Bullet 2", '<w:numPr><w:numId w:val="2"/></w:numPr>'),
    "ListContinue": ("List Continue", ""),
    "Quote": ("Quote", ""),
}


def run(text, look="", style=""):
    """A run; `look` is XML such as <w:b/>, or one of sup and sub."""
    raised = {"sup": '<w:vertAlign w:val="superscript"/>', "sub": '<w:vertAlign w:val="subscript"/>'}.get(look, look)
    named = f'<w:rStyle w:val="{style}"/>' if style else ""
    return f'<w:r><w:rPr>{named}{raised}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def p(*inside, style="", level=None, number=None):
    """A paragraph of runs and plain texts; an item of list `number` at `level`."""
    runs = "".join(part if part.startswith("<") else run(part) for part in inside)
    listed = f'<w:numPr><w:ilvl w:val="{level or 0}"/><w:numId w:val="{number}"/></w:numPr>' if number else ""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{listed}</w:pPr>{runs}</w:p>"


def cell(*inside, across=1, merge=""):
    span = f'<w:gridSpan w:val="{across}"/>' if across > 1 else ""
    merged = {"": "", "first": '<w:vMerge w:val="restart"/>', "on": "<w:vMerge/>"}[merge]
    paragraphs = "".join(part if part.startswith(("<w:p>", "<w:tbl>")) else p(part) for part in inside)
    return f"<w:tc><w:tcPr>{span}{merged}</w:tcPr>{paragraphs or p()}</w:tc>"


def table(*rows, heads=1, first_column=True):
    """Rows are lists of cells, or of their texts."""
    look = f'<w:tblPr><w:tblLook w:firstRow="1" w:firstColumn="{int(first_column)}"/></w:tblPr>'
    written = ""
    for place, row in enumerate(rows):
        repeated = "<w:trPr><w:tblHeader/></w:trPr>" if place < heads else ""
        cells = "".join(part if part.startswith("<w:tc>") else cell(part) for part in row)
        written += f"<w:tr>{repeated}{cells}</w:tr>"
    return f"<w:tbl>{look}{written}</w:tbl>"


def field(instruction, *shown):
    """A complex field that shows runs."""

    def char(kind):
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    told = f'<w:r><w:instrText xml:space="preserve">{escape(instruction)}</w:instrText></w:r>'
    return f"{char('begin')}{told}{char('separate')}{''.join(shown)}{char('end')}"


def picture(identity="rIdPicture", name="Picture 1", alt="", vector=""):
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="{name}" descr="{escape(alt)}"/><a:graphic><a:graphicData>'
        f'<pic:pic><pic:blipFill><a:blip r:embed="{identity}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )


def png(width=3, height=2):
    """A picture in one colour."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    lines = b"".join(b"\x00" + bytes([90]) * width for _ in range(height))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(lines)) + chunk(b"IEND", b"")


def numbering():
    """List 1 and 2 are bullets, 3 counts 1. 2. 3., 4 goes on with 3, 5 has letters."""
    kinds = {1: ("bullet", "•"), 2: ("bullet", "•"), 3: ("decimal", "%1."), 5: ("lowerLetter", "%1)")}
    levels = "".join(
        f'<w:abstractNum w:abstractNumId="{number}">'
        + "".join(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
            f'<w:lvlText w:val="{text.replace("1", str(level + 1))}"/></w:lvl>'
            for level in range(4)
        )
        + "</w:abstractNum>"
        for number, (kind, text) in kinds.items()
    )
    lists = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{3 if number == 4 else number}"/></w:num>'
        for number in range(1, 6)
    )
    return f"<w:numbering {SPACES}>{levels}{lists}</w:numbering>"


def styles():
    written = "".join(
        f'<w:style w:type="paragraph" w:styleId="{identity}"><w:name w:val="{name}"/><w:pPr>{properties}</w:pPr>'
        "</w:style>"
        for identity, (name, properties) in _STYLES.items()
    )
    return f"<w:styles {SPACES}>{written}</w:styles>"


def notes(kind, texts):
    """Footnotes or endnotes by their ids."""
    tag = f"w:{kind[:-1]}"
    inside = "".join(f'<{tag} w:id="{identity}">{p(text)}</{tag}>' for identity, text in texts.items())
    return f"<w:{kind} {SPACES}>{inside}</w:{kind}>"


def docx(*body, parts=None, relations=None, media=None, main=MAIN, document=None):
    """The bytes of a file; `parts` are more parts by kind, `relations` are more (type, target) by id."""
    files = {"styles": styles(), "numbering": numbering(), **(parts or {})}
    linked = {f"rId{kind}": (kind, f"{kind}.xml") for kind in files}
    linked |= {f"rId{name}": ("image", f"media/{name}") for name in media or {}}
    rows = "".join(_relation(identity, *told) for identity, told in {**linked, **(relations or {})}.items())
    text = document or f"<w:document {SPACES}><w:body>{''.join(body)}</w:body></w:document>"
    override = f'<Override PartName="/word/document.xml" ContentType="{main}"/>'
    package = f"{_OFFICE}/package/2006"
    written = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">{override}</Types>',
        "word/document.xml": text,
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{package}/relationships">{rows}</Relationships>',
        **{f"word/{kind}.xml": content for kind, content in files.items()},
        **{f"word/media/{name}": content for name, content in (media or {}).items()},
    }
    return zipped(written)


def _relation(identity, kind, target):
    mode = ' TargetMode="External"' if "://" in target else ""
    address = f"{_OFFICE}/officeDocument/2006/relationships/{kind}"
    return f'<Relationship Id="{identity}" Type="{address}" Target="{target}"{mode}/>'


def zipped(files):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()


def told(reading, kind=""):
    """What a report says, as "what: text", of one kind if given."""
    return [f"{item['what']}: {item['text']}" for item in reading.told["items"] if not kind or item["kind"] == kind]
