"""The range of a setting: what it allows, and how it refuses everything else."""

import re
from dataclasses import dataclass, fields
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinynet.config import Config, Start
from tinynet.digits import DigitsConfig
from tinynet.ranges import Range, bounded, check_all, range_of

RATE = Range("learning rate", 1e-12, 1e12)
CONSTANT = Range("constant", -1000, 1000)
THETA = Range("θ", 0, 1e6)
UNITS = Range("hidden units", 1, 64, whole=True)


@pytest.mark.parametrize(
    ("allowed", "value", "message"),
    [
        (UNITS, 0, "hidden units must be a whole number from 1 to 64, received 0"),
        (UNITS, 65, "hidden units must be a whole number from 1 to 64, received 65"),
        (UNITS, 3.0, "hidden units must be a whole number from 1 to 64, received 3.0"),
        (UNITS, True, "hidden units must be a whole number from 1 to 64, received True"),
        (UNITS, "4", "hidden units must be a whole number from 1 to 64, received '4'"),
        (UNITS, None, "hidden units must be a whole number from 1 to 64, received None"),
        (CONSTANT, float("nan"), "constant must be a number from -1000 to 1000, received nan"),
        (CONSTANT, float("inf"), "constant must be a number from -1000 to 1000, received inf"),
        (CONSTANT, 1000.0000001, "constant must be a number from -1000 to 1000, received 1000.0000001"),
        (CONSTANT, True, "constant must be a number from -1000 to 1000, received True"),
        (CONSTANT, "1", "constant must be a number from -1000 to 1000, received '1'"),
        (RATE, -0.1, "learning rate must be above 0, received -0.1"),
        (RATE, 0.0, "learning rate must be above 0, received 0"),
        (RATE, float("nan"), "learning rate must be above 0, received nan"),
        (RATE, 1e-13, "learning rate must be a number from 1e-12 to 1e+12, received 1e-13"),
        (RATE, "0.1", "learning rate must be a number from 1e-12 to 1e+12, received '0.1'"),
        (THETA, -1.0, "θ must be a number from 0 to 1e+06, received -1"),
        (THETA, float("inf"), "θ must be a number from 0 to 1e+06, received inf"),
        (THETA, 10**400, f"θ must be a number from 0 to 1e+06, received {10**400}"),
    ],
)
def test_a_value_outside_the_range_is_refused_in_words(allowed: Range, value: Any, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        allowed.check(value)


@given(st.integers(1, 64), st.floats(-1000, 1000), st.floats(1e-12, 1e12), st.floats(0, 1e6))
def test_every_value_inside_the_range_is_allowed(units: int, constant: float, rate: float, theta: float) -> None:
    for allowed, value in ((UNITS, units), (CONSTANT, constant), (RATE, rate), (THETA, theta)):
        allowed.check(value)


def test_a_number_may_be_given_as_an_integer() -> None:
    CONSTANT.check(-1000)


def test_a_narrowed_range_keeps_its_lower_limit() -> None:
    assert UNITS.narrowed(16) == Range("hidden units", 1, 16, whole=True)


@dataclass(frozen=True)
class Example:
    """A config with one number that has a range and one that has none."""

    units: int = bounded(2, UNITS)
    other: float = -1.0


def test_the_fields_of_a_config_carry_their_default_and_their_range() -> None:
    assert Example() == Example(2, -1.0)
    assert range_of(Example, "units") is UNITS
    check_all(Example(64))
    with pytest.raises(ValueError, match=r"^hidden units must be"):
        check_all(Example(65))


@pytest.mark.parametrize("config", [Config(), Start("random"), DigitsConfig("he")], ids=lambda c: type(c).__name__)
def test_every_numeric_field_of_a_config_has_a_range_that_allows_its_default(config: object) -> None:
    for field in fields(config):  # type: ignore[arg-type]  # it is a dataclass
        if field.type in ("int", "float", int, float):
            range_of(type(config), field.name).check(field.default)
