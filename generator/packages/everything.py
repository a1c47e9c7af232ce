"""Everything: the package of all, reduced from the packages of the disclosures, one after another.

Its long files are their files, one behind the other (`streams`); its registers are of what each
disclosure is registered with (`made`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from generator.meaning.crosswalks import SCHEMES
from generator.meaning.departments import Departments
from generator.packages import derived
from generator.packages.classifications import classification_registers
from generator.packages.codes import CODES, CodeList
from generator.packages.columns import Columns
from generator.packages.concepts import concept_registers
from generator.packages.counted_findings import (
    findings_counted,
    findings_that_tell,
    tables_of,
)
from generator.packages.departments import Seen, department_registers, names_before
from generator.packages.descriptors import consolidated_descriptor
from generator.packages.held import refuse_lost, refuse_wrong
from generator.packages.imprint import Imprint
from generator.packages.keys import KEYS_OF_ALL
from generator.packages.labels import row_labels
from generator.packages.made import Made
from generator.packages.mapped_money import MoneyCoverage, mapped_money
from generator.packages.noted import STREAMED
from generator.packages.published import Kept, blank_places, registered, relaxed
from generator.packages.resources import Resource, listed, text
from generator.packages.streams import Stream
from generator.packages.versions import History
from generator.packages.written import write_descriptor, write_resource
from generator.problems import Problem

_Rows = Sequence[Sequence[str]]


class Everything:
    """The package of all in a folder, as far as disclosures were added."""

    def __init__(self, folder: Path) -> None:
        """Begin it in ``folder``, which is not there yet."""
        folder.mkdir(parents=True)
        self.folder = folder
        self._streams = {name: Stream(folder, name) for name in STREAMED}
        self._rows: list[tuple[str, tuple[str, ...], tuple[str, ...]]] = []
        self._seen: dict[Seen, None] = {}
        self._sources: list[dict[str, object]] = []
        self._days: set[str] = set()
        self._columns, self._coverage = Columns(), MoneyCoverage()
        self._codes = {each: CodeList(each) for each in CODES}
        self._counted: list[Sequence[str]] = []
        self._tables = set[str]()

    def add(self, made: Made, package: Path) -> None:
        """Add a disclosure of this build, whose package is written and valid."""
        self._rows.append((made.id, made.row, made.files))
        self._seen[made.department, made.year] = None
        self._sources += made.sources
        self._days.add(made.day)
        self._columns.add(made.columns)
        for classification, codes in made.codes.items():
            self._codes[classification].add(codes, made.year)
        self._counted += made.counted
        self._tables.update(made.tables)
        for scheme, amounts in made.money.items():
            self._coverage.add(scheme, made.id, amounts)
        for name, stream in self._streams.items():
            if name == "findings":
                stream.add(made.id, made.telling)
            else:
                stream.copy((package / stream.resource.path).read_bytes(), made.noted[name])

    def keep(self, kept: Kept) -> None:
        """Add a disclosure whose package is kept of an earlier build."""
        identifier = kept.package.id
        amounts = _mapped(kept, self._streams["facts"].names)
        self._sources += kept.package.raw().get("sources", [])
        for classification in CODES:
            named = ((code, name, 1) for code, name in kept.codes(classification))
            self._codes[classification].add(named, kept.year)
        for name, stream in self._streams.items():
            known = amounts.get(name)
            rows = list(kept.rows_of(name, stream.names)) if known is None else known
            if known is None:
                stream.may_be_blank(rows)
            if name == "findings":
                self._counted += findings_counted(stream.names, rows)
                self._tables.update(tables_of(stream.names, rows))
                rows = findings_that_tell(stream.names, rows)
            stream.add(identifier, rows)
        for scheme in SCHEMES:
            rows = amounts[f"{scheme}-amounts"]
            self._coverage.add(scheme, identifier, [(row[-1], row[-3]) for row in rows])

    def close(
        self,
        problems: Sequence[Problem],
        register: Departments,
        history: History,
        imprint: Imprint,
        builds: Iterable[tuple[str, str]],
    ) -> None:
        """Write the registers, and what describes it all. Raises PackageError."""
        registers = {each.name: each for each in self._registers(problems, register, history)}
        for name, stream in self._streams.items():
            refuse_lost(f"{self.folder / name}.csv", stream.led, registers)
        # Their keys name the version: those of before were looked at then, the others are of facts.
        self._streams["earlier-facts"] = Stream(self.folder, "earlier-facts")
        self._streams["earlier-facts"].append(history.earlier())
        described = {name: stream.close() for name, stream in self._streams.items()}
        for name, each in registers.items():
            refuse_wrong(self.folder, each, registers)
            described[name] = (each, write_resource(self.folder, each))
        write_descriptor(
            self.folder,
            [described[name] for name in _ORDER],
            lambda resources: consolidated_descriptor(
                resources, self._sources, dict(sorted(builds)), self._days, imprint, history.version
            ),
        )

    def abandon(self) -> None:
        """Close its files as they are."""
        for stream in self._streams.values():
            stream.abandon()

    # The registers.

    def _registers(
        self, problems: Sequence[Problem], register: Departments, history: History
    ) -> Iterator[Resource]:
        kept = history.kept
        problems = [*problems, *(problem for each in kept for problem in each.problems())]
        changes = tuple(history.changes())
        found = (
            listed("disclosures", self._disclosures(Counter(p.file for p in problems), kept)),
            *department_registers(self._seen, register, _before(kept)),
            self._coverage.resource(),
            listed("findings-counted", map(tuple, self._counted)),
            _rules(kept),
            derived.problems(problems),
            *(codes.resource() for codes in self._codes.values()),
            *classification_registers(),
            *self._concepts(),
            row_labels(),
            relaxed(listed("changes", changes), blank_places(changes)),
        )
        for each in found:
            keys = KEYS_OF_ALL.get(each.name, ())
            yield replace(each, foreign_keys=(*each.foreign_keys, *keys))

    def _concepts(self) -> list[Resource]:
        """Tables, columns and concepts: those that the rows lead to among them."""
        led = self._streams["facts"].led
        terms = {term for key in led if key.resource == "concepts" for (term,) in led[key]}
        columns = {
            (table, column)
            for key in led
            if key.resource == "columns"
            for table, column in led[key]
        }
        checked = self._streams["conservation"].led
        tables = {table for key in checked if key.resource == "tables" for (table,) in checked[key]}
        return concept_registers(self._columns, columns, tables | self._tables, terms)

    def _disclosures(
        self, problems: Counter[str], kept: Sequence[Kept]
    ) -> Iterator[tuple[str, ...]]:
        """One row for each disclosure; those of what is kept as they were, but for the mark."""
        for _, row, files in self._rows:
            yield (*row, str(sum(problems[file] for file in files)), "", "")
        names = [field.name for field in listed("disclosures", ()).fields]
        before = _registered(kept, "disclosures", {each.package.id for each in kept})
        for each in kept:
            count = sum(problems[file] for file in each.package.files)
            marked = {"kept_since": each.mark.since, "kept_reason": each.mark.told}
            for old in before.get(each.package.id, ()):
                now = {**old, **marked, "problems": str(count)}
                yield tuple(now.get(name, "") for name in names)


#: The files in the order in which the package describes them.
_ORDER = (
    *("disclosures", "departments", "department-names", "regions", "bureau-kinds"),
    *STREAMED[:3],
    "mapping-coverage",
    *STREAMED[3:],
    *("findings-counted", "rules", "problems", "codes-functional", "codes-economic"),
    *("official-codes", *SCHEMES, "tables", "columns", "concepts", "labels"),
    *("changes", "earlier-facts"),
)


def _mapped(kept: Kept, names: Sequence[str]) -> dict[str, _Rows]:
    """The money of a kept package by international classes, as they are mapped today."""
    facts = listed("facts", kept.rows_of("facts", names))
    return {each.name: [tuple(map(text, row)) for row in each.rows] for each in mapped_money(facts)}


def _rules(kept: Sequence[Kept]) -> Resource:
    """Today's rules, and after them those that only kept packages name."""
    today = derived.rules()
    names = [field.name for field in today.fields]
    more = [row for each in kept for row in each.rows_of("rules", names)]
    rows = {row[0]: row for row in reversed((*today.rows, *more))}
    order = dict.fromkeys(row[0] for row in (*today.rows, *more))
    whole = replace(today, rows=tuple(rows[rule] for rule in order))
    return relaxed(whole, blank_places(more))


def _before(kept: Sequence[Kept]) -> dict[str, list[dict[str, str]]]:
    """By department the names that it had, where something of it is kept."""
    ids = {each.department for each in kept}
    places, names = (_registered(kept, each, ids) for each in ("departments", "department-names"))
    return {each: names_before(places.get(each, ()), names.get(each, ())) for each in ids}  # type: ignore[misc]


def _registered(kept: Sequence[Kept], name: str, ids: set[str]) -> dict[str, list[dict[str, str]]]:
    return registered(kept[0].package.root, name, ids) if kept else {}  # type: ignore[return-value]
