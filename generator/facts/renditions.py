"""Renditions: several readings of one disclosure, compared amount by amount.

The published reading is the strongest: an original PDF by its cells, else a text, else a facsimile.
Rows are matched by code and label, then by their amounts; so one row that a route misses does not
make all after it disagree.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher

from msgspec.structs import replace

from generator.meaning.amounts import to_decimal
from generator.meaning.wording import fold
from generator.models import Disagreement, Disclosure, Document, Fact, Statement

_Row = tuple[Fact, ...]
_Key = tuple[str, ...]
_MOST_DIFFERING = 0.2
#: More pairs than these of rows that are called the same are not all looked at.
_MOST_PAIRS = 100_000
_STRENGTH = {"geometry:pdf": 0, "flow:txt": 1, "plumber:pdf": 3, "flow:pdf": 4}
_FACSIMILE = 2


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two readings of one place; ``sure`` if its row has a name that stands once in each table."""

    fact: Fact
    seen: Fact
    sure: bool

    @property
    def agrees(self) -> bool:
        """Whether both readings are the same amount."""
        return to_decimal(self.fact.printed) == to_decimal(self.seen.printed)


def strength(document: Document) -> int:
    """How far a reading is to be preferred: the least number is published."""
    facsimile = document.sidecar is not None and document.sidecar.rendition == "facsimile"
    return max(_STRENGTH[document.route], _FACSIMILE if facsimile else 0)


def merge(readings: Sequence[Disclosure]) -> Disclosure:
    """Merge readings of one disclosure: the strongest is published, the others confirm it."""
    first, *others = sorted(readings, key=lambda each: strength(each.extract.document))
    facts = {fact.fact_id: fact for fact in first.facts}
    disagreements: list[Disagreement] = []
    for other in others:
        for pairs in _pairs(first, other):
            for pair in (pair for pair in pairs if pair.agrees):
                name = pair.fact.fact_id
                facts[name] = _confirmed(facts[name], pair.seen)
            differing = [pair for pair in pairs if not pair.agrees]
            if differing and _credible(pairs, differing, first):
                disagreements += [_disagreement(pair) for pair in differing if pair.sure]
    statements = first.statements
    for other in others:
        statements = _placed(statements, other.statements)
    documents = tuple(document for each in (first, *others) for document in each.documents)
    return replace(
        first,
        facts=tuple(facts.values()),
        statements=statements,
        disagreements=tuple(disagreements),
        documents=documents,
    )


def _placed(mine: Sequence[Statement], theirs: Sequence[Statement]) -> tuple[Statement, ...]:
    """Take the boxes of stated figures from a reading that has them: the same words in order."""
    placed = list(mine)
    for a, b, size in _same_stretches([_said(s) for s in mine], [_said(s) for s in theirs]):
        for offset in range(size):
            statement, seen = mine[a + offset], theirs[b + offset]
            if statement.box is None and seen.box is not None:
                placed[a + offset] = replace(statement, box=seen.box, box_source=seen.box_source)
    return tuple(placed)


def _said(statement: Statement) -> tuple[str, ...]:
    return (statement.subject, statement.measure, statement.printed, statement.printed_unit)


def _credible(pairs: Sequence[_Pair], differing: Sequence[_Pair], first: Disclosure) -> bool:
    """Whether a reading of a table says something against another, and not about itself.

    One that differs in many places has taken other lines for this table; one that has only pieces
    of the amounts, of this cell or another of the table, could not put wrapped digits together.
    """
    table = differing[0].fact.table
    whole = {fact.printed for fact in first.facts if fact.table == table}
    ends = {each[start:] for each in whole for start in range(1, len(each))} - whole
    pieces = any(
        pair.seen.printed in pair.fact.printed or pair.seen.printed in ends for pair in differing
    )
    return not pieces and len(differing) <= _MOST_DIFFERING * len(pairs)


