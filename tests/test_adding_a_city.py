"""Adding a city: what is seen in a file of another form, and what it would teach, by the commands.

The made budget (`made_city`) has a table that nobody knows, and an unknown word and row.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from click.testing import Result

from generator.meaning.definitions import load
from generator.meaning.vocabulary import vocabulary
from generator.problems import DefinitionError
from tests.doors import ROOT, rows, run, write_settings
from tests.made_city import EXPENDITURE, FRONT, SUMMARY, UNKNOWN, budget
from tests.pdf.ruled import Sheet, made

#: What a person writes for what nobody could guess, in its order.
ANSWERS = ('"budget-purchased-services"', '"Purchased services"', '"购买服务。"', '"Services."')
MARK = "\n---\n"
CALL = "from generator.cli import main; main()"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with settings, the made budget, and a file in which no table is known."""
    folder = tmp_path_factory.mktemp("city")
    (folder / "disclosures").mkdir()
    (folder / "disclosures" / "made.pdf").write_bytes(budget())
    strange = Sheet(UNKNOWN.above, [("项目名称", "合计", "统筹类支出", "量"), *UNKNOWN.cells[1:]])
    (folder / "strange.pdf").write_bytes(made([FRONT, strange]))
    write_settings(folder)
    return folder


def ask(
    command: str, folder: Path, *more: str | Path, file: str = "disclosures/made.pdf"
) -> Result:
    return run(command, folder / file, "--config", folder / "mingzhang.toml", *more)


@pytest.fixture(scope="module")
def lessons(folder: Path) -> str:
    result = ask("learn", folder)
    assert result.exit_code == 0, result.output
    return result.stdout


# ── inspect ──────────────────────────────────────────────────────────────────────────────


def test_all_that_is_seen_is_told_and_drawn(folder: Path, tmp_path: Path) -> None:
    page = tmp_path / "seen.html"
    result = ask("inspect", folder, "--html", page)
    assert result.exit_code == 0, result.output
    for told in (
        "文件：made.pdf（10 页）",
        "身份：某市信访局，2026 年，部门预算",
        "部门的依据：",
        "第 1 页：没有有框线的表",
        "第 3 页：《某市信访局2026年部门支出总表》",
        "标准表：budget-expenditure（支出总体情况表），表名里有“支出总表”或“",
        "基本支出  → 支出类型 = basic_expenditure",
        "统筹类支出  → 收支 = expenditure；不认识“统筹类”（最接近的：",
        "栏组（收入）：由 项目 指明各行，金额在 预算数",
        "行：2 行：0 级 1（合计），1 级 1（按编码）",
        "印出 8 = 公布 8 + 重复的合计 0 + 问题里点名 0 + 丢失 0",
        "照原样公布（printed-1）：没有认识的表名",
        "核对：",
        "[heading-word-unknown]",
    ):
        assert told in result.stdout, told
    text = page.read_text(encoding="utf-8")
    # It runs nothing, fetches nothing, and shows each page that has a table.
    assert not re.search(r"<script|https?:|<link", text)
    pages = re.findall(r"<h2>第 (\d+) 页", text)
    assert pages == [str(number) for number in range(2, 11)]
    assert text.count("data:image/png;base64,iVBOR") == 9
    counts = {
        kind: text.count(f'<rect class="{kind}"') for kind in ("amount", "printed", "unknown")
    }
    assert counts == {"amount": 5 + 8 + 11, "printed": 6, "unknown": 1}
    assert '<rect class="label"' in text and '<rect class="heading"' in text


def test_the_sentences_of_what_differs_are_told(folder: Path) -> None:
    lines = [(f"20{number}", "某项支出", "9.00", "5.00", "4.00", "") for number in range(1, 6)]
    lines[2] = (*lines[2][:2], "8.50", *lines[2][3:])
    cells = [EXPENDITURE.cells[0], *lines]
    (folder / "wrong.pdf").write_bytes(made([FRONT, SUMMARY, Sheet(EXPENDITURE.above, cells)]))
    told = ask("inspect", folder, file="wrong.pdf").stdout.partition("核对：")[2]
    (sentence,) = re.findall(r"^  第 3 页 \[[\w-]+\] (.*)$", told, re.MULTILINE)
    assert "8.50 万元" in sentence and "9.00 万元" in sentence


def test_a_file_in_which_nothing_is_known_says_all_that_was_seen(folder: Path) -> None:
    result = ask("inspect", folder, file="strange.pdf")
    assert result.exit_code == 1
    assert "照原样公布（printed-1）：没有认识的表名" in result.stdout
    (line,) = (each for each in result.stdout.splitlines() if "[nothing-read]" in each)
    for told in (
        "政府购买服务预算表”",
        "栏目：项目名称、合计、统筹类支出、量",
        "“统筹类”（最接近的：",
    ):
        assert told in line, told


@pytest.mark.parametrize("command", ["inspect", "learn"])
def test_what_is_no_disclosure_is_refused_in_a_line(command: str, folder: Path) -> None:
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    assert ask(command, folder, file="broken.pdf").exit_code == 1
    (folder / "sheet.xlsx").write_bytes(b"")
    result = ask(command, folder, file="sheet.xlsx")
    assert result.exit_code == 2 and "expected a .pdf or a .txt" in result.stderr
    assert ask(command, folder, file="absent.pdf").exit_code == 2


def test_the_page_never_takes_the_place_of_the_file(folder: Path) -> None:
    file = folder / "disclosures" / "made.pdf"
    before = file.read_bytes()
    result = ask("inspect", folder, "--html", file)
    assert result.exit_code == 2 and "name another --html" in result.stderr
    assert file.read_bytes() == before


