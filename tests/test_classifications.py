"""The official codes by year, the international classes beside them, and the money mapped."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from generator.meaning.bureaus import bureau_kinds, kind_of
from generator.meaning.crosswalks import (
    SCHEME_OF,
    SCHEMES,
    crosswalk,
    international_classes,
    load_crosswalk,
    mapped,
)
from generator.meaning.definitions import classes
from generator.meaning.official_codes import (
    CLASSIFICATIONS,
    OfficialClassification,
    load_official_names,
    official_names,
    parent_of,
)
from generator.meaning.wording import fold
from generator.packages.mapped_money import MoneyCoverage, mapped_money
from generator.packages.resources import Resource, Value, dictionary, listed, text
from generator.problems import DefinitionError
from tests.doors import PACKAGES, rows

ALL = PACKAGES / "all"
_OTHER_NAME = re.compile(r"(?P<name>.+) \((?P<years>[0-9, ]+)\)")
#: As much as the roundings of a table's rows may differ from its total.
ROUNDING = Decimal(5_000)

# ── the official lists ───────────────────────────────────────────────────────────────────


def printed(classification: str) -> list[tuple[str, str, set[int]]]:
    """The codes that the committed packages print, with each name and its years."""
    found = []
    for row in rows(ALL / f"codes-{classification}.csv"):
        others = [
            _OTHER_NAME.fullmatch(each) for each in filter(None, row["other_names"].split("|"))
        ]
        said = [(each["name"], set(map(int, each["years"].split(", ")))) for each in others if each]
        rest = set(map(int, row["years"].split())) - {year for _, years in said for year in years}
        found += [(row["code"], name, years) for name, years in [(row["name"], rest), *said]]
    return found


@pytest.mark.parametrize("classification", ["functional", "economic"])
def test_every_printed_code_is_official_under_its_name_in_its_year(
    classification: OfficialClassification,
) -> None:
    official = {(n.code, fold(n.name)): n for n in official_names(classification)}
    for code, name, years in printed(classification):
        found = official[code, fold(name)]
        assert all((found.since or 0) <= year <= (found.until or 9999) for year in years), code


@pytest.mark.parametrize("classification", ["functional", "economic"])
def test_the_classes_that_summaries_print_are_the_official_ones(
    classification: OfficialClassification,
) -> None:
    official = {n.code: n for n in official_names(classification) if not n.ended}
    known = {entry.code: entry for entry in classes(classification).values() if entry.code}
    for code, entry in known.items():
        assert official[code].name == entry.names[0]
    assert {code for code in official if not parent_of(code)} == known.keys()


def test_a_renamed_code_has_a_name_for_each_year_and_a_merged_one_leads_on() -> None:
    names = official_names("functional")
    assert [(n.name, n.since, n.until) for n in names if n.code == "210"] == [
        ("医疗卫生与计划生育支出", None, 2018),
        ("卫生健康支出", 2019, None),
    ]
    assert {n.became for n in names if n.code == "22004"} == {"22405"}
    for classification in CLASSIFICATIONS:
        by_code: dict[str, list[tuple[int, int]]] = {}
        for each in official_names(classification):
            if not each.year_unknown:
                span = (each.since or 0, each.until or 9999)
                by_code.setdefault(each.code, []).append(span)
        for code, spans in by_code.items():
            ends = [end for span in sorted(spans) for end in span]
            assert ends == sorted(ends), f"{code} has two names in one year"


BROKEN = {
    "twice": ('- {code: "201", name: 甲}\n- {code: "201", name: 甲}\n', 2, "is there twice"),
    "orphan": ('- {code: "20101", name: 甲}\n', 1, "expected its parent 201"),
    "nowhere": ('- {code: "201", name: 甲, became: "202"}\n', 1, "a code of this list"),
    "backwards": ('- {code: "201", name: 甲, since: 2020, until: 2019}\n', 1, "2020 or later"),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_a_slip_in_an_official_list_is_refused_at_its_line(tmp_path: Path, broken: str) -> None:
    written, line, words = BROKEN[broken]
    path = tmp_path / "official.yaml"
    path.write_text(written, encoding="utf-8")
    with pytest.raises(DefinitionError, match=words) as refused:
        load_official_names(path)
    assert str(refused.value).startswith(f"{path}:{line}: ")


# ── the international classes ────────────────────────────────────────────────────────────


@pytest.mark.parametrize("classification", CLASSIFICATIONS)
def test_every_class_and_section_is_judged_and_every_line_is_of_an_official_code(
    classification: OfficialClassification,
) -> None:
    official = {each.code for each in official_names(classification)}
    scheme = SCHEME_OF[classification]
    assert all(code in crosswalk(scheme) for code in official if not parent_of(code))
    first = {code[0] for code in official}
    assert {code for code in crosswalk(scheme) if code[0] in first} <= official


def test_groups_lie_in_their_divisions() -> None:
    for scheme in SCHEMES:
        known = international_classes(scheme)
        for code in known:
            above = code.partition(".")[0] if scheme == "cofog" else code[:2]
            assert above in known


@pytest.mark.parametrize(
    ("classification", "code", "target", "match"),
    [
        ("functional", "203", "02", "exact"),
        ("functional", "2039901", "02.5", "approximate"),
        ("functional", "2050202", "09.1", "narrower"),
        ("functional", "2040201", "03.1", "narrower"),
        ("functional", "2100101", "07.6", "narrower"),
        ("functional", "2210201", "10.6", "approximate"),
        ("functional", "2120899", "", "none"),
        ("functional", "2990101", "", "none"),
        ("economic", "30101", "211", "narrower"),
        ("economic", "3010201", "211", "narrower"),
        ("economic", "30108", "212", "narrower"),
        ("economic", "30211", "22", "narrower"),
        ("economic", "30701", "24", "narrower"),
        ("economic", "31001", "311", "narrower"),
        ("economic", "31201", "32", "narrower"),
        ("government_economic", "50502", "22", "narrower"),
        ("government_economic", "505", "", "none"),
    ],
)
def test_a_code_is_mapped_as_itself_or_as_the_code_above_it(
    classification: str, code: str, target: str, match: str
) -> None:
    found = mapped(SCHEME_OF[classification], code)
    assert (found.target.code if found.target else "", found.match) == (target, match)
    assert found.why.chinese and found.why.english


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('{code: "201", match: exact, why: same}', "expected a class"),
        ('{code: "201", target: "99", match: exact, why: same}', "expected a class"),
        ('{code: "201", target: "01", match: none, why: same}', "expected no class"),
        ('{code: "201", target: "01", match: exact, why: sam}', "did you mean “same”"),
    ],
)
def test_a_slip_in_a_crosswalk_is_refused_at_its_line(
    tmp_path: Path, line: str, words: str
) -> None:
    path = tmp_path / "crosswalk.yaml"
    reasons = "reasons:\n  same: {chinese: 相同, english: The same.}\n"
    path.write_text(f"{reasons}codes:\n  - {line}\n", encoding="utf-8")
    with pytest.raises(DefinitionError, match=words) as refused:
        load_crosswalk(path, international_classes("cofog"))
    assert str(refused.value).startswith(f"{path}:4: ")


# ── the money ────────────────────────────────────────────────────────────────────────────


def fact(**said: str) -> tuple[Value, ...]:
    """A row of facts.csv: an item of a budget's expenditure by function, but for what is said."""
    usual = {
        "disclosure_id": "a/2024-budget", "department": "a", "year": "2024", "kind": "budget",
        "phase": "approved",
        "table_id": "budget-expenditure", "column_id": "total", "direction": "expenditure",
        "budget_phase": "approved", "amount_year": "2024", "role": "item",
    }  # fmt: skip
    return tuple((usual | said).get(field.name, "") for field in listed("facts", ()).fields)


