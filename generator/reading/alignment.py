"""Alignment: tables without vertical rules become grids by where their words stand.

Rows are lines that stand together, columns are gaps that persist over all rows, and the headings
above say of each column that it is one. A grid is made only where all of that fits in one way.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise
from statistics import median

from generator.meaning.ordinals import is_ordinals
from generator.pdf.objects import Char, Edge
from generator.reading.grids import Grid, GridCell
from generator.reading.unruled_columns import (
    ColumnPlace,
    column_edges,
    find_clusters,
    match_headings,
)
from generator.reading.unruled_headings import (
    HeadingBlock,
    heading_blocks,
    split_leaves,
    union,
)
from generator.reading.unruled_regions import Region, find_regions
from generator.reading.unruled_rows import Row, are_rows, rows_by_lines, rows_by_rules
from generator.reading.unruled_spans import HeadingSpan, spans_of
from generator.reading.unruled_words import Word, WordLine, word_lines

# Points that a grid is wider than its words.
_MARGIN = 2.0
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


class _UnclearError(Exception):
    """More than one reading fits, or none; it says why."""


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
        except _UnclearError as error:
            found.unclear.append(Unclear(chain[0].page, chain[0].title, str(error)))
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


@dataclass(frozen=True, slots=True)
class _PagePart:
    """A page's part of a table: the lines of its heading, if it prints one, and its rows."""

    head: Sequence[WordLine]
    ordinals: Sequence[WordLine]
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class _Heading:
    """The columns of a table, the edges between them, and the cells over several of them."""

    columns: Sequence[ColumnPlace]
    xs: Sequence[float]
    spans: Sequence[HeadingSpan]

    @property
    def blocks(self) -> list[HeadingBlock]:
        """All its cells."""
        return [
            *(column.block for column in self.columns),
            *(span.block for span in self.spans),
        ]


def _grids(chain: Sequence[Region], edges: Mapping[int, Sequence[Edge]]) -> list[Grid]:
    """The grid of each region of a table. Raises _UnclearError."""
    bodies = [_parted_head(region, chain[0]) for region in chain]
    lines = [line for _, _, body in bodies for line in body]
    size = median(word.bottom - word.top for line in lines for word in line.words)
    heading = _heading(bodies[0][0], lines, size)
    sheets = []
    for region, (head, ordinals, body) in zip(chain, bodies, strict=True):
        rules = _rules(edges[region.page], heading.xs)
        rows = _rows(body, rules, heading.columns, size)
        sheets.append(_PagePart(head, ordinals, rows))
    _refuse_weak(sheets, heading, known=bool(chain[0].title))
    return [_grid(sheet, heading) for sheet in sheets]


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


def _heading(head: Sequence[WordLine], lines: Sequence[WordLine], size: float) -> _Heading:
    """The columns and what stands above them. Raises _UnclearError."""
    clusters = find_clusters(lines, size)
    wholes = [(each.x0, each.x1) for each in clusters]
    blocks = heading_blocks(head, wholes, size)
    if not blocks:
        raise _UnclearError("栏目的文字看不出哪些属于同一栏" if head else "没有栏目")
    leaves, outer = split_leaves(blocks)
    columns = match_headings(clusters, leaves, size)
    if columns is None:
        raise _UnclearError("各栏的数字与栏目对不上")
    below = [column.block for column in columns]
    found = [
        _with_whole_cells(_Heading(columns, edges.xs, spans))
        for edges in column_edges(columns, _MARGIN)
        if (spans := spans_of(outer, below, edges, size)) is not None
    ]
    if not found or any(each.spans != found[0].spans for each in found):
        raise _UnclearError("看不出上层栏目包括哪几栏")
    if any(_is_across_panels(span, columns) for span in found[0].spans):
        raise _UnclearError("上层栏目的位置不居中，看不出包括哪几栏")
    return found[0]


def _is_across_panels(span: HeadingSpan, columns: Sequence[ColumnPlace]) -> bool:
    """Whether a heading is over the amounts of one panel and the words and amounts of the next."""
    kinds = [column.is_of_figures for column in columns[span.first : span.last + 1]]
    words = kinds.index(False) if False in kinds else len(kinds)
    return kinds[0] and True in kinds[words:]


