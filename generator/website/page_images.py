"""Images of a PDF's pages, and where each figure stands on them.

Only pages that hold figures of the tables, or figures in doubt, are drawn, small and in few greys.
Each is kept in the cache under a hash of the file and of what draws it, and named by its content
on the site.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from generator.pdf.fonts import font_hash, use_own_fonts
from generator.pdf.limits import Limits
from generator.website.package import Package, Source
from generator.website.rows import Row
from generator.workers import Died, run_all

# Pixels for a point: an A4 page is 893 pixels wide, legible on a phone when zoomed.
_SCALE = 1.5
_GREYS = 8


@dataclass(frozen=True)
class Mark:
    """The box of one figure on its page, in points; `id` is the anchor that leads to it."""

    id: str
    label: str
    x: str
    y: str
    width: str
    height: str


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


@dataclass(frozen=True)
class _Task:
    """Pages of one file to draw."""

    path: Path
    numbers: tuple[int, ...]


def anchor(fact_id: str) -> str:
    """Return the anchor of a figure within its disclosure: its identifier less the prefix."""
    return ".".join(fact_id.split(".")[2:])


def marked(views: Views | None) -> frozenset[str]:
    """Return the anchors of all figures that are marked on a drawn page."""
    pages = views.pages if views else ()
    return frozenset(mark.id for page in pages for mark in page.marks)


def draw_views(
    packages: Sequence[Package],
    folder: Path,
    cache: Path,
    tell: Callable[[int, int], None],
) -> Mapping[str, Views]:
    """Draw the pages of all packages that have a PDF below `folder`; by the packages' ids.

    A PDF that is not there, or not the one that was read, is left out: the text still leads back.
    """
    marks = {package.id: _marks(package) for package in packages}
    sources = {package.id: pdf_source(package, folder) for package in packages}
    drawn: dict[str, Views] = {}
    for done, package in enumerate(packages, 1):
        source = sources[package.id]
        if source and marks[package.id]:
            drawn[package.id] = _views(source, folder, marks[package.id], cache)
        tell(done, len(packages))
    return drawn


def pdf_source(package: Package, folder: Path) -> Source | None:
    """Return the PDF that the boxes refer to, if it is at hand and the very one that was read."""
    for source in package.sources:
        path = folder / source.file
        if source.pages and path.is_file():
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            if source.hash == f"sha256:{digest}":
                return source
    return None


def _marks(package: Package) -> Mapping[int, tuple[Mark, ...]]:
    """The figures of a package by page: those of its tables, and those of its prose in doubt."""
    pages: dict[int, list[Mark]] = defaultdict(list)
    rows = [(row["fact_id"], row["label"], row) for row in package.rows("facts")]
    doubted = _doubted(package)
    for row in package.rows("narrative"):
        if row["narrative_id"] in doubted:
            rows.append((row["narrative_id"], row["subject_text"], row))
    for figure, label, row in rows:
        if row["box_page"] and row["x0"]:
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
    )


def _views(
    source: Source, folder: Path, marks: Mapping[int, tuple[Mark, ...]], cache: Path
) -> Views:
    images = _images(folder / source.file, source.hash, tuple(marks), cache)
    pages = []
    for number, data in sorted(images.items()):
        width, height = source.pages[number - 1]
        pages.append(PageImage(number, width, height, data, marks[number]))
    return Views(source, tuple(pages))


# ── drawing ──────────────────────────────────────────────────────────────────────────────


def _images(path: Path, digest: str, numbers: tuple[int, ...], cache: Path) -> dict[int, bytes]:
    """The images of some pages, drawn in workers where the cache lacks them."""
    known = {number: _cached(digest, number, cache) for number in numbers}
    images = {n: place.read_bytes() for n, place in known.items() if place.is_file()}
    missing = [number for number in numbers if number not in images]
    limits = Limits()
    # Two halves, for two workers: pages differ little.
    tasks = [_Task(path, tuple(part)) for part in (missing[::2], missing[1::2]) if part]
    ended = run_all(draw_pages, tasks, jobs=2, seconds=limits.seconds, memory_mb=limits.memory_mb)
    for index, result in ended:
        if isinstance(result, Died):
            continue
        for number, data in zip(tasks[index].numbers, result, strict=True):
            images[number] = data
            known[number].parent.mkdir(parents=True, exist_ok=True)
            known[number].write_bytes(data)
    return images


def _cached(digest: str, number: int, cache: Path) -> Path:
    version = importlib.metadata.version("pypdfium2")
    key = f"{digest} {number} {_SCALE} {_GREYS} {version} {font_hash()}"
    return cache / "pages" / f"{hashlib.sha256(key.encode()).hexdigest()}.png"


def draw_pages(task: _Task) -> list[bytes]:
    """Draw pages of a PDF as PNG; the work of one worker."""
    import pypdfium2 as pdfium  # only here: most renders find all pages in the cache

    use_own_fonts()
    document = pdfium.PdfDocument(task.path)
    images = []
    for number in task.numbers:
        page = document[number - 1]
        image = page.render(scale=_SCALE, grayscale=True).to_pil().quantize(_GREYS)
        buffer = BytesIO()
        image.save(buffer, "PNG", compress_level=9)
        images.append(buffer.getvalue())
        page.close()
    document.close()
    return images