def _confirmed(fact: Fact, seen: Fact) -> Fact:
    """A fact that another route saw as well; a box is taken from whoever has one."""
    routes = tuple(sorted({*fact.routes, *seen.routes}))
    if fact.box is None and seen.box is not None:
        return replace(fact, routes=routes, box=seen.box, box_source=seen.box_source)
    return replace(fact, routes=routes)


def _disagreement(pair: _Pair) -> Disagreement:
    seen = pair.seen
    return Disagreement(
        pair.fact.fact_id, seen.routes[0], seen.source, seen.printed, seen.page, seen.line
    )


def _pairs(first: Disclosure, other: Disclosure) -> list[list[_Pair]]:
    """The facts that stand in the same place in both readings, by table."""
    mine, theirs = _rows(first), _rows(other)
    return [list(_table_pairs(mine[table], theirs.get(table, []))) for table in mine]


def _table_pairs(mine: list[_Row], theirs: list[_Row]) -> Iterator[_Pair]:
    names, others = Counter(map(_name, mine)), Counter(map(_name, theirs))
    for row, seen in _matched(mine, theirs):
        sure = _name(row) == _name(seen) and names[_name(row)] == others[_name(seen)] == 1
        columns = {fact.column: fact for fact in seen}
        for fact in row:
            if fact.column in columns:
                yield _Pair(fact, columns[fact.column], sure)


def _rows(disclosure: Disclosure) -> dict[str, list[_Row]]:
    rows: dict[tuple[str, int, str], list[Fact]] = defaultdict(list)
    for fact in disclosure.facts:
        rows[fact.table, fact.row, fact.side].append(fact)
    tables: dict[str, list[_Row]] = defaultdict(list)
    for (table, _, _), facts in rows.items():
        tables[table].append(tuple(facts))
    return tables


def _matched(mine: list[_Row], theirs: list[_Row]) -> list[tuple[_Row, _Row]]:
    """Match rows in order by what they are called; what is left over by what they say."""
    pairs, rest, others = _aligned(mine, theirs, _name)
    by_amount, _, _ = _aligned(rest, others, _amounts)
    return [*pairs, *by_amount]


def _name(row: _Row) -> tuple[str, ...]:
    fact = row[0]
    return (fact.side, fact.functional_code or fact.economic_code, fold(fact.label))


def _amounts(row: _Row) -> tuple[str, ...]:
    return tuple(fact.printed for fact in row)


def _same_stretches(mine: Sequence[_Key], theirs: Sequence[_Key]) -> list[Match]:
    """The stretches that are the same in both, in their order.

    Of what stands many times on both sides each is taken for the one of the same number: to look at
    each beside each would take the square of them.
    """
    counts, others = Counter(mine), Counter(theirs)
    if sum(counts[key] * others[key] for key in counts) > _MOST_PAIRS:
        return SequenceMatcher(
            None, _numbered(mine), _numbered(theirs), autojunk=False
        ).get_matching_blocks()
    return SequenceMatcher(None, mine, theirs, autojunk=False).get_matching_blocks()


def _numbered(keys: Sequence[_Key]) -> list[tuple[_Key, int]]:
    """Each key with how many of it stand before."""
    before: Counter[_Key] = Counter()
    numbered = []
    for key in keys:
        numbered.append((key, before[key]))
        before[key] += 1
    return numbered


def _aligned(
    mine: list[_Row], theirs: list[_Row], key: Callable[[_Row], tuple[str, ...]]
) -> tuple[list[tuple[_Row, _Row]], list[_Row], list[_Row]]:
    blocks = _same_stretches([key(r) for r in mine], [key(r) for r in theirs])
    pairs = [(mine[a + k], theirs[b + k]) for a, b, size in blocks for k in range(size)]
    taken = {a + k for a, _, size in blocks for k in range(size)}
    seen = {b + k for _, b, size in blocks for k in range(size)}
    return (
        pairs,
        [row for index, row in enumerate(mine) if index not in taken],
        [row for index, row in enumerate(theirs) if index not in seen],
    )
