"""The way through this room: document → parts → blocks → rows, and all lines accounted for.

Of a PDF the ruled tables are read first, cell by cell; what stands in no grid is text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from generator.grids import ruled_tables, without_running_heads
from generator.meaning.amounts import is_decimal
from generator.meaning.definitions import Definition, definition, definitions
from generator.meaning.furniture import is_furniture, is_known_unit, printed_unit
from generator.meaning.wording import canonical_unit, fold
from generator.models import (
    PROJECT_TABLE,
    Document,
    Extract,
    Line,
    LineUse,
    PrintedTable,
    Row,
    RuledTable,
    Section,
    Table,
    Use,
)
from generator.problems import Report
from generator.tables.blocks import Block, Scanner
from generator.tables.by_coordinates import lines_of, sort_tables, uses_of
from generator.tables.completeness import marked_cut, report_missing
from generator.tables.doubtful_furniture import Said, sort_furniture
from generator.tables.form_tables import (
    Context,
    keyed_forms,
    read_form,
    rows_of_keyed,
    rows_of_text,
)
from generator.tables.headers import Header
from generator.tables.identity import Identity, identify
from generator.tables.known_forms import KnownForm, known_form
from generator.tables.pages import Pages, sort_pages
from generator.tables.parts import DocumentPart, split_parts
from generator.tables.prose import read_sections
from generator.tables.row_keys import with_keys
from generator.tables.rows import TableReading
from generator.tables.shared_units import with_units
from generator.tables.standard_table import Place, joined_notes, read_standard_table
from generator.tables.text_tables import (
    Known,
    TextRows,
    find_text_tables,
    read_text_rows,
)
from generator.tables.titles import KnownTitles, known_title

#: The routes whose lines are cells with places.
_RULED_ROUTES = ("geometry:pdf", "plumber:pdf")


def extract_tables(document: Document, report: Report) -> Extract:
    """Read all tables and prose of ``document``; what cannot be read goes to ``report``.

    Ruled tables of no known form are read by their coordinates, or published as printed.

    Raises UnreadableError where the document is not a disclosure at all.
    """
    pages = sort_pages(document, report)
    printed = ruled_tables(pages.lines) if document.route in _RULED_ROUTES else ()
    identity = identify(document, split_parts(pages.lines), printed, report)
    ruled = with_units(printed, identity.kind, report)
    extraction = _Extraction(document, identity, pages, report)
    others = extraction.read_forms(ruled)
    parts = split_parts(extraction.text_beside(others))
    for part in parts:
        extraction.read(part, alone=len(parts) == 1)
    extraction.read_by_coordinates(others)
    extraction.number_parts(parts)
    extract = Extract(
        document,
        identity.kind,
        identity.year,
        identity.department_name,
        tuple(map(with_keys, extraction.tables)),
        tuple(extraction.sections),
        extraction.uses,
        printed=extraction.printed,
        evidence=identity.evidence,
    )
    report_missing(extract, parts, extraction.unread, report)
    return marked_cut(extract, parts)


class _Extraction:
    """Collects what the parts of one document hold."""

    def __init__(
        self, document: Document, identity: Identity, pages: Pages, report: Report
    ) -> None:
        self.identity, self.pages, self.report = identity, pages, report
        self.route = document.route
        self.definitions = tuple(d for d in definitions() if d.kind == identity.kind)
        self.tables: list[Table] = []
        self.printed: tuple[PrintedTable, ...] = ()
        self.sections: list[Section] = []
        blank = LineUse("blank")
        self.uses = {line.number: blank for line in document.lines if not line.text.strip()}
        self.uses |= {line.number: LineUse("repeated_page") for line in pages.repeated}
        self.unit = ""
        #: The unit that was printed last, and the pages of its table.
        self.page_unit, self.unit_pages = "", frozenset[int]()
        #: What tables were found but not read, or may be.
        self.unread: list[Definition] = []
        self.said = Said({fold(identity.department_name)})
        self.lines = {line.number: line for line in document.lines}
        self.heads = _running_heads(pages.lines) if self.route in _RULED_ROUTES else frozenset()

    def read(self, part: DocumentPart, *, alone: bool = False) -> None:
        """Read one part: front matter, tables or prose; a document of one part is all prose."""
        self._use(part.heading_lines, "heading", part.number)
        if part.number == 0 and alone:
            self._read_prose(replace(part, number=1))
        elif part.number == 0:
            self._use((line for line in part.lines if line.text.strip()), "contents", 0)
        else:
            start = self._start_of_tables(part)
            if start or not part.lines:
                self._read_prose(replace(part, lines=part.lines[:start]))
            if start < len(part.lines):
                self._read_tables(replace(part, lines=part.lines[start:]))

    def _use(self, lines: Iterable[Line], use: Use, part: int) -> None:
        for line in lines:
            self.uses[line.number] = LineUse(use, part)

    def _start_of_tables(self, part: DocumentPart) -> int:
        """Where the first table's title stands, or its unit above it; the end if there is none.

        The second part holds tables, whatever their titles, unless it is named otherwise.
        """
        if part.number == 2 and not part.title.endswith(("说明", "情况")):
            return 0
        titles = KnownTitles(
            title for known in self.definitions if known.required for title in known.titles
        )
        for index, line in enumerate(part.lines):
            if known_title(fold(line.text), titles):
                start = index
                while start and is_furniture(part.lines[start - 1]):
                    start -= 1
                return start
        return len(part.lines)

    # Tables.

    def _read_tables(self, part: DocumentPart) -> None:
        titled = tuple(known for known in self.definitions if not known.in_prose)
        ruled = self.route in _RULED_ROUTES
        scanner = Scanner(part.lines, part.number, titled, self.said, beside_grids=ruled)
        scanner.unit = self.unit
        for block in scanner.scan():
            self._read_block(block, scanner.uses)
        for line in scanner.doubts:
            self.report.add("furniture-in-doubt", line.number, text=line.text.strip())
        self.uses.update(scanner.uses)

    def _read_block(self, block: Block, uses: dict[int, LineUse]) -> None:
        header = block.header
        if header is None and self._is_heading(block):
            _mark(uses, block.lines, "prose")
        elif header is None:
            self.unread += block.candidates
            self._report_unread(block)
            _mark(uses, block.lines, "unread")
        elif self.route == "geometry:pdf":
            self.unread.append(header.definition)
            self.report.add("table-unruled", block.first_line, title=header.definition.title)
            _mark(uses, block.lines, "unread")
        elif any(table.id == header.definition.id for table in self.tables):
            self.report.add("table-duplicate", block.first_line, title=block.heading)
            _mark(uses, block.lines, "unread")
        else:
            self.tables.append(self._table(block, header, uses))

    def _is_heading(self, block: Block) -> bool:
        """Whether what looks like a title on ruled pages heads no table: no amount is below it."""
        if block.candidates or self.route not in _RULED_ROUTES:
            return False
        return not any(is_decimal(token) for line in block.lines for token in line.text.split())

    def _report_unread(self, block: Block) -> None:
        tokens = [line.text.split() for line in block.lines]
        if not block.candidates:
            amounts = sum(is_decimal(token) for line in tokens for token in line)
            self.report.add("table-unknown", block.first_line, title=block.heading, amounts=amounts)
            return
        header = ["".join(line) for line in tokens if not any(map(is_decimal, line))]
        expected = [h.variants[0] for h in block.candidates[0].layouts[0].headings]
        self.report.add(
            "header-unknown",
            block.first_line,
            title=block.heading,
            found=" ".join(header[:12]),
            expected=" ".join(expected),
        )

    def _table(self, block: Block, header: Header, uses: dict[int, LineUse]) -> Table:
        known = header.definition
        unit = self._unit(block.unit, block.pages, block.first_line, block.heading)
        reading = TableReading(
            known.title,
            known,
            header.columns,
            block.lines,
            self.report,
            self._known_units(),
            unit=unit,
        )
        place = Place(
            block.heading,
            joined_notes(block.notes),
            block.first_line,
            block.last_line,
            gaps=tuple(self._heading_gaps(block, header)),
        )
        columns = header.layout.present(header.printed)
        table, repeated = read_standard_table(reading, columns, place)
        _mark(uses, repeated, "repeated_total")
        pages = {line.page for line in block.lines if line.page}
        return self._with_page_gaps(table, pages)

    def _heading_gaps(self, block: Block, header: Header) -> Iterator[str]:
        """Why the columns may not be where they are taken to be."""
        title = header.definition.title
        if not header.sure:
            text = " ".join(heading.variants[0] for heading in header.printed[:8])
            self.report.add("columns-in-doubt", block.first_line, title=title, text=text)
            yield "各栏的次序无法确定"
        for line in block.reordered[:1]:
            self.report.add("columns-reordered", line.number, title=title)
            yield "续页的栏次与首页不同"

    def _with_page_gaps(self, table: Table, pages: Iterable[int]) -> Table:
        """The table with why what stands on its pages may not be whole."""
        there = set(pages)
        gaps = [why for page, why in self.pages.gaps.items() if page in there]
        return replace(table, gap="；".join(dict.fromkeys(filter(None, (table.gap, *gaps)))))

    def _known_units(self) -> frozenset[str]:
        """The units named so far: the department, and those of the tables by unit."""
        names = [self.identity.department_name]
        for table in self.tables:
            if definition(table.id).shape == "units":
                names += [row.name for row in table.rows if row.level == 1]
        return frozenset(canonical_unit(name) for name in names)

    def _unit(self, printed: str, pages: frozenset[int], line: int, title: str) -> str:
        if not printed and self.route != "flow:txt" and pages & self.unit_pages:
            return self.page_unit  # printed once for two tables of one page
        if is_known_unit(printed):
            self.page_unit, self.unit_pages = printed, pages
            return printed
        code = "unit-unknown" if printed else "unit-missing"
        self.report.add(code, line, title=title, unit=printed)
        return ""

    # Ruled tables.

    def read_forms(self, ruled: Sequence[RuledTable]) -> list[RuledTable]:
        """Read the ruled tables of known forms; the others are given back."""
        others: list[RuledTable] = []
        groups = keyed_forms(ruled, self.definitions)
        keyed = {id(grids[0]): (known, grids) for known, grids in groups}
        inside = {id(table) for _, grids in keyed.values() for table in grids}
        for table in ruled:
            if id(table) in keyed:
                known, grids = keyed[id(table)]
                self._keep_text(rows_of_keyed(known, grids, self.lines))
            elif id(table) not in inside:
                form = known_form(table, self.definitions)
                if form is None or any(each.id == form.definition.id for each in self.tables):
                    others.append(table)
                elif form.definition.in_prose:
                    self._keep_text(rows_of_text(form, self.lines))
                else:
                    self._read_form(form)
        return others

    def _read_form(self, form: KnownForm) -> None:
        table = form.table
        title = form.definition.title
        unit = self._unit(table.unit, frozenset(table.pages), table.first_line, title)
        context = Context(unit, self._known_units(), self.report)
        found, uses = read_form(form, self.lines, context)
        self.tables.append(self._with_page_gaps(found, table.pages))
        self._use_for(found.id, uses)

    def _keep_text(self, rows: TextRows) -> None:
        text_table = read_text_rows(rows, self._projects(), self.report)
        self.tables.append(text_table.table)
        self._use_for(text_table.table.id, text_table.uses)

    def _use_for(self, table: str, uses: Mapping[int, Use]) -> None:
        for number, use in uses.items():
            if self.lines[number].text.strip():
                self.uses[number] = LineUse(use, table=table)
            if use == "furniture":
                self.said.add(self.lines[number])

    def text_beside(self, ruled: Sequence[RuledTable]) -> tuple[Line, ...]:
        """The lines that belong to no ruled table: neither to one that is read, nor to these."""
        taken = {number for table in ruled for number in lines_of(table)}
        taken |= {number for number, use in self.uses.items() if use.table}
        lines = (line for line in self.pages.lines if not line.boxes or line.text.strip())
        return tuple(line for line in lines if line.number not in taken)

    def number_parts(self, parts: Sequence[DocumentPart]) -> None:
        """Say of the lines of ruled tables in which part they stand."""
        begins = [(part.heading_lines[0].number, part.number) for part in parts[1:]]
        starts = [start for start, _ in begins]
        for number, use in self.uses.items():
            if use.table and use.part is None:
                place = bisect_right(starts, number)
                self.uses[number] = replace(use, part=begins[place - 1][1] if place else 0)

    def read_by_coordinates(self, ruled: Sequence[RuledTable]) -> None:
        """Read ruled tables by what their titles and headings say; the rest stays as printed."""
        known = frozenset(table.id for table in self.tables)
        identity = self.identity
        found = sort_tables(ruled, identity.kind, identity.year, known, self.report)
        for table, source in found.tables:
            self.tables.append(self._with_page_gaps(table, source.pages))
            self.uses.update(uses_of(source, table.id))
        for each in found.printed:
            self.uses.update(uses_of(each.table, each.id))
        self.printed = found.printed

    # Prose.

    def _projects(self) -> tuple[Row, ...]:
        """The projects that the table of all of them names."""
        rows = next((table.rows for table in self.tables if table.id == PROJECT_TABLE), ())
        return tuple(row for row in rows if row.level == 2)

    def _read_prose(self, part: DocumentPart) -> None:
        known = Known(self.said, self._projects())
        rest, found = find_text_tables(part, self.definitions, known, self.report)
        for text_table in found:
            self.tables.append(text_table.table)
            for number, use in text_table.uses.items():
                self.uses[number] = LineUse(use, part.number, text_table.table.id)
        self._use((each for each in rest if each.number in self.heads), "furniture", part.number)
        flowing = [each for each in rest if each.number not in self.heads]
        furniture, prose = sort_furniture(flowing, self.said)
        self._use(furniture, "furniture", part.number)
        self._use(prose, "prose", part.number)
        # The first table's unit may be printed at the foot of the part before.
        self.unit = next((u for line in reversed(furniture) if (u := printed_unit(line.text))), "")
        self.sections += read_sections(part, prose)


def _running_heads(lines: Sequence[Line]) -> frozenset[int]:
    """The numbers of the lines that only say again what most pages begin with."""
    kept = {line.number for line in without_running_heads(lines)}
    return frozenset(each.number for each in lines if not each.page_number) - kept


def _mark(uses: dict[int, LineUse], lines: Iterable[Line | Row], use: Use) -> None:
    for line in lines:
        number = line.number if isinstance(line, Line) else line.line
        uses[number] = LineUse(use, uses[number].part, uses[number].table)
