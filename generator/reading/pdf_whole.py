"""Whether a PDF is whole: pdfium mends a damaged file in silence, and what it cannot mend is lost.

A whole file has each object where its table of objects says, and each packed stream of it unpacks
to its end with the right checksum, which tells a single bit that fell over on the way.
"""

from __future__ import annotations

import binascii
import io
import re
import zlib
from base64 import a85decode
from collections.abc import Iterable, Iterator
from typing import Any

import pikepdf

from generator.problems import UnreadableError

# Streams that hold no text of the pages: pictures, attached files, and what tools note down.
_NO_TEXT_SUBTYPES = ("/Image", "/XML")
_NO_TEXT_TYPES = ("/EmbeddedFile", "/Metadata")
# Keys that lead up or sideways, and long rows of numbers.
_NO_WAY = ("/Parent", "/P", "/Widths", "/W")
_DIRECT = (0, 0)
# No page of text is this large; what unpacks to more is made to eat memory.
_MOST_MB = 512
_PIECE = 1 << 20
_HOLE = "对象不在它所说的位置，文件缺了一段"
_MIXED_UP = "对象的种类不对，文件已被改动"
# What must be a stream: a font without it would be shown, and measured, as another.
_FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")
_FILTERS = {
    *("/LZWDecode", "/LZW", "/RunLengthDecode", "/RL", "/CCITTFaxDecode", "/CCF"),
    *("/DCTDecode", "/DCT", "/JBIG2Decode", "/JPXDecode", "/Crypt"),
}
# What good files are warned of, too: every reader takes it as it is meant.
_HARMLESS = re.compile(
    "xref entry for the xref stream itself|duplicated key|highest object number"
    "|not followed by proper line terminator|extraneous whitespace|Resources is missing"
)
# Packed as most programs pack: the head of such data, or the end of what is written in letters.
_PACKED = re.compile(rb"x[\x01\x5e\x9c\xda]|[!-u\s]+~>\s*\Z")
_OBJECT = re.compile(r"object (\d+) \d+")


def refuse_partial(data: bytes) -> bool:
    """Refuse what is no PDF, or not all of one; tell whether it may have layers switched off.

    Raises UnreadableError.
    """
    if not data.strip():
        raise UnreadableError("file-empty")
    if b"%PDF-" not in data[:1024]:
        raise UnreadableError("not-a-pdf")
    if b"%%EOF" not in data[-2048:]:
        raise UnreadableError("pdf-truncated")
    try:
        with pikepdf.open(
            io.BytesIO(data), attempt_recovery=False, suppress_warnings=True
        ) as document:
            _refuse_damaged(document)
            return "/OCProperties" in document.Root
    except pikepdf.PasswordError:
        return True  # pdfium says so in its turn
    except (pikepdf.PdfError, pikepdf.DataDecodingError) as error:
        raise UnreadableError("pdf-broken", reason=_HOLE) from error
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        # Where a thing of one kind should be, there is one of another: a number for a page.
        raise UnreadableError("pdf-broken", reason=_MIXED_UP) from error


def _refuse_damaged(document: pikepdf.Pdf) -> None:
    """Look at all that the pages refer to. Raises UnreadableError where any of it is damaged."""
    seen: set[tuple[int, int]] = set()
    for number, page in enumerate(document.pages, start=1):
        for content in _contents(page):
            if not isinstance(content, pikepdf.Stream):
                raise UnreadableError("pdf-broken", reason=f"第 {number} 页的内容不在文件里")
        for stream in _streams(page, seen):
            if _has_text(stream) and (reason := _damage(stream)):
                raise UnreadableError("pdf-broken", reason=f"第 {number} 页：{reason}")
    for warning in map(str, document.get_warnings()):
        if not _HARMLESS.search(warning):
            found = _OBJECT.search(warning)
            where = f"对象 {found.group(1)} " if found else "对象表"
            raise UnreadableError("pdf-broken", reason=f"{where}写得不完整或已被改动")


