"""A department of which nothing changed is taken over, and the site is as one made from nothing."""

from __future__ import annotations

import random
import re
import shutil
from pathlib import Path
from unittest.mock import patch

import pytest

from generator.manifest import Manifest
from generator.website import SiteSettings, render_site
from generator.website import every_department as map_of
from generator.website.every_department import Reply
from generator.website.files.number_sizes import KnownSizes, sizes_of_disclosure
from generator.website.files.sqlite_file import DatabaseMadeOf, Earlier, write_sqlite
from generator.website.files.zip_files import write_zip
from generator.website.pages_task import PagesTask
from generator.website.published.descriptor import read_packages
from generator.website.settings import Before
from generator.website.wording.language import CHINESE
from tests.sample_packages import rehash, write_many_packages
from tests.sites import ROOT, Sites, in_this_process, without_workbooks

SETTINGS = SiteSettings(base_url="https://example.org", languages=(CHINESE,))


class Renders:
    """Sites of one folder of packages, each made with what the one before left."""

    def __init__(self, folder: Path, cache: Path) -> None:
        self.folder, self.cache, self.made = folder, cache, list[str]()
        self.packages = write_many_packages(folder / "packages", 3)

    def render(self, name: str, before: Path | None, inputs: str = "a program") -> Path:
        """Render into a folder; ``made`` are the departments that were not taken over."""
        self.made, site = [], self.folder / name
        site.mkdir()

        def reply(task: PagesTask) -> Reply:
            self.made.append(task.department)
            return real(task)

        real = map_of.reply
        with in_this_process(), without_workbooks(), patch.object(map_of, "reply", reply):
            render_site(
                self.packages,
                site,
                templates=ROOT / "templates",
                content=ROOT / "content",
                settings=SETTINGS,
                cache=self.cache,
                before=Before(before, inputs, Manifest(self.cache / "manifest")),
            )
        return site

    def edit(self, department: str, by: random.Random, slug: str = "") -> None:
        """Change some words of one disclosure, and amounts."""
        package = self.packages / department / (slug or by.choice(("2024-budget", "2025-budget")))
        facts = package / "facts.csv"
        printed = facts.read_text(encoding="utf-8").split("\n")
        for at in by.sample(range(1, len(printed) - 1), 8):
            printed[at] = printed[at].replace(".00,", f"{by.randrange(10)}.00,", 1)
        facts.write_text("\n".join(printed), encoding="utf-8")
        file = package / "source.csv"
        rows = file.read_text(encoding="utf-8").split("\n")
        at = by.choice([at for at, row in enumerate(rows) if "预算" in row])
        rows[at] = rows[at].replace("预算", f"预算{by.randrange(100)}号")
        file.write_text("\n".join(rows), encoding="utf-8")
        rehash(package)


def files(site: Path) -> dict[str, bytes]:
    """All files of a site."""
    found = (path for path in site.rglob("*") if path.is_file())
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in found}


def same_files(before: Path, after: Path, pattern: str, without: str = "/") -> list[str]:
    """The files of a site that are those of the one before by another name."""
    return [
        path.relative_to(after).as_posix()
        for path in after.glob(pattern)
        if not path.relative_to(after).as_posix().startswith(without)
        and (before / path.relative_to(after)).is_file()
        and path.samefile(before / path.relative_to(after))
    ]


@pytest.fixture
def renders(sites: Sites, tmp_path: Path) -> Renders:
    cache = shutil.copytree(sites.cache, tmp_path / "cache")
    return Renders(tmp_path, cache)


def test_after_random_edits_the_site_is_as_one_made_from_nothing(renders: Renders) -> None:
    by, site = random.Random(1), renders.render("0", None)
    assert renders.made == ["made-001", "made-002", "made-003"]
    for number in (1, 2):
        edited = by.choice(renders.made)
        renders.edit(edited, by)
        damaged = "made-001" if edited != "made-001" else "made-002"
        page = site / "departments" / damaged / "index.html"
        if number == 2:  # what was published is another than was written
            page.write_bytes(page.read_bytes() + b"\n")
        before, site = site, renders.render(f"{number}", site)
        assert set(renders.made) == {edited, *([damaged] if number == 2 else [])}
        renders.made = ["made-001", "made-002", "made-003"]
        # Of the two years one is as it was.
        assert len(same_files(before, site, "data/parquet/facts/**/*.parquet")) == 1
    before, site = site, renders.render("same", site)
    assert renders.made == []
    lists = same_files(before, site, "*/**/*.html", without="departments")
    kept = (
        "codes/",
        "compare/",
        "kinds/",
        "lists/doubled/",
        "places/",
        "projects/",
        "share/compare/",
    )
    assert all(any(each.startswith(name) for each in lists) for name in kept)
    renders.made = ["made-001", "made-002", "made-003"]
    # Of another program nothing is taken over, and this one makes the same.
    assert files(site) == files(renders.render("from nothing", site, "another program"))
    assert renders.made == ["made-001", "made-002", "made-003"]


def test_a_change_of_one_year_leaves_the_pages_of_the_other(renders: Renders) -> None:
    by, first = random.Random(2), renders.render("first", None)
    renders.edit("made-002", by, "2025-budget")
    second = renders.render("second", first)
    lists = same_files(first, second, "**/index.html")
    assert {
        f"{at}2024-budget/index.html" for at in ("compare/", "projects/", "places/440105/")
    } <= {*lists}
    assert "compare/2025-budget/index.html" not in lists
    svgs = same_files(first, second, "charts/*.svg")
    assert svgs
    for page in ("compare/2024-budget", "compare/2025-budget"):
        html = (second / page / "index.html").read_text(encoding="utf-8")
        for chart in re.findall(r'href="((?:\.\./)+share/compare/[^"]+)"', html):
            assert (second / page / chart).is_file()


def test_a_database_is_renewed_by_the_rows_that_are_others_alone(tmp_path: Path) -> None:
    renders = Renders(tmp_path, tmp_path / "cache")

    def write(name: str, earlier: Earlier | None = None) -> DatabaseMadeOf:
        whole = read_packages(renders.packages).whole
        return write_sqlite(whole, tmp_path / name, KnownSizes(sizes), earlier)

    disclosures = read_packages(renders.packages).disclosures
    sizes = {each.id: sizes_of_disclosure(each) for each in disclosures}
    before = Earlier(tmp_path / "before", write("before"))
    renders.edit("made-002", random.Random(3))
    write("from nothing")
    assert (tmp_path / "before").read_bytes() != (tmp_path / "from nothing").read_bytes()
    for other in ("made-001", "made-003"):  # nobody reads what is as it was
        (renders.packages / other / "2025-budget" / "facts.csv").unlink()
    write("renewed", before)
    assert (tmp_path / "renewed").read_bytes() == (tmp_path / "from nothing").read_bytes()


def test_a_zip_of_all_is_the_same_of_what_is_packed_already(tmp_path: Path) -> None:
    packages = write_many_packages(tmp_path / "packages", 2)
    packed = {each: tmp_path / f"{number}.zip" for number, each in enumerate(
        ("made-001/2024-budget", "made-002/2025-budget"))}  # fmt: skip
    for each, target in packed.items():
        write_zip(packages / each, target)
    write_zip(packages, tmp_path / "all.zip")
    write_zip(packages, tmp_path / "again.zip", packed)
    assert (tmp_path / "again.zip").read_bytes() == (tmp_path / "all.zip").read_bytes()