def by_code(resource: Resource) -> dict[str, tuple[Decimal, str]]:
    names = [field.name for field in resource.fields]
    found = [dict(zip(names, map(text, row), strict=True)) for row in resource.rows]
    return {row["code"]: (Decimal(row["amount_yuan"]), row["cofog"]) for row in found}


def test_no_amount_is_counted_twice_though_tables_columns_and_levels_repeat_it() -> None:
    item = {"functional_code": "2050202", "functional_name": "小学教育", "amount_yuan": "70.00"}
    other = {"functional_code": "2120899", "functional_name": "其他", "amount_yuan": "30.00"}
    facts = [
        fact(**item, unit="甲校"),
        fact(**item | {"amount_yuan": "20.00"}, unit="乙校"),
        fact(**other),
        fact(**item | {"functional_code": "20502", "amount_yuan": "90.00"}, role="subtotal"),
        fact(**item | {"amount_yuan": "60.00"}, column_id="basic_expenditure"),
        fact(**item | {"amount_yuan": "5.00"}, role="of_which"),
        fact(**item | {"amount_yuan": "5.00"}, qualifier="brought_forward"),
        fact(**item, amount_year="2023"),
        fact(**item | {"amount_yuan": "900.00"}, direction="income"),
        fact(
            **item | {"functional_code": "205", "amount_yuan": "120.04"}, table_id="budget-summary"
        ),
    ]
    cofog, gfsm = mapped_money(listed("facts", facts))
    assert by_code(cofog) == {"2050202": (Decimal("90.00"), "09.1"), "2120899": (30, "")}
    assert not gfsm.rows
    covered = MoneyCoverage()
    for scheme, mapped_to in zip(SCHEMES, (cofog, gfsm), strict=True):
        covered.add(scheme, "a/2025-budget", [(text(r[-1]), text(r[-3])) for r in mapped_to.rows])
    assert [row[2:] for row in covered.resource().rows] == [
        (Decimal(120), Decimal(90), 0, Decimal(30), Decimal("0.7500"))
    ] * 2


