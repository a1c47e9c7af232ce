"""What a file would teach: the words and tables with which it would be read whole, as YAML.

Each line is a guess by what is most like it; ``?`` stands where nobody can guess, and no file is
taken with one in it. A word of a heading comes first: a table whose headings are not all known is
drafted only once they are.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from generator.meaning.amounts import read_amount
from generator.meaning.definitions import SIDES, UNTOLD, classes, definitions, titled
from generator.meaning.vocabulary import (
    is_total,
    nearest_item,
    nearest_word,
    read_words,
    says,
    vocabulary,
)
from generator.meaning.wording import fold, strip_enumerator
from generator.seen import Seen, SeenTable
from generator.tables.coordinates import BoundColumn, Panel, unknown_words

#: What a row's label ends with that sums others, or says where money comes from or goes.
_TELLING = re.compile(r"(?:合计|总计|小计|总额|结转|结余|拨款|资金|收入)(?:\(.*\))?$")
_YEAR = re.compile(r"(?:19|20)\d\d年?度?")
_NUMBERED = re.compile(
    r"^(?:附?(?:表|件)\d{0,2}[-—:、.]?|[一二三四五六七八九十]{1,3}、|\d{1,2}[、.])"
)
_HAN = re.compile(r"[一-鿿]{2}")
#: What a title says of every table.
_PLAIN = re.compile(
    r"部门|单位|预算|决算|情况|明细|公开|总体|总|汇总|年度|分|按|科目|支出表|收入表|表|的|\(|\)"
)
#: Tables of targets have no columns of amounts: what stands over a column there is an answer.
_FORM = "绩效"
#: What the title alone may say of all amounts of a table.
_TITLE_AXES = ("fund_source", "expenditure_type")
_NOTHING = "# 没有要补入的词和表。"


def lessons(seen: Seen) -> str:
    """All that a file would teach, as YAML documents: words, then one for each table."""
    words = "\n".join([*_headings(seen), *_rows(seen)])
    words = "\n".join(filter(None, [words, *_left(seen)])) if words else words
    documents = [f"# 补入 generator/meaning/vocabulary.yaml 的同名一节\n{words}"] if words else []
    documents += _drafts(seen)
    return "\n---\n".join(documents) if documents else "\n".join([_NOTHING, *_left(seen)])


def _left(seen: Seen) -> Iterator[str]:
    """The tables that no word helps: their codes are of several classifications at once."""
    for table in seen.tables:
        if _is_unknown(table, seen) and _is_mixed(table.panels):
            yield f"# {_placed(table)}的编码分属几种分类，还不能解读，照原样公布"


def quoted(text: str) -> str:
    """A text as YAML has it, whatever stands in it."""
    return json.dumps(text, ensure_ascii=False)


# ── words of headings ────────────────────────────────────────────────────────────────────


def _headings(seen: Seen) -> Iterator[str]:
    """A line for each unknown word above a column of amounts."""
    places: dict[str, str] = {}
    for table in filter(is_of_amounts, seen.tables):
        measures = (column for column in table.columns if column.role == "measure")
        for text in dict.fromkeys(text for column in measures for text in column.leaf.path):
            for word in _lacking(text):
                places.setdefault(word, f"{_placed(table)}的栏目“{''.join(text.split())}”")
    if places:
        yield "headings:"
    for word, place in places.items():
        yield from _word(word, place)


def _lacking(heading: str) -> Sequence[str]:
    """The word that a heading lacks: what is left of it, or all of it where pieces are left."""
    unknown = read_words(heading)[1]
    if len(unknown) == 1 and len(unknown[0]) > 1:
        return unknown
    return (fold(heading),) if unknown else ()


def _word(word: str, place: str) -> Iterator[str]:
    near = nearest_word(word)
    axis, concept = says(near)[0] if near else (UNTOLD, UNTOLD)
    why = f"与“{near}”相近，请核对" if near else "没有相近的词，请填写"
    yield f"  # {place}：{why}"
    yield f"  - axis: {quoted(axis)}"
    yield "    words:"
    yield f"      {quoted(concept)}: [{quoted(word)}]"


def _placed(table: SeenTable) -> str:
    return f"第 {table.ruled.pages[0]} 页《{_one_line(table.ruled.title or '无表名')}》"


def _one_line(text: str) -> str:
    return " ".join(text.split())


# ── labels of rows ───────────────────────────────────────────────────────────────────────


def _rows(seen: Seen) -> Iterator[str]:
    """A line for each label that looks like a total or a fund and means no item yet."""
    found: dict[tuple[str, str], str] = {}
    pages: dict[tuple[str, str], str] = {}
    for place, side, label in _labels(seen):
        pages.setdefault((side, label), place)
        sides = (side,) if side else ("", *SIDES)
        near = (nearest_item(label, each) for each in sides)
        found.setdefault((side, label), next(filter(None, near), ""))
    if found:
        yield "rows:"
    for (side, label), item in found.items():
        why = "按相近的行猜测，请核对" if item else "没有相近的行，请填写"
        yield f"  # {pages[side, label]}的行“{_one_line(label)}”：{why}"
        yield f"  - side: {quoted(side)}"
        yield "    words:"
        yield f"      {quoted(item or UNTOLD)}: [{quoted(label)}]"


def _labels(seen: Seen) -> Iterator[tuple[str, str, str]]:
    """The labels that say where money comes from or goes, or that they sum, and have no item.

    Each with its place and side.
    """
    for table in seen.tables:
        for row in table.table.rows if table.table and table.table.by_coordinates else ():
            label = strip_enumerator(row.label)
            meant = row.code or row.item or row.classes or row.unit or is_total(row.label)
            telling = _TELLING.search(fold(label)) and not _is_class(label)
            if telling and not meant and any(row.cells):
                yield _placed(table), row.side.partition("_by_")[0], label


def _is_class(label: str) -> bool:
    return any(fold(label) in classes(name) for name in ("functional", "economic"))


def is_of_amounts(table: SeenTable) -> bool:
    """Whether a ruled table has a title, and amounts in most rows: else it is a form of text."""
    if not table.ruled.title or _FORM in table.ruled.title:
        return False
    places = {column.place for panel in table.panels for column in panel.measures}
    rows = [row for row in table.ruled.body if not row.is_blank]
    full = sum(any(read_amount(row.text_in(place)).plain for place in places) for row in rows)
    return 2 * full >= len(rows) > 0


# ── drafts of tables ─────────────────────────────────────────────────────────────────────


def _drafts(seen: Seen) -> Iterator[str]:
    order = max((each.order for each in definitions() if each.kind == seen.kind), default=0)
    done: set[str] = set()
    for table in seen.tables:
        drafted = fold(table.ruled.title) in done or _is_mixed(table.panels)
        if _is_unknown(table, seen) and not drafted:
            done.add(fold(table.ruled.title))
            order += 1
            yield "\n".join(_draft(table, seen, order))


def _is_unknown(table: SeenTable, seen: Seen) -> bool:
    """Whether all that is not known of a table with amounts is its title."""
    title = table.ruled.title
    unknown = table.table is None and titled(title, seen.kind) is None
    named = bool(_HAN.search(_title(title, seen)))
    return unknown and named and is_of_amounts(table) and not unknown_words(table.columns)


def _is_mixed(panels: Sequence[Panel]) -> bool:
    """Whether codes that nothing tells the classification of stand beside others of a known one."""
    for panel in panels:
        of = {key.classification for key in panel.keys if key.role == "code"} - {"unit"}
        if "" in of and len(of) > 1:
            return True
    return False


def _draft(table: SeenTable, seen: Seen, order: int) -> Iterator[str]:
    title = _title(table.ruled.title, seen)
    yield "# 另存为 generator/meaning/standard_tables 里的一个文件，文件名与 id 相同；? 处请填写"
    yield f"id: {quoted(UNTOLD)}"
    yield f"order: {order}"
    yield f"kind: {seen.kind}"
    yield f"title: {quoted(title)}"
    for key in ("title_english", "description", "description_english"):
        yield f"{key}: {quoted(UNTOLD)}"
    yield "titles: []"
    yield "title_words:"
    having = ", ".join(map(quoted, _telling(title)))
    yield f"  - {{having: [{having}], lacking: []}}"
    yield f"axes: {{{', '.join(f'{axis}: {concept}' for axis, concept in _axes(title))}}}"
    yield f"shape: {_shape(table.panels, table)}"
    if by := _classification(table.panels):
        yield f"classification: {by}"
    if direction := _direction(title, table.panels):
        yield f"direction: {direction}"


def _title(printed: str, seen: Seen) -> str:
    """A title without its number, its year and the department's name."""
    name = fold(seen.identity.department_name) if seen.identity else ""
    text = _YEAR.sub("", fold(printed))
    text = text.replace(name, "") if name else text
    return _NUMBERED.sub("", text) or fold(printed)


