"""Comparing: what of one disclosure is another than what was published of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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
from generator.packages.published import Published
from generator.packages.registers import title
from generator.packages.resources import Resource, text
from generator.problems import PackageError, Problem


@dataclass(frozen=True, slots=True)
class Past:
    """What is known of earlier builds where one disclosure is compared with what they published.

    ``root`` is the folder with its package, None where there is none; ``is_known`` tells whether
    the history has it, and ``last`` in which version it was another the last time; ``next`` is the
    version of a build that changes something. Where it ``accepts``, amounts of unchanged sources
    may become others.
    """

    root: Path | None = None
    is_known: bool = False
    last: str = ""
    next: str = "1.0.0"
    accepts: bool = False


@dataclass(frozen=True, slots=True)
class WhatChanged:
    """What is another in one disclosure, and the version that it is of by that.

    ``replaced`` tells that its source was, so that the old amounts are kept; ``unaccepted`` are
    problems of amounts that need somebody's word.
    """

    version: str
    changes: tuple[DataChange, ...] = ()
    replaced: bool = False
    unaccepted: tuple[Problem, ...] = ()


def compared(checked: Checked, facts: Resource, past: Past) -> WhatChanged:
    """Compare a disclosure, whose amounts are ``facts``, with what is published of it."""
    disclosure = checked.disclosure
    found = _Found()
    if not past.is_known:
        found.changes.append(of_disclosure(disclosure, "", title(disclosure), "added"))
    if past.root is not None:
        try:
            found = _with_published(
                checked, facts, past, Published(past.root, disclosure.id), found
            )
        except PackageError as error:
            LOG.warning(f"{error}; not compared with what is read of it now")
    version = past.next if found.changes else past.last
    return WhatChanged(version, tuple(found.changes), found.replaced, tuple(found.unaccepted))


class _Found:
    """What was found so far."""

    def __init__(self) -> None:
        self.changes: list[DataChange] = []
        self.unaccepted: list[Problem] = []
        self.replaced = False


def _with_published(
    checked: Checked, facts: Resource, past: Past, published: Published, found: _Found
) -> _Found:
    """Raises PackageError, with nothing found, where what is published was altered."""
    disclosure = checked.disclosure
    before, findings = published.rows("facts"), published.rows("findings")
    titles = PackageTitles.of(published)
    now = frozenset(document.sha256 for document in disclosure.documents)
    reason = _why(published.hashes, now)
    if reason != "reading_mended":
        was, is_now = sorted(published.hashes - now), sorted(now - published.hashes)
        found.changes.append(of_disclosure(disclosure, " ".join(was), " ".join(is_now), reason))
    found.replaced = reason == "source_replaced"
    different = list(differences(before, _as_read(facts)))
    new = [of_figure(disclosure.id, each, titles, reason) for each in different if each.before]
    if reason == "reading_mended" and not past.accepts:
        found.unaccepted += problems_of(new, [each.before for each in different if each.before])
    found.changes += (
        *new,
        *_fresh(disclosure, different, titles, reason),
        *of_acknowledgements(checked, findings),
    )
    return found


def _fresh(
    disclosure: Disclosure, found: Sequence[Difference], titles: PackageTitles, reason: Reason
) -> Iterator[DataChange]:
    """How many amounts of each table are new."""
    fresh = Counter(e.after["table_id"] for e in found if e.after and not e.before)
    for table, count in sorted(fresh.items()):
        key, label = f"{disclosure.prefix}.{table}", titles.table(table)
        yield DataChange(disclosure.id, "table", key, label, "", str(count), reason)


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
