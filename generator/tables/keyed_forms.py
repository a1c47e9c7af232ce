"""Keyed forms: a ruled form of labels and values, where a heading in the form tells its columns.

Made for self-evaluations: who, how much money, which goal, each indicator with its score. Each part
has a heading of its own, with any number of levels of indicators; a value belongs to the heading
above its place. Which words name which column stands in the table's definition.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from generator.meaning.amounts import is_amount
from generator.meaning.definitions import Definition
from generator.meaning.wording import fold
from generator.models import Line, Record
from generator.problems import Report

#: Where the levels of indicators go, outermost first; the names of all but the first and the last
#: of more than three stand together.
LEVELS = ("level_1", "level_2", "label")
_TOTAL = "总分"
_GOAL = "年度绩效目标"
_BETWEEN = " ▸ "
_Cells = dict[int, str]


def read_keyed_form(definition: Definition, lines: Sequence[Line], report: Report) -> list[Record]:
    """Read the records of a form, in printed order; a cell that is not understood is reported."""
    form = _KeyedForm(definition, report)
    return [record for line in lines for record in form.read(line)]


@dataclass(slots=True)
class _KeyedForm:
    """What the headings read so far say: which column of the page holds what, in which part."""

    definition: Definition
    report: Report
    part: str = ""
    heads: dict[int, str] = field(default_factory=dict)
    levels: list[int] = field(default_factory=list)
    held: list[str] = field(default_factory=list)

    def read(self, line: Line) -> Iterator[Record]:
        cells = {i: cell.strip() for i, cell in enumerate(line.text.split("\t")) if cell.strip()}
        if not cells or self._is_heading(cells):
            return
        first = fold(next(iter(cells.values())))
        if first in self._words("name"):
            yield from self._names(cells, line)
        elif first.startswith(_TOTAL):
            yield from self._total(cells, line)
        elif self.part == "indicator":
            yield from self._indicator(cells, line)
        elif self.part:
            yield from self._values(cells, line)
        else:
            self._leave(cells, line)

    def _words(self, column: str) -> Sequence[str]:
        return self.definition.words.get(column, ())

    # Headings.

    def _is_heading(self, cells: _Cells) -> bool:
        """Take a heading, which names two columns at least; what stands before these titles it."""
        heads = {i: column for i, text in cells.items() if (column := self._column(text))}
        levels = [i for i, text in cells.items() if fold(text) in self._words("level")]
        if len(heads) + len(levels) < 2 or any(i > min(heads, default=0) for i in levels):
            return False
        known = {*heads, *levels}
        if any(i not in known and i > min(known) for i in cells):
            return False
        self.heads, self.levels, self.held = heads, levels, [""] * len(levels)
        self.part = "indicator" if levels else "funds" if "score" in heads.values() else "goal"
        return True

    def _column(self, text: str) -> str:
        folded = fold(text)
        named = self.definition.words.items()
        return next(
            (column for column, words in named if column in COLUMNS and folded in words), ""
        )

    # Rows.

    def _names(self, cells: _Cells, line: Line) -> Iterator[Record]:
        """Labels and values in turn."""
        name = ""
        for index, text in cells.items():
            if fold(text) in self._words("name"):
                name = text
            elif name:
                yield Record({"section": "identity", "label": name, "planned": text}, line.number)
                name = ""
            else:
                self._leave({index: text}, line)

    def _total(self, cells: _Cells, line: Line) -> Iterator[Record]:
        values, rest = self._placed(dict(list(cells.items())[1:]))
        self._leave(rest, line)
        yield Record({"section": "total", "label": _TOTAL, **values}, line.number)

    def _values(self, cells: _Cells, line: Line) -> Iterator[Record]:
        """A row of money, or of goals: its label stands before the columns, the last if several."""
        values, before = self._placed(cells)
        labels = [text for text in before.values() if not is_amount(text)] or [""]
        label = _GOAL if self.part == "goal" else labels[-1]
        amounts = {i: text for i, text in before.items() if is_amount(text)}
        self._leave(amounts, line)
        yield Record({"section": self.part, "label": label, **values}, line.number)

    def _indicator(self, cells: _Cells, line: Line) -> Iterator[Record]:
        """An indicator; the names of levels that are left out hold on from above."""
        names = {i: text for i, text in cells.items() if i in self.levels}
        values, rest = self._placed({i: text for i, text in cells.items() if i not in names})
        self._leave(rest, line)
        for place, index in enumerate(self.levels):
            if index in names:
                self.held[place] = names[index]
        blank = dict.fromkeys(self.heads.values(), "")
        values = {**blank, **values, **_named(self.held)}
        yield Record({"section": "indicator", **values}, line.number)

    def _placed(self, cells: _Cells) -> tuple[dict[str, str], _Cells]:
        """The cells by the column whose heading stands above them, and those before all columns."""
        values: dict[str, str] = {}
        rest: _Cells = {}
        for index, text in cells.items():
            over = max((head for head in self.heads if head <= index), default=None)
            if over is None or self.heads[over] in values:
                rest[index] = text
            else:
                values[self.heads[over]] = text
        return values, rest

    def _leave(self, cells: _Cells, line: Line) -> None:
        """Report cells that nothing above them explains, with the nearest known word."""
        known = [word for words in self.definition.words.values() for word in words]
        for text in cells.values():
            near = difflib.get_close_matches(fold(text), known, 1) or ["—"]
            self.report.add(
                "cell-unread",
                line.number,
                title=self.definition.title,
                text=text[:60],
                nearest=near[0],
            )


#: The columns that a heading of a form may name, but for the levels.
COLUMNS = ("planned", "achieved", "weight", "completion_rate", "score", "remark")


def _named(names: Sequence[str]) -> dict[str, str]:
    """The names of an indicator's levels by column; of fewer than three the last is the label."""
    if len(names) <= len(LEVELS):
        return dict(zip(LEVELS[len(LEVELS) - len(names) :], names, strict=True))
    first, *middle, last = names
    return dict(zip(LEVELS, (first, _BETWEEN.join(filter(None, middle)), last), strict=True))
