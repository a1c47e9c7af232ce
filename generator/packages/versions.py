"""Versions of the data: what became of what was published before, kept for good in two files.

``changes.csv`` of the package of all has a row for each disclosure that came, went or got another
source, and for each amount and acknowledgement that is another one; ``earlier-facts.csv`` has the
amounts of sources that were replaced. A build adds to them and takes nothing away. Versions are
counted by the builds that changed something: there is no clock in them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from generator.journal import LOG
from generator.models import Checked, Disclosure
from generator.packages.compared import Difference, Row, differences
from generator.packages.data_changes import (
    DataChange,
    PackageTitles,
    Reason,
    of_acknowledgements,
    of_disclosure,
    of_figure,
    problems_of,
)
from generator.packages.published import Kept, Published, relaxed
from generator.packages.registers import title
from generator.packages.resources import Resource, Value, listed, text
from generator.problems import PackageError, Problem

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
    unaccepted: list[Problem] = field(default_factory=list)
    _new: list[DataChange] = field(default_factory=list)
    _earlier: list[tuple[Value, ...]] = field(default_factory=list)
    _made: dict[str, frozenset[str]] = field(default_factory=dict)

    def compare(self, checked: Checked, facts: Resource) -> None:
        """Take note of what is another in one disclosure, whose amounts are ``facts``."""
        disclosure = checked.disclosure
        self._made[disclosure.id] = _hashes(disclosure)
        if disclosure.id not in self._known:
            self._new.append(of_disclosure(disclosure, "", title(disclosure), "added"))
        published = self.published.get(disclosure.id)
        if published is None or not self._rows["changes"]:
            return  # nothing to compare with, or of a program that knew no versions
        try:
            before, findings = published.rows("facts"), published.rows("findings")
            titles = PackageTitles.of(published)
        except PackageError as error:
            LOG.warning(f"{error}; not compared with what is read of it now")
            return
        reason = _why(published.hashes, self._made[disclosure.id])
        if reason != "reading_mended":
            self._sources(disclosure, published, reason)
        if reason == "source_replaced":
            self._earlier += _earlier(self._next, disclosure.id, published, before)
        self._figures(disclosure, list(differences(before, _as_read(facts))), reason, titles)
        self._new += of_acknowledgements(checked, findings)

    def _sources(self, disclosure: Disclosure, published: Published, reason: Reason) -> None:
        now = self._made[disclosure.id]
        was, is_now = sorted(published.hashes - now), sorted(now - published.hashes)
        self._new.append(of_disclosure(disclosure, " ".join(was), " ".join(is_now), reason))

    def _figures(
        self,
        disclosure: Disclosure,
        found: Sequence[Difference],
        reason: Reason,
        titles: PackageTitles,
    ) -> None:
        new = [of_figure(disclosure.id, each, titles, reason) for each in found if each.before]
        if reason == "reading_mended" and not self.accepts:
            rows = [each.before for each in found if each.before]
            self.unaccepted += problems_of(new, rows)
        self._new += new
        fresh = Counter(e.after["table_id"] for e in found if e.after and not e.before)
        for table, count in sorted(fresh.items()):
            key, label = f"{disclosure.prefix}.{table}", titles.table(table)
            self._new.append(DataChange(disclosure.id, "table", key, label, "", str(count), reason))

    def close(self) -> None:
        """Take note of the disclosures that are not published any more; all others are compared."""
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

    @cached_property
    def _rows(self) -> Mapping[str, Sequence[Row]]:
        """The rows of both files as they were."""
        names = ("changes", "earlier-facts")
        if self.root is None or not (self.root / "all" / "datapackage.json").is_file():
            return dict.fromkeys(names, ())
        before = Published(self.root, "all")
        return {name: before.rows(name) for name in names}

    @cached_property
    def _known(self) -> Set[str]:
        """The disclosures that are published, as far as the history says."""
        known = {}
        for row in self._rows["changes"]:
            if row["reason"] in ("added", "withdrawn", "renamed"):
                known[row["identifier"]] = row["reason"] == "added"
        return {key for key, is_there in known.items() if is_there}

    @cached_property
    def _builds(self) -> int:
        """How many builds changed something after the first; -1 where there was none."""
        versions = [row["version"] for row in self._rows["changes"]]
        return int(versions[-1].split(".")[1]) if versions else -1

    # What is published now.

    @property
    def _next(self) -> str:
        return f"{FORMAT}.{self._builds + 1}.0"

    @property
    def version(self) -> str:
        """The version of all."""
        return self._next if self._new else f"{FORMAT}.{max(self._builds, 0)}.0"

    def version_of(self, disclosure: str) -> str:
        """The version in which a disclosure came, or was another the last time."""
        if any(each.disclosure == disclosure for each in self._new):
            return self._next
        rows = self._rows["changes"]
        found = [row["version"] for row in rows if row["disclosure_id"] == disclosure]
        return found[-1] if found else self.version

    def resources(self) -> tuple[Resource, Resource]:
        """Both files: what they had, and what this build adds."""
        new = [each.row(self._next) for each in self._new]
        return self._file("changes", new), self._file("earlier-facts", self._earlier)

    def _file(self, name: str, new: Sequence[tuple[Value, ...]]) -> Resource:
        fields = [each.name for each in listed(name, ()).fields]
        old = [tuple(row.get(each, "") for each in fields) for row in self._rows[name]]
        rows = (*old, *new)
        return relaxed(listed(name, rows), [[text(value) for value in row] for row in rows])


def _hashes(disclosure: Disclosure) -> frozenset[str]:
    return frozenset(document.sha256 for document in disclosure.documents)


def _why(before: frozenset[str], now: frozenset[str]) -> Reason:
    """Why a disclosure is read otherwise, as far as its files tell."""
    if before == now:
        return "reading_mended"
    if before < now:
        return "source_added"
    return "source_removed" if now < before else "source_replaced"


def _as_read(facts: Resource) -> list[Row]:
    names = [each.name for each in facts.fields]
    return [dict(zip(names, map(text, row), strict=True)) for row in facts.rows]


def _earlier(
    version: str, disclosure: str, published: Published, facts: Sequence[Row]
) -> Iterator[tuple[Value, ...]]:
    """The amounts of a source that was replaced, each with the fingerprint of its file."""
    hashes = {each.file: each.hash for each in published.described.sources}
    names = [each.name for each in listed("earlier-facts", ()).fields]
    for row in facts:
        sha256 = hashes.get(row.get("source", ""), "").removeprefix("sha256:")
        whole = {**row, "version": version, "disclosure_id": disclosure, "sha256": sha256}
        yield tuple(whole.get(name, "") for name in names)
