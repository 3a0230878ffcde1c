"""Entry of the numbers that more than one page asks for."""

from typing import Literal, cast

import streamlit as st

from tinynet.config import LARGEST_CONSTANT, LARGEST_LEARNING_RATE, SMALLEST_LEARNING_RATE

Width = int | Literal["stretch"]
SMALLEST_RANGE = 1e-12
LARGEST_THETA = 1e6


def whole(label: str, key: str, value: int, help_text: str, low: int, high: int, width: Width = "stretch") -> int:
    """A whole number; a fraction is given back as it is, for the config to refuse."""
    # floats: an infinite whole number in a link would stop Streamlit
    entered = _number(label, key, float(value), help_text, float(low), float(high), 1.0, "%.16g", width)
    return int(entered) if entered.is_integer() else cast(int, entered)


def learning_rate(key: str, value: float, help_text: str, width: Width = "stretch") -> float:
    """The step η, between what is lost in the rounding of the weights and what no training can use."""
    low, high = SMALLEST_LEARNING_RATE, LARGEST_LEARNING_RATE
    return _number("Learning rate η", key, value, help_text, low, high, width=width)


def threshold(key: str, value: float, help_text: str) -> float:
    """The θ that stops a run."""
    return _number("Threshold θ", key, value, help_text, 0.0, LARGEST_THETA, 0.001)


def random_range(key: str, help_text: str) -> float:
    """How far from 0 a random weight may lie."""
    return _number("Random range ±", key, 1.0, help_text, SMALLEST_RANGE, LARGEST_CONSTANT, 0.1)


def constant(key: str, value: float, help_text: str, width: Width = "stretch", disabled: bool = False) -> float:
    """The value of every weight of a constant start."""
    low, high = -LARGEST_CONSTANT, LARGEST_CONSTANT
    return _number("Constant", key, value, help_text, low, high, width=width, disabled=disabled)


def _number(
    label: str,
    key: str,
    value: float,
    help_text: str,
    low: float,
    high: float,
    step: float = 0.01,
    form: str = "%.6g",
    width: Width = "stretch",
    disabled: bool = False,
) -> float:
    return st.number_input(
        label,
        min_value=low,
        max_value=high,
        value=value,
        step=step,
        format=form,
        key=key,
        bind="query-params",
        persist_state="session",
        help=help_text,
        width=width,
        disabled=disabled,
    )
