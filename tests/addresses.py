"""The addresses of the site of the committed packages, and the list of all ever published.

`make addresses` runs this: it adds what is new to the list, and never takes anything away.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from generator.config import read_settings
from generator.website import SiteSettings, render_site

ROOT = Path(__file__).resolve().parent.parent
LIST = ROOT / "data" / "addresses.txt"
# Named by a hash of their content: only our own pages lead to them. And what no reader asks for.
_NOT_LASTING = ("assets/", "charts/", "pages/", "cards/", "404.html", "_redirects", "_headers")


def build(folder: Path) -> Path:
    """Render the whole site, as it is deployed, into a new folder."""
    folder.mkdir(parents=True)
    settings = read_settings(ROOT / "mingzhang.toml")
    render_site(
        settings.packages,
        folder,
        templates=settings.templates,
        content=settings.content,
        settings=SiteSettings(
            base_url="https://example.org",  # the feed and the sitemap need one
            sources=settings.disclosures,
            redirects=settings.redirects,
        ),
        cache=settings.cache,
    )
    return folder


def addresses(site: Path) -> set[str]:
    """The lasting addresses of a site: pages, downloads and a few more files."""
    files = (p.relative_to(site).as_posix() for p in site.rglob("*") if p.is_file())
    return {_page(name) for name in files if not name.startswith(_NOT_LASTING)}


def published() -> set[str]:
    """Every address that was ever published."""
    return set(LIST.read_text(encoding="utf-8").splitlines()) if LIST.is_file() else set()


def _page(name: str) -> str:
    # The home page is the site's root.
    return f"/{name.removesuffix('index.html')}"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        found = addresses(build(Path(folder) / "site"))
    known = published()
    LIST.write_text("".join(f"{each}\n" for each in sorted(known | found)), encoding="utf-8")
    print(f"{LIST.relative_to(ROOT)}: {len(found - known)} new, {len(known | found)} in all")


if __name__ == "__main__":
    main()
