"""What was published and is another now is told, kept, and needs somebody's word where we erred."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest

from tests.disclosure_texts import typeset
from tests.doors import Rows, extract, files, rows
from tests.made_budgets import sample_budget
from tests.sample_packages import rehash
from tests.test_cache import here
from tests.text_styles import Style

ID = "guang-zhou-shi-mou-ju/2025-budget"
FACT = f"{ID.replace('/', '.')}."


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which one disclosure was extracted, once for all."""
    folder = tmp_path_factory.mktemp("extracted")
    (folder / "disclosures").mkdir()
    (folder / "disclosures" / "a.txt").write_bytes(typeset(sample_budget("广州市某局"), Style()))
    (folder / "disclosures" / "a.yaml").write_text("retrieved: 2025-03-01\n", encoding="utf-8")
    result = extract(folder)
    assert result.exit_code == 0, result.output
    return folder


@pytest.fixture
def built(extracted: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of that folder; that packages are valid is tested elsewhere."""
    monkeypatch.setattr("generator.executors.run_all", here)
    monkeypatch.setattr("generator.cache.validate_package", lambda folder: None)
    return shutil.copytree(extracted, tmp_path / "built")


def changes(folder: Path) -> Rows:
    return rows(folder / "packages" / "all" / "changes.csv")


def version(folder: Path, package: str = ID) -> str:
    text = (folder / "packages" / package / "datapackage.json").read_text(encoding="utf-8")
    found: str = json.loads(text)["version"]
    return found.partition("+")[0]


def facts(folder: Path) -> Rows:
    return rows(folder / "packages" / ID / "facts.csv")


def as_read_before(folder: Path, found: Rows) -> None:
    """Make the published package one of a program that read these amounts."""
    path = folder / "packages" / ID / "facts.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, found[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(found)
    rehash(path.parent)


def test_the_first_build_tells_what_came_and_a_second_adds_nothing(built: Path) -> None:
    (came,) = changes(built)
    assert (came["version"], came["reason"], came["date"]) == ("1.0.0", "added", "2025-03-01")
    before = files(built / "packages")
    shutil.rmtree(built / "cache")
    assert extract(built).exit_code == 0
    assert files(built / "packages") == before


def test_an_amount_that_is_read_otherwise_is_published_only_once_it_is_accepted(
    built: Path,
) -> None:
    """Without that word nothing is written, each such amount is named, and the exit code is 1."""
    old = facts(built)
    mended, vanished = old[3], old[-1] | {"fact_id": f"{FACT}of-old", "label": "以前的一行"}
    as_read_before(built, [*old[:3], mended | {"amount_yuan": "1.00", "printed": "0.0001"},
                           *old[4:], vanished])  # fmt: skip
    before = files(built / "packages")
    for _ in range(2):  # the refusal is not taken for up to date
        result = extract(built)
        assert result.exit_code == 1
        assert result.stderr.count("[figure-changed]") == 2, result.stderr
        assert mended["fact_id"] in result.stderr and "以前的一行" in result.stderr
        assert files(built / "packages") == before
    assert extract(built, "--accept").exit_code == 0
    _, *found = changes(built)
    assert [(c["identifier"], c["yuan_was"], c["yuan_is"], c["reason"]) for c in found] == [
        (mended["fact_id"], "1.00", mended["amount_yuan"], "reading_mended"),
        (vanished["fact_id"], vanished["amount_yuan"], "", "reading_mended"),
    ]
    assert found[0]["was"] == f"0.0001 {mended['printed_unit']}"
    assert mended["label"] in found[0]["label"] and found[0]["label"].startswith("《")
    assert version(built) == version(built, "all") == "1.1.0"
    assert extract(built).exit_code == 0 and len(changes(built)) == 3


def test_amounts_that_are_new_or_only_have_another_identifier_need_no_word(built: Path) -> None:
    old = facts(built)
    renamed = [row | {"fact_id": row["fact_id"].replace(".r", ".row")} for row in old[:-2]]
    as_read_before(built, renamed)
    assert extract(built).exit_code == 0
    _, *found = changes(built)
    assert {(c["subject"], c["is_now"], c["was"]) for c in found} <= {
        ("table", "1", ""), ("table", "2", ""),
    }  # fmt: skip
    assert sum(int(c["is_now"]) for c in found) == 2


def test_a_replaced_source_leaves_its_amounts_and_the_difference(built: Path) -> None:
    source = built / "disclosures" / "a.txt"
    before, text = facts(built), source.read_text(encoding="utf-8")
    amount = next(row for row in before if text.count(row["printed"]) == 1)
    other = amount["printed"][:-1] + str((int(amount["printed"][-1]) + 1) % 10)
    source.write_text(text.replace(amount["printed"], other), encoding="utf-8")
    source.with_suffix(".yaml").write_text("revised: 2025-04-01\n", encoding="utf-8")
    assert extract(built).exit_code == 0  # it is the department's doing, not ours
    _, replaced, *found = changes(built)
    assert replaced["reason"] == "source_replaced" and replaced["date"] == "2025-04-01"
    assert len(replaced["was"]) == len(replaced["is_now"]) == 64
    (figure,) = (each for each in found if each["identifier"] == amount["fact_id"])
    assert (figure["was"].split()[0], figure["is_now"].split()[0]) == (amount["printed"], other)
    earlier = rows(built / "packages" / "all" / "earlier-facts.csv")
    assert [(e["fact_id"], e["amount_yuan"]) for e in earlier] == [
        (row["fact_id"], row["amount_yuan"]) for row in before
    ]
    assert {(e["version"], e["sha256"]) for e in earlier} == {("1.1.0", replaced["was"])}


def test_a_disclosure_that_is_withdrawn_or_known_as_another_is_told(built: Path) -> None:
    sidecar = built / "disclosures" / "a.yaml"
    sidecar.write_text("department: another\n", encoding="utf-8")
    assert extract(built).exit_code == 0
    assert [(c["identifier"], c["reason"], c["is_now"]) for c in changes(built)[1:]] == [
        ("another/2025-budget", "added", changes(built)[0]["label"]),
        (ID, "renamed", "another/2025-budget"),
    ]
    text = typeset(sample_budget("广州市另一局"), Style())
    (built / "disclosures" / "b.txt").write_bytes(text)
    for path in built.glob("disclosures/a.*"):
        path.unlink()
    line = "- disclosure: another/2025-budget\n  reason: 部门已撤回\n  date: 2026-02-01\n"
    (built / "withdrawn.yaml").write_text(line, encoding="utf-8")
    assert extract(built).exit_code == 0
    gone = changes(built)[-1]
    assert (gone["identifier"], gone["reason"]) == ("another/2025-budget", "withdrawn")
    assert (gone["note"], gone["date"]) == ("部门已撤回", "2026-02-01")


def test_a_contradiction_that_was_looked_up_is_told(built: Path) -> None:
    package = built / "packages" / ID
    finding = rows(package / "findings.csv")[0]["finding_id"]
    text = (package / "findings.csv").read_text(encoding="utf-8")
    header, first, rest = text.split("\n", 2)
    cells = next(csv.DictReader([header, first]))
    cells["acknowledged"] = "以前看过"
    line = ",".join(f'"{value}"' for value in cells.values())
    (package / "findings.csv").write_text("\n".join((header, line, rest)), encoding="utf-8")
    rehash(package)
    assert extract(built).exit_code == 0
    (found,) = changes(built)[1:]
    assert (found["identifier"], found["was"], found["is_now"]) == (finding, "以前看过", "")
    assert found["reason"] == "acknowledged"


def test_a_history_that_was_altered_stops_the_build(built: Path) -> None:
    path = built / "packages" / "all" / "changes.csv"
    path.write_bytes(path.read_bytes().replace(b"added", b"renamed"))
    result = extract(built)
    assert result.exit_code == 2
    assert "changes.csv: was altered" in result.stderr