def test_the_money_mapped_of_each_disclosure_is_what_its_table_totals() -> None:
    place = ("department", "year", "kind", "table_id", "column_id")
    totals: dict[tuple[str, ...], Decimal] = {}
    for row in rows(ALL / "facts.csv"):
        if row["role"] == "total" and row["direction"] == "expenditure" and row["amount_yuan"]:
            key = tuple(row[name] for name in place)
            totals[key] = totals.get(key, Decimal(0)) + Decimal(row["amount_yuan"])
    for scheme in SCHEMES:
        sums: dict[tuple[str, ...], Decimal] = {}
        for row in rows(ALL / f"{scheme}-amounts.csv"):
            key = tuple(row[name] for name in place)
            sums[key] = sums.get(key, Decimal(0)) + Decimal(row["amount_yuan"])
        assert len(sums) == len({key[:3] for key in sums}) == 5
        for key, whole in sums.items():
            assert abs(whole - totals[key]) <= ROUNDING, key


def test_the_share_of_all_is_of_the_sums_of_each() -> None:
    found = rows(ALL / "mapping-coverage.csv")
    for scheme in SCHEMES:
        whole, *each = sorted(
            (row for row in found if row["scheme"] == scheme), key=lambda row: row["scope"] != "all"
        )
        assert len(each) == 5
        for field in ("total_yuan", "within_yuan", "nearest_yuan", "unmapped_yuan"):
            assert Decimal(whole[field]) == sum(Decimal(row[field]) for row in each)
        parts = [Decimal(whole[f"{name}_yuan"]) for name in ("within", "nearest", "unmapped")]
        assert sum(parts) == Decimal(whole["total_yuan"])


# ── the registers ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("广州市海珠区政务服务和数据管理局", "government-services-data"),
        ("上海市数据局", "government-services-data"),
        ("普陀区财政局（本级）", "finance"),
        ("江苏省委办公厅", "party-office"),
        ("西安市人民政府办公厅（汇总）", "government-office"),
        ("中国共产党广州市委员会宣传部", "publicity"),
        ("某市医学院附属医院", "hospital"),
        ("某市公路职业学院", "school"),
        ("某市国有资产监督管理委员会", "state-assets"),
        ("某某单位", "unknown"),
    ],
)
def test_the_kind_of_a_department_is_told_by_its_name(name: str, kind: str) -> None:
    assert kind_of(name) == kind


def test_no_word_tells_two_kinds() -> None:
    words = [fold(word) for kind in bureau_kinds() for word in kind.words]
    assert len(words) == len(set(words))


def test_a_region_is_below_that_of_its_code() -> None:
    regions = {row["region_code"]: row for row in rows(ALL / "regions.csv")}
    haizhu = regions["440105"]
    assert (haizhu["name"], haizhu["level"], haizhu["parent"]) == ("海珠区", "district", "440100")
    assert regions["440100"]["parent"] == "440000"
    for code, row in regions.items():
        assert (not row["parent"]) == (row["level"] == "province"), code


def test_columns_and_terms_say_what_facts_mean() -> None:
    columns = {(row["table_id"], row["column_id"]): row for row in rows(ALL / "columns.csv")}
    concepts = {row["concept"]: row for row in rows(ALL / "concepts.csv")}
    for row in rows(ALL / "facts.csv"):
        column = columns[row["table_id"], row["column_id"]]
        assert column["holds"] == "amount"
        for axis in ("fund_source", "expenditure_type", "budget_phase", "item", "qualifier"):
            assert not column[axis] or row[axis] == column[axis], row["fact_id"]
            assert not row[axis] or axis in concepts[row[axis]]["axes"].split(), row["fact_id"]
    assert all(row["name"] and row["name_english"] for row in concepts.values())
    assert dictionary()["concept"].constraints["unique"]
