"""What became of what was published: the versions of the data, as `changes.csv` tells them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from pathlib import Path

from generator.website.published.package import Package, Packages
from generator.website.published.rows import Row, exact_yuan
from generator.website.wording.amounts import change_said
from generator.website.wording.language import Words, marked

#: Of one disclosure in one version so many changes are shown; the file has them all.
SHOWN = 200
CHANGE_REASONS = Words(
    {
        "added": marked("收录"),
        "withdrawn": marked("撤下"),
        "renamed": marked("改了标识"),
        "source_replaced": marked("部门换了公开文件"),
        "source_added": marked("多了一种形式的原文件"),
        "source_removed": marked("少了一种形式的原文件"),
        "reading_mended": marked("原文件没变，读法改正"),
        "acknowledged": marked("人工核对"),
    }
)


@dataclass(frozen=True)
class PublishedChange:
    """One row of the history; `line` is where its amount stands in the source of today, or ""."""

    row: Row
    file: Path
    line: str = ""

    @property
    def reason(self) -> str:
        """Return why, in words."""
        return CHANGE_REASONS.get(self.row["reason"], "")

    @property
    def by(self) -> str:
        """Return by how much an amount is another, in words, or ""."""
        was, now = self.row["yuan_was"], self.row["yuan_is"]
        if not (was and now):
            return ""
        return change_said(*(exact_yuan(self.file, each) for each in (was, now)))

    @property
    def was(self) -> str:
        """Return what it was, a fingerprint cut short."""
        return self._shown(self.row["was"])

    @property
    def now(self) -> str:
        """Return what it is now, a fingerprint cut short."""
        return self._shown(self.row["is_now"])

    @property
    def of_source(self) -> bool:
        """Tell whether it is about a source that is another."""
        return self.row["reason"].startswith("source_") and self.row["subject"] == "disclosure"

    def _shown(self, text: str) -> str:
        return " ".join(each[:12] for each in text.split()) if self.of_source else text


@dataclass(frozen=True)
class Revision:
    """What is another of one disclosure in one version; `package` is None where it is gone."""

    version: str
    disclosure: str
    package: Package | None
    changes: Sequence[PublishedChange]

    @property
    def anchor(self) -> str:
        """Return where it stands on the page of changes."""
        return f"v{self.version}-{self.disclosure.replace('/', '-')}"

    @property
    def title(self) -> str:
        """Return the title of the disclosure, or what it was called."""
        if self.package:
            return self.package.title
        named = (each.row["label"] for each in self.changes if each.row["subject"] == "disclosure")
        return next(filter(None, named), self.disclosure)

    @property
    def whole(self) -> Sequence[PublishedChange]:
        """Return what became of the disclosure or its sources as a whole."""
        return [each for each in self.changes if each.row["subject"] == "disclosure"]

    @property
    def parts(self) -> Sequence[PublishedChange]:
        """Return what became of tables, amounts and acknowledgements in it."""
        return [each for each in self.changes if each.row["subject"] != "disclosure"]

    @property
    def date(self) -> str:
        """Return the last day that it tells of, or ""."""
        return max(each.row["date"] for each in self.changes)

    @property
    def is_first(self) -> bool:
        """Tell whether it only says that the disclosure came."""
        return [each.row["reason"] for each in self.changes] == ["added"]


class PublishedHistory:
    """All versions of the data, the newest first."""

    def __init__(self, packages: Packages, rows: Sequence[Row]) -> None:
        """Know the versions that ``rows`` of `changes.csv` tell of, and the packages of today."""
        self._packages, self._rows = packages, rows
        self.version = packages.version.partition("+")[0]
        self.resource = next((r for r in packages.consolidated if r.name == "changes"), None)

    @property
    def known(self) -> frozenset[str]:
        """Return the ids of all disclosures that are here, or once were."""
        here = (package.id for package in self._packages.disclosures)
        return frozenset((*here, *(row["disclosure_id"] for row in self._rows)))

    @cached_property
    def revisions(self) -> Sequence[Revision]:
        """Return what changed, disclosure by disclosure, the newest version first."""
        return list(self._revisions())

    def of(self, package: Package) -> list[Revision]:
        """Return what became of one disclosure since it came."""
        return [r for r in self.revisions if r.disclosure == package.id and not r.is_first]

    def _revisions(self) -> Iterator[Revision]:
        packages = {package.id: package for package in self._packages.disclosures}
        versions: dict[str, list[Row]] = {}
        for row in self._rows:
            versions.setdefault(row["version"], []).append(row)
        for version, rows in reversed(versions.items()):
            rows.sort(key=_disclosure)
            for id_, found in groupby(rows, _disclosure):
                yield self._revision(version, id_, packages.get(id_), list(found))

    def _revision(
        self, version: str, id_: str, package: Package | None, rows: Sequence[Row]
    ) -> Revision:
        lines, file = _lines(package, rows), self._packages.folder / "all" / "changes.csv"
        changes = [PublishedChange(row, file, lines.get(row["identifier"], "")) for row in rows]
        return Revision(version, id_, package, changes)


def _disclosure(row: Row) -> str:
    return row["disclosure_id"]


def _lines(package: Package | None, rows: Sequence[Row]) -> Mapping[str, str]:
    """The lines of the source at which the amounts of these rows stand today."""
    if package is None or all(row["subject"] != "fact" for row in rows):
        return {}
    return {row["fact_id"]: row["line"] for row in package.rows("facts")}
