"""pandas, over the CSV files of the package with everything."""

import sys

import pandas

data = f"{sys.argv[1]}/data/all"
totals = pandas.read_csv(f"{data}/totals.csv")
facts = pandas.read_csv(f"{data}/facts.csv", dtype={"functional_code": str, "economic_code": str})

asked = totals[
    (totals.amount_year == totals.year)
    & totals.concept.isin(["total_expenditure", "three_public_expenses"])
    & totals.budget_phase.isin(["approved", "executed"])
]
asked = asked[(asked.kind == "budget") | (asked.budget_phase == "executed")]
for row in asked.itertuples():
    print(f"{row.disclosure_id},{row.concept},{row.amount_yuan:.0f}")

items = facts[
    facts.table_id.isin(["budget-expenditure", "final-expenditure"])
    & (facts.role == "item")
    & (facts.column_role == "total")
]
for disclosure, added in items.groupby("disclosure_id").amount_yuan.sum().items():
    print(f"{disclosure},added,{added:.0f}")
