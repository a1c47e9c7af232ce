"""What the files of ``meaning`` may hold: one type for each, and the closed lists of their words.

A word that is not in its list would be taken for none: a row with the role ``totl`` is no total,
and its sums are not checked. So each list is closed, and the file is refused.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

from generator.checked_files import Text
from generator.models import Kind, Role

#: How the rows of a table are built.
Shape = Literal[
    "coded",
    "labelled",
    "units",
    "projects",
    "single",
    "two_sided",
    "two_panel",
    "key_projects",
    "indicators",
    "self_evaluation",
]
LocatedBy = Literal["title", "header"]
Classification = Literal["functional", "economic"]
#: Where the money of a whole table goes; blank where it has both.
Flowing = Literal["", "income", "expenditure"]
Panel = Literal["personnel", "public"]
#: The side of a two-sided table, or the panel of a two-panel one.
Side = Literal["", "income", "expenditure", "personnel", "public"]
#: The same of a column; ``more`` is a panel whose heading does not say what it is.
ColumnSide = Literal["", "income", "expenditure", "personnel", "public", "more"]
FundSource = Literal[
    "",
    "fiscal_appropriation",
    "general_public_budget",
    "government_managed_funds_budget",
    "state_capital_operations_budget",
    "special_fiscal_account_appropriation",
    "institutional_revenue",
    "business_revenue",
    "other_revenue",
    "superior_subsidy_revenue",
    "subordinate_remittance_revenue",
    "institutional_fund",
    "brought_forward",
    "other_funds",
]
ExpenditureType = Literal[
    "",
    "basic_expenditure",
    "project_expenditure",
    "business_expenditure",
    "subsidies_to_subordinates",
    "remittances_to_superiors",
    "carried_forward",
    "personnel_expenses",
    "public_expenses",
    "reserve",
]
BudgetPhase = Literal["", "approved", "adjusted", "executed"]
CodeLevel = Literal["类", "款", "项"]
#: What a form with headings of its own says (``words``).
FormWord = Literal[
    "name", "level", "planned", "achieved", "weight", "completion_rate", "score", "remark"
]
Name = Annotated[
    str, Meta(pattern="^[a-z][a-z0-9_]*$", description="small letters, digits and _, such as name")
]
Item = Annotated[str, Meta(pattern="^[a-z_]*$", description="a term: small letters and _")]
Term = Annotated[str, Meta(pattern="^[a-z_]+$", description="a term: small letters and _")]
FileName = Annotated[
    str, Meta(pattern="^[a-z]+(-[a-z]+)*$", description="small letters and hyphens")
]
ClassCode = Annotated[
    str, Meta(pattern="^([0-9]{3})?$", description="a code of 3 digits in quotes, or blank")
]
Code = Annotated[
    str, Meta(pattern="^[0-9]{3}([0-9]{2}){0,2}$", description="a code of 3, 5 or 7 digits")
]
Level = Annotated[int, Meta(ge=0, le=3)]
PanelCode = Annotated[
    str, Meta(pattern="^([0-9]{3}|default)$", description="a code of 3 digits, or default")
]


class WrittenColumn(Struct, frozen=True, forbid_unknown_fields=True):
    """A column under its stacked heading, outermost first."""

    id: Name
    title: Text
    title_english: Text
    path: tuple[Text, ...]
    measure: bool = False
    optional: bool = False
    split: tuple[CodeLevel, ...] = ()
    direction: ColumnSide = ""
    fund_source: FundSource = ""
    expenditure_type: ExpenditureType = ""
    budget_phase: BudgetPhase = ""
    item: Item = ""


class WrittenLayout(Struct, frozen=True, forbid_unknown_fields=True):
    """One way in which the heading is printed."""

    columns: Annotated[tuple[WrittenColumn, ...], Meta(min_length=1)]


class WrittenRow(Struct, frozen=True, forbid_unknown_fields=True):
    """A row label with a meaning of its own."""

    label: Text
    item: Item = ""
    role: Role = "item"
    level: Level | None = None
    side: Side = ""
    fund_source: FundSource = ""
    after: Item = ""


class RowSum(Struct, frozen=True, forbid_unknown_fields=True):
    """A check: in each row, the column ``total`` is the sum of the columns ``parts``."""

    total: Name
    parts: Annotated[tuple[Name, ...], Meta(min_length=1)]
    side: Side = ""


class ItemSum(Struct, frozen=True, forbid_unknown_fields=True):
    """A check: the row ``total`` is the sum of the rows ``parts`` (none named: all items).

    ``above``: only of the items that stand above it.
    """

    total: Term
    parts: tuple[Term, ...] = ()
    side: Side = ""
    above: bool = False


class Flow(Struct, frozen=True, forbid_unknown_fields=True):
    """A check: in each row, the column ``result`` is the sum of ``plus`` less that of ``minus``."""

    result: Name
    plus: tuple[Name, ...]
    minus: tuple[Name, ...]


class TableChecks(Struct, frozen=True, forbid_unknown_fields=True):
    """The arithmetic that a table's definition promises."""

    row_sums: tuple[RowSum, ...] = ()
    sums: tuple[ItemSum, ...] = ()
    equal: tuple[tuple[Term, Term], ...] = ()
    flows: tuple[Flow, ...] = ()
    tree: bool = False
    units: bool = False


