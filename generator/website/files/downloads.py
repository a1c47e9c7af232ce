"""Writes the files for people: CSV that Excel opens, Excel, ZIP; per table, disclosure, of all.

Those for programs, at the addresses below `data/`, are of `data_files`.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from shutil import copyfileobj

from generator.website.everyone.comparison import DepartmentComparison
from generator.website.files.audit import AuditLine
from generator.website.files.audit_sheets import audit_workbook
from generator.website.files.chinese_values import ChineseValues, chinese_values
from generator.website.files.comparison_sheet import comparison_csv, comparison_sheet
from generator.website.files.copies import Copy
from generator.website.files.sheet_parts import SheetContent
from generator.website.files.spreadsheets import PreparedSheet, prepared, workbook
from generator.website.files.zip_files import write_zip
from generator.website.output.folder import Output
from generator.website.published.package import Package, Packages, PublishedResource
from generator.website.wording.amounts import size_said
from generator.website.wording.language import gettext as _
from generator.website.wording.language import marked

# Read as text or joined by code, not looked through by itself: of Excel in the whole workbook only.
_CSV_ONLY = ("source", "codes-functional", "codes-economic")
# So many bytes of CSV a workbook of all has at most: it takes thirty times as much memory here.
_MOST_BYTES = 8_000_000
# What pages offer of all disclosures as a workbook of its own, unless there is too much of it.
_BOOKS = ("projects", "cases")


@dataclass(frozen=True)
class Download:
    """One file to download: address below the root, form, bytes, rows (None for many tables).

    `key` is the message that says the form; `sha256` is the file's.
    """

    path: str
    key: str
    bytes: int
    rows: int | None = None
    sha256: str = ""

    @property
    def form(self) -> str:
        """Return its form in the language being spoken."""
        return _(self.key)

    @property
    def size(self) -> str:
        """Return the size in words."""
        return size_said(self.bytes)


@dataclass(frozen=True)
class DisclosureDownloads:
    """The files of one disclosure: CSV and Excel by resource, the whole as Excel and ZIP.

    `audit` are those for auditors; `copy` is the annotated PDF, or says why there is none.
    """

    by_resource: Mapping[str, tuple[Download, ...]]
    whole: tuple[Download, ...]
    audit: tuple[Download, ...] = ()
    copy: Copy | None = None


@dataclass(frozen=True)
class AllDownloads:
    """The files of all disclosures together; those of a comparison by its address."""

    whole: tuple[Download, ...]
    by_resource: Mapping[str, tuple[Download, ...]] = field(default_factory=dict)
    compared: Mapping[str, tuple[Download, ...]] = field(default_factory=dict)

    @property
    def projects(self) -> tuple[Download, ...]:
        """Return the files of all projects."""
        return self.by_resource.get("projects", ())


def write_disclosure_downloads(
    output: Output, package: Package, lines: Sequence[AuditLine], copy: Copy | None
) -> DisclosureDownloads:
    """Write the downloads of one disclosure below `downloads/<department>/<year>-<kind>/`."""
    folder = f"downloads/{package.id}"
    stem = _stem(package)
    by_resource: dict[str, tuple[Download, ...]] = {}
    sheets: list[PreparedSheet] = []
    values, notes = chinese_values([package]), _notes(package)
    for resource in package.resources:
        files: tuple[Download, ...] = (_csv(output, f"{folder}/{resource.name}.csv", resource),)
        sheets.append(_sheet(resource, values))
        if resource.name not in _CSV_ONLY:
            files += (_excel(output, f"{folder}/{resource.name}.xlsx", sheets[-1], notes),)
        by_resource[resource.name] = files
    listed = [(resource.name, resource.title) for resource in package.resources]
    whole = (
        write_file(output, f"{stem}.xlsx", "Excel", workbook(sheets, [*notes, *listed])),
        let_write(output, f"{stem}.zip", "ZIP", partial(write_zip, package.folder)),
    )
    audit = tuple(_audit(output, stem, package, lines, copy))
    return DisclosureDownloads(by_resource, whole, audit, copy)


def resource_files(
    package: Package, resource: PublishedResource, checksums: Mapping[str, tuple[int, str]]
) -> tuple[Download, ...]:
    """Return what was written of one resource of a disclosure, as its checksums tell it."""
    stem = f"downloads/{package.id}/{resource.name}"
    return tuple(
        Download(path, form, checksums[path][0], resource.rows, checksums[path][1])
        for path, form in ((f"{stem}.csv", "CSV"), (f"{stem}.xlsx", "Excel"))
        if path in checksums
    )


def _audit(
    output: Output, stem: str, package: Package, lines: Sequence[AuditLine], copy: Copy | None
) -> Iterator[Download]:
    if lines:
        data = audit_workbook(package, lines)
        yield write_file(output, f"{stem}-checks.xlsx", marked("Excel 核对表"), data, len(lines))
    if copy and copy.data:
        yield write_file(output, f"{stem}-checked.pdf", marked("带标注的 PDF"), copy.data)


def write_all_downloads(
    output: Output, packages: Packages, comparisons: Iterable[DepartmentComparison]
) -> AllDownloads:
    """Write the consolidated tables, one workbook of them, and one ZIP of every package."""
    values = chinese_values(packages.disclosures)
    by_resource: dict[str, tuple[Download, ...]] = {}
    for resource in packages.consolidated:
        name = resource.name
        by_resource[name] = (_csv(output, f"downloads/all/{name}.csv", resource),)
        if name in _BOOKS and resource.bytes <= _MOST_BYTES:
            sheet = _sheet(resource, values)
            by_resource[name] += (_excel(output, f"downloads/{name}.xlsx", sheet, _NOTES),)
    book = _book_of_all(packages, values)
    whole = (
        write_file(output, "downloads/all.xlsx", "Excel", book),
        let_write(
            output,
            "downloads/all.zip",
            "ZIP",
            partial(write_zip, packages.folder, packed=_packed(output, packages)),
        ),
    )
    compared = {each.slug: tuple(_compared(output, each)) for each in comparisons}
    return AllDownloads(whole, by_resource, compared)


def _packed(output: Output, packages: Packages) -> dict[str, Path]:
    """The ZIPs of the disclosures that have one."""
    stems = {each.id: f"{_stem(each)}.zip" for each in packages.disclosures}
    return {id_: output.folder / path for id_, path in stems.items() if path in output.checksums}


def _stem(package: Package) -> str:
    return f"downloads/{package.id}/{package.department.id}-{package.slug}"


def _book_of_all(packages: Packages, values: ChineseValues) -> bytes:
    """The workbook of all: what is too large for one is named in it, the largest first."""
    listed = [(each.name, each.title) for each in packages.consolidated]
    room, small = _MOST_BYTES, set[str]()
    for each in sorted(packages.consolidated, key=lambda r: r.bytes):
        room -= each.bytes
        if room >= 0:
            small.add(each.name)
    sheets = [_sheet(each, values) for each in packages.consolidated if each.name in small]
    said = [
        ("没有放进来", f"“{each.title}”有 {each.rows:,} 行，见同名的 CSV，或 SQLite、Parquet。")
        for each in packages.consolidated
        if each.name not in small
    ]
    return workbook(sheets, [*_NOTES, *said, *listed])


def _compared(output: Output, comparison: DepartmentComparison) -> Iterator[Download]:
    stem, sheet = f"downloads/compare/{comparison.slug}", comparison_sheet(comparison)
    data = codecs.BOM_UTF8 + comparison_csv(sheet)
    yield write_file(output, f"{stem}.csv", "CSV", data, len(sheet.rows))
    yield _excel(output, f"{stem}.xlsx", prepared(sheet), _NOTES)


def _sheet(resource: PublishedResource, values: ChineseValues) -> PreparedSheet:
    title, key = _sheet_title(resource), resource.primary_key
    return prepared(SheetContent(title, resource.fields, resource.read(), key, values))


def _excel(
    output: Output, path: str, sheet: PreparedSheet, notes: Sequence[tuple[str, str]]
) -> Download:
    return write_file(output, path, "Excel", workbook([sheet], notes), len(sheet.content.rows))


def _csv(output: Output, path: str, resource: PublishedResource) -> Download:
    """Write a copy with a byte-order mark, without which Excel takes Chinese for something else."""
    return let_write(output, path, "CSV", partial(_copy_marked, resource.file), resource.rows)


def _copy_marked(file: Path, target: Path) -> None:
    with file.open("rb") as source, target.open("wb") as copy:
        copy.write(codecs.BOM_UTF8)
        copyfileobj(source, copy)


def let_write(
    output: Output, path: str, form: str, make: Callable[[Path], object], rows: int | None = None
) -> Download:
    """Let a file that pages offer be written, of which nobody holds all."""
    size, sha256 = output.download_made(path, make)
    return Download(path, form, size, rows, sha256)


def write_file(
    output: Output, path: str, form: str, data: bytes, rows: int | None = None
) -> Download:
    """Write a file that pages offer, and return what they say of it."""
    return Download(path, form, len(data), rows, output.download(path, data))


def _sheet_title(resource: PublishedResource) -> str:
    number = f"{resource.order} " if resource.category == "standard_table" else ""
    return f"{number}{resource.title or resource.name}"


_BLANKS = ("说明", "金额照原文录入；空白表示原文为空，不是零。")
_NOTES = (
    ("标题", "全部部门预算和决算"),
    ("单位", "“（元）”的各列为元；其他金额的单位见“原文单位”一列。"),
    _BLANKS,
)


def _notes(package: Package) -> list[tuple[str, str]]:
    """Return what the sheet 说明 says: whose figures, in which unit, from which file."""
    notes = [
        ("标题", package.title),
        ("部门", package.department.name),
        ("年度", f"{package.year}年（{package.kind_word}）"),
        ("单位", f"各表金额单位：{package.unit}；“金额（元）”一列为元。"),
        _BLANKS,
    ]
    for source in package.sources:
        notes += [
            ("来源", f"{source.publisher} {source.title} {source.file}"),
            ("校验", source.hash),
        ]
    return notes
