"""The way through this room: document → parts → blocks → rows, and all lines accounted for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from generator.grids import ruled_tables, without_running_heads
from generator.meaning.amounts import is_dash, is_decimal
from generator.meaning.definitions import PROJECT_TABLE, Definition, definition, definitions
from generator.meaning.furniture import (
    begins_with_page_number,
    has_page_number,
    has_spaced_page_number,
    is_bare_number,
    is_furniture,
    is_known_unit,
    printed_unit,
)
from generator.meaning.notes import NOTE_STARTS
from generator.meaning.wording import canonical_unit, fold, join
from generator.models import (
    Account,
    Column,
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
from generator.tables.cells import doubt_decimals, report_doubts
from generator.tables.completeness import marked_cut, report_cut_off, report_missing
from generator.tables.conservation import Taken, account_for
from generator.tables.doubtful_furniture import Said, sort_furniture
from generator.tables.headers import Header
from generator.tables.hierarchy import assign_hierarchy, drop_repeated_totals
from generator.tables.identity import Identity, identify
from generator.tables.pages import Pages, sort_pages
from generator.tables.panel_rows import read_two_panel
from generator.tables.parts import DocumentPart, split_parts
from generator.tables.project_rows import assign_units, read_projects
from generator.tables.prose import read_sections
from generator.tables.row_keys import with_keys
from generator.tables.rows import TableReading, is_tabbed
from generator.tables.sided_rows import read_two_sided
from generator.tables.single_rows import read_single
from generator.tables.text_tables import Known, find_text_tables
from generator.tables.titles import known_title

_READERS: Mapping[str, Callable[[TableReading], list[Row]]] = {
    "coded": read_single,
    "labelled": read_single,
    "single": read_single,
    "units": lambda reading: assign_units(read_single(reading), reading),
    "projects": read_projects,
    "two_sided": read_two_sided,
    "two_panel": read_two_panel,
}

#: Of so many lines one at most is said to begin with the number of a page.
_FEW = 4
#: The routes whose lines are cells with places.
_RULED_ROUTES = ("geometry:pdf", "plumber:pdf")
#: Problems of a row after which nobody knows which amounts belong to which row: its sums, and the
#: names and codes in it, accuse nobody.
_OUT_OF_PLACE = frozenset((
    "amount-left-over", "grid-width", "line-unread", "page-number-in-row", "row-label-unknown",
    "row-without-code", "table-cut-off",
))  # fmt: skip


def extract_tables(document: Document, report: Report) -> Extract:
    """Read all tables and prose of ``document``; what cannot be read goes to ``report``.

    Ruled tables that no layout fits are read by their coordinates, or published as printed.

    Raises UnreadableError where the document is not a disclosure at all.
    """
    pages = sort_pages(document, report)
    ruled = ruled_tables(pages.lines) if document.route in _RULED_ROUTES else ()
    parts = split_parts(pages.lines)
    identity = identify(document, parts, ruled, report)
    left = _without_layout(document, identity, pages, parts, ruled)
    if left:
        pages = replace(pages, lines=_without(pages.lines, left))
        parts = split_parts(pages.lines)
    extraction = _Extraction(document, identity, pages, report)
    for part in parts:
        extraction.read(part, alone=len(parts) == 1)
    extraction.read_ruled(left)
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


def _without_layout(
    document: Document,
    identity: Identity,
    pages: Pages,
    parts: Sequence[DocumentPart],
    ruled: Sequence[RuledTable],
) -> tuple[RuledTable, ...]:
    """The ruled tables of which no row is read by a layout that is known."""
    if not ruled:
        return ()
    tried = _Extraction(document, identity, pages, Report(document.file))
    for part in parts:
        tried.read(part)
    read = {number for number, use in tried.uses.items() if use.table and use.use == "row"}
    known = {
        line for table in tried.tables for line in range(table.first_line, table.last_line + 1)
    }
    return tuple(
        table
        for table in ruled
        if not any(row.line in read or row.line in known for row in table.body)
        and not any(line in known for line in table.head_lines)
    )


def _without(lines: Sequence[Line], tables: Sequence[RuledTable]) -> tuple[Line, ...]:
    """The lines without those that belong to ruled tables."""
    taken = {number for table in tables for number in lines_of(table)}
    return tuple(line for line in lines if line.number not in taken)


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
        ruled = (line for line in document.lines if line.boxes)
        self.blank_rows = {line.number for line in ruled if not line.text.strip()}
        self.said = Said({fold(identity.department_name)})
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
        titles = tuple(
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
        scanner = Scanner(part.lines, part.number, titled, self.said)
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
        elif self.route == "geometry:pdf" and not _is_ruled(block):
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
        if block.candidates or block.ruled or self.route not in _RULED_ROUTES:
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
        reading = TableReading(
            known.title, known, header.columns, block.lines, self.report, self._known_units()
        )
        reading = replace(reading, unit=self._unit(block))
        report_doubts(reading)
        _report_page_numbers(reading)
        rows, repeated = drop_repeated_totals(_READERS[known.shape](reading), known)
        rows = doubt_decimals(rows, reading)
        _mark(uses, repeated, "repeated_total")
        notes = _notes(block.notes)
        blank = block.last_line + 1 in self.blank_rows
        report_cut_off(block.first_line, known, rows, notes, self.report, blank=blank)
        account = account_for(reading, Taken(rows, repeated, notes))
        columns = header.layout.present(header.printed)
        ranked = assign_hierarchy(rows, reading)
        gap = self._gap(block, header, account)  # after all that is said of its rows
        return Table(
            known.id,
            block.heading,
            reading.unit,
            columns,
            tuple(_in_order(row, header.columns, columns) for row in ranked),
            notes,
            block.first_line,
            block.last_line,
            gap=gap,
            account=account,
        )

    def _gap(self, block: Block, header: Header, account: Account) -> str:
        """Why the table may not be whole, or its columns not where they are taken to be."""
        title, gaps = header.definition.title, []
        if not header.sure:
            text = " ".join(heading.variants[0] for heading in header.printed[:8])
            self.report.add("columns-in-doubt", block.first_line, title=title, text=text)
            gaps.append("各栏的次序无法确定")
        for line in block.reordered[:1]:
            self.report.add("columns-reordered", line.number, title=title)
            gaps.append("续页的栏次与首页不同")
        if account.lost:
            gaps.append(f"表中有 {account.lost} 个金额没有读到")
        lines = {line.number for line in block.lines}
        if any(p.code in _OUT_OF_PLACE and p.line in lines for p in self.report.problems):
            gaps.append("有的行没有读准")
        pages = {line.page for line in block.lines if line.page}
        gaps += [why for page, why in self.pages.gaps.items() if page in pages]
        return "；".join(dict.fromkeys(gaps))

    def _known_units(self) -> frozenset[str]:
        """The units named so far: the department, and those of the tables by unit."""
        names = [self.identity.department_name]
        for table in self.tables:
            if definition(table.id).shape == "units":
                names += [row.name for row in table.rows if row.level == 1]
        return frozenset(canonical_unit(name) for name in names)

    def _unit(self, block: Block) -> str:
        if not block.unit and self.route != "flow:txt" and block.pages & self.unit_pages:
            return self.page_unit  # printed once for two tables of one page
        if is_known_unit(block.unit):
            self.page_unit, self.unit_pages = block.unit, block.pages
            return block.unit
        code = "unit-unknown" if block.unit else "unit-missing"
        self.report.add(code, block.first_line, title=block.heading, unit=block.unit)
        return ""

    # Ruled tables that no layout fits.

    def read_ruled(self, ruled: Sequence[RuledTable]) -> None:
        """Read ruled tables by what their titles and headings say; the rest stays as printed."""
        known = frozenset(table.id for table in self.tables)
        identity = self.identity
        found = sort_tables(ruled, identity.kind, identity.year, known, self.report)
        for table, source in found.tables:
            pages = set(source.pages)
            gaps = [why for page, why in self.pages.gaps.items() if page in pages]
            gap = "；".join(dict.fromkeys(filter(None, (table.gap, *gaps))))
            self.tables.append(replace(table, gap=gap))
            self.uses.update(uses_of(source, table.id))
        for each in found.printed:
            self.uses.update(uses_of(each.table, each.id))
        self.printed = found.printed

    # Prose.

    def _read_prose(self, part: DocumentPart) -> None:
        rows = next((t.rows for t in self.tables if t.id == PROJECT_TABLE), ())
        known = Known(self.said, tuple(row for row in rows if row.level == 2))
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


def _in_order(row: Row, page: Sequence[Column], columns: Sequence[Column]) -> Row:
    """The row with its cells in the order of the definition instead of the page's."""
    printed = [c.id for c in page if c.measure and c.direction in ("", row.side)]
    wanted = [c.id for c in columns if c.measure and c.direction in ("", row.side)]
    places = [printed.index(name) for name in wanted]
    doubts = {place: row.doubts[was] for place, was in enumerate(places) if was in row.doubts}
    return replace(row, cells=tuple(row.cells[place] for place in places), doubts=doubts)


