"""Makes a small folder of data packages for the website's tests.

Two departments and three disclosures, with what goes wrong in practice: a very long department
name, a project whose name is HTML, another whose name looks like a formula, a table without a
single amount, blank cells, two-sided and two-panel tables, contradictions in tables, in prose,
in a title and between key projects and projects.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

HTML_NAME = "<script>alert(1)</script>项目"
FORMULA_NAME = "=1+1"
LONG_NAME = (
    "广州市海珠区推进粤港澳大湾区数字政府改革建设与政务服务数据管理协调工作领导小组办公室（本级）"
)
FIRST_NAME = "广州市海珠区政务服务和数据管理局"
GAPS_NAMES = ("编造区数据局", "编造区政务服务和数据局<b>")

SAMPLE = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
FIELDS: dict[str, list[str]] = {name: text.split() for name, text in SAMPLE["fields"].items()}
SIDES = {"two_sided": "direction", "two_panel": "panel"}

Entry = dict[str, Any]


def write_sample_packages(packages: Path) -> Path:
    """Write the sample packages into a new folder and return it."""
    packages.mkdir(parents=True)
    (packages / ".mingzhang").write_text("", encoding="utf-8")
    first, second = (
        {"id": i, "name": n, "nameEnglish": "A", "region": "440105", "regionName": "海珠区"}
        | {"level": "district"}
        for i, n in (("haizhu-data", FIRST_NAME), ("long-name", LONG_NAME))
    )
    disclosures = [
        _disclosure(packages, first, (2024, "budget"), Decimal("0.5")),
        _disclosure(packages, first, (2025, "budget"), Decimal(1)),
        _disclosure(packages, second, (2020, "final_accounts"), Decimal(1)),
    ]
    _consolidated(packages, disclosures)
    return packages


def write_many_packages(packages: Path, departments: int) -> Path:
    """Write that many made-up departments, each with a 2024 and a 2025 budget of its own size."""
    packages.mkdir(parents=True)
    (packages / ".mingzhang").write_text("", encoding="utf-8")
    disclosures = []
    for number in range(1, departments + 1):
        region, level = (("海珠区", "district"), ("广州市", "city"))[number % 5 == 0]
        who = {"id": f"made-{number:03}", "name": f"{region}第{number}号局（编造）"}
        who |= {"nameEnglish": "A", "region": "440105", "regionName": region, "level": level}
        for year in (2024, 2025):
            scale = Decimal(1 + number * 7 % 23) / (4 if year == 2024 else 3)
            disclosures.append(_disclosure(packages, who, (year, "budget"), scale))
    _consolidated(packages, disclosures)
    return packages


def write_packages_with_gaps(packages: Path) -> Path:
    """Write a department renamed between 2019 and 2021, and one of which one disclosure is held.

    Of 2019 and 2022 the budget is held (the latter with hardly a figure), of 2021 the final
    accounts, which print the year's adjusted budget; of 2020 nothing.
    """
    packages.mkdir(parents=True)
    (packages / ".mingzhang").write_text("", encoding="utf-8")
    shared = {"region": "440105", "regionName": "海珠区", "level": "district"}
    old, new = (
        shared | {"id": "gaps", "name": name, "nameEnglish": english}
        for name, english in ((GAPS_NAMES[0], "Old bureau"), (GAPS_NAMES[1], "New bureau"))
    )
    alone = shared | {"id": "long-name", "name": LONG_NAME, "nameEnglish": "A"}
    disclosures = [
        _disclosure(packages, old, (2019, "budget"), Decimal(1)),
        _disclosure(packages, new, (2021, "final_accounts"), Decimal(1), "final_accounts_planned"),
        _disclosure(packages, new, (2022, "budget"), Decimal(1), "budget_bare"),
        _disclosure(packages, alone, (2020, "final_accounts"), Decimal(1)),
    ]
    _consolidated(packages, disclosures)
    return packages


def write_packages_with_plans(packages: Path) -> Path:
    """Write final accounts of 2023 beside the budget of that year, and of 2024 with its plan."""
    packages.mkdir(parents=True)
    (packages / ".mingzhang").write_text("", encoding="utf-8")
    who = {"id": "haizhu-data", "name": FIRST_NAME, "nameEnglish": "A", "region": "440105"}
    who |= {"regionName": "海珠区", "level": "district"}
    final = "final_accounts"
    disclosures = [
        _disclosure(packages, who, (2023, "budget"), Decimal(1)),
        _disclosure(packages, who, (2023, final), Decimal(1), "final_accounts_planned"),
        _disclosure(packages, who, (2024, final), Decimal(1), "final_accounts_three_columns"),
    ]
    _consolidated(packages, disclosures)
    return packages


def write_narrative(package: Path, stated: Sequence[Entry]) -> None:
    """Write other statements into a package of the sample: their fields, the first is n1."""
    rows = [
        {"narrative_id": f"n{i}", "line": 3, "quote": SAMPLE["prose"]} | each
        for i, each in enumerate(stated, 1)
    ]
    _csv(package / "narrative.csv", FIELDS["narrative"], rows)
    rehash(package)


def _disclosure(
    packages: Path, who: Entry, what: tuple[int, str], scale: Decimal, form: str = ""
) -> Entry:
    year, kind = what
    slug = f"{year}-{kind.replace('_', '-')}"
    folder = packages / who["id"] / slug
    folder.mkdir(parents=True)
    base: Entry = {"department": who["id"], "year": year, "kind": kind, "form": form or kind}
    source: list[Entry] = []
    resources, facts = _tables(folder, SAMPLE[base["form"]], (base, scale), source)
    projects = _projects(base, scale, source) if base["form"] == "budget" else []
    derived = _derived(base, f"{who['id']}.{slug}")
    derived |= {"facts": facts, "projects": projects, "source": source}
    resources += [_derived_resource(folder, name, rows) for name, rows in sorted(derived.items())]
    _descriptor(folder, who, base | {"slug": slug}, resources)
    return base | {
        "disclosure_id": f"{who['id']}/{slug}",
        "name": who["name"],
        "tables": len(SAMPLE[base["form"]]),
        "facts": len(facts),
        "published": "2025-02-03" if year == 2025 else "",
        "retrieved": "2026-01-02",
        "revised": "2025-03-04" if year == 2025 else "",
    }


def _tables(
    folder: Path, forms: Sequence[Entry], how: tuple[Entry, Decimal], source: list[Entry]
) -> tuple[list[Entry], list[Entry]]:
    resources, facts = [], []
    for order, form in enumerate(forms, 1):
        _say(source, form["title"], "title", form["name"])
        rows = [_row(form, line, how[1], source) for line in form["rows"]]
        side = [SIDES[form["shape"]]] if form["shape"] in SIDES else []
        names = [
            "row_number",
            "row_id",
            *side,
            "code",
            "name",
            "label",
            "level",
            "role",
            *form["columns"],
            "line",
        ]
        _csv(folder / f"{form['name']}.csv", names, rows)
        resources.append(_table_resource(folder, form, order, names))
        facts += [f for line, row in zip(form["rows"], rows, strict=True)
                  for f in _facts(form, line, row, how[0])]  # fmt: skip
    return resources, facts


def _prefix(base: Entry) -> str:
    return f"{base['department']}.{base['year']}-{base['kind'].replace('_', '-')}"


def _say(source: list[Entry], text: str, use: str, table: str = "") -> int:
    number = len(source) + 1
    entry = {"line": number, "page": 1 + number // 20, "part": 2, "table_id": table}
    source.append(entry | {"line_use": use, "text": text})
    return number


def _row(form: Entry, line: Sequence[Any], scale: Decimal, source: list[Entry]) -> Entry:
    number, side, code, level, role, _, label, amounts = line
    scaled = [str((Decimal(a) * scale).quantize(Decimal("0.01"))) if a else "" for a in amounts]
    row = {
        "row_number": number,
        "row_id": f"r{number}",
        "code": code,
        "name": label,
        "label": label,
        "level": level,
    }
    row |= {"role": role, "line": _say(source, f"{label} {' '.join(scaled)}", "row", form["name"])}
    return (
        row | {SIDES.get(form["shape"], ""): side} | dict(zip(form["columns"], scaled, strict=True))
    )


def _facts(form: Entry, line: Sequence[Any], row: Entry, base: Entry) -> list[Entry]:
    _, side, code, level, role, item, label, _ = line
    kind = "economic" if code.startswith("3") else "functional"
    shared = base | {
        "table_id": form["name"], "row_number": row["row_number"],
        SIDES.get(form["shape"], "panel"): side,
        f"{kind}_code": code, f"{kind}_name": label if code else "", "item": item, "label": label,
        "level": level, "role": role, "printed_unit": "万元", "line": row["line"], "routes": "flow",
        "amount_year": base["year"],
    }  # fmt: skip
    if form.get("no_facts"):
        return []
    prefix = f"{_prefix(base)}.{form['name']}.r{row['row_number']}"
    prefix += f".{side}" if side else ""
    return [
        shared
        | SAMPLE["meanings"].get(column, {})
        | {"fact_id": f"{prefix}.{column}", "column_id": column, "printed": row[column]}
        | {"amount_yuan": Decimal(row[column]) * 10000}
        for column in form["columns"]
        if row[column]
    ]


def _projects(base: Entry, scale: Decimal, source: list[Entry]) -> list[Entry]:
    printed = [(HTML_NAME, "519.61", "目标一\n<b>目标二</b>"), (FORMULA_NAME, "686.56", "=cmd()"),
               ("区政府信息公开工作经费", "72.80", "")]  # fmt: skip
    return [
        base | {
            "project_id": f"{_prefix(base)}.budget-project-by-unit.r{4 - i}",
            "unit": FIRST_NAME, "name": name, "printed": amount,
            "amount_yuan": Decimal(amount) * 10000 * scale, "printed_unit": "万元",
            "performance_target": target, "key_project": "true" if i == 1 else "false",
            "line": _say(source, name, "row"),
        }
        for i, (name, amount, target) in enumerate(printed, 1)
    ]  # fmt: skip


def _derived(base: Entry, prefix: str) -> dict[str, list[Entry]]:
    code = {"code": "206", "name": "科学技术支出", "level": "class", "years": base["year"]}
    term = f"指预算单位取得的财政预算资金收入{base['year']}。"
    sections = [
        ("第一部分 概况", "duties", "主要职责", "（一）统筹。\n<i>（二）</i>"),
        ("第三部分 说明", "explanation", "收支", f"前言。\n{SAMPLE['prose']}\n后语72.80万元。"),
        ("第四部分 名词解释", "glossary", "财政拨款收入", term),
    ]
    problem = {"problem_id": "q1", "code": "unknown-label", "severity": "warning", "line": 3}
    problem |= {
        "file": f"{base['year']}.txt",
        "message": "不认识的行名 <x>",
        "mend": "在表的定义中加上它。",
    }
    return {
        "sections": [
            base | {"section_id": f"{prefix}.section.s{i}", "part_title": part, "topic": topic,
                    "number": "一", "heading": heading, "level": 1, "text": text, "line_start": 1}
            for i, (part, topic, heading, text) in enumerate(sections)
        ],
        "narrative": _narrative(base, prefix), "findings": _findings(base, prefix),
        "rules": _rules(), "problems": [problem],
        "codes-functional": [code], "codes-economic": [],
    }  # fmt: skip


def _narrative(base: Entry, prefix: str) -> list[Entry]:
    stated = SAMPLE["narrative"] if base["form"] == "budget" else []
    return [
        base | {"narrative_id": f"{prefix}.narrative.n{i}", "section_id": f"{prefix}.section.s1",
                "subject_text": subject, "measure": measure, "printed": printed,
                "printed_unit": "万元", "quote": SAMPLE["prose"], "line": 3, "page": 1}
        for i, (subject, measure, printed) in enumerate(stated, 1)
    ]  # fmt: skip


def _findings(base: Entry, prefix: str) -> list[Entry]:
    found = SAMPLE["findings"].get(base["form"], [])
    return [base | _finding(prefix, *each) for each in found]


def _finding(
    prefix: str, rule: str, outcome: str, place: str, expected: str, printed: str, apart: str,
    others: str,
) -> Entry:  # fmt: skip
    table, row, side, column = [*place.split("."), "", "", "", ""][:4]
    here = ".".join(part for part in place.split(".") if part)
    stated = table == "narrative"
    known = rule == "key-project"
    return {
        "finding_id": f"{prefix}.check.{rule}.{here or 'l3'}", "rule": rule, "outcome": outcome,
        "sentence": f"合计应等于各项之和 <{outcome}>。", "line": 3, "page": 1,
        **({"statement": f"{prefix}.{here}", "quote": SAMPLE["prose"]} if stated else
           {"table_id": table, "row_number": row.removeprefix("r"), "side": side,
            "column_id": column}),
        "expected": expected, "printed": printed, "difference": apart, "printed_unit": "万元",
        "inputs": " ".join(f"{prefix}.{each}" for each in (here, others) if each),
        "acknowledged": "对照原文看过 <b>" if known else "",
    }  # fmt: skip


def _rules() -> list[Entry]:
    return [
        {"rule": rule, "title": title, "level": level, "sentence": f"{title}应当相等 <i>。",
         "sentence_english": "They should be equal.", "tables": "各表", "condition": condition,
         "tolerance": "没有误差"}
        for rule, title, level, condition in SAMPLE["rules"]
    ]  # fmt: skip


def _csv(path: Path, fields: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fields, "", extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def rehash(package: Path) -> None:
    """Let a package's descriptor give the hashes of the files that a test has altered."""
    place = package / "datapackage.json"
    descriptor = json.loads(place.read_text(encoding="utf-8"))
    altered = False
    for resource in descriptor["resources"]:
        data = (package / resource["path"]).read_bytes()
        found = f"sha256:{hashlib.sha256(data).hexdigest()}"
        altered |= resource.get("hash", found) != found
        resource["hash"] = found
    if altered:
        place.write_text(json.dumps(descriptor, ensure_ascii=False), encoding="utf-8")


