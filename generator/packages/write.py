"""Writing: the package of one disclosure."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from generator.models import Checked, Disclosure
from generator.packages import derived
from generator.packages.codes import CODES, code_list
from generator.packages.comparing import Past, WhatChanged, compared
from generator.packages.descriptors import disclosure_descriptor
from generator.packages.imprint import Imprint
from generator.packages.mapped_money import mapped_money
from generator.packages.resources import Resource
from generator.packages.tables import table_resource
from generator.packages.totals import totals
from generator.packages.written import write_descriptor, write_resource
from generator.problems import Problem


def write_package(
    checked: Checked, problems: Sequence[Problem], folder: Path, past: Past, imprint: Imprint
) -> tuple[str, WhatChanged]:
    """Write the package of one disclosure into ``folder``, which is not there yet.

    ``problems`` are those of its files. Returns its build, and what is another in it than in the
    ``past``.
    """
    facts = derived.facts([checked])
    found = compared(checked, facts, past)
    folder.mkdir(parents=True)
    files = [(each, write_resource(folder, each)) for each in _files(checked, facts, problems)]
    build = write_descriptor(
        folder,
        files,
        lambda described: disclosure_descriptor(
            checked.disclosure, described, imprint, found.version
        ),
    )
    return build, found


def _files(checked: Checked, facts: Resource, problems: Sequence[Problem]) -> list[Resource]:
    disclosure = checked.disclosure
    return [
        *(table_resource(table, with_codes=True) for table in disclosure.extract.tables),
        facts,
        derived.boxes([disclosure]),
        totals([checked]),
        *mapped_money(facts),
        derived.projects([disclosure]),
        derived.printed_tables([disclosure]),
        derived.sections([disclosure]),
        derived.narrative([disclosure]),
        derived.findings([checked]),
        derived.cases([checked]),
        derived.conservation([disclosure]),
        derived.rules(),
        derived.problems(problems),
        derived.source(disclosure),
        *_code_lists(disclosure),
    ]


def _code_lists(disclosure: Disclosure) -> list[Resource]:
    return [code_list(each, disclosure) for each in CODES]
