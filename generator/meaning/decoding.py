"""Text encodings: UTF-8 and UTF-16 with or without a byte-order mark, and GB18030."""

from __future__ import annotations

import codecs

from generator.problems import UnreadableError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

# The first bytes of files that are not text but get named so.
_BINARY = {
    b"%PDF": "PDF",
    b"PK\x03\x04": "ZIP、DOCX 或 XLSX",
    b"\xd0\xcf\x11\xe0": "DOC 或 XLS",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
}


def decode(data: bytes) -> tuple[str, str]:
    """Decode ``data``; return the text without its byte-order mark, and the encoding's name.

    Raises UnreadableError: ``file-empty``, ``not-text`` or ``encoding-unknown``.
    """
    _refuse_binary(data)
    encoding = _marked(data) or _unmarked(data)
    text = _strict(data, encoding)
    if not text.strip():
        raise UnreadableError("file-empty")
    return text, encoding.removesuffix("-sig")


def _refuse_binary(data: bytes) -> None:
    for start, name in _BINARY.items():
        if data.startswith(start):
            raise UnreadableError("not-text", found=name)


def _marked(data: bytes) -> str:
    return next((name for mark, name in _MARKS if data.startswith(mark)), "")


def _unmarked(data: bytes) -> str:
    """Tell the encoding of bytes without a mark; UTF-8 and GB18030 never hold NUL bytes."""
    if b"\x00" in data:
        # Digits and line feeds leave their high byte zero: at odd places if little-endian.
        return "utf-16-le" if data[1::2].count(0) >= data[0::2].count(0) else "utf-16-be"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableError("encoding-unknown", offset=error.start) from error
