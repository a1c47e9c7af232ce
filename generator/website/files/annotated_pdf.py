"""Makes one annotated copy: finds each place in the PDF, and adds the notes; a worker's task.

The copy has the pages of the source, their look and our notes, and nothing else of it
(``clean_pdf``): no script, link, form or attached file.
"""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pypdfium2 as pdfium
from pypdf import PdfReader, PdfWriter

from generator.pdf.fonts import use_own_fonts
from generator.pdf.limits import Limits
from generator.pdf.objects import Char, quarter_turns, read_page
from generator.problems import UnreadableError
from generator.website.files.clean_pdf import clean
from generator.website.files.pdf_notes import Annotation, Edges, PageLeaf, Role, annotate

_STRONGEST: tuple[Role, ...] = ("question", "input", "remark")
# A quote, or a figure by itself, that is shorter than this may stand anywhere.
_SHORTEST_QUOTE = 4
_SHORTEST_FIGURE = 6
_START = 24  # of a quote, where all of it is not found (a page may end in its midst)


@dataclass(frozen=True)
class MarkPlace:
    """What is known of the place of a figure or phrase.

    `edges` are its own; without them, `quote` is the text around it, to be found on `page` or on
    all pages, and `figure` is what is printed within it.
    """

    page: int | None = None
    edges: Edges | None = None
    quote: str = ""
    figure: str = ""


@dataclass(frozen=True)
class FindingMark:
    """A figure or phrase to be marked for the finding `number`.

    Without a place, the note stands at the margin of its page or of the first one.
    """

    number: int
    role: Role
    acknowledged: bool
    text: str
    place: MarkPlace


@dataclass(frozen=True)
class CopyTask:
    """A PDF and what is to be marked in it."""

    path: Path
    marks: tuple[FindingMark, ...]


@dataclass(frozen=True)
class AnnotatedCopy:
    """The bytes of an annotated copy, or the reason why there is none."""

    data: bytes = b""
    reason: str = ""


Placed = tuple[Edges | None, FindingMark]


def annotated_copy(task: CopyTask) -> AnnotatedCopy:
    """Return the annotated copy, or the reason why there is none."""
    # Its remarks name no file; what matters is in the reason.
    logging.getLogger("pypdf").setLevel(logging.ERROR)
    use_own_fonts()
    try:
        data = task.path.read_bytes()
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted:
            return AnnotatedCopy(reason="原件设有权限（加密），不作改动")
        writer = PdfWriter(PdfReader(BytesIO(clean(data))), incremental=True)
        with _Pages(data) as pages:
            for number, marks in sorted(_by_page(task.marks, pages).items()):
                annotate(writer, number - 1, pages.leaf(number), _annotations(marks))
        buffer = BytesIO()
        writer.write(buffer)
        return AnnotatedCopy(_checked(buffer.getvalue(), len(reader.pages)))
    except Exception as error:  # whatever a file does to the library, the site is built
        return AnnotatedCopy(reason=f"{type(error).__name__}：{str(error)[:200]}")


def _checked(data: bytes, pages: int) -> bytes:
    """Open the copy as a viewer would. Raises PdfiumError or ValueError where it is broken."""
    document = pdfium.PdfDocument(data)
    try:
        if len(document) != pages:
            raise ValueError("副本的页数与原件不同")
    finally:
        document.close()
    return data


# ── places ───────────────────────────────────────────────────────────────────────────────


class _Pages:
    """The pages of a PDF as they are looked at, read when asked for."""

    def __init__(self, data: bytes) -> None:
        self.document = pdfium.PdfDocument(data)
        self.read: dict[int, tuple[Char, ...]] = {}

    def __enter__(self) -> _Pages:
        return self

    def __exit__(self, *_: object) -> None:
        self.document.close()

    def __len__(self) -> int:
        return len(self.document)

    def chars(self, number: int) -> tuple[Char, ...]:
        """The characters of a page; none where it cannot be read."""
        if number not in self.read:
            try:
                page = read_page(self.document, number - 1, Limits())
                self.read[number] = page.shown_chars
            except UnreadableError:
                self.read[number] = ()
        return self.read[number]

    def leaf(self, number: int) -> PageLeaf:
        """How a page lies."""
        page = self.document[number - 1]
        text = page.get_textpage()
        left, bottom, right, top = page.get_cropbox()
        leaf = PageLeaf(left, bottom, right, top, quarter_turns(page, text.raw))
        text.close()
        page.close()
        return leaf


