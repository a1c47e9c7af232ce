"""Real questions, each with the query that answers it and what it answers here and now.

`content/questions.yaml` has them; the answers are asked of the SQLite file that the site offers.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from msgspec import Meta, Struct

from generator.checked_files import CHINESE, checked_yaml
from generator.only_reads import ending, only_read
from generator.problems import PackageError
from generator.website.wording.amounts import as_printed
from generator.website.wording.language import Bilingual
from generator.website.wording.terms import Plain, TermId

#: A page shows so many rows of an answer; whoever wants all asks for them.
_SHOWN = 20
#: Functions that answer otherwise at each build.
_UNSTEADY = {
    *("random", "randomblob", "date", "time", "datetime", "julianday", "unixepoch", "strftime"),
    *("timediff", "current_date", "current_time", "current_timestamp"),
}
#: A question that goes on for so many million steps has no answer.
_MOST_MILLIONS = 300
Code = Annotated[str, Meta(min_length=1)]


class WrittenQuestion(Struct, frozen=True, forbid_unknown_fields=True):
    """A question as the file has it: in both languages, its query, and the same in pandas."""

    id: TermId
    question: Plain
    english: Plain
    sql: Code
    pandas: Code


@dataclass(frozen=True)
class AnsweredQuestion:
    """A question and its answer: the columns, the rows that are shown, and how many there are.

    `failed` says why there is no answer: these packages may lack what it asks for.
    """

    id: str
    question: Bilingual
    sql: str
    pandas: str
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    numeric: tuple[bool, ...] = ()
    count: int = 0
    failed: str = ""


def read_questions(path: Path) -> tuple[WrittenQuestion, ...]:
    """Read the questions; none where there is no such file.

    Raises:
        PackageError: It is not what it should be.
    """
    written = tuple[WrittenQuestion, ...]
    if not path.is_file():
        return ()
    return checked_yaml(path, written, PackageError, words=CHINESE, empty=())


def answered(questions: Sequence[WrittenQuestion], database: Path) -> list[AnsweredQuestion]:
    """Ask each question of the SQLite file of everything."""
    address = f"{database.absolute().as_uri()}?mode=ro&immutable=1"
    with closing(sqlite3.connect(address, uri=True)) as connection:
        only_read(connection, without=_UNSTEADY)
        return [_answered(each, connection) for each in questions]


def _answered(asked: WrittenQuestion, connection: sqlite3.Connection) -> AnsweredQuestion:
    said = (asked.id, Bilingual(asked.question, asked.english), asked.sql, asked.pandas)
    try:
        with ending(connection, _MOST_MILLIONS):
            cursor = connection.execute(asked.sql)
            rows, counts, count = _first(cursor)
    except (sqlite3.Error, sqlite3.Warning, UnicodeEncodeError) as error:
        return AnsweredQuestion(*said, failed=str(error))
    columns = tuple(each[0] for each in cursor.description or ())
    if not columns:
        return AnsweredQuestion(*said, failed="no SELECT")
    numeric = tuple(at in counts and name != "year" for at, name in enumerate(columns))
    shown = tuple(
        tuple(_text(value, number) for value, number in zip(row, numeric, strict=True))
        for row in rows
    )
    return AnsweredQuestion(*said, columns, shown, numeric, count)


def _first(cursor: sqlite3.Cursor) -> tuple[list[tuple[object, ...]], set[int], int]:
    """The first rows, the columns in which any row has a number, and how many rows there are."""
    rows: list[tuple[object, ...]] = []
    numbers, count = set[int](), 0
    for count, row in enumerate(cursor, 1):
        numbers |= {at for at, value in enumerate(row) if isinstance(value, int | float)}
        if count <= _SHOWN:
            rows.append(row)
    return rows, numbers, count


def _text(value: object, number: bool) -> str:
    text = "" if value is None else str(value)
    if isinstance(value, float):
        text = f"{value:.2f}".rstrip("0").rstrip(".")
    return as_printed(text) if number and text else text
