"""Definitions of the standard tables: YAML files, validated on load (see their README)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, get_args

from msgspec import to_builtins
from msgspec.structs import asdict, replace

from generator.checked_files import checked_yaml, refuse, with_nearest
from generator.meaning.amounts import UNITS
from generator.meaning.official_codes import official_names
from generator.meaning.vocabulary import vocabulary
from generator.meaning.whole_titles import said_besides
from generator.meaning.wording import fold
from generator.meaning.written import (
    ClassEntry,
    CodeLevel,
    FundSource,
    TableAxes,
    TableChecks,
    TitleWords,
    WrittenColumn,
    WrittenRow,
    WrittenTable,
)
from generator.models import Column, Kind, Role
from generator.problems import DefinitionError
from generator.strict_yaml import Keys

STANDARD_TABLES = Path(__file__).parent / "standard_tables"
_CLASSES = {
    "economic": Path(__file__).parent / "economic-classes.yaml",
    "functional": Path(__file__).parent / "functional-classes.yaml",
}
_VARIANTS = "｜"
_CLASS_DIGITS = 3
#: What a draft has where nobody could guess: no definition is taken with it.
UNTOLD = "?"
# At the end of an outer heading: it is not printed everywhere.
_OPTIONAL = "？"
# In a heading: it stands for every unit.
_ANY_UNIT = "万元"
# What a column says of its heading, and not of its amounts.
_OF_HEADINGS = ("path", "optional", "split")

SIDES = ("income", "expenditure")
#: What stands above the columns of a code that is printed in one for each of its levels.
CODE_LEVELS: tuple[str, ...] = get_args(CodeLevel)
#: All that money can come from, as terms.
FUND_SOURCES = frozenset(get_args(FundSource)) - {""}
#: The standard table of projects of other places, read by its coordinates.
PROJECTS_BY_COORDINATES = "budget-project-expenditure"
#: The funds of a project, in the order of the project table.
FUNDS = (
    "general_public_budget",
    "government_managed_funds_budget",
    "state_capital_operations_budget",
    "special_fiscal_account_appropriation",
    "other_funds",
)


@dataclass(frozen=True, slots=True)
class RowRule:
    """What is known of a printed row label."""

    labels: frozenset[str]
    item: str = ""
    role: Role = "item"
    level: int | None = None
    side: str = ""
    fund_source: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """One cell of a stacked heading: its variants, folded, and whether it may be missing.

    ``key`` tells it from another cell with the same words: its side, and the headings above it.
    """

    variants: tuple[str, ...]
    optional: bool = False
    key: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """One way in which a table's heading is printed.

    ``paths`` are the headings above each of the ``columns``, outermost first; ``least`` and
    ``most`` how many characters the whole heading has, without what is optional and with it.
    ``beginnings`` are the characters with which any of the headings begins.
    """

    columns: tuple[Column, ...]
    headings: tuple[Heading, ...]
    paths: tuple[tuple[Heading, ...], ...]
    optional: frozenset[str] = frozenset()
    least: int = 0
    most: int = 0
    beginnings: frozenset[str] = frozenset()

    def present(self, printed: Iterable[Heading]) -> tuple[Column, ...]:
        """The columns whose innermost heading is among those ``printed``, or that have none."""
        there = set(printed)
        columns = zip(self.columns, self.paths, strict=True)
        return tuple(column for column, path in columns if not path or path[-1] in there)


@dataclass(frozen=True, slots=True)
class Definition:
    """What is known of one standard table, in all its variants."""

    id: str
    order: int
    kind: Kind
    title: str
    title_english: str
    description: str
    description_english: str
    titles: frozenset[str]
    shape: str
    layouts: tuple[Layout, ...]
    located_by: str = "title"
    classification: str = ""
    direction: str = ""
    required: bool = False
    totals: frozenset[str] = frozenset()
    rows: tuple[RowRule, ...] = ()
    classes: str = ""
    codes: Mapping[str, str] = field(default_factory=dict)
    checks: TableChecks = field(default_factory=TableChecks)
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    title_words: tuple[TitleWords, ...] = ()
    axes: TableAxes = field(default_factory=TableAxes)
    #: Whether the law asks it of every department, whatever the form of its place.
    everywhere: bool = False

    @property
    def items(self) -> frozenset[str]:
        """The terms that its rows and columns mean."""
        columns = (column for layout in self.layouts for column in layout.columns)
        rows = (rule.item for rule in self.rows)
        return frozenset((*rows, *(column.item for column in columns))) - {""}

    @property
    def in_prose(self) -> bool:
        """Whether the table stands in the prose rather than among the tables."""
        return self.shape in ("key_projects", "indicators", "self_evaluation")


@cache
def definitions() -> tuple[Definition, ...]:
    """All definitions, in order. Raises DefinitionError, naming file and key."""
    files = sorted(STANDARD_TABLES.glob("*.yaml"))
    return tuple(sorted(map(load, files), key=lambda d: (d.kind, d.order, d.id)))


@cache
def definition(table: str) -> Definition:
    """The definition with the identifier ``table``. Raises KeyError."""
    return {each.id: each for each in definitions()}[table]


def titled(title: str, kind: Kind) -> Definition | None:
    """The standard table that a printed title means, whatever its exact words; None: no such."""
    for known in definitions():
        if known.kind == kind and telling_words(title, known):
            return known
    return None


def telling_words(title: str, known: Definition) -> TitleWords | None:
    """The words of a title by which it is known to mean a standard table; None where it is not."""
    text = fold(title)
    return next((words for words in known.title_words if _says(text, words)), None)


def _says(text: str, words: TitleWords) -> bool:
    either = [[fold(each) for each in one.split(_VARIANTS)] for one in words.having]
    found = [next((each for each in one if each in text), "") for one in either]
    if not all(found) or any(fold(word) in text for word in words.lacking):
        return False
    return not words.alone or not said_besides(text, found, vocabulary().in_titles)


@cache
def classes(classification: str) -> dict[str, ClassEntry]:
    """The classes of a classification, such as ``functional``, by folded printed name."""
    entries = checked_yaml(_CLASSES[classification], tuple[ClassEntry, ...], DefinitionError)
    return {fold(name): entry for entry in entries for name in entry.names}


@cache
def class_codes(classification: str) -> dict[str, str]:
    """The codes of the classes of any of the three classifications, by folded printed name."""
    if classification in _CLASSES:
        return {name: entry.code for name, entry in classes(classification).items()}
    names = official_names("government_economic")
    return {fold(each.name): each.code for each in names if len(each.code) == _CLASS_DIGITS}


def load(path: Path) -> Definition:
    """Read and validate one definition. Raises DefinitionError: file, line and what is expected."""
    written = checked_yaml(path, WrittenTable, DefinitionError)
    if written.id != path.stem:
        refuse(path, ("id",), f"expected {path.stem}, as the file is called", DefinitionError)
    for keys, word in _words(to_builtins(written), ()):
        if word == UNTOLD:
            refuse(path, keys, "expected what could not be guessed, in place of ?", DefinitionError)
    if not written.layouts and not written.title_words:
        said = "expected the headings as printed, or title_words (what its title says)"
        refuse(path, (), f"layouts: {said}", DefinitionError)
    found = _definition(written)
    for keys, name, known in _named_by_checks(found):
        if name not in known:
            near = with_nearest(name, sorted(known))
            refuse(path, ("checks", *keys), f"{near} is nowhere in this table", DefinitionError)
    return found


def _definition(written: WrittenTable) -> Definition:
    layouts = (_layout(columns) for each in written.layouts for columns in _splits(each.columns))
    same = ("titles", "layouts", "totals", "rows", "words")
    return Definition(
        **{name: value for name, value in asdict(written).items() if name not in same},
        titles=frozenset(map(fold, written.titles)),
        layouts=tuple(layouts),
        totals=frozenset(map(fold, written.totals)),
        rows=tuple(map(_row_rule, written.rows)),
        words={key: tuple(map(fold, texts)) for key, texts in written.words.items()},
    )


def _splits(columns: Sequence[WrittenColumn]) -> list[list[WrittenColumn]]:
    """A layout with its codes in one column, and with a column for each level of the code.

    Above the split columns stands the code's heading, in one cell or wrapped into two.
    """
    if not any(column.split for column in columns):
        return [[*columns]]
    return [[*columns], _split(columns, stacked=False), _split(columns, stacked=True)]


def _split(columns: Sequence[WrittenColumn], *, stacked: bool) -> list[WrittenColumn]:
    parts: list[WrittenColumn] = []
    for column in columns:
        if not column.split:
            parts.append(column)
            continue
        *outer, heading = column.path
        above = _stacked(heading) if stacked else [heading]
        parts += [replace(column, path=(*outer, *above, level)) for level in column.split]
    return parts


def _stacked(heading: str) -> list[str]:
    """``支出功能分类科目编码`` wrapped into ``支出功能分类`` over ``科目编码``."""
    lower = "科目编码"
    tops = [text.removesuffix(lower) for text in heading.split(_VARIANTS) if text != lower]
    return [_VARIANTS.join(dict.fromkeys(tops)), lower]


def _layout(columns: Sequence[WrittenColumn]) -> Layout:
    optional = frozenset(column.id for column in columns if column.optional)
    paths = _paths(columns)
    headings = tuple(dict.fromkeys(heading for path in paths for heading in path))
    least = sum(min(map(len, h.variants)) for h in headings if not h.optional)
    most = sum(max(map(len, h.variants)) for h in headings)
    starts = frozenset(variant[0] for heading in headings for variant in heading.variants)
    return Layout(tuple(map(_column, columns)), headings, paths, optional, least, most, starts)


def _column(written: WrittenColumn) -> Column:
    values = {key: value for key, value in asdict(written).items() if key not in _OF_HEADINGS}
    path = (part.removesuffix(_OPTIONAL).split(_VARIANTS)[0] for part in written.path)
    return Column(path=tuple(path), **values)


def _paths(columns: Sequence[WrittenColumn]) -> tuple[tuple[Heading, ...], ...]:
    """The cells of the stacked heading above each column: each place in the paths is one cell."""
    seen: dict[tuple[str, ...], Heading] = {}
    paths = []
    for column in columns:
        # The same heading over the other side or panel is another cell.
        keys = [(column.direction, *column.path[: n + 1]) for n in range(len(column.path))]
        for key, heading in zip(keys, column.path, strict=True):
            optional = (column.optional and key == keys[-1]) or heading.endswith(_OPTIONAL)
            texts = heading.removesuffix(_OPTIONAL).split(_VARIANTS)
            variants = tuple(fold(each) for text in texts for each in _in_every_unit(text))
            seen.setdefault(key, Heading(variants, optional, key))
        paths.append(tuple(seen[key] for key in keys))
    return tuple(paths)


def _in_every_unit(heading: str) -> list[str]:
    """A heading that names 万元, and as it is printed where the amounts are in another unit."""
    others = [heading.replace(_ANY_UNIT, unit) for unit in UNITS if unit != _ANY_UNIT]
    return [heading, *others] if _ANY_UNIT in heading else [heading]


def _row_rule(written: WrittenRow) -> RowRule:
    values = {key: value for key, value in asdict(written).items() if key != "label"}
    return RowRule(frozenset(map(fold, written.label.split(_VARIANTS))), **values)


def _named_by_checks(found: Definition) -> Iterator[tuple[Keys, str, Collection[str]]]:
    """What checks name, each with its place: else they would silently check nothing."""
    columns = {column.id for layout in found.layouts for column in layout.columns}
    items = {rule.item for rule in found.rows} - {""}
    kinds = {"row_sums": columns, "flows": columns, "sums": items, "equal": items}
    for name, known in kinds.items():
        for keys, word in _words(to_builtins(getattr(found.checks, name)), (name,)):
            if keys[-1] not in ("side", "above"):
                yield keys, word, known


def _words(value: Any, keys: Keys) -> Iterator[tuple[Keys, Any]]:
    """All that stands within lists and sections, each with the keys that lead to it."""
    if isinstance(value, dict):
        inside: Iterable[tuple[str | int, Any]] = value.items()
    elif isinstance(value, list | tuple):
        inside = enumerate(value)
    else:
        yield keys, value
        return
    for key, part in inside:
        yield from _words(part, (*keys, key))
