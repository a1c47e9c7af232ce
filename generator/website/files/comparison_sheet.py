"""A comparison of departments as a table to download: their totals and classes, in yuan."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from decimal import Decimal

from generator.website.everyone.comparison import Compared, DepartmentComparison
from generator.website.files.sheet_parts import SheetContent
from generator.website.published.package import PublishedField
from generator.website.wording.language import Bilingual

_TEXTS = (
    ("disclosure_id", "公开文件标识"),
    ("department", "部门标识"),
    ("name", "部门名称"),
    ("region", "行政区划"),
    ("level", "层级"),
    ("year", "年份"),
    ("kind", "种类"),
)
_AMOUNTS = (
    ("total_expenditure", "支出总计（元）"),
    ("total_income", "收入总计（元）"),
    ("basic_expenditure", "基本支出（元）"),
    ("project_expenditure", "项目支出（元）"),
    ("three_public_expenses", "“三公”经费（元）"),
)


def comparison_sheet(comparison: DepartmentComparison) -> SheetContent:
    """Return the table of a comparison: a row for each department, largest first."""
    classes = [
        (f"functional_{each.code}", f"{each.code} {each.names.chinese}（元）")
        for each in comparison.functions
    ]
    fields = [_field(name, title, "string") for name, title in _TEXTS]
    fields += [_field(name, title, "number") for name, title in (*_AMOUNTS, *classes)]
    codes = [each.code for each in comparison.functions]
    rows = [dict(zip((f.name for f in fields), _cells(d, codes), strict=True))
            for d in comparison.departments]  # fmt: skip
    return SheetContent("部门比较", fields, rows, ("disclosure_id",))


def comparison_csv(sheet: SheetContent) -> bytes:
    """Write the table of a comparison as CSV."""
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, [each.name for each in sheet.fields], lineterminator="\n")
    writer.writeheader()
    writer.writerows(sheet.rows)
    return buffer.getvalue().encode()


def _field(name: str, title: str, kind: str) -> PublishedField:
    return PublishedField(name, kind, Bilingual(title), Bilingual(""), (), "", (), False)


def _cells(compared: Compared, codes: list[str]) -> Iterator[str]:
    key, head = compared.summary, compared.summary.head
    who = head.department
    yield from (head.id, who.id, who.names.chinese, who.region_name, who.level)
    yield from (str(head.year), head.kind)
    functions = [compared.functions.get(code) for code in codes]
    for each in (
        key.expenditure, key.income, compared.basic, compared.project, key.three_public, *functions,
    ):  # fmt: skip
        yield _written(each.yuan if each else None)


def _written(yuan: Decimal | None) -> str:
    return "" if yuan is None else f"{yuan:f}"
