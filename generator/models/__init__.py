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
from generator.models.grids import BodyRow, Leaf, PrintedCell, RuledTable
from generator.models.packages import ForeignKey
from generator.models.reading import Box, Document, Doubt, Kind, Line, PageSize, Route, Sidecar
from generator.models.tables import (
    KEY_TABLE,
    PROJECT_TABLE,
    Account,
    Cell,
    Column,
    ColumnRole,
    Extract,
    LineUse,
    PrintedTable,
    Record,
    Role,
    Row,
    Section,
    Table,
    Use,
)

__all__ = [
    "KEY_TABLE",
    "PROJECT_TABLE",
    "Account",
    "Addend",
    "BodyRow",
    "Box",
    "Case",
    "Cell",
    "Checked",
    "Column",
    "ColumnRole",
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
    "Leaf",
    "Line",
    "LineUse",
    "Measure",
    "Outcome",
    "PageSize",
    "PrintedCell",
    "PrintedTable",
    "Project",
    "Rate",
    "Reason",
    "Record",
    "Relation",
    "Role",
    "Route",
    "Row",
    "RuledTable",
    "Section",
    "Sidecar",
    "Slip",
    "Statement",
    "Sum",
    "Table",
    "Use",
    "fact_prefix",
]
