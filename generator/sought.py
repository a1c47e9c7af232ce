"""Sought: the files that there are to read, before any of them is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.config import Settings
from generator.meaning.departments import Departments, read_departments
from generator.problems import ConfigError
from generator.read import Task
from generator.reading import find_others, find_sources


@dataclass(frozen=True, slots=True)
class Sought:
    """The files to read, those that are not read, by name and problem, and the register."""

    tasks: Sequence[Task]
    others: Sequence[tuple[str, str]]
    register: Departments


def seek(settings: Settings) -> Sought:
    """Find what there is to read, and what people say of it.

    Raises:
        ConfigError: There is nothing to read, or what people say is malformed.
    """
    sources = find_sources(settings.disclosures)
    if not sources:
        raise ConfigError(
            f"{settings.disclosures}: no disclosures (*.txt, *.pdf) here; name their folder: "
            "mingzhang build FOLDER"
        )
    register = read_departments(settings.departments)
    tasks = [Task(path, settings.disclosures, register, settings.limits) for path in sources]
    others = find_others(settings.disclosures, sources)
    return Sought(tasks, others, register)