def _contents(page: pikepdf.Page) -> list[Any]:
    contents = page.obj.get("/Contents")
    if contents is None:
        # A page may have none; one that names what is not there has lost it.
        return [None] if "/Contents" in page.obj else []
    return list(contents) if isinstance(contents, pikepdf.Array) else [contents]


def _streams(page: pikepdf.Page, seen: set[tuple[int, int]]) -> Iterator[pikepdf.Stream]:
    """The streams that a page refers to, directly or through others, but for those seen before."""
    # What lies over a page (/Annots) is not read, but named: there nothing can be lost.
    waiting: list[Any] = [page.obj.get("/Contents"), page.resources]
    while waiting:
        item = waiting.pop()
        if isinstance(item, pikepdf.Array):
            children: Iterable[Any] = item
        elif isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
            if item.objgen != _DIRECT and item.objgen in seen:
                continue
            seen.add(item.objgen)
            kind = item.get("/Type")
            if kind == "/Page":
                continue  # where a link leads; it has its own turn
            if isinstance(item, pikepdf.Stream):
                yield item
            if kind == "/FontDescriptor":
                _refuse_lost_font(item)
            elif kind == "/Font":
                _refuse_lost_widths(item)
            children = (value for key, value in item.items() if key not in _NO_WAY)
        else:
            continue
        waiting += [each for each in children if isinstance(each, pikepdf.Object)]


def _refuse_lost_font(descriptor: pikepdf.Object) -> None:
    for key in _FONT_FILES:
        if key in descriptor and not isinstance(descriptor.get(key), pikepdf.Stream):
            raise UnreadableError("pdf-broken", reason=_MIXED_UP)


def _refuse_lost_widths(font: pikepdf.Object) -> None:
    """A font names a width for each of its characters: without some, others stand elsewhere."""
    widths = font.get("/Widths")
    if widths is not None and len(widths) != int(font.LastChar) - int(font.FirstChar) + 1:
        raise UnreadableError("pdf-broken", reason="字体缺了一部分字宽")


def _has_text(stream: pikepdf.Stream) -> bool:
    subtype, kind = stream.get("/Subtype"), stream.get("/Type")
    return subtype not in _NO_TEXT_SUBTYPES and kind not in _NO_TEXT_TYPES


# ── one stream ───────────────────────────────────────────────────────────────────────────


def _damage(stream: pikepdf.Stream) -> str:
    """What is wrong with a stream; nothing where it unpacks to its end."""
    data = bytes(stream.read_raw_bytes())
    filters = _filters(stream)
    if not filters and _PACKED.match(data):
        return "有一段压缩的数据没有写明压缩方法"
    try:
        for name in filters:
            if name in ("/ASCII85Decode", "/A85"):
                data = a85decode(data.strip().removeprefix(b"<~").removesuffix(b"~>"))
            elif name in ("/ASCIIHexDecode", "/AHx"):
                data = binascii.unhexlify(b"".join(data.split()).rstrip(b">"))
            elif name in ("/FlateDecode", "/Fl"):
                data = _inflated(data)
            else:  # others have no checksum, and no end that could be missed
                return "" if name in _FILTERS else "有一段数据的压缩方法不存在"
    except (ValueError, zlib.error):
        return "有一段数据已损坏，无法解压"
    return ""


def _filters(stream: pikepdf.Stream) -> list[str]:
    filters = stream.get("/Filter")
    if filters is None:
        return []
    return [str(name) for name in filters] if isinstance(filters, pikepdf.Array) else [str(filters)]


def _inflated(data: bytes) -> bytes:
    """Unpack to the end. Raises ValueError where it is missing, zlib.error where it is wrong."""
    packer = zlib.decompressobj()
    pieces, size = [packer.decompress(data, _PIECE)], 0
    while packer.unconsumed_tail and not packer.eof:
        size += len(pieces[-1])
        if size > _MOST_MB * _PIECE:
            raise UnreadableError("pdf-broken", reason=f"一段数据解压后超过 {_MOST_MB} MB")
        pieces.append(packer.decompress(packer.unconsumed_tail, _PIECE))
    if not packer.eof:
        raise ValueError("cut off")
    return b"".join(pieces)
