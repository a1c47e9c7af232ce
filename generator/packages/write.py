"""Writing: one package for each disclosure, and one of all of them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from generator.journal import step
from generator.meaning.departments import Departments
from generator.models import Checked, Disclosure
from generator.packages import derived, registers
from generator.packages.classifications import classification_registers
from generator.packages.codes import code_list
from generator.packages.concepts import concept_registers
from generator.packages.counted_findings import findings_counted, findings_that_tell
from generator.packages.departments import department_registers
from generator.packages.descriptors import (
    consolidated_descriptor,
    disclosure_descriptor,
    resource_descriptor,
    to_csv,
    with_build,
)
from generator.packages.imprint import Imprint
from generator.packages.keys import KEYS_OF_ALL
from generator.packages.labels import row_labels
from generator.packages.mapped_money import coverage, mapped_money
from generator.packages.published import MEND, Kept, relaxed, rows_of
from generator.packages.resources import Resource, Value, text
from generator.packages.tables import table_resource
from generator.packages.totals import totals
from generator.packages.validate import validate_package
from generator.packages.versions import History
from generator.paths import inside
from generator.problems import InvalidPackageError, PackageError, Problem, UnacceptedError
from generator.stage_limits import NO_LIMITS, OverLimit, StageLimits, within


def write_packages(
    checked: Sequence[Checked],
    problems: Sequence[Problem],
    register: Departments,
    folder: Path,
    validate: Callable[[Path], None] = validate_package,
    history: History | None = None,
    imprint: Imprint | None = None,
    limits: StageLimits = NO_LIMITS,
) -> None:
    """Write all packages into ``folder``, which is empty, and ``validate`` each.

    That of a disclosure may take what ``limits`` say to be written, and as much to be validated:
    beyond them it is no valid one.
    What the ``history`` says is kept of an earlier build is carried over. Raises
    InvalidPackageError where that of a disclosure is not valid, PackageError where that of all is
    not: mistakes of this program; PackageError where one that is kept was altered; and
    UnacceptedError where amounts of unchanged sources would be others.
    """
    history, imprint = history or History(), imprint or Imprint()
    kept = history.kept
    builds = {one.package.id: one.package.described.build for one in kept}
    for each in checked:
        package = inside(folder, each.disclosure.id)
        try:
            with step("packages", disclosure=each.disclosure.id), within(limits):
                builds[each.disclosure.id] = _write_disclosure(
                    each, problems, package, history, imprint
                )
            with step("validation", disclosure=each.disclosure.id), within(limits):
                validate(package)
        except OverLimit as error:
            code = "package-over-limit"
            raise InvalidPackageError(each.disclosure.id, str(error), code) from error
        except PackageError as error:
            raise InvalidPackageError(each.disclosure.id, str(error)) from error
        except OSError:
            raise  # a full disk is no fault of the disclosure
        except Exception as error:  # one disclosure never takes the others with it
            reason = f"{type(error).__name__}: {error}"
            raise InvalidPackageError(each.disclosure.id, reason) from error
    if history.unaccepted:
        raise UnacceptedError(history.unaccepted)
    history.close()
    for one in kept:
        with step("kept", disclosure=one.package.id):
            _keep(one, inside(folder, one.package.id), validate)
    with step("packages", disclosure="all"):
        resources = _consolidated(checked, problems, register, history)
        describe = _describing_all(checked, history, imprint, dict(sorted(builds.items())))
        _write(folder / "all", resources, describe)
    with step("validation", disclosure="all"):
        validate(folder / "all")


def _keep(kept: Kept, folder: Path, validate: Callable[[Path], None]) -> None:
    """Carry a package over. Raises PackageError with the mend where it is not valid any more."""
    kept.carry_over(folder)
    try:
        validate(folder)
    except PackageError as error:
        raise PackageError(f"{error}; {MEND}") from error


def _write_disclosure(
    checked: Checked,
    problems: Sequence[Problem],
    folder: Path,
    history: History,
    imprint: Imprint,
) -> str:
    """Write the package of one disclosure, and return its build."""
    disclosure = checked.disclosure
    files = {document.file for document in disclosure.documents}
    own = [problem for problem in problems if problem.file in files]
    facts = derived.facts([checked])
    history.compare(checked, facts)
    version = history.version_of(disclosure.id)
    resources = [
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
        derived.problems(own),
        derived.source(disclosure),
        *_code_lists([disclosure]),
    ]
    return _write(
        folder,
        resources,
        lambda described: disclosure_descriptor(disclosure, described, imprint, version),
    )


def _describing_all(
    checked: Sequence[Checked], history: History, imprint: Imprint, builds: Mapping[str, str]
) -> Callable[[Sequence[dict[str, Any]]], dict[str, Any]]:
    """What describes the package of all, once its resources are described."""
    disclosures = [each.disclosure for each in checked]
    return lambda described: consolidated_descriptor(
        disclosures, described, history.kept, builds, imprint, history.version
    )


def _consolidated(
    checked: Sequence[Checked],
    problems: Sequence[Problem],
    register: Departments,
    history: History,
) -> list[Resource]:
    """The files of the package of all."""
    disclosures, kept = [each.disclosure for each in checked], history.kept
    problems = [*problems, *(problem for each in kept for problem in each.problems())]
    counts = Counter(problem.file for problem in problems)
    facts = _with_kept(derived.facts(checked), kept)
    amounts = mapped_money(facts)
    findings = _with_kept(derived.findings(checked), kept)
    others = [
        _with_kept(resource, kept)
        for resource in (
            derived.boxes(disclosures),
            totals(checked),
            derived.projects(disclosures),
            derived.printed_tables(disclosures),
            derived.sections(disclosures),
            derived.narrative(disclosures),
            derived.cases(checked),
            derived.conservation(disclosures),
        )
    ]
    resources = [
        registers.disclosures(checked, counts, kept),
        *department_registers(disclosures, register, kept),
        facts,
        *amounts,
        coverage(amounts),
        *others,
        findings_that_tell(findings),
        findings_counted(findings),
        _with_kept(derived.rules(), kept),
        derived.problems(problems),
        *_code_lists(disclosures, kept),
        *classification_registers(),
        *concept_registers(disclosures, facts, [*others, findings]),
        row_labels(),
        *history.resources(),
    ]
    return [_with_keys(each) for each in resources]


def _code_lists(disclosures: Sequence[Disclosure], kept: Sequence[Kept] = ()) -> list[Resource]:
    return [code_list(each, disclosures, kept) for each in ("functional", "economic")]


def _with_kept(resource: Resource, kept: Sequence[Kept]) -> Resource:
    """The rows of kept packages after those of this build, where these have none of that key."""
    names = [field.name for field in resource.fields]
    at = [names.index(name) for name in resource.primary_key]
    rows: dict[tuple[str, ...], tuple[Value, ...]] = {}
    more = tuple(rows_of(resource.name, names, kept))
    for row in (*resource.rows, *more):
        rows.setdefault(tuple(text(row[place]) for place in at), row)
    return relaxed(replace(resource, rows=tuple(rows.values())), more)


def _with_keys(resource: Resource) -> Resource:
    """In the consolidated package what a file says is found in the registers."""
    keys = KEYS_OF_ALL.get(resource.name, ())
    return replace(resource, foreign_keys=(*resource.foreign_keys, *keys))


def _write(
    folder: Path,
    resources: Sequence[Resource],
    describe: Callable[[Sequence[dict[str, Any]]], dict[str, Any]],
) -> str:
    """Write a package, and return the name of its build."""
    folder.mkdir(parents=True)
    described = []
    for resource in resources:
        data = to_csv(resource)
        inside(folder, resource.path).write_bytes(data)
        described.append(resource_descriptor(resource, data))
    descriptor = with_build(describe(described))
    whole = json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n"
    (folder / "datapackage.json").write_text(whole, encoding="utf-8", newline="\n")
    return str(descriptor["build"])
