"""English names: every code, label, term and rule has one, and a bad entry is refused by name."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml

from generator.meaning.definitions import STANDARD_TABLES, Definition, definitions
from generator.meaning.english import (
    english_of_code,
    labels,
    load_code_names,
    load_labels,
    refuse_unnamed,
)
from generator.meaning.wording import fold
from generator.problems import DefinitionError
from tests.doors import FIVE, ROOT, fresh_packages, rows

PACKAGES = (*FIVE, "all")
#: Tables of units and projects: their labels are proper names, apart from totals and classes.
NAMED = ("budget-basic-by-unit", "budget-project-by-unit", "budget-income-by-unit", "key-projects")


# ── what is published ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("package", PACKAGES)
@pytest.mark.parametrize("classification", ["functional", "economic"])
def test_every_code_of_the_five_has_an_english_name(package: str, classification: str) -> None:
    codes = rows(fresh_packages() / package / f"codes-{classification}.csv")
    assert codes
    assert list(codes[0])[:3] == ["code", "name", "name_english"]
    assert [code["code"] for code in codes if not _is_english(code["name_english"])] == []


def test_the_same_name_is_the_same_in_english_under_every_code() -> None:
    codes = rows(fresh_packages() / "all" / "codes-functional.csv")
    found = {row["name_english"] for row in codes if row["name"] == "行政运行"}
    assert found == {"Administrative operation"}


def test_every_rule_has_an_english_title_and_sentence() -> None:
    rules = rows(fresh_packages() / "all" / "rules.csv")
    assert list(rules[0])[:3] == ["rule", "title", "title_english"]
    for rule in rules:
        assert _is_english(rule["title_english"]) and _is_english(rule["sentence_english"])
    titles = [rule["title_english"] for rule in rules]
    assert len(set(titles)) == len(titles)


def test_every_department_of_the_five_has_an_english_name() -> None:
    departments = rows(fresh_packages() / "all" / "departments.csv")
    assert all(_is_english(department["name_english"]) for department in departments)


def test_labels_are_only_in_the_package_of_all() -> None:
    found = [name for name in PACKAGES if (fresh_packages() / name / "labels.csv").exists()]
    assert found == ["all"]
    for row in rows(fresh_packages() / "all" / "labels.csv"):
        assert _is_english(row["english"])
        assert row["label"] == fold(row["label"])


def test_every_uncoded_row_of_the_five_has_an_english_label() -> None:
    known = {row["label"] for row in rows(fresh_packages() / "all" / "labels.csv")}
    missing = {label for name in FIVE for label in _uncoded(fresh_packages() / name)} - known
    assert missing == set()


def _uncoded(package: Path) -> set[str]:
    """The labels of rows without code, less those of units, projects and their targets."""
    found = set()
    for path in package.glob("*.csv"):
        if not path.stem.startswith(("budget-", "final-")):
            continue
        for row in rows(path):
            proper = path.stem in NAMED and row["role"] != "total" and row.get("unit") != ""
            if not row.get("code") and not proper:
                found.add(fold(row["name"]))
    return found


@pytest.mark.parametrize("name", ["facts", "narrative"])
def test_every_standard_term_of_the_five_is_named(name: str) -> None:
    known = {r["label"] for r in rows(fresh_packages() / "all" / "labels.csv")}
    column = {"facts": "item", "narrative": "subject"}[name]
    used = {row[column] for row in rows(fresh_packages() / "all" / f"{name}.csv")} - {""}
    assert used - known == set()


def _is_english(text: str) -> bool:
    return bool(re.search(r"[A-Za-z]{3}", text)) and not re.search(r"[\u4e00-\u9fff]", text)


def test_titles_in_descriptors_are_english() -> None:
    for package in PACKAGES:
        text = (fresh_packages() / package / "datapackage.json").read_text(encoding="utf-8")
        descriptor = json.loads(text)
        for resource in descriptor["resources"]:
            fields = resource["schema"]["fields"]
            for each in (resource, *fields):
                assert not re.search(r"[\u4e00-\u9fff]", each["titleEnglish"]), each["name"]
            assert not re.search(r"[\u4e00-\u9fff]", resource["descriptionEnglish"])


# ── what definitions know ────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("table", definitions(), ids=lambda table: table.id)
def test_every_label_and_item_of_a_definition_has_an_english_name(table: Definition) -> None:
    own = {label for rule in table.rows for label in rule.labels} | table.totals
    items = {rule.item for rule in table.rows}
    items |= {column.item for layout in table.layouts for column in layout.columns}
    assert own - {"*"} - labels().labels.keys() == set()
    assert items - {""} - labels().items.keys() == set()


def test_every_term_of_the_narrative_has_an_english_name() -> None:
    text = (ROOT / "generator/facts/narrative.yaml").read_text(encoding="utf-8")
    assert set(yaml.safe_load(text)["terms"]) - labels().items.keys() == set()


@pytest.mark.parametrize(
    ("classification", "code", "name", "english"),
    [
        (
            "functional",
            "2080505",
            "机关事业单位基本养老保险缴费支出",
            "Basic pension contributions",
        ),
        ("functional", "20103", "政府办公厅(室) 及相关机构事务", "Government general offices"),
        (
            "functional",
            "20103",
            "政府办公厅（室）及相关机构事务（款）",
            "Government general offices",
        ),
        ("functional", "206", "科学技术支出（类）", "Science and technology"),
        ("functional", "207", "文化体育与传媒支出", "Culture, tourism, sport and media"),
        ("functional", "2140504", "行业监管", "Regulation of the postal industry"),
        ("functional", "2080199", "行业监管", "Industry regulation"),
        ("economic", "399", "其他支出", "Other expenditure"),
        ("economic", "30217", "公务接待费", "Official hospitality"),
    ],
)
def test_names_are_found_however_they_are_printed(
    classification: str, code: str, name: str, english: str
) -> None:
    assert english_of_code(classification, code, name).startswith(english)


def test_an_unknown_name_has_no_english_name() -> None:
    assert english_of_code("functional", "2010399", "从未见过的名称") == ""


# ── a bad entry is refused ───────────────────────────────────────────────────────────────

_GOOD = "names:\n  行政运行: Administrative operation\ncodes: []\n"
_ENTRY = "{{classification: {0}, code: {1}, name: 行业监管, english: Regulation}}"


def _codes(classification: str = "functional", code: str = '"2140504"', times: int = 1) -> str:
    entry = _ENTRY.format(classification, code)
    return "names: {}\ncodes:\n" + f"  - {entry}\n" * times


BAD_CODES = {
    "twice": (
        _GOOD.replace("codes", "  行政运行: Other\ncodes"),
        ":3: the file: not valid YAML: “行政运行” is there twice",
    ),
    "twice-but-for-width": (
        "names:\n  维修（护）费: Repair\n  维修(护)费: Repair\ncodes: []\n",
        ":3: names.维修(护)费: is there twice; leave one",
    ),
    "code-twice": (_codes(times=2), ":4: codes.2: 2140504 行业监管 is there twice; leave one"),
    "a-class": ("names: {教育支出: Education}\ncodes: []\n", ":1: names.教育支出: is a class"),
    "four-digits": (
        _codes(code='"2140"'),
        ":3: codes.1.code: expected a code of 3, 5 or 7 digits; found '2140'",
    ),
    "a-number": (_codes(code="2140504"), "found 2140504 (in quotes it is a text)"),
    "another-classification": (
        _codes("functionl"),
        "expected functional, economic; found “functionl” (did you mean “functional”?)",
    ),
    "unknown-field": (_codes().replace("name:", "nom:"), "unknown “nom” (did you mean “name”?)"),
    "unknown-key": (_GOOD + "more: 1\n", ":4: the file: unknown “more”; expected names, codes"),
    "no-english": ("names: {行政运行: }\ncodes: []\n", "expected a text; found nothing"),
    "not-a-list": ("names: {}\ncodes: 7\n", ":2: codes: expected a list; found 7"),
    "no-yaml": ("names: [\n", "codes-english.yaml:2: the file: not valid YAML"),
}


@pytest.mark.parametrize("name", sorted(BAD_CODES))
def test_a_bad_name_of_a_code_is_refused(tmp_path: Path, name: str) -> None:
    text, said = BAD_CODES[name]
    path = tmp_path / "codes-english.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DefinitionError) as error:
        load_code_names(path)
    assert said in str(error.value)
    assert str(error.value).startswith(f"{path}:")


BAD_LABELS = {
    "a-class": ("labels: {教育支出: Education}\nitems: {}\n", ":1: labels.教育支出: is a class"),
    "twice": ("labels: {合计: Total, 合计: Sum}\nitems: {}\n", "“合计” is there twice"),
    "no-term": (
        "labels: {}\nitems: {Total Income: Total}\n",
        ":2: items.Total Income: expected a term: small letters and _; found 'Total Income'",
    ),
    "no-items": ("labels: {}\n", ":1: the file: missing items"),
}


@pytest.mark.parametrize("name", sorted(BAD_LABELS))
def test_a_bad_name_of_a_label_is_refused(tmp_path: Path, name: str) -> None:
    text, said = BAD_LABELS[name]
    path = tmp_path / "labels-english.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DefinitionError) as error:
        load_labels(path)
    assert said in str(error.value)


def test_a_term_without_an_english_name_is_refused_where_it_stands(tmp_path: Path) -> None:
    text = (STANDARD_TABLES / "budget-income-by-unit.yaml").read_text(encoding="utf-8")
    path = tmp_path / "budget-income-by-unit.yaml"
    path.write_text(text.replace("id: total,", "id: total, item: total_incme,"), encoding="utf-8")
    line = 1 + text[: text.index("id: total,")].count("\n")
    with pytest.raises(DefinitionError) as error:
        refuse_unnamed(path, labels().items.keys())
    assert f"{path}:{line}: layouts.1.columns." in str(error.value)
    assert "“total_incme” (did you mean “total_income”?)" in str(error.value)


@pytest.mark.parametrize("file", ["codes-english.yaml", "labels-english.yaml"])
def test_the_files_of_names_end_no_name_with_a_full_stop(file: str) -> None:
    lines = (STANDARD_TABLES.parent / file).read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line.endswith(".") and not line.startswith("#")] == []
