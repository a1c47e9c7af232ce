"""Grids: the ruled tables of a PDF, put together over pages: titles, headings, rows of cells.

It knows no standard table and no word of a heading: what lies where is all that it says.
"""

from generator.grids.assemble import ruled_tables
from generator.grids.running_heads import without_running_heads

__all__ = ["ruled_tables", "without_running_heads"]
