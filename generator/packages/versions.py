"""Versions of the data: what became of what was published before, kept for good in two files.

``changes.csv`` of the package of all has a row for each disclosure that came, went or got another
source, and for each amount and acknowledgement that is another one; ``earlier-facts.csv`` has the
amounts of sources that were replaced. A build adds to them and takes nothing away. Versions are
counted by the builds that changed something: there is no clock in them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from generator.packages.compared import Row
from generator.packages.comparing import Past, WhatChanged
from generator.packages.data_changes import DataChange, Reason
from generator.packages.published import Kept, Published
from generator.packages.resources import listed, text

#: Raised when a reader of the files has to change something: a column has another name or is gone.
FORMAT = 1


@dataclass
class History:
    """What earlier builds published below ``root``, and what this one makes another.

    ``published`` are the packages with which those of this build are compared, ``kept`` those that
    stay, ``withdrawn`` the reason and the day of each disclosure that was taken away on purpose.
    Where ``accepts``, amounts of unchanged sources may become others.
    """

    root: Path | None = None
    published: Mapping[str, Published] = field(default_factory=dict)
    kept: Sequence[Kept] = ()
    withdrawn: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    accepts: bool = False
    _new: list[DataChange] = field(default_factory=list)
    _replaced: list[str] = field(default_factory=list)
    _made: dict[str, frozenset[str]] = field(default_factory=dict)

    def past(self, disclosure: str) -> Past:
        """What a disclosure of this build is compared with."""
        compares = disclosure in self.published and bool(self._versions)
        return Past(
            self.root if compares else None,
            disclosure in self._known,
            self._last.get(disclosure, ""),
            self._next,
            self.accepts,
        )

    def add(self, disclosure: str, hashes: frozenset[str], compared: WhatChanged) -> None:
        """Take note of what is another in one disclosure, which is of files of these hashes."""
        self._made[disclosure] = hashes
        self._new += compared.changes
        if compared.replaced:
            self._replaced.append(disclosure)

    def close(self) -> None:
        """Take note of the disclosures that are not published any more; all others were added."""
        kept = {each.package.id for each in self.kept}
        for each in self.kept:
            if each.package.id not in self._known:
                key, name = each.package.id, each.package.described.title
                self._new.append(DataChange(key, "disclosure", key, name, "", name, "added"))
        for gone in sorted(self._known - self._made.keys() - kept):
            self._new.append(self._gone(gone))

    def _gone(self, disclosure: str) -> DataChange:
        note, date = self.withdrawn.get(disclosure, ("", ""))
        published = self.published.get(disclosure)
        hashes = published.hashes if published and not note else frozenset()
        now = next((key for key, own in self._made.items() if own & hashes), "")
        reason: Reason = "renamed" if now else "withdrawn"
        return DataChange(
            disclosure, "disclosure", disclosure, "", disclosure, now, reason, date=date, note=note
        )

    # What was published.

    def _rows(self, name: str) -> Iterator[Row]:
        """The rows of a file of the package of all as they were."""
        if self.root is None or not (self.root / "all" / "datapackage.json").is_file():
            return iter(())
        return Published(self.root, "all").each_row(name)

    @cached_property
    def _versions(self) -> Sequence[tuple[str, str, str, str]]:
        """Of each change its version, disclosure, identifier and reason."""
        names = ("version", "disclosure_id", "identifier", "reason")
        return [tuple(row[name] for name in names) for row in self._rows("changes")]  # type: ignore[misc]

    @cached_property
    def _last(self) -> Mapping[str, str]:
        """By disclosure the version in which it came, or was another the last time."""
        return {disclosure: version for version, disclosure, *_ in self._versions}

    @cached_property
    def _known(self) -> Set[str]:
        """The disclosures that are published, as far as the history says."""
        known = {}
        for _, _, identifier, reason in self._versions:
            if reason in ("added", "withdrawn", "renamed"):
                known[identifier] = reason == "added"
        return {key for key, is_there in known.items() if is_there}

    @cached_property
    def _builds(self) -> int:
        """How many builds changed something after the first; -1 where there was none."""
        return int(self._versions[-1][0].split(".")[1]) if self._versions else -1

    # What is published now.

    @property
    def _next(self) -> str:
        return f"{FORMAT}.{self._builds + 1}.0"

    @property
    def version(self) -> str:
        """The version of all."""
        return self._next if self._new else f"{FORMAT}.{max(self._builds, 0)}.0"

    def changes(self) -> Iterator[tuple[str, ...]]:
        """The rows of ``changes.csv``: what it had, and what this build adds."""
        yield from self._before("changes")
        for each in self._new:
            yield tuple(map(text, each.row(self._next)))

    def earlier(self) -> Iterator[tuple[str, ...]]:
        """The rows of ``earlier-facts.csv``: what it had, and the amounts that are replaced now."""
        yield from self._before("earlier-facts")
        for disclosure in self._replaced:
            yield from _earlier(self._next, disclosure, self.published[disclosure])

    def _before(self, name: str) -> Iterator[tuple[str, ...]]:
        fields = [each.name for each in listed(name, ()).fields]
        for row in self._rows(name):
            yield tuple(row.get(each) or "" for each in fields)


def _earlier(version: str, disclosure: str, published: Published) -> Iterator[tuple[str, ...]]:
    """The amounts of a source that was replaced, each with the fingerprint of its file."""
    hashes = {each.file: each.hash for each in published.described.sources}
    names = [each.name for each in listed("earlier-facts", ()).fields]
    for row in published.each_row("facts"):
        sha256 = hashes.get(row.get("source", ""), "").removeprefix("sha256:")
        whole = {**row, "version": version, "disclosure_id": disclosure, "sha256": sha256}
        yield tuple(whole.get(name) or "" for name in names)
