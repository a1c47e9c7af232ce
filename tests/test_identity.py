"""Identity: two departments are never one, whatever their names sound like."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.bad_disclosures import lines_of, text_of
from tests.doors import ROOT, Rows, extract, rows, run

pytestmark = pytest.mark.usefixtures("unvalidated")

FAULTS = ROOT.parent / "shared" / "faults"
HEADING = "department,name,name_english,first_year,last_year,region_code,region,level\n"
#: Both are xin-fang-ju in pinyin.
ALIKE = ("广州市信访局", "广州市新房局")
LONG = "广州市" + "政务服务和数据管理" * 4


def extracted(
    folder: Path, departments: dict[str, str], register: str = "", **sidecars: str
) -> tuple[int, Rows, Rows]:
    """Extract a disclosure of each department; the exit code, disclosures and problems."""
    shutil.rmtree(folder / "disclosures", ignore_errors=True)
    (folder / "disclosures").mkdir()
    for name, department in departments.items():
        (folder / f"disclosures/{name}.txt").write_bytes(text_of(lines_of(department)))
    for name, sidecar in sidecars.items():
        (folder / f"disclosures/{name}.yaml").write_text(sidecar, encoding="utf-8")
    (folder / "departments.csv").write_text(HEADING + register, encoding="utf-8")
    settings = folder / "mingzhang.toml"
    settings.write_text(
        '[folders]\ndisclosures = "disclosures"\npackages = "packages"\n'
        'departments = "departments.csv"\ncache = "cache"\n'
    )
    result = run("extract", "--config", settings)
    everything = folder / "packages/all"
    found = [p for p in rows(everything / "problems.csv") if p["code"] != "department-unregistered"]
    return result.exit_code, rows(everything / "disclosures.csv"), found


def test_names_that_sound_alike_are_two_departments(tmp_path: Path) -> None:
    code, found, problems = extracted(tmp_path, dict(zip("ab", ALIKE, strict=True)))
    assert code == 0
    identifiers = [each["department"] for each in found]
    assert len(set(identifiers)) == 2
    assert all(each.startswith("guang-zhou-shi-xin-fang-ju-") for each in identifiers)
    assert {each["code"] for each in problems} == {"department-sounds-alike"}
    assert all(name in each["message"] for name in ALIKE for each in problems)
    for each in found:
        package = tmp_path / "packages" / each["disclosure_id"]
        facts = rows(package / "facts.csv")
        assert facts
        assert {row["fact_id"].partition(".")[0] for row in facts} == {each["department"]}


def test_no_identifier_hangs_on_the_order_of_files(tmp_path: Path) -> None:
    _, found, _ = extracted(tmp_path, dict(zip("ab", ALIKE, strict=True)))
    _, turned, _ = extracted(tmp_path, dict(zip("ba", ALIKE, strict=True)))
    assert _by_name(found) == _by_name(turned)


def _by_name(found: Rows) -> dict[str, str]:
    return {each["name"]: each["department"] for each in found}


def test_long_names_that_are_cut_alike_are_two_departments(tmp_path: Path) -> None:
    code, found, _ = extracted(tmp_path, {"a": f"{LONG}甲局", "b": f"{LONG}乙局"})
    assert code == 0
    identifiers = {each["department"] for each in found}
    assert len(identifiers) == 2
    assert all(len(each) <= 100 for each in identifiers)


def test_a_name_alone_keeps_its_sound(tmp_path: Path) -> None:
    _, found, problems = extracted(tmp_path, {"a": ALIKE[0]})
    assert [each["department"] for each in found] == ["guang-zhou-shi-xin-fang-ju"]
    assert problems == []


def test_a_registered_department_keeps_its_identifier(tmp_path: Path) -> None:
    own = "guang-zhou-shi-xin-fang-ju"
    register = f"{own},{ALIKE[1]},,,,440100,广州市,city\n"
    code, found, _ = extracted(tmp_path, dict(zip("ab", ALIKE, strict=True)), register)
    assert code == 0
    identifiers = _by_name(found)
    assert identifiers[ALIKE[1]] == own
    assert identifiers[ALIKE[0]].startswith(f"{own}-")


def test_a_renamed_department_is_one(tmp_path: Path) -> None:
    register = "x,广州市甲局,,,,,,\nx,广州市乙局,,,,,,\n"
    _, found, problems = extracted(
        tmp_path, {"a": "广州市甲局", "b": "广州市乙局"}, register, b="year: 2025\n"
    )
    assert {each["department"] for each in found} == {"x"}
    assert {each["code"] for each in problems} == {"disclosure-duplicate"}


@pytest.mark.parametrize("register", ["", "x,广州市甲局,,,,,,\n"])
def test_two_departments_under_one_stated_identifier_are_an_error(
    tmp_path: Path, register: str
) -> None:
    code, found, problems = extracted(
        tmp_path,
        {"a": "广州市甲局", "b": "广州市乙局"},
        register,
        a="department: x\n",
        b="department: x\n",
    )
    assert code == 1
    assert [each["file"] for each in found] == ["a.txt"]
    (problem,) = problems
    assert (problem["code"], problem["file"]) == ("identifier-shared", "b.txt")
    assert "广州市甲局" in problem["message"] and "广州市乙局" in problem["message"]
    assert "departments.csv" in problem["mend"]


def test_an_identifier_of_a_sidecar_that_leaves_the_folder(tmp_path: Path) -> None:
    code, found, problems = extracted(
        tmp_path, {"a": ALIKE[0], "b": "广州市乙局"}, a='department: "../x"\n'
    )
    assert code == 1
    assert [each["file"] for each in found] == ["b.txt"]
    assert [each["code"] for each in problems] == ["slug-unsafe"]


@pytest.mark.skipif(not FAULTS.is_dir(), reason="the corpus of faults is not at hand")
def test_the_homophones_of_the_corpus_are_both_published(tmp_path: Path) -> None:
    shutil.copytree(FAULTS / "homophone-departments", tmp_path / "disclosures")
    for path in (tmp_path / "disclosures").iterdir():
        path.chmod(0o644)
    result = extract(tmp_path)
    found = rows(tmp_path / "packages/all/disclosures.csv")
    assert len({each["department"] for each in found}) == 2, result.output
