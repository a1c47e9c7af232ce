"""Where amounts stand in a PDF: `boxes.csv` beside `facts.csv`."""

from __future__ import annotations

from generator.website.published.package import Package
from generator.website.published.rows import Row

_NO_BOX: Row = dict.fromkeys(("box_source", "box_page", "x0", "top", "x1", "bottom"), "")


def facts_with_boxes(package: Package) -> list[Row]:
    """Read `facts.csv`, each row with the place of its cell; blank where it has none.

    Raises:
        PackageError: One of the two files cannot be read.
    """
    boxes = {row["fact_id"]: row for row in package.rows("boxes")}
    return [_NO_BOX | row | boxes.get(row["fact_id"], {}) for row in package.rows("facts")]
