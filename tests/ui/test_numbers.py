"""How numbers and tables are written."""

import pytest

from pages.ui import numbers
from pages.ui.table import Table
from tests.reading import read, rows


@pytest.mark.parametrize(
    ("value", "latex", "plain"),
    [
        (0.0, "0", "0"),
        (-0.0, "0", "0"),
        (1.716, "1.7160", "1.7160"),
        (-0.5, "-0.5000", "−0.5000"),
        (0.0001, "0.0001", "0.0001"),
        (0.00009, r"9.0000 \cdot 10^{-5}", "9.0000·10⁻⁵"),
        (-1.23456e-10, r"-1.2346 \cdot 10^{-10}", "−1.2346·10⁻¹⁰"),
        (9999.5, "9999.5000", "9999.5000"),
        (12345.678, r"1.2346 \cdot 10^{4}", "1.2346·10⁴"),
    ],
)
def test_a_number_has_four_decimals_or_a_power_of_ten(value: float, latex: str, plain: str) -> None:
    assert numbers.latex(value) == latex
    assert numbers.plain(value) == plain


@pytest.mark.parametrize(
    ("value", "spec", "written"),
    [
        (0.5, ".6g", "0.5"),
        (1000.0, ".6g", "1000"),
        (1e-9, ".6g", "1·10⁻⁹"),
        (1.5, "+.3f", "+1.500"),
        (12, "d", "12"),
        (None, "d", "–"),
        (None, ".4f", "–"),
    ],
)
def test_a_number_is_written_by_its_format_and_one_that_there_is_not_as_a_dash(
    value: float | None, spec: str, written: str
) -> None:
    assert numbers.plain(value, spec) == written


@pytest.mark.parametrize(("value", "words"), [(0.0, "exactly 0"), (-0.0, "exactly 0"), (5e-324, "4.9·10⁻³²⁴")])
def test_zero_is_told_from_what_is_only_small(value: float, words: str) -> None:
    assert numbers.exact(value) == words


@pytest.mark.parametrize(
    ("written", "after"), [("1.5", "1.5"), ("-1.5", "(-1.5)"), ("−1.5", "(−1.5)"), ("10^{-5}", "10^{-5}")]
)
def test_a_negative_number_after_an_operator_is_in_parentheses(written: str, after: str) -> None:
    assert numbers.factor(written) == after


def test_what_a_table_names_is_written_and_not_run() -> None:
    html = Table([["<b>"]], {"a & b": ["<script>"]}).html()
    assert rows(html) == [["", "<b>"], ["a & b", "<script>"]]
    assert {part.tag for part in read(html).iter()} == {"div", "table", "thead", "tbody", "tr", "th", "td"}
