"""The files below ``data/`` say, cell by cell, what the packages say; and a sheet cuts nothing."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any
from unittest.mock import patch

import frictionless
import openpyxl
import pyarrow
import pytest
import yaml
from pyarrow import parquet

from generator.problems import PackageError
from generator.website.files.audit import audit
from generator.website.files.audit_sheets import audit_workbook
from generator.website.files.chinese_values import ChineseValues
from generator.website.files.data_files import WITHOUT_PARQUET
from generator.website.files.parquet_files import parquet_files
from generator.website.files.sheet_parts import SheetContent, SheetLimits
from generator.website.files.spreadsheets import prepared, workbook
from generator.website.files.sqlite_file import table_name, write_sqlite
from generator.website.published.descriptor import read_packages
from generator.website.published.package import PublishedField, PublishedResource
from generator.website.wording.language import Bilingual
from tests.doors import FIVE, ROOT, run
from tests.sites import Sites

PACKAGES = ROOT / "data" / "packages"
Row = dict[str, str]


@pytest.fixture(scope="module")
def site(sites: Sites) -> Path:
    return sites.five().site


@pytest.fixture(scope="module")
def everything() -> Sequence[PublishedResource]:
    return read_packages(PACKAGES).whole


def rows_of(path: Path) -> list[Row]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def same(value: object, text: str, kind: str) -> bool:
    """Tell whether a value is what the CSV file says, in the type that the schema says."""
    if text == "" or value is None:
        return text == "" and value is None
    if kind == "boolean":
        return value in (True, False) and bool(value) == (text == "true")
    if kind in ("integer", "year"):
        return isinstance(value, int) and value == int(text)
    if kind == "number":
        return isinstance(value, int | float | Decimal) and Decimal(str(value)) == Decimal(text)
    return str(value) == text


def differing(
    resource: PublishedResource, found: Sequence[Sequence[object]], names: Sequence[str]
) -> list[tuple[str, object, str]]:
    files = [part.file for part in resource.parts or (resource,)]
    rows, kinds = (
        [row for file in files for row in rows_of(file)],
        {field.name: field.type for field in resource.fields},
    )
    assert len(found) == len(rows)
    return [
        (name, value, row[name])
        for values, row in zip(found, rows, strict=True)
        for name, value in zip(names, values, strict=True)
        if not same(value, row[name], kinds[name])
    ]


# ── SQLite ───────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def database(site: Path) -> Iterator[sqlite3.Connection]:
    address = f"{(site / 'data/all.sqlite').as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True)) as database:
        yield database


def test_sqlite_has_every_cell_in_its_type(
    database: sqlite3.Connection, everything: Sequence[PublishedResource]
) -> None:
    for resource in everything:
        found = database.execute(f'SELECT * FROM "{table_name(resource.name)}" ORDER BY rowid')
        names = [each[0] for each in found.description]
        assert names == [field.name for field in resource.fields]
        assert differing(resource, found.fetchall(), names) == []


def test_sqlite_has_the_keys_of_the_descriptor_and_they_hold(
    database: sqlite3.Connection, everything: Sequence[PublishedResource]
) -> None:
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    for resource in everything:
        table = table_name(resource.name)
        columns = database.execute(f'PRAGMA table_info("{table}")').fetchall()
        key = sorted((each[5], each[1]) for each in columns if each[5])
        assert tuple(name for _, name in key) == resource.primary_key
        keys: dict[int, list[Any]] = {}
        for each in database.execute(f'PRAGMA foreign_key_list("{table}")'):
            keys.setdefault(each[0], []).append(each)
        found = {
            (each[0][2], tuple(e[3] for e in each), tuple(e[4] for e in each))
            for each in keys.values()
        }
        unique = [key for key in resource.foreign_keys if is_unique(everything, resource, key)]
        assert found == {
            (table_name(key.resource or resource.name), tuple(key.fields), tuple(key.reference))
            for key in unique
        }


def is_unique(everything: Sequence[PublishedResource], own: PublishedResource, key: Any) -> bool:
    (target,) = (each for each in everything if each.name == (key.resource or own.name))
    values = [tuple(row[name] for name in key.reference) for row in rows_of(target.file)]
    return len(values) == len(set(values))


def test_every_view_is_there_and_the_sums_are_those_of_the_csv(
    database: sqlite3.Connection, everything: Sequence[PublishedResource]
) -> None:
    views = yaml.safe_load(
        (ROOT / "generator/website/files/views.yaml").read_text(encoding="utf-8")
    )
    asked = "SELECT name FROM sqlite_master WHERE type = 'view'"
    assert {name for (name,) in database.execute(asked)} == views.keys()
    for name in views:
        assert database.execute(f'SELECT * FROM "{name}" LIMIT 1').fetchone(), name
    (facts,) = (each.file for each in everything if each.name == "facts")
    addable = [r for r in rows_of(facts) if r["role"] == "item" and not r["qualifier"]]
    expected = sum(Decimal(row["amount_yuan"]) for row in addable if row["amount_yuan"])
    (total,) = database.execute("SELECT round(sum(amount_yuan), 2) FROM sums").fetchone()
    assert Decimal(str(total)) == expected


def test_a_package_converts_to_sqlite_by_frictionless(tmp_path: Path) -> None:
    """Others do so: a check on what may be blank would break it."""
    package = frictionless.Package(str(PACKAGES / FIVE[4] / "datapackage.json"))
    package.publish(f"sqlite:///{tmp_path / 'converted.sqlite'}")
    with closing(sqlite3.connect(tmp_path / "converted.sqlite")) as converted:
        (count,) = converted.execute("SELECT count(*) FROM facts").fetchone()
    assert count == len(rows_of(PACKAGES / FIVE[4] / "facts.csv"))


# ── Parquet ──────────────────────────────────────────────────────────────────────────────


def test_parquet_has_every_cell_typed(site: Path, everything: Sequence[PublishedResource]) -> None:
    for resource in everything:
        path = site / "data/parquet" / f"{resource.name}.parquet"
        if not path.exists():
            assert resource.name == "facts"
            continue
        table = parquet.read_table(path)
        assert table.column_names == [field.name for field in resource.fields]
        found = list(zip(*(column.to_pylist() for column in table.columns), strict=True))
        assert differing(resource, found, table.column_names) == []


def test_facts_are_parted_by_region_and_year_and_none_is_lost(
    site: Path, everything: Sequence[PublishedResource]
) -> None:
    known = {each.name: each for each in everything}
    regions = {r["department"]: r["region_code"] for r in rows_of(known["departments"].file)}
    kinds = {field.name: field.type for field in known["facts"].fields}
    facts = {row["fact_id"]: row for row in rows_of(known["facts"].file)}
    schemas, seen = set(), set()
    for path in sorted((site / "data/parquet/facts").rglob("*.parquet")):
        region, year = (part.partition("=")[2] for part in path.parts[-3:-1])
        table = parquet.read_table(path, partitioning=None)
        schemas.add(str(table.schema.remove_metadata()))
        for row in table.to_pylist():
            printed = facts[row["fact_id"]]
            assert (regions[printed["department"]], printed["year"]) == (region, year)
            assert [n for n, v in row.items() if not same(v, printed[n], kinds[n])] == []
            assert row.keys() == printed.keys() - {"year"}
            seen.add(row["fact_id"])
    assert seen == facts.keys()
    assert len(schemas) == 1
    assert "amount_yuan: decimal128(18, 2)" in schemas.pop()


# ── numbers that few formats hold ────────────────────────────────────────────────────────


def made(folder: Path, **columns: tuple[str, list[str]]) -> PublishedResource:
    """A resource of so many columns, each with its type and its cells."""
    path = folder / "made.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(zip(*(cells for _, cells in columns.values()), strict=True))
    fields = tuple(field_of(name, kind) for name, (kind, _) in columns.items())
    return PublishedResource(
        folder, path.name, "made", Bilingual("表"), Bilingual(""), 0, "", 0, "derived", 0, "", "",
        (), fields, (), (),
    )  # fmt: skip


def field_of(name: str, kind: str = "string") -> PublishedField:
    return PublishedField(name, kind, Bilingual(name), Bilingual(""), (), "", (), False)


def test_a_number_too_long_for_a_type_is_not_altered(tmp_path: Path) -> None:
    cells = ["12345678901234567.89", "1.50", ""]
    longer = ["1" * 40 + ".5", "2", ""]
    resource = made(tmp_path, amount=("number", cells), longer=("number", longer))
    write_sqlite([resource], tmp_path / "made.sqlite")
    with closing(sqlite3.connect(tmp_path / "made.sqlite")) as database:
        found = database.execute("SELECT * FROM made").fetchall()
    texts = [tuple("" if v is None else str(v) for v in row) for row in found]
    assert texts[0] == (cells[0], longer[0]) and texts[2] == ("", "")
    (file,) = parquet_files([resource])
    file.write(tmp_path / "made.parquet")
    table = parquet.read_table(tmp_path / "made.parquet")
    assert table.schema.field("amount").type == pyarrow.decimal128(38, 2)
    assert table["amount"].to_pylist() == [Decimal(cells[0]), Decimal("1.50"), None]
    assert table["longer"].to_pylist() == [longer[0], "2", None]


@pytest.mark.parametrize(
    ("kind", "cell"),
    [("number", "1,5"), ("integer", "1.5"), ("boolean", "yes"), ("date", "2025-02-30")],
)
def test_a_cell_of_another_type_is_refused(tmp_path: Path, kind: str, cell: str) -> None:
    with pytest.raises(PackageError, match=r"made\.csv: a 的.*重新运行 mingzhang extract"):
        write_sqlite([made(tmp_path, a=(kind, [cell]))], tmp_path / "made.sqlite")


# ── Excel ────────────────────────────────────────────────────────────────────────────────


def sheets_of(data: bytes) -> dict[str, list[tuple[Any, ...]]]:
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}


def test_rows_that_a_sheet_cannot_hold_are_parted_by_year_and_said() -> None:
    fields = [field_of("id"), field_of("year", "year")]
    rows = [{"id": f"i{n}", "year": str(2020 + n % 2)} for n in range(9)]
    rows.append({"id": "of no year", "year": ""})
    sheets = sheets_of(
        workbook([prepared(SheetContent("表", fields, rows, ("id",)), SheetLimits(4))], [])
    )
    assert list(sheets)[1:-1] == [
        "表",
        "表 2020年（1）",
        "表 2020年（2）",
        "表 2021年（1）",
        "表 2021年（2）",
    ]
    parts = [sheets[name] for name in list(sheets)[1:-1]]
    assert all(len(part) <= 4 and part[0] == ("id", "year") for part in parts)
    assert sorted(str(row[0]) for part in parts for row in part[1:]) == sorted(
        row["id"] for row in rows
    )
    ((label, said),) = sheets["说明"]
    assert label == "分开" and "10 行" in said and "表 2021年（2）" in said


def test_a_text_that_a_cell_cannot_hold_goes_on_below_and_nothing_is_cut() -> None:
    text = "国" * 7 + "𠮷" * 4 + "一二三"  # of rare characters Excel counts two
    fields = [field_of("id"), field_of("text"), field_of("n", "integer")]
    content = SheetContent("表", fields, [{"id": "a", "text": text, "n": "1"}], ("id",))
    limits = SheetLimits(characters=10)
    sheets = sheets_of(workbook([prepared(content, limits)], [], limits))
    rows = sheets["表"][1:]
    assert "".join(row[1] for row in rows) == text
    assert max(len(row[1].encode("utf-16-le")) // 2 for row in rows) <= 10
    assert [row[0] for row in rows] == ["a"] * len(rows)
    assert [row[2] for row in rows] == [1] + [None] * (len(rows) - 1)
    assert "有 1 行的文字超过" in "".join(row[1] for row in sheets["说明"])


def test_the_workbook_for_auditors_cuts_nothing(sites: Sites) -> None:
    package = read_packages(sites.sample().packages).disclosures[0]
    lines = [
        replace(each, row={**each.row, "inputs": f"{each.row['inputs']} " + "x" * 25})
        for each in audit(package)
    ]
    sheets = sheets_of(audit_workbook(package, lines, SheetLimits(14, 20)))
    several = [rows for name, rows in sheets.items() if name.startswith("全部核对")]
    assert len(several) > 1 and all(len(rows) <= 14 for rows in several)
    for number, line in enumerate(lines, 1):
        told = (row for rows in several for row in rows if row[0] == number)
        assert "".join(row[-1] or "" for row in told) == line.row["inputs"]


def test_workbooks_speak_chinese_and_say_what_each_column_is(site: Path) -> None:
    (path,) = (site / "downloads" / FIVE[2]).glob("*-budget.xlsx")
    resources = read_packages(PACKAGES).disclosures[2].resources
    book = openpyxl.load_workbook(path, read_only=True)
    assert [*book.sheetnames][:: len(resources) + 1] == ["说明", "字段"]
    head, *rows = book["全部数字"].iter_rows(values_only=True)
    (facts,) = (each for each in resources if each.name == "facts")
    assert list(head) == [field.titles.chinese for field in facts.fields]
    columns = [field.name for field in facts.fields]
    assert {row[columns.index("kind")] for row in rows} == {"部门预算"}
    assert {row[columns.index("role")] for row in rows} <= {"合计", "小计", "明细", "其中"}
    assert "收支总体情况表" in {row[columns.index("table_id")] for row in rows}
    told = [row[2] for row in book["字段"].iter_rows(min_row=2, values_only=True)]
    assert told == [field.name for each in resources for field in each.fields]


def test_every_value_of_a_closed_field_has_its_chinese_word() -> None:
    """What is Chinese already, as 万元, is its own."""
    values, packages = ChineseValues(), read_packages(PACKAGES)
    several = [packages.consolidated, *(each.resources for each in packages.disclosures)]
    lacking = {
        (field.name, value)
        for resources in several
        for resource in resources
        for field in resource.fields
        for key, enum in field.constraints
        if key == "enum"
        for value in enum
        if value.isascii() and value not in values.words(field)
    }
    assert lacking == set()


# ── the rest ─────────────────────────────────────────────────────────────────────────────


def test_the_checksums_are_of_all_downloads_and_right(site: Path) -> None:
    files = [p for folder in ("data", "downloads") for p in (site / folder).rglob("*")]
    found = {p.relative_to(site).as_posix(): p.read_bytes() for p in files if p.is_file()}
    own = {"data/checksums.csv", "data/SHA256SUMS"}
    sums = {name: hashlib.sha256(data).hexdigest() for name, data in found.items()}
    listed = {row["path"]: row for row in rows_of(site / "data/checksums.csv")}
    assert listed.keys() == found.keys() - own
    for name, row in listed.items():
        assert (row["bytes"], row["sha256"]) == (str(len(found[name])), sums[name])
    lines = (site / "data/SHA256SUMS").read_text(encoding="utf-8").splitlines()
    assert lines == [f"{sums[name]}  {name}" for name in sorted(listed)]


def test_packages_are_published_byte_for_byte(site: Path) -> None:
    for path in (p for p in PACKAGES.rglob("*") if p.suffix in (".csv", ".json")):
        there = site / "data" / path.relative_to(PACKAGES)
        assert there.read_bytes() == path.read_bytes()


def test_json_tells_the_amounts_of_the_facts(site: Path) -> None:
    facts = {row["fact_id"]: row for row in rows_of(PACKAGES / "all/facts.csv")}
    folder = site / "data/json"
    departments = json.loads((folder / "departments.json").read_text(encoding="utf-8"))
    told = 0
    for department in departments:
        whole = json.loads((site / department["json"]).read_text(encoding="utf-8"))
        for listed in whole["disclosures"]:
            one = json.loads((site / listed["json"]).read_text(encoding="utf-8"))
            assert one["figures"] == listed["figures"]
            assert (site / one["page"] / "index.html").is_file()
            for figure in one["figures"].values():
                if isinstance(figure, dict):
                    printed = facts[figure["fact_id"]]
                    assert Decimal(str(figure["amount_yuan"])) == Decimal(printed["amount_yuan"])
                    assert (printed["department"], printed["year"]) == (
                        one["department"], str(one["year"]),
                    )  # fmt: skip
                    told += 1
    assert told >= 3 * len(FIVE)
    for figure in json.loads((folder / "figures.json").read_text(encoding="utf-8")):
        values = json.loads((site / figure["json"]).read_text(encoding="utf-8"))["values"]
        assert len(values) == figure["disclosures"]


def test_without_pyarrow_the_rest_is_published_and_it_is_said(sites: Sites, tmp_path: Path) -> None:
    with (
        patch("generator.website.files.data_files.can_write_parquet", lambda: False),
        patch("generator.website.site.can_write_parquet", lambda: False),
    ):
        summary = sites.render(sites.sample().packages, tmp_path / "site")
    assert WITHOUT_PARQUET in summary.notes
    assert not (tmp_path / "site/data/parquet").exists()
    assert (tmp_path / "site/data/all.sqlite").is_file()


# ── mingzhang query ──────────────────────────────────────────────────────────────────────


def ask(site: Path, *arguments: str) -> tuple[int, str, str]:
    result = run("query", "--site", site, *arguments)
    return result.exit_code, result.stdout, result.stderr


def test_a_question_is_answered_as_table_csv_or_json(site: Path) -> None:
    question = "SELECT name AS 部门, year, facts FROM disclosures WHERE kind = 'final_accounts'"
    (row,) = (
        row for row in rows_of(PACKAGES / "all/disclosures.csv") if row["kind"] == "final_accounts"
    )
    name, year, facts = row["name"], row["year"], row["facts"]
    _, text, _ = ask(site, question)
    head, rule, line = text.splitlines()
    assert line == f"{name}  {year}  {facts.rjust(5)}"
    assert rule == f"{'-' * len(name) * 2}  ----  -----" and head.endswith("year  facts")
    assert ask(site, question, "--csv") == (0, f"部门,year,facts\n{name},{year},{facts}\n", "")
    _, text, _ = ask(site, question, "--json")
    assert json.loads(text) == [{"部门": name, "year": int(year), "facts": int(facts)}]


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("SELECT * FROM fact", "did you mean “facts”?"),
        ("SELECT yeer FROM disclosures", "did you mean “year”?"),
        ("SELECT FROM", "tables and views: addable"),
        ("DELETE FROM facts", "ask with one SELECT"),
        ("ATTACH 'other.sqlite' AS other", "ask with one SELECT"),
        ("SELECT 1; SELECT 2", "ask with one SELECT"),
        ("", "there is no question"),
        ("SELECT zeroblob(900000000)", "too big"),
        ("SELECT '\ud800'", "surrogates"),
    ],
)
def test_what_is_no_question_is_told_in_one_line(site: Path, question: str, says: str) -> None:
    code, out, told = ask(site, question)
    assert (code, out, told.count("\n")) == (2, "", 1)
    assert says in told


def test_other_mistakes_are_told_as_well(site: Path, tmp_path: Path) -> None:
    assert "mingzhang build" in ask(tmp_path, "SELECT 1")[2]
    assert "AS" in ask(site, "SELECT year, year FROM facts LIMIT 1", "--json")[2]
    assert ask(site, "SELECT 1", "--csv", "--json")[0] == 2
    (tmp_path / "data").mkdir()
    (tmp_path / "data/all.sqlite").write_bytes(b"not a database at all")
    code, _, told = ask(tmp_path, "SELECT 1")
    assert code == 2 and "build the site again" in told
