"""Columns that several places print, and what their headings say."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.pdf.form_tables import Col

GENERAL: dict[str, Any] = {"fund_source": "general_public_budget"}
BASIC = Col("basic", ("基本支出",), expenditure_type="basic_expenditure")
PROJECT = Col("project", ("项目支出",), expenditure_type="project_expenditure")
BOTH = Col("total", ("合计",), of=("basic", "project"))
AMOUNT = (Col("amount", ("预算数",)),)
PERSONNEL = Col("personnel", ("人员经费",), expenditure_type="personnel_expenses")
PUBLIC = Col("public", ("公用经费",), expenditure_type="public_expenses")


def below(heading: str, *columns: Col, **said: Any) -> tuple[Col, ...]:
    """The columns below one more heading, with what it says of all of them."""
    return tuple(Col(**{**_fields(col), "path": (heading, *col.path), **said}) for col in columns)


def _fields(col: Col) -> dict[str, Any]:
    return {name: getattr(col, name) for name in Col.__dataclass_fields__}


def three_public(head: str = "", total: str = "合计", **said: Any) -> tuple[Col, ...]:
    """The columns of the three-public table."""
    vehicles = below(
        "公务用车购置及运行费",
        Col("vehicles", ("小计",), of=("purchase", "running"), item="official_vehicles"),
        Col("purchase", ("购置费",), item="vehicle_purchase"),
        Col("running", ("运行费",), item="vehicle_operation"),
    )
    columns = (
        Col("total", (total,), of=("abroad", "hospitality", "vehicles"),
            item="three_public_expenses"),
        Col("abroad", ("因公出国(境)费",), item="overseas_visits"),
        Col("hospitality", ("公务接待费",), item="official_hospitality"),
        *vehicles,
    )  # fmt: skip
    return below(head, *columns, **said) if head else columns


def apart(col: Col, name: str) -> Col:
    of = tuple(f"{name}-{key}" for key in col.of)
    return replace(col, key=f"{name}-{col.key}", of=of)
