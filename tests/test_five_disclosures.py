"""The five published disclosures: everything in them is read once, and nothing else is."""

import re
from collections import Counter
from pathlib import Path

import pytest

from tests.census import amounts_by_table, second_part
from tests.doors import DISCLOSURES, FIVE, Rows, fresh_packages, rows

# table, printed rows, amounts: of each disclosure, its standard tables.
TABLES = {FIVE[0]: 12, FIVE[1]: 10, FIVE[2]: 12, FIVE[3]: 12, FIVE[4]: 12}
PROJECTS = {FIVE[0]: 57, FIVE[1]: 1, FIVE[2]: 13, FIVE[3]: 30, FIVE[4]: 22}
KEY_PROJECTS = {FIVE[0]: 17, FIVE[1]: 0, FIVE[2]: 2, FIVE[3]: 5, FIVE[4]: 2}
GLOSSARY = [
    "财政拨款收入", "事业收入", "经营收入", "其他收入", "用事业基金弥补收支差额",
    "基本支出", "项目支出", "经营支出", "行政经费（机关运行经费）", "“三公”经费",
]  # fmt: skip
GLOSSARY_2020 = [
    "财政拨款收入", "上级补助收入", "事业收入", "经营收入", "附属单位上缴收入", "其他收入",
    "使用非财政拨款结余", "年初结转和结余", "结余分配", "年末结转和结余",
    "基本支出", "项目支出", "经营支出", "“三公”经费", "机关运行经费",
]  # fmt: skip
# What sections hold apart from their heading: the number in front of it.
NUMBER = r"^\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)])"


@pytest.fixture(scope="module")
def packages() -> Path:
    return fresh_packages()


@pytest.fixture(scope="module", params=FIVE)
def package(request: pytest.FixtureRequest, packages: Path) -> Path:
    return packages / str(request.param)


def identifier(package: Path) -> str:
    return f"{package.parent.name}/{package.name}"


def source_text(package: Path) -> str:
    (name,) = {fact["source"] for fact in rows(package / "facts.csv")}
    return (DISCLOSURES / name).read_text(encoding="utf-8")


def standard_tables(package: Path) -> dict[str, Rows]:
    found = sorted([*package.glob("budget-*.csv"), *package.glob("final-*.csv")])
    return {path.stem: rows(path) for path in found}


