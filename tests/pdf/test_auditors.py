"""What auditors get of a made budget with a contradiction: the sheet of checks, the marked copy."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast
from unittest.mock import patch

import openpyxl
import pypdfium2 as pdfium
import pytest
import yaml
from pypdf import PdfReader

from generator.build import build, extract, render
from generator.config import Settings, read_settings
from generator.summary import Summary
from tests.doors import Rows, files, rows, write_settings
from tests.pdf.made_rows import MadeTable
from tests.pdf.made_tables import tables
from tests.pdf.model import PaperBudget, example_budget
from tests.pdf.styles import PaperStyle
from tests.pdf.typeset import typeset
from tests.sample_packages import rehash
from tests.sites import without_workbooks

WIDE = {2023: "landscape", 2024: "rotate90", 2025: "rotate270", 2026: "turned"}
WRONG = "budget-income"  # one of the tables that stand on a page on its side
REASON = "已电话核实，原文印刷有误"
RED, BLUE = (0.8, 0.1, 0.1), (0.1, 0.35, 0.75)


def wrong_tables(budget: PaperBudget) -> tuple[MadeTable, ...]:
    """The tables of a budget, the total of one of which is one too many."""
    return tuple(wrong(table) if table.id == WRONG else table for table in tables(budget))


def wrong(table: MadeTable) -> MadeTable:
    first, *others = table.printed
    at = first.cells.index("合计") + 1
    amount = str(int(first.cells[at][0]) % 9 + 1) + first.cells[at][1:]
    cells = (*first.cells[:at], amount, *first.cells[at + 1 :])
    return replace(table, printed=(replace(first, cells=cells), *others))


def write_disclosures(folder: Path) -> None:
    folder.mkdir(parents=True)
    budget = example_budget()
    for year, wide in WIDE.items():
        with patch("tests.pdf.typeset.tables", wrong_tables):
            data = typeset(replace(budget, year=year), PaperStyle(wide=wide))  # type: ignore[arg-type]
        (folder / f"{year}.pdf").write_bytes(data)


def settings_in(folder: Path) -> Settings:
    settings = read_settings(write_settings(folder))
    return replace(settings, departments=folder / "departments.csv", jobs=2, english=False)


def quietly(stage: str, done: int, total: int) -> None:
    pass


@dataclass(frozen=True)
class Built:
    """A built site, and what is known of its folder."""

    folder: Path
    settings: Settings
    summary: Summary

    def package(self, year: int) -> Path:
        (found,) = self.settings.packages.glob(f"*/{year}-budget")
        return found

    def rows(self, year: int, name: str) -> Rows:
        return rows(self.package(year) / f"{name}.csv")

    def page(self, year: int) -> str:
        (found,) = self.settings.site.glob(f"departments/*/{year}-budget/downloads/index.html")
        return found.read_text(encoding="utf-8")

    def downloads(self, year: int) -> Mapping[str, Path]:
        found = self.settings.site.glob(f"downloads/*/{year}-budget/*-check*")
        return {path.name.rpartition("-")[2]: path for path in found}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A site of five budgets; the first contradiction of one of them is acknowledged."""
    folder = tmp_path_factory.mktemp("auditors")
    write_disclosures(folder / "disclosures")
    settings = settings_in(folder)
    (folder / "departments.csv").write_text(
        "department,name,name_english,first_year,last_year,region_code,region,level\n",
        encoding="utf-8",
    )
    extract(settings, quietly)
    first = Built(folder, settings, Summary())
    known = next(r for r in first.rows(2023, "findings") if r["outcome"] == "differs")
    entry = {"finding": known["finding_id"], "printed": known["printed"], "reason": REASON}
    settings.acknowledged.write_text(yaml.safe_dump([entry]), encoding="utf-8")
    return Built(folder, settings, build(settings, quietly))


def read_sheet(path: Path, name: str) -> list[list[Any]]:
    """The values of a sheet, row by row."""
    return [list(row) for row in openpyxl.load_workbook(path)[name].iter_rows(values_only=True)]


def differing(built: Built, year: int) -> Rows:
    return [row for row in built.rows(year, "findings") if row["outcome"] == "differs"]


def notes(path: Path) -> list[tuple[int, dict[str, Any]]]:
    """The notes of a copy with the numbers of their pages."""
    return [
        (number, cast(dict[str, Any], note.get_object()))
        for number, page in enumerate(PdfReader(path).pages, 1)
        for note in page.annotations or ()
    ]


def as_seen(page: pdfium.PdfPage, note: Mapping[str, Any], *, wide: bool) -> list[float]:
    """A note's edges from the top left of its page as it is looked at.

    A page that is `wide` to a reader and lies upright in its file has its text drawn turned.
    """
    x0, y0, x1, y1 = (float(edge) for edge in note["/Rect"])
    left, bottom, right, top = page.get_mediabox()
    turns = page.get_rotation() // 90 or int(wide and right - left < top - bottom)
    if turns == 1:
        return [y0 - bottom, x0 - left, y1 - bottom, x1 - left]
    if turns == 3:
        return [top - y1, right - x1, top - y0, right - x0]
    return [x0 - left, top - y1, x1 - left, top - y0]


