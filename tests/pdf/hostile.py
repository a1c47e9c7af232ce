"""Hostile files: each a few kilobytes of bytes that hang, crash or fool a reader of PDFs.

All are made here, by hand or by reportlab; ``FILES`` names each and the problems that may be said
of it.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.pdf.model import example_budget
from tests.pdf.styles import PaperStyle
from tests.pdf.typeset import typeset

_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
_CATALOGUE = b"<< /Type /Catalog /Pages 2 0 R >>"
_PAGE = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
    b"/Resources << /Font << /F1 5 0 R >> >> >>"
)
_PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"


def assemble(objects: Sequence[bytes], root: int = 1) -> bytes:
    """Put numbered objects together as a PDF with a right table of references."""
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for place in places:
        out.write(b"%010d 00000 n \n" % place)
    out.write(b"trailer\n<< /Size %d /Root %d 0 R >>\n" % (len(objects) + 1, root))
    out.write(b"startxref\n%d\n%%%%EOF\n" % start)
    return out.getvalue()


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """An object that is a stream."""
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (entries, len(data), data)


def one_page(content: bytes, entries: bytes = b"", more: Sequence[bytes] = ()) -> bytes:
    """A document of one page with this content."""
    return assemble([_CATALOGUE, _PAGES, _PAGE, stream(content, entries), _FONT, *more])


# ── locked, cut, or no PDF at all ────────────────────────────────────────────────────────


def good() -> bytes:
    """A disclosure that is read whole."""
    return typeset(example_budget(), PaperStyle())


def user_password() -> bytes:
    """Nobody can open it without the password."""
    return typeset(
        example_budget(), PaperStyle(), encrypt=StandardEncryption("secret", "owner", strength=128)
    )


def owner_locked() -> bytes:
    """Everybody can read it; only copying and printing are forbidden."""
    lock = StandardEncryption("", "owner", canPrint=0, canCopy=0, canModify=0, strength=128)
    return typeset(example_budget(), PaperStyle(), encrypt=lock)


def truncated() -> bytes:
    """The first half of a download."""
    data = good()
    return data[: len(data) // 2]


def hole() -> bytes:
    """A download that lost its middle: head and foot are right."""
    data = good()
    third = len(data) // 3
    return data[:third] + data[-third:]


def without_references() -> bytes:
    """The table of references is gone, the end of the file is there."""
    data = good()
    return data[: data.rindex(b"xref\n0 ")] + b"startxref\n0\n%%EOF\n"


def web_page() -> bytes:
    """What a server sends in place of a file."""
    return "<!DOCTYPE html><html><body>您访问的页面不存在</body></html>".encode()


def garbage() -> bytes:
    """A PDF's first line and last, and noise between."""
    noise = bytes((index * 7919 + index // 13) % 256 for index in range(4000))
    return b"%PDF-1.7\n" + noise + b"\n%%EOF\n"


# ── no text, or no text that says anything ───────────────────────────────────────────────


def scanned() -> bytes:
    """Three pages of pictures."""
    from PIL import Image  # comes with reportlab

    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=True)
    for shade in (200, 220, 240):
        canvas.drawImage(ImageReader(Image.new("L", (8, 8), shade)), 50, 50, 400, 600)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def type_3_font() -> bytes:
    """Glyphs that are drawings, without a word about what they mean."""
    glyph = stream(b"1000 0 0 0 750 750 d1 0 0 750 750 re f")
    names = b" ".join(b"/g%d 7 0 R" % code for code in range(33, 127))
    codes = b"33 " + b" ".join(b"/g%d" % code for code in range(33, 127))
    widths = b" ".join([b"1000"] * 94)
    font = (
        b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 750 750] /FontMatrix [.001 0 0 .001 0 0] "
        b"/CharProcs << %s >> /Encoding << /Type /Encoding /Differences [%s] >> "
        b"/FirstChar 33 /LastChar 126 /Widths [%s] /Resources << >> >>" % (names, codes, widths)
    )
    lines = b" ".join(b"(%s) Tj 0 -20 Td" % bytes(range(65, 91)) for _ in range(20))
    content = b"BT /F1 12 Tf 50 800 Td %s ET" % lines
    return assemble([_CATALOGUE, _PAGES, _PAGE, stream(content), font, b"null", glyph])


# ── more than it seems ───────────────────────────────────────────────────────────────────


def _packed_twice(block: bytes, count: int) -> bytes:
    """A page whose content is ``block`` time and again, packed, and the packed bytes packed."""
    packer = zlib.compressobj(9, wbits=-15)
    # After a full flush nothing is remembered, so that the packed block can be repeated as it is.
    packed = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    inner = b"\x78\xda" + packed * count + b"\x03\x00"
    return one_page(zlib.compress(inner, 9), b"/Filter [/FlateDecode /FlateDecode]")


def flate_bomb() -> bytes:
    """A few kilobytes of content that are two gigabytes of blanks."""
    return _packed_twice(b" " * (1 << 20), 2048)


def operator_bomb() -> bytes:
    """Twenty million operators that each draw something."""
    return _packed_twice(b"0 0 m 9 9 l S\n" * 50_000, 400)


