"""The projects of final accounts, which have no table of projects: those that they evaluate.

A self-evaluation names its project, prints its money (planned and carried out) and its goal.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from generator.meaning.amounts import is_amount, to_yuan
from generator.meaning.definitions import FUNDS
from generator.meaning.wording import fold
from generator.models import Project, Record, Table

EVALUATION_TABLE = "project-performance"
#: The labels of a self-evaluation: which project it is, who carries it out, and its money.
_NAME = "项目名称"
_UNITS = ("实施单位", "项目实施单位", "项目单位")
_WHOLE = ("总额", "年度资金总额")


def evaluated_projects(table: Table | None, prefix: str) -> Iterator[Project]:
    """The project of each self-evaluation; one without a name is none."""
    if table is None:
        return
    starts = [at for at, each in enumerate(table.records) if _is(each, _NAME)]
    for start, end in pairwise([*starts, len(table.records)]):
        yield _project(table, table.records[start:end], prefix)


def _project(table: Table, form: Sequence[Record], prefix: str) -> Project:
    whole = next((each for each in form if _is(each, *_WHOLE) and _printed(each)), None)
    printed = _printed(whole) if whole else ""
    return Project(
        project_id=f"{prefix}.{table.id}.{form[0].key}",
        unit=next((_planned(each) for each in form if _is(each, *_UNITS)), ""),
        name=_planned(form[0]),
        amount=_yuan(printed, table.unit),
        printed=printed,
        printed_unit=table.unit,
        funds=dict.fromkeys(FUNDS),
        target=next((_planned(e) for e in form if e.values.get("section") == "goal"), ""),
        key=False,
        line=(whole or form[0]).line,
    )


def _is(record: Record, *labels: str) -> bool:
    label = fold(record.values.get("label", ""))
    return any(label == fold(each) for each in labels) and bool(_planned(record))


def _planned(record: Record) -> str:
    return record.values.get("planned", "")


def _printed(record: Record) -> str:
    """What was carried out, which is what final accounts are about."""
    printed = record.values.get("achieved", "")
    return printed if is_amount(printed) else ""


def _yuan(printed: str, unit: str) -> Decimal | None:
    return to_yuan(printed, unit) if printed and unit else None
