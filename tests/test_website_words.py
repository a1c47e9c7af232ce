"""How amounts, shares and changes are said; and the layout of stacked headings."""

from decimal import Decimal
from pathlib import Path

import pytest

from generator.website.department.tables import table_view
from generator.website.drawing.lettering import label_lines
from generator.website.published.package import PublishedField, PublishedResource
from generator.website.wording.amounts import as_printed, change_said, said, share_said
from generator.website.wording.language import ENGLISH, Bilingual, speaking


@pytest.mark.parametrize(
    ("yuan", "words"),
    [
        ("0", "0元"),
        ("0.00", "0元"),
        ("4000", "0.40万元"),
        ("30", "30元"),
        ("400.50", "400.50元"),
        ("9999.99", "9,999.99元"),
        ("10000", "1.00万元"),
        ("44175000.00", "4,417.50万元"),
        ("99999949.99", "9,999.99万元"),
        ("99999950", "1.00亿元"),
        ("100000000", "1.00亿元"),
        ("1018000000", "10.18亿元"),
        ("-25000", "−2.50万元"),
    ],
)
def test_an_amount_is_said_in_the_unit_a_person_would_use(yuan: str, words: str) -> None:
    assert said(Decimal(yuan)) == words


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [
        ("50", "100", "50.0%"),
        ("0", "100", "0%"),
        ("100", "100", "100%"),
        ("0.01", "100", "不到0.1%"),
        ("99.99", "100", "超过99.9%"),
        ("1", "0", ""),
        ("-1", "100", ""),
        ("101", "100", ""),
    ],
)
def test_a_share_is_said_or_left_out(part: str, whole: str, words: str) -> None:
    assert share_said(Decimal(part), Decimal(whole)) == words


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("41957200", "44175000", "增加221.78万元，增长5.3%"),
        ("220000", "50000", "减少17.00万元，下降77.3%"),
        ("50000", "50000", "持平"),
        ("0", "50000", "增加5.00万元"),
        ("1000000000", "1000000030", "增加30元，增长不到0.1%"),
    ],
)
def test_a_change_has_the_right_direction_word(before: str, after: str, words: str) -> None:
    assert change_said(Decimal(before), Decimal(after)) == words


@pytest.mark.parametrize(
    ("plain", "shown"),
    [
        ("4417.50", "4,417.50"),
        ("0.00", "0.00"),
        ("-1234.5", "−1,234.5"),
        ("1234567", "1,234,567"),
        ("不是数", "不是数"),
        ("1682.712345", "1,682.712345"),
    ],
)
def test_a_printed_number_keeps_its_decimals(plain: str, shown: str) -> None:
    assert as_printed(plain) == shown


def test_a_long_label_takes_two_lines_and_is_then_cut_with_a_mark() -> None:
    assert label_lines("短") == ["短"]
    assert label_lines("长" * 20) == ["长" * 18, "长" * 2]
    assert label_lines("长" * 60) == ["长" * 18, "长" * 25 + "…"]
    assert label_lines("广州市政务服务数据管理局项目2024-2027年运维") == [
        "广州市政务服务数据管理局项目",
        "2024-2027年运维",
    ]


def _field(name: str, *headings: str) -> PublishedField:
    return PublishedField(
        name, "number", Bilingual(name), Bilingual(""), (), "", headings, bool(headings)
    )


def test_stacked_headings_share_and_reach_down(tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_text("name,a,b,c\n甲,1,2,\n", encoding="utf-8")
    fields = (
        _field("name"),
        _field("a", "合计"),
        _field("b", "拨款", "一"),
        _field("c", "拨款", "二"),
    )
    resource = PublishedResource(
        folder=tmp_path, path="t.csv", name="t", bytes=0, hash="", rows=1, order=1,
        category="standard_table", shape="plain", notes=(), fields=fields, primary_key=(),
        foreign_keys=(), unit="万元", titles=Bilingual(""), descriptions=Bilingual(""),
    )  # fmt: skip
    part = table_view(resource, {}).parts[0]
    shape = [[(c.text, c.colspan, c.rowspan) for c in row] for row in part.header]
    assert shape == [[("合计", 1, 2), ("拨款", 2, 1)], [("一", 1, 1), ("二", 1, 1)]]
    assert [c.lines for c in part.body[0].cells] == [("1",), ("2",), ()]


@pytest.mark.parametrize(
    ("yuan", "english"),
    [
        ("0", "0 yuan"),
        ("4000", "4,000 yuan"),
        ("999999.99", "999,999.99 yuan"),
        ("999999.999", "1.00 million yuan"),
        ("44175000", "44.18 million yuan"),
        ("999994999", "999.99 million yuan"),
        ("999995000", "1.00 billion yuan"),
        ("-1234567.89", "−1.23 million yuan"),
    ],
)
def test_amounts_in_english_are_in_yuan_millions_and_billions(yuan: str, english: str) -> None:
    with speaking(ENGLISH):
        assert said(Decimal(yuan)) == english
