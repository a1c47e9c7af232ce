"""Styles: the ways in which disclosures are printed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from hypothesis import strategies as st


@dataclass(frozen=True)
class PaperStyle:
    """How a budget is printed."""

    rules: Literal["full", "open", "horizontal", "none"] = "full"
    #: Lines of the grid, rectangles around cells, or thin filled shapes as word processors draw.
    strokes: Literal["lines", "cells", "shapes"] = "lines"
    #: Wide tables: a landscape page, /Rotate 90 or 270, or text drawn turned on a portrait page.
    wide: Literal["landscape", "rotate90", "rotate270", "turned"] = "landscape"
    title: Literal["above", "inside", "after"] = "above"
    repeat_header: bool = True
    repeat_total: bool = False
    centred: bool = False
    indent: Literal["none", "spaces", "offset"] = "spaces"
    split_rows: bool = False
    one_unit_line: bool = True
    numbered: bool = True
    page_numbers: Literal["none", "dashes", "bare"] = "dashes"
    #: Columns of amounts are so narrow that the digits wrap inside the cell.
    narrow: bool = False
    #: Points from the first line of a page's table to its last: short pages break more tables.
    room: float = 420.0


def styles() -> st.SearchStrategy[PaperStyle]:
    """Ruled styles at random."""
    return st.builds(
        PaperStyle,
        rules=st.sampled_from(["full", "open"]),
        strokes=st.sampled_from(["lines", "cells", "shapes"]),
        wide=st.sampled_from(["landscape", "rotate90", "rotate270", "turned"]),
        title=st.sampled_from(["above", "inside", "after"]),
        repeat_header=st.booleans(),
        repeat_total=st.booleans(),
        centred=st.booleans(),
        indent=st.sampled_from(["none", "spaces", "offset"]),
        split_rows=st.booleans(),
        narrow=st.booleans(),
        one_unit_line=st.booleans(),
        numbered=st.booleans(),
        page_numbers=st.sampled_from(["none", "dashes", "bare"]),
        room=st.sampled_from([170.0, 260.0, 420.0]),
    ).map(_possible)


def _possible(style: PaperStyle) -> PaperStyle:
    """What is centred is not indented; a cell that is wrapped or cut has lines all around it."""
    if style.centred:
        style = replace(style, indent="none")
    if style.narrow:
        style = replace(style, split_rows=False)
    return replace(style, rules="full") if style.narrow or style.split_rows else style
