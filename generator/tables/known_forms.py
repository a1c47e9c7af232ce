"""Known forms: ruled tables whose title and headings are, cell by cell, those of a standard table.

Each column is bound where it stands, by the headings above it; so any order of columns is read. A
heading in which one cell is not known is no known form: what it says is then told word by word.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from generator.meaning.amounts import is_amount
from generator.meaning.definitions import CODE_LEVELS, Definition, Heading, Layout, classes
from generator.meaning.ordinals import is_ordinals
from generator.meaning.wording import fold, strip_enumerator
from generator.models import BodyRow, Column, Leaf, PrintedCell, RuledTable
from generator.tables.titles import KnownTitles, known_title

_Path = tuple[Heading, ...]
_TOTAL = "合计"
#: The shapes of tables whose rows mean what their labels say.
_BY_LABEL = ("two_sided", "labelled")
# How many of the first rows may be headings, or have headings beside them.
_ROWS_BESIDE = 3


@dataclass(frozen=True, slots=True)
class KnownForm:
    """A standard table in one of its layouts, as one ruled table prints it.

    ``columns`` are in the order of the page, ``present`` the same in that of the layout;
    ``table`` has all that is heading in its heading.
    """

    definition: Definition
    columns: tuple[Column, ...]
    present: tuple[Column, ...]
    table: RuledTable


def known_form(table: RuledTable, definitions: Sequence[Definition]) -> KnownForm | None:
    """The known form that a ruled table has, or None.

    Where rows are known by their labels, most labels must be, too: another place may print the same
    few headings above rows of its own.
    """
    forms = _forms(table, candidates(table, definitions))
    return next((form for form in forms if _knows_rows(form)), None)


def _knows_rows(form: KnownForm) -> bool:
    known = form.definition
    labels = {label for rule in known.rows for label in rule.labels} | known.totals
    if not known.rows or known.shape not in _BY_LABEL or "*" in labels:
        return True
    if known.classes:
        labels |= set(classes(known.classes))
    places = [place for place, column in enumerate(form.columns) if column.id == "name"]
    texts = [
        row.text_in(place) for row in form.table.body for place in places if row.text_in(place)
    ]
    told = [fold(text) in labels or fold(strip_enumerator(text)) in labels for text in texts]
    return 2 * sum(told) >= len(told)


def candidates(table: RuledTable, definitions: Sequence[Definition]) -> list[Definition]:
    """The standard tables that a ruled table may be by its title, or by its headings alone."""
    titles = KnownTitles(title for known in definitions for title in known.titles)
    found = known_title(fold(table.title), titles, max(1, len(table.title_lines)))
    return [each for each in definitions if found in each.titles or each.located_by == "header"]


def _forms(table: RuledTable, known: Sequence[Definition]) -> Iterator[KnownForm]:
    for each in _headed(table):
        for definition in known:
            for layout in definition.layouts:
                columns = bind_layout(each.leaves, layout)
                if columns is not None:
                    there = {id(column) for column in columns}
                    present = tuple(c for c in layout.columns if id(c) in there)
                    yield KnownForm(definition, columns, present, each)


def bind_layout(leaves: Sequence[Leaf], layout: Layout) -> tuple[Column, ...] | None:
    """The columns of a layout in the page's order; None where one of either side has no other."""
    left = list(zip(layout.columns, layout.paths, strict=True))
    if len(leaves) > len(left):
        return None
    columns = []
    for leaf in leaves:
        path = tuple(map(fold, leaf.path))
        found = next((each for each in left if _fits(path, each[1])), None)
        if found is None:
            return None
        left.remove(found)
        columns.append(found[0])
    return tuple(columns) if all(not path or path[-1].optional for _, path in left) else None


def _fits(texts: Sequence[str], path: _Path) -> bool:
    """Whether the texts are the headings, each in one of its words; a cell may be cut in two."""
    if not path:
        return not texts
    for count in range(1, len(texts) + 1):
        joined = "".join(texts[:count])
        if joined in path[0].variants and _fits(texts[count:], path[1:]):
            return True
    return path[0].optional and len(path) > 1 and _fits(texts, path[1:])


# ── headings beside the first rows ───────────────────────────────────────────────────────


def _headed(table: RuledTable) -> Iterator[RuledTable]:
    """The table as it is, and with what its first rows hold of the heading.

    The innermost headings, and the levels of a code, may stand beside the total, or beside the row
    that numbers the columns; a heading may have a row with nothing in it.
    """
    yield table
    for row in table.body[:_ROWS_BESIDE]:
        heading = [cell if cell and _is_beside(cell, row) else None for cell in row.cells]
        if table.body[0].line != row.line or not (any(heading) or row.is_blank):
            break  # the row before is one of data
        table = _parted(table, row, heading)
        yield table
        if not table.body:
            break


def _is_beside(cell: PrintedCell, row: BodyRow) -> bool:
    """Whether a cell of a row is of the heading: a level of codes, a word among nothing but words.

    Beside a total all words behind it are.
    """
    texts = [(place, fold(text)) for place, text in enumerate(row.texts) if text]
    words = [place for place, text in texts if not is_amount(text)]
    if cell.column not in words:
        return False
    total = texts[0][1] == _TOTAL
    beside = words[1:] if total else words
    only_words = len(words) == len(texts) and not total
    return fold(cell.text) in CODE_LEVELS or (
        cell.column in beside and len(beside) > 1 and (total or only_words)
    )


def _parted(table: RuledTable, row: BodyRow, heading: Sequence[PrintedCell | None]) -> RuledTable:
    """The table with some cells of its first row as headings, and without that row if it is empty.

    A row that only numbers the columns is part of the heading, too; a later page may repeat it.
    """
    rows: list[BodyRow] = []
    taken: list[int] = []
    for each in table.body:
        rest = _beside(each, heading) if each.texts == row.texts else each
        if rest is not each and (rest.is_blank or _numbers_columns(rest)):
            taken.append(each.line)  # the second one is that of a later page
        else:
            rows.append(rest)
    return replace(
        table,
        leaves=tuple(_under(leaf, heading[leaf.column]) for leaf in table.leaves),
        body=tuple(rows),
        head_lines=(*table.head_lines, *taken[:1]),
        repeated=(*table.repeated, *taken[1:]),
    )


def _beside(row: BodyRow, heading: Sequence[PrintedCell | None]) -> BodyRow:
    """The row without its cells that are of the heading."""
    cells = zip(row.cells, heading, strict=True)
    return replace(row, cells=tuple(None if over else cell for cell, over in cells))


def _numbers_columns(row: BodyRow) -> bool:
    return is_ordinals(" ".join(filter(None, row.texts)))


def _under(leaf: Leaf, cell: PrintedCell | None) -> Leaf:
    return replace(leaf, path=(*leaf.path, cell.text)) if cell else leaf
