"""The checks of disclosures, counted: in all, by table and by rule; and the catalogue of rules.

Arithmetic and form are kept apart everywhere: a remark, or a rule of form that holds, is no
arithmetic and is never part of a total.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from generator.models import KEY_TABLE, PROJECT_TABLE
from generator.website.published.package import Package
from generator.website.published.rows import Row
from generator.website.wording.language import Bilingual, WithTitles
from generator.website.wording.words import OUTCOMES

#: Resources made of others: their checks are those of what they are made of.
_MADE_OF = {"projects": PROJECT_TABLE}


@dataclass(frozen=True)
class PublishedRule(WithTitles):
    """One rule of the catalogue, as `rules.csv` has it."""

    id: str
    titles: Bilingual
    form: bool
    sentences: Bilingual
    tables: str
    condition: str
    tolerance: str

    @property
    def sentence(self) -> str:
        """Return what it demands in the language being spoken."""
        return str(self.sentences)


@dataclass(frozen=True)
class Tally:
    """How many checks came out how: of arithmetic by outcome, and, apart from it, remarks.

    `cases` are what differs by its cause: of one cause, several checks may differ.
    """

    outcomes: Mapping[str, int] = field(default_factory=dict)
    remarks: int = 0
    cases: int = 0

    @property
    def total(self) -> int:
        """Return the checks of arithmetic; remarks are not among them."""
        return sum(self.outcomes.values())

    def __getitem__(self, outcome: str) -> int:
        """Return the checks of arithmetic with this outcome."""
        return self.outcomes.get(outcome, 0)


@dataclass(frozen=True)
class Checks:
    """The checks of one disclosure: their counts, and the rows of those that do not hold."""

    all: Tally
    by_resource: Mapping[str, Tally]
    by_rule: Mapping[str, Counter[str]]
    rules: Mapping[str, PublishedRule]
    open: tuple[Row, ...]


def add(tallies: Iterable[Tally]) -> Tally:
    """Add counts up."""
    outcomes: Counter[str] = Counter()
    remarks = cases = 0
    for tally in tallies:
        outcomes.update(tally.outcomes)
        remarks += tally.remarks
        cases += tally.cases
    return Tally(outcomes, remarks, cases)


def read_rules(rows: Sequence[Row]) -> dict[str, PublishedRule]:
    """Read `rules.csv`, in its order."""
    return {
        row["rule"]: PublishedRule(
            id=row["rule"],
            titles=Bilingual(row["title"], row.get("title_english", "")),
            form=row["level"] == "form",
            sentences=Bilingual(row["sentence"], row["sentence_english"]),
            tables=row["tables"],
            condition=row["condition"],
            tolerance=row["tolerance"],
        )
        for row in rows
    }


def read_checks(package: Package) -> Checks:
    """Read the rules and findings of a disclosure and count them."""
    rules, rows = read_rules(package.rows("rules")), package.rows("findings")
    concerned: list[tuple[str, Row]] = sorted(
        ((name, row) for row in rows for name in resources_of(row)), key=lambda pair: pair[0]
    )
    by_rule: dict[str, Counter[str]] = {}
    for row in rows:
        by_rule.setdefault(row["rule"], Counter())[row["outcome"]] += 1
    return Checks(
        all=count(rows, rules),
        by_resource={
            name: count([row for _, row in pairs], rules)
            for name, pairs in groupby(concerned, key=lambda pair: pair[0])
        },
        by_rule=by_rule,
        rules=rules,
        open=tuple(row for row in rows if row["outcome"] != "holds"),
    )


def count(rows: Iterable[Row], rules: Mapping[str, PublishedRule]) -> Tally:
    """Count findings; those of rules of form are no arithmetic, whatever came out."""
    outcomes: Counter[str] = Counter()
    remarks, cases = 0, set()
    for row in rows:
        if row["outcome"] == "remark":
            remarks += 1
        elif row["outcome"] in OUTCOMES and not _is_form(row, rules):
            outcomes[row["outcome"]] += 1
        if row["outcome"] == "differs":
            cases.add(row.get("case_id") or row.get("finding_id", ""))
    return Tally(outcomes, remarks, len(cases))


def _is_form(row: Row, rules: Mapping[str, PublishedRule]) -> bool:
    rule = rules.get(row["rule"])
    return rule is not None and rule.form


def resources_of(row: Row) -> set[str]:
    """Return the resources that a finding concerns: its table, and those of its inputs."""
    inputs = row["inputs"].split()
    found = {row["table_id"], *(part for each in inputs if (part := _resource(each)))} - {""}
    if row["statement"]:
        found.add("narrative")
    if found - {"narrative", KEY_TABLE}:
        found.add("facts")
    found |= {name for name, made_of in _MADE_OF.items() if made_of in found}
    return {*found, "findings"}


def _resource(figure: str) -> str:
    """Return the third part of an identifier: `department.year-kind.resource.…`."""
    parts = figure.split(".", 3)
    return parts[2] if len(parts) == 4 else ""
