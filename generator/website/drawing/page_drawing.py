"""Draws one page of a PDF, small and in few greys; a worker's task."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from generator.pdf.fonts import use_own_fonts

if TYPE_CHECKING:  # pdfium imports it where it is asked for such an image
    from PIL import Image

# Pixels for a point: an A4 page is 893 pixels wide, legible on a phone when zoomed.
_SCALE = 1.5
_GREYS = 8


@dataclass(frozen=True)
class PageTask:
    """A page of a PDF to draw, by its number from 1."""

    path: Path
    number: int


def draw_page(task: PageTask) -> bytes:
    """Draw a page as PNG."""
    import pypdfium2 as pdfium  # only here: most renders find all pages in the cache

    use_own_fonts()
    with pdfium.PdfDocument(task.path) as document:
        page = document[task.number - 1]
        image: Image.Image = page.render(scale=_SCALE, grayscale=True).to_pil()
        page.close()
    buffer = BytesIO()
    image.quantize(_GREYS).save(buffer, "PNG", compress_level=9)
    return buffer.getvalue()
