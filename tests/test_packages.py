"""The data packages: valid, keyed, described in full, and the same bytes every time."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from generator.meaning.amounts import to_decimal
from generator.packages.validate import COLUMN_TYPES, validate_package
from tests.disclosure_texts import typeset
from tests.doors import (
    DISCLOSURES,
    FIVE,
    PACKAGES,
    ROOT,
    extract,
    files,
    fresh_packages,
    rows,
    write_settings,
)
from tests.made_budgets import sample_budget
from tests.text_styles import Style

Descriptor = dict[str, Any]
ALL = (*FIVE, "all")
_TOLD = ("title", "titleEnglish", "description", "descriptionEnglish")


@pytest.fixture(scope="module", params=ALL)
def package(request: pytest.FixtureRequest) -> Path:
    return fresh_packages() / str(request.param)


def descriptor_of(package: Path) -> Descriptor:
    loaded: Descriptor = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    return loaded


def resources_of(package: Path) -> dict[str, Descriptor]:
    return {resource["name"]: resource for resource in descriptor_of(package)["resources"]}


# ── what is described ────────────────────────────────────────────────────────────────────


def test_each_package_is_valid(package: Path) -> None:
    validate_package(package)


def test_each_package_says_what_it_is(package: Path) -> None:
    descriptor = descriptor_of(package)
    assert descriptor["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert "profile" not in descriptor
    for name in (*_TOLD, "licenses", "contributors", "sources"):
        assert descriptor[name], name
    assert re.fullmatch(r"[a-z0-9-]+", descriptor["name"])
    assert (descriptor["currency"], descriptor["language"]) == ("CNY", "zh-CN")


def test_each_source_is_named_with_its_hash(package: Path) -> None:
    for source in descriptor_of(package)["sources"]:
        data = (DISCLOSURES / source["file"]).read_bytes()
        assert source["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        assert source["licence"] and source["publisher"] and source["title"]


def test_each_file_has_the_bytes_rows_and_hash_that_it_should(package: Path) -> None:
    resources = resources_of(package)
    assert {each["path"] for each in resources.values()} == {p.name for p in package.glob("*.csv")}
    for resource in resources.values():
        data = (package / resource["path"]).read_bytes()
        assert resource["bytes"] == len(data)
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        assert resource["rows"] == len(rows(package / resource["path"]))
        assert not data.startswith(b"\xef\xbb\xbf") and b"\r" not in data.replace(b'"\r', b"")
        assert (resource["encoding"], resource["format"]) == ("utf-8", "csv")
        assert resource["category"] in ("standard_table", "derived", "code_list")


def test_each_field_is_described(package: Path) -> None:
    for resource in resources_of(package).values():
        assert all(resource.get(key) for key in _TOLD), resource["name"]
        for field in resource["schema"]["fields"]:
            place = f"{resource['name']}.{field['name']}"
            assert all(field.get(key) for key in _TOLD), place
            assert field["type"] in ("string", "integer", "number", "boolean", "date"), place
            assert field.get("columnType", "value") in COLUMN_TYPES, place
            if field.get("measure"):
                assert (field["type"], field["columnType"]) == ("number", "value"), place
        names = [field["name"] for field in resource["schema"]["fields"]]
        assert len(set(names)) == len(names)


def test_the_header_row_is_the_schema(package: Path) -> None:
    for resource in resources_of(package).values():
        with (package / resource["path"]).open(encoding="utf-8") as file:
            header = file.readline().rstrip("\n").split(",")
        assert header == [field["name"] for field in resource["schema"]["fields"]]


def test_amounts_are_plain_numbers_with_their_decimals(package: Path) -> None:
    for resource in resources_of(package).values():
        measures = [
            f["name"] for f in resource["schema"]["fields"] if f.get("columnType") == "value"
        ]
        for row in rows(package / resource["path"]):
            for name in measures:
                assert re.fullmatch(r"(?:-?\d+(?:\.\d+)?)?", row[name])
    for fact in rows(package / "facts.csv"):
        assert re.fullmatch(r"-?\d+\.\d{2,}", fact["amount_yuan"])
        factor = {"元": 1, "万元": 10_000}[fact["printed_unit"]]
        assert Decimal(fact["amount_yuan"]) == to_decimal(fact["printed"]) * factor


def test_each_table_has_its_unit_heading_and_place(package: Path) -> None:
    tables = [r for r in resources_of(package).values() if r["category"] == "standard_table"]
    for resource in tables:
        if resource["shape"] not in ("indicators", "self_evaluation"):
            assert resource["unit"] == "万元"
        first, last = resource["lines"]
        lines = rows(package / "source.csv")[first - 1 : last]
        own = [line for line in lines if line["table_id"] not in ("", resource["name"])]
        assert resource["heading"] and first < last and own == []
    assert len({resource["order"] for resource in tables}) == len(tables)


# ── keys ─────────────────────────────────────────────────────────────────────────────────


def test_keys_are_unique(package: Path) -> None:
    for resource in resources_of(package).values():
        key = resource["schema"]["primaryKey"]
        values = [tuple(row[name] for name in key) for row in rows(package / resource["path"])]
        assert len(set(values)) == len(values), resource["name"]
        unique = [
            field["name"]
            for field in resource["schema"]["fields"]
            if field.get("constraints", {}).get("unique")
        ]
        for name in unique:
            column = [row[name] for row in rows(package / resource["path"])]
            assert len(set(column)) == len(column), f"{resource['name']}.{name}"


def test_foreign_keys_lead_somewhere(package: Path) -> None:
    resources = resources_of(package)
    count = 0
    for resource in resources.values():
        for key in resource["schema"].get("foreignKeys", ()):
            target = resources[key["reference"]["resource"] or resource["name"]]
            known = {
                tuple(row[name] for name in key["reference"]["fields"])
                for row in rows(package / target["path"])
            }
            for row in rows(package / resource["path"]):
                value = tuple(row[name] for name in key["fields"])
                assert not any(value) or value in known, f"{resource['name']}: {value}"
                count += any(value)
    assert count


def test_inputs_of_findings_are_facts_or_stated(package: Path) -> None:
    known = {fact["fact_id"] for fact in rows(package / "facts.csv")}
    known |= {each["narrative_id"] for each in rows(package / "narrative.csv")}
    for finding in rows(package / "findings.csv"):
        # The amounts of the key-project table are those of the project table, so no facts again;
        # those of self-evaluations stand in a table of words.
        own = (".key-projects.", ".project-performance.")
        inputs = {e for e in finding["inputs"].split() if not any(table in e for table in own)}
        assert inputs <= known
        assert bool(finding["difference"]) == bool(finding["expected"])
        if finding["difference"]:
            difference = Decimal(finding["printed"]) - Decimal(finding["expected"])
            assert difference == Decimal(finding["difference"])


def test_what_differs_says_of_which_figures(package: Path) -> None:
    for finding in rows(package / "findings.csv"):
        if finding["outcome"] == "differs":
            assert finding["inputs"] or finding["line"]


def test_a_stated_figure_stands_in_its_quote_and_line(package: Path) -> None:
    texts = {section["section_id"]: section["text"] for section in rows(package / "sections.csv")}
    for each in rows(package / "narrative.csv"):
        assert each["printed"] in each["quote"] and each["quote"] in texts[each["section_id"]]
        if each["value"]:
            assert to_decimal(each["printed"]) == Decimal(each["value"])


def test_findings_name_their_rule_and_are_told_apart(package: Path) -> None:
    known = {rule["rule"]: rule["level"] for rule in rows(package / "rules.csv")}
    found = rows(package / "findings.csv")
    assert len({each["finding_id"] for each in found}) == len(found)
    for each in found:
        assert f".check.{each['rule']}." in each["finding_id"]
        if known[each["rule"]] == "form":
            assert each["outcome"] != "differs"


def test_the_code_lists_hold_the_codes_of_the_facts(package: Path) -> None:
    for kind, sizes in (("functional", (3, 5, 7)), ("economic", (3, 5))):
        codes = {row["code"]: row for row in rows(package / f"codes-{kind}.csv")}
        used = {f[f"{kind}_code"] for f in rows(package / "facts.csv")} - {""}
        assert set(codes) == used
        assert {len(code) for code in codes} <= set(sizes)
        for code, row in codes.items():
            assert row["parent"] == "" or code.startswith(row["parent"])


# ── across packages ──────────────────────────────────────────────────────────────────────


def test_the_consolidated_files_are_those_of_the_packages_together() -> None:
    packages = fresh_packages()
    for name in ("facts", "projects", "sections", "narrative", "findings"):
        together = [row for each in FIVE for row in rows(packages / each / f"{name}.csv")]
        # Of findings that hold it has the counts, as the next test says.
        together = [row for row in together if row.get("outcome") != "holds"]
        key = f"{name.removesuffix('s')}_id"
        consolidated = rows(packages / "all" / f"{name}.csv")
        assert {row[key]: row for row in consolidated} == {row[key]: row for row in together}
        assert len(consolidated) == len(together)


def test_the_counted_findings_are_those_of_the_packages() -> None:
    packages, found = fresh_packages(), Counter[tuple[str, str, str]]()
    for each in FIVE:
        for row in rows(packages / each / "findings.csv"):
            found[row["disclosure_id"], row["rule"], row["outcome"]] += 1
    counted = {
        (row["disclosure_id"], row["rule"], outcome): int(row[outcome])
        for row in rows(packages / "all" / "findings-counted.csv")
        for outcome in ("holds", "rounding", "differs", "cannot_tell", "remark")
    }
    assert {key: count for key, count in counted.items() if count} == found


def test_the_register_counts_what_the_packages_hold() -> None:
    packages = fresh_packages()
    disclosures = rows(packages / "all" / "disclosures.csv")
    assert [each["disclosure_id"] for each in disclosures] == sorted(FIVE)
    for each in disclosures:
        package = packages / each["disclosure_id"]
        assert int(each["facts"]) == len(rows(package / "facts.csv"))
        assert int(each["projects"]) == len(rows(package / "projects.csv"))
        assert int(each["problems"]) == len(rows(package / "problems.csv"))
        form = {r["rule"] for r in rows(package / "rules.csv") if r["level"] == "form"}
        findings = [
            row["outcome"]
            for row in rows(package / "findings.csv")
            if row["outcome"] == "remark" or row["rule"] not in form
        ]
        for outcome in ("holds", "rounding", "differs", "cannot_tell", "remark"):
            assert int(each[f"findings_{outcome}"]) == findings.count(outcome)


def test_haizhu_is_one_department_with_two_names() -> None:
    everything = fresh_packages() / "all"
    haizhu = "guangzhou-haizhu-government-services-data"
    names = [
        row["name"]
        for row in rows(everything / "department-names.csv")
        if row["department"] == haizhu
    ]
    assert names == ["广州市海珠区政务服务数据管理局", "广州市海珠区政务服务和数据管理局"]
    disclosures = [r for r in rows(everything / "disclosures.csv") if r["department"] == haizhu]
    assert [(row["year"], row["name"]) for row in disclosures] == [
        ("2020", names[0]),
        ("2025", names[1]),
    ]
    departments = rows(everything / "departments.csv")
    assert len(departments) == len({row["department"] for row in departments}) == 4
    (row,) = [row for row in departments if row["department"] == haizhu]
    assert (row["name"], row["bureau_kind"]) == (names[1], "government-services-data")


def test_codes_have_the_names_under_which_they_were_seen() -> None:
    codes = {r["code"]: r for r in rows(fresh_packages() / "all" / "codes-functional.csv")}
    # 国有土地使用权出让收入安排的支出 was longer in 2020.
    assert codes["21208"]["name"] == "国有土地使用权出让收入安排的支出"
    assert codes["21208"]["other_names"] == (
        "国有土地使用权出让收入及对应专项债务收入安排的支出 (2020)"
    )
    assert codes["206"]["years"] == "2020 2024 2025"
    assert codes["2060503"]["parent"] == "20605"


# ── the same bytes ───────────────────────────────────────────────────────────────────────


def test_extracting_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    """Each with a cache of its own, and found in another order."""
    texts = {f"{name}.txt": typeset(sample_budget(f"广州市{name}局"), Style()) for name in "甲乙丙"}
    for folder, order in (("one", texts), ("two", dict(reversed(texts.items())))):
        (tmp_path / folder / "disclosures").mkdir(parents=True)
        for name, data in order.items():
            (tmp_path / folder / "disclosures" / name).write_bytes(data)
        assert extract(tmp_path / folder).exit_code == 0
    assert files(tmp_path / "one" / "packages") == files(tmp_path / "two" / "packages")


def test_the_committed_packages_are_a_fresh_extract_on_any_machine(tmp_path: Path) -> None:
    """In another folder, time zone, locale and order of hashes, with nothing in the cache."""
    settings = write_settings(tmp_path)
    shutil.copyfile(ROOT / "data/acknowledged.yaml", tmp_path / "acknowledged.yaml")
    environment = {
        **os.environ, "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "7",
        "PYTHONPATH": str(ROOT), "PYTHONUTF8": "0",
    }  # fmt: skip
    program = "from generator.cli import main; main()"
    arguments = ["extract", "--config", str(settings), "--disclosures", str(DISCLOSURES)]
    subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=tmp_path, env=environment, check=True, capture_output=True,
    )  # fmt: skip
    fresh, committed = files(tmp_path / "packages"), files(PACKAGES)
    assert sorted(fresh) == sorted(committed)
    assert [name for name in fresh if fresh[name] != committed[name]] == []