class TitleWords(Struct, frozen=True, forbid_unknown_fields=True):
    """What a title says and does not say: all of ``having``, none of ``lacking``.

    ``A｜B`` in one entry: either. ``alone``: it says nothing else, for it is the table of all.
    ``parts`` is what the rows below it are of, where the title of another place says it.
    """

    having: Annotated[tuple[Text, ...], Meta(min_length=1)]
    lacking: tuple[Text, ...] = ()
    alone: bool = False


class TableAxes(Struct, frozen=True, forbid_unknown_fields=True):
    """What the title alone says of all amounts of a table."""

    fund_source: FundSource = ""
    expenditure_type: ExpenditureType = ""


class WrittenTable(Struct, frozen=True, forbid_unknown_fields=True):
    """The definition of a standard table, as its file has it."""

    id: FileName
    order: Annotated[int, Meta(ge=1)]
    kind: Kind
    title: Text
    title_english: Text
    description: Text
    description_english: Text
    titles: tuple[Text, ...]
    shape: Shape
    layouts: tuple[WrittenLayout, ...] = ()
    title_words: tuple[TitleWords, ...] = ()
    axes: TableAxes = TableAxes()
    everywhere: bool = False
    located_by: LocatedBy = "title"
    classification: Literal["", Classification] = ""
    direction: Flowing = ""
    required: bool = False
    totals: tuple[Text, ...] = ()
    rows: tuple[WrittenRow, ...] = ()
    classes: Literal["", "functional"] = ""
    codes: dict[PanelCode, Panel] = {}
    checks: TableChecks = TableChecks()
    words: dict[FormWord, tuple[Text, ...]] = {}


class ClassEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """A class (类) of a classification: its code (3 digits or none) and its printed names."""

    code: ClassCode
    english: Text
    names: Annotated[tuple[Text, ...], Meta(min_length=1)]


class NamedCode(Struct, frozen=True, forbid_unknown_fields=True):
    """The English name of one code whose name alone says too little."""

    classification: Classification
    code: Code
    name: Text
    english: Text


class CodesFile(Struct, frozen=True, forbid_unknown_fields=True):
    """English names of codes: by their Chinese name, and of single codes."""

    names: dict[Text, Text]
    codes: tuple[NamedCode, ...]


class LabelsFile(Struct, frozen=True, forbid_unknown_fields=True):
    """English names of row labels, and of standard terms."""

    labels: dict[Text, Text]
    items: dict[Term, Text]


#: What a word of a heading speaks of; blank: of nothing that is kept.
Axis = Literal[
    "",
    "fund_source",
    "expenditure_type",
    "item",
    "economic",
    "qualifier",
    "budget_phase",
    "year",
    "direction",
    "classification",
    "role",
]


Concept = Annotated[
    str, Meta(pattern="^([a-z_]*|[0-9]{3})$", description="a term, or a code of 3 digits in quotes")
]


class AxisWords(Struct, frozen=True, forbid_unknown_fields=True):
    """The words of one axis, by the concept that they mean."""

    axis: Axis
    words: dict[Concept, tuple[Text, ...]]


class RowWords(Struct, frozen=True, forbid_unknown_fields=True):
    """The labels of rows on one side, by the item that they mean."""

    side: Flowing
    words: dict[Term, tuple[Text, ...]]


class VocabularyFile(Struct, frozen=True, forbid_unknown_fields=True):
    """Printed words and what they say: of headings by axis, of rows by side, and of totals.

    ``wholes``: the items that make up another. ``in_titles``: what says nothing in a title.
    """

    headings: tuple[AxisWords, ...]
    rows: tuple[RowWords, ...]
    totals: tuple[Text, ...]
    wholes: dict[Term, tuple[Term, ...]] = {}
    in_titles: tuple[Text, ...] = ()
