"""What was published is not lost in silence: it is kept, marked, and removed only on purpose."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from generator.problems import PackageError
from generator.website.published.descriptor import read_packages
from tests.disclosure_texts import typeset
from tests.doors import Rows, extract, files, rows
from tests.made_budgets import sample_budget
from tests.sample_packages import rehash, write_sample_packages
from tests.sites import Sites
from tests.test_cache import here
from tests.text_styles import Style

ID = "guang-zhou-shi-ling-yi-ju/2025-budget"
SAMPLE, OTHER = "haizhu-data/2025-budget", "haizhu-data/2024-budget"
FIRST_DAY, LATER = "1767225600", "1777593600"  # 2026-01-01 and 2026-05-01
#: Files of the package of all that hold rows of each disclosure.
SHARED = (
    *("facts", "projects", "sections", "narrative", "findings", "cases", "conservation"),
    *("departments", "codes-functional", "codes-economic", "rules", "labels"),
)


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which two disclosures were extracted, once for all."""
    folder = tmp_path_factory.mktemp("extracted")
    (folder / "disclosures").mkdir()
    for name, department in (("a", "广州市某局"), ("b", "广州市另一局")):
        text = typeset(sample_budget(department), Style())
        (folder / "disclosures" / f"{name}.txt").write_bytes(text)
    result = extract(folder)
    assert result.exit_code == 0, result.output
    assert (folder / "packages" / ID).is_dir(), list((folder / "packages").glob("*/*"))
    return folder


@pytest.fixture
def built(extracted: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of that folder, on the first day."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", FIRST_DAY)
    monkeypatch.setattr("generator.executors.run_all", here)
    return shutil.copytree(extracted, tmp_path / "built")


def source(folder: Path) -> Path:
    return folder / "disclosures" / "b.txt"


def package(folder: Path) -> dict[str, bytes]:
    """The files of the package that is in question, its descriptor apart."""
    found = files(folder / "packages" / ID)
    found.pop("datapackage.json")
    return found


def mark(folder: Path) -> dict[str, str] | None:
    text = (folder / "packages" / ID / "datapackage.json").read_text(encoding="utf-8")
    found: dict[str, str] | None = json.loads(text).get("kept")
    return found


def registered(folder: Path) -> dict[str, dict[str, str]]:
    return {row["disclosure_id"]: row for row in everything(folder, "disclosures")}


def everything(folder: Path, name: str) -> Rows:
    return rows(folder / "packages" / "all" / f"{name}.csv")


def as_set(found: Rows) -> set[tuple[str, ...]]:
    return {tuple(row.values()) for row in found}


def withdraw(folder: Path, disclosure: str = ID) -> None:
    line = f"- disclosure: {disclosure}\n  reason: 部门已撤回\n  date: 2026-02-01\n"
    (folder / "withdrawn.yaml").write_text(line, encoding="utf-8")


def told(result: Result, code: str) -> bool:
    return f"[{code}]" in result.stderr


def _gone(path: Path) -> None:
    path.unlink()


def _emptied(path: Path) -> None:
    path.write_bytes(b"")


def _cut(path: Path) -> None:
    """The tables are lost, and what is left is still a disclosure."""
    text = path.read_text(encoding="utf-8")
    path.write_text(text.partition("表1\n")[0] + text[text.index("第三部分") :], encoding="utf-8")


def _replaced(path: Path) -> None:
    text = path.read_text(encoding="utf-8").replace("2025年", "2024年")
    path.write_text(text.replace("2026年", "2025年"), encoding="utf-8")


LOSSES: list[tuple[Callable[[Path], None], str]] = [
    (_gone, "source-gone"),
    (_emptied, "source-unread"),
    (_cut, "result-empty"),
    (_replaced, "source-replaced"),
]


