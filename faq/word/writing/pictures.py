"""Pictures in a Word file: the parts that hold them, and the drawings that show them. Pure."""

from faq.word.writing.manuscript import Drawn
from faq.word.writing.runs import attribute

_PIXEL, _TWENTIETH = 9525, 635
_TALLEST = 10_000  # twentieths of a point
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_VECTOR = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"


class Pictures:
    """The pictures of one file; `parts` are (id, path in word/, bytes)."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.parts: list[tuple[str, str, bytes]] = []

    def drawing(self, drawn: Drawn, alt: str) -> str:
        """The run that shows a figure, no wider than the page, with its words for those who cannot see it."""
        number = len(self.parts) + 1
        identity = self._part(drawn.picture, drawn.suffix)
        vector = self._part(drawn.vector, "svg") if drawn.vector else ""
        across, down = self._size(drawn)
        name = attribute(f"answer-figure:{drawn.key}")
        extension = (
            f'<a:extLst><a:ext uri="{_VECTOR}"><asvg:svgBlip r:embed="{vector}" xmlns:asvg='
            '"http://schemas.microsoft.com/office/drawing/2016/SVG/main"/></a:ext></a:extLst>'
            if vector
            else ""
        )
        return (
            f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{across}" cy="{down}"/>'
            f'<wp:docPr id="{number}" name={name} descr={attribute(alt)}/><wp:cNvGraphicFramePr>'
            '<a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr><a:graphic>'
            f'<a:graphicData uri="{_DRAWING}/picture">'
            f'<pic:pic><pic:nvPicPr><pic:cNvPr id="{number}" name={name}/><pic:cNvPicPr/></pic:nvPicPr>'
            f'<pic:blipFill><a:blip r:embed="{identity}">{extension}</a:blip><a:stretch><a:fillRect/></a:stretch>'
            "</pic:blipFill>"
            f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{across}" cy="{down}"/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
            "</wp:inline></w:drawing></w:r>"
        )

    def _part(self, content: bytes, suffix: str) -> str:
        known = next((identity for identity, path, held in self.parts if held == content and path.endswith(suffix)), "")
        if known:
            return known
        number = len(self.parts) + 1
        self.parts.append((f"rIdPicture{number}", f"media/picture{number}.{suffix}", content))
        return self.parts[-1][0]

    def _size(self, drawn: Drawn) -> tuple[int, int]:
        """Width and height in English Metric Units, within the page."""
        width, height = drawn.width * _PIXEL, drawn.height * _PIXEL
        scale = min(1.0, self.width * _TWENTIETH / width, _TALLEST * _TWENTIETH / height)
        return round(width * scale), round(height * scale)
