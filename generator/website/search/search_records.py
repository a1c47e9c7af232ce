"""What can be found of one department: itself, its projects, rows of tables and texts.

The order of the records is the order in which they are shown: whatever a query finds, the
departments come first, then the projects, and the latest year before the ones before it; what is
nothing but zeros, or blank, comes after all that has an amount. It is a key of each record alone,
so that the records of all departments are put in order by merging them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from generator.meaning.amounts import read_amount
from generator.meaning.wording import fold, strip_enumerator
from generator.website.department.disclosure import Overview
from generator.website.department.tables import SIDES
from generator.website.published.facts import read_ledger
from generator.website.published.package import Package, PublishedField, PublishedResource
from generator.website.published.rows import Row, exact_yuan
from generator.website.search.found import Found, made
from generator.website.search.printed_again import Of, once
from generator.website.search.search_tokens import (
    code_tokens,
    number_token,
    plain,
    tokens,
    yuan_token,
)
from generator.website.wording.amounts import (
    BILLION,
    CENT,
    MILLION,
    TEN_THOUSAND,
    as_printed,
    said,
)
from generator.website.wording.words import TOPICS

# After every code: a row without one.
_NO_CODE = "~"
_SHORT = 5
_HIDDEN = {"row_number", "row_id", "level", "role", "line", "direction", "panel", "unit", "section"}

Place = tuple[str, str, str]
Yuan = Mapping[tuple[Place, str], tuple[Decimal, str]]


def records_of(
    overviews: Sequence[Overview], names: Sequence[Row], english: Mapping[str, str]
) -> Iterator[Found]:
    """Yield everything that can be found of one department, in any order.

    Args:
        overviews: Its disclosures, oldest first; a record has their numbers in this order.
        names: The rows of the register of names that are its own.
        english: English names of codes and labels: what has one is found by it as well.
    """
    yield _department(overviews, names)
    for number, overview in enumerate(overviews):
        yield _disclosure(number, overview)
        yield from _of_disclosure(number, overview.package, english)


def _department(overviews: Sequence[Overview], names: Sequence[Row]) -> Found:
    latest = overviews[-1]
    department = latest.package.department
    others = sorted({row["name"] for row in names} - {department.name})
    once = "也叫或曾叫：" + "、".join(others) if others else ""
    return made(
        "部门", (0, len(department.name), department.name, department.id),
        [department.name, *others, department.names.english], tuple(range(len(overviews))),
        t=department.name, h=f"departments/{department.id}/", s=once,
        w=f"收录{len(overviews)}份公开文件", own=1,
        **_total(latest, f"{_when(latest.package)}支出总计"),
    )  # fmt: skip


def _disclosure(number: int, overview: Overview) -> Found:
    package = overview.package
    title = f"{package.department.name}{package.year}年部门{package.kind_word}"
    order = (1, -package.year, len(title), title, package.id)
    shown = {"t": title, "h": f"departments/{package.id}/", "w": "一年的全部数据", "own": 1}
    found = made(
        "部门", order, [title, _when(package)], (number,), **shown, **_total(overview, "支出总计")
    )
    total = overview.key.expenditure
    if not total:
        return found
    plainly = {yuan_token(total.yuan), yuan_token(total.yuan / TEN_THOUSAND)}
    return _more(found, plainly | _as_said(total.yuan))


def _as_said(yuan: Decimal) -> set[str]:
    """Return the tokens of an amount as the site says it, which may be rounded.

    In Chinese it is 10.18亿元, in English 44.18 million yuan.
    """
    chinese = {token for token in tokens(said(yuan)) if token.startswith("=")}
    unit = BILLION if abs(yuan) >= BILLION else MILLION
    rounded = (yuan / unit).quantize(CENT, ROUND_HALF_UP) * unit
    return chinese | ({yuan_token(rounded)} if abs(yuan) >= MILLION else set())


def _when(package: Package) -> str:
    return f"{package.year}年{package.kind_word}"


def _total(overview: Overview, column: str) -> dict[str, Any]:
    total = overview.key.expenditure
    return {"a": [[column, said(total.yuan)]], "l": total.line} if total else {}


def _of_disclosure(number: int, package: Package, english: Mapping[str, str]) -> Iterator[Found]:
    projects = set()
    for project in _projects(number, package):
        projects.add(plain(str(project.shown["t"])))
        yield project
    yuan = _yuan(package)
    rows: list[tuple[Of, Found]] = []
    for table in package.tables:
        rows += _rows(number, package, table, yuan, projects, english)
    yield from once(rows)
    yield from _texts(number, package)


def _projects(number: int, package: Package) -> Iterator[Found]:
    address = f"departments/{package.id}/projects/"
    file = package.folder / "projects.csv"
    for at, row in enumerate(package.rows("projects")):
        name, printed, line = row["name"], as_printed(row["printed"]), row["line"]
        yuan = exact_yuan(file, row["amount_yuan"] or "0")
        found = made(
            "项目", (int(not yuan), -package.year, -yuan, name, package.id, at), [name], (number,),
            t=name or "没有名称的项目", h=address, w=row["unit"], l=line,
            a=[["", printed]] if printed else [], u=row["printed_unit"],
        )  # fmt: skip
        exact = read_amount(row["printed"]).plain or printed
        amount = {number_token(exact), yuan_token(yuan), *_as_said(yuan)}
        yield _more(found, amount if printed else set())
        for place, text in enumerate(filter(str.strip, row["performance_target"].split("\n"))):
            yield made(
                "文字", (-package.year, 1, package.id, at, place), [text], (number,),
                t=f"绩效目标：{name}", h=address, s=text, l=line,
            )  # fmt: skip


def _more(found: Found, more: set[str]) -> Found:
    return Found(found.kind, found.order, found.tokens | more, found.disclosures, found.shown)


def _yuan(package: Package) -> Yuan:
    """Return the amount in yuan, and its standard term, of every printed figure by its place."""
    found: dict[tuple[Place, str], tuple[Decimal, str]] = {}
    for fact in read_ledger(package).facts:
        # A fact has a direction also where its table prints none.
        for side in (fact.direction or fact.panel, ""):
            found.setdefault(((fact.table, fact.row, side), fact.column), (fact.yuan, fact.item))
    return found


def _rows(
    number: int,
    package: Package,
    table: PublishedResource,
    yuan: Yuan,
    projects: set[str],
    english: Mapping[str, str],
) -> Iterator[tuple[Of, Found]]:
    for at, row in enumerate(table.read()):
        side = row.get("panel", "") or row.get("direction", "")
        place = (table.name, row.get("row_number", ""), side)
        amounts = [(f, row[f.name]) for f in table.fields if f.measure and row[f.name]]
        title = _title(row) or table.title
        if plain(title) in projects:
            continue  # the project itself is found
        of = (side, row.get("unit", ""))
        words = [SIDES.get(side, side), of[1]]
        where = "，".join([table.title, *(word for word in words if word)])
        base = {"h": f"departments/{package.id}/tables/#table-{table.name}", "w": where}
        base |= {"l": row.get("line", ""), "u": table.unit}
        tail = (-package.year, package.id, table.order, at)
        if not any(f.measure for f in table.fields):
            text = "，".join(dict.fromkeys(_words(table, row)))
            order = (-package.year, 2, package.id, table.order, at)
            yield of, made("文字", order, [text], (number,), t=table.title, s=text, **base)
            continue
        # A table of one row names what it states in its columns: each of them is found.
        parts = [[a] for a in amounts] if table.shape == "single" else [amounts]
        for part in parts:
            name = _column(table, part[0][0]) if table.shape == "single" else title
            item = yuan.get((place, part[0][0].name), (0, ""))[1] if part else ""
            code = row.get("code", "")
            column = part[0][0].name if part else ""
            nothing = not any(value.strip("0.,") for _, value in part)
            standing = (int(nothing), *_order(item, code, name, (*tail, column)))
            shown = [[f.title, as_printed(value)] for f, value in part]
            meaning = english.get(code) or english.get(fold(strip_enumerator(name)), "")
            if part and table.shape == "single":
                meaning = part[0][0].titles.english
            found = made("表行", standing, [name, meaning], (number,), t=name, c=code, e=meaning,
                           a=shown, **base)  # fmt: skip
            printed = {number_token(value) for _, value in part}
            known = [yuan[place, f.name][0] for f, _ in part if (place, f.name) in yuan]
            exact = set().union(map(yuan_token, known), *map(_as_said, known))
            yield of, _more(found, printed | exact | (code_tokens(code) if code else set()))


def _order(item: str, code: str, name: str, tail: tuple[Any, ...]) -> tuple[Any, ...]:
    """Standard terms come first, each with all its years, then codes in order, then other names."""
    return (0, item, *tail) if item else (1, code or _NO_CODE, len(name), name, *tail)


def _column(table: PublishedResource, field: PublishedField) -> str:
    """Return the name of a column that is found by itself; a total is one of its table."""
    total = field.headings[-1:] in (("合计",), ("总计",))
    return f"{table.title}（{field.title}）" if total else field.title


def _title(row: Row) -> str:
    """Return a row's name where a code stands apart from it, else its label as printed."""
    name, label = row.get("name", ""), row.get("label", "").strip()
    return (name or label) if row.get("code") else (label or name)