@pytest.mark.parametrize(("lose", "code"), LOSSES)
def test_what_is_lost_is_kept_and_marked_until_it_is_back(
    built: Path, monkeypatch: pytest.MonkeyPatch, lose: Callable[[Path], None], code: str
) -> None:
    whole, published = source(built).read_bytes(), files(built / "packages")
    before, shared = package(built), {name: everything(built, name) for name in SHARED}
    lose(source(built))
    result = extract(built)
    assert result.exit_code == 1 and told(result, code), result.stderr
    assert package(built) == before
    found = mark(built)
    assert found and (found["since"], found["code"]) == ("2026-01-01", code)
    row = registered(built)[ID]
    assert (row["kept_since"], row["kept_reason"].split(":")[0]) == ("2026-01-01", code)
    for name in SHARED if code != "source-replaced" else ():
        assert as_set(everything(built, name)) == as_set(shared[name]), name
    assert code in {row["code"] for row in everything(built, "problems")}
    # Later builds say so again, and change nothing, whether they remember it or not.
    kept = files(built / "packages")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", LATER)
    shutil.rmtree(built / "cache" / "current")
    for _ in ("written again", "remembered"):
        result = extract(built)
        assert result.exit_code == 1 and told(result, code)
        assert files(built / "packages") == kept
    again = source(built).with_stem("c" if code == "source-replaced" else "b")
    again.write_bytes(whole)
    assert extract(built).exit_code == 0
    assert mark(built) is None
    if code != "source-replaced":
        assert files(built / "packages") == published


def test_what_is_withdrawn_is_gone_without_complaint(built: Path) -> None:
    source(built).unlink()
    withdraw(built)
    result = extract(built)
    assert result.exit_code == 0 and ID not in result.stderr
    assert not (built / "packages" / ID).exists() and ID not in registered(built)
    before = files(built / "packages")
    assert extract(built).exit_code == 0  # a line for what is gone says nothing
    assert files(built / "packages") == before


def test_what_is_withdrawn_while_its_source_is_there_is_told(built: Path) -> None:
    withdraw(built)
    result = extract(built)
    assert result.exit_code == 1 and told(result, "withdrawn-present")
    assert ID in registered(built)


@pytest.mark.parametrize(
    "text", ["- disclosure: x\n", f"- disclosure: ../{ID}\n  reason: x\n  date: 2026-01-01\n", "a"]
)
def test_a_wrong_withdrawal_is_refused(built: Path, text: str) -> None:
    before = files(built / "packages")
    (built / "withdrawn.yaml").write_text(text, encoding="utf-8")
    source(built).unlink()
    result = extract(built)
    assert result.exit_code == 2 and "withdrawn.yaml" in result.stderr
    assert files(built / "packages") == before


def test_an_empty_result_that_is_right_replaces_the_full_one_on_purpose(built: Path) -> None:
    _cut(source(built))
    withdraw(built)
    assert extract(built).exit_code == 1
    (built / "withdrawn.yaml").unlink()
    extract(built)
    assert registered(built)[ID]["facts"] == "0" and mark(built) is None


def test_a_renamed_source_is_the_same_disclosure(built: Path) -> None:
    source(built).rename(built / "disclosures" / "c.txt")
    assert extract(built).exit_code == 0
    assert len(registered(built)) == 2 and mark(built) is None


def test_a_corrected_identifier_does_not_leave_two(built: Path) -> None:
    source(built).with_suffix(".yaml").write_text("department: another\n", encoding="utf-8")
    assert extract(built).exit_code == 0
    assert "another/2025-budget" in registered(built)
    assert ID not in registered(built) and not (built / "packages" / ID).exists()


def test_a_kept_package_that_was_altered_stops_the_build(built: Path) -> None:
    """It is the last copy: neither published altered nor thrown away."""
    source(built).unlink()
    facts = built / "packages" / ID / "facts.csv"
    facts.write_bytes(facts.read_bytes().replace(b"1", b"2"))
    before = files(built / "packages")
    result = extract(built)
    assert result.exit_code == 2
    assert "facts.csv: was altered" in result.stderr and "withdraw it" in result.stderr
    assert files(built / "packages") == before


def test_a_kept_package_that_no_site_could_show_stops_the_build(built: Path) -> None:
    source(built).unlink()
    descriptor = built / "packages" / ID / "datapackage.json"
    altered = {**json.loads(descriptor.read_bytes()), "department": None}
    descriptor.write_text(json.dumps(altered), encoding="utf-8")
    before = files(built / "packages")
    result = extract(built)
    assert result.exit_code == 2
    assert "datapackage.json" in result.stderr and "withdraw it" in result.stderr
    assert files(built / "packages") == before


