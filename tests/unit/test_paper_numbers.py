"""Numbers, intervals and dates as people write them, in both languages."""

import math
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nspl_sim.paper import numbers

NAN = math.nan
finite = st.floats(-1e12, 1e12)


@pytest.mark.parametrize(
    ("value", "digits", "sv", "en"),
    [
        (1234567.84, 1, "1\u00a0234\u00a0567,8", "1,234,567.8"),
        (-3.2, 1, "\u22123,2", "\u22123.2"),
        (0.04, 1, "0,0", "0.0"),
        (-0.04, 1, "0,0", "0.0"),
        (12, 0, "12", "12"),
        (NAN, 1, "–", "–"),
    ],
)
def test_decimal(value: float, digits: int, sv: str, en: str) -> None:
    assert numbers.decimal(value, digits, "sv") == sv
    assert numbers.decimal(value, digits, "en") == en


def test_a_difference_shows_its_sign_but_nothing_has_none() -> None:
    assert numbers.signed(3.2, 1, "sv") == "+3,2"
    assert numbers.signed(-3.2, 1, "sv") == "\u22123,2"
    assert numbers.signed(0.04, 1, "sv") == numbers.signed(-0.04, 1, "sv") == "0,0"


def test_interval_and_share() -> None:
    assert numbers.interval(-5.1, -1.4, 1, "sv") == "\u22125,1 till \u22121,4"
    assert numbers.interval(-5.1, 1.4, 1, "en") == "\u22125.1 to +1.4"
    assert numbers.interval(NAN, NAN, 1, "sv") == "–"
    assert (numbers.share(0.341, 0, "sv"), numbers.share(0.341, 0, "en")) == ("34\u00a0%", "34%")


@pytest.mark.parametrize(
    ("value", "sv"),
    [
        (0.1, "0,1"),
        (14.0, "14"),
        (0.7648, "0,7648"),
        (1 / 3, "0,333333"),
        (1e-9, "1e-09"),
        (-2.5, "\u22122,5"),
    ],
)
def test_shortest(value: float, sv: str) -> None:
    assert numbers.shortest(value, "sv") == sv


def test_dates_and_spans() -> None:
    when = datetime(2026, 3, 1, 6, 0)
    assert numbers.moment(when, "sv") == "söndag 1 mars 2026 kl. 06:00"
    assert numbers.moment(when, "en") == "Sunday 1 March 2026 at 06:00"
    assert numbers.span(200, "sv") == "3\u00a0min 20\u00a0s"
    assert numbers.span(187200, "en") == "2\u00a0d 4\u00a0h"
    assert numbers.span(0.2, "sv") == "0\u00a0s"


@given(finite, st.integers(0, 6), st.sampled_from(["sv", "en"]))
def test_decimal_reads_back(value: float, digits: int, language: str) -> None:
    written = numbers.decimal(value, digits, language)
    comma, point = ("\u00a0", ",") if language == "sv" else (",", ".")
    plain = written.replace(comma, "").replace(point, ".").replace("\u2212", "-")
    assert float(plain) == pytest.approx(value, rel=1e-14, abs=0.51 * 10**-digits)


@given(finite, st.sampled_from(["sv", "en"]))
def test_a_cell_keeps_every_figure(value: float, language: str) -> None:
    assert float(numbers.in_cell(value, language).replace(",", ".")) == value


@given(st.lists(st.floats(-1e9, 1e9), min_size=1))
def test_digits_are_few(values: list[float]) -> None:
    assert 0 <= numbers.digits_for(*values) <= 4
