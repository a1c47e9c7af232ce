"""Writing: one package for each disclosure, and one of all of them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from generator.journal import step
from generator.meaning.departments import Departments
from generator.models import Checked, Disclosure, ForeignKey
from generator.packages import derived, registers
from generator.packages.codes import code_list
from generator.packages.descriptors import (
    consolidated_descriptor,
    disclosure_descriptor,
    resource_descriptor,
    to_csv,
)
from generator.packages.labels import row_labels
from generator.packages.resources import Resource
from generator.packages.tables import table_resource
from generator.packages.validate import validate_package
from generator.paths import inside
from generator.problems import InvalidPackageError, PackageError, Problem


def write_packages(
    checked: Sequence[Checked],
    problems: Sequence[Problem],
    register: Departments,
    folder: Path,
    validate: Callable[[Path], None] = validate_package,
) -> None:
    """Write all packages into ``folder``, which is empty, and ``validate`` each.

    Raises InvalidPackageError where that of a disclosure is not valid, PackageError where that of
    all is not: mistakes of this program.
    """
    for each in checked:
        package = inside(folder, each.disclosure.id)
        try:
            with step("packages", disclosure=each.disclosure.id):
                _write_disclosure(each, problems, package)
            with step("validation", disclosure=each.disclosure.id):
                validate(package)
        except PackageError as error:
            raise InvalidPackageError(each.disclosure.id, str(error)) from error
        except OSError:
            raise  # a full disk is no fault of the disclosure
        except Exception as error:  # one disclosure never takes the others with it
            reason = f"{type(error).__name__}: {error}"
            raise InvalidPackageError(each.disclosure.id, reason) from error
    with step("packages", disclosure="all"):
        _write_consolidated(checked, problems, register, folder / "all")
    with step("validation", disclosure="all"):
        validate(folder / "all")


def _write_disclosure(checked: Checked, problems: Sequence[Problem], folder: Path) -> None:
    disclosure = checked.disclosure
    files = {document.file for document in disclosure.documents}
    own = [problem for problem in problems if problem.file in files]
    resources = [
        *(table_resource(table, with_codes=True) for table in disclosure.extract.tables),
        derived.facts([disclosure]),
        derived.projects([disclosure]),
        derived.printed_tables([disclosure]),
        derived.sections([disclosure]),
        derived.narrative([disclosure]),
        derived.findings([checked]),
        derived.cases([checked]),
        derived.conservation([disclosure]),
        derived.rules(),
        derived.problems(own),
        derived.source(disclosure),
        *_code_lists([disclosure]),
    ]
    _write(folder, resources, lambda described: disclosure_descriptor(disclosure, described))


def _write_consolidated(
    checked: Sequence[Checked], problems: Sequence[Problem], register: Departments, folder: Path
) -> None:
    disclosures = [each.disclosure for each in checked]
    counts = Counter(problem.file for problem in problems)
    resources = [
        registers.disclosures(checked, counts),
        registers.departments(disclosures, register),
        *(
            _of_disclosures(resource)
            for resource in (
                derived.facts(disclosures),
                derived.projects(disclosures),
                derived.printed_tables(disclosures),
                derived.sections(disclosures),
                derived.narrative(disclosures),
                derived.findings(checked),
                derived.cases(checked),
                derived.conservation(disclosures),
            )
        ),
        derived.rules(),
        derived.problems(problems),
        *_code_lists(disclosures),
        row_labels(),
    ]
    _write(folder, resources, lambda described: consolidated_descriptor(disclosures, described))


def _code_lists(disclosures: Sequence[Disclosure]) -> list[Resource]:
    return [code_list(each, disclosures) for each in ("functional", "economic")]


def _of_disclosures(resource: Resource) -> Resource:
    """In the consolidated package each row belongs to a disclosure of the register."""
    key = ForeignKey(derived.WHO, "disclosures", derived.WHO)
    return replace(resource, foreign_keys=(*resource.foreign_keys, key))


def _write(
    folder: Path,
    resources: Sequence[Resource],
    describe: Callable[[Sequence[dict[str, Any]]], dict[str, Any]],
) -> None:
    folder.mkdir(parents=True)
    described = []
    for resource in resources:
        data = to_csv(resource)
        inside(folder, resource.path).write_bytes(data)
        described.append(resource_descriptor(resource, data))
    text = json.dumps(describe(described), ensure_ascii=False, indent=2) + "\n"
    (folder / "datapackage.json").write_text(text, encoding="utf-8", newline="\n")
