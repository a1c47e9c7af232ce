"""The templates, assets and written pages that come with the program, each of them replaceable.

A file of the same name in a folder of the user's takes the place of ours, file by file; an empty
page or list of terms takes ours away (but every page of the site links to `about`, `data-guide`,
`how-to-read` and `method`, so these want a text). The folders lie inside the installed package; in
a checkout, at its top.
"""

from __future__ import annotations

from pathlib import Path


def _folder(name: str) -> Path:
    installed = Path(__file__).parent / name
    return installed if installed.is_dir() else Path(__file__).parent.parent / name


TEMPLATES = _folder("templates")
CONTENT = _folder("content")


def found(name: str, own: Path, default: Path) -> Path:
    """Where the file ``name`` is: in the user's folder, or in ours."""
    return own / name if (own / name).is_file() else default / name


def pages(below: str, own: Path, default: Path) -> dict[str, Path]:
    """The Markdown files in ``below`` of both folders, by name; the user's are the stronger."""
    both = (*(default / below).glob("*.md"), *(own / below).glob("*.md"))
    return {path.stem: path for path in both}
