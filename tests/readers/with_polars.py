"""polars, over the Parquet files."""

import sys

import polars
from polars import col

data = f"{sys.argv[1]}/data/parquet"
totals = polars.scan_parquet(f"{data}/totals.parquet")
facts = polars.scan_parquet(f"{data}/facts/**/*.parquet", hive_partitioning=False)

phase = polars.when(col("kind") == "budget").then(polars.lit("approved"))
asked = totals.filter(
    col("amount_year") == col("year"),
    col("concept").is_in(["total_expenditure", "three_public_expenses"]),
    col("budget_phase") == phase.otherwise(polars.lit("executed")),
).select("disclosure_id", "concept", "amount_yuan")
for row in asked.collect().rows():
    print(f"{row[0]},{row[1]},{row[2]:.0f}")

items = facts.filter(
    col("table_id").is_in(["budget-expenditure", "final-expenditure"]),
    col("role") == "item",
    col("column_role") == "total",
)
for row in items.group_by("disclosure_id").agg(col("amount_yuan").sum()).collect().rows():
    print(f"{row[0]},added,{row[1]:.0f}")
