"""The pages of functional and economic codes: what a code is called, and who spends under it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from generator.website.department.disclosure import Overview
from generator.website.department.figures import Part, linked
from generator.website.department.spending import (
    ECONOMIC,
    FUNCTIONAL,
    Spent,
    largest_first,
    units_of,
)
from generator.website.drawing import colours
from generator.website.everyone.international import Beside, beside
from generator.website.published.package import KIND_SLUGS, KIND_WORDS
from generator.website.published.rows import Row
from generator.website.wording.amounts import said, share_said
from generator.website.wording.language import Bilingual, WithNames, Words, chinese, marked
from generator.website.wording.language import gettext as _

CLASSIFICATIONS = Words({FUNCTIONAL: marked("功能分类"), ECONOMIC: marked("经济分类")})
_LEVELS = Words({"3": marked("类"), "5": marked("款"), "7": marked("项"), "": marked("科目")})
_BETWEEN = "|"  # stands between the other names of a code in its published list
#: A bar's width stands for the largest amount of its table; a small amount still shows.
_WIDTH = 1000


@dataclass(frozen=True)
class Spender:
    """One department's amounts under a code, and the share of its own spending that this is."""

    overview: Overview
    spent: Spent
    share: str
    bars: tuple[tuple[int, int, str], ...]
    units: tuple[Part, ...]


@dataclass(frozen=True)
class Spenders:
    """Who spends under a code in one year and kind: largest first, with a sentence that says so."""

    year: int
    kind: str
    departments: tuple[Spender, ...]
    zero: int
    sentence: Markup

    @property
    def slug(self) -> str:
        """Return the address of the comparison of this year and kind."""
        return f"{self.year}-{KIND_SLUGS[self.kind]}"

    @property
    def title(self) -> str:
        """Return the year and kind as they are said."""
        return _("{year}年{kind}").format(year=self.year, kind=KIND_WORDS[self.kind])

    @property
    def units(self) -> list[Spender]:
        """Return the departments that tell their units apart."""
        return [d for d in self.departments if d.units]


@dataclass(frozen=True)
class Code(WithNames):
    """One code: its names, its place in the tree, and who spends under it, latest year first."""

    classification: str
    code: str
    names: Bilingual
    other_names: tuple[str, ...]
    years: tuple[str, ...]
    parents: tuple[tuple[str, Bilingual], ...]
    children: tuple[tuple[str, Bilingual], ...]
    groups: tuple[Spenders, ...]
    beside: Beside | None = None

    @property
    def address(self) -> str:
        """Return the page's address below the root."""
        return code_address(self.classification, self.code)

    @property
    def trail(self) -> list[tuple[str, str]]:
        """Return the way down to its page: addresses below the root, and their names."""
        above = [(code_address(self.classification, c), str(name)) for c, name in self.parents]
        return [("codes/", _("科目")), *above]

    @property
    def level(self) -> str:
        """Return 类, 款 or 项."""
        deepest = 5 if self.classification == ECONOMIC else 7
        known = str(len(self.code)) if len(self.code) <= deepest else ""
        return _LEVELS.get(known, _LEVELS[""])

    @property
    def word(self) -> str:
        """Return the name of its classification."""
        return CLASSIFICATIONS[self.classification]

    @property
    def spenders(self) -> int:
        """Return how many departments spend under it in any year."""
        return len({d.overview.package.department.id for g in self.groups for d in g.departments})


def code_address(classification: str, code: str) -> str:
    """Return the address of a code's page."""
    return f"codes/{classification}/{code}/"


def read_codes(overviews: Sequence[Overview], lists: Mapping[str, Sequence[Row]]) -> list[Code]:
    """Join the code lists with what the disclosures print under each code.

    `lists` holds the rows of the published list of each classification. A code that is printed but
    not listed has its page as well.
    """
    return [c for key in CLASSIFICATIONS for c in _codes(key, overviews, lists.get(key, []))]


def _codes(classification: str, overviews: Sequence[Overview], rows: Sequence[Row]) -> list[Code]:
    listed = {row["code"]: row for row in rows if row["code"].isascii() and row["code"].isdigit()}
    printed: dict[str, list[tuple[Overview, Spent]]] = {}
    for overview in overviews:
        for spent in overview.spent:
            if spent.classification == classification and spent.code.isascii():
                printed.setdefault(spent.code, []).append((overview, spent))
    names = {code: found[-1][1].name for code, found in printed.items()}
    names |= {code: row["name"] for code, row in listed.items()}
    said = {
        code: Bilingual(name, listed.get(code, {}).get("name_english", ""))
        for code, name in names.items()
    }
    known = sorted(names)
    children: dict[str, list[str]] = {}
    for code in known:
        for above in _parents(code)[-1:]:
            children.setdefault(above, []).append(code)
    wholes = {each.package.id: _of_classes(each, classification) for each in overviews}
    return [
        Code(
            classification=classification,
            code=code,
            names=said[code],
            other_names=_other_names(listed.get(code, {}).get("other_names", "")),
            years=tuple(listed.get(code, {}).get("years", "").split()),
            parents=tuple((c, said[c]) for c in _parents(code) if c in names),
            children=tuple((c, said[c]) for c in children.get(code, ())),
            groups=tuple(_groups(classification, printed.get(code, []), wholes)),
            beside=beside(classification, listed.get(code, {})),
        )
        for code in known
    ]


