"""Groups: which of the files that were read are one disclosure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.heads import Claim, Head
from generator.problems import Report


@dataclass(frozen=True, slots=True)
class Group:
    """The files of one disclosure: those with its tables, and those with its prose alone."""

    whole: tuple[Head, ...]
    prose: tuple[Head, ...] = ()

    @property
    def files(self) -> tuple[str, ...]:
        """The names of all its files."""
        return tuple(head.file for head in (*self.whole, *self.prose))

    @property
    def id(self) -> str:
        """The identifier of the disclosure."""
        return self._said[0].id

    @property
    def department(self) -> str:
        """The identifier of its department."""
        return self._said[0].department.id

    @property
    def hashes(self) -> frozenset[str]:
        """The SHA-256 of its files."""
        return frozenset(said.sha256 for said in self._said)

    @property
    def amounts(self) -> int:
        """How many amounts are read of it."""
        return self._strongest.amounts

    @property
    def tables(self) -> int:
        """How many tables with rows are read of it."""
        return self._strongest.tables

    @property
    def _said(self) -> tuple[Claim, ...]:
        return tuple(head.said for head in (*self.whole, *self.prose) if head.said)

    @property
    def _strongest(self) -> Claim:
        return min(self._said[: len(self.whole)], key=lambda said: said.strength)


def grouped_files(heads: Sequence[Head], reports: Mapping[str, Report]) -> Iterator[Group]:
    """The files of each department, year and kind, in the order of their first ones.

    What is no disclosure by itself, or is there twice, becomes a problem of its file.
    """
    groups: dict[str, list[Head]] = {}
    tables = set()
    for head in heads:
        if head.said:
            groups.setdefault(head.said.id, []).append(head)
            if head.said.has_tables:
                tables.add(head.file)
    for group in groups.values():
        whole = [head for head in group if head.file in tables]
        prose = [head for head in group if head.file not in tables]
        if not whole:
            for head in prose:
                reports[head.file].add("tables-apart")
            continue
        yield Group(_without_duplicates(whole, reports), _without_duplicates(prose, reports))


def _without_duplicates(group: Sequence[Head], reports: Mapping[str, Report]) -> tuple[Head, ...]:
    """A disclosure may stand as PDF and as text; of two of one form the first is kept."""
    kept: dict[str, Head] = {}
    for head in group:
        form = Path(head.file).suffix.lower()
        if form in kept:
            reports[head.file].add("disclosure-duplicate", other=kept[form].file)
        else:
            kept[form] = head
    return tuple(kept.values())
