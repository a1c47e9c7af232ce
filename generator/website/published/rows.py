"""Reads the CSV files of the packages: every cell as text, blank where the source is blank."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from decimal import Decimal, InvalidOperation
from io import StringIO
from pathlib import Path

from generator.problems import PackageError

Row = dict[str, str]

# The longest section of prose may be longer than what the csv module allows of itself.
csv.field_size_limit(10_000_000)

# The columns of the derived files that the pages cannot do without.
_NEEDED = """
facts: fact_id year amount_year qualifier table_id row_number column_id direction panel
  functional_code functional_name economic_code economic_name item unit fund_source expenditure_type
  budget_phase label level role amount_yuan printed printed_unit page line routes
boxes: fact_id box_source box_page x0 top x1 bottom
projects: project_id unit name amount_yuan printed printed_unit performance_target key_project line
sections: section_id part_title topic number heading level text line_start line_end
findings: finding_id rule outcome sentence table_id row_number side column_id statement expected
  printed difference printed_unit inputs page line quote acknowledged
cases: case_id sentence value other printed_unit places other_places figure figures changes slip
  findings
narrative: narrative_id section_id subject_text measure printed printed_unit quote source page line
  box_source box_page x0 top x1 bottom
rules: rule title level sentence sentence_english tables condition tolerance
problems: code severity file line message mend
source: line page line_use text
department-names: department name first_year last_year
codes-functional: code name other_names
codes-economic: code name other_names
disclosures: disclosure_id published retrieved
changes: version disclosure_id subject identifier label was is_now yuan_was yuan_is reason date note
mapping-coverage: scope scheme total_yuan within_yuan nearest_yuan
cofog-amounts: code name amount_yuan cofog
gfsm-amounts: code name amount_yuan gfsm
"""
NEEDED = {
    name: tuple(columns.split())
    for name, columns in (
        entry.split(":") for entry in _NEEDED.replace("\n ", "").strip().split("\n")
    )
}


_Asked = tuple[Path, tuple[str, ...], tuple[str, ...], str]
#: What was read since `reading_once` began; None where nothing is kept.
_KEPT: ContextVar[dict[_Asked, list[Row]] | None] = ContextVar("kept", default=None)


@contextmanager
def reading_once() -> Iterator[None]:
    """Keep inside what is read, so that it is parsed once: who asks again has the same rows.

    Nobody alters rows that were read.
    """
    token = _KEPT.set({})
    try:
        yield
    finally:
        _KEPT.reset(token)


def read_csv(
    file: Path, header: tuple[str, ...], needed: tuple[str, ...] = (), digest: str = ""
) -> list[Row]:
    """Read a CSV of a package, as `_parsed` does, or return what was kept of it."""
    kept = _KEPT.get()
    if kept is None:
        return _parsed(file, header, needed, digest)
    asked = (file, header, needed, digest)
    if asked not in kept:
        kept[asked] = _parsed(*asked)
    return kept[asked]


def _parsed(file: Path, header: tuple[str, ...], needed: tuple[str, ...], digest: str) -> list[Row]:
    """Read a CSV of a package, whose header must be the schema's and hold the needed columns.

    ``digest`` is the hash that its descriptor gives: what was altered since is not published.

    Raises:
        PackageError: The file cannot be read, or is not what its descriptor says.
    """
    _refuse_missing(file, header, needed)
    with _readable(file):
        data = file.read_bytes()
        _refuse_altered(file, digest, hashlib.sha256(data))
        return list(_rows(file, StringIO(data.decode("utf-8"), newline=""), header))


def stream_csv(
    file: Path, header: tuple[str, ...], needed: tuple[str, ...] = (), digest: str = ""
) -> Iterator[Row]:
    """Yield the rows of a CSV that may be larger than memory; else as `read_csv`."""
    _refuse_missing(file, header, needed)
    with _readable(file):
        with file.open("rb") as data:
            _refuse_altered(file, digest, hashlib.file_digest(data, "sha256"))
        with file.open(encoding="utf-8", newline="") as text:
            yield from _rows(file, text, header)


def _refuse_missing(file: Path, header: tuple[str, ...], needed: tuple[str, ...]) -> None:
    if missing := [name for name in needed if name not in header]:
        raise PackageError(f"{file}: 缺少列 {'、'.join(missing)}。重新运行 mingzhang extract。")


def _refuse_altered(file: Path, digest: str, found: hashlib._Hash) -> None:
    if digest and digest != f"sha256:{found.hexdigest()}":
        raise PackageError(
            f"{file}: 写出之后被改过：与 datapackage.json 里的 hash 不一致。"
            "更正要改原文件或附属文件，再运行 mingzhang extract。"
        )


@contextmanager
def _readable(file: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise PackageError(f"{file}: 读不出来（{error}）。重新运行 mingzhang extract。") from error


def _rows(file: Path, text: Iterable[str], header: tuple[str, ...]) -> Iterator[Row]:
    reader = csv.reader(text, strict=True)
    if tuple(next(reader, ())) != header:
        raise PackageError(
            f"{file}: 表头与 datapackage.json 的字段不一致。重新运行 mingzhang extract。"
        )
    for cells in reader:
        yield _row(file, reader.line_num, header, cells)


def _row(file: Path, line: int, header: tuple[str, ...], cells: list[str]) -> Row:
    if len(cells) != len(header):
        raise PackageError(
            f"{file}: 第{line}行有{len(cells)}格，应有{len(header)}格。重新运行 mingzhang extract。"
        )
    return dict(zip(header, cells, strict=True))


def exact_yuan(file: Path, text: str) -> Decimal:
    """Read an amount in yuan.

    Raises:
        PackageError: It is not a number.
    """
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise PackageError(
            f"{file}: amount_yuan 的“{text}”不是数。重新运行 mingzhang extract。"
        ) from error
