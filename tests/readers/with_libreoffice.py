"""LibreOffice, over the Excel files of each disclosure: it saves their sheets as CSV."""

import csv
import shutil
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

CONCEPTS = {"total_expenditure", "three_public_expenses"}
TABLES = {"支出总体情况表", "支出决算表"}
PHASES = {"部门预算": "批复的预算", "部门决算": "决算"}
#: Comma, quotes, UTF-8, from the first row, values as shown, every sheet in a file of its own.
AS_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"

site, work = Path(sys.argv[1]), Path(sys.argv[2])


def sheets(book: Path) -> Iterator[list[dict[str, str]]]:
    shutil.rmtree(work, ignore_errors=True)
    profile = f"-env:UserInstallation={(work / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", AS_CSV, "--outdir", str(work)]
    subprocess.run([*command, str(book)], check=True, capture_output=True)
    for path in sorted(work.glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield list(csv.DictReader(file))


def yuan(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


for totals in sorted(site.glob("downloads/*/*/totals.xlsx")):
    disclosure = "/".join(totals.parent.relative_to(site / "downloads").parts)
    for row in (row for sheet in sheets(totals) for row in sheet if row.get("术语") in CONCEPTS):
        if row["数字的年份"] == row["年份"] and row["数字的阶段"] == PHASES[row["种类"]]:
            print(f"{disclosure},{row['术语']},{round(yuan(row['金额（元）']))}")
    added = Decimal()
    for sheet in sheets(totals.with_name("facts.xlsx")):
        for row in sheet:
            if (row.get("表"), row.get("角色"), row.get("列的角色")) in {
                (table, "明细", "总数") for table in TABLES
            }:
                added += yuan(row["金额（元）"])
    print(f"{disclosure},added,{round(added)}")