def _telling(title: str) -> tuple[str, ...]:
    """The words of a title that tell it from others; funds and types by themselves."""
    pieces = (piece for part in _PLAIN.split(title) for piece in _sources().split(part))
    words = [word for word in pieces if len(word) > 1]
    return tuple(dict.fromkeys(words)) or (title,)


@cache
def _sources() -> re.Pattern[str]:
    """The known words of funds and of types of expenditure."""
    groups = [group for group in vocabulary().headings if group.axis in _TITLE_AXES]
    words = {fold(word) for group in groups for each in group.words.values() for word in each}
    return re.compile(f"({'|'.join(map(re.escape, sorted(words, key=lambda w: (-len(w), w))))})")


def _axes(title: str) -> Iterator[tuple[str, str]]:
    said = dict(token for token in read_words(title)[0])
    return ((axis, said[axis]) for axis in _TITLE_AXES if axis in said)


def _shape(panels: Sequence[Panel], table: SeenTable) -> str:
    keys = [key for panel in panels for key in panel.keys]
    if len(panels) > 1:
        return "two_sided"
    if _by_unit(keys):
        return "units"
    if any(key.role == "code" for key in keys):
        return "coded"
    return "labelled" if keys or len(table.ruled.body) > 1 else "single"


def _by_unit(keys: Iterable[BoundColumn]) -> bool:
    by = [key.classification for key in keys if key.classification]
    return bool(by) and set(by) == {"unit"}


def _classification(panels: Sequence[Panel]) -> str:
    found = [panel.classification for panel in panels]
    return next((each for each in found if each in ("functional", "economic")), "")


def _direction(title: str, panels: Sequence[Panel]) -> str:
    if len(panels) > 1:
        return ""
    tokens = [token for token in read_words(title)[0] if token[0] == "direction"]
    return tokens[-1][1] if tokens else panels[0].side if panels else ""
