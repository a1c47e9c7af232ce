"""Derived resources: facts, projects, prose, findings, problems and the source text itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from generator.checks import rules as catalogue
from generator.meaning.amounts import UNITS, to_yuan
from generator.meaning.definitions import FUNDS, SIDES, definition
from generator.models import Box, Checked, Disclosure, Fact, Finding, ForeignKey, Project, Statement
from generator.packages.resources import Resource, Value, fields
from generator.problems import Problem

WHO = ("department", "year", "kind")
_FACT_FIELDS = (
    "fact_id", *WHO, "phase", "table", "row", "column", "direction", "panel",
    "functional_code", "functional_name",
    "functional_class", "functional_section", "functional_item",
    "economic_code", "economic_name", "economic_class", "economic_section",
    "item", "unit", "project", "fund_source", "expenditure_type", "budget_phase",
    "label", "level", "role", "amount_yuan", "printed", "printed_unit",
    "source", "page", "line", "box_source", "box_page", "x0", "top", "x1", "bottom", "routes",
)  # fmt: skip
_PANELS = ("personnel", "public")
_PROJECT_FIELDS = (
    "project_id", *WHO, "unit", "name", "amount_yuan", "printed", "printed_unit",
    *FUNDS, "performance_target", "key_project", "line",
)  # fmt: skip
_SECTION_FIELDS = (
    "section_id", *WHO, "part", "part_title", "topic", "number", "heading",
    "level=heading_level",    "text", "line_start", "line_end",
)  # fmt: skip
_NARRATIVE_FIELDS = (
    "narrative_id", *WHO, "section", "subject", "subject_text", "measure", "phase=stated_phase",
    "base", "direction=stated_direction", "value", "printed=printed_words",
    "printed_unit=any_unit", "amount_yuan", "about", "within", "stated_year", "quote",
    "source", "page", "line", "box_source", "box_page", "x0", "top", "x1", "bottom",
)  # fmt: skip
_FINDING_FIELDS = (
    "finding_id", *WHO, "rule", "outcome", "sentence",
    "table", "row=finding_row", "side", "column", "statement",
    "expected", "printed=printed_amount", "difference", "printed_unit=any_unit",
    "inputs", "page", "line", "quote", "acknowledged",
)  # fmt: skip
_RULE_FIELDS = (
    "rule=rule_id", "title=rule_title", "title_english=rule_title_english",
    "level=rule_level", "sentence=rule_sentence", "sentence_english=rule_english",
    "tables=rule_tables", "condition", "tolerance",
)  # fmt: skip
_PROBLEM_FIELDS = (
    "problem_id", "code=problem_code", "severity", "file", "page", "line", "message", "mend",
)  # fmt: skip
_SOURCE_FIELDS = ("line", "page", "part", "table", "use", "text=line_text")
CODE_KEYS = (
    ForeignKey(("functional_code",), "codes-functional", ("code",)),
    ForeignKey(("economic_code",), "codes-economic", ("code",)),
)


def _who(disclosure: Disclosure) -> tuple[Value, ...]:
    extract = disclosure.extract
    return disclosure.department.id, extract.year, extract.kind


def facts(disclosures: Sequence[Disclosure]) -> Resource:
    """Every amount of every table in the tables' part of a disclosure, once, in exact yuan."""
    rows = tuple(_fact(fact, each) for each in disclosures for fact in each.facts)
    return Resource(
        "facts",
        "全部数字",
        "All amounts",
        "各表中的每一个金额各一行，换算成精确的元，并注明含义和出处。",
        "Every amount of every table, one row each, in exact yuan, with its meaning and its place.",
        "derived",
        fields(_FACT_FIELDS),
        rows,
        ("fact_id",),
        CODE_KEYS,
    )


