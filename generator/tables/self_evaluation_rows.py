"""Rows of a project's self-evaluation: who, how much money, which goal, each indicator's score."""

from __future__ import annotations

import re

from generator.meaning.amounts import is_amount
from generator.meaning.definitions import Definition
from generator.meaning.wording import fold
from generator.models import Line, Record
from generator.problems import Report
from generator.tables.keyed_forms import read_keyed_form
from generator.tables.text_cells import split_text_cells

_NAMES = ("项目名称", "主管部门", "实施单位")
_FUND = re.compile(r"^(总额|其中|财政拨款|非财政拨款|其他资金|上年结转)")
_SCORES = re.compile(r"^(\S+)\s+(\d+(?:\.\d+)?)\s+(\d+(?:\.\d+)?)(?:\s+(\S.*))?$")
_TOTAL_SCORES = re.compile(r"^(\d+(?:\.\d+)?)\s+(\d+(?:\.\d+)?%)\s+(\d+(?:\.\d+)?)$")

_Cell = tuple[str, int]


def read_self_evaluation(
    definition: Definition, lines: list[Line], report: Report
) -> tuple[Record, ...]:
    """Read the records of one self-evaluation, in printed order, ``section`` naming their kind."""
    if any(line.boxes for line in lines):
        return tuple(read_keyed_form(definition, lines, report))
    cells = [(cell.text, cell.line) for cell in split_text_cells(lines)]
    funds = _index(cells, "总额")
    goals = _index(cells, "年度绩效目标内容")
    marks = _index(cells, "指标类别")
    if None in (funds, goals, marks):
        for text, line in cells:
            report.add("line-unread", line, title=definition.title, text=text[:60])
        return ()
    assert funds is not None and goals is not None and marks is not None  # just asked
    return (
        *_names(cells[:funds]),
        *_funds(cells[funds:goals]),
        *_goal(cells[goals + 1 : marks]),
        *_indicators(cells[marks + 1 :]),
    )


# ── running text ─────────────────────────────────────────────────────────────────────────


def _index(cells: list[_Cell], start: str) -> int | None:
    return next((i for i, (text, _) in enumerate(cells) if fold(text).startswith(start)), None)


def _names(cells: list[_Cell]) -> list[Record]:
    tokens = [(token, line) for text, line in cells for token in text.split()]
    pairs = zip(tokens, [*tokens[1:], ("", 0)], strict=True)
    return [
        Record({"section": "identity", "label": name, "planned": value}, line)
        for (name, line), (value, _) in pairs
        if name in _NAMES and value not in _NAMES
    ]


def _funds(cells: list[_Cell]) -> list[Record]:
    records: list[Record] = []
    for text, line in cells:
        if _FUND.match(text):
            records.append(_fund(text, line))
        elif records and (match := _TOTAL_SCORES.match(text)):
            weight, rate, score = match.groups()
            # The scores stand beside the first row, the total of the money.
            first = {**records[0].values, "weight": weight, "completion_rate": rate, "score": score}
            records[0] = Record(first, records[0].line)
    return records


def _fund(text: str, line: int) -> Record:
    tokens = text.split()
    amounts = [token for token in tokens if is_amount(token)]
    label = "".join(token for token in tokens if not is_amount(token))
    values = {"section": "funds", "label": label}
    return Record({**values, **dict(zip(("planned", "achieved"), amounts, strict=False))}, line)


def _goal(cells: list[_Cell]) -> list[Record]:
    if not cells:
        return []
    texts = [text for text, _ in cells]
    values = {"section": "goal", "label": "年度绩效目标", "planned": texts[0]}
    if len(texts) > 1:
        values["achieved"] = "".join(texts[1:])
    return [Record(values, cells[0][1])]


def _indicators(cells: list[_Cell]) -> list[Record]:
    """Each row of scores closes an indicator; level names left blank hold on from above."""
    records: list[Record] = []
    levels = ["", "", ""]
    pending: list[_Cell] = []
    for text, line in _after_heading(cells):
        if fold(text).startswith("总分"):
            score = text.split()[-1]
            records.append(Record({"section": "total", "label": "总分", "score": score}, line))
        elif (match := _SCORES.match(text)) and pending:
            levels = _levels(levels, pending[:-1])
            records.append(_indicator(levels, pending[-1], match, pending[0][1]))
            pending = []
        else:
            pending.append((text, line))
    return records


def _after_heading(cells: list[_Cell]) -> list[_Cell]:
    last = next((i for i, (text, _) in enumerate(cells) if "偏差原因" in fold(text)), -1)
    return cells[last + 1 :]


def _levels(levels: list[str], named: list[_Cell]) -> list[str]:
    names = [name for text, _ in named for name in text.split()]
    return [*levels[: 3 - len(names)], *names[-3:]] if names else levels


def _indicator(levels: list[str], planned: _Cell, match: re.Match[str], line: int) -> Record:
    achieved, weight, score, remark = match.groups()
    return Record(
        {
            "section": "indicator",
            "level_1": levels[0],
            "level_2": levels[1],
            "label": levels[2],
            "planned": planned[0],
            "achieved": achieved,
            "weight": weight,
            "score": score,
            "remark": remark or "",
        },
        line,
    )