@pytest.mark.parametrize("gone", ["datapackage.json", ""])
def test_a_published_package_that_is_gone_with_its_source_stops_the_build(
    built: Path, gone: str
) -> None:
    """Removing is a line in a file, and no slip of a hand."""
    source(built).unlink()
    if gone:
        (built / "packages" / ID / gone).unlink()
    else:
        shutil.rmtree(built / "packages" / ID)
    result = extract(built)
    assert result.exit_code == 2
    assert ID in result.stderr and "withdraw it" in result.stderr
    withdraw(built)
    assert extract(built).exit_code == 0
    assert ID not in registered(built)


def without_column(folder: Path, resource: str, column: str) -> None:
    """Write a file of the package as a program that did not know the column yet."""
    path = folder / "packages" / ID / f"{resource}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        table = list(csv.reader(file))
    at = table[0].index(column)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(r[:at] + r[at + 1 :] for r in table)
    descriptor = path.with_name("datapackage.json")
    entry = json.loads(descriptor.read_text(encoding="utf-8"))
    (own,) = (each for each in entry["resources"] if each["name"] == resource)
    own["schema"]["fields"] = [f for f in own["schema"]["fields"] if f["name"] != column]
    descriptor.write_text(json.dumps(entry, ensure_ascii=False), encoding="utf-8")
    rehash(path.parent)


def test_a_package_of_an_older_program_gets_the_columns_that_it_lacks(built: Path) -> None:
    """They are blank there, even where today's program always has a value; the site reads them."""
    without_column(built, "facts", "routes")
    without_column(built, "facts", "level")
    source(built).unlink()
    for _ in range(2):
        result = extract(built)
        assert result.exit_code == 1, result.output
        own = rows(built / "packages" / ID / "facts.csv")
        assert own and {(row["routes"], row["level"]) for row in own} == {("", "")}
        assert len(everything(built, "facts")) > len(own)
        for package in read_packages(built / "packages").disclosures:
            assert package.rows("facts")
        shutil.rmtree(built / "cache" / "current")


def test_a_package_of_ours_that_is_not_valid_leaves_the_old_one(
    built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = package(built)
    text = source(built).read_text(encoding="utf-8") + "\n补充说明。\n"
    source(built).write_text(text, encoding="utf-8")
    refuse = _refusing(before["source.csv"])
    monkeypatch.setattr("generator.cache.validate_package", refuse)
    for _ in range(2):  # the second build does not take the first one's for what it wanted
        result = extract(built)
        assert result.exit_code == 1 and told(result, "package-invalid"), result.stderr
        assert told(result, "source-unread")
        assert package(built) == before


def _refusing(good: bytes) -> Callable[[Path], None]:
    def validate(folder: Path) -> None:
        own = folder.parts[-2:] == tuple(ID.split("/"))
        if own and (folder / "source.csv").read_bytes() != good:
            raise PackageError("not valid")

    return validate


def test_what_a_build_that_died_left_aside_is_kept_too(built: Path) -> None:
    (built / "packages").rename(built / f"packages.{'0' * 32}.old")
    source(built).unlink()
    assert extract(built).exit_code == 1
    assert ID in registered(built)


# ── on the site ──────────────────────────────────────────────────────────────────────────


def test_the_site_marks_what_is_kept_in_both_languages(sites: Sites, tmp_path: Path) -> None:
    packages = write_sample_packages(tmp_path / "packages")
    kept = {"since": "2026-01-01", "code": "source-gone", "reason": "原文件<b>不在</b>"}
    file = packages / SAMPLE / "datapackage.json"
    entry = json.loads(file.read_text(encoding="utf-8")) | {"kept": kept}
    file.write_text(json.dumps(entry), encoding="utf-8")
    sites.render(packages, tmp_path / "site")
    for prefix, tag, why in (
        ("", "沿用旧数据", "2026-01-01以来原文件不在了"),
        ("en/", "kept from before", "Since 2026-01-01 the source file is gone"),
    ):
        pages = tmp_path / "site" / prefix
        page = (pages / "departments" / SAMPLE / "index.html").read_text(encoding="utf-8")
        assert why in page and "原文件&lt;b&gt;不在&lt;/b&gt;" in page
        for place in ("", "departments/", f"departments/{SAMPLE.partition('/')[0]}/"):
            text = (pages / place / "index.html").read_text(encoding="utf-8")
            assert tag in text, place
        other = (pages / "departments" / OTHER / "index.html").read_text(encoding="utf-8")
        assert tag not in other