def _resource(folder: Path, name: str, fields: Sequence[Entry], **more: object) -> Entry:
    data = (folder / f"{name}.csv").read_bytes()
    lines = csv.reader(data.decode().splitlines(keepends=True))
    return {
        "name": name, "path": f"{name}.csv", "title": name, "description": f"{name} 的说明",
        "bytes": len(data), "hash": "sha256:" + hashlib.sha256(data).hexdigest(),
        "rows": sum(1 for _ in lines) - 1, "category": "derived", "order": 20,
        "schema": {"fields": fields},
    } | more  # fmt: skip


def _field(name: str, **more: object) -> Entry:
    return {"name": name, "type": "string", "title": name, "description": f"{name} 的说明"} | more


def _table_resource(folder: Path, form: Entry, order: int, names: Sequence[str]) -> Entry:
    headings = form["columns"]
    fields = [
        _field(n, type="number", title=headings[n][-1], headings=headings[n], measure=True)
        if n in headings
        else _field(n)
        for n in names
    ]
    more = {"shape": form["shape"], "unit": "万元", "notes": form.get("notes", []), "order": order}
    more |= {
        "title": form["title"],
        "titleEnglish": f"A table {order}",
        "category": "standard_table",
    }
    return _resource(folder, form["name"], fields, **more)