def _with_whole_cells(heading: _Heading) -> _Heading:
    """What stands over just one heading is the upper part of that, wrapped over lines."""
    columns, spans = list(heading.columns), list[HeadingSpan]()
    for span in sorted(heading.spans, key=lambda span: -span.block.top):
        below = {columns[number].block for number in range(span.first, span.last + 1)}
        if len(below) > 1:
            spans.append(span)
            continue
        block = union(below.pop(), span.block)
        for number in range(span.first, span.last + 1):
            columns[number] = replace(columns[number], block=block)
    return replace(heading, columns=columns, spans=spans)


def _rules(edges: Sequence[Edge], xs: Sequence[float]) -> list[float]:
    """The heights of the horizontal rules that run over most of a table."""
    runs: dict[float, float] = {}
    for edge in edges:
        if edge.horizontal:
            at = next((y for y in runs if abs(y - edge.at) <= _MARGIN), edge.at)
            shared = min(edge.end, xs[-1]) - max(edge.start, xs[0])
            runs[at] = runs.get(at, 0.0) + max(0.0, shared)
    return sorted(y for y, length in runs.items() if length >= _MOST_OF * (xs[-1] - xs[0]))


def _rows(
    lines: Sequence[WordLine], rules: Sequence[float], columns: Sequence[ColumnPlace], size: float
) -> Sequence[Row]:
    """The rows of one page. Raises _UnclearError."""
    ruled = rows_by_rules(lines, rules) if len(rules) > 1 else None
    if ruled and are_rows(ruled, columns):
        return ruled
    rows = rows_by_lines(lines, columns, size)
    if not rows:
        raise _UnclearError("看不出哪些行的文字属于同一行")
    return rows


def _refuse_weak(sheets: Sequence[_PagePart], heading: _Heading, *, known: bool) -> None:
    """Whether so much speaks for a table that it is one. Raises _UnclearError.

    Below a known title one row is enough, if it has amounts in more than one column.
    """
    rows = [row for sheet in sheets for row in sheet.rows]
    figures = [n for n, column in enumerate(heading.columns) if column.is_of_figures]
    counts = [sum(bool(_inside(row, n, heading.xs)) for n in figures) for row in rows]
    least = (1 if known else _ROWS) if len(figures) > 1 else _ROWS_OF_ONE
    if not figures or figures[0] == 0 or sum(map(bool, counts)) < least:
        raise _UnclearError("行数或金额的栏数太少，不足以认出各栏")
    if len(figures) > 1 and max(counts) < 2:
        raise _UnclearError("没有一行有两个金额，不足以认出各栏")
    for word in (word for row in rows for line in row for word in line.words):
        number = _column_of(word, heading.xs)
        if number is None and not _spans_words(word, heading):
            raise _UnclearError(f"“{word.text[:20]}”跨了两栏")
        if number is not None and word.is_sure and "." in word.text and number not in figures:
            raise _UnclearError(f"“{word.text[:20]}”在文字的一栏里")


def _inside(row: Row, column: int, xs: Sequence[float]) -> list[Word]:
    return [word for line in row for word in line.words if _column_of(word, xs) == column]


def _column_of(word: Word, xs: Sequence[float]) -> int | None:
    """The column in which a word lies whole."""
    column = bisect_right(xs, word.x0) - 1
    inside = 0 <= column < len(xs) - 1 and word.x1 <= xs[column + 1]
    return column if inside else None


def _crossed(word: Word, xs: Sequence[float]) -> tuple[int, int]:
    """The first and the last column into which a word reaches."""
    return max(0, bisect_right(xs, word.x0) - 1), min(len(xs) - 2, bisect_right(xs, word.x1) - 1)


def _spans_words(word: Word, heading: _Heading) -> bool:
    """Whether a word for a total stands over columns of words alone."""
    first, last = _crossed(word, heading.xs)
    return word.is_total and not any(c.is_of_figures for c in heading.columns[first : last + 1])


# ── the grid ─────────────────────────────────────────────────────────────────────────────


