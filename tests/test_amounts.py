"""Amounts: what is one and what is not, exact yuan, and decimals kept up to the published file."""

import unicodedata
from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.meaning.amounts import (
    UNITS,
    Worth,
    decimals,
    is_amount,
    is_code,
    is_decimal,
    is_nearly_amount,
    read_amount,
    to_decimal,
    to_yuan,
)
from generator.packages.resources import text
from tests import hypothesis_profile

YUAN = {"元": 1, "千元": 1_000, "万元": 10_000, "百万元": 1_000_000, "亿元": 100_000_000}
units = st.sampled_from(sorted(YUAN))
values = st.decimals(-(10**12), 10**12, allow_nan=False, allow_infinity=False, places=2) | (
    st.decimals(0, 10**6, allow_nan=False, allow_infinity=False, places=6)
)


def test_the_profile_is_loaded() -> None:
    assert hypothesis_profile.PROFILE in ("ci", "local", "nightly")


def printed(value: Decimal, *, separated: bool) -> str:
    return f"{value:,f}" if separated else f"{value:f}"


@given(values, units, st.booleans())
def test_yuan_are_exact(value: Decimal, unit: str, separated: bool) -> None:
    assert to_yuan(printed(value, separated=separated), unit) == value * YUAN[unit]


@given(values, units)
def test_yuan_never_have_fewer_than_two_decimals(value: Decimal, unit: str) -> None:
    whole, _, decimals = f"{to_yuan(printed(value, separated=True), unit):f}".partition(".")
    assert len(decimals) >= 2
    assert "," not in whole


@given(st.integers(-(10**9), 10**9), units)
def test_whole_numbers_are_amounts_too(number: int, unit: str) -> None:
    assert is_amount(f"{number:,}")
    assert to_yuan(f"{number:,}", unit) == number * YUAN[unit]


@given(values, st.booleans())
def test_the_published_text_keeps_the_printed_decimals(value: Decimal, separated: bool) -> None:
    token = printed(value, separated=separated)
    assert is_amount(token) and is_decimal(token) and not is_nearly_amount(token)
    assert text(to_decimal(token)) == token.replace(",", "")


def test_more_digits_than_a_float_holds() -> None:
    token = "123,456,789,012,345,678.91"
    assert text(to_decimal(token)) == token.replace(",", "")
    assert f"{to_yuan(token, '万元'):f}" == "1234567890123456789100.00"


def test_more_digits_than_the_default_context_holds() -> None:
    assert f"{to_yuan('1234567890123456789012345678.91', '元'):f}" == (
        "1234567890123456789012345678.91"
    )


def test_the_units_are_those_that_are_known() -> None:
    assert sorted(UNITS) == sorted(YUAN)
    with pytest.raises(KeyError):
        to_yuan("1.00", "美元")


@pytest.mark.parametrize(
    "token", ["0.00", "0", "4,417.50", "4417.5", "-3.10", "1,234,567.891234", "12345.6", "100"]
)
def test_what_is_an_amount(token: str) -> None:
    assert is_amount(token)


@pytest.mark.parametrize(
    "token",
    [
        "", "-", "--", "--%", "合计", "5.5G", "1,5a6.29", "12,34.5", "1,2345.00", "1.2.3",
        "5.", "5.3%", "〔2015〕232号", "（番府办[2013]91号）", "[206]", "3-5", "1e5", "2024年",
        "1,234,56.00", "NaN", "Infinity", "½", "1_000.00", "44.00万元", "（1）", "1-", "２０２４",
    ],
)  # fmt: skip
def test_what_is_not_an_amount(token: str) -> None:
    assert not is_amount(token) and not is_decimal(token)


@pytest.mark.parametrize("token", ["1,5a6.29", "1O.00", "12,34.5", "1.234.56", "0.0O", "5.3%"])
def test_what_was_meant_as_an_amount(token: str) -> None:
    assert is_nearly_amount(token)


@pytest.mark.parametrize(
    "token", ["", "合计", "项目", "--", "AKTDGC", "2024年", "一、预算拨款", "5G"]
)
def test_what_was_never_meant_as_an_amount(token: str) -> None:
    assert not is_nearly_amount(token)


@given(st.from_regex(r"\A[0-9]{1,9}\Z"))
def test_a_code_has_three_five_or_seven_digits(token: str) -> None:
    assert is_code(token) == (len(token) in (3, 5, 7))


@pytest.mark.parametrize("token", ["２０１", "20١"])
def test_digits_of_other_scripts_make_no_code(token: str) -> None:
    assert not is_code(token)


@given(st.text(st.sampled_from("0123456789.,- aO一%％万"), max_size=12))
def test_what_is_an_amount_is_a_finite_number(token: str) -> None:
    if is_amount(token):
        assert to_decimal(token).is_finite()


# ── what a cell is worth ─────────────────────────────────────────────────────────────────


def full_width(text: str) -> str:
    return text.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789.,-+()"})


def bold(text: str) -> str:
    """Digits as mathematical bold ones, beyond the BMP."""
    return text.translate({ord("0") + n: 0x1D7CE + n for n in range(10)})


def separated(mark: str) -> Callable[[str], str]:
    return lambda text: text.replace(",", mark)


def european(text: str) -> str:
    return text.replace(",", "'").replace(".", ",").replace("'", ".")


