"""What a built site says: its JSON's figures, and items added up from its printed tables."""

import csv
import json
import sys
from decimal import Decimal
from pathlib import Path

CONCEPTS = ("total_expenditure", "three_public_expenses")
YUAN = {"元": Decimal(1), "万元": Decimal(10000)}

site = Path(sys.argv[1])
for path in sorted(site.glob("data/*/*/datapackage.json")):
    package = json.loads(path.read_text(encoding="utf-8"))
    disclosure = "/".join(path.parent.relative_to(site / "data").parts)
    figures = json.loads((site / f"data/json/disclosures/{disclosure}.json").read_text("utf-8"))
    for concept in CONCEPTS:
        if concept in figures["figures"]:
            print(f"{disclosure},{concept},{round(figures['figures'][concept]['amount_yuan'])}")
    for resource in package["resources"]:
        if resource["name"] in ("budget-expenditure", "final-expenditure"):
            with (path.parent / resource["path"]).open(encoding="utf-8", newline="") as file:
                items = [row["total"] for row in csv.DictReader(file) if row["role"] == "item"]
            added = (
                sum((Decimal(item) for item in items if item), Decimal()) * YUAN[resource["unit"]]
            )
            print(f"{disclosure},added,{round(added)}")
