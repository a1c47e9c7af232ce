"""What is wrong with a template, an asset or a page of the user's is told with its place."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import Result

from generator.website.output.assets import touch_icon
from tests.doors import ROOT, files, run
from tests.sample_packages import write_sample_packages
from tests.sites import Sites, without_workbooks

SETTINGS = """\
[folders]
packages = "packages"
site = "site"
templates = "own-templates"
content = "own-content"
cache = "cache"

[site]
english = false
page_images = false
"""


@dataclass(frozen=True)
class Own:
    """A folder with packages, and with room for templates and pages of one's own."""

    folder: Path

    def write(self, name: str, text: str | bytes) -> None:
        path = self.folder / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())

    def render(self) -> Result:
        with without_workbooks():
            return run("render", "--config", self.folder / "mingzhang.toml")


@pytest.fixture
def own(tmp_path: Path, sites: Sites) -> Own:
    write_sample_packages(tmp_path / "packages")
    shutil.copytree(sites.cache, tmp_path / "cache")
    (tmp_path / "mingzhang.toml").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / ".mingzhang").write_text("", encoding="utf-8")
    (tmp_path / "site" / "index.html").write_text("the old one", encoding="utf-8")
    return Own(tmp_path)


def replaced(name: str, old: str, new: str) -> str:
    """A template of ours with a slip in it."""
    text = (ROOT / "templates" / name).read_text(encoding="utf-8")
    assert old in text
    return text.replace(old, new, 1)


BROKEN: dict[str, tuple[str, str | bytes, str]] = {
    "not closed": ("base.html", "<p>\n{% if x %}\n", "base.html:2"),
    "no such filter": ("home.html", "\n\n{{ 1|nonsense }}", "home.html:3"),
    "no such variable": (
        "disclosure.html",
        replaced("disclosure.html", "{{ package.department.name }}", "{{ pakage.name }}"),
        "disclosure.html",
    ),
    "no such attribute": ("home.html", "x\n{{ settings.nonsense.more }}", "home.html:2"),
    "divided by nothing": ("home.html", "x\n{{ 1 / 0 }}", "home.html:2"),
    "a wrong call": ("home.html", 'x\n{{ plural("x") }}', "home.html:2"),
    "includes none": ("home.html", 'x\n{% include "nonsense.html" %}', "home.html:2"),
    "a macro less": (
        "macros.html",
        replaced("macros.html", "macro badge(", "macro bagde("),
        "macros.html",
    ),
    "loops in each other": (
        "home.html",
        "{% for x in [] %}" * 40 + "{% endfor %}" * 40,
        "home.html",
    ),
    "too deep": ("home.html", "{{ " + "(" * 5000, "home.html"),
    "half a character": ("home.html", "{{ '\\ud800' }}", "home.html"),
    "not UTF-8": ("home.html", "x\n预算".encode("gbk"), "home.html"),
    "no drawing": ("assets/favicon.svg", "<svg", "favicon.svg"),
    "no text": ("assets/favicon.svg", b"\xff", "favicon.svg"),
}


@pytest.mark.parametrize("slip", BROKEN)
def test_a_broken_template_is_told_with_its_place_and_the_old_site_stays(
    own: Own, slip: str
) -> None:
    name, text, place = BROKEN[slip]
    own.write(f"own-templates/{name}", text)
    before = files(own.folder / "site")
    result = own.render()
    last = result.stderr.splitlines()[-1]
    assert (result.exit_code, result.stdout) == (2, ""), result.output
    assert place in last and str(own.folder) in last and "删去" in last
    assert "Traceback" not in result.stderr and "pages-failed" not in result.stderr
    assert files(own.folder / "site") == before


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        ("extra.md", "# 题\n\n".encode() + "预算".encode("gbk"), "extra.md:3: 不是 UTF-8"),
        ("extra.md", b"\xff\xfe\x00", "extra.md:1: "),
        ("extra.md", "no title", "extra.md: "),
        ("terms.yaml", b"\xff", "terms.yaml"),
    ],
)
def test_a_written_page_that_cannot_be_read_is_told(
    own: Own, name: str, text: str | bytes, place: str
) -> None:
    own.write(f"own-content/{name}", text)
    result = own.render()
    assert (result.exit_code, result.stdout) == (2, ""), result.output
    assert place in result.stderr.splitlines()[-1]
    assert "Traceback" not in result.stderr


def test_a_page_with_a_mark_of_its_encoding_is_read(own: Own) -> None:
    own.write("own-content/extra.md", "\ufeff# 题\r\n\r\n一段。\r\n")
    assert own.render().exit_code == 0
    page = (own.folder / "site" / "extra" / "index.html").read_text(encoding="utf-8")
    assert re.search(r"<h1>题</h1>", page) and "<p>一段。</p>" in page


def test_a_mistake_of_ours_is_not_blamed_on_a_template(
    own: Own, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is innermost in a template of ours, though one of the user's lies around it."""
    own.write("own-templates/base.html", (ROOT / "templates" / "base.html").read_bytes())

    def fail(*_: object) -> str:
        raise TypeError("ours")

    monkeypatch.setattr("generator.website.output.folder.said", fail)
    result = own.render()
    assert "模板" not in result.stderr and result.exit_code in (1, 3), result.output


def test_an_icon_deeper_than_any_is_refused_before_it_is_drawn() -> None:
    """Who draws it calls itself for each element, until the process dies."""
    with pytest.raises(ValueError, match="more than 100"):
        touch_icon("<svg>" + "<g>" * 20_000)
