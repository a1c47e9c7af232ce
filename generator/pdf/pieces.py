"""Pieces of a page: what those of text say, and leaving a piece out of what is drawn and read."""

from __future__ import annotations

import ctypes

import pypdfium2 as pdfium
from pypdfium2 import raw

from generator.pdf.calls import handle
from generator.pdf.painting import Shape, Text


def switch(item: Text | Shape, *, on: bool) -> None:
    """Leave a piece of a page out of what is drawn and read, or take it in again."""
    raw.FPDFPageObj_SetIsActive(handle(item.item), on)


class Strings:
    """What the pieces of text say, before any is switched off."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self.text_page = page.get_textpage()
        self.known: dict[int, str] = {}

    def __enter__(self) -> Strings:
        return self

    def __exit__(self, *_: object) -> None:
        self.text_page.close()

    def of(self, text: Text) -> str:
        """What a piece of text says, as far as pdfium takes it."""
        if text.order not in self.known:
            buffer = (ctypes.c_ushort * 512)()
            count = raw.FPDFTextObj_GetText(handle(text.item), self.text_page.raw, buffer, 1024)
            data = bytes(buffer)[: min(count, 1024)]
            self.known[text.order] = data.decode("utf-16-le", "replace").strip("\0")
        return self.known[text.order]