class _Fields:
    """The fields of a grid, each its own cell until it is merged with others."""

    def __init__(self, xs: Sequence[float], ys: Sequence[float]) -> None:
        self.xs, self.ys = xs, ys
        count = range(len(ys) - 1), range(len(xs) - 1)
        self.owners = [[(row, column) for column in count[1]] for row in count[0]]

    def merge(self, rows: range, columns: range) -> None:
        """Make one cell of some rows and columns."""
        for row in rows:
            for column in columns:
                self.owners[row][column] = (rows.start, columns.start)

    def grid(self) -> Grid:
        """The grid that they make."""
        members: dict[tuple[int, int], tuple[int, int]] = {}
        for row, line in enumerate(self.owners):
            for column, owner in enumerate(line):
                members[owner] = (row, column)  # the last one is the bottom right
        cells = tuple(self._cell(first, last) for first, last in members.items())
        numbers = {owner: number for number, owner in enumerate(members)}
        fields = tuple(tuple(numbers[owner] for owner in line) for line in self.owners)
        return Grid(tuple(self.xs), tuple(self.ys), cells, fields, aligned=True)

    def _cell(self, first: tuple[int, int], last: tuple[int, int]) -> GridCell:
        (row, column), (bottom, right) = first, last
        return GridCell(
            row,
            column,
            bottom - row + 1,
            right - column + 1,
            self.xs[column],
            self.ys[row],
            self.xs[right + 1],
            self.ys[bottom + 1],
        )


def _grid(sheet: _PagePart, heading: _Heading) -> Grid:
    """The grid of one page's part of a table. Raises _UnclearError."""
    levels = _level_heights(heading) if sheet.head else []
    rows = [*([line] for line in sheet.ordinals), *sheet.rows]
    tops = [min(line.top for line in row) for row in rows]
    bottoms = [max(line.bottom for line in row) for row in rows]
    ys = [tops[0] - _MARGIN]
    if sheet.head:
        first, last = min(line.top for line in sheet.head), max(line.bottom for line in sheet.head)
        shift = first - min(block.top for block in heading.blocks)
        ys = [first - _MARGIN, *(y + shift for y in levels), (last + tops[0]) / 2]
    ys += [(above + below) / 2 for above, below in zip(bottoms, tops[1:], strict=False)]
    ys.append(bottoms[-1] + _MARGIN)
    if any(above >= below for above, below in pairwise(ys)):
        raise _UnclearError("上下两行的文字重叠")
    fields = _Fields(heading.xs, ys)
    if sheet.head:
        _merge_heading(fields, heading, len(levels) + 1)
    _merge_totals(fields, rows, heading, len(levels) + 1 if sheet.head else 0)
    return fields.grid()


def _depth(span: HeadingSpan, spans: Sequence[HeadingSpan]) -> int:
    """How many cells stand above an outer cell of a heading."""
    return sum(
        each.first <= span.first and span.last <= each.last and each.block.top < span.block.top
        for each in spans
    )


def _level_heights(heading: _Heading) -> list[float]:
    """The heights between the levels of a heading. Raises _UnclearError."""
    depths = [(_depth(span, heading.spans), span.block) for span in heading.spans]
    deep = [sum(s.first <= n <= s.last for s in heading.spans) for n in range(len(heading.columns))]
    leaves = [(depth, column.block) for depth, column in zip(deep, heading.columns, strict=True)]
    found = []
    for level in range(max(deep, default=0)):
        above = max(block.bottom for depth, block in depths if depth == level)
        below = min(block.top for depth, block in (*depths, *leaves) if depth == level + 1)
        if below < above - _MARGIN:
            raise _UnclearError("上下两层栏目的文字重叠")
        found.append((above + below) / 2)
    return found


def _merge_heading(fields: _Fields, heading: _Heading, levels: int) -> None:
    for span in heading.spans:
        depth = _depth(span, heading.spans)
        fields.merge(range(depth, depth + 1), range(span.first, span.last + 1))
    start = 0
    for _, group in groupby(heading.columns, key=lambda column: column.block):
        end = start + len(list(group))
        depth = sum(span.first <= start <= span.last for span in heading.spans)
        fields.merge(range(depth, levels), range(start, end))
        start = end


def _merge_totals(fields: _Fields, rows: Sequence[Row], heading: _Heading, start: int) -> None:
    """The word for a total may stand in the middle of several columns of words."""
    for number, row in enumerate(rows, start=start):
        for word in (word for line in row for word in line.words):
            if word.is_total and _column_of(word, heading.xs) is None:
                first, last = _crossed(word, heading.xs)
                fields.merge(range(number, number + 1), range(first, last + 1))
