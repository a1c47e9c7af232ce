"""What the page on the design says is what the style sheet and the palettes hold."""

from __future__ import annotations

import colorsys
import re
from pathlib import Path

import pytest

from generator.website.drawing import colours

HOUSE = Path(__file__).parents[1]
PAGES = ("content/design.md", "content/en/design.md")
CSS = (HOUSE / "templates/assets/site.css").read_text(encoding="utf-8")
LIGHT, DARK = CSS.split("@media (prefers-color-scheme: dark)")[:2]
COLOUR = re.compile(r"--(\w+): (#[0-9a-f]{6});")


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, by WCAG 2.2."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.fixture(params=PAGES)
def page(request: pytest.FixtureRequest) -> str:
    return (HOUSE / str(request.param)).read_text(encoding="utf-8")


def test_the_colours_and_their_contrasts_are_those_of_the_style_sheet(page: str) -> None:
    rows = re.findall(
        r"^\| `--(\w+)` \| [^|]+ \| `(#\w+)` \| `(#\w+)` \| (\S+)(?: / (\S+))? \|$", page, re.M
    )
    light, dark = dict(COLOUR.findall(LIGHT)), dict(COLOUR.findall(DARK.split("}")[0]))
    assert {name: (one, two) for name, one, two, *_ in rows} == {
        name: (light[name], dark[name]) for name in light
    }
    for name, one, two, on_light, on_dark in rows:
        if on_dark:
            found = (contrast(one, light["paper"]), contrast(two, dark["paper"]))
            assert (on_light, on_dark) == tuple(f"{each:.1f}" for each in found), name
            assert min(found) >= 4.5


def test_the_type_scale_and_the_spacing_are_those_of_the_style_sheet(page: str) -> None:
    scale = re.findall(r"^\| `--(step-\w+)` \| `([^`]+)` \|", page, re.M)
    assert scale == re.findall(r"--(step-\w+): ([^;]+);", CSS)
    for size in re.findall(r"--space-\w+: ([^;]+);", CSS):
        assert f"`{size}`" in page


def test_every_colour_of_the_charts_is_told(page: str) -> None:
    told = re.findall(r"^\| [^|]+ \| `(#\w{6})` \|$", page, re.M)
    palettes = (
        colours.FUNCTIONAL, colours.ECONOMIC, colours.FUNDS, colours.SPENDING, colours.PHASES,
        colours.THREE_PUBLIC,
    )  # fmt: skip
    assert told == [colour for palette in palettes for colour in palette.values()]
    assert f"`{colours.PROJECTS}`" in page
    assert f"`{colours.NEUTRAL}`" in page


# ── red ──────────────────────────────────────────────────────────────────────────────────────

SHEETS = sorted((HOUSE / "templates/assets").glob("*.css"))
#: What does not add up, and the marks of the figures that take part in it: nothing else is red.
WRONG = {
    ".answer.adds-up.wrong dd.short",
    ".badge .checks:has(.differs:not(.zero))",
    ".outcome.differs",
    ":is(.finding, .doubts) .numbers .apart dd",
    ".finding",
    ".doubts li",
    ".doubts a.no",
    ".contradictions .big",
    "mark.other",
    ".mark",
    ".accounts td.n a.mark",
    ".share-card .cell.wrong rect",
}
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")


def rules() -> list[tuple[str, str]]:
    """Each rule of the style sheets: its selector, and what it says."""
    texts = (re.sub(r"/\*.*?\*/", "", s.read_text(encoding="utf-8"), flags=re.S) for s in SHEETS)
    return [(one.strip(), said) for text in texts for one, said in RULE.findall(text)]


def test_red_means_what_does_not_add_up_and_nothing_else() -> None:
    assert {selector for selector, said in rules() if "var(--differs)" in said} == WRONG
    told = [(s, c) for s, said in rules() for c in re.findall(r"(?<!\w)#[0-9a-f]{6}\b", said)]
    written = {selector for selector, colour in told if is_red(colour)}
    assert written == {":root"}  # where it has its name


def test_no_colour_of_a_style_sheet_is_without_a_value() -> None:
    used = {name for _, said in rules() for name in re.findall(r"var\(--([\w-]+)\)", said)}
    set_ = {name for _, said in rules() for name in re.findall(r"--([\w-]+):", said)}
    assert used <= set_


def test_the_mark_of_the_site_is_not_red() -> None:
    drawn = (HOUSE / "templates/assets/favicon.svg").read_text(encoding="utf-8")
    assert not any(map(is_red, re.findall(r"#[0-9a-f]{6}", drawn)))


def is_red(colour: str) -> bool:
    """A colour that a reader calls red: its hue is within 15 degrees, and it is not grey."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    hue, _, grey = colorsys.rgb_to_hls(*parts)
    return min(hue, 1 - hue) * 360 <= 15 and grey > 0.25
