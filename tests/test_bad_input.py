"""Bad input: each fault is a recorded problem with its place and mend, and the rest is built."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from click.testing import Result

from generator.problems import PackageError
from tests.bad_disclosures import BAD, PLAIN, lines_of, text_of
from tests.disclosure_texts import typeset
from tests.doors import DISCLOSURES, Rows, extract, read_text, rows, run, write_settings
from tests.made_budgets import sample_budget
from tests.test_cache import here

# ── one build of them all ────────────────────────────────────────────────────────────────


@dataclass
class Outcome:
    folder: Path
    result: Result
    problems: dict[str, Rows] = field(default_factory=dict)


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """All bad files, and a good one, in one build."""
    folder = tmp_path_factory.mktemp("bad")
    disclosures = folder / "disclosures"
    disclosures.mkdir()
    (disclosures / "good.txt").write_bytes(text_of(lines_of("广州市试验局")))
    (disclosures / "orphan.yaml").write_text("year: 2025\n", encoding="utf-8")
    for name, bad in BAD.items():
        (disclosures / f"{name}.txt").write_bytes(bad.data)
        if bad.sidecar is not None:
            (disclosures / f"{name}.yaml").write_text(bad.sidecar, encoding="utf-8")
    outcome = Outcome(folder, extract(folder))
    for problem in rows(folder / "packages" / "all" / "problems.csv"):
        outcome.problems.setdefault(problem["file"], []).append(problem)
    return outcome


def by_file(folder: Path) -> dict[str, dict[str, str]]:
    """The published disclosures, by the file that each was read from."""
    return {each["file"]: each for each in rows(folder / "packages/all/disclosures.csv")}


def test_the_exit_code_is_1_and_the_good_one_is_built(outcome: Outcome) -> None:
    assert outcome.result.exit_code == 1
    disclosures = by_file(outcome.folder)
    assert disclosures["good.txt"]["problems"] == "1"  # not in the register
    package = outcome.folder / "packages" / disclosures["good.txt"]["disclosure_id"]
    assert (package / "datapackage.json").is_file()
    assert set(disclosures) == {"good.txt"} | {
        f"{name}.txt" for name, bad in BAD.items() if not bad.fatal
    }


@pytest.mark.parametrize("name", sorted(BAD))
def test_each_fault_is_a_problem_with_code_line_and_mend(outcome: Outcome, name: str) -> None:
    file = f"{name}.txt"
    problems = [p for p in outcome.problems[file] if p["code"] != "department-unregistered"]
    found = [(each["code"], int(each["line"]) if each["line"] else None) for each in problems]
    assert found == list(BAD[name].expected)
    assert all(each["message"] and each["mend"] for each in problems)
    assert {each["severity"] for each in problems} == {"fatal" if BAD[name].fatal else "error"}
    assert BAD[name].words in problems[0]["message"]


@pytest.mark.parametrize("name", sorted(BAD))
def test_each_fault_is_said_on_standard_error(outcome: Outcome, name: str) -> None:
    said = [line for line in outcome.result.stderr.splitlines() if line.startswith(f"{name}.txt")]
    for code, line in BAD[name].expected:
        place = f"{name}.txt:{line}: " if line else f"{name}.txt: "
        assert any(each.startswith(place) and f"[{code}]" in each for each in said)


def test_a_sidecar_without_its_text_is_reported(outcome: Outcome) -> None:
    (problem,) = outcome.problems["orphan.yaml"]
    assert (problem["code"], problem["severity"]) == ("sidecar-orphan", "error")


def test_nothing_is_written_outside_the_packages(outcome: Outcome) -> None:
    names = {path.name for path in outcome.folder.iterdir()}
    assert names == {"disclosures", "packages", "cache", "mingzhang.toml"}


def test_what_was_read_of_a_faulty_table_is_published_and_the_rest_is_blank(
    outcome: Outcome,
) -> None:
    published = by_file(outcome.folder)
    package = outcome.folder / "packages" / published["not-a-number.txt"]["disclosure_id"]
    table = rows(package / "budget-income.csv")
    (row,) = (each for each in table if each["code"] == "206")
    assert (row["total"], row["general_public_budget"]) == ("", "1050.00")
    whole = int(published["good.txt"]["facts"])
    assert int(published["not-a-number.txt"]["facts"]) == whole - 1
    assert int(published["too-few.txt"]["facts"]) == whole - 12
    assert int(published["no-unit.txt"]["facts"]) == whole - 28


def test_the_line_that_could_not_be_read_is_marked(outcome: Outcome) -> None:
    published = by_file(outcome.folder)
    package = outcome.folder / "packages" / published["unknown-title.txt"]["disclosure_id"]
    unread = [line["text"] for line in rows(package / "source.csv") if line["line_use"] == "unread"]
    assert unread == ["项目 预算", "合计 5.00", "其一 3.00", "其二 2.00"]


# ── several files at once ────────────────────────────────────────────────────────────────


def folder_of(tmp_path: Path, files: dict[str, str | bytes]) -> Path:
    (tmp_path / "disclosures").mkdir()
    for name, content in files.items():
        data = content.encode() if isinstance(content, str) else content
        (tmp_path / "disclosures" / name).write_bytes(data)
    return tmp_path


def test_of_two_files_for_one_disclosure_the_first_is_kept(tmp_path: Path) -> None:
    first = typeset(sample_budget(), PLAIN)
    second = first.replace(b"1,050.00", b"1,050.01")
    folder = folder_of(tmp_path, {"a.txt": first, "b.txt": second})
    result = extract(folder)
    assert result.exit_code == 1
    (disclosure,) = rows(folder / "packages/all/disclosures.csv")
    assert disclosure["file"] == "a.txt"
    (problem,) = (
        p for p in rows(folder / "packages/all/problems.csv") if p["severity"] != "warning"
    )
    assert (problem["code"], problem["file"]) == ("disclosure-duplicate", "b.txt")
    assert "a.txt" in problem["message"]


def test_names_with_markup_or_formulas_come_out_as_text(tmp_path: Path) -> None:
    text = typeset(sample_budget(), PLAIN).decode()
    text = text.replace("政务大厅维护经费", "<script>alert(1)</script>").replace("95%。", "=1+1")
    folder = folder_of(tmp_path, {"a.txt": text})
    assert extract(folder).exit_code == 0
    first, second, _ = rows(folder / "packages/all/projects.csv")
    assert second["name"] == "<script>alert(1)</script>"
    assert first["performance_target"].endswith("群众满意度达到=1+1")


def test_characters_that_nobody_sees_break_no_page(tmp_path: Path) -> None:
    odd = "".join(map(chr, (1, 8, 0x1B, 0x7F, 0x9F, 0x200B, 0x202E, 0xFFFE, 0xFFFF, 0x1D7D2)))
    text = (DISCLOSURES / "haizhu-2025-budget.txt").read_text(encoding="utf-8")
    for name in ("琶洲政务分中心", "绩效工资", "科学技术支出"):
        assert name in text
        text = text.replace(name, f"{name[:2]}{odd}{name[2:]}")
    folder = folder_of(tmp_path, {"haizhu-2025-budget.txt": text})
    settings = write_settings(folder)
    assert extract(folder).exit_code in (0, 1)
    result = run("render", "--config", settings)
    assert result.exit_code == 0, result.output
    assert list((folder / "site").rglob("*.html"))


@pytest.mark.parametrize("path", sorted(DISCLOSURES.glob("*.txt")), ids=lambda path: path.stem)
def test_without_sidecar_or_register_the_text_tells_who_and_when(path: Path) -> None:
    disclosure = read_text(path.read_bytes(), path.name).disclosure
    known = dict(_pairs(path.with_suffix(".yaml")))
    extracted = disclosure.extract
    assert extracted.department_name == known["department_name"]
    assert str(extracted.year) == known["year"]
    assert extracted.kind == known["kind"]
    assert disclosure.department.id.startswith("guang-zhou-shi-")
    assert hashlib.sha256(path.read_bytes()).hexdigest() == known["sha256"]


def _pairs(sidecar: Path) -> Iterator[tuple[str, str]]:
    for line in sidecar.read_text(encoding="utf-8").splitlines():
        key, colon, value = line.partition(": ")
        if colon:
            yield key, value.strip()


def test_a_package_that_is_not_valid_does_not_take_the_others_down(tmp_path: Path) -> None:
    """Whatever mistake of ours makes it so; here, that only one of the two is refused."""
    folder = folder_of(
        tmp_path,
        {"a.txt": text_of(lines_of("广州市甲局")), "b.txt": text_of(lines_of("广州市乙局"))},
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("generator.cache.validate_package", _refuse_the_second)
        patch.setattr("generator.executors.run_all", here)
        result = extract(folder)
    assert result.exit_code == 1
    assert [each["file"] for each in rows(folder / "packages/all/disclosures.csv")] == ["a.txt"]
    problems = {p["code"]: p["file"] for p in rows(folder / "packages/all/problems.csv")}
    assert problems["package-invalid"] == "b.txt"


def _refuse_the_second(package: Path) -> None:
    sources = (package / "datapackage.json").read_text(encoding="utf-8")
    if package.name != "all" and '"b.txt"' in sources:
        raise PackageError(f"{package}: not valid")
