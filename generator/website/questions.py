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
from generator.problems import PackageError
from generator.website.amounts import as_printed
from generator.website.language import Bilingual
from generator.website.terms import Plain, TermId

#: A page shows so many rows of an answer; whoever wants all asks for them.
_SHOWN = 20
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


def answered(questions: Sequence[WrittenQuestion], database: bytes) -> list[AnsweredQuestion]:
    """Ask each question of the SQLite file of everything."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(database)
        return [_answered(each, connection) for each in questions]


def _answered(asked: WrittenQuestion, connection: sqlite3.Connection) -> AnsweredQuestion:
    said = (asked.id, Bilingual(asked.question, asked.english), asked.sql, asked.pandas)
    try:
        cursor = connection.execute(asked.sql)
        rows = cursor.fetchall()
    except sqlite3.Error as error:
        return AnsweredQuestion(*said, failed=str(error))
    columns = tuple(each[0] for each in cursor.description)
    numeric = tuple(
        any(isinstance(row[at], int | float) for row in rows) and columns[at] != "year"
        for at in range(len(columns))
    )
    shown = tuple(
        tuple(_text(value, number) for value, number in zip(row, numeric, strict=True))
        for row in rows[:_SHOWN]
    )
    return AnsweredQuestion(*said, columns, shown, numeric, len(rows))


def _text(value: object, number: bool) -> str:
    text = "" if value is None else str(value)
    if isinstance(value, float):
        text = f"{value:.2f}".rstrip("0").rstrip(".")
    return as_printed(text) if number and text else text
