"""Keys that only the package of all has: what its files say is found in its registers."""

from __future__ import annotations

from collections.abc import Mapping

from generator.models import ForeignKey


def _key(field: str, resource: str, reference: str = "") -> ForeignKey:
    return ForeignKey((field,), resource, (reference or field,))


_TERMS = ("direction", "fund_source", "expenditure_type", "budget_phase", "qualifier", "item")
_COLUMN = ForeignKey(("table_id", "column_id"), "columns", ("table_id", "column_id"))
KEYS_OF_ALL: Mapping[str, tuple[ForeignKey, ...]] = {
    "facts": (
        _key("table_id", "tables"),
        _COLUMN,
        *(_key(each, "concepts", "concept") for each in _TERMS),
    ),
    "totals": (_key("concept", "concepts"),),
    "disclosures": (_key("department", "departments"),),
    "conservation": (_key("table_id", "tables"),),
    "codes-functional": (_key("cofog", "cofog", "code"),),
    "codes-economic": (_key("gfsm", "gfsm", "code"),),
    "cofog-amounts": (_key("cofog", "cofog", "code"), _COLUMN),
    "gfsm-amounts": (_key("gfsm", "gfsm", "code"), _COLUMN),
}
