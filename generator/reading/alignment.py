"""Alignment: tables without vertical rules become grids by where their words stand.

Rows are lines that stand together, columns are gaps that persist over all rows, and the headings
above say of each column that it is one. A grid is made only where all of that fits in one way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

from generator.meaning.ordinals import is_ordinals
from generator.pdf.objects import Char, Edge
from generator.reading.grids import Grid
from generator.reading.unruled_columns import ColumnPlace
from generator.reading.unruled_fitting import (
    MARGIN,
    FittedHeading,
    UnclearError,
    column_of,
    crossed,
    fit_heading,
)
from generator.reading.unruled_grids import PagePart, grid_of
from generator.reading.unruled_regions import Region, find_regions
from generator.reading.unruled_rows import Row, are_rows, rows_by_lines, rows_by_rules
from generator.reading.unruled_words import Word, WordLine, word_lines

# Two columns of amounts need so many rows to be evident, one column so many.
_ROWS, _ROWS_OF_ONE = 2, 2
# A rule that runs over this share of a table parts its rows.
_MOST_OF = 0.6


@dataclass(frozen=True, slots=True)
class LoosePage:
    """What of a page is in no ruled table: its characters, its edges, where ruled tables lie."""

    number: int
    chars: Sequence[Char]
    edges: Sequence[Edge]
    walls: Sequence[float] = ()


@dataclass(frozen=True, slots=True)
class Unclear:
    """A table without rules of which it cannot be told what stands in which cell, and why."""

    page: int
    title: str
    why: str


@dataclass(slots=True)
class Aligned:
    """The grids by page, and what looks like a table but cannot be told."""

    grids: dict[int, list[Grid]] = field(default_factory=dict)
    unclear: list[Unclear] = field(default_factory=list)


def align(pages: Iterable[LoosePage]) -> Aligned:
    """Find the tables without rules of some pages."""
    found = Aligned()
    edges: dict[int, Sequence[Edge]] = {}
    regions: list[Region] = []
    for page in pages:
        edges[page.number] = page.edges
        regions += find_regions(page.number, word_lines(page.chars), page.walls)
    for chain in _chains(regions):
        try:
            grids = _grids(chain, edges)
        except UnclearError as error:
            if chain[0].title:
                found.unclear.append(Unclear(chain[0].page, chain[0].title.strip(), str(error)))
            continue
        for region, grid in zip(chain, grids, strict=True):
            found.grids.setdefault(region.page, []).append(grid)
    return found


def _chains(regions: Sequence[Region]) -> list[list[Region]]:
    """Regions by table: one without a title or unit goes on with the last of the page before."""
    chains: list[list[Region]] = []
    for region in regions:
        last = chains[-1][-1] if chains else None
        follows = last is not None and last.last and region.page == last.page + 1
        if region.opened and not (follows and _same_head(chains[-1][0], region)):
            chains.append([region])
        elif follows and (region.first or region.opened):
            chains[-1].append(region)
    return chains


def _same_head(first: Region, second: Region) -> bool:
    said = [line.text for line in first.head]
    return bool(said) and [line.text for line in second.head] == said


# ── one table ────────────────────────────────────────────────────────────────────────────


def _grids(chain: Sequence[Region], edges: Mapping[int, Sequence[Edge]]) -> list[Grid]:
    """The grid of each region of a table. Raises UnclearError."""
    bodies = [_parted_head(region, chain[0]) for region in chain]
    lines = [line for _, _, body in bodies for line in body]
    size = median(word.bottom - word.top for line in lines for word in line.words)
    heading = fit_heading(bodies[0][0], lines, size)
    sheets = []
    for region, (head, ordinals, body) in zip(chain, bodies, strict=True):
        rules = _rules(edges[region.page], heading.xs)
        rows = _rows(body, rules, heading.columns, size)
        sheets.append(PagePart(head, ordinals, rows))
    _refuse_weak(sheets, heading, known=bool(chain[0].title))
    return [grid_of(sheet, heading) for sheet in sheets]


def _parted_head(
    region: Region, first: Region
) -> tuple[list[WordLine], list[WordLine], list[WordLine]]:
    """The lines of a region's heading, those that number its columns, and those of its rows."""
    head, body = list(region.head), list(region.body)
    if region is not first:
        said = [line.text for line in first.head]
        repeated = [line.text for line in head[: len(said)]] == said
        length = len(said) if repeated else 0
        head, body = head[:length], [*head[length:], *body]
    elif head and _begins_label(head[-1], body[0].words[0]):
        body.insert(0, head.pop())
    ordinals: list[WordLine] = []
    while head and is_ordinals(head[-1].text):
        ordinals.insert(0, head.pop())
    return head, ordinals, body


