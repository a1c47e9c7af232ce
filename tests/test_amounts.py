"""Amounts: what is one and what is not, exact yuan, and decimals kept up to the published file."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.meaning.amounts import (
    UNITS,
    is_amount,
    is_code,
    is_decimal,
    is_nearly_amount,
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
        "", "-", "--", "--%", "合计", "5.5G", "1,5a6.29", "12,34.5", "1,2345.00", "1.2.3", ".5",
        "5.", "5.3%", "〔2015〕232号", "（番府办[2013]91号）", "[206]", "3-5", "1e5", "2024年",
        "+1.00", "1 000.00", "1,234,56.00", "NaN", "Infinity", "½", "1_000.00",
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
        assert set(token) <= set("0123456789.,-")
        assert to_decimal(token).is_finite()