def segments() -> bytes:
    """A page with 20,000 separate lines."""
    drawn = b"".join(b"%d %d m %d 800 l S\n" % (n % 595, n % 842, n % 595) for n in range(20_000))
    return one_page(zlib.compress(drawn, 9), b"/Filter /FlateDecode")


def one_long_path() -> bytes:
    """20,000 lines that are one path, so that a count of objects says one."""
    drawn = b"".join(b"%d %d m %d 800 l\n" % (n % 595, n % 842, n % 595) for n in range(20_000))
    return one_page(zlib.compress(drawn + b"S", 9), b"/Filter /FlateDecode")


def mesh() -> bytes:
    """150 lines across 150 lines: 22,201 cells of nothing."""
    across = b"".join(b"10 %d m 585 %d l S\n" % (5 * n + 20, 5 * n + 20) for n in range(150))
    down = b"".join(
        b"%d.%d 20 m %d.%d 765 l S\n" % (*divmod(38 * n + 100, 10), *divmod(38 * n + 100, 10))
        for n in range(150)
    )
    text = b"BT /F1 9 Tf 50 800 Td (text) Tj ET\n"
    return one_page(zlib.compress(text + across + down, 9), b"/Filter /FlateDecode")


def empty_pages() -> bytes:
    """2,000 pages with nothing on them."""
    kids = b" ".join(b"%d 0 R" % number for number in range(3, 2003))
    pages = b"<< /Type /Pages /Kids [%s] /Count 2000 /MediaBox [0 0 595 842] >>" % kids
    return assemble([_CATALOGUE, pages, *([b"<< /Type /Page /Parent 2 0 R >>"] * 2000)])


# ── that never end ───────────────────────────────────────────────────────────────────────


def page_tree_loop() -> bytes:
    """A tree of pages whose branch is its own root."""
    root = b"<< /Type /Pages /Kids [3 0 R] /Count 9 >>"
    branch = b"<< /Type /Pages /Parent 2 0 R /Kids [2 0 R 3 0 R] /Count 9 >>"
    return assemble([_CATALOGUE, root, branch])


def form_in_itself() -> bytes:
    """A form that draws itself."""
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /XObject << /X 5 0 R >> >> >>"
    )
    form = stream(
        b"0 0 m 100 100 l S /X Do /X Do",
        b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] "
        b"/Resources << /XObject << /X 5 0 R >> >>",
    )
    return assemble([_CATALOGUE, _PAGES, page, stream(b"/X Do"), form])


def forms_doubling() -> bytes:
    """Forms that each draw the next one twice: a million lines from thirty forms."""
    depth = 30
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /XObject << /X 5 0 R >> >> >>"
    )
    head = b"/Type /XObject /Subtype /Form /BBox [0 0 595 842]"
    forms = [
        stream(
            b"/X Do /X Do",
            head + b" /Resources << /XObject << /X %d 0 R >> >>" % (6 + number),
        )
        for number in range(depth)
    ]
    last = stream(b"0 0 m 100 100 l S", head)
    return assemble([_CATALOGUE, _PAGES, page, stream(b"/X Do"), *forms, last])


def deep_arrays() -> bytes:
    """A hundred thousand brackets inside one another."""
    return assemble([b"<< /Type /Catalog /Pages 2 0 R /Deep " + b"[" * 100_000 + b" >>", _PAGES])


def deep_states() -> bytes:
    """A page that saves its state a million times and never goes back."""
    content = zlib.compress(b"q 1 0 0 1 0 0 cm " * 1_000_000, 9)
    return one_page(content, b"/Filter /FlateDecode")


@dataclass(frozen=True)
class Hostile:
    """A file, and the codes of problems of which one must be said of it; none where it is read."""

    make: Callable[[], bytes]
    codes: tuple[str, ...]


# What eats memory or time is stopped by whichever limit comes first.
_BEYOND = ("page-too-full", "time-limit", "reader-died", "pdf-broken")
FILES: dict[str, Hostile] = {
    "user-password": Hostile(user_password, ("pdf-encrypted",)),
    "truncated": Hostile(truncated, ("pdf-truncated",)),
    "without-references": Hostile(without_references, ("pdf-broken",)),
    "empty": Hostile(lambda: b"", ("file-empty",)),
    "web-page": Hostile(web_page, ("not-a-pdf",)),
    "garbage": Hostile(garbage, ("pdf-broken",)),
    "scanned": Hostile(scanned, ("pdf-without-text",)),
    "type-3-font": Hostile(type_3_font, ("text-layer-unreadable", "not-a-disclosure")),
    "flate-bomb": Hostile(flate_bomb, _BEYOND),
    "operator-bomb": Hostile(operator_bomb, _BEYOND),
    "segments": Hostile(segments, ("page-too-full",)),
    "one-long-path": Hostile(one_long_path, ("page-too-full",)),
    "mesh": Hostile(mesh, ("not-a-disclosure",)),
    "empty-pages": Hostile(empty_pages, ("too-many-pages",)),
    "page-tree-loop": Hostile(page_tree_loop, ("pdf-broken",)),
    "form-in-itself": Hostile(form_in_itself, _BEYOND),
    "forms-doubling": Hostile(forms_doubling, _BEYOND),
    "deep-arrays": Hostile(deep_arrays, ("pdf-broken",)),
    "deep-states": Hostile(deep_states, (*_BEYOND, "pdf-without-text")),
}
