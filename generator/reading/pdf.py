"""PDFs: one file read twice, by the geometry of its cells and by the flow of its text layer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pypdfium2 as pdfium
from msgspec.structs import replace

from generator.meaning.characters import UNKNOWN
from generator.models import Line, PageSize
from generator.pdf.fonts import use_own_fonts
from generator.pdf.limits import Limits
from generator.pdf.objects import PageObjects, read_page
from generator.pdf.visible import Why
from generator.problems import Report, UnreadableError
from generator.reading.geometry import Placed, PlacedLines, document_lines
from generator.reading.marks import RaisedMark
from generator.reading.paging import is_page_number
from generator.reading.pdf_whole import refuse_partial

# pdfium's numbers for why a document does not open.
_REASONS = {3: "pdf-broken", 4: "pdf-encrypted", 5: "pdf-encrypted"}
_PRINTING_ONLY = 0xFFFFFFFF
# A text layer with more unknown characters than this share says nothing reliable.
_MOST_UNKNOWN = 0.02
# A page with no more characters than a page number and a heading may be a picture: it is one if a
# picture takes this share of it, or this one where there is no text at all.
_FEW, _LEAST, _ORNAMENT = 20, 0.3, 0.05
_OUTLINES = 50
_PAGE_DIGITS = 4
_LONGEST = 80
_WHY: dict[Why, str] = {
    "invisible": "透明或与底色相同",
    "outside": "在页面之外",
    "clipped": "被单元格或版框截去",
    "covered": "被后来的图形盖住",
}


@dataclass(frozen=True, slots=True)
class PdfText:
    """A PDF as both routes give it, and the sizes of its pages."""

    geometry: tuple[Line, ...]
    flow: tuple[Line, ...]
    pages: tuple[PageSize, ...]


def read_pdf(data: bytes, limits: Limits, report: Report) -> PdfText:
    """Read the PDF in ``data``.

    Raises UnreadableError where it is no PDF, not whole, locked, without text, or beyond limits.
    """
    layers = refuse_partial(data)
    document = _open(data)
    try:
        if len(document) > limits.pages:
            raise UnreadableError("too-many-pages", found=len(document), most=limits.pages)
        pages = [
            read_page(document, index, limits, layers=layers) for index in range(len(document))
        ]
    finally:
        document.close()
    placed = document_lines(pages)
    _record_left_out(pages, placed.marks, report)
    for table in placed.unclear:
        report.add("columns-unclear", page=table.page, title=table.title, reason=table.why)
    _refuse_without_text(pages, report)
    sizes = tuple(PageSize(page.number, page.width, page.height) for page in pages)
    return PdfText(_geometry(placed), _flow(pages, placed.marks), sizes)


def _open(data: bytes) -> pdfium.PdfDocument:
    use_own_fonts()
    try:
        document = pdfium.PdfDocument(data)
        if not len(document):
            raise UnreadableError("pdf-broken", reason="没有页")
    except pdfium.PdfiumError as error:
        code = _REASONS.get(getattr(error, "err_code", 0) or 0, "pdf-broken")
        raise UnreadableError(code, reason=str(error)) from error
    return document


def _refuse_without_text(pages: Sequence[PageObjects], report: Report) -> None:
    """A scanned file is said to be one; so is a page that shows something and has no text."""
    if not any(page.chars for page in pages):
        raise UnreadableError("pdf-without-text", pages=len(pages))
    for page in pages:
        if what := _instead_of_text(page):
            report.add("page-without-text", page=page.number, what=what)
    known = sum(len(page.chars) for page in pages)
    unknown = sum(page.unknown for page in pages)
    if unknown > _MOST_UNKNOWN * (known + unknown):
        raise UnreadableError("text-layer-unreadable", unknown=unknown, known=known)
    if unknown:
        first = min(page.number for page in pages if page.unknown)
        report.add("characters-unknown", page=first, count=unknown)


def _instead_of_text(page: PageObjects) -> str:
    """What a page shows in the place of text, where that is more than an ornament."""
    if len(page.chars) > _FEW:
        return ""
    whole = page.scale**2 * page.width * page.height
    few = _LEAST if page.chars else _ORNAMENT
    if any(picture.size > few * whole for picture in page.pictures):
        return "图片"
    return "文字的轮廓（曲线）" if len(page.outlines) > _OUTLINES else ""


_Marks = Mapping[int, Sequence[RaisedMark]]  # by page


def _record_left_out(pages: Sequence[PageObjects], marks: _Marks, report: Report) -> None:
    """Say what of the text layer was not read, and why; each watermark only once."""
    watermarks: dict[str, int] = {}
    for page in pages:
        unseen: dict[Why, list[str]] = {}
        for why, text in page.hidden:
            if why == "watermark":
                watermarks.setdefault(text.strip(), page.number)
            else:
                unseen.setdefault(why, []).append(" ".join(text.split()))
        for why, texts in unseen.items():
            # Some programs print each character for itself.
            apart = "" if max(map(len, texts)) == 1 else " "
            shown = _shortened(apart.join(texts))
            report.add("text-not-visible", page=page.number, why=_WHY[why], text=shown)
        for mark in marks.get(page.number, ()):
            report.add("mark-left-out", page=page.number, figure=mark.figure, mark=mark.text)
    if watermarks:
        shown = _shortened("、".join(watermarks))
        report.add("watermark-left-out", page=min(watermarks.values()), text=shown)


def _shortened(text: str) -> str:
    """A text, or its beginning where it is long."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}……（共 {len(text)} 字）"


def _geometry(placed: PlacedLines) -> tuple[Line, ...]:
    lines = [_line(number, page, line) for number, (page, line) in enumerate(placed.lines, start=1)]
    return tuple(_with_page_numbers(lines))


def _line(number: int, page: int, line: Placed) -> Line:
    return Line(
        number,
        page,
        line.text,
        line.boxes,
        place=line.place,
        edges=line.edges,
        doubts=line.doubts,
        aligned=line.aligned,
    )


def _flow(pages: Sequence[PageObjects], marks: _Marks) -> tuple[Line, ...]:
    texts = [
        (page.number, text)
        for page in pages
        for text in _flow_text(page, marks).replace("\r\n", "\n").split("\n")
    ]
    lines = [Line(number, page, text) for number, (page, text) in enumerate(texts, start=1)]
    return tuple(_with_page_numbers(lines))


def _flow_text(page: PageObjects, marks: _Marks) -> str:
    """The text layer of a page, without the marks that the other route leaves out."""
    if page.number not in marks:
        return page.text
    out = {char for mark in marks[page.number] for char in mark.chars}
    kept = [unit for unit in page.units if unit not in out]
    return "".join(unit if isinstance(unit, str) else unit.text for unit in kept)


def _with_page_numbers(lines: Sequence[Line]) -> Iterator[Line]:
    """A number alone at the head or foot of a page is the page's, in dashes or bare."""
    full = [line for line in lines if line.text.strip()]
    ends = set()
    for index, line in enumerate(full):
        first = index == 0 or full[index - 1].page != line.page
        last = index + 1 == len(full) or full[index + 1].page != line.page
        if (first or last) and not line.boxes and _is_number(line.text):
            ends.add(line.number)
    for line in lines:
        yield replace(line, page_number=True) if line.number in ends else line


def _is_number(text: str) -> bool:
    if is_page_number(text):
        return True
    # A font may not tell even these.
    bare = text.strip().strip("-—–·第页 ").replace(UNKNOWN, "0").replace(" ", "")
    return bare.isdigit() and len(bare) <= _PAGE_DIGITS + text.count(UNKNOWN)