#: Each way to print an amount of 1,234.00 and more that is certain, from its plain print.
PRINTS: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "full-width": full_width,
    "bold": bold,
    "full-width comma": separated("，"),
    "no separator": separated(""),
    "space": separated(" "),
    "no-break space": separated("\u00a0"),
    "thin space": separated("\u2009"),
    "comma and space": separated(", "),
    "apostrophe": separated("'"),
    "quotation mark": separated("’"),
    "point and space": lambda text: text.replace(".", ". "),
    "full-width point": lambda text: text.replace(".", "．"),
    "each apart": " ".join,
    "european": european,
    "yuan sign": lambda text: f"¥{text}",
    "wide yuan sign": lambda text: f"￥ {text}",
    "plus": lambda text: f"+{text}",
    "footnote": lambda text: f"{text}[1]",
    "footnote before": lambda text: f"［12］{text}",
    "raised footnote": lambda text: f"{text}②",
    "star": lambda text: f"{text}*",
    "spaces around": lambda text: f"\u3000{text}\u00a0",
    "zero-width": "\u200b".join,
    "unit": lambda text: f"{text}万元",
    "unit apart": lambda text: f"{text} 万元",
}
#: Each way to print a minus.
MINUSES: dict[str, Callable[[str], str]] = {
    "hyphen": lambda text: f"-{text}",
    "minus": lambda text: f"−{text}",
    "dash": lambda text: f"–{text}",
    "full-width": lambda text: f"－{text}",
    "triangle": lambda text: f"▲{text}",
    "white triangle": lambda text: f"△{text}",
    "brackets": lambda text: f"({text})",
    "full-width brackets": lambda text: f"（{text}）",
    "behind": lambda text: f"{text}-",
    "before the sign": lambda text: f"-¥{text}",
    "behind the sign": lambda text: f"¥-{text}",
}
large = st.decimals(1000, 10**12, allow_nan=False, allow_infinity=False, places=2)


@given(large, st.sampled_from(sorted(PRINTS)))
def test_an_amount_in_any_print_is_read_exactly(value: Decimal, name: str) -> None:
    assert to_decimal(PRINTS[name](f"{value:,f}")) == value
    assert decimals(PRINTS[name](f"{value:,f}")) == 2


@given(large | st.decimals(0, 1000, places=2), st.sampled_from(sorted(MINUSES)))
def test_a_minus_in_any_print_is_one(value: Decimal, name: str) -> None:
    assert to_decimal(MINUSES[name](f"{value:,f}")) == -value
    assert to_decimal(MINUSES[name](full_width(f"{value:,f}"))) == -value


@given(st.integers(0, 99))
def test_a_nought_before_the_point_may_be_missing(cents: int) -> None:
    assert to_decimal(f".{cents:02}") == Decimal(cents) / 100
    assert to_decimal(f"-.{cents:02}") == -Decimal(cents) / 100


@pytest.mark.parametrize(
    "text", ["", " ", "-", "—", "–", "－", "--", "——", "/", "／", "无", "…", "……", "\u200b"]
)
def test_what_is_printed_where_nothing_is(text: str) -> None:
    assert read_amount(text) == Worth(blank=True)


@pytest.mark.parametrize(
    "text",
    [
        "44½", "①", "#####", "4l.00", "4O.00", "44.00%", "44..00", "٤٤.00", "四十四", "4.4E+01",
        "44,00", "4,417,50", "1.234,567", "(1)", "1-", "440000 440000", "440.00 440.00", "2 440",
        "-44.00-", "(-44.00)", "--44.00", "+-44.00", "44.00(", "12  300.00", "44.00元整", "²",
        "44¹", "4²", "[44.00]", "1 2 3", "4 4", "1,2", "1. 2. 3", "44.00/50.00", "44.0\u0660", "x",
        "\u202e00.44", "44.00\x01", "\ud835", "9" * 61,
    ],
)  # fmt: skip
def test_what_no_cell_is_worth_anything_for(text: str) -> None:
    assert read_amount(text) == Worth()
    with pytest.raises(ValueError):
        to_decimal(text)


@given(large, large)
def test_two_amounts_are_never_glued_together(one: Decimal, other: Decimal) -> None:
    for both in (f"{one:f} {other:f}", f"{one:,f} {other:,f}", f"{one:.0f} {other:.0f}"):
        assert read_amount(both) == Worth()


@given(st.text(st.sampled_from("0123456789.,'- ()（）¥▲+*１．，万元 \u2009"), max_size=14))
def test_no_digit_is_added_or_lost(text: str) -> None:
    worth = read_amount(text)
    if worth.plain is not None:
        kept = [c for c in unicodedata.normalize("NFKC", text) if c.isdigit()]
        assert worth.plain.lstrip("-").replace(".", "").lstrip("0") == "".join(kept).lstrip("0")
        assert is_amount(worth.plain)


@given(st.text(max_size=12))
def test_any_text_is_an_amount_or_blank_or_neither(text: str) -> None:
    worth = read_amount(text)
    assert not (worth.blank and worth.plain is not None)
    assert worth.plain is None or to_decimal(text).is_finite()


def test_the_unit_beside_an_amount_is_told() -> None:
    assert [read_amount(f"44.00{unit}").unit for unit in UNITS] == list(UNITS)
