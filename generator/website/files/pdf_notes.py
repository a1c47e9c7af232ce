"""The notes on a PDF: squares around figures, numbered labels and notes, as PDF annotations.

Each brings its own appearance, so that every viewer shows the same; the words of a note are in its
contents, which viewers open at a click and which need no font.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

Role = Literal["question", "input", "remark"]
#: left, top, right, bottom in points from the top left of the page as it is looked at.
Edges = tuple[float, float, float, float]

#: The figure in question is red, what it was compared with blue, a remark amber.
COLOURS: dict[Role, tuple[float, float, float]] = {
    "question": (0.80, 0.10, 0.10),
    "input": (0.10, 0.35, 0.75),
    "remark": (0.78, 0.52, 0.05),
}
_AUTHOR = "明账核对"
_SIZE = 7.0  # of a label's digits
_HEIGHT = 9.5
_DIGIT, _BLANK = 0.556, 0.278  # widths in Helvetica
_MARGIN = 6.0
_ROW = 14.0
_PRINT = 4  # the flag of an annotation that is printed
_MOST_NUMBERS = 6  # on one label


@dataclass(frozen=True)
class Annotation:
    """What is to be marked at one place of a page; `edges` are None for a note at its margin."""

    edges: Edges | None
    numbers: tuple[int, ...]
    role: Role
    acknowledged: bool
    text: str


@dataclass(frozen=True)
class PageLeaf:
    """How a page lies: its crop box, its quarter turns with the clock, and its size as seen."""

    left: float
    bottom: float
    right: float
    top: float
    quarter: int

    @property
    def size(self) -> tuple[float, float]:
        """Return width and height of the page as it is looked at."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.quarter % 2 else (width, height)

    def rectangle(self, edges: Edges) -> tuple[float, float, float, float]:
        """Return the rectangle in the page's own space of edges on the page as looked at."""
        turns: list[Callable[[float, float], tuple[float, float]]] = [
            lambda x, y: (self.left + x, self.top - y),
            lambda x, y: (self.left + y, self.bottom + x),
            lambda x, y: (self.right - x, self.bottom + y),
            lambda x, y: (self.right - y, self.top - x),
        ]
        (x0, y0), (x1, y1) = (turns[self.quarter](*p) for p in (edges[:2], edges[2:]))
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def annotate(
    writer: PdfWriter, index: int, leaf: PageLeaf, annotations: Sequence[Annotation]
) -> None:
    """Put the notes of one page (`index` from 0) on it."""
    drawn = _Page(writer, index, leaf)
    beside = 0
    for count, annotation in enumerate(annotations, 1):
        if annotation.edges is None:
            drawn.note(count, annotation, beside)
            beside += 1
        else:
            drawn.box(count, annotation, annotation.edges)
    for count, annotation in enumerate(annotations, 1):
        if annotation.edges is not None:  # above the boxes of their neighbours
            drawn.label(count, annotation, annotation.edges[0] - 1.5, annotation.edges[1] - 2.5)


