"""Bad disclosures: what is wrong with each, and the problems that it must give."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.disclosure_texts import typeset
from tests.made_budgets import sample_budget
from tests.text_styles import Style

PLAIN = Style(spaced=False, breaks=0, own_line=False)
Expected = Sequence[tuple[str, int | None]]


def lines_of(department: str) -> list[str]:
    """The lines of a good disclosure of a department."""
    return typeset(sample_budget(department), PLAIN).decode().split("\n")


def text_of(lines: list[str]) -> bytes:
    return "\n".join(lines).encode()


@dataclass(frozen=True)
class Bad:
    """A bad file, its sidecar where it has one, and the problems that it must give."""

    data: bytes
    expected: Expected
    sidecar: str | None = None
    fatal: bool = True
    words: str = ""


# ── files that cannot be read at all ─────────────────────────────────────────────────────


def unreadable() -> dict[str, Bad]:
    good = text_of(lines_of("广州市乙局"))
    utf_16 = good.decode().encode("utf-16")
    return {
        "empty": Bad(b"", [("file-empty", None)]),
        "only-blanks": Bad(b"\n \r\n\xe3\x80\x80\n", [("file-empty", None)]),
        "only-a-mark": Bad(b"\xef\xbb\xbf", [("file-empty", None)]),
        "latin-1": Bad("Résumé des crédits ÿ ÿÿ".encode("latin-1"), [("encoding-unknown", None)]),
        "utf-16-cut": Bad(utf_16[: len(utf_16) // 4 * 2 + 1], [("encoding-unknown", None)]),
        "pdf": Bad(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", [("not-text", None)], words="PDF"),
        "docx": Bad(b"PK\x03\x04\x14\x00", [("not-text", None)], words="DOCX"),
        "novel": Bad("话说天下大势，分久必合，合久必分。\n".encode(), [("not-a-disclosure", None)]),
        "no-tables": Bad(
            "第一部分 广州市丙局概况\n第二部分 2025年部门预算表\n第三部分 说明\n".encode(),
            [("nothing-read", None)],
        ),
        "no-year": Bad(good.replace(b"2025", b""), [("year-unknown", None)]),
        "no-name": Bad(
            good.replace("单位名称：广州市乙局".encode(), b"").replace(
                "第一部分 广州市乙局概况".encode(), "第一部分 概况".encode()
            ),
            [("department-unknown", None)],
        ),
    }


# ── tables and rows ──────────────────────────────────────────────────────────────────────


def changed(department: str, change: Callable[[list[str]], Expected]) -> Bad:
    """A disclosure of its own department, changed by ``change``; published, but not whole."""
    lines = lines_of(department)
    expected = change(lines)
    return Bad(text_of(lines), expected, fatal=False)


def _cut_in_table_3(lines: list[str]) -> Expected:
    start = lines.index("表3")
    del lines[next(i for i in range(start, len(lines)) if lines[i].startswith("206 ")) :]
    missing: Expected = [("table-missing", None)] * 9
    return [*missing, ("part-missing", None), ("part-missing", None)]


def _cut_in_a_table(lines: list[str]) -> Expected:
    start = next(i for i, line in enumerate(lines) if line.startswith("本年收入合计"))
    end = next(i for i in range(start, len(lines)) if lines[i].startswith("注："))
    del lines[start:end]
    return [("table-cut-off", start), ("table-cut-off", start)]


def _emptied(lines: list[str]) -> Expected:
    start = lines.index("表12")
    first = next(i for i in range(start, len(lines)) if lines[i].startswith("合计 "))
    end = next(i for i in range(first, len(lines)) if lines[i].startswith("注："))
    del lines[first:end]
    # The names of the key projects are those of the table that is empty now.
    key = lines.index("热线运行经费 1,050.00") + 1
    return [("table-empty", start + 2), ("line-unread", key), ("line-unread", key + 1)]


def _too_few(lines: list[str]) -> Expected:
    at = next(i for i, line in enumerate(lines) if line.startswith("2010301 "))
    lines[at] = lines[at].rpartition(" ")[0]
    return [("too-few-amounts", at + 1)]


def _too_few_in_a_project(lines: list[str]) -> Expected:
    at = next(i for i, line in enumerate(lines) if line.startswith("　　热线运行经费 10.00"))
    lines[at] = lines[at].replace(" 0.00", "", 1)
    return [("too-few-amounts", at + 1)]


def _too_many(lines: list[str]) -> Expected:
    at = next(i for i, line in enumerate(lines) if line.startswith("二、财政专户拨款"))
    lines[at] = lines[at].replace("0.00", "0.00 0.00", 1)
    return [("too-many-amounts", at + 1)]


def _not_a_number(lines: list[str]) -> Expected:
    at = next(i for i, line in enumerate(lines) if line.startswith("206 "))
    lines[at] = lines[at].replace("1,060.00", "1,0a6.29", 1)
    return [("amount-not-a-number", at + 1)]


def _lost_character(lines: list[str]) -> Expected:
    at = next(i for i, line in enumerate(lines) if line.startswith("（一）贯彻"))
    lines[at] = lines[at].replace("法律", "�律")
    return [("characters-lost", at + 1)]


def _unknown_title(lines: list[str]) -> Expected:
    at = lines.index("表12") - 1
    lines[at:at] = ["部门奇怪情况表", "项目 预算", "合计 5.00", "其一 3.00", "其二 2.00"]
    return [("table-unknown", at + 1)]


def _unknown_heading(lines: list[str]) -> Expected:
    start = lines.index("表6")
    at = next(i for i in range(start, len(lines)) if lines[i] == "预算")
    lines[at] = "预算之外"
    return [("header-unknown", start + 2)]


def _unknown_unit(lines: list[str]) -> Expected:
    start = lines.index("表8")
    lines[start - 1] = lines[start - 1].replace("单位：万元", "")
    lines[start:start] = ["单位：美元"]
    return [("unit-unknown", start + 3)]


def _no_unit(lines: list[str]) -> Expected:
    start = lines.index("表8")
    lines[start - 1] = lines[start - 1].replace("单位：万元", "")
    return [("unit-missing", start + 2)]


def half_read() -> dict[str, Bad]:
    changes = {
        "cut-in-table-3": _cut_in_table_3,
        "cut-in-a-table": _cut_in_a_table,
        "emptied-table": _emptied,
        "too-few": _too_few,
        "too-few-in-a-project": _too_few_in_a_project,
        "too-many": _too_many,
        "not-a-number": _not_a_number,
        "lost-character": _lost_character,
        "unknown-title": _unknown_title,
        "unknown-heading": _unknown_heading,
        "unknown-unit": _unknown_unit,
        "no-unit": _no_unit,
    }
    names = "甲乙丙丁戊己庚辛壬癸子丑寅卯"
    return {
        name: changed(f"广州市测试{letter}局", change)
        for (name, change), letter in zip(changes.items(), names, strict=False)
    }


# ── sidecars and identifiers ─────────────────────────────────────────────────────────────


def with_sidecars() -> dict[str, Bad]:
    data = text_of(lines_of("广州市附件局"))
    contradicts: Expected = [("sidecar-contradicts", None)]
    invalid: Expected = [("sidecar-invalid", None)]
    sidecars: dict[str, tuple[str, Expected]] = {
        "year-contradicts": ("year: 2024", contradicts),
        "kind-contradicts": ("kind: final_accounts", contradicts),
        "name-contradicts": ("department_name: 广州市别的局", contradicts),
        "hash-differs": (f"sha256: {'0' * 64}", [("hash-differs", None)]),
        "not-yaml": ("year: [2025", invalid),
        "not-a-mapping": ("- 2025", invalid),
        "unknown-key": ("jahr: 2025", invalid),
        "not-a-year": ("year: 二〇二五", invalid),
        "year-of-another-age": ("year: 202", invalid),
        "not-a-kind": ("kind: plan", invalid),
        "not-a-day": ("revised: 2025年3月", invalid),
        "not-a-text": ("title: [a, b]", invalid),
    }
    slugs = ("../x", "/etc", "..", ".", "a/b", "a\\\\b", "all", "A", "x--y", "-x", "a b", "x" * 101)
    for number, slug in enumerate(slugs):
        sidecars[f"slug-{number}"] = (f'department: "{slug}"', [("slug-unsafe", None)])
    return {name: Bad(data, expected, text) for name, (text, expected) in sidecars.items()}


def with_odd_names() -> dict[str, Bad]:
    symbols: Expected = [("slug-unsafe", None)]
    return {
        "nameless": Bad(text_of(lines_of("※※※")), symbols),
        "reserved": Bad(text_of(lines_of("ALL")), symbols),
    }


BAD = {**unreadable(), **half_read(), **with_sidecars(), **with_odd_names()}