def _by_page(marks: Sequence[FindingMark], pages: _Pages) -> dict[int, list[Placed]]:
    """The marks of each page with their edges; of what merely took part, only what is found."""
    found: dict[int, list[Placed]] = {}
    for mark in marks:
        number, edges = _find(mark.place, pages)
        if edges or mark.role != "input":
            found.setdefault(number, []).append((edges, mark))
    return found


def _find(place: MarkPlace, pages: _Pages) -> tuple[int, Edges | None]:
    """The page and the edges of a place, as near as they are known."""
    page = place.page if place.page and 1 <= place.page <= len(pages) else None
    if page and place.edges:
        return page, place.edges
    numbers = [page] if page else list(range(1, len(pages) + 1))
    found = [(n, run) for n in numbers for run in _runs(place.quote, pages.chars(n))]
    # On a page that is known the first will do; elsewhere it must be the only one.
    if found and (page or len(found) == 1):
        number, run = found[0]
        return number, _figure(place.figure, run) or _first_line(run)
    if not place.quote and len(place.figure) >= _SHORTEST_FIGURE:
        alone = [(n, edges) for n in numbers if (edges := _figure(place.figure, pages.chars(n)))]
        if len(alone) == 1:
            return alone[0]
    return page or 1, None


def _figure(figure: str, chars: Sequence[Char]) -> Edges | None:
    """Where a figure stands among characters, if it does once, and not as part of another.

    The packages keep amounts without the commas that the page may print.
    """
    text, owners = _folded(chars)
    wanted = re.sub(r"(?<=\d)(?=\d)", ",?", re.escape(_solid(figure).replace(",", "")))
    found = list(re.finditer(rf"(?<![\d.,]){wanted}(?!\d|[.,]\d)", text)) if wanted else []
    return _first_line([owners[i] for i in range(*found[0].span())]) if len(found) == 1 else None


def _runs(quote: str, chars: Sequence[Char]) -> list[list[Char]]:
    """Where a quote stands on a page: all of it, else what begins as it does."""
    solid = _solid(quote)
    text, owners = _folded(chars)
    if len(solid) < _SHORTEST_QUOTE:
        return []
    starts = [m.start() for m in re.finditer(re.escape(solid), text)] or [
        m.start() for m in re.finditer(re.escape(solid[:_START]), text)
    ]
    return [owners[start : start + len(solid)] for start in starts]


def _folded(chars: Sequence[Char]) -> tuple[str, list[Char]]:
    """The text of characters without blanks, and the character that each of its letters is of."""
    folded = [(letter, char) for char in chars for letter in _solid(char.text)]
    return "".join(letter for letter, _ in folded), [char for _, char in folded]


def _first_line(run: Sequence[Char]) -> Edges:
    """The edges of a run; of one that goes on, those on its first line."""
    return _around([char for char in run if char.top < run[0].bottom and char.x1 > run[0].x0])


def _around(chars: Sequence[Char]) -> Edges:
    return (
        min(char.x0 for char in chars) - 1,
        min(char.top for char in chars) - 1,
        max(char.x1 for char in chars) + 1,
        max(char.bottom for char in chars) + 1,
    )


def _solid(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _annotations(marks: Sequence[Placed]) -> list[Annotation]:
    """One annotation for each place: several findings may doubt one figure."""
    by_place: dict[object, list[Placed]] = {}
    for edges, mark in marks:
        place = edges and tuple(round(edge) for edge in edges)
        by_place.setdefault(place or mark.number, []).append((edges, mark))
    return [_annotation(each[0][0], [mark for _, mark in each]) for each in by_place.values()]


def _annotation(edges: Edges | None, marks: Sequence[FindingMark]) -> Annotation:
    open_ones = [mark for mark in marks if not mark.acknowledged] or marks
    return Annotation(
        edges,
        tuple(sorted({mark.number for mark in marks})),
        min((mark.role for mark in open_ones), key=_STRONGEST.index),
        all(mark.acknowledged for mark in marks),
        "\n".join(dict.fromkeys(mark.text for mark in marks)),
    )
