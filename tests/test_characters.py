"""Characters that look the same are read as one; those that nobody may show are named."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from generator.meaning.characters import UNIFIED, is_unknown, unified, without_forbidden
from generator.problems import Report
from generator.reading import read_documents, read_source


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("⻋⻔⻚⻅⻓⻛⻢⺠⻄⻝", "车门页见长风马民西食"),
        ("⼀般公共⾏政⼯⽀", "一般公共行政工支"),
        ("财政专⼾资⻐", "财政专户资金"),
        ("行金年理", "行金年理"),
        ("4\u200b4.0\u00ad0\ufeff", "44.00"),
        (
            "１２，３４５．６７－",
            "１２，３４５．６７－",
        ),  # width and signs stay as they are printed
        ("𠮷", "𠮷"),
    ],
)
def test_each_character_has_one_code_point(printed: str, read: str) -> None:
    assert unified(printed) == read


def test_every_radical_becomes_an_ideograph() -> None:
    for code in (*range(0x2E80, 0x2EF4), *range(0x2F00, 0x2FD6)):
        if unicodedata.name(chr(code), "") and code not in (0x2E80, 0x2E9A):
            ideograph = unified(chr(code))
            assert "CJK UNIFIED" in unicodedata.name(ideograph), hex(code)


def test_what_is_read_is_not_read_again_as_another() -> None:
    assert all(unified(text) == text for text in UNIFIED.values())


def test_only_what_a_font_keeps_to_itself_is_unknown() -> None:
    assert is_unknown("4\ufffd.00") and is_unknown("4\ue005.00")
    assert not is_unknown("44.00 万元")


@pytest.mark.parametrize("character", ["\x01", "\x0b", "\x1f", "\ufffe", "\uffff", "\ufdd0"])
def test_a_character_that_no_page_may_hold_is_named_and_left_out(
    tmp_path: Path, character: str
) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"第一行\n办公{character}费 44{character}.00\n", encoding="utf-8")
    report = Report("a.txt")
    (document,) = read_documents(read_source(path, tmp_path), report)
    assert [line.text for line in document.lines] == ["第一行", "办公费 44.00"]
    (problem,) = report.problems
    assert (problem.code, problem.line) == ("characters-forbidden", 2)
    assert f"U+{ord(character):04X}" in problem.message


def test_half_a_character_stands_for_one_that_is_lost() -> None:
    assert without_forbidden("4\ud835.00") == "4\ufffd.00"
