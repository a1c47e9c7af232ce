"""The named shapes that pass from room to room, in the order in which they arise.

    Source file → Document → Extract (tables, sections) → Disclosure (facts, projects) → findings

All are frozen. Amounts stay the printed text until ``Fact``, where they become exact yuan.
"""

from generator.models.checks import (
    Addend,
    Case,
    Checked,
    Finding,
    Outcome,
    Rate,
    Reason,
    Relation,
    Slip,
    Sum,
)
from generator.models.facts import (
    Department,
    Disagreement,
    Disclosure,
    Fact,
    Measure,
    Project,
    Statement,
    fact_prefix,
)
from generator.models.packages import ForeignKey
from generator.models.reading import Box, Document, Doubt, Kind, Line, PageSize, Route, Sidecar
from generator.models.tables import (
    Account,
    Cell,
    Column,
    Extract,
    LineUse,
    Record,
    Role,
    Row,
    Section,
    Table,
    Use,
)

__all__ = [
    "Account",
    "Addend",
    "Box",
    "Case",
    "Cell",
    "Checked",
    "Column",
    "Department",
    "Disagreement",
    "Disclosure",
    "Document",
    "Doubt",
    "Extract",
    "Fact",
    "Finding",
    "ForeignKey",
    "Kind",
    "Line",
    "LineUse",
    "Measure",
    "Outcome",
    "PageSize",
    "Project",
    "Rate",
    "Reason",
    "Record",
    "Relation",
    "Role",
    "Route",
    "Row",
    "Section",
    "Sidecar",
    "Slip",
    "Statement",
    "Sum",
    "Table",
    "Use",
    "fact_prefix",
]
