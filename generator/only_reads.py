"""SQL that only reads: what a question that somebody wrote may do with a file of SQLite."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Set
from contextlib import contextmanager

#: What a statement that only reads may do; SQLite asks of each step. No ATTACH, no PRAGMA.
_READING = {
    sqlite3.SQLITE_SELECT,
    sqlite3.SQLITE_READ,
    sqlite3.SQLITE_FUNCTION,
    sqlite3.SQLITE_RECURSIVE,
}
#: No text of an answer is longer than this.
_LONGEST = 10_000_000
_STEPS = 1_000_000  # of SQLite's machine, some hundredths of a second


def only_read(database: sqlite3.Connection, without: Set[str] = frozenset()) -> None:
    """Refuse whatever is not reading, all functions of these names, and texts beyond measure.

    A statement that is refused is an sqlite3.DatabaseError, “not authorized” or “prohibited”; a
    text that is too long an sqlite3.DataError.
    """
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)

    def allowed(action: int, _first: str | None, second: str | None, *_: str | None) -> int:
        refused = action == sqlite3.SQLITE_FUNCTION and str(second).lower() in without
        return sqlite3.SQLITE_OK if action in _READING and not refused else sqlite3.SQLITE_DENY

    database.set_authorizer(allowed)


@contextmanager
def ending(database: sqlite3.Connection, millions: int | None = None) -> Iterator[None]:
    """Let what the body asks end at Ctrl-C, of which SQLite hears nothing, or after ``millions``.

    Those are of steps, not of seconds: a clock would tell another end each time. After so many the
    body ends with an sqlite3.OperationalError, “interrupted”.
    """
    done = 0

    def over() -> bool:
        nonlocal done
        done += 1
        return millions is not None and done > millions

    database.set_progress_handler(over, _STEPS)
    try:
        yield
    except sqlite3.OperationalError as error:
        if str(error) == "interrupted" and not (millions and done > millions):
            raise KeyboardInterrupt from error
        raise
    finally:
        database.set_progress_handler(None, _STEPS)
