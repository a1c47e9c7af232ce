"""What one disclosure may cost after it is read: beyond it stays alone, named, with the mend."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from generator.checks import run as running
from generator.checks import run_all_checks
from generator.checks.book import Book
from generator.models import Finding
from generator.packages import derived
from generator.pdf.limits import Limits
from generator.problems import PageError
from generator.stage_limits import NO_LIMITS, OverLimit, StageLimits, within
from generator.website.blame import blaming
from tests.disclosure_texts import typeset
from tests.doors import read_text, rows, run, write_settings
from tests.made_budgets import sample_budget
from tests.test_cache import here
from tests.text_styles import Style

FIRST, SECOND = (typeset(sample_budget(name), Style()) for name in ("广州市甲局", "广州市乙局"))
LARGE = typeset(sample_budget("广州市丙局"), Style()) + b"\n" * 900


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        (Limits(lines=50), "行文字，超过上限 50（设置 lines）"),
        (Limits(rows=20), "行表格，超过上限 20（设置 rows）"),
        (Limits(facts=100), "个金额，超过上限 100（设置 facts）"),
        (Limits(sections=1), "段说明，超过上限 1（设置 sections）"),
        (Limits(statements=0), "个说明里的数字，超过上限 0（设置 statements）"),
        (Limits(name_characters=4), "个字的名称，超过上限 4（设置 name_characters）"),
    ],
)
def test_what_is_too_large_is_told(limits: Limits, said: str) -> None:
    read = read_text(FIRST, limits=limits)
    assert not read.disclosures
    (problem,) = (each for each in read.problems if each.severity == "fatal")
    assert problem.code == "too-large" and said in problem.message
    assert "提高这个上限" in problem.mend


def _published(folder: Path) -> list[str]:
    return [row["file"] for row in rows(folder / "packages" / "all" / "disclosures.csv")]


def test_work_ends_when_its_time_is_over() -> None:
    with pytest.raises(OverLimit, match="0 秒"), within(StageLimits(0)):
        _spin()
    with within(NO_LIMITS):
        pass


@pytest.mark.skipif(sys.platform != "linux", reason="only there memory has a limit")
def test_work_ends_when_it_asks_for_too_much_memory_and_may_go_on_after_it() -> None:
    with pytest.raises(OverLimit, match="100 MB 内存"), within(StageLimits(memory_mb=100)):
        bytearray(200 * 2**20)
    assert bytearray(200 * 2**20)
    with pytest.raises(PageError) as caught, blaming("a/2025-budget", StageLimits(None, 100)):
        bytearray(200 * 2**20)
    assert (caught.value.code, caught.value.reason) == ("pages-over-limit", "100 MB 内存")


def _spin() -> None:
    """Work without end, in steps that tell of nothing."""
    while True:
        time.process_time()


def test_checks_without_end_are_of_one_disclosure(monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(book: Book) -> tuple[Finding, ...]:
        if book.extract.department_name == "广州市乙局":
            _spin()
        return ()

    monkeypatch.setattr(running, "CHECKS", (endless,))
    disclosures = [read_text(each).disclosure for each in (SECOND, FIRST)]
    checked = run_all_checks(disclosures, {}, StageLimits(0.2))
    assert [each.over_limit for each in checked] == ["0.2 秒", ""]


def test_what_is_beyond_keeps_no_other_from_being_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "disclosures").mkdir()
    (tmp_path / "disclosures" / "first.txt").write_bytes(FIRST)
    (tmp_path / "disclosures" / "second.txt").write_bytes(SECOND)
    (tmp_path / "disclosures" / "large.txt").write_bytes(LARGE)
    settings = write_settings(tmp_path)
    limits = f"lines = {len(FIRST.splitlines()) + 200}\nstage_seconds = 2\njobs = 1"
    settings.write_text(f"{settings.read_text()}\n[reading]\n{limits}\n")
    source = derived.source

    def endless(disclosure):  # type: ignore[no-untyped-def]  # as it is
        if disclosure.department.name == "广州市乙局":
            _spin()
        return source(disclosure)

    monkeypatch.setattr(derived, "source", endless)
    monkeypatch.setattr("generator.executors.run_all", here)
    result = run("extract", "--config", settings)
    assert result.exit_code == 1
    assert "large.txt: fatal [too-large]" in result.output
    assert "second.txt: fatal [package-over-limit] 生成数据包超过上限（2 秒）" in result.output
    assert _published(tmp_path) == ["first.txt"]


def test_pages_without_end_are_of_one_disclosure() -> None:
    with pytest.raises(PageError) as caught, blaming("department/2025-budget", StageLimits(0)):
        _spin()
    assert caught.value.disclosure == "department/2025-budget"
    assert caught.value.code == "pages-over-limit"
