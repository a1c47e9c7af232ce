"""What changed in the data, version by version, in pages of bounded size."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from generator.website.everyone.paging import ListPage, weighed_pages
from generator.website.published.history import SHOWN, PublishedHistory, Revision


def change_pages(history: PublishedHistory) -> Iterator[ListPage[Revision]]:
    """Cut all that changed into pages, the newest version first."""
    return weighed_pages(lambda: history.revisions, _weight, "changes/")


def by_version(revisions: Sequence[Revision]) -> list[tuple[str, list[Revision]]]:
    """Return each version of a page with what changed in it."""
    groups = groupby(revisions, lambda revision: revision.version)
    return [(version, list(found)) for version, found in groups]


def _weight(revision: Revision) -> int:
    """About how many elements a page needs for it."""
    return 4 if revision.is_first else 16 + 9 * min(len(revision.parts), SHOWN)
