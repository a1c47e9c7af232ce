"""Images of a PDF's pages, and where each figure stands on them.

Only pages that hold figures of the tables, or figures in doubt, are drawn, small and in few greys.
Each is kept in the cache under a hash of the file and of what draws it, and named by its content
on the site.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.paths import below
from generator.pdf.limits import Limits
from generator.reach import BuildStage, made_by
from generator.store import Store, digest, digest_of_file
from generator.website.drawing.page_drawing import PageTask, draw_page
from generator.website.published.boxes import facts_with_boxes
from generator.website.published.package import Package, Source
from generator.website.published.rows import Row
from generator.workers import Died, run_all

DRAWING = BuildStage(("generator.website.drawing.page_drawing",))


@dataclass(frozen=True)
class Mark:
    """The box of one figure on its page, in points; `id` is the anchor that leads to it.

    `row` is the number of its row in its table, by which it was known before version 1.
    """

    id: str
    label: str
    x: str
    y: str
    width: str
    height: str
    row: str = ""


@dataclass(frozen=True)
class PageImage:
    """One page of a PDF: its size in points, its drawn image, and the figures on it."""

    number: int
    width: float
    height: float
    data: bytes
    marks: tuple[Mark, ...]

    @property
    def path(self) -> str:
        """Return the image's place in the site, named by its content."""
        return f"pages/{hashlib.sha256(self.data).hexdigest()[:16]}.png"


@dataclass(frozen=True)
class Views:
    """The drawn pages of one source of a disclosure."""

    source: Source
    pages: tuple[PageImage, ...]


def anchor(fact_id: str) -> str:
    """Return the anchor of a figure within its disclosure: its identifier less the prefix."""
    return ".".join(fact_id.split(".")[2:])


def marked(views: Views | None) -> frozenset[str]:
    """Return the anchors of all figures that are marked on a drawn page."""
    pages = views.pages if views else ()
    return frozenset(mark.id for page in pages for mark in page.marks)


def draw_views(packages: Sequence[Package], folder: Path, cache: Path) -> Mapping[str, Views]:
    """Draw the pages of all packages that have a PDF below `folder`; by the packages' ids.

    A PDF that is not there, or not the one that was read, is left out: the text still leads back.
    What was drawn before of one that is gone, and whose package was kept, is shown again.
    """
    found = {p.id: pdf_source(p, folder) or _kept_source(p, folder) for p in packages}
    marks = {package.id: _marks(package, found[package.id]) for package in packages}
    sources = {id_: source for id_, source in found.items() if source and marks[id_]}
    images = _images(
        {
            PageTask(below(folder, source.file), number): source.hash
            for id_, source in sources.items()
            for number in marks[id_]
        },
        cache,
    )
    views = {
        id_: Views(source, tuple(_pages(source, folder, marks[id_], images)))
        for id_, source in sources.items()
    }
    return {id_: each for id_, each in views.items() if each.pages}


def pdf_source(package: Package, folder: Path) -> Source | None:
    """Return the PDF that the boxes refer to, if it is at hand and the very one that was read."""
    for source in package.sources:
        path = below(folder, source.file) if source.pages else None
        if path and path.is_file() and source.hash == f"sha256:{digest_of_file(path).hex()}":
            return source
    return None


def _kept_source(package: Package, folder: Path) -> Source | None:
    """The PDF of a kept package that is gone: its pages may be in the cache."""
    pdfs = (source for source in package.sources if source.pages) if package.kept else ()
    return next((each for each in pdfs if not below(folder, each.file).exists()), None)


def _marks(package: Package, source: Source | None) -> Mapping[int, tuple[Mark, ...]]:
    """The figures of a package by page: those of its tables, and those of its prose in doubt.

    Of a disclosure in two files only those of the file at hand have a place on its pages.
    """
    if source is None:
        return {}
    pages: dict[int, list[Mark]] = defaultdict(list)
    rows = [(row["fact_id"], row["label"], row) for row in facts_with_boxes(package)]
    doubted = _doubted(package)
    for row in package.rows("narrative"):
        if row["narrative_id"] in doubted:
            rows.append((row["narrative_id"], row["subject_text"], row))
    for figure, label, row in rows:
        if row["box_page"] and row["x0"] and row["box_source"] == source.file:
            pages[int(row["box_page"])].append(_mark(figure, label, row))
    return {number: tuple(marks) for number, marks in sorted(pages.items())}


def _doubted(package: Package) -> frozenset[str]:
    """The figures of all contradictions: for prose, only pages with one of them are drawn."""
    rows = (row for row in package.rows("findings") if row["outcome"] == "differs")
    return frozenset(figure for row in rows for figure in row["inputs"].split())


def _mark(figure: str, label: str, row: Row) -> Mark:
    x0, top, x1, bottom = (float(row[name]) for name in ("x0", "top", "x1", "bottom"))
    return Mark(
        anchor(figure),
        f"{label} {row['printed']}{row['printed_unit']}",
        f"{x0:.1f}",
        f"{top:.1f}",
        f"{x1 - x0:.1f}",
        f"{bottom - top:.1f}",
        row.get("row_number", ""),
    )


def _pages(
    source: Source,
    folder: Path,
    marks: Mapping[int, tuple[Mark, ...]],
    images: Mapping[PageTask, bytes],
) -> Iterator[PageImage]:
    """The pages of a source that were drawn."""
    for number, figures in marks.items():
        image = images.get(PageTask(below(folder, source.file), number))
        if image is not None:
            width, height = source.pages[number - 1]
            yield PageImage(number, width, height, image, figures)


def _images(tasks: Mapping[PageTask, str], cache: Path) -> dict[PageTask, bytes]:
    """The images of pages, given with the hashes of their files; drawn where the cache lacks them.

    One that cannot be drawn is left out.
    """
    made, limits = made_by(DRAWING, cache), Limits()
    keys = {task: digest(made, h.encode(), b"%d" % task.number) for task, h in tasks.items()}

    def draw(lacking: Sequence[PageTask]) -> Iterator[tuple[PageTask, bytes]]:
        lacking = [task for task in lacking if task.path.is_file()]
        ended = run_all(draw_page, lacking, seconds=limits.seconds, memory_mb=limits.memory_mb)
        for index, image in ended:
            if not isinstance(image, Died):
                yield lacking[index], image

    return Store(cache / "pages").fill(keys, draw)
