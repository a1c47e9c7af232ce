"""Questions in SQL, broken or hostile: those of the written pages, and of the command line."""

from __future__ import annotations

import json
from collections.abc import Iterator

from tests.hostile.attack import RENDER, TOLD, Attack, put
from tests.hostile.people import BYTES, YAML

_ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x FROM n) SELECT {} FROM n"
_SQL = (
    *("ATTACH 'evil' AS x", "VACUUM INTO 'evil'", "CREATE TABLE x (a)", "DELETE FROM facts"),
    *("PRAGMA writable_schema = 1", "SELECT 1; SELECT 2", "SELECT", "-- nothing", "nonsense", "\0"),
    *("SELECT zeroblob(900000000)", "SELECT x'ff'", "SELECT char(0), char(27), char(55296)"),
    *("SELECT random()", "SELECT datetime('now')", "SELECT load_extension('x')", "SELECT 9e999"),
    *("SELECT '<script>' AS '<b>'", "SELECT 1 AS a, 2 AS a", "SELECT * FROM facts", "\ud800"),
    *("SELECT " + "(" * 5000, "SELECT 1" + " + 1" * 5000, "SELECT '" + "x" * 1_000_000 + "'"),
    *("SELECT fts3_tokenizer('x')", "EXPLAIN SELECT 1", "BEGIN", "SELECT readfile('/etc/passwd')"),
)


def attacks() -> Iterator[Attack]:
    """All attacks by questions."""
    for title, data in {**YAML, **BYTES}.items():
        empty = title in ("null", "bom only")
        codes = frozenset({0}) if empty else TOLD
        yield Attack("questions", title, put("own-content/questions.yaml", data), RENDER, codes)
    for sql in (*_SQL, _ENDLESS.format("count(*)"), _ENDLESS.format("x")):
        entry = {"id": "a", "question": "问", "english": "q", "pandas": "x", "sql": sql}
        change = put("own-content/questions.yaml", json.dumps([entry]))
        yield Attack("questions", f"{sql[:30]!a}, shown", change, RENDER, frozenset({0, 2}))
    for sql in _SQL:
        if "\0" not in sql:  # no argument of a program has one
            yield Attack(
                "questions",
                f"{sql[:30]!a}, asked",
                lambda folder: None,
                ("query", sql),
                frozenset({0, 2}),
            )
