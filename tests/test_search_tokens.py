"""What of a text can be looked up, without a browser; the same in a browser is in test_search."""

from __future__ import annotations

from decimal import Decimal

import pytest

from generator.website.search.search_tokens import number_token, plain, tokens, yuan_token


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("三公", {"三公", "公$"}),
        ("费", {"费$"}),
        ("“三公”经费", {"三公", "公经", "经费", "费$"}),
        ("其中:（三）公务", {"其中", "中$", "公务", "务$"}),
        ("公 务\n接待", {"公务", "务接", "接待", "待$"}),
        ("２０２５年", {"2025", "年$"}),
        ("12345热线", {"12345", "热线", "线$"}),
        ("5个", {"5", "个$"}),
        ("2,345.80", {"=2345.8"}),
        ("0.4万元", {"=0.4", "=4000", "万元", "元$"}),
        ("5万元", {"5", "=5", "=50000", "万元", "元$"}),
        ("2023-2025", {"2023", "2025"}),
        ("OA系统", {"oa", "系统", "统$"}),
        ("、。—", set()),
        ("財務", {"财务", "务$"}),
        ("著作", {"著作", "作$"}),  # mainland texts print 著, too
    ],
)
def test_the_tokens_of_a_text(text: str, expected: set[str]) -> None:
    assert tokens(text) == expected


@pytest.mark.parametrize("text", ["2,345.80", "2345.8", "2345.800", "02345.8", "-2,345.80"])
def test_a_number_has_one_spelling(text: str) -> None:
    assert number_token(text) == "=2345.8"


def test_an_amount_is_found_in_yuan() -> None:
    assert yuan_token(Decimal("23458000.00")) == "=23458000"
    assert yuan_token(Decimal("0.50")) == "=0.5"
    assert yuan_token(Decimal(0)) == "=0"
    assert yuan_token(Decimal("1E+3")) == "=1000"


def test_differences_of_typing_go() -> None:
    assert plain("政務服務數據管理局預算，衞生") == plain("政务服务数据管理局预算，卫生")
    assert plain("因公出国（境）费") == plain("因公出国(境)费") == "因公出国境费"
