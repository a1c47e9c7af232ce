"""The questions that the site answers: SQLite, DuckDB and pandas say the same to a stranger."""

import csv
import signal
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import duckdb
import pandas
import pytest

from generator.only_reads import ending
from generator.website.files.questions import (
    AnsweredQuestion,
    WrittenQuestion,
    answered,
    read_questions,
)
from generator.website.files.sqlite_file import write_sqlite
from generator.website.published.descriptor import read_packages
from tests.doors import PACKAGES, ROOT

QUESTIONS = read_questions(ROOT / "content" / "questions.yaml")
ASKED = ("facts", "totals", "disclosures", "projects", "cases", "codes-functional")
#: Codes are text, whoever reads; all else is what a reader takes it for.
CODES = ("functional_class", "functional_code", "economic_class", "economic_code", "code")
Answer = list[tuple[str, ...]]


def plain(rows: Sequence[Sequence[object]]) -> Answer:
    """An answer as texts, its numbers as numbers of one kind."""
    return [tuple(_plain(value) for value in row) for row in rows]


def _plain(value: object) -> str:
    try:
        return f"{float(str(value)):.2f}"
    except ValueError:
        return str(value)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("questions") / "all.sqlite"
    write_sqlite(read_packages(PACKAGES).consolidated, path)
    return path


@pytest.fixture(scope="module")
def ducks() -> Iterator[duckdb.DuckDBPyConnection]:
    """DuckDB over the CSV files, with what the page says of the start."""
    with duckdb.connect() as connection:
        for name in ASKED:
            path = PACKAGES / "all" / f"{name}.csv"
            types = {code: "VARCHAR" for code in CODES if code in header(path)}
            view = name.replace("-", "_")
            connection.execute(
                f"CREATE VIEW {view} AS FROM read_csv('{path.as_posix()}', types = {types})"
            )
        yield connection


def header(path: Path) -> list[str]:
    with path.open(encoding="utf-8", newline="") as file:
        return next(csv.reader(file))


@pytest.fixture(scope="module")
def frames() -> dict[str, pandas.DataFrame]:
    return {
        name.replace("-", "_"): pandas.read_csv(
            PACKAGES / "all" / f"{name}.csv", dtype=dict.fromkeys(CODES, str)
        )
        for name in ASKED
    }


def test_there_are_eight_questions() -> None:
    assert len(QUESTIONS) == len({each.id for each in QUESTIONS}) == 8


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda each: each.id)
def test_every_tool_gives_the_same_answer(
    question: WrittenQuestion,
    database: Path,
    ducks: duckdb.DuckDBPyConnection,
    frames: dict[str, pandas.DataFrame],
) -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(database.read_bytes())
        first = plain(connection.execute(question.sql).fetchall())
    assert len(first) >= 2
    assert plain(ducks.execute(question.sql).fetchall()) == first
    known: dict[str, object] = dict(frames)
    exec(question.pandas, known)
    answer = known["answer"]
    assert isinstance(answer, pandas.DataFrame)
    assert plain(answer.values.tolist()) == first


def test_the_page_has_the_answers(database: Path) -> None:
    found = {each.id: each for each in answered(QUESTIONS, database)}
    assert not [each.failed for each in found.values() if each.failed]
    assert found["how-much"].rows[0][-2:] == ("1,018,207,300", "88.4")
    assert found["contradictions"].count == 3


def test_no_question_does_anything_but_read(database: Path, tmp_path: Path) -> None:
    file = tmp_path / "x"
    for sql in (f"ATTACH '{file}' AS x", f"VACUUM INTO '{file}'", "DELETE FROM facts", "PRAGMA x"):
        question = WrittenQuestion("id", "问", "Question", sql, "answer = 1")
        assert answered([question], database)[0].failed, sql
    assert not file.exists()


def test_a_question_without_end_has_no_answer(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.website.files.questions._MOST_MILLIONS", 1)
    endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x FROM n) SELECT x FROM n"
    question = WrittenQuestion("id", "问", "Question", endless, "answer = 1")
    first, second = answered([question, QUESTIONS[0]], database)
    assert (first.failed, second.failed) == ("interrupted", "")


def test_ctrl_c_ends_a_question() -> None:
    """SQLite hears nothing of it: it ends at the next of the steps that are counted."""
    call = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x FROM n) SELECT count(*) FROM n"
    threading.Timer(0.1, signal.pthread_kill, (threading.get_ident(), signal.SIGINT)).start()
    with (
        closing(sqlite3.connect(":memory:")) as connection,
        pytest.raises(KeyboardInterrupt),
        ending(connection),
    ):
        connection.execute(call).fetchall()


def test_a_question_that_these_data_cannot_answer_says_why(database: Path) -> None:
    def asked(sql: str) -> AnsweredQuestion:
        question = WrittenQuestion("id", "问", "Question", sql, "answer = 1")
        return answered([question], database)[0]

    assert "no such table" in asked("SELECT * FROM nowhere").failed
    assert "not authorized" in asked("SELECT random()").failed
    assert asked("SELECT randomblob(1) AS x").failed and asked("SELECT zeroblob(11000000)").failed
    assert "surrogates" in asked("SELECT '\ud800'").failed
    assert asked("-- nothing").failed == "no SELECT"
    many = asked("SELECT fact_id FROM facts")
    assert many.count == 4620 and len(many.rows) == 20
