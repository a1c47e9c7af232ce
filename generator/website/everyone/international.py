"""International classes: what a code is elsewhere, and how much money is mapped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator.website.department.spending import ECONOMIC, FUNCTIONAL
from generator.website.published.package import Packages
from generator.website.published.rows import Row
from generator.website.wording.amounts import said, share_said
from generator.website.wording.language import Bilingual, Words, marked

#: The column and the file of the international classification beside each of ours.
SCHEMES = {FUNCTIONAL: "cofog", ECONOMIC: "gfsm"}
_CALLED = Words(
    {
        "cofog": marked("联合国《政府职能分类》（COFOG）"),
        "gfsm": marked("国际货币基金组织《政府财政统计手册》的经济分类（GFSM 2014）"),
    }
)
_WITHIN = ("exact", "narrower")
_EVERY = "all"


@dataclass(frozen=True)
class Beside:
    """The international class of a code, blank where there is none: how well it fits, and why."""

    scheme: str
    code: str
    names: Bilingual
    match: str
    why: Bilingual

    @property
    def called(self) -> str:
        """Return the name of the international classification."""
        return _CALLED[self.scheme]

    @property
    def within(self) -> bool:
        """Tell whether all of the code lies within the class."""
        return self.match in _WITHIN


@dataclass(frozen=True)
class Coverage:
    """How much of the money of all disclosures is mapped; ``left`` are the codes that are not."""

    called: str
    dataset: str
    whole: str
    mapped: str
    within: str
    nearest: str
    left: tuple[tuple[str, str, str], ...]


def beside(classification: str, row: Row) -> Beside | None:
    """Return the international class that a row of a code list names; None where it says none."""
    scheme = SCHEMES[classification]
    if not row.get("mapping"):
        return None
    return Beside(
        scheme,
        row[scheme],
        Bilingual(row[f"{scheme}_name"], row[f"{scheme}_english"]),
        row["mapping"],
        Bilingual(row["mapping_reason"], row["mapping_reason_english"]),
    )


def coverages(read: Packages) -> dict[str, Coverage]:
    """Return how much money is mapped, by classification, where any was looked at."""
    rows = {row["scheme"]: row for row in read.rows("mapping-coverage") if row["scope"] == _EVERY}
    return {
        classification: _coverage(scheme, rows[scheme], read.rows(f"{scheme}-amounts"))
        for classification, scheme in SCHEMES.items()
        if scheme in rows and Decimal(rows[scheme]["total_yuan"]) > 0
    }


def _coverage(scheme: str, row: Row, amounts: Sequence[Row]) -> Coverage:
    whole, within, nearest = (Decimal(row[f"{key}_yuan"]) for key in ("total", "within", "nearest"))
    return Coverage(
        _CALLED[scheme],
        f"{scheme}-amounts",
        said(whole),
        share_said(within + nearest, whole),
        share_said(within, whole),
        share_said(nearest, whole),
        tuple(_left(each for each in amounts if not each[scheme])),
    )


def _left(rows: Iterable[Row]) -> list[tuple[str, str, str]]:
    """The codes without a class: code, name and how much money all have under it, most first."""
    sums: dict[str, Decimal] = {}
    names: dict[str, str] = {}
    for row in rows:
        sums[row["code"]] = sums.get(row["code"], Decimal(0)) + Decimal(row["amount_yuan"])
        names[row["code"]] = row["name"]
    largest = sorted(sums, key=lambda code: (-sums[code], code))
    return [(code, names[code], said(sums[code])) for code in largest]
