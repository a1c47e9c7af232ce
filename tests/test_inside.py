"""Whatever a build writes lies inside its folder: one door, held by a property."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

import jinja2
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.paths import inside
from generator.problems import ConfigError, OutputError
from generator.website.output.folder import Output
from generator.website.output.redirects import write_redirects
from generator.website.settings import SiteSettings
from tests.doors import ROOT, files
from tests.hypothesis_profile import examples

FAULT = ROOT.parent / "shared" / "faults" / "redirects-write-outside-site.txt"
HOSTILE = (
    *("../../x/", "/etc/x/", "a\0b", "..\\x", "a\\..\\..\\x", "C:/x", "c:x", "//host/x"),
    *("%2e%2e/x", "%2E%2E%2Fx/", "%252e%252e/x", "a/../../x", "./../x", "a/%2e%2e/%2e%2e/x"),
    *("a\nb", "a\x1b[31m", "a\u2028b", "\ud800", "", ".", "..", "~/../x", "a/.. /x", "\\\\host\\x"),
)
PIECES = st.sampled_from([*HOSTILE, "..", "/", "\\", "a", "b.html", "%2e", "%2f", ":", "链接"])


@given(place=st.one_of(st.lists(PIECES, max_size=6).map("/".join), st.text(max_size=20)))
@example(place="link/x")
@example(place="a/../link/x")
@examples(100)
def test_nothing_is_ever_written_outside(place: str) -> None:
    with tempfile.TemporaryDirectory() as outer:
        site = Path(outer) / "in" / "site"
        site.mkdir(parents=True)
        (site / "link").symlink_to("..", target_is_directory=True)
        output = Output(site, jinja2.Environment(autoescape=True))
        with suppress(OutputError, OSError):  # refused, or a name that the system does not take
            output.file(place, b"x")
        outside = [name for name in files(Path(outer)) if not name.startswith("in/site/")]
        assert outside == []


@pytest.mark.parametrize("place", HOSTILE)
def test_a_place_that_leaves_the_folder_is_refused(tmp_path: Path, place: str) -> None:
    with pytest.raises(OutputError) as refused:
        inside(tmp_path, place)
    assert "\n" not in str(refused.value) and "\x1b" not in str(refused.value)


@pytest.mark.parametrize("place", ["a", "a/b.html", "中文/页.html", "a b/c", "..a/b..", "x/"])
def test_any_other_is_not(tmp_path: Path, place: str) -> None:
    assert inside(tmp_path, place) == tmp_path / place


def redirected(folder: Path, lines: bytes) -> Path:
    """Write the redirects of a site of one page."""
    site = folder / "in" / "site"
    (site / "search").mkdir(parents=True, exist_ok=True)
    (site / "search/index.html").write_bytes(b"")
    (folder / "redirects.txt").write_bytes(lines)
    templates = jinja2.Environment(loader=jinja2.DictLoader({"moved.html": ""}), autoescape=True)
    write_redirects(Output(site, templates), SiteSettings(redirects=folder / "redirects.txt"))
    return site


@pytest.mark.parametrize(
    "line",
    [
        *(f"{place} search/" for place in HOSTILE if place),
        *(
            "search/x ../search/",
            "a// search/",
            "x/ search/\ny/ /etc/passwd",
            "x/ search/\nx/ search/",
        ),
    ],
)
def test_a_redirect_that_leaves_the_site_is_a_wrong_setting(tmp_path: Path, line: str) -> None:
    with pytest.raises(ConfigError, match=r"redirects.txt: (line \d|cannot be read)"):
        redirected(tmp_path, os.fsencode(line) if "\ud800" not in line else b"\xff x")
    assert set(files(tmp_path)) == {"redirects.txt", "in/site/search/index.html"}


@pytest.mark.skipif(not FAULT.is_file(), reason="the corpus of faults is not at hand")
def test_the_redirects_of_the_corpus_write_nothing(tmp_path: Path) -> None:
    for line in FAULT.read_bytes().splitlines():
        with pytest.raises(ConfigError, match="line 1: "):
            redirected(tmp_path, line)


def test_a_redirect_inside_is_written(tmp_path: Path) -> None:
    site = redirected(tmp_path, "\ufeffold/page/ search/\r\n".encode())
    assert (site / "_redirects").read_bytes() == b"/old/page/ /search/ 301!\n"
    assert (site / "old/page/index.html").is_file()