def _other_names(text: str) -> tuple[str, ...]:
    """Split the other names of a code, each with its years in brackets behind it."""
    return tuple(name.strip() for name in text.split(_BETWEEN) if name.strip())


def _parents(code: str) -> list[str]:
    """Return the codes above a code, from the class down: 206, 20601 above 2060101."""
    return [code[:digits] for digits in range(3, len(code), 2)]


def _of_classes(overview: Overview, classification: str) -> Decimal:
    """Return what a disclosure spends in all, as its classes have it."""
    spent = (s for s in overview.spent if s.classification == classification and len(s.code) == 3)
    return sum((each.whole.yuan for each in spent), Decimal(0))


def _groups(
    classification: str, found: Iterable[tuple[Overview, Spent]], wholes: Mapping[str, Decimal]
) -> list[Spenders]:
    groups: dict[tuple[int, str], list[tuple[Overview, Spent]]] = {}
    for overview, spent in found:
        key = (overview.package.year, overview.package.kind)
        groups.setdefault(key, []).append((overview, spent))
    order = sorted(groups, key=lambda g: (-g[0], list(KIND_SLUGS).index(g[1])))
    made = [_spenders(classification, key, groups[key], wholes) for key in order]
    return [group for group in made if group.departments or group.zero]


def _spenders(
    classification: str,
    key: tuple[int, str],
    found: Sequence[tuple[Overview, Spent]],
    wholes: Mapping[str, Decimal],
) -> Spenders:
    by_spent = {id(spent): overview for overview, spent in found}
    ordered = [s for s in largest_first(spent for overview, spent in found) if s.whole.yuan]
    top = max((s.whole.yuan for s in ordered), default=Decimal(0))
    departments = tuple(_spender(by_spent[id(s)], s, top, wholes) for s in ordered)
    zero = len(found) - len(ordered)
    return Spenders(*key, departments, zero, _sentence(departments, classification))


def _spender(
    overview: Overview, spent: Spent, top: Decimal, wholes: Mapping[str, Decimal]
) -> Spender:
    whole = wholes[overview.package.id]
    units = tuple(units_of(overview.by_unit, spent.code)) if len(spent.code) == 3 else ()
    shown = units if spent.classification == ECONOMIC else ()
    return Spender(overview, spent, share_said(spent.whole.yuan, whole), _bars(spent, top), shown)


def _bars(spent: Spent, top: Decimal) -> tuple[tuple[int, int, str], ...]:
    """Return the stretches of a bar: start, width, colour."""
    parts = [(spent.whole.yuan, colours.functional(spent.code))]
    if spent.classification == ECONOMIC:
        kinds = [("basic_expenditure", spent.basic), ("project_expenditure", spent.project)]
        parts = [(p.yuan, colours.spending(kind)) for kind, p in kinds if p]
    bars, at = [], 0
    for yuan, colour in parts:
        if yuan > 0 and top > 0:
            width = max(int(yuan * _WIDTH / top), 4)
            bars.append((at, min(width, _WIDTH - at), colour))
            at += width
    return tuple(bars)


def _sentence(departments: Sequence[Spender], classification: str) -> Markup:
    """Say how many departments spend under a code, how much together, and which the most."""
    if not departments:
        return Markup("")
    top = departments[0]
    base = f"../../../departments/{top.overview.package.id}/"
    amount = linked(top.spent.whole.yuan, top.spent.whole.line, base)
    name = Markup('<a href="{}">{}</a>').format(base, chinese(top.overview.package.department.name))
    own = _share_of(top, classification)
    if len(departments) == 1:
        return Markup(_("只有{department}列了支出：{amount}{share}。")).format(
            department=name, amount=amount, share=own
        )
    whole = sum((d.spent.whole.yuan for d in departments), Decimal(0))
    tied = sum(d.spent.whole.yuan == top.spent.whole.yuan for d in departments)
    if tied > 1:
        name = Markup(_("{name}等{n}个并列的部门")).format(name=name, n=tied)
        own = ""
    return Markup(
        _("{n}个部门列了支出，相加{whole}；最多的是{department}：{amount}{share}。")
    ).format(n=len(departments), whole=said(whole), department=name, amount=amount, share=own)


def _share_of(spender: Spender, classification: str) -> str:
    if not spender.share:
        return ""
    if classification == FUNCTIONAL:
        return _("，占它按功能分类的支出的{share}").format(share=spender.share)
    return _("，占它按经济分类列出的支出的{share}").format(share=spender.share)
