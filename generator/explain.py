"""Explaining one figure: where it comes from, who read it, and every check that it takes part in.

Like the website, it reads the data packages: what a reuser reads.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path

from generator.paths import inside
from generator.problems import ConfigError

_STATEMENT = ("subject", "subject_text", "measure", "phase", "base", "direction")
_FACT = (
    "table_id", "label", "column_id", "direction", "item", "functional_name", "economic_name",
    "unit", "project", "fund_source", "expenditure_type", "budget_phase", "role",
)  # fmt: skip
_Row = dict[str, str]
_OLD = re.compile(r"(?P<owner>[^.]+\.[^.]+)\.(?P<table>[^.]+)\.r(?P<row>\d+)(?P<column>\..+)")


def explain(packages: Path, identifier: str) -> str:
    """Tell all about a fact, a figure stated in prose, or a finding.

    Raises ConfigError where no package has it, naming the nearest ones.
    """
    known = _by_id(packages, "facts", "fact_id")
    boxes = _by_id(packages, "boxes", "fact_id")
    facts = {name: row | boxes.get(name, {}) for name, row in known.items()}
    figures = {**facts, **_by_id(packages, "narrative")}
    findings = {
        name: row
        for path in sorted(packages.glob("*/*/findings.csv"))
        for name, row in _read(packages, path.relative_to(packages), "finding_id").items()
    }
    if identifier in findings:
        return "\n".join(_finding(findings[identifier], figures))
    identifier = _as_today(identifier, figures)
    if identifier not in figures:
        raise ConfigError(_unknown(identifier, [*figures, *findings], packages))
    row = figures[identifier]
    own = [each for each in findings.values() if identifier in each["inputs"].split()]
    return "\n".join([*_figure(identifier, row), *_checks(own)])


def _as_today(identifier: str, figures: Mapping[str, _Row]) -> str:
    """The identifier of an amount that is named as before version 1: by the number of its row."""
    old = _OLD.fullmatch(identifier)
    if identifier in figures or old is None:
        return identifier
    start = f"{old['owner']}.{old['table']}."
    named = (name for name, row in figures.items() if row.get("row_number") == old["row"])
    fitting = (each for each in named if each.startswith(start) and each.endswith(old["column"]))
    return next(fitting, identifier)


def _by_id(packages: Path, resource: str, key: str = "narrative_id") -> dict[str, _Row]:
    return _read(packages, Path("all") / f"{resource}.csv", key)


def _read(packages: Path, place: Path, key: str) -> dict[str, _Row]:
    path = inside(packages, place.as_posix())
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return {row[key]: row for row in csv.DictReader(file)}
    except (OSError, KeyError, UnicodeDecodeError) as error:
        raise ConfigError(
            f"{path}: cannot be read ({type(error).__name__}); run mingzhang extract first"
        ) from error


def _unknown(identifier: str, known: Sequence[str], packages: Path) -> str:
    short = {name.partition(".")[2]: name for name in known}
    near = get_close_matches(identifier.partition(".")[2], short, n=3, cutoff=0.7)
    names = "; nearest: " + ", ".join(short[name] for name in near) if near else ""
    return f"{identifier}: no such fact, statement or finding in {packages}{names}"


def _figure(identifier: str, row: _Row) -> Iterator[str]:
    yield identifier
    yield f"  原文：{row['printed']} {row['printed_unit']}"
    if row["amount_yuan"]:
        yield f"  金额：{row['amount_yuan']} 元"
    yield f"  含义：{_meaning(row)}"
    yield f"  出处：{_place(row)}"
    if row.get("box_page"):
        edges = ", ".join(row[edge] for edge in ("x0", "top", "x1", "bottom"))
        yield f"  位置：{row['box_source']} 第 {row['box_page']} 页（{edges}）"
    if "routes" in row:
        yield f"  读取途径：{'、'.join(row['routes'].split())}"
    if row.get("quote"):
        yield f"  原句：{row['quote']}"


def _meaning(row: _Row) -> str:
    """What a fact or a statement is about, as far as its columns say."""
    words = _STATEMENT if "measure" in row else _FACT
    return "，".join(f"{word}={row[word]}" for word in words if row[word])


def _place(row: _Row) -> str:
    page = f" 第 {row['page']} 页" if row["page"] else ""
    return f"{row['source']}{page} 第 {row['line']} 行"


def _outcome(finding: _Row) -> str:
    from generator.website.wording.words import RESULTS  # its room is slow to import

    return RESULTS[finding["outcome"]]


def _checks(findings: Sequence[_Row]) -> Iterator[str]:
    yield f"  参与的核对：{len(findings)} 项"
    for each in findings:
        mark = "（已人工确认）" if each["acknowledged"] else ""
        yield f"    [{_outcome(each)}] {each['rule']}{mark} {each['sentence']}"


def _finding(row: _Row, figures: dict[str, _Row]) -> Iterator[str]:
    yield row["finding_id"]
    yield f"  [{_outcome(row)}] {row['rule']} {row['sentence']}"
    if row["acknowledged"]:
        yield f"  已人工确认：{row['acknowledged']}"
    if row["quote"]:
        yield f"  原句：{row['quote']}"
    for name in row["inputs"].split():
        figure = figures.get(name)
        if figure:
            yield f"  {figure['printed']} {figure['printed_unit']}  {_place(figure)}  {name}"
        else:
            yield f"  {name}"