def _begins_label(line: WordLine, amount: Word) -> bool:
    """Whether a line is the first one of a label beside whose middle amounts stand."""
    alone = amount.is_sure and not amount.is_code
    return alone and len(line.words) == 1 and line.words[0].x1 < amount.x0


def _rules(edges: Sequence[Edge], xs: Sequence[float]) -> list[float]:
    """The heights of the horizontal rules that run over most of a table."""
    runs: dict[float, float] = {}
    for edge in edges:
        if edge.horizontal:
            at = next((y for y in runs if abs(y - edge.at) <= MARGIN), edge.at)
            shared = min(edge.end, xs[-1]) - max(edge.start, xs[0])
            runs[at] = runs.get(at, 0.0) + max(0.0, shared)
    return sorted(y for y, length in runs.items() if length >= _MOST_OF * (xs[-1] - xs[0]))


def _rows(
    lines: Sequence[WordLine], rules: Sequence[float], columns: Sequence[ColumnPlace], size: float
) -> Sequence[Row]:
    """The rows of one page. Raises UnclearError."""
    ruled = rows_by_rules(lines, rules) if len(rules) > 1 else None
    if ruled and are_rows(ruled, columns):
        return ruled
    rows = rows_by_lines(lines, columns, size)
    if not rows:
        raise UnclearError("看不出哪些行的文字属于同一行")
    return rows


def _refuse_weak(sheets: Sequence[PagePart], heading: FittedHeading, *, known: bool) -> None:
    """Whether so much speaks for a table that it is one. Raises UnclearError.

    Below a known title one row is enough, if it has amounts in more than one column.
    """
    rows = [row for sheet in sheets for row in sheet.rows]
    figures = [n for n, column in enumerate(heading.columns) if column.is_of_figures]
    counts = [sum(bool(_inside(row, n, heading.xs)) for n in figures) for row in rows]
    least = (1 if known else _ROWS) if len(figures) > 1 else _ROWS_OF_ONE
    if not figures or figures[0] == 0 or sum(map(bool, counts)) < least:
        raise UnclearError("行数或金额的栏数太少，不足以认出各栏")
    if len(figures) > 1 and max(counts) < 2:
        raise UnclearError("没有一行有两个金额，不足以认出各栏")
    for word in (word for row in rows for line in row for word in line.words):
        number = column_of(word, heading.xs)
        if word.is_piece:
            raise UnclearError(f"“{word.text[:20]}”是折行的数字")
        if number is None and not _spans_words(word, heading):
            raise UnclearError(f"“{word.text[:20]}”跨了两栏")
        if number is not None and word.is_sure and "." in word.text and number not in figures:
            raise UnclearError(f"“{word.text[:20]}”在文字的一栏里")


def _inside(row: Row, column: int, xs: Sequence[float]) -> list[Word]:
    return [word for line in row for word in line.words if column_of(word, xs) == column]


def _spans_words(word: Word, heading: FittedHeading) -> bool:
    """Whether a word for a total stands over columns of words alone."""
    first, last = crossed(word, heading.xs)
    return word.is_total and not any(c.is_of_figures for c in heading.columns[first : last + 1])
