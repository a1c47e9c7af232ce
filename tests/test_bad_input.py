"""Bad input: each fault is a recorded problem with its place and mend, and the rest is built."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from click.testing import Result

from tests.disclosure_texts import Style, typeset
from tests.doors import DISCLOSURES, Rows, extract, read_text, rows
from tests.made_budgets import sample_budget

PLAIN = Style(spaced=False, breaks=0, own_line=False)
Expected = list[tuple[str, int | None]]


def lines_of(department: str) -> list[str]:
    """The lines of a good disclosure of a department."""
    return typeset(sample_budget(department), PLAIN).decode().split("\n")


def text_of(lines: list[str]) -> bytes:
    return "\n".join(lines).encode()


@dataclass(frozen=True)
class Bad:
    """A bad file, its sidecar where it has one, and the problems that it must give."""

    data: bytes
    expected: Expected
    sidecar: str | None = None
    fatal: bool = True
    words: str = ""


# ── files that cannot be read at all ─────────────────────────────────────────────────────


def unreadable() -> dict[str, Bad]:
    good = text_of(lines_of("广州市乙局"))
    utf_16 = good.decode().encode("utf-16")
    return {
        "empty": Bad(b"", [("file-empty", None)]),
        "only-blanks": Bad(b"\n \r\n\xe3\x80\x80\n", [("file-empty", None)]),
        "only-a-mark": Bad(b"\xef\xbb\xbf", [("file-empty", None)]),
        "latin-1": Bad("Résumé des crédits ÿ ÿÿ".encode("latin-1"), [("encoding-unknown", None)]),
        "utf-16-cut": Bad(utf_16[: len(utf_16) // 4 * 2 + 1], [("encoding-unknown", None)]),
        "pdf": Bad(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", [("not-text", None)], words="PDF"),
        "docx": Bad(b"PK\x03\x04\x14\x00", [("not-text", None)], words="DOCX"),
        "novel": Bad("话说天下大势，分久必合，合久必分。\n".encode(), [("not-a-disclosure", None)]),
        "no-tables": Bad(
            "第一部分 广州市丙局概况\n第二部分 2025年部门预算表\n第三部分 说明\n".encode(),
            [("nothing-read", None)],
        ),
        "no-year": Bad(good.replace(b"2025", b""), [("year-unknown", None)]),
        "no-name": Bad(
            good.replace("单位名称：广州市乙局".encode(), b"").replace(
                "第一部分 广州市乙局概况".encode(), "第一部分 概况".encode()
            ),
            [("department-unknown", None)],
        ),
    }


# ── tables and rows ──────────────────────────────────────────────────────────────────────


def changed(department: str, change: Callable[[list[str]], Expected]) -> Bad:
    """A disclosure of its own department, changed by ``change``; published, but not whole."""
    lines = lines_of(department)
    expected = change(lines)
    return Bad(text_of(lines), expected, fatal=False)


def _cut_in_table_3(lines: list[str]) -> Expected:
    start = lines.index("表3")
    del lines[next(i for i in range(start, len(lines)) if lines[i].startswith("206 ")) :]
    missing: Expected = [("table-missing", None)] * 9
    return [*missing, ("part-missing", None), ("part-missing", None)]


def _cut_in_a_table(lines: list[str]) -> Expected:
    start = next(i for i, line in enumerate(lines) if line.startswith("本年收入合计"))
    end = next(i for i in range(start, len(lines)) if lines[i].startswith("注："))
    del lines[start:end]
    return [("table-cut-off", start), ("table-cut-off", start)]


def _emptied(lines: list[str]) -> Expected:
    start = lines.index("表12")
    first = next(i for i in range(start, len(lines)) if lines[i].startswith("合计 "))
    end = next(i for i in range(first, len(lines)) if lines[i].startswith("注："))
    del lines[first:end]
    # The names of the key projects are those of the table that is empty now.
    key = lines.index("热线运行经费 1,050.00") + 1
    return [("table-empty", start + 2), ("line-unread", key), ("line-unread", key + 1)]


def _too_few(lines: list[str]) -> Expected:
    at = next(i for i, line in enumerate(lines) if line.startswith("2010301 "))
    lines[at] = lines[at].rpartition(" ")[0]
    return [("too-few-amounts", at + 1)]


def _too_few_in_a_project(lines: list[str]) -> Expected:
    at = next(i for i, line in enumerate(lines) if line.startswith("　　热线运行经费 10.00"))
    lines[at] = lines[at].replace(" 0.00", "", 1)
    return [("too-few-amounts", at + 1)]


def _too_many(lines: list[str]) -> Expected:
    at = next(i for i, line in enumerate(lines) if line.startswith("二、财政专户拨款"))
    lines[at] = lines[at].replace("0.00", "0.00 0.00", 1)
    return [("too-many-amounts", at + 1)]


def _not_a_number(lines: list[str]) -> Expected:
    at = next(i for i, line in enumerate(lines) if line.startswith("206 "))
    lines[at] = lines[at].replace("1,060.00", "1,0a6.29", 1)
    return [("amount-not-a-number", at + 1)]


def _lost_character(lines: list[str]) -> Expected:
    at = next(i for i, line in enumerate(lines) if line.startswith("（一）贯彻"))
    lines[at] = lines[at].replace("法律", "�律")
    return [("characters-lost", at + 1)]


def _unknown_title(lines: list[str]) -> Expected:
    at = lines.index("表12") - 1
    lines[at:at] = ["部门奇怪情况表", "项目 预算", "合计 5.00", "其一 3.00", "其二 2.00"]
    return [("table-unknown", at + 1)]


def _unknown_heading(lines: list[str]) -> Expected:
    start = lines.index("表6")
    at = next(i for i in range(start, len(lines)) if lines[i] == "预算")
    lines[at] = "预算之外"
    return [("header-unknown", start + 2)]


def _unknown_unit(lines: list[str]) -> Expected:
    start = lines.index("表8")
    lines[start - 1] = lines[start - 1].replace("单位：万元", "")
    lines[start:start] = ["单位：美元"]
    return [("unit-unknown", start + 3)]


def _no_unit(lines: list[str]) -> Expected:
    start = lines.index("表8")
    lines[start - 1] = lines[start - 1].replace("单位：万元", "")
    return [("unit-missing", start + 2)]


def half_read() -> dict[str, Bad]:
    changes = {
        "cut-in-table-3": _cut_in_table_3,
        "cut-in-a-table": _cut_in_a_table,
        "emptied-table": _emptied,
        "too-few": _too_few,
        "too-few-in-a-project": _too_few_in_a_project,
        "too-many": _too_many,
        "not-a-number": _not_a_number,
        "lost-character": _lost_character,
        "unknown-title": _unknown_title,
        "unknown-heading": _unknown_heading,
        "unknown-unit": _unknown_unit,
        "no-unit": _no_unit,
    }
    names = "甲乙丙丁戊己庚辛壬癸子丑寅卯"
    return {
        name: changed(f"广州市测试{letter}局", change)
        for (name, change), letter in zip(changes.items(), names, strict=False)
    }


# ── sidecars and identifiers ─────────────────────────────────────────────────────────────


def with_sidecars() -> dict[str, Bad]:
    data = text_of(lines_of("广州市附件局"))
    contradicts, invalid = [("sidecar-contradicts", None)], [("sidecar-invalid", None)]
    sidecars: dict[str, tuple[str, Expected]] = {
        "year-contradicts": ("year: 2024", contradicts),
        "kind-contradicts": ("kind: final_accounts", contradicts),
        "name-contradicts": ("department_name: 广州市别的局", contradicts),
        "hash-differs": (f"sha256: {'0' * 64}", [("hash-differs", None)]),
        "not-yaml": ("year: [2025", invalid),
        "not-a-mapping": ("- 2025", invalid),
        "unknown-key": ("jahr: 2025", invalid),
        "not-a-year": ("year: 二〇二五", invalid),
        "year-of-another-age": ("year: 202", invalid),
        "not-a-kind": ("kind: plan", invalid),
        "not-a-text": ("title: [a, b]", invalid),
    }
    slugs = ("../x", "/etc", "..", ".", "a/b", "a\\\\b", "all", "A", "x--y", "-x", "a b", "x" * 101)
    for number, slug in enumerate(slugs):
        sidecars[f"slug-{number}"] = (f'department: "{slug}"', [("slug-unsafe", None)])
    return {name: Bad(data, expected, text) for name, (text, expected) in sidecars.items()}


def with_odd_names() -> dict[str, Bad]:
    symbols = [("slug-unsafe", None)]
    return {
        "nameless": Bad(text_of(lines_of("※※※")), symbols),
        "reserved": Bad(text_of(lines_of("ALL")), symbols),
    }


BAD = {**unreadable(), **half_read(), **with_sidecars(), **with_odd_names()}


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


def test_the_exit_code_is_1_and_the_good_one_is_built(outcome: Outcome) -> None:
    assert outcome.result.exit_code == 1
    disclosures = {each["file"]: each for each in rows(outcome.folder / "packages/all/disclosures.csv")}
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
    assert found == BAD[name].expected
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
    by_file = {each["file"]: each for each in rows(outcome.folder / "packages/all/disclosures.csv")}
    package = outcome.folder / "packages" / by_file["not-a-number.txt"]["disclosure_id"]
    table = rows(package / "budget-income.csv")
    (row,) = (each for each in table if each["code"] == "206")
    assert (row["total"], row["general_public_budget"]) == ("", "1050.00")
    whole = int(by_file["good.txt"]["facts"])
    assert int(by_file["not-a-number.txt"]["facts"]) == whole - 1
    assert int(by_file["too-few.txt"]["facts"]) == whole - 12
    assert int(by_file["no-unit.txt"]["facts"]) == whole - 28


def test_the_line_that_could_not_be_read_is_marked(outcome: Outcome) -> None:
    by_file = {each["file"]: each for each in rows(outcome.folder / "packages/all/disclosures.csv")}
    package = outcome.folder / "packages" / by_file["unknown-title.txt"]["disclosure_id"]
    unread = [line["text"] for line in rows(package / "source.csv") if line["use"] == "unread"]
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
    (problem,) = (p for p in rows(folder / "packages/all/problems.csv") if p["severity"] != "warning")
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