class _Page:
    """One page to be annotated."""

    def __init__(self, writer: PdfWriter, index: int, leaf: PageLeaf) -> None:
        self.writer, self.index, self.leaf = writer, index, leaf

    def box(self, count: int, annotation: Annotation, edges: Edges) -> None:
        """A square around a figure."""
        width, height = edges[2] - edges[0], edges[3] - edges[1]
        rectangle = f"0.6 0.6 {_n(width - 1.2)} {_n(height - 1.2)} re"
        colour = _rgb(annotation)
        content = f"q /Light gs {colour} rg {rectangle} f Q {colour} RG 1.2 w {rectangle} S"
        if annotation.acknowledged:
            content = f"{colour} RG 1.2 w [4 2] 0 d {rectangle} S"
        more = {"/Subtype": NameObject("/Square"), "/BS": _border(annotation)}
        self._add(
            f"{count}-box",
            annotation,
            edges,
            content,
            {**more, "/Contents": _text(annotation.text)},
        )

    def note(self, count: int, annotation: Annotation, beside: int) -> None:
        """A note at the margin, below those that are there, and its label."""
        rows = max(1, int((self.leaf.size[1] - 2 * _MARGIN) // _ROW))
        x = _MARGIN + 60 * (beside // rows)
        y = _MARGIN + _ROW * (beside % rows)
        content = (
            f"{_rgb(annotation)} RG 1 1 0.85 rg 0.8 w 1 1 9 9 re B "
            "2.5 7.5 m 8.5 7.5 l 2.5 5.5 m 8.5 5.5 l 2.5 3.5 m 6.5 3.5 l S"
        )
        more = {"/Subtype": NameObject("/Text"), "/Name": NameObject("/Note")}
        edges = (x, y, x + 11, y + 11)
        self._add(
            f"{count}-note",
            annotation,
            edges,
            content,
            {**more, "/Contents": _text(annotation.text)},
        )
        self.label(count, annotation, x + 13 + _label_width(annotation) / 2, y + 5.5)

    def label(self, count: int, annotation: Annotation, x: float, y: float) -> None:
        """The numbers in a pill whose middle is at a point, moved onto the page where it is not."""
        width = _label_width(annotation)
        page_width, page_height = self.leaf.size
        left = min(max(x - width / 2, 0), page_width - width)
        top = min(max(y - _HEIGHT / 2, 0), page_height - _HEIGHT)
        edges = (left, top, left + width, top + _HEIGHT)
        more = {
            "/Subtype": NameObject("/FreeText"),
            "/DA": _text(f"/Helv {_n(_SIZE)} Tf 1 1 1 rg"),
            "/Contents": _text(
                _shown(annotation.numbers) + ("（已确认）" if annotation.acknowledged else "")
            ),
        }
        self._add(f"{count}-label", annotation, edges, _pill(annotation, width), more)

    def _add(
        self,
        name: str,
        annotation: Annotation,
        edges: Edges,
        content: str,
        more: Mapping[str, object],
    ) -> None:
        rectangle = self.leaf.rectangle(edges)
        self.writer.add_annotation(
            self.index,
            DictionaryObject(
                {
                    NameObject("/Type"): NameObject("/Annot"),
                    NameObject("/Rect"): _numbers(rectangle),
                    NameObject("/NM"): _text(f"mingzhang-{self.index + 1}-{name}"),
                    NameObject("/T"): _text(_AUTHOR),
                    NameObject("/F"): NumberObject(_PRINT),
                    NameObject("/C"): _numbers(COLOURS[annotation.role]),
                    NameObject("/AP"): DictionaryObject(
                        {NameObject("/N"): self._appearance(edges, content)}
                    ),
                    **{NameObject(key): value for key, value in more.items()},
                }
            ),
        )

    def _appearance(self, edges: Edges, content: str) -> object:
        """A drawing of the size of its place, turned so that it is upright as looked at."""
        turns = [(1, 0, 0, 1), (0, 1, -1, 0), (-1, 0, 0, -1), (0, -1, 1, 0)]
        font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica-Bold"}
        stream = DecodedStreamObject()
        stream.set_data(content.encode("ascii"))
        stream.update(
            {
                NameObject("/Type"): NameObject("/XObject"),
                NameObject("/Subtype"): NameObject("/Form"),
                NameObject("/BBox"): _numbers((0, 0, edges[2] - edges[0], edges[3] - edges[1])),
                NameObject("/Matrix"): _numbers((*turns[self.leaf.quarter], 0, 0)),
                NameObject("/Resources"): _dictionary(
                    {
                        "/Font": _dictionary({"/Helv": _names(font)}),
                        "/ExtGState": _dictionary(
                            {"/Light": _dictionary({"/ca": FloatObject("0.12")})}
                        ),
                    }
                ),
            }
        )
        return self.writer._add_object(stream)


# ── drawing ──────────────────────────────────────────────────────────────────────────────


def _pill(annotation: Annotation, width: float) -> str:
    """Numbers in white on colour; in colour on white, with a tick, where it is acknowledged."""
    radius = _HEIGHT / 2
    colour = _rgb(annotation)
    shape = (
        f"1 J {_n(_HEIGHT - 1)} w {_n(radius)} {_n(radius)} m "
        f"{_n(max(width - radius, radius + 0.01))} {_n(radius)} l S"
    )
    text = f"BT /Helv {_n(_SIZE)} Tf {_n(3.2)} {_n(2.3)} Td ({_numbers_text(annotation)}) Tj ET"
    if not annotation.acknowledged:
        return f"{colour} RG {shape} 1 1 1 rg {text}"
    inside = shape.replace(f"{_n(_HEIGHT - 1)} w", f"{_n(_HEIGHT - 2.4)} w")
    x = width - 8.5
    tick = f"1 w {_n(x)} 4.6 m {_n(x + 1.8)} 2.8 l {_n(x + 5)} 6.8 l S"
    return f"{colour} RG {shape} 1 1 1 RG {inside} {colour} rg {text} {colour} RG {tick}"


def _label_width(annotation: Annotation) -> float:
    text = _numbers_text(annotation)
    letters = sum(_BLANK if letter in " ." else _DIGIT for letter in text)
    return max(letters * _SIZE + 6.4, _HEIGHT) + (7.0 if annotation.acknowledged else 0)


def _numbers_text(annotation: Annotation) -> str:
    more = " ..." if len(annotation.numbers) > _MOST_NUMBERS else ""
    return " ".join(str(number) for number in annotation.numbers[:_MOST_NUMBERS]) + more


def circled(number: int) -> str:
    """Return a number as text shows it in a circle: ① to ⑳, and (21) from there on."""
    return chr(ord("①") + number - 1) if number <= 20 else f"({number})"


def _shown(numbers: Sequence[int]) -> str:
    return "".join(circled(number) for number in numbers)


def _border(annotation: Annotation) -> DictionaryObject:
    style = {"/W": FloatObject("1.2"), "/S": NameObject("/D" if annotation.acknowledged else "/S")}
    return _dictionary(style)


def _rgb(annotation: Annotation) -> str:
    return " ".join(_n(part) for part in COLOURS[annotation.role])


# ── objects of a PDF ─────────────────────────────────────────────────────────────────────


def _n(value: float) -> str:
    return f"{value:.2f}"


def _numbers(values: Sequence[float]) -> ArrayObject:
    return ArrayObject([FloatObject(_n(value)) for value in values])


def _text(value: str) -> TextStringObject:
    return TextStringObject(value)


def _names(values: dict[str, str]) -> DictionaryObject:
    return DictionaryObject({NameObject(k): NameObject(v) for k, v in values.items()})


def _dictionary(values: Mapping[str, object]) -> DictionaryObject:
    return DictionaryObject({NameObject(key): value for key, value in values.items()})
