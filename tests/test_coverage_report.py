"""The report of how much of any PDFs is read: its counts, and that a loss shows."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from benchmarks.amount_census import amounts_by_page, amounts_in, amounts_within
from benchmarks.amount_fates import fates
from benchmarks.coverage_report import COLUMNS, main
from generator.meaning.departments import Departments
from generator.pdf.limits import Limits
from generator.read import Task
from generator.seen import Seen, look
from tests.made_city import FRONT, budget
from tests.pdf.ruled import made


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("coverage") / "place"
    folder.mkdir()
    (folder / "a.pdf").write_bytes(budget())
    (folder / "b.pdf").write_bytes(made([FRONT]))
    return folder


def report(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *paths: Path
) -> tuple[int | str | None, str]:
    monkeypatch.setattr("sys.argv", ["coverage_report", *map(str, paths)])
    with pytest.raises(SystemExit) as ended:
        main()
    return ended.value.code, capsys.readouterr().out


def test_files_folders_and_all_are_counted_and_refusals_have_their_reason(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out = report(monkeypatch, capsys, folder)
    _, first, second, place, whole, refused = out.splitlines()
    assert code == 0
    counts = dict(zip(COLUMNS, map(int, first.split()[: len(COLUMNS)]), strict=True))
    assert first.endswith("place/a.pdf") and second.endswith("place/b.pdf")
    assert counts["pages"] == 10
    assert [counts[key] for key in ("tables", "standard", "printed")] == [9, 8, 1]
    fate = {"amounts": 30, "facts": 24, "as_printed": 6, "refused": 0, "lost": 0}
    assert {key: counts[key] for key in fate} == fate
    assert counts["holds"] > 0 and counts["differs"] == 0
    assert place.endswith("= place") and whole.endswith("= all")
    assert whole.split()[:2] == ["2", "11"]
    assert refused.startswith("refused: place/b.pdf: [tables-apart] ")


def test_what_is_not_there_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert report(monkeypatch, capsys, tmp_path / "absent.pdf")[0] == 2
    assert report(monkeypatch, capsys, tmp_path)[0] == 2


def test_an_amount_that_the_page_prints_and_nobody_read_is_lost(folder: Path) -> None:
    path = folder / "a.pdf"
    seen = Seen(path, look(Task(path, folder, Departments(()), Limits())), {})
    census = dict(amounts_by_page(path))
    assert fates(seen, census)[0]["lost"] == 0
    census[3] = census[3] + Counter(["60.00", "77.77"])
    counts, lost = fates(seen, census)
    assert counts["lost"] == 2
    assert lost == ["60.00 (page 3)", "77.77 (page 3)"]


def test_what_is_an_amount_to_the_other_reader() -> None:
    text = "合计 1,234.50 -3.00 20101 2026 12,345,678 1.102.20 共100.00万元 100.0x"
    assert [*amounts_in(text)] == ["1,234.50", "-3.00", "12,345,678", "1.10", "2.20"]
    assert [*amounts_within("2个泵站，19.53公里，共1,100.00万元")] == ["19.53", "1,100.00"]
