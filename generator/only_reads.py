"""SQL that only reads: what a question that somebody wrote may do with a file of SQLite."""

from __future__ import annotations

import sqlite3
from collections.abc import Set

#: What a statement that only reads may do; SQLite asks of each step. No ATTACH, no PRAGMA.
_READING = {
    sqlite3.SQLITE_SELECT,
    sqlite3.SQLITE_READ,
    sqlite3.SQLITE_FUNCTION,
    sqlite3.SQLITE_RECURSIVE,
}


def only_read(database: sqlite3.Connection, without: Set[str] = frozenset()) -> None:
    """Refuse whatever is not reading, and all functions of these names.

    A statement that is refused is an sqlite3.DatabaseError, “not authorized” or “prohibited”.
    """

    def allowed(action: int, _first: str | None, second: str | None, *_: str | None) -> int:
        refused = action == sqlite3.SQLITE_FUNCTION and str(second).lower() in without
        return sqlite3.SQLITE_OK if action in _READING and not refused else sqlite3.SQLITE_DENY

    database.set_authorizer(allowed)
