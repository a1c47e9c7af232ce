"""What becomes of PDFs whose words nobody has entered: read with all words, and with fewer.

    python -m benchmarks.unknown_words PDFS… [--seeds 5] [--share 0.1] [--places]

With fewer words less may be understood, but nothing may be wrong. So each fact is held against the
same cell as it is read with all words: an axis that says another thing (not nothing) is wrong, and
so are an amount that is lost in silence, a finding that accuses anew, a file that crashes. The
exit code is 1 where anything is wrong. ``--places`` leaves out the words that only one folder has.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import generator.read
import generator.seen
from benchmarks.amount_census import amounts_by_page
from benchmarks.amount_fates import fates
from benchmarks.coverage_report import ROOT, sources
from benchmarks.fewer_words import (
    Known,
    by_chance,
    everything,
    fewer,
    knowing,
    naming_itself,
    without,
    words_in,
)
from generator.config import read_settings
from generator.meaning.departments import read_departments
from generator.models import Document, Fact, Finding
from generator.pdf.limits import Limits
from generator.problems import Problem, Report
from generator.read import Task
from generator.reading import SourceFile, read_documents, second_opinion
from generator.seen import Seen, look
from generator.workers import Died, run_all

#: What a fact says; a blank says nothing, and so nothing wrong.
_AXES = (
    "table", "functional_code", "economic_code", "government_economic_code", "item", "unit",
    "project", "fund_source", "expenditure_type", "budget_phase", "qualifier", "amount_year",
    "amount", "role",
)  # fmt: skip
#: Roles of rows that may be added up, and of those that may not.
_ADDED = {"item": "added up"}
#: What a concept is part of.
_FUND, _BASIC = ("fiscal_appropriation",), ("basic_expenditure",)
_VEHICLES = ("official_vehicles", "three_public_expenses")
_WITHIN = {
    "general_public_budget": _FUND,
    "government_managed_funds_budget": _FUND,
    "state_capital_operations_budget": _FUND,
    "personnel_expenses": _BASIC,
    "public_expenses": _BASIC,
    "vehicle_purchase": _VEHICLES,
    "vehicle_operation": _VEHICLES,
    "official_vehicles": ("three_public_expenses",),
}
_Word = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Trial:
    """One way to know less: by chance with a seed and a share, or without some words."""

    name: str
    seed: int = 0
    share: float = 0.0
    left_out: tuple[_Word, ...] = ()


@dataclass(frozen=True, slots=True)
class Work:
    """A file, and the trials that it is put to."""

    task: Task
    trials: tuple[Trial, ...]


@dataclass(slots=True)
class Outcome:
    """What came of one file in one trial: counts, and what is wrong, in words."""

    trial: str
    counts: dict[str, int] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)


class _ReadOnce:
    """The documents of a file, which no word changes; with the problems that reading them gave."""

    def __init__(self) -> None:
        self.kept: dict[Path, tuple[tuple[Document, ...], tuple[Problem, ...]]] = {}
        self.read, self.second = read_documents, second_opinion
        self.opinions: dict[str, Document] = {}

    def documents(
        self, source: SourceFile, report: Report, limits: Limits | None = None
    ) -> tuple[Document, ...]:
        if source.path not in self.kept:
            own = Report(report.file)
            self.kept[source.path] = self.read(source, own, limits), tuple(own.problems)
        documents, problems = self.kept[source.path]
        report.problems += problems
        return documents

    def opinion(self, document: Document, source: SourceFile) -> Document:
        if document.file not in self.opinions:
            self.opinions[document.file] = self.second(document, source)
        return self.opinions[document.file]


def put_to_trial(work: Work) -> list[Outcome]:
    """Read a file with all words, then as each trial has them, and tell what came of it."""
    once = _ReadOnce()
    for module in (generator.read, generator.seen):
        vars(module)["read_documents"] = once.documents
    vars(generator.read)["second_opinion"] = once.opinion
    known, census = everything(), amounts_by_page(work.task.path)
    before = Seen(work.task.path, look(work.task), {})
    found = []
    for trial in work.trials:
        with knowing(_known(known, trial)):
            seen = Seen(work.task.path, look(work.task), {})
            found.append(_judged(trial.name, before, seen, census))
    return found


def _known(known: Known, trial: Trial) -> Known:
    chance = by_chance(trial.seed, trial.share)
    return fewer(known, without(frozenset(trial.left_out)) if trial.left_out else chance)


def _judged(name: str, before: Seen, seen: Seen, census: Mapping[int, Counter[str]]) -> Outcome:
    outcome = Outcome(name)
    wrong = [f"crash: {p.message}" for p in seen.problems if p.code == "reader-failed"]
    found, lost = fates(seen, census)
    wrong += [f"lost: {amount}" for amount in lost]
    wrong += _meanings(before, seen, outcome.counts)
    accused = {finding.sentence for finding in _findings(before) if finding.outcome == "differs"}
    wrong += [
        f"accused [{finding.rule}] p{finding.page} {finding.sentence}"
        for finding in _findings(seen)
        if finding.outcome == "differs" and finding.sentence not in accused
    ]
    outcome.counts |= {"files": 1, **found, "wrong": len(wrong)}
    outcome.counts["refused files"] = int(seen.extract is None and before.extract is not None)
    outcome.wrong = wrong
    return outcome


def _findings(seen: Seen) -> Sequence[Finding]:
    return seen.checked.findings if seen.checked else ()


def _meanings(before: Seen, seen: Seen, counts: dict[str, int]) -> Iterator[str]:
    """Where a fact says another thing than it says with all words."""
    full, less = _facts(before), _facts(seen)
    counts["as before"] = counts["says less"] = 0
    for place, fact in less.items():
        was = full.get(place)
        if was is None:
            continue
        blank = [a for a in _AXES if _said(fact, a) in ("", None) and _said(was, a)]
        other = [a for a in _AXES if _is_wrong(_said(was, a), _said(fact, a))]
        counts["says less"] += bool(blank)
        counts["as before"] += not blank and not other
        for axis in other:
            yield (
                f"meaning: {axis} {_said(was, axis) or '(blank)'} → {_said(fact, axis)}"
                f" in {fact.table}, {fact.column}: p{fact.page} “{fact.label}” {fact.printed}"
            )


def _is_wrong(was: object, said: object) -> bool:
    """Whether it says neither the same, nor less: nothing, or the whole of which it was a part."""
    return said not in ("", None, "unknown", was) and said not in _WITHIN.get(str(was), ())


def _said(fact: Fact, axis: str) -> object:
    value = getattr(fact, axis)
    return _ADDED.get(value, "not added up") if axis == "role" else value


def _facts(seen: Seen) -> Mapping[object, Fact]:
    facts = seen.disclosure.facts if seen.disclosure else ()
    return {(f.page, f.box or f.line, f.printed): f for f in facts}


# ── the words that only one place has ────────────────────────────────────────────────────


def words_of(task: Task) -> list[_Word]:
    """The known words that a file prints where they are looked for."""
    known = everything()
    seen = Seen(task.path, look(task), {})
    headings = {text for each in seen.tables for leaf in each.ruled.leaves for text in leaf.path}
    labels = [
        (row.side.partition("_by_")[0], row.label)
        for each in seen.tables
        for row in (each.table.rows if each.table else ())
        if not row.code
    ]
    labels += [("income", label) for side, label in labels if not side]
    labels += [("expenditure", label) for side, label in labels if not side]
    titles = {each.ruled.title for each in seen.tables if each.ruled.title}
    with knowing(naming_itself(known)):
        return sorted(set(words_in(sorted(headings), labels, sorted(titles))))


def _only_theirs(
    tasks: Sequence[Task], found: Mapping[int, list[_Word]]
) -> Mapping[str, tuple[_Word, ...]]:
    """The words of each folder that no other folder has."""
    by_place: dict[str, set[_Word]] = {}
    for index, task in enumerate(tasks):
        by_place.setdefault(task.path.parent.name, set()).update(found.get(index, []))
    return {
        place: tuple(sorted(own.difference(*(o for p, o in by_place.items() if p != place))))
        for place, own in by_place.items()
    }


# ── the campaign ─────────────────────────────────────────────────────────────────────────


def _trials(tasks: Sequence[Task], arguments: argparse.Namespace) -> list[Work]:
    if not arguments.places:
        every = tuple(
            Trial(f"seed {seed}", seed, arguments.share) for seed in range(arguments.seeds)
        )
        return [Work(task, every) for task in tasks]
    found = {
        index: result
        for index, result in run_all(words_of, tasks, seconds=600)
        if not isinstance(result, Died)
    }
    theirs = _only_theirs(tasks, found)
    for place, own in theirs.items():
        print(f"{place}: {len(own)} words: {', '.join(f'{w} ({where})' for where, w in own)}")
    return [
        Work(task, (Trial(task.path.parent.name, left_out=theirs[task.path.parent.name]),))
        for task in tasks
        if theirs[task.path.parent.name]
    ]


def _grouped(wrong: Sequence[str]) -> Iterator[str]:
    """What is wrong, each kind once: how often, and one example."""
    kinds: dict[str, list[str]] = {}
    for each in sorted(wrong):
        kinds.setdefault(each.rpartition(": p")[0] or each, []).append(each)
    yield from (f"{len(some)} × {some[0]}" for some in kinds.values())


def main() -> None:
    """Run the campaign, and print what came of it by trial, and all that is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pdfs", nargs="*", type=Path, help="PDFs, or folders of them")
    parser.add_argument("--seeds", type=int, default=3, help="how many trials by chance")
    parser.add_argument("--share", type=float, default=0.1, help="the share of words left out")
    parser.add_argument("--places", action="store_true", help="leave out each folder's own words")
    arguments = parser.parse_args()
    settings = read_settings(ROOT / "mingzhang.toml")
    register = read_departments(settings.departments)
    paths = sources(arguments.pdfs, settings.disclosures)
    tasks = [Task(path, path.parent, register, settings.limits) for path in paths]
    works = _trials(tasks, arguments)
    sums: dict[str, Counter[str]] = {}
    wrong: list[str] = []
    for index, result in run_all(put_to_trial, works, jobs=settings.jobs, seconds=3600):
        name = works[index].task.path.name
        if isinstance(result, Died):
            wrong.append(f"{name}: its worker died")
            continue
        for outcome in result:
            sums.setdefault(outcome.trial, Counter()).update(outcome.counts)
            wrong += [f"{outcome.trial} {name}: {each}" for each in outcome.wrong]
    for trial, counts in sorted(sums.items()):
        print(trial, ", ".join(f"{what} {count}" for what, count in counts.items()))
    print("\n".join(_grouped(wrong)))
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
