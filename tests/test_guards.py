"""One disclosure's failure anywhere is a problem of that file alone: all others are published."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from generator.build import build
from generator.read import Reading, Task
from generator.summary import Summary
from generator.website.drawing.drawn_charts import draw_charts
from generator.website.drawing.render_svg import Spec, spec_hash
from tests.pdf.settings import settings_for
from tests.sites import Sites, in_this_process, without_workbooks
from tests.test_cache import NAMES, here, write

#: Where each stage does its work for one disclosure, in the order of the way.
STAGES = (
    "generator.read.read_documents",
    "generator.read.extract_tables",
    "generator.read.normalise",
    "generator.department.merge",
    "generator.checks.run.run_checks",
    "generator.department.write_package",
    "generator.website.one_department.overview",
    "generator.website.one_department.audit",
    "generator.website.one_department.write_disclosure_downloads",
    "generator.website.department_pages.disclosure_view",
)
BAD = NAMES["b"]


def failing(work: Callable[..., Any]) -> Callable[..., Any]:
    """The work, but that it fails where it meets the second disclosure."""

    def done(*arguments: Any, **named: Any) -> Any:
        # A download is written of the package behind the output.
        if any(map(meets, arguments[: 2 if "downloads" in work.__name__ else 1])):
            raise KeyError("boom")
        return work(*arguments, **named)

    return done


def meets(argument: object) -> bool:
    if isinstance(argument, Path):
        return argument.name == "b.txt"
    if isinstance(argument, Sequence) and not isinstance(argument, str):
        return any(map(meets, argument))
    text = repr(argument)
    return BAD in text or "b.txt" in text or "shang-wu-ju" in text


@pytest.fixture(scope="module")
def charts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The charts of all three, drawn once."""
    folder = tmp_path_factory.mktemp("drawn")
    for name in NAMES:
        write(folder, name)
    built(folder)
    return folder / "cache" / "charts"


@pytest.fixture
def folder(tmp_path: Path, charts: Path) -> Path:
    for name in NAMES:
        write(tmp_path, name)
    shutil.copytree(charts, tmp_path / "cache" / "charts")
    return tmp_path


def built(folder: Path) -> Summary:
    """Build in this process; packages are not validated, and workbooks are empty."""
    settings = settings_for(folder).with_folders(site=folder / "site")
    with (
        patch("generator.executors.run_all", here),
        patch("generator.cache.validate_package"),
        in_this_process(),
        without_workbooks(),
    ):
        return build(settings, lambda stage, done, total: None)


@pytest.mark.parametrize("stage", STAGES)
def test_a_failure_of_one_disclosure_leaves_the_others(folder: Path, stage: str) -> None:
    module, _, name = stage.rpartition(".")
    work = getattr(__import__(module, fromlist=[name]), name)
    with patch(stage, failing(work)):
        summary = built(folder)
    blamed = [problem for problem in summary.problems if "boom" in problem.message]
    assert summary.failed
    assert len(blamed) == 1
    assert "b.txt" in blamed[0].file or "shang-wu-ju" in blamed[0].file
    for other in ("xin-fang-ju", "dang-an-guan"):
        assert list((folder / "packages").glob(f"*{other}/2025-budget/facts.csv")), stage
        assert list((folder / "site" / "departments").glob(f"*{other}/2025-budget/index.html"))


def test_a_second_opinion_that_fails_leaves_the_first(folder: Path) -> None:
    """Only asked for PDFs; here of a text that is said to be one, and in doubt."""

    def asked(task: Task) -> Iterator[Reading]:
        raise AssertionError

    with (
        patch("generator.read._in_doubt", return_value=True),
        patch("generator.read.second_opinion", asked),
    ):
        summary = built(folder)
    assert len(summary.checked) == len(NAMES)


@pytest.fixture(scope="module")
def drawings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache for all."""
    return tmp_path_factory.mktemp("drawings")


def test_a_chart_that_cannot_be_drawn_leaves_the_others(drawings: Path) -> None:
    """What the drawing library does not like ends its whole process: never ours."""
    good, bad = SPEC, {**SPEC, "mark": "no such mark"}
    drawn = draw_charts([good, bad], drawings)
    assert spec_hash(good) in drawn
    assert spec_hash(bad) not in drawn


def test_without_drawings_each_page_says_so_and_has_the_numbers(
    sites: Sites, tmp_path: Path
) -> None:
    with (
        patch("generator.website.share_pages.draw_charts", lambda *_: {}),
        patch("generator.website.one_department.draw_charts", lambda *_: {}),
    ):
        told = sites.render(sites.sample().packages, tmp_path / "site", drawn=sites.sample())
    page = next((tmp_path / "site/departments").glob("*/*/charts/index.html")).read_text("utf-8")
    assert "这张图没有画成" in page and "图中的数字" in page
    assert not told.drawn and "charts could not be drawn" in told.notes[-1]


@pytest.mark.parametrize("character", "\x00\x01\x0b\x1f\ud800\ufffe\uffff")
def test_a_character_that_no_drawing_can_hold_is_drawn_as_unknown(
    drawings: Path, character: str
) -> None:
    spec = {**SPEC, "title": f"收{character}入"}
    drawn = draw_charts([spec], drawings)
    assert "收\N{REPLACEMENT CHARACTER}入" in drawn[spec_hash(spec)]


SPEC: Spec = {
    "data": {"values": [{"a": 1}]},
    "mark": "bar",
    "encoding": {"x": {"field": "a", "type": "quantitative"}},
}