def _fact(fact: Fact, disclosure: Disclosure) -> tuple[Value, ...]:
    functional = [_prefix(fact.functional_code, length) for length in (3, 5, 7)]
    economic = [_prefix(fact.economic_code, length) for length in (3, 5)]
    return (
        fact.fact_id, *_who(disclosure), disclosure.extract.phase, fact.table, fact.row,
        fact.column, _direction(fact), fact.side if fact.side in _PANELS else "",
        fact.functional_code, fact.functional_name, *functional,
        fact.economic_code, fact.economic_name, *economic,
        fact.item, fact.unit, fact.project,
        fact.fund_source, fact.expenditure_type, fact.budget_phase,
        fact.label, fact.level, fact.role, fact.amount, fact.printed, fact.printed_unit,
        fact.source, fact.page, fact.line, *_place(fact), " ".join(fact.routes),
    )  # fmt: skip


def _place(fact: Fact) -> tuple[Value, ...]:
    """The file, page and box in points of the amount's cell; blank where no PDF was read."""
    return (fact.box_source if fact.box else "", *_box(fact.box))


def _box(box: Box | None) -> tuple[Value, ...]:
    if box is None:
        return None, None, None, None, None
    edges = (Decimal(str(round(edge, 1))) for edge in (box.x0, box.top, box.x1, box.bottom))
    return (box.page, *edges)


def _direction(fact: Fact) -> str:
    """The side of a two-sided table; elsewhere what the whole table is about."""
    return fact.side if fact.side in SIDES else definition(fact.table).direction


def _prefix(code: str, length: int) -> str:
    return code[:length] if len(code) >= length else ""


def projects(disclosures: Sequence[Disclosure]) -> Resource:
    """The projects with their money by fund and their targets."""
    rows = tuple(_project(project, each) for each in disclosures for project in each.projects)
    return Resource(
        "projects",
        "项目",
        "Projects",
        "项目支出表中的每个项目：哪个单位、多少钱、来自哪里、要达到什么绩效目标。",
        "Each project of the project table: whose it is, how much it costs, where the money comes "
        "from, and what it is to achieve.",
        "derived",
        fields(_PROJECT_FIELDS),
        rows,
        ("project_id",),
    )


def _project(project: Project, disclosure: Disclosure) -> tuple[Value, ...]:
    return (
        project.project_id, *_who(disclosure), project.unit, project.name,
        project.amount, project.printed, project.printed_unit,
        *(project.funds[fund] for fund in FUNDS), project.target, project.key, project.line,
    )  # fmt: skip


def sections(disclosures: Sequence[Disclosure]) -> Resource:
    """The prose: duties, structure, explanations, glossary."""
    rows = tuple(row for each in disclosures for row in _sections(each))
    return Resource(
        "sections",
        "文字说明",
        "Prose",
        "职责、机构、情况说明、绩效和名词解释的正文。",
        "The prose on duties, organisation and performance, the explanations and the glossary.",
        "derived",
        fields(_SECTION_FIELDS),
        rows,
        ("section_id",),
    )


def _sections(disclosure: Disclosure) -> Iterator[tuple[Value, ...]]:
    prefix = disclosure.prefix
    for count, section in enumerate(disclosure.extract.sections, start=1):
        yield (
            f"{prefix}.section.s{count}", *_who(disclosure), section.part, section.part_title,
            section.topic, section.number, section.heading, section.level, section.text,
            section.first_line, section.last_line,
        )  # fmt: skip


def findings(checked: Sequence[Checked]) -> Resource:
    """The outcome of every check."""
    rows = tuple(row for each in checked for row in _findings(each))
    return Resource(
        "findings",
        "核对结果",
        "Findings",
        "每一次核对的内容、用到的数字和结果；四舍五入与对不上分开，形式和文字的提示不与算术混在一起。",
        "What each check compared, the figures it used and its outcome. Rounding is kept apart "
        "from contradiction, and remarks on form and wording from arithmetic.",
        "derived",
        fields(_FINDING_FIELDS),
        rows,
        ("finding_id",),
        (ForeignKey(("rule",), "rules", ("rule",)),),
    )


