"""Python's own sqlite3, over the SQLite file."""

import sqlite3
import sys
from pathlib import Path

query = Path(__file__).with_name("asked.sql").read_text("utf-8")
with sqlite3.connect(f"file:{sys.argv[1]}/data/all.sqlite?mode=ro", uri=True) as connection:
    for row in connection.execute(query):
        print(*row, sep=",")
