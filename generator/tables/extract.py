"""The way through this room: document → parts → blocks → rows, and all lines accounted for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from generator.models import Document, Extract, Line, LineUse, Record, Row, Section, Table
from generator.problems import Report, UnreadableError
from generator.tables.amounts import is_decimal
from generator.tables.blocks import Block, Scanner
from generator.tables.definitions import Definition, definition, definitions
from generator.tables.furniture import is_furniture, is_known_unit
from generator.tables.hierarchy import assign_hierarchy, drop_repeated_totals
from generator.tables.identity import Identity, identify
from generator.tables.key_project_rows import read_key_projects
from generator.tables.panel_rows import read_two_panel
from generator.tables.parts import Part, split_parts
from generator.tables.text_tables import TextTable, find_text_tables
from generator.tables.project_rows import assign_units, read_projects
from generator.tables.prose import read_sections
from generator.tables.rows import Reading
from generator.tables.sided_rows import read_two_sided
from generator.tables.single_rows import read_single
from generator.tables.wording import canonical_unit, fold, join

_PART_NAMES = "零一二三四五六七"
_LEAST_PARTS = {"budget": 4, "final_accounts": 4}
_READERS: Mapping[str, Callable[[Reading], list[Row]]] = {
    "coded": read_single,
    "labelled": read_single,
    "single": read_single,
    "units": lambda reading: assign_units(read_single(reading), reading),
    "projects": read_projects,
    "two_sided": read_two_sided,
    "two_panel": read_two_panel,
}


def extract_tables(document: Document, report: Report) -> Extract:
    """Read all tables and prose of ``document``; what cannot be read goes to ``report``.

    Raises UnreadableError where the document is not a disclosure at all.
    """
    parts = split_parts(document.lines)
    identity = identify(document, parts, report)
    room = _Extraction(document, identity, report)
    for part in parts:
        room.read_part(part)
    room.finish(parts)
    return Extract(
        document,
        identity.kind,
        identity.year,
        identity.department_name,
        tuple(room.tables),
        tuple(room.sections),
        room.uses,
    )


class _Extraction:
    """Collects what the parts of one document hold."""

    def __init__(self, document: Document, identity: Identity, report: Report) -> None:
        self.document, self.identity, self.report = document, identity, report
        self.definitions = tuple(d for d in definitions() if d.kind == identity.kind)
        self.tables: list[Table] = []
        self.sections: list[Section] = []
        self.uses: dict[int, LineUse] = {}
        self.unit = ""

    def read_part(self, part: Part) -> None:
        for line in part.heading_lines:
            self.uses[line.number] = LineUse("heading", part.number)
        if part.number == 0:
            self._front(part)
        elif self._has_tables(part):
            self._tables(part)
        else:
            self._prose(part)

    def _front(self, part: Part) -> None:
        for line in part.lines:
            furniture = is_furniture(line.text)
            self.uses[line.number] = LineUse("furniture" if furniture else "contents", 0)

    def _has_tables(self, part: Part) -> bool:
        return part.number == 2 or any(
            fold(line.text) in definition.titles
            for definition in self.definitions
            for line in part.lines
            if definition.required
        )

    def _tables(self, part: Part) -> None:
        titled = tuple(d for d in self.definitions if d.located_by == "title" and d.order <= 10 or d.kind == "budget")
        scanner = Scanner(part.lines, part.number, titled, self.report)
        scanner.unit = self.unit
        for block in scanner.scan():
            self._read_block(block, scanner)
        self.uses.update(scanner.uses)

    def _read_block(self, block: Block, scanner: Scanner) -> None:
        if not block.candidates or block.header is None:
            self._report_unread(block, scanner)
            return
        if any(table.id == block.header.definition.id for table in self.tables):
            self.report.add("table-duplicate", block.first_line, title=block.heading)
            self._mark(scanner, block.lines, "unread")
            return
        self.tables.append(self._table(block, scanner))

    def _report_unread(self, block: Block, scanner: Scanner) -> None:
        amounts = sum(is_decimal(token) for line in block.lines for token in line.text.split())
        if block.candidates:
            header = [line.text for line in block.lines if not any(map(is_decimal, line.text.split()))]
            expected = [h.variants[0] for h in block.candidates[0].layouts[0].headings]
            self.report.add(
                "header-unknown",
                block.first_line,
                title=block.heading,
                found=join(header[:12])[:120],
                expected=" ".join(expected),
            )
        else:
            self.report.add("table-unknown", block.first_line, title=block.heading, amounts=amounts)
        self._mark(scanner, block.lines, "unread")

    def _mark(self, scanner: Scanner, lines: list[Line], use: str) -> None:
        for line in lines:
            old = scanner.uses[line.number]
            scanner.uses[line.number] = LineUse(use, old.part, old.table)  # type: ignore[arg-type]

    def _table(self, block: Block, scanner: Scanner) -> Table:
        assert block.header is not None  # asked by _read_block
        definition = block.header.definition
        reading = Reading(
            definition.title, definition, block.header.columns, block.lines, self.report, self._units()
        )
        rows = _READERS[definition.shape](reading)
        rows, repeated = drop_repeated_totals(rows, definition)
        self._mark_repeated(scanner, repeated)
        self._check_whole(block, definition, rows)
        return Table(
            definition.id,
            block.heading,
            self._known_unit(block),
            block.header.columns,
            assign_hierarchy(rows, reading),
            tuple(self._notes(block)),
            block.first_line,
            block.last_line,
        )

    def _units(self) -> frozenset[str]:
        """The units known so far: the department, and those of the basic expenditure table."""
        names = [self.identity.department_name]
        for table in self.tables:
            if definition(table.id).shape == "units":
                names += [row.name for row in table.rows if row.level == 1]
        return frozenset(canonical_unit(name) for name in names)

    def _known_unit(self, block: Block) -> str:
        if not block.unit:
            self.report.add("unit-missing", block.first_line, title=block.heading)
        elif not is_known_unit(block.unit):
            self.report.add("unit-unknown", block.first_line, title=block.heading, unit=block.unit)
        return block.unit if is_known_unit(block.unit) else ""

    def _mark_repeated(self, scanner: Scanner, repeated: list[Row]) -> None:
        for row in repeated:
            old = scanner.uses[row.line]
            scanner.uses[row.line] = LineUse("repeated_total", old.part, old.table)

    def _check_whole(self, block: Block, definition: Definition, rows: list[Row]) -> None:
        if not rows:
            self.report.add("table-empty", block.first_line, title=definition.title)
            return
        labels = {fold(row.label) for row in rows}
        if definition.totals and not labels & definition.totals:
            reason = f"没有“{'、'.join(sorted(definition.totals))}”行"
            self.report.add("table-cut-off", rows[-1].line, title=definition.title, reason=reason)
        self._check_sides(definition, rows)

    def _check_sides(self, definition: Definition, rows: list[Row]) -> None:
        """A two-sided table ends with its totals; without them it was cut off."""
        if definition.shape != "two_sided":
            return
        needed = [rule for rule in definition.rows if rule.role == "total"]
        found = {(row.side, fold(row.name)) for row in rows}
        for rule in needed:
            if not any((rule.side, label) in found for label in rule.labels):
                reason = f"没有“{sorted(rule.labels)[0]}”行"
                self.report.add(
                    "table-cut-off", rows[-1].line, title=definition.title, reason=reason
                )

    def _notes(self, block: Block) -> list[str]:
        notes: list[str] = []
        for line in block.notes:
            text = line.text.strip()
            if text.startswith(("注", "备注", "说明")) or not notes or notes[-1].endswith(("。", "；")):
                notes.append(text)
            else:
                notes[-1] = join([notes[-1], text])
        return notes

    def _prose(self, part: Part) -> None:
        rest, found = find_text_tables(part, self.definitions, self._projects(), self.report)
        for text_table in found:
            self._add_text_table(part, text_table)
        prose = []
        for line in rest:
            furniture = is_furniture(line.text)
            if furniture and "单位" in line.text:
                self.unit = "万元" if "万元" in line.text else self.unit
            self.uses[line.number] = LineUse("furniture" if furniture else "prose", part.number)
            if not furniture:
                prose.append(line)
        self.sections += read_sections(part, prose)

    def _projects(self) -> tuple[Row, ...]:
        return next((t.rows for t in self.tables if t.id == "budget-project-by-unit"), ())

    def _add_text_table(self, part: Part, found: TextTable) -> None:
        self.tables.append(found.table)
        for number, use in found.uses.items():
            self.uses[number] = LineUse(use, part.number, found.table.id)

    def finish(self, parts: tuple[Part, ...]) -> None:
        """Report what is missing, and account for blank lines."""
        self._report_missing_tables()
        numbers = {part.number for part in parts}
        for number in range(1, _LEAST_PARTS[self.identity.kind] + 1):
            if number not in numbers:
                self.report.add("part-missing", part=_PART_NAMES[number])
        for line in self.document.lines:
            if not line.text.strip():
                self.uses[line.number] = LineUse("blank")

    def _report_missing_tables(self) -> None:
        orders = {definition.order for table in self.tables for definition in self.definitions if definition.id == table.id}
        named = {problem.message for problem in self.report.problems}
        for definition in self.definitions:
            if definition.required and definition.order not in orders:
                if not any(definition.title in message for message in named):
                    self.report.add("table-missing", title=definition.title)
