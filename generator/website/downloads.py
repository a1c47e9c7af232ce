"""Writes the files to download: CSV, Excel and ZIP, per table, per disclosure, of everything."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from generator.website.amounts import size_said
from generator.website.audit import AuditLine
from generator.website.audit_sheets import audit_workbook
from generator.website.copies import Copy
from generator.website.language import gettext as _
from generator.website.language import marked
from generator.website.output import Output
from generator.website.package import Package, Packages, PublishedResource
from generator.website.spreadsheets import SheetContent, workbook

_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
# Read as text or joined by code, not looked through in a spreadsheet: offered as CSV only.
_CSV_ONLY = ("source", "codes-functional", "codes-economic")
_ALL_SHEETS = (
    "facts",
    "projects",
    "disclosures",
    "departments",
    "codes-functional",
    "codes-economic",
)


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
    """The files of all disclosures together."""

    whole: tuple[Download, ...]
    projects: tuple[Download, ...]
    by_resource: Mapping[str, tuple[Download, ...]] = field(default_factory=dict)


def write_disclosure_downloads(
    output: Output, package: Package, lines: Sequence[AuditLine], copy: Copy | None
) -> DisclosureDownloads:
    """Write the downloads of one disclosure below `downloads/<department>/<year>-<kind>/`."""
    folder = f"downloads/{package.id}"
    stem = f"{folder}/{package.department.id}-{package.slug}"
    by_resource: dict[str, tuple[Download, ...]] = {}
    sheets: list[SheetContent] = []
    for resource in package.resources:
        files: tuple[Download, ...] = (_csv(output, f"{folder}/{resource.name}.csv", resource),)
        if resource.name not in _CSV_ONLY:
            sheets.append(SheetContent(_sheet_title(resource), resource.fields, resource.read()))
            files += (_excel(output, f"{folder}/{resource.name}.xlsx", sheets[-1]),)
        by_resource[resource.name] = files
    whole = (
        _write(output, f"{stem}.xlsx", "Excel", workbook(sheets, _notes(package))),
        _write(
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
        yield _write(output, f"{stem}-checks.xlsx", marked("Excel 核对表"), data, len(lines))
    if copy and copy.data:
        yield _write(output, f"{stem}-checked.pdf", marked("带标注的 PDF"), copy.data)


def write_all_downloads(output: Output, packages: Packages) -> AllDownloads:
    """Write the consolidated tables, one workbook of them, and one ZIP of every package."""
    resources = {r.name: r for r in packages.consolidated}
    by_resource = {
        name: (_csv(output, f"downloads/all/{name}.csv", resource),)
        for name, resource in resources.items()
    }
    sheets = {
        name: SheetContent(
            _sheet_title(resources[name]), resources[name].fields, resources[name].read()
        )
        for name in _ALL_SHEETS
        if name in resources
    }
    everything = _package_files(packages.folder)
    whole = (
        _write(output, "downloads/all.xlsx", "Excel", workbook(list(sheets.values()))),
        _write(output, "downloads/all.zip", "ZIP", zip_of(everything, packages.folder)),
    )
    return AllDownloads(whole, _projects(output, sheets, by_resource), by_resource)


def _projects(
    output: Output,
    sheets: Mapping[str, SheetContent],
    by_resource: Mapping[str, tuple[Download, ...]],
) -> tuple[Download, ...]:
    if "projects" not in sheets:
        return ()
    sheet = sheets["projects"]
    return (*by_resource["projects"], _excel(output, "downloads/projects.xlsx", sheet))


def _excel(output: Output, path: str, sheet: SheetContent) -> Download:
    return _write(output, path, "Excel", workbook([sheet]), len(sheet.rows))


def _csv(output: Output, path: str, resource: PublishedResource) -> Download:
    return _write(output, path, "CSV", resource.file.read_bytes(), resource.rows)


def _write(output: Output, path: str, form: str, data: bytes, rows: int | None = None) -> Download:
    output.download(path, data)
    return Download(path, form, len(data), rows)


def _sheet_title(resource: PublishedResource) -> str:
    number = f"{resource.order} " if resource.category == "standard_table" else ""
    return f"{number}{resource.title or resource.name}"


def _notes(package: Package) -> Sequence[tuple[str, str]]:
    """Return what the sheet 说明 says: whose figures, in which unit, from which file."""
    notes = [
        ("标题", package.title),
        ("部门", package.department.name),
        ("年度", f"{package.year}年（{package.kind_word}）"),
        ("单位", f"各表金额单位：{package.unit}；“金额（元）”一列为元。"),
        ("说明", "金额照原文录入；空白表示原文为空，不是零。"),
    ]
    for source in package.sources:
        notes += [
            ("来源", f"{source.publisher} {source.title} {source.file}"),
            ("校验", source.hash),
        ]
    return [*notes, *((r.name, r.title) for r in package.resources)]


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