# ── the copy ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("year", WIDE, ids=WIDE.values())
def test_the_figure_in_question_is_boxed_in_its_cell(built: Built, year: int) -> None:
    cells = {row["fact_id"]: row for row in built.rows(year, "boxes")}
    facts = {row["fact_id"]: row | cells[row["fact_id"]] for row in built.rows(year, "facts")}
    boxes = placed_boxes(built, year)
    assert any(facts[f["inputs"].split()[0]]["table_id"] == WRONG for f in differing(built, year))
    for finding in differing(built, year):
        question, *others = (facts[name] for name in finding["inputs"].split())
        assert colour_at(boxes, question) == RED
        assert {colour_at(boxes, each) for each in others} <= {RED, BLUE}


def placed_boxes(built: Built, year: int) -> list[tuple[int, list[float], tuple[float, ...]]]:
    """The boxes of a copy: their pages, their edges as looked at, their colours."""
    path = built.downloads(year)["checked.pdf"]
    descriptor = json.loads((built.package(year) / "datapackage.json").read_text(encoding="utf-8"))
    sizes = descriptor["sources"][0]["pages"]
    document = pdfium.PdfDocument(path)
    return [
        (
            number,
            as_seen(document[number - 1], note, wide=sizes[number - 1][0] > sizes[number - 1][1]),
            tuple(float(part) for part in note["/C"]),
        )
        for number, note in notes(path)
        if note["/Subtype"] == "/Square"
    ]


def colour_at(
    boxes: list[tuple[int, list[float], tuple[float, ...]]], fact: Mapping[str, str]
) -> tuple[float, ...]:
    """The colour of the one box that lies on a fact's cell, within a point."""
    cell = pytest.approx([float(fact[name]) for name in ("x0", "top", "x1", "bottom")], abs=1)
    (found,) = (c for number, e, c in boxes if number == int(fact["box_page"]) and e == cell)
    return found


@pytest.mark.parametrize("year", WIDE, ids=WIDE.values())
def test_a_box_says_what_is_wrong_and_has_a_numbered_label(built: Built, year: int) -> None:
    found = [note for _, note in notes(built.downloads(year)["checked.pdf"])]
    texts = "\n".join(str(note["/Contents"]) for note in found if note["/Subtype"] == "/Square")
    assert all(finding["sentence"] in texts for finding in differing(built, year))
    assert "①不符：" in texts
    labels = {note["/NM"]: note["/Contents"] for note in found if note["/Subtype"] == "/FreeText"}
    assert len(labels) == len(found) / 2
    assert any("①" in label for label in labels.values())


def test_what_has_no_place_is_a_note_on_the_first_page(built: Built) -> None:
    found = [(n, note) for n, note in notes(built.downloads(2023)["checked.pdf"])]
    texts = {str(note["/Contents"]): n for n, note in found if note["/Subtype"] == "/Text"}
    remarks = [row for row in built.rows(2023, "findings") if row["outcome"] == "remark"]
    assert len(texts) == len(remarks) > 0
    for remark in remarks:
        assert [n for text, n in texts.items() if remark["sentence"] in text] == [1]


def test_every_note_draws_itself(built: Built) -> None:
    for year in WIDE:
        for _, note in notes(built.downloads(year)["checked.pdf"]):
            drawing = note["/AP"]["/N"]
            assert {"/BBox", "/Matrix", "/Resources"} <= drawing.keys()


@pytest.mark.parametrize("year", WIDE, ids=WIDE.values())
def test_a_viewer_shows_the_box(built: Built, year: int) -> None:
    path = built.downloads(year)["checked.pdf"]
    number = next(n for n, note in notes(path) if note["/Subtype"] == "/Square")
    page = pdfium.PdfDocument(path)[number - 1]
    shown, hidden = (page.render(scale=1, draw_annots=on).to_pil() for on in (True, False))
    red = sum(r > 150 and g < 90 and b < 90 for r, g, b in shown.get_flattened_data())
    assert red > 50
    assert shown.tobytes() != hidden.tobytes()


def test_an_acknowledged_finding_stays_and_is_marked(built: Built) -> None:
    found = [note for _, note in notes(built.downloads(2023)["checked.pdf"])]
    squares = [note for note in found if note["/Subtype"] == "/Square"]
    assert any(f"（已人工确认：{REASON}）" in str(note["/Contents"]) for note in squares)
    lines = read_sheet(built.downloads(2023)["checks.xlsx"], "核对表")
    assert [line[3] for line in lines if line[11] == REASON] == ["否"]


def test_the_pages_of_the_copy_are_drawn_by_the_source_s_own_commands(built: Built) -> None:
    for year in WIDE:
        source = PdfReader(built.folder / "disclosures" / f"{year}.pdf")
        copy = PdfReader(built.downloads(year)["checked.pdf"])
        for page, copied in zip(source.pages, copy.pages, strict=True):
            contents = [each.get_contents() for each in (page, copied)]
            assert contents[0] is not None and contents[1] is not None
            assert contents[0].get_data() == contents[1].get_data()


