"""What is mutated: disclosures that are read right, with every amount and the place it stands."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from generator.checks import run_checks
from generator.facts import merge
from generator.meaning.amounts import to_decimal
from generator.meaning.departments import Departments
from generator.meaning.wording import fold
from generator.models import Disclosure
from generator.pdf.limits import Limits
from generator.read import Reading, Task, read_file
from tests.disclosure_texts import typeset
from tests.made_budgets import sample_budget
from tests.pdf.model import example_budget
from tests.pdf.styles import PaperStyle
from tests.pdf.typeset import typeset as typeset_pdf
from tests.text_styles import Style

#: An amount as it is published: table, unit, label, column, side, value.
Key = tuple[str, str, str, str, str, str]
Read = Callable[[bytes, str], Reading]


@dataclass(frozen=True)
class Spot:
    """An amount, the line and page that print it, and the how manieth it is on its line."""

    key: Key
    printed: str
    line: int
    page: int | None
    nth: int


@dataclass(frozen=True)
class Source:
    """A disclosure whose reading is right: the truth that its mutants are judged by."""

    name: str
    suffix: str
    data: bytes

    @cached_property
    def disclosure(self) -> Disclosure:
        return merge(read_bytes(self.data, f"source.{self.suffix}").disclosures)

    @cached_property
    def spots(self) -> list[Spot]:
        return spots_of(self.disclosure)

    @cached_property
    def truth(self) -> Counter[Key]:
        return Counter(spot.key for spot in self.spots)

    @cached_property
    def accusations(self) -> set[str]:
        return accusations(self.disclosure)

    @cached_property
    def lines(self) -> list[str]:
        """The lines of a text."""
        return self.data.decode().split("\n")

    def on_line(self, number: int) -> list[Spot]:
        return [spot for spot in self.spots if spot.line == number]


def read_bytes(data: bytes, name: str) -> Reading:
    """Read a file that is given as its bytes, as a worker does."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        return read_file(Task(path, Path(folder), Departments(()), Limits()))


def spots_of(disclosure: Disclosure) -> list[Spot]:
    """Every amount of a disclosure that is published as a fact."""
    found, seen = [], Counter[int]()
    for table in disclosure.extract.tables:
        for row in table.rows if table.unit and table.id != "key-projects" else ():
            for column, cell in zip(table.measures(row.side), row.cells, strict=True):
                if cell:
                    value = plain(cell.printed)
                    key = (table.id, table.unit, fold(row.label), column.id, row.side, value)
                    page = cell.box.page if cell.box else None
                    found.append(Spot(key, cell.printed, cell.line, page, seen[cell.line]))
                    seen[cell.line] += 1
    return found


def plain(printed: str) -> str:
    """What an amount is worth, in one way to write it: nothing has no sign."""
    value = to_decimal(printed).normalize()
    return f"{value or abs(value):f}"


def accusations(disclosure: Disclosure) -> set[str]:
    """Whom the checks accuse, by rule and sentence."""
    found = run_checks(disclosure).findings
    return {f"{each.rule}: {each.sentence}" for each in found if each.outcome == "differs"}


def texts() -> list[Source]:
    """One budget as texts in several styles."""
    styles = {
        "flowing": Style(spaced=False, breaks=0),
        "paged": Style(spaced=False, breaks=1, rows_of_page=9, form_feeds=True, page_numbers=True),
        "spaced": Style(rows_of_page=15, furniture="before", contents=True),
        "tabbed": Style(tabbed=True, spaced=False, breaks=0, indented=False),
        "tabbed-blank": Style(tabbed=True, breaks=1, blank_zeros=True, form_feeds=True),
    }
    budget = sample_budget()
    return [Source(name, "txt", typeset(budget, style)) for name, style in styles.items()]


def pdfs() -> list[Source]:
    """One budget as PDFs in several styles."""
    plain = PaperStyle()
    styles = {
        "ruled": plain,
        "cells": replace(plain, strokes="cells", wide="rotate90", page_numbers="bare", room=260.0),
        "shapes": replace(plain, strokes="shapes", wide="turned", title="inside", indent="offset"),
        "open": replace(plain, rules="open", room=170.0, repeat_total=True, page_numbers="none"),
    }
    budget = example_budget()
    return [Source(name, "pdf", typeset_pdf(budget, style)) for name, style in styles.items()]