def _report_page_numbers(reading: TableReading) -> None:
    """Report rows that have a page's number among them: nobody knows what it joins."""
    numbered = any(column.id == "line_number" for column in reading.columns)
    flowing = not numbered and not is_tabbed(reading.lines)  # else it is a line unread
    glued = _glued_numbers(reading.lines) if flowing else frozenset()
    spaced = flowing and _has_no_dashes_for_cells(reading.lines)
    for line in reading.lines:
        bare = flowing and (is_bare_number(line.text) or line.number in glued)
        if bare or has_page_number(line.text) or (spaced and has_spaced_page_number(line.text)):
            reading.report.add(
                "page-number-in-row", line.number, title=reading.title, text=line.text.strip()
            )


def _glued_numbers(lines: Sequence[Line]) -> frozenset[int]:
    """The few lines that begin with a number, where the rows of the table are not numbered."""
    found = {line.number for line in lines if begins_with_page_number(line.text)}
    return frozenset(found) if len(found) * _FEW <= len(lines) else frozenset()


def _has_no_dashes_for_cells(lines: Sequence[Line]) -> bool:
    """Whether dashes stand only around what may be a page's number."""
    others = (line.text for line in lines if not has_spaced_page_number(line.text))
    return not any(is_dash(token) for text in others for token in text.split())


def _is_ruled(block: Block) -> bool:
    return any(line.boxes for line in block.lines) if block.lines else block.ruled


def _mark(uses: dict[int, LineUse], lines: Iterable[Line | Row], use: Use) -> None:
    for line in lines:
        number = line.number if isinstance(line, Line) else line.line
        uses[number] = LineUse(use, uses[number].part, uses[number].table)


def _notes(lines: Iterable[Line]) -> tuple[str, ...]:
    """Join the notes' wrapped lines; a note ends with a sentence, or where the next begins."""
    notes: list[str] = []
    for text in (line.text.strip() for line in lines):
        if notes and not text.startswith(NOTE_STARTS) and not notes[-1].endswith(("。", "；")):
            notes[-1] = join([notes[-1], text])
        else:
            notes.append(text)
    return tuple(notes)
