"""The corpus of faults, a gate: each file is read right, or is named, and nobody is accused.

Small files with one fault each, most from public bug reports. They lie beside the project, not in
it; where they are absent these tests skip. What each must give stands in the corpus's own list.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from generator.checks import run_checks
from generator.facts import merge
from generator.meaning.amounts import read_amount, to_decimal
from generator.meaning.departments import Departments
from generator.meaning.wording import fold
from generator.models import Disclosure
from generator.pdf.limits import Limits
from generator.read import Reading, Task, read_file

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "faults"
Cells = Counter[tuple[str, str, str, str, Decimal]]
#: The cell that most of the typeset files print otherwise.
CHANGED = ("budget-general-public-basic-by-economic-class", "[30201]办公费")
#: What it is worth there, where that is not 44.00; None: it is no amount, or blank.
WORTH: dict[str, str | None] = {
    **dict.fromkeys(("w_fullwidth_comma", "w_comma_space", "w_space_thousands"), "2044"),
    **dict.fromkeys(("w_apostrophe", "w_thin_space", "w_european"), "2044"),
    **dict.fromkeys(("w_neg_endash", "w_neg_fullwidth", "w_neg_paren_full"), "-44"),
    **dict.fromkeys(("w_neg_trailing", "w_neg_triangle", "w_neg_minus"), "-44"),
    "w_no_leading_zero": "0.44",
    **dict.fromkeys(("w_dash", "w_emdash", "w_slash", "w_wu"), None),
    **dict.fromkeys(("w_circled", "w_fraction", "w_hashes", "w_ocr_l", "w_ocr_o"), None),
    **dict.fromkeys(("w_percent", "w_two_points", "w_arabic_indic"), None),
}
#: Files that must be read, and are not: each with its reason. Still named, never wrong in silence.
UNREAD = {
    "clipped_name.pdf": "the list expects the whole name, of which the page shows a part",
    "pdf-character-beyond-bmp.pdf": "费 is said to be another character in a heading, too",
    "neg_red.pdf": "a colour is no sign: 44.00 is published as printed",
}
UNSAID = ("department-unregistered",)


def listed() -> dict[str, str]:
    """What each file of the list must give: ``read`` or ``named``."""
    if not FOLDER.is_dir():
        return {}
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([^|]+\.(?:pdf|txt)[^|]*) \|.*\| ([^|]+) \|$", text, re.MULTILINE)
    return {name: must for names, must in rows for name in re.split(r",\s*", names)}


FILES = sorted(path.name for path in FOLDER.glob("*") if path.suffix in (".pdf", ".txt"))
#: Not disclosures: a list of redirects.
OTHERS = {"redirects-write-outside-site.txt"}
pytestmark = pytest.mark.skipif(not FILES, reason="the corpus of faults is not at hand")


@cache
def read(name: str) -> Reading:
    return read_file(Task(FOLDER / name, FOLDER, Departments(()), Limits()))


@pytest.mark.parametrize("name", [name for name in FILES if name not in OTHERS])
def test_a_fault_is_read_right_or_named_and_accuses_nobody(name: str) -> None:
    reading = read(name)
    codes = {problem.code for problem in reading.problems}
    assert not codes & {"reader-failed", "route-failed", "reader-died"}, reading.problems
    if not reading.disclosures:
        assert any(problem.severity == "fatal" for problem in reading.problems)
        assert not listed().get(name, "").startswith("read"), reading.problems
        return
    disclosure = merge(reading.disclosures)
    expected = _expected(name)
    if expected is None:
        return
    missing, extra = expected - _cells(disclosure), _cells(disclosure) - expected
    named = codes - set(UNSAID)
    assert named or not (missing or extra) or name in UNREAD, (missing, extra)
    if listed().get(name, "").startswith("read") and name not in UNREAD:
        assert not missing, missing
        assert not extra, extra
    if WORTH.get(Path(name).stem, "44") in (None, "44"):
        assert not _accused(disclosure)


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith(".txt")])
def test_a_faulty_text_accuses_nobody(name: str) -> None:
    """The texts are whole disclosures without a contradiction but for the fault."""
    for disclosure in read(name).disclosures:
        assert not _accused(disclosure)


def _accused(disclosure: Disclosure) -> list[str]:
    findings = run_checks(disclosure).findings
    return [each.sentence for each in findings if each.outcome == "differs"]


def _cells(disclosure: Disclosure) -> Cells:
    cells: Cells = Counter()
    for table in disclosure.extract.tables:
        for row in table.rows if table.unit else ():
            sides = row.side if "summary" in table.id else ""
            for column, cell in zip(table.measures(row.side), row.cells, strict=True):
                if cell and table.id != "key-projects":
                    value = to_decimal(cell.printed).normalize()
                    cells[table.id, fold(row.label), column.id, sides, value] += 1
    return cells


def _expected(name: str) -> Cells | None:
    """The right cells of a typeset file; None where the corpus does not list them."""
    source = _source(name)
    if source is None:
        return None
    cells: Cells = Counter()
    for row in _rows(source):
        printed: str | None = row["printed"]
        if (row["table"], row["label"]) == CHANGED and source != "haizhu-2025-budget":
            printed = WORTH.get(Path(name).stem, printed)
        value = read_amount(printed or "").plain
        if value is not None and row["table"] != "key-projects":
            side = row["direction"] if "summary" in row["table"] else ""
            key = (row["table"], fold(row["label"]), row["column"], side)
            cells[*key, Decimal(value).normalize()] += 1
    return cells


def _source(name: str) -> str | None:
    if name.endswith(".txt") or name in ("pdf-page-javascript.pdf",):
        return None  # whole texts, and a facsimile of another disclosure
    if name.startswith(("pdf-", "tounicode_", "kangxi_", "radicals_", "compat_", "astral_")):
        return "haizhu-2025-budget"
    return "middle_base" if "middle" in name else "base"


def _rows(source: str) -> Iterator[dict[str, str]]:
    with (FOLDER / "expected" / f"{source}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
