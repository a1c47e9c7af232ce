"""DuckDB, over the Parquet files."""

import sys
from pathlib import Path

import duckdb

data = f"{sys.argv[1]}/data/parquet"
for table, path in (("totals", "totals.parquet"), ("facts", "facts/**/*.parquet")):
    duckdb.execute(f"CREATE VIEW {table} AS FROM read_parquet('{data}/{path}')")
for row in duckdb.execute(Path(__file__).with_name("asked.sql").read_text("utf-8")).fetchall():
    print(*row, sep=",")
