"""What the site has put right: as people wrote it down, and as the history of the data has it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct

from generator.checked_files import CHINESE, checked_yaml, refuse
from generator.problems import PackageError
from generator.website.published.history import PublishedChange, PublishedHistory, Revision
from generator.website.wording.terms import Plain


class Correction(Struct, frozen=True, forbid_unknown_fields=True):
    """A correction as a person wrote it down.

    `disclosure` is the id of the one that it is about, `figure` says in words which figure,
    `noticed` who noticed; all may be blank.
    """

    date: date
    wrong: Plain
    right: Plain
    disclosure: str = ""
    figure: str = ""
    noticed: str = ""

    @property
    def anchor(self) -> str:
        """Return where it stands on the page: of its day, and of what it is about."""
        return "-".join(filter(None, (f"c{self.date}", self.disclosure.replace("/", "-"))))


def read_corrections(path: Path, history: PublishedHistory) -> tuple[Correction, ...]:
    """Read the corrections, the newest first; none where there is no such file.

    Raises:
        PackageError: It is not what it should be, or is about a disclosure that never was here.
    """
    if not path.is_file():
        return ()
    written = checked_yaml(path, tuple[Correction, ...], PackageError, words=CHINESE, empty=())
    known = history.known
    for at, each in enumerate(written):
        if each.disclosure and each.disclosure not in known:
            said = f"没有收录过 {each.disclosure}；写 data/packages 里的文件夹名，或删去这一行"
            refuse(path, (at, "disclosure"), said, PackageError, words=CHINESE)
    return tuple(sorted(written, key=lambda each: each.date, reverse=True))


def read_better(history: PublishedHistory) -> list[tuple[Revision, Sequence[PublishedChange]]]:
    """Return what is another as a source that is the same was read better, newest first."""
    found = (
        (revision, [c for c in revision.changes if c.row["reason"] == "reading_mended"])
        for revision in history.revisions
    )
    return [(revision, changes) for revision, changes in found if changes]
