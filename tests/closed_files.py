"""The files that people write, each with the type that it is held against."""

from __future__ import annotations

from typing import Any

from generator.checked_files import Text
from generator.checks.acknowledged import Acknowledgement
from generator.checks.between import WrittenEquation
from generator.checks.catalogue import RuleName, WrittenRule
from generator.checks.stated import StatedFile
from generator.checks.wording import WordingSlip
from generator.config import SettingsFile
from generator.facts.narrative_words import NarrativeFile
from generator.keeping import Withdrawal
from generator.meaning.bureaus import BureauKind
from generator.meaning.crosswalks import CrosswalkFile, InternationalClass
from generator.meaning.official_codes import OfficialName
from generator.meaning.trees import TreesFile
from generator.meaning.written import ClassEntry, CodesFile, LabelsFile, Term, WrittenTable
from generator.packages.resources import WrittenField, WrittenResource
from generator.packages.totals import WrittenTotal
from generator.reading.sidecars import SidecarFile
from generator.website.files.questions import WrittenQuestion
from generator.website.wording.terms import WrittenGroup

#: By the name of its schema: the files (seen from the top), and their type.
CLOSED: dict[str, tuple[str, Any]] = {
    "settings": ("mingzhang.toml", SettingsFile),
    "standard-table": ("generator/meaning/standard_tables/*.yaml", WrittenTable),
    "classes": ("generator/meaning/*-classes.yaml", tuple[ClassEntry, ...]),
    "official-codes": ("generator/meaning/official-*.yaml", tuple[OfficialName, ...]),
    "international-classes": (
        "generator/meaning/international-*.yaml",
        tuple[InternationalClass, ...],
    ),
    "crosswalk": ("generator/meaning/crosswalk-*.yaml", CrosswalkFile),
    "bureau-kinds": ("generator/meaning/bureau-kinds.yaml", tuple[BureauKind, ...]),
    "concepts": ("generator/meaning/concepts.yaml", dict[Term, Text]),
    "codes-english": ("generator/meaning/codes-english.yaml", CodesFile),
    "labels-english": ("generator/meaning/labels-english.yaml", LabelsFile),
    "rules": ("generator/checks/rules.yaml", dict[RuleName, WrittenRule]),
    "equations": ("generator/checks/equations.yaml", tuple[WrittenEquation, ...]),
    "stated": ("generator/checks/stated.yaml", StatedFile),
    "wording": ("generator/checks/wording.yaml", dict[RuleName, WordingSlip]),
    "narrative": ("generator/facts/narrative.yaml", NarrativeFile),
    "fields": ("generator/packages/fields.yaml", dict[str, WrittenField]),
    "resources": ("generator/packages/resources.yaml", dict[str, WrittenResource]),
    "totals": ("generator/packages/totals.yaml", dict[str, WrittenTotal]),
    "trees": ("generator/meaning/trees.yaml", TreesFile),
    "sidecar": ("data/disclosures/*.yaml", SidecarFile),
    "acknowledged": ("data/acknowledged.yaml", tuple[Acknowledgement, ...]),
    "withdrawn": ("data/withdrawn.yaml", tuple[Withdrawal, ...]),
    "questions": ("content/questions.yaml", tuple[WrittenQuestion, ...]),
    "terms": ("content/terms.yaml", tuple[WrittenGroup, ...]),
}
