"""Templates, assets, written pages and terms come with the program; a user's file replaces one."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.defaults import CONTENT, TEMPLATES, found
from generator.problems import PackageError
from generator.stage_limits import StageLimits
from generator.website import SiteSettings
from generator.website.output.assets import write_assets
from generator.website.output.content import WrittenPage, read_content
from generator.website.output.folder import Output, environment
from generator.website.wording.language import CHINESE, ENGLISH, Language, speaking
from generator.website.wording.terms import read_terms


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A user's folder, with one of each kind of file."""
    texts = {
        "templates/home.html": "ours",
        "templates/assets/site.js": "// ours",
        "content/about.md": "# 关于本站\n\n自己写的。\n",
        "content/en/method.md": "# Our method\n\nWritten by ourselves.\n",
        "content/en/how-to-read.md": "",
        "content/extra.md": "# 另一页\n\n自己加的。\n",
        "content/design.md": "",
    }
    for name, text in texts.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def read(folder: Path, language: Language) -> dict[str, WrittenPage]:
    with speaking(language):
        return {page.name: page for page in read_content(folder / "content")}


def test_a_template_of_the_users_takes_the_place_of_ours(own: Path) -> None:
    env = environment(own / "templates", SiteSettings())
    assert env.get_template("home.html").filename == str(own / "templates/home.html")
    assert env.get_template("base.html").filename == str(TEMPLATES / "base.html")


def test_an_asset_of_the_users_takes_the_place_of_ours(own: Path) -> None:
    output = Output(own / "site", environment(own / "templates", SiteSettings()))
    assets = write_assets(output, own / "templates")
    assert (own / "site" / assets.script).read_text() == "// ours"
    style = (own / "site" / assets.style).read_bytes()
    assert style == (TEMPLATES / "assets/site.css").read_bytes()


def test_written_pages_are_replaced_added_and_taken_away(own: Path) -> None:
    chinese, english = read(own, CHINESE), read(own, ENGLISH)
    assert "自己写的。" in chinese["about"].body
    assert "Written by ourselves." in english["method"].body
    assert "Written by ourselves." not in chinese["method"].body
    assert chinese["extra"].body == english["extra"].body  # nobody has translated it
    assert english["how-to-read"].language == CHINESE.tag  # without our translation
    assert "data-guide" in chinese and english["data-guide"].language == ENGLISH.tag
    assert "design" not in chinese and "design" not in english


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("\n".join("    " * level + "- a" for level in range(1500)), "deep.md:53: "),
        ("\n- " * 3 + "- " * 1500 + "a", "deep.md:5: "),
        ("1. " * 400 + "a", "deep.md:2: "),
        ("> " * 300 + "a", "deep.md:2: "),
    ],
)
def test_a_page_nested_deeper_than_anybody_reads_is_told(
    tmp_path: Path, text: str, place: str
) -> None:
    (tmp_path / "deep.md").write_text(f"# 题\n{text}\n", encoding="utf-8")
    with pytest.raises(PackageError, match=place + "列表或引用套了50层以上"):
        read_content(tmp_path)


def test_a_page_that_takes_too_long_is_told(tmp_path: Path) -> None:
    (tmp_path / "slow.md").write_text("# 题\n\n" + "[" * 3000, encoding="utf-8")
    with pytest.raises(PackageError, match=r"slow\.md: 排成网页超过上限（0\.05 秒）"):
        read_content(tmp_path, StageLimits(0.05))


def test_without_a_folder_everything_is_ours(tmp_path: Path) -> None:
    for language, folder in ((CHINESE, CONTENT), (ENGLISH, CONTENT / "en")):
        assert set(read(tmp_path, language)) == {path.stem for path in folder.glob("*.md")}


def test_terms_are_ours_unless_the_user_has_some_or_an_empty_file(own: Path) -> None:
    content = own / "content"
    assert found("terms.yaml", content, CONTENT) == CONTENT / "terms.yaml"
    (content / "terms.yaml").write_text("")
    assert not list(read_terms(found("terms.yaml", content, CONTENT)))


def test_a_template_that_changes_is_compiled_anew(own: Path) -> None:
    path, said = own / "templates" / "home.html", []
    for text in ("ours", "ours", "newer"):
        path.write_text(text, encoding="utf-8")
        made = environment(own / "templates", SiteSettings())
        said.append(made.get_template("home.html").render())
    assert said == ["ours", "ours", "newer"]