def _words(table: PublishedResource, row: Row) -> list[str]:
    return [row[f.name] for f in table.fields if f.name not in _HIDDEN and row[f.name]]


def _texts(number: int, package: Package) -> Iterator[Found]:
    source = package.rows("source")
    numbers = [int(row["line"]) for row in source]
    lines = [plain(row["text"]).strip() for row in source]
    for at, row in enumerate(package.rows("sections")):
        if row["topic"] == "glossary":
            continue  # found as a term
        address = f"departments/{package.id}/source/"
        title = row["heading"] or TOPICS.get(row["topic"], row["topic"]) or package.title
        base = {"t": title, "w": row["part_title"]}
        beginnings = _Beginnings(numbers, lines, row)
        paragraphs = [p.strip() for p in row["text"].split("\n") if p.strip()]
        for place, text in enumerate(paragraphs or [""]):
            line = beginnings.line(text)
            order = (-package.year, 0, package.id, at, place)
            texts = [row["heading"] * (place == 0), text]
            yield made("文字", order, texts, (number,), **base, s=text,
                         h=f"{address}#L{line}" if line else address, l=line)  # fmt: skip


class _Beginnings:
    """On which line of its source a paragraph of a section begins."""

    def __init__(self, numbers: Sequence[int], lines: Sequence[str], section: Row) -> None:
        self.first, last = section["line_start"], section.get("line_end", "")
        self.lines: dict[str, int] = {}
        known = self.first.isdigit() and last.isdigit()
        start = bisect_left(numbers, int(self.first)) if known else 0
        for at in range(start, bisect_right(numbers, int(last)) if known else 0):
            # A line as short as （一） begins too many paragraphs to tell one.
            if len(lines[at]) > _SHORT:
                self.lines.setdefault(lines[at], numbers[at])
        self.lengths = sorted({len(line) for line in self.lines})

    def line(self, text: str) -> str:
        """Return the first line that a paragraph begins with, else the section's own first."""
        flat = plain(text)
        begins = (flat[:length] for length in self.lengths)
        found = [self.lines[each] for each in begins if each in self.lines]
        return str(min(found)) if found else self.first