def squeeze(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_there_are_58_standard_tables_with_1117_printed_rows(packages: Path) -> None:
    tables = {name: standard_tables(packages / name) for name in FIVE}
    assert {name: len(found) for name, found in tables.items()} == TABLES
    counts = [
        len({row["row_number"] for row in table})
        for found in tables.values()
        for table in found.values()
    ]
    assert (len(counts), sum(counts)) == (58, 1117)


def test_there_are_4620_amounts_in_all(packages: Path) -> None:
    assert len(rows(packages / "all" / "facts.csv")) == 4620
    assert sum(len(rows(packages / name / "facts.csv")) for name in FIVE) == 4620


def test_each_table_has_exactly_the_amounts_that_the_census_finds(package: Path) -> None:
    census = amounts_by_table(source_text(package))
    read: dict[str, Counter[str]] = {}
    for fact in rows(package / "facts.csv"):
        read.setdefault(fact["table_id"], Counter())[fact["printed"]] += 1
    assert len(census) == TABLES[identifier(package)]
    assert read == census


def test_the_census_leaves_out_only_the_41_amounts_of_repeated_totals(packages: Path) -> None:
    left_out = {}
    for name in FIVE:
        text = source_text(packages / name)
        tokens = [each for line in second_part(text).splitlines() for each in line.split()]
        every = sum(bool(re.fullmatch(r"[\d,]+\.\d\d", each)) for each in tokens)
        left_out[name] = every - sum(sum(each.values()) for each in amounts_by_table(text).values())
    assert left_out == {name: 41 if "2020" in name else 0 for name in FIVE}
    uses = Counter(line["line_use"] for line in rows(packages / FIVE[1] / "source.csv"))
    assert uses["repeated_total"] == 8


def test_each_amount_stands_in_its_table_s_file_as_printed(package: Path) -> None:
    tables = standard_tables(package)
    for fact in rows(package / "facts.csv"):
        (row,) = (
            each
            for each in tables[fact["table_id"]]
            if each["row_number"] == fact["row_number"]
            and each.get("direction", fact["direction"]) == fact["direction"]
            and each.get("panel", "") == fact["panel"]
        )
        assert row[fact["column_id"]] == fact["printed"].replace(",", "")
    cells = sum(
        1
        for table in tables.values()
        for row in table
        for name, value in row.items()
        if re.fullmatch(r"-?\d+\.\d+", value) and name not in ("label", "name")
    )
    assert cells == len(rows(package / "facts.csv"))


def test_each_amount_stands_on_its_line(package: Path) -> None:
    lines = {line["line"]: line for line in rows(package / "source.csv")}
    for fact in rows(package / "facts.csv"):
        line = lines[fact["line"]]
        assert fact["printed"] in line["text"].split(), fact["fact_id"]
        assert (line["line_use"], line["table_id"]) == ("row", fact["table_id"])


def test_each_line_is_used_and_none_is_unread(package: Path) -> None:
    lines = rows(package / "source.csv")
    assert [line["text"] for line in lines] == source_text(package).split("\n")[: len(lines)]
    assert all(line["line_use"] for line in lines)
    assert not [line for line in lines if line["line_use"] == "unread"]
    assert all((line["line_use"] == "blank") == (not line["text"].strip()) for line in lines)


def test_there_are_123_projects_each_with_its_unit_and_target(packages: Path) -> None:
    projects = {name: rows(packages / name / "projects.csv") for name in FIVE}
    assert {name: len(found) for name, found in projects.items()} == PROJECTS
    assert sum(map(len, projects.values())) == 123
    for found in projects.values():
        assert all(each["unit"] and each["performance_target"] for each in found)
        assert len({(each["unit"], each["name"]) for each in found}) == len(found)


def test_final_accounts_name_the_project_that_they_evaluate(packages: Path) -> None:
    (project,) = rows(packages / FIVE[1] / "projects.csv")
    assert (project["name"], project["amount_yuan"]) == (
        "政务服务平台及数字政府建设经费", "8003200.00"
    )  # fmt: skip
    assert project["unit"] == "广州市海珠区电子政务技术信息中心"


def test_project_names_and_targets_hold_all_text_of_their_rows(package: Path) -> None:
    """No character between the table's heading and its note is lost or put in twice."""
    lines = rows(package / "source.csv")
    own = [each for each in lines if each["table_id"] == "budget-project-by-unit"]
    text = squeeze("".join(each["text"] for each in own if each["line_use"] == "row"))
    table = standard_tables(package).get("budget-project-by-unit", [])
    read = "".join(each["label"] + each["performance_target"] for each in table)
    letters = re.compile(r"[^\d,.]")
    assert Counter(letters.findall(text)) == Counter(letters.findall(squeeze(read)))


@pytest.mark.parametrize(
    ("name", "project", "unit", "amount", "target"),
    [
        (
            FIVE[4],
            "AKTDGC",
            "广州市番禺区政务服务数据管理局本级",
            "2548000.00",
            "项目信息不宜公开",
        ),
        (
            FIVE[4],
            "民生卡应用推广经费",
            "广州市番禺区政务服务数据管理局本级",
            "140000.00",
            "根据《广州市番禺区人民政府办公室关于印发番禺民生卡发放工作方案的通知》"
            "（番府办[2013]91号）的文件精神，积极推进民生卡发放和应用工作，"
            "持续做好民生卡的宣传推广。",
        ),
        (
            FIVE[0],
            "广州12345政府服务热线受理中心2024年-2025年信息化运维项目",
            "广州市市长专线电话受理中心",
            "506500.00",
            "通过开展广州12345政府服务热线受理中心信息化运维项目，加强热线信息系统运行维护和"
            "网络安全管理，保障广州12345政府服务热线受理中心的各项业务工作顺利开展，"
            "更好地服务企业和群众。",
        ),
        (
            FIVE[2],
            "项目管理服务经费",
            "广州市海珠区数字政府运营中心（广州市海珠区政务服务中心）",
            "500000.00",
            "根据《海珠区政府投资政务信息化项目管理办法》，做好区政府投资政务信息化项目"
            "全生命周期管理，提高我区政务信息化项目建设统筹力度，从源头杜绝“数字孤岛”。",
        ),
    ],
)
def test_projects_that_are_hard_to_read(
    packages: Path, name: str, project: str, unit: str, amount: str, target: str
) -> None:
    found = [each for each in rows(packages / name / "projects.csv") if each["name"] == project]
    assert [(each["unit"], each["amount_yuan"]) for each in found] == [(unit, amount)]
    assert found[0]["performance_target"] == target


def test_there_are_26_key_projects(packages: Path) -> None:
    found = {
        name: rows(packages / name / "key-projects.csv") if count else []
        for name, count in KEY_PROJECTS.items()
    }
    assert {name: len(each) for name, each in found.items()} == KEY_PROJECTS
    assert sum(map(len, found.values())) == 26
    assert all(row["performance_target"] for each in found.values() for row in each)
    # One amount of the city's prose contradicts its own table, so it is not marked there.
    marked = [
        each for each in rows(packages / "all" / "projects.csv") if each["key_project"] == "true"
    ]
    named = [(row["unit"], row["name"]) for each in found.values() for row in each]
    assert {(each["unit"], each["name"]) for each in marked} <= set(named)
    assert len(marked) == 26


def test_the_glossary_has_every_term(package: Path) -> None:
    sections = [each for each in rows(package / "sections.csv") if each["topic"] == "glossary"]
    expected = GLOSSARY_2020 if "2020" in package.name else GLOSSARY
    assert [each["heading"] for each in sections] == expected
    assert all(len(each["text"]) >= 20 and each["text"].endswith("。") for each in sections)


def test_duties_and_structure_are_there(package: Path) -> None:
    sections = rows(package / "sections.csv")
    (duties,) = (each for each in sections if each["topic"] == "duties")
    numbered = re.findall(r"^[（(]([一二三四五六七八九十]+)[）)]", duties["text"], re.MULTILINE)
    expected = {FIVE[0]: 10, FIVE[1]: 13, FIVE[2]: 21, FIVE[3]: 9, FIVE[4]: 15}
    assert len(numbered) == expected[identifier(package)]
    topics = {each["topic"] for each in sections}
    assert {"duties", "budget_units", "explanation", "glossary"} <= topics


def test_the_sections_hold_all_prose(package: Path) -> None:
    """Each line of prose stands in a section's heading or text, but for its bare page number."""
    sections = rows(package / "sections.csv")
    said = _plain("\n".join(each["number"] + each["heading"] + each["text"] for each in sections))
    lost = [
        line["line"]
        for line in rows(package / "source.csv")
        if line["line_use"] == "prose"
        and not re.fullmatch(r"\s*\d{1,3}\s*", line["text"])
        and _plain(line["text"]) not in said
        and _plain(re.sub(NUMBER, "", line["text"])) not in said
    ]
    assert lost == []


def _plain(text: str) -> str:
    """Text without spaces, and without the colons that end a term of the glossary."""
    return re.sub(r"[\s:：]", "", text)
