"""Writes the files for people: CSV that Excel opens, Excel, ZIP; per table, disclosure, of all.

Those for programs, at the addresses below `data/`, are of `data_files`.
"""

from __future__ import annotations

import codecs
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from generator.website.everyone.comparison import DepartmentComparison
from generator.website.files.audit import AuditLine
from generator.website.files.audit_sheets import audit_workbook
from generator.website.files.chinese_values import ChineseValues, chinese_values
from generator.website.files.comparison_sheet import comparison_csv, comparison_sheet
from generator.website.files.copies import Copy
from generator.website.files.sheet_parts import SheetContent
from generator.website.files.spreadsheets import workbook
from generator.website.output.folder import Output
from generator.website.published.package import Package, Packages, PublishedResource
from generator.website.wording.amounts import size_said
from generator.website.wording.language import gettext as _
from generator.website.wording.language import marked

_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
# Read as text or joined by code, not looked through by itself: of Excel in the whole workbook only.
_CSV_ONLY = ("source", "codes-functional", "codes-economic")
# What pages offer of all disclosures as a workbook of its own.
_BOOKS = ("projects", "cases")


@dataclass(frozen=True)
class Download:
    """One file to download: address below the root, form, bytes, rows (None for many tables).

    `key` is the message that says the form.
    """

    path: str
    key: str
    bytes: int
    rows: int | None = None

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
    stem = f"{folder}/{package.department.id}-{package.slug}"
    by_resource: dict[str, tuple[Download, ...]] = {}
    sheets: list[SheetContent] = []
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
        write_file(
            output, f"{stem}.zip", "ZIP", zip_of(_package_files(package.folder), package.folder)
        ),
    )
    audit = tuple(_audit(output, stem, package, lines, copy))
    return DisclosureDownloads(by_resource, whole, audit, copy)


def _audit(
    output: Output, stem: str, package: Package, lines: Sequence[AuditLine], copy: Copy | None
) -> Iterator[Download]:
    if lines:
        data = audit_workbook(package, lines)
        yield write_file(output, f"{stem}-checks.xlsx", marked("Excel 核对表"), data, len(lines))
    if copy and copy.data:
        yield write_file(output, f"{stem}-checked.pdf", marked("带标注的 PDF"), copy.data)


def write_all_downloads(
    output: Output, packages: Packages, comparisons: Sequence[DepartmentComparison]
) -> AllDownloads:
    """Write the consolidated tables, one workbook of them, and one ZIP of every package."""
    values = chinese_values(packages.disclosures)
    sheets = {each.name: _sheet(each, values) for each in packages.consolidated}
    by_resource: dict[str, tuple[Download, ...]] = {}
    for resource in packages.consolidated:
        name = resource.name
        by_resource[name] = (_csv(output, f"downloads/all/{name}.csv", resource),)
        if name in _BOOKS:
            by_resource[name] += (_excel(output, f"downloads/{name}.xlsx", sheets[name], _NOTES),)
    everything = _package_files(packages.folder)
    listed = [(each.name, each.title) for each in packages.consolidated]
    book = workbook(list(sheets.values()), [*_NOTES, *listed])
    whole = (
        write_file(output, "downloads/all.xlsx", "Excel", book),
        write_file(output, "downloads/all.zip", "ZIP", zip_of(everything, packages.folder)),
    )
    compared = {each.slug: tuple(_compared(output, each)) for each in comparisons}
    return AllDownloads(whole, by_resource, compared)


def _compared(output: Output, comparison: DepartmentComparison) -> Iterator[Download]:
    stem, sheet = f"downloads/compare/{comparison.slug}", comparison_sheet(comparison)
    data = codecs.BOM_UTF8 + comparison_csv(sheet)
    yield write_file(output, f"{stem}.csv", "CSV", data, len(sheet.rows))
    yield _excel(output, f"{stem}.xlsx", sheet, _NOTES)


def _sheet(resource: PublishedResource, values: ChineseValues) -> SheetContent:
    title, key = _sheet_title(resource), resource.primary_key
    return SheetContent(title, resource.fields, resource.read(), key, values)


def _excel(
    output: Output, path: str, sheet: SheetContent, notes: Sequence[tuple[str, str]]
) -> Download:
    return write_file(output, path, "Excel", workbook([sheet], notes), len(sheet.rows))


def _csv(output: Output, path: str, resource: PublishedResource) -> Download:
    """Write a copy with a byte-order mark, without which Excel takes Chinese for something else."""
    data = codecs.BOM_UTF8 + resource.file.read_bytes()
    return write_file(output, path, "CSV", data, resource.rows)


def write_file(
    output: Output, path: str, form: str, data: bytes, rows: int | None = None
) -> Download:
    """Write a file that pages offer, and return what they say of it."""
    output.download(path, data)
    return Download(path, form, len(data), rows)


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


def _package_files(folder: Path) -> list[Path]:
    return [p for p in folder.rglob("*") if p.is_file() and not p.name.startswith(".")]


def zip_of(files: Iterable[Path], base: Path) -> bytes:
    """Pack files into a ZIP whose bytes depend only on names below `base` and contents."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, path in sorted((path.relative_to(base).as_posix(), path) for path in files):
            entry = zipfile.ZipInfo(name, _ZIP_TIME)
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, path.read_bytes())
    return buffer.getvalue()
