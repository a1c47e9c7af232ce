"""Keys that only the package of all has: what its files say is found in its registers."""

from __future__ import annotations

from collections.abc import Mapping

from generator.models import ForeignKey


def _key(field: str, resource: str, reference: str = "") -> ForeignKey:
    return ForeignKey((field,), resource, (reference or field,))


def _term(field: str) -> ForeignKey:
    return _key(field, "concepts", "concept")


_TERMS = ("direction", "fund_source", "expenditure_type", "budget_phase", "qualifier", "item")
_COLUMN = ForeignKey(("table_id", "column_id"), "columns", ("table_id", "column_id"))
_OF_DISCLOSURE = (_key("disclosure_id", "disclosures"), _key("department", "departments"))
_TABLE = _key("table_id", "tables")
KEYS_OF_ALL: Mapping[str, tuple[ForeignKey, ...]] = {
    "facts": (*_OF_DISCLOSURE, _TABLE, _COLUMN, *(_term(each) for each in _TERMS)),
    "boxes": _OF_DISCLOSURE,
    "totals": (*_OF_DISCLOSURE, _key("concept", "concepts"), _term("budget_phase")),
    "projects": _OF_DISCLOSURE,
    "printed-tables": _OF_DISCLOSURE,
    "sections": _OF_DISCLOSURE,
    "narrative": _OF_DISCLOSURE,
    "findings": (*_OF_DISCLOSURE, _TABLE),
    "findings-counted": _OF_DISCLOSURE,
    "cases": _OF_DISCLOSURE,
    "conservation": (*_OF_DISCLOSURE, _TABLE),
    "disclosures": (_key("department", "departments"), _term("phase")),
    "codes-functional": (_key("cofog", "cofog", "code"),),
    "codes-economic": (_key("gfsm", "gfsm", "code"),),
    "cofog-amounts": (*_OF_DISCLOSURE, _key("cofog", "cofog", "code"), _TABLE, _COLUMN),
    "gfsm-amounts": (*_OF_DISCLOSURE, _key("gfsm", "gfsm", "code"), _TABLE, _COLUMN),
}
