"""Hostile disclosures: damaged texts and PDFs, odd names, and a corpus of what was hostile once."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from tests.hostile.attack import (
    BUILD,
    EXTRACT,
    FIRST,
    READ,
    SECOND,
    TINY,
    Attack,
    Change,
    link,
    put,
    remove,
)
from tests.pdf import hostile
from tests.test_hard_names import ODD, REFUSED

Data = Iterator[tuple[str, bytes]]
_NEW = "disclosures/new"
#: Names of files by what each may do to a shell, a log, a page, a table or an archive.
_MORE_NAMES = (
    *("a\tb.txt", "a\nb.txt", "::set-output name=x::y\n.txt", "\u200b.txt", "\ufeffx.txt"),
    *("../x.txt".replace("/", "\u2215"), "nul.txt", "a" * 255, ".txt", "..txt", " .txt", "x.txt "),
    *("x.pdf.txt", "x.txt.pdf", "x.yaml.txt", "ｘ.txt", "é.txt", "x\u0300.txt", "\U000e0001.txt"),
)
_MORE_BYTES = (
    b"\xb2\xbf\xc3\xc5.txt",
    b"\xed\xa0\x80.txt",
    b"\x80" * 100 + b".txt",
    b"a\xc0\xaf.txt",
)


def attacks(corpus: Path | None) -> Iterator[Attack]:
    """All attacks by what lies among the disclosures."""
    yield from _attacks("texts", "txt", _texts())
    yield from _attacks("pdfs", "pdf", _pdfs())
    for number, name in enumerate(_names()):
        # Of a text that is none nothing is read, whatever it is called.
        yield Attack("names", f"{number} {name!a}", put(b"disclosures/" + name, TINY), codes=READ)
    yield from _replaced()
    yield from _things()
    for path in sorted(corpus.rglob("*")) if corpus else ():
        if path.suffix in (".txt", ".pdf"):
            yield Attack(
                "corpus", path.name, put(f"{_NEW}{path.suffix}", path.read_bytes()), codes=READ
            )


def _attacks(group: str, ending: str, found: Data) -> Iterator[Attack]:
    for name, data in found:
        yield Attack(group, name, put(f"{_NEW}.{ending}", data), EXTRACT, READ)


def _names() -> list[bytes]:
    found = [*map(os.fsencode, (*ODD, *_MORE_NAMES)), *REFUSED, *_MORE_BYTES]
    return [name for name in dict.fromkeys(found) if len(name) <= 255]


def _replaced() -> Iterator[Attack]:
    """What was published is not readable any more, or is something else: it stays, and is told."""
    found: list[tuple[str, bytes | str]] = [
        ("empty", b""),
        ("blank", b" \n\n"),
        ("binary", bytes(range(256))),
        ("novel", "话说。\n" * 9),
        ("half", FIRST[: len(FIRST) // 2]),
        ("another", TINY),
        ("the other", SECOND),
        ("without amounts", re.sub(rb"[0-9,]+\.[0-9]+", b"", FIRST)),
        ("another year", FIRST.replace(b"2025", b"2024")),
    ]
    for name, data in found:
        yield Attack("replaced", name, put("disclosures/a.txt", data), BUILD, READ)
    yield Attack("replaced", "gone", remove("disclosures/a.txt"), BUILD, frozenset({1}))
    yield Attack("replaced", "folder gone", partial(_emptied, "disclosures"), BUILD, frozenset({2}))
    for to in ("a.md", "sub/a.txt", "A.TXT"):
        yield Attack("replaced", f"moved to {to}", partial(_moved, "a.txt", to), BUILD, READ)


def _emptied(name: str, folder: Path) -> None:
    for path in (folder / name).iterdir():
        path.unlink()


def _moved(old: str, new: str, folder: Path) -> None:
    target = folder / "disclosures" / new
    target.parent.mkdir(exist_ok=True)
    (folder / "disclosures" / old).rename(target)


def _things() -> Iterator[Attack]:
    """What is no file, among the disclosures."""

    def attack(name: str, change: Change) -> Attack:
        return Attack("things", name, change, EXTRACT, READ)

    yield attack("folder.txt", lambda f: (f / "disclosures/x.txt").mkdir())
    yield attack("folder.pdf", lambda f: (f / "disclosures/x.pdf/y.txt").mkdir(parents=True))
    for target in (
        "nowhere.txt",
        "x.txt",
        "/dev/null",
        "/dev/zero",
        "/proc/self/mem",
        "..",
        "/",
        "a.txt",
    ):
        yield attack(f"link to {target}", link("disclosures/x.txt", target))
    yield attack("pipe.txt", lambda f: os.mkfifo(f / "disclosures/x.txt"))
    yield attack("folder link to itself", lambda f: (f / "disclosures/x").symlink_to("."))
    yield attack("not to be read", lambda f: _new(f).chmod(0))
    yield attack("2 GB with holes", lambda f: os.truncate(_new(f), 2**31))
    yield attack("200 MB of blanks", lambda f: _new(f).write_bytes(b" " * 200_000_000))
    yield attack("90 MB of one line", lambda f: _new(f).write_bytes(b"1" * 90_000_000))
    yield attack("20 MB of lines", lambda f: _new(f).write_bytes(b"1\n" * 10_000_000))


def _new(folder: Path) -> Path:
    path = folder / "disclosures/x.txt"
    path.write_bytes(TINY)
    return path


# ── texts ────────────────────────────────────────────────────────────────────────────────


def _texts() -> Data:
    size = len(TINY)
    for at in range(0, size, size // 30):
        yield f"cut at {at}", TINY[:at]
    chance = random.Random(12)
    for number in range(40):
        data = bytearray(TINY)
        for _ in range(1 + number // 4):
            data[chance.randrange(size)] = chance.randrange(256)
        yield f"spoilt bytes {number}", bytes(data)
    text = TINY.decode()
    lines = text.split("\n")
    for encoding in (
        "utf-16",
        "utf-16-le",
        "utf-16-be",
        "utf-32",
        "utf-7",
        "gb18030",
        "big5hkscs",
        "utf-8-sig",
        "shift_jis",
        "euc_kr",
        "cp437",
    ):
        yield f"in {encoding}", text.encode(encoding, "replace")
    for number in range(20):
        mixed = list(lines)
        chance.shuffle(mixed)
        yield f"shuffled {number}", "\n".join(mixed).encode()
    yield from ((name, data.encode("utf-8", "surrogatepass")) for name, data in _odd(text))


def _odd(text: str) -> Iterator[tuple[str, str]]:
    yield from (
        (f"every line {n} times", "\n".join(x for x in text.split("\n") for _ in range(n)))
        for n in (2, 50)
    )
    for character in "\0\x01\x0b\x1b\x85\u2028\ufeff\u202e\ufffe\ud800\U0010ffff\xad\u200d":
        yield f"with {character!a}", text.replace("经费", f"经{character}费")
    for number in (
        "9" * 5000,
        "1e999999999",
        "-" * 5000,
        "NaN",
        "Infinity",
        "1,,,2.00",
        "0x10",
        "٤٤",
        "1" + ",000" * 2000 + ".00",
        "." * 5000,
        "（" * 5000,
        "1.00" * 3000,
    ):
        yield f"amount {number[:12]}", text.replace("12.00", number)
    for name in (
        "局" * 9000,
        "<script>alert(1)</script>",
        "{{ 7*7 }}",
        "=cmd|' /C calc'!A0",
        "../" * 40,
        "%s%n{0}",
        "\\",
        '"',
        "a\tb",
        "※",
        "all",
        "CON",
        "局" + "（" * 3000,
    ):
        yield f"department {name[:14]}", text.replace("广州市试验局", name)
    yield "year 9999", text.replace("2025", "9999")
    yield "many years", text.replace("2025", "2025年2024年2023")
    yield "20,000 parts", text.replace("第四部分", "第四部分 名词\n" * 20_000)
    for mark in ("“", "”", "（", "《", "“1.00”", "其中：", "1.", "（一）", "…", "0.00 ", "万元 "):
        yield f"30,000 {mark}", text.replace("没有变化。", mark * 30_000)
        yield f"9,000 lines of {mark}", text.replace("没有变化。", f"{mark}\n" * 9_000)


# ── PDFs ─────────────────────────────────────────────────────────────────────────────────


def _pdfs() -> Data:
    yield from ((name, file.make()) for name, file in hostile.FILES.items())
    good = hostile.good()
    size = len(good)
    for at in range(1, size, size // 16):
        yield f"cut at {at}", good[:at]
    chance = random.Random(7)
    for number in range(24):
        data = bytearray(good)
        for _ in range(1 + number):
            data[chance.randrange(size)] ^= 1 << chance.randrange(8)
        yield f"bits flipped {number}", bytes(data)
    yield "as a text", TINY
    yield "twice", good + good
    yield "behind junk", b"junk\n" * 300 + good
    yield "head alone", b"%PDF-1.7\n%%EOF\n"
    yield "a web page", b"<!DOCTYPE html><title>404</title>"