# ── learn ────────────────────────────────────────────────────────────────────────────────


def test_what_could_not_be_guessed_is_marked(lessons: str) -> None:
    words, draft = yaml.safe_load_all(lessons)
    assert words["rows"] == [
        {"side": "income", "words": {"fiscal_appropriation": ["市级财政拨款"]}}
    ]
    (heading,) = words["headings"]
    assert [*heading["words"].values()] == [["统筹类"]]
    assert {key for key, value in draft.items() if value == "?"} == {
        "id", "title_english", "description", "description_english",
    }  # fmt: skip
    assert draft["title_words"] == [{"having": ["政府购买服务"], "lacking": []}]
    assert (draft["title"], draft["kind"], draft["shape"]) == (
        "政府购买服务预算表", "budget", "labelled",
    )  # fmt: skip


def test_a_table_with_codes_of_several_classifications_is_not_drafted(folder: Path) -> None:
    head = ("科目编码", "部门经济分类科目编码", "项目名称", "金额")
    mixed = Sheet(UNKNOWN.above, [head, ("2010301", "30201", "热线服务", "7.00")])
    (folder / "mixed.pdf").write_bytes(made([FRONT, SUMMARY, mixed]))
    text = ask("learn", folder, file="mixed.pdf").stdout
    assert "第 3 页《某市信访局2026年政府购买服务预算表》的编码分属几种分类" in text
    assert "shape:" not in text


def test_what_a_file_prints_is_text_on_the_page(folder: Path, tmp_path: Path) -> None:
    cells = [("项目<b>", "预算数"), ("</title><script>", "1.00")]
    (folder / "sly.pdf").write_bytes(made([FRONT, SUMMARY, Sheet(UNKNOWN.above, cells)]))
    ask("inspect", folder, "--html", tmp_path / "sly.html", file="sly.pdf")
    text = (tmp_path / "sly.html").read_text(encoding="utf-8")
    assert "&lt;script&gt;" in text and "项目&lt;b&gt;" in text
    assert "<script" not in text and "<b>" not in text


def test_a_file_with_a_mark_left_in_it_stops_the_command(
    lessons: str, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = tmp_path / "budget-purchased-services.yaml"
    draft.write_text(filled(lessons).split(MARK)[1].replace('"Services."', '"?"'), "utf-8")
    with pytest.raises(DefinitionError, match=r"services\.yaml:\d+: description_english: .*\?"):
        load(draft)
    words = tmp_path / "vocabulary.yaml"
    words.write_text(f"{lessons.split(MARK, maxsplit=1)[0]}\ntotals: [合计]\n", "utf-8")
    monkeypatch.setattr("generator.meaning.vocabulary.VOCABULARY", words)
    vocabulary.cache_clear()
    try:
        result = ask("inspect", folder)
    finally:
        vocabulary.cache_clear()
    assert result.exit_code == 2
    assert f"{words}:" in result.stderr and "?" in result.stderr


def test_what_is_learnt_and_filled_in_makes_the_file_read_whole(
    lessons: str, folder: Path, tmp_path: Path
) -> None:
    shutil.copytree(folder / "disclosures", tmp_path / "data" / "disclosures")
    result = extract_with(filled(lessons), tmp_path)
    assert result.returncode == 0, result.stderr
    package = tmp_path / "data" / "packages" / "all"
    codes = {row["code"] for row in rows(package / "problems.csv")}
    assert not codes & {"heading-word-unknown", "table-as-printed", "nothing-read"}, codes
    facts = rows(package / "facts.csv")
    bought = [row for row in facts if row["table_id"] == "budget-purchased-services"]
    assert [row["printed"] for row in bought] == ["7.00", "5.00", "2.00"] * 2
    assert [row["fund_source"] for row in bought[:3]] == [
        "", "general_public_budget", "government_managed_funds_budget",
    ]  # fmt: skip
    (row,) = (row for row in facts if row["label"] == "二、市级财政拨款")
    assert row["item"] == "fiscal_appropriation"
    types = [row["expenditure_type"] for row in facts if row["table_id"] == "budget-expenditure"]
    assert types[3] == "project_expenditure"


def filled(lessons: str) -> str:
    """The lessons with what a person knows put in the places of the marks."""
    head, mark, draft = lessons.partition(MARK)
    known = r'- axis: expenditure_type\n\1\n      project_expenditure: ["统筹类"]'
    head = re.sub(r'- axis: ".*"\n(.*)\n      ".*": \["统筹类"\]', known, head)
    for answer in ANSWERS:
        draft = draft.replace('"?"', answer, 1)
    return head + mark + draft


def extract_with(lessons: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run ``extract`` in a folder by a copy of the program in which the lessons were pasted."""
    meaning = folder / "program" / "generator" / "meaning"
    shutil.copytree(
        ROOT / "generator", meaning.parent, ignore=shutil.ignore_patterns("__pycache__")
    )
    words, draft = lessons.split(MARK)
    path = meaning / "vocabulary.yaml"
    text = path.read_text(encoding="utf-8")
    for name, lines in re.findall(r"^(\w+):\n((?:  .*\n?)+)", words, re.MULTILINE):
        text = text.replace(f"\n{name}:\n", f"\n{name}:\n{lines.rstrip()}\n", 1)
    path.write_text(text, encoding="utf-8")
    name = yaml.safe_load(draft)["id"]
    (meaning / "standard_tables" / f"{name}.yaml").write_text(draft, encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-c", CALL, "extract"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder / "program"), "LC_ALL": "C.UTF-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
