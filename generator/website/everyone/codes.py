"""The pages of functional and economic codes: what a code is called, and its place in the tree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.website.department.spending import ECONOMIC, FUNCTIONAL
from generator.website.everyone import spent
from generator.website.everyone.international import Beside, beside
from generator.website.everyone.summaries import Summaries
from generator.website.published.rows import Row
from generator.website.wording.language import Bilingual, WithNames, Words, marked
from generator.website.wording.language import gettext as _

CLASSIFICATIONS = Words({FUNCTIONAL: marked("功能分类"), ECONOMIC: marked("经济分类")})
_LEVELS = Words({"3": marked("类"), "5": marked("款"), "7": marked("项"), "": marked("科目")})
_BETWEEN = "|"  # stands between the other names of a code in its published list
#: So many codes of one list stand on the page of all; of more, those of the upper levels.
MOST_CODES = 200


@dataclass(frozen=True)
class Code(WithNames):
    """One code: its names, its place in the tree, and how many departments spend under it."""

    classification: str
    code: str
    names: Bilingual
    other_names: tuple[str, ...]
    years: tuple[str, ...]
    parents: tuple[tuple[str, Bilingual], ...]
    children: tuple[tuple[str, Bilingual], ...]
    spenders: int
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


def code_address(classification: str, code: str) -> str:
    """Return the address of a code's page."""
    return f"codes/{classification}/{code}/"


def read_codes(summaries: Summaries, lists: Mapping[str, Sequence[Row]]) -> list[Code]:
    """Join the code lists with the codes that the disclosures print.

    `lists` holds the rows of the published list of each classification. A code that is printed but
    not listed has its page as well.
    """
    return [c for key in CLASSIFICATIONS for c in _codes(key, summaries, lists.get(key, []))]


def code_names(codes: Sequence[Code]) -> dict[str, Bilingual]:
    """Return what codes are called in both languages."""
    return {each.code: each.names for each in codes}


def upper_levels(codes: Sequence[Code]) -> list[Code]:
    """Return all codes of a list, or the levels from above that one page can show."""
    for digits in (7, 5):
        found = [each for each in codes if len(each.code) <= digits or digits == 7]
        if len(found) <= MOST_CODES:
            return found
    return [each for each in codes if len(each.code) <= 3]


def _codes(classification: str, summaries: Summaries, rows: Sequence[Row]) -> list[Code]:
    listed = {row["code"]: row for row in rows if row["code"].isascii() and row["code"].isdigit()}
    printed = [each for each in spent.codes(summaries, classification) if each[0].isascii()]
    names = {code: name for code, name, _count in printed}
    names |= {code: row["name"] for code, row in listed.items()}
    spenders = {code: count for code, _name, count in printed}
    said = {
        code: Bilingual(name, listed.get(code, {}).get("name_english", ""))
        for code, name in names.items()
    }
    known = sorted(names)
    children: dict[str, list[str]] = {}
    for code in known:
        for above in _parents(code)[-1:]:
            children.setdefault(above, []).append(code)
    return [
        Code(
            classification=classification,
            code=code,
            names=said[code],
            other_names=_other_names(listed.get(code, {}).get("other_names", "")),
            years=tuple(listed.get(code, {}).get("years", "").split()),
            parents=tuple((c, said[c]) for c in _parents(code) if c in names),
            children=tuple((c, said[c]) for c in children.get(code, ())),
            spenders=spenders.get(code, 0),
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
