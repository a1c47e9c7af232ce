"""Where every ten yuan of a disclosure go: in things that people know, not in codes.

What keeps the department running is told by what it buys (wages, daily costs); what is done beside
that by its projects, or, where none are listed, by the functional items that they are printed
under. The parts are printed amounts; nothing is shared out. What the tables do not say stands as a
part of its own, and parts that come to more than their whole are told as the whole only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from markupsafe import Markup

from generator.website.department.figures import KeyFigures, Part, linked
from generator.website.department.spending import ECONOMIC, FUNCTIONAL, Spent
from generator.website.drawing import colours
from generator.website.wording.amounts import of_ten_said, share_said, tenths_of_ten
from generator.website.wording.language import Words, marked
from generator.website.wording.language import gettext as _
from generator.website.wording.statements import StatedFigure, of_ten_stated
from generator.website.wording.words import EXPENDITURE_TYPES

#: What a class of the economic classification buys for running a department, in everyday words
#: (财政部《政府收支分类科目》, the classes of 部门预算支出经济分类; old ones have 304).
THINGS = Words(
    {
        "301": marked("在职人员的工资、奖金和社保"),
        "302": marked("办公、水电、差旅、维修等日常开支"),
        "303": marked("离退休费、抚恤等给个人的补助"),
        "304": marked("给企业和事业单位的补贴"),
        "307": marked("债务的利息和费用"),
        "309": marked("基本建设"),
        "310": marked("买设备、建系统等资本开支"),
        "311": marked("给企业的基本建设补助"),
        "312": marked("给企业的补助"),
        "313": marked("给社会保障基金的补助"),
        "399": marked("其他日常开支"),
    }
)
_BASIC, _PROJECT = "basic_expenditure", "project_expenditure"
_MOST = 8
# What would not be seen: half of a tenth of one of ten yuan.
_UNSEEN = Decimal(200)
_YEARS = re.compile(r"^(\d{4}([-—–至]\d{4})?年(度)?)")
# A name that is left shorter than this says nothing.
_SHORTEST = 4


@dataclass(frozen=True)
class TenYuanPart:
    """One of the parts of ten yuan.

    `said` is how much of ten yuan it is, in words; `width` its exact length out of a thousand.
    """

    name: str
    amount: Markup
    said: str
    share: str
    width: str
    colour: str
    yuan: Decimal
    whole: Decimal
    own_words: bool
    term: str

    def states(self, disclosure: str) -> Markup:
        """Return the attribute of the element that says how much of ten yuan it is."""
        return of_ten_stated(StatedFigure(disclosure, self.term), self.yuan, self.whole)


@dataclass(frozen=True)
class TenYuan:
    """The parts, the largest first, and what they are parts of.

    `kinds` are the kinds of expenditure that the colours tell apart, each with its colour;
    `rounded` says that what is said of the parts does not come to ten, `projects` that some of
    them are projects by their names.
    """

    whole: Markup
    parts: tuple[TenYuanPart, ...]
    kinds: tuple[tuple[str, str], ...]
    rounded: bool
    projects: bool


@dataclass(frozen=True)
class _Share:
    """A part before it is told; `own` says that the name is ours, not the disclosure's.

    `rest` is what stands last: what the tables do not say, or several that are `joined`.
    """

    part: Part
    kind: str
    own: bool = False
    rest: bool = False
    joined: bool = False

    @property
    def term(self) -> str:
        """Return what it is called among the statements of its disclosure."""
        if self.rest:
            return f"{'others' if self.joined else 'rest'}.{self.kind}".rstrip(".")
        return self.part.key or f"line.{self.part.line}"


def ten_yuan(key: KeyFigures, spent: Sequence[Spent]) -> TenYuan | None:
    """Return the parts of the expenditure, or None where no table divides it."""
    if not key.expenditure or key.expenditure.yuan <= 0:
        return None
    whole = key.expenditure.yuan
    ways = (list(_shares(key, spent)), list(_functions(key)))
    things, functions = (_within(shares, whole) for shares in ways)
    shares = functions if _tells_more(functions, things) else things
    if len(shares) < 2:
        return None
    few = _few(shares, whole)
    parts = tuple(_told(share, whole) for share in few)
    kinds = dict.fromkeys(s.kind for s in few if s.kind in EXPENDITURE_TYPES)
    words = tuple((EXPENDITURE_TYPES[kind], colours.spending(kind)) for kind in kinds)
    tenths = sum((tenths_of_ten(part.yuan, whole) for part in parts), Decimal(0))
    named = {share.part.name for share in _of_projects(key)}
    projects = any(part.name in named for part in parts)
    return TenYuan(linked(whole, key.expenditure.line), parts, words, tenths != 10, projects)


def _tells_more(functions: Sequence[_Share], things: Sequence[_Share]) -> bool:
    """Tell whether functions say more: nothing else is told, or no more than kinds as wholes."""
    told = any(not share.rest and share.part.key != share.kind for share in things)
    return not told and len(functions) > len(things)


def _within(shares: list[_Share], whole: Decimal) -> list[_Share]:
    """Add what is left of a whole; nothing where its parts come to more than it."""
    left = whole - _sum(shares)
    if not shares or left < -whole / _UNSEEN:
        return []
    if left > whole / _UNSEEN:
        shares.append(_rest(_("各表没有分到具体用途的支出"), left))
    return shares


def _shares(key: KeyFigures, spent: Sequence[Spent]) -> Iterator[_Share]:
    for kind in key.spending:
        if kind.yuan <= 0:
            continue
        inside = _of_basic(spent) if kind.key == _BASIC else []
        if kind.key == _PROJECT:
            inside = _of_projects(key) or _of_items(spent)
        left = kind.yuan - _sum(inside)
        if not inside or left < -kind.yuan / _UNSEEN:
            yield _Share(kind, kind.key, own=True)
            continue
        yield from inside
        if left > kind.yuan / _UNSEEN:
            name = _("没有列到具体用途的{kind}").format(kind=EXPENDITURE_TYPES[kind.key])
            yield _rest(name, left, kind.key)


def _of_basic(spent: Sequence[Spent]) -> list[_Share]:
    """Return what running the department buys, by economic class."""
    found = [s for s in spent if s.classification == ECONOMIC and len(s.code) == 3]
    return [
        _Share(_named(s.basic, THINGS.get(s.code, s.name)), _BASIC, own=s.code in THINGS)
        for s in found
        if s.basic and s.basic.yuan > 0
    ]


def _of_projects(key: KeyFigures) -> list[_Share]:
    units = {p.unit for p in key.projects if p.unit}
    return [
        _Share(Part("", short_name(p.name, units), p.yuan, p.line), _PROJECT)
        for p in key.projects
        if p.yuan and p.yuan > 0 and p.name
    ]


def _of_items(spent: Sequence[Spent]) -> list[_Share]:
    """Return what projects are printed under, where none is listed: the lowest functional codes."""
    found = [s for s in spent if s.classification == FUNCTIONAL and len(s.code) == 7]
    return [
        _Share(_named(s.project, s.name), _PROJECT)
        for s in found
        if s.project and s.project.yuan > 0
    ]


def _functions(key: KeyFigures) -> Iterator[_Share]:
    yield from (_Share(part, "") for part in key.functions if part.yuan > 0)


def short_name(name: str, units: Iterable[str]) -> str:
    """Return the name of a project without the unit that has it and its years, which come first."""
    for unit in sorted(units, key=len, reverse=True):
        if name.startswith(unit) and len(name) - len(unit) >= _SHORTEST:
            name = name.removeprefix(unit)
            break
    without = _YEARS.sub("", name)
    return without if len(without) >= _SHORTEST else name


def _named(part: Part, name: str) -> Part:
    return Part(part.key, name, part.yuan, part.line)


def _rest(name: str, yuan: Decimal, kind: str = "") -> _Share:
    return _Share(Part("", name, yuan), kind, own=True, rest=True)


def _sum(shares: Sequence[_Share]) -> Decimal:
    return sum((share.part.yuan for share in shares), Decimal(0))


def _few(shares: Sequence[_Share], whole: Decimal) -> list[_Share]:
    """Keep the largest; the others are one part for each kind."""
    order = sorted(shares, key=lambda s: -s.part.yuan)
    seen = [s for s in order if s.rest or s.part.yuan >= whole / _UNSEEN]
    kept = seen if len(seen) <= _MOST and len(seen) == len(order) else seen[: _MOST - 2]
    more = [share for share in order if share not in kept]
    joined = [j for kind in dict.fromkeys(s.kind for s in more) if (j := _joined(more, kind))]
    return sorted([*kept, *joined], key=lambda s: (s.rest, -s.part.yuan))


def _joined(more: Sequence[_Share], kind: str) -> _Share | None:
    same = [share for share in more if share.kind == kind]
    if len(same) < 2:
        return same[0] if same else None
    message = _("另外{n}个项目") if kind == _PROJECT and not _any_own(same) else _("另外{n}项支出")
    return replace(_rest(message.format(n=len(same)), _sum(same), kind), joined=True)


def _any_own(shares: Sequence[_Share]) -> bool:
    return any(share.own for share in shares)


def _told(share: _Share, whole: Decimal) -> TenYuanPart:
    part = share.part
    colour = colours.spending(share.kind) if share.kind else colours.functional(part.key)
    return TenYuanPart(
        part.name,
        linked(part.yuan, part.line),
        of_ten_said(part.yuan, whole),
        share_said(part.yuan, whole),
        f"{(part.yuan * 1000 / whole).quantize(Decimal('0.1'), ROUND_HALF_UP)}",
        colour,
        part.yuan,
        whole,
        share.own,
        share.term,
    )
