"""What reading gives: a source file as lines, with their places and its sidecar."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Kind = Literal["budget", "final_accounts"]

#: Why what stands in a cell of a page may not be what a person reads there: a picture, curves, a
#: form field or an annotation in it; a character of unknown meaning; something that lies over it;
#: text struck through; more than one amount; a smaller, raised mark behind the amount.
Doubt = Literal[
    "",
    "picture",
    "curves",
    "form_field",
    "annotation",
    "unknown_character",
    "overlaid",
    "struck_through",
    "two_amounts",
    "raised_mark",
]


class Box(Struct, frozen=True):
    """A place on a page of a PDF, in points from the top left of the page as it is looked at."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float


class Line(Struct, frozen=True):
    """One line of a source: its number from 1, its page where breaks show, its text.

    ``boxes`` are the places of its cells, parted by tabs in the text; empty for a text source.
    ``page_number`` tells that it only numbers its page. ``place`` is where a line of running text
    stands on its page, ``edges`` where each of its characters (blanks apart) begins, and the end.
    ``doubts`` say of each cell why its text is not beyond doubt, in the words of ``Doubt``; blank
    where it is, and empty where no cell of the line is in doubt. ``aligned`` tells that no rules
    part its cells: they are told by where the words stand.
    """

    number: int
    page: int | None
    text: str
    boxes: tuple[Box | None, ...] = ()
    page_number: bool = False
    place: Box | None = None
    edges: tuple[float, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    aligned: bool = False


class Sidecar(Struct, frozen=True):
    """What people know about a source file; blank where a fact is not known."""

    department: str = ""
    department_name: str = ""
    year: int | None = None
    kind: Kind | None = None
    title: str = ""
    publisher: str = ""
    language: str = ""
    licence: str = ""
    address: str = ""
    published: str = ""
    retrieved: str = ""
    revised: str = ""
    sha256: str = ""
    rendition: str = ""
    note: str = ""


#: How a source was read: a text's lines in order; a PDF's cells by their rulings and positions;
#: the same where no rules part the cells, by where the words stand; a PDF's text layer in its own
#: order; a PDF's tables as pdfplumber finds them, where in doubt.
Route = Literal["flow:txt", "geometry:pdf", "alignment:pdf", "flow:pdf", "plumber:pdf"]


class PageSize(Struct, frozen=True):
    """The size of a page of a PDF, in points, as it is looked at."""

    number: int
    width: float
    height: float


class Document(Struct, frozen=True):
    """A source file as one route read it: its lines, its hash (of the bytes) and its sidecar.

    ``encoding`` is a text's encoding, or ``pdf``; ``pages`` are the pages of a PDF.
    """

    file: str
    sha256: str
    size: int
    encoding: str
    lines: tuple[Line, ...]
    sidecar: Sidecar | None
    route: Route = "flow:txt"
    pages: tuple[PageSize, ...] = ()
