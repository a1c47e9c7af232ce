"""Asks the SQLite file of a built site a question in SQL; nothing can be written through it."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
import unicodedata
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from generator.checked_files import with_nearest
from generator.names import shown
from generator.only_reads import ending, only_read
from generator.problems import QueryError

_FILE = Path("data") / "all.sqlite"
_UNKNOWN = re.compile(r"no such (table|column): (?:\w+\.)?(\w+)")
Value = str | int | float | bytes | None


@dataclass(frozen=True, slots=True)
class QueryResult:
    """The columns of an answer, and its rows."""

    columns: tuple[str, ...]
    rows: list[tuple[Value, ...]]


def ask(site: Path, question: str) -> QueryResult:
    """Ask the SQLite file of a site.

    Raises:
        QueryError: There is no such file, or the question is not one that reads.
    """
    path = site / _FILE
    if not path.is_file():
        raise QueryError(f"{shown(path)}: not there; build the site first: mingzhang build")
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as database:
            return _answer(database, question)
    except sqlite3.Error as error:
        raise QueryError(
            f"{shown(path)}: {error}; build the site again: mingzhang build"
        ) from error


def _answer(database: sqlite3.Connection, question: str) -> QueryResult:
    names = _names(database)
    only_read(database)
    try:
        with ending(database):
            found = database.execute(question)
    except (sqlite3.OperationalError, sqlite3.ProgrammingError, sqlite3.Warning) as error:
        raise QueryError(f"{shown(question)}: {error}; {_mend(str(error), names)}") from error
    except (sqlite3.DataError, UnicodeEncodeError) as error:
        raise QueryError(f"{shown(question)}: {error}; ask otherwise") from error
    except sqlite3.DatabaseError as error:
        if "not authorized" not in str(error) and "prohibited" not in str(error):
            raise
        raise QueryError(f"{shown(question)}: {error}; ask with one SELECT") from error
    if found.description is None:
        raise QueryError("there is no question; write SELECT … FROM …")
    columns = tuple(each[0] for each in found.description)
    try:
        with ending(database):
            return QueryResult(columns, found.fetchall())
    except (sqlite3.OperationalError, sqlite3.DataError) as error:
        raise QueryError(f"{shown(question)}: {error}; ask otherwise") from error


def _names(database: sqlite3.Connection) -> dict[str, list[str]]:
    """The names of tables and views, and of their columns."""
    tables = [
        str(name)
        for (name,) in database.execute(
            "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') "
            "AND name NOT LIKE 'sqlite%' ORDER BY name"
        )
    ]
    asked = "SELECT DISTINCT name FROM pragma_table_info(?)"
    columns = {str(name) for table in tables for (name,) in database.execute(asked, (table,))}
    return {"table": tables, "column": sorted(columns)}


def _mend(reason: str, names: dict[str, list[str]]) -> str:
    """What to do about a mistake: which name was meant, else which tables there are."""
    if unknown := _UNKNOWN.search(reason):
        kind, name = unknown.groups()
        nearest = with_nearest(name, names[kind])
        if nearest != with_nearest(name, []):
            return f"{kind} {nearest}"
    if "one statement" in reason:
        return "ask with one SELECT"
    return f"tables and views: {', '.join(names['table'])}"


# ── forms ────────────────────────────────────────────────────────────────────────────────


def as_table(answer: QueryResult) -> str:
    """Lay an answer out in columns, numbers to the right; Chinese takes two places."""
    rows = [[_text(value) for value in row] for row in answer.rows]
    lines = [list(answer.columns), *rows]
    widths = [max(map(_width, column)) for column in zip(*lines, strict=True)]
    numbers = [
        all(isinstance(row[at], int | float | None) for row in answer.rows) and bool(answer.rows)
        for at in range(len(widths))
    ]
    rule = ["-" * width for width in widths]
    laid = (_laid(line, widths, numbers) for line in (lines[0], rule, *rows))
    return "\n".join(laid)


def as_csv(answer: QueryResult) -> str:
    """Write an answer as CSV; a blank is NULL."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(answer.columns)
    writer.writerows(["" if v is None else _text(v, "\n") for v in row] for row in answer.rows)
    return buffer.getvalue().removesuffix("\n")


def as_json(answer: QueryResult) -> str:
    """Write an answer as a list of objects.

    Raises:
        QueryError: Two columns have the same name.
    """
    twice = [name for name in answer.columns if answer.columns.count(name) > 1]
    if twice:
        raise QueryError(f"two columns are called {shown(twice[0])}; name one of them with AS")
    rows = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
    return json.dumps(rows, ensure_ascii=False, indent=1, default=bytes.hex)


def _text(value: Value, line_feed: str = " ") -> str:
    if value is None:
        return ""
    text = value.hex() if isinstance(value, bytes) else str(value)
    return text.replace("\n", line_feed)


def _laid(line: Sequence[str], widths: Sequence[int], numbers: Sequence[bool]) -> str:
    cells = []
    for text, width, number in zip(line, widths, numbers, strict=True):
        room = " " * (width - _width(text))
        cells.append(room + text if number else text + room)
    return "  ".join(cells).rstrip()


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)
