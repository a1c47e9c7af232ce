"""What was replaced: disclosures that their departments published anew, the latest first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.website.published.history import PublishedHistory, Revision
from generator.website.published.package import Package, Packages


@dataclass(frozen=True)
class Replaced:
    """A disclosure in whose place there is another; `amounts` are those that changed with it."""

    package: Package
    date: str
    amounts: int
    revision: Revision | None

    @property
    def address(self) -> str:
        """Return the address of its page below the root."""
        return f"departments/{self.package.id}/"


def replaced(packages: Packages, history: PublishedHistory) -> list[Replaced]:
    """Return those whose register names the day, or whose source became another; undated last."""
    revised = {r["disclosure_id"]: r.get("revised", "") for r in packages.rows("disclosures")}
    known = {package.id: package for package in packages.disclosures}
    revisions = dict(_revisions(history))
    ids = {id_ for id_, day in revised.items() if day} | revisions.keys()
    found = [
        _replaced(known[id_], revised.get(id_, ""), revisions.get(id_)) for id_ in ids & set(known)
    ]
    found.sort(key=lambda each: each.package.id)
    return sorted(found, key=lambda each: each.date, reverse=True)


def _revisions(history: PublishedHistory) -> Iterator[tuple[str, Revision]]:
    """The latest revision of each disclosure in which its source became another."""
    newest: Mapping[str, Revision] = {
        revision.disclosure: revision
        for revision in reversed(history.revisions)
        if any(change.row["reason"] == "source_replaced" for change in revision.changes)
    }
    yield from newest.items()


def _replaced(package: Package, day: str, revision: Revision | None) -> Replaced:
    changes = revision.parts if revision else ()
    amounts = sum(change.row["subject"] == "fact" for change in changes)
    return Replaced(package, day or (revision.date if revision else ""), amounts, revision)