# ── the sheet ────────────────────────────────────────────────────────────────────────────


def test_the_sheet_has_a_line_for_each_contradiction_first(built: Built) -> None:
    lines = read_sheet(built.downloads(2024)["checks.xlsx"], "核对表")
    head = next(at for at, line in enumerate(lines) if line[0] == "序号")
    titles = lines[head]
    found = [dict(zip(titles, line, strict=True)) for line in lines[head + 1 :]]
    wrongs = differing(built, 2024)
    assert [line["问题"] for line in found if line["是否相符"] == "否"] == [
        row["sentence"] for row in wrongs
    ]
    assert [line["是否相符"] for line in found[: len(wrongs)]] == ["否"] * len(wrongs)
    assert [line["序号"] for line in found] == list(range(1, len(found) + 1))
    first = next(line for line in found if line["问题"] and "收入总体情况表" in line["部分"])
    assert first["单位"] == "万元"
    assert isinstance(first["对照数"], float | int)
    assert first["原文摘录"].startswith("合计")


def test_what_holds_has_one_line_for_a_rule_and_a_part(built: Built) -> None:
    path = built.downloads(2024)["checks.xlsx"]
    lines = read_sheet(path, "核对表")
    held = [line for line in lines if line[3] == "是"]
    assert len({(line[1], line[2]) for line in held}) == len(held)
    counted = sum(int(str(line[12]).split(" ")[0]) for line in held)
    findings = built.rows(2024, "findings")
    assert counted == sum(row["outcome"] in ("holds", "rounding") for row in findings)
    assert len(read_sheet(path, "全部核对")) == len(findings) + 1
    assert len(read_sheet(path, "规则")) > 20


def test_the_sheet_names_its_file_and_is_set_up_for_print(built: Built) -> None:
    sheet = openpyxl.load_workbook(built.downloads(2024)["checks.xlsx"]).worksheets[0]
    above = "\n".join(str(sheet.cell(row, 1).value) for row in range(1, 5))
    assert "2024.pdf" in above
    assert "sha256:" in above
    assert sheet.freeze_panes == "A6"
    assert sheet.print_title_rows == "$5:$5"
    assert str(sheet.auto_filter.ref).startswith("A5:M")
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)


# ── builds ───────────────────────────────────────────────────────────────────────────────


def test_the_same_bytes_without_the_cache(built: Built, tmp_path: Path) -> None:
    settings = replace(built.settings, site=tmp_path / "site", cache=tmp_path / "cache")
    for drawn in ("charts", "pages"):
        shutil.copytree(built.settings.cache / drawn, settings.cache / drawn)
    render(settings, quietly)
    assert files(settings.site / "downloads") == files(built.settings.site / "downloads")


@pytest.mark.parametrize("off", [{"page_images": False}, {}], ids=["page_images", "annotated_pdfs"])
def test_no_copy_is_published_where_it_is_switched_off(
    built: Built, off: dict[str, bool], tmp_path: Path
) -> None:
    text = write_settings(tmp_path).read_text(encoding="utf-8")
    name = "page_images" if off else "annotated_pdfs"
    (tmp_path / "mingzhang.toml").write_text(f"{text}{name} = false\n", encoding="utf-8")
    chosen = read_settings(tmp_path / "mingzhang.toml")
    settings = replace(chosen, packages=built.settings.packages, cache=built.settings.cache)
    settings = replace(settings, disclosures=built.settings.disclosures, english=False)
    with without_workbooks():
        render(settings, quietly)
    assert list(settings.site.rglob("*checks.xlsx"))
    assert not list(settings.site.rglob("*.pdf"))


@pytest.fixture(scope="module")
def odd(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The same site where nothing was doubtful in 2024, and the PDF of 2025 is another."""
    folder = tmp_path_factory.mktemp("odd")
    settings = replace(built.settings, site=folder / "site", packages=folder / "packages")
    settings = replace(settings, disclosures=folder / "sources")
    shutil.copytree(built.settings.packages, settings.packages)
    shutil.copytree(built.settings.disclosures, settings.disclosures)
    (settings.disclosures / "2025.pdf").write_bytes(b"%PDF-1.7\nnot the one that was read")
    path = Built(folder, settings, Summary()).package(2024) / "findings.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if ",differs," not in line and ",remark," not in line]
    path.write_text("".join(kept), encoding="utf-8")
    rehash(path.parent)
    with without_workbooks():
        return Built(folder, settings, render(settings, quietly))


def test_where_nothing_is_doubtful_no_copy_is_offered_and_the_page_says_so(odd: Built) -> None:
    assert list(odd.downloads(2024)) == ["checks.xlsx"]
    assert "没有带标注的 PDF" in odd.page(2024)


def test_a_copy_that_cannot_be_made_is_named_and_the_site_is_built(odd: Built) -> None:
    assert list(odd.downloads(2025)) == ["checks.xlsx"]
    assert "带标注的 PDF 没有做成" in odd.page(2025)
    assert len(odd.downloads(2026)) == 2
    (note,) = odd.summary.notes
    assert "2025-budget: 带标注的 PDF 没有做成" in note