def _derived_resource(folder: Path, name: str, rows: Sequence[Entry]) -> Entry:
    _csv(folder / f"{name}.csv", FIELDS[name], rows)
    numbers = {"amount_yuan": "number", "line": "integer", "year": "year"}
    fields = [_field(n, type=numbers.get(n, "string")) for n in FIELDS[name]]
    return _resource(folder, name, fields)


def _descriptor(folder: Path, who: Entry, base: Entry, resources: Sequence[Entry]) -> None:
    word = "预算" if base["kind"] == "budget" else "决算"
    descriptor = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": f"{who['id']}-{base['slug']}",
        "title": f"{who['name']} {base['year']}年部门{word}",
        "description": "<b>说明</b>", "department": who, "year": base["year"], "kind": base["kind"],
        "unit": "万元", "resources": resources,
        "sources": [{"title": "部门预算", "path": "javascript:alert(1)",
                     "file": f"{base['year']}.txt", "hash": "sha256:" + "0" * 64,
                     "publisher": who["name"], "licence": "未注明"}],
    }  # fmt: skip
    _json(folder / "datapackage.json", descriptor)


def _json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1), encoding="utf-8")


def _consolidated(packages: Path, disclosures: Sequence[Entry]) -> None:
    folder = packages / "all"
    folder.mkdir()
    names = [("haizhu-data", "广州市海珠区政务服务数据管理局", 2019, 2023),
             ("haizhu-data", FIRST_NAME, 2024, ""), ("long-name", LONG_NAME, "", "")]  # fmt: skip
    if any(each["department"] == "gaps" for each in disclosures):
        names += [("gaps", GAPS_NAMES[0], 2019, 2019), ("gaps", GAPS_NAMES[1], 2021, "")]
    keys = ("department", "name", "first_year", "last_year")
    tables: dict[str, list[Entry]] = {
        "disclosures": list(disclosures),
        "department-names": [dict(zip(keys, name, strict=True)) for name in names],
    }
    tables["changes"] = _changes(disclosures)
    tables["earlier-facts"] = [
        {"version": "1.1.0", "disclosure_id": "haizhu-data/2025-budget", "fact_id": "earlier"}
    ]
    for name in FIELDS.keys() - tables.keys() - {"source"}:
        tables[name] = []
        for path in sorted(packages.glob(f"*/*/{name}.csv")):
            with path.open(encoding="utf-8", newline="") as file:
                tables[name] += list(csv.DictReader(file))
    tables["rules"] = _rules()
    resources = [_derived_resource(folder, name, rows) for name, rows in sorted(tables.items())]
    described = {"name": "mingzhang-all", "version": "1.2.0+0123456789abcdef"}
    _json(folder / "datapackage.json", described | {"resources": resources})


def _changes(disclosures: Sequence[Entry]) -> list[Entry]:
    """That each disclosure came, and what became of those of the sample since."""
    came = [
        {"version": "1.0.0", "disclosure_id": each["disclosure_id"], "subject": "disclosure",
         "identifier": each["disclosure_id"], "label": each["name"], "reason": "added",
         "date": each["published"]}
        for each in disclosures
    ]  # fmt: skip
    since = [dict(zip(FIELDS["changes"], row, strict=True)) for row in SAMPLE["changes"]]
    ids = {each["disclosure_id"] for each in disclosures} | {"withdrawn-data/2023-budget"}
    return came + [each for each in since if each["disclosure_id"] in ids]
