"""What the text of a cell is by the type of its field: a number, a truth value, a day, or text."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from generator.names import shown
from generator.problems import PackageError
from generator.website.published.package import PublishedField, PublishedResource

#: What a cell may be where types are few, as in SQLite and JSON; a blank one is None.
Scalar = str | int | float | bool | None
#: The types of fields whose cells are numbers.
NUMERIC = ("number", "integer", "year")
#: How the packages write a number.
NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
#: The whole numbers that SQLite, and most readers of JSON, hold.
_LARGEST = 2**63 - 1


def typed(resource: PublishedResource, field: PublishedField, text: str) -> Decimal | Scalar | date:
    """Return what a cell holds, exactly: numbers as Decimal; a blank is None, never zero.

    Raises:
        PackageError: The text is not of the field's type.
    """
    if not text:
        return None
    if field.type in NUMERIC:
        if not NUMBER.fullmatch(text) or (field.type != "number" and "." in text):
            raise _wrong(resource, field, text)
        return Decimal(text) if field.type == "number" else int(text)
    if field.type == "boolean":
        if text not in ("true", "false"):
            raise _wrong(resource, field, text)
        return text == "true"
    if field.type == "date":
        return _day(resource, field, text)
    return text


def plain(value: Decimal | Scalar | date) -> Scalar:
    """Return a value as SQLite and JSON hold it: a number that neither holds exactly stays text."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int) and abs(value) > _LARGEST:
        return str(value)
    return _without_loss(value) if isinstance(value, Decimal) else value


def _without_loss(value: Decimal) -> int | float | str:
    if value == value.to_integral_value():
        return int(value) if abs(value) <= _LARGEST else f"{value:f}"
    nearest = float(value)
    return nearest if Decimal(repr(nearest)) == value else f"{value:f}"


def _day(resource: PublishedResource, field: PublishedField, text: str) -> date:
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise _wrong(resource, field, text)


def _wrong(resource: PublishedResource, field: PublishedField, text: str) -> PackageError:
    kinds = {"boolean": "true 或 false", "date": "日期", "number": "数"}
    return PackageError(
        f"{resource.file}: {field.name} 的“{shown(text)}”不是{kinds.get(field.type, '整数')}。"
        "重新运行 mingzhang extract。"
    )
