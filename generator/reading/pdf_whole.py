"""Whether a PDF is whole: pdfium mends a file with a hole in silence, and half of it is lost.

A whole file says where its table of objects stands, and the table where each object stands.
"""

from __future__ import annotations

import re

from generator.problems import UnreadableError

_START = re.compile(rb"startxref\s+(\d{1,12})")
_TABLE = re.compile(rb"\s*(?:xref\b|\d+\s+\d+\s+obj\b)")
_SECTION = re.compile(rb"\s*(\d+)\s+(\d+)\s*[\r\n]")
_ENTRY = re.compile(rb"(\d{10}) (\d{5}) ([nf])")


def refuse_partial(data: bytes) -> None:
    """Refuse what is no PDF, or not all of one. Raises UnreadableError."""
    if not data.strip():
        raise UnreadableError("file-empty")
    header = data[:1024].find(b"%PDF-")
    if header < 0:
        raise UnreadableError("not-a-pdf")
    if b"%%EOF" not in data[-2048:]:
        raise UnreadableError("pdf-truncated")
    # Offsets count from the header where something stands before it.
    if not any(_is_whole(data, base) for base in dict.fromkeys((0, header))):
        raise UnreadableError("pdf-broken", reason="对象不在它所说的位置，文件缺了一段")


def _is_whole(data: bytes, base: int) -> bool:
    starts = _START.findall(data)
    if not starts:
        return False
    # In a file made for the web the first of two tables may be named as 0: it is at the head.
    places = [base + int(start) for start in starts if int(start)]
    return bool(places) and all(
        _TABLE.match(data, place, place + 64) and _objects_stand(data, place, base)
        for place in places
    )


def _objects_stand(data: bytes, place: int, base: int) -> bool:
    """Whether each object of a plain table is where it says; a compressed one is not read."""
    match = re.compile(rb"\s*xref").match(data, place)
    if match is None:
        return True
    position = match.end()
    while section := _SECTION.match(data, position):
        first, count = int(section.group(1)), int(section.group(2))
        entries = list(_ENTRY.finditer(data, section.end(), section.end() + 21 * count))
        for number, entry in enumerate(entries[:count], start=first):
            if entry.group(3) == b"n" and not _stands(data, base + int(entry.group(1)), number):
                return False
        position = section.end() + 20 * count
    return True


def _stands(data: bytes, place: int, number: int) -> bool:
    found = re.compile(rb"\s*(\d+)\s+\d+\s+obj").match(data, place, place + 64)
    return found is not None and int(found.group(1)) == number