def rules() -> Resource:
    """The rules that findings name."""
    rows = tuple(
        (
            rule.id, rule.title, rule.title_english, "form" if rule.form else "arithmetic",
            rule.sentence, rule.english, rule.tables, rule.condition, rule.tolerance,
        )
        for rule in catalogue().values()
    )  # fmt: skip
    return Resource(
        "rules",
        "核对规则",
        "Rules",
        "每条核对规则说什么、需要哪些表、在什么条件下适用、允许多大的误差。",
        "What each rule says, which tables it needs, when it applies and how exact it is.",
        "code_list",
        fields(_RULE_FIELDS),
        rows,
        ("rule",),
    )


def narrative(disclosures: Sequence[Disclosure]) -> Resource:
    """The figures that the prose states."""
    rows = tuple(_stated(each, d) for d in disclosures for each in d.statements)
    return Resource(
        "narrative",
        "文字里的数",
        "Figures stated in prose",
        "情况说明和绩效说明里写出的每个数：说的是什么、增减多少、占多少，附原句和位置。",
        "Each figure that the explanations state: what it is about, whether an amount, a change or "
        "a share, with its sentence and its place.",
        "derived",
        fields(_NARRATIVE_FIELDS),
        rows,
        ("narrative_id",),
        (ForeignKey(("section",), "sections", ("section_id",)),),
    )


def _stated(statement: Statement, disclosure: Disclosure) -> tuple[Value, ...]:
    prefix = disclosure.prefix
    money = statement.value is not None and statement.printed_unit in UNITS
    yuan = to_yuan(statement.printed, statement.printed_unit) if money else None
    return (
        statement.statement_id, *_who(disclosure), f"{prefix}.section.s{statement.section}",
        statement.subject, statement.subject_text, statement.measure, statement.phase,
        statement.base, statement.direction, statement.value, statement.printed,
        statement.printed_unit, yuan, statement.about, statement.within, statement.year,
        statement.quote, statement.source, statement.page, statement.line,
        statement.box_source, *_box(statement.box),
    )  # fmt: skip


def _findings(checked: Checked) -> Iterator[tuple[Value, ...]]:
    for finding in checked.findings:
        yield (finding.finding_id, *_who(checked.disclosure), *_outcome(finding))


def _outcome(finding: Finding) -> tuple[Value, ...]:
    return (
        finding.rule, finding.outcome, finding.sentence,
        finding.table, finding.row, finding.side, finding.column, finding.statement,
        finding.expected, finding.printed, finding.difference, finding.printed_unit,
        " ".join(finding.inputs), finding.page, finding.line, finding.quote, finding.acknowledged,
    )  # fmt: skip


def problems(recorded: Sequence[Problem]) -> Resource:
    """What could not be read as it should, with the mend."""
    counts: Counter[str] = Counter()
    rows: list[tuple[Value, ...]] = []
    for each in recorded:
        counts[each.file] += 1
        name = f"{each.file}.p{counts[each.file]}"
        place = (each.file, each.page, each.line)
        rows.append((name, each.code, each.severity, *place, each.message, each.mend))
    return Resource(
        "problems",
        "读取问题",
        "Problems",
        "读取时没有读懂、读全的地方，在哪里、怎样改正。",
        "What could not be read, or not whole: where it is, and how to mend it.",
        "derived",
        fields(_PROBLEM_FIELDS),
        tuple(rows),
        ("problem_id",),
    )


def source(disclosure: Disclosure) -> Resource:
    """Every line of the source text and what it was used for; none is left out."""
    uses = disclosure.extract.uses
    rows = tuple(
        (line.number, line.page, use.part, use.table, use.use, line.text)
        for line in disclosure.extract.document.lines
        for use in (uses[line.number],)
    )
    return Resource(
        "source",
        "原文",
        "Source text",
        "公开文件的原文，逐行照录，并注明每一行读成了什么。",
        "The text of the disclosure line by line, and what each line was read as.",
        "derived",
        fields(_SOURCE_FIELDS),
        rows,
        ("line",),
    )
