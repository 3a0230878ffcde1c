"""Entry of the numbers that more than one page asks for."""

from typing import Literal, cast

import streamlit as st

from tinynet.config import LARGEST_CONSTANT, LARGEST_LEARNING_RATE, SMALLEST_LEARNING_RATE

Width = int | Literal["stretch"]


def whole(label: str, key: str, value: int, help_text: str, low: int, high: int, width: Width = "stretch") -> int:
    """A whole number; a fraction is given back as it is, for the config to refuse."""
    entered = st.number_input(
        label,
        min_value=float(low),  # floats: an infinite whole number in a link would stop Streamlit
        max_value=float(high),
        value=float(value),
        step=1.0,
        format="%.16g",
        key=key,
        bind="query-params",
        persist_state="session",
        help=help_text,
        width=width,
    )
    return int(entered) if entered.is_integer() else cast(int, entered)


def learning_rate(key: str, value: float, help_text: str, width: Width = "stretch") -> float:
    """The step η, between what is lost in the rounding of the weights and what no training can use."""
    return st.number_input(
        "Learning rate η",
        min_value=SMALLEST_LEARNING_RATE,
        max_value=LARGEST_LEARNING_RATE,
        value=value,
        step=0.01,
        format="%.6g",
        key=key,
        bind="query-params",
        persist_state="session",
        help=help_text,
        width=width,
    )


def constant(key: str, value: float, help_text: str, width: Width = "stretch", disabled: bool = False) -> float:
    """The value of every weight of a constant start."""
    return st.number_input(
        "Constant",
        min_value=-LARGEST_CONSTANT,
        max_value=LARGEST_CONSTANT,
        value=value,
        step=0.01,
        format="%.6g",
        key=key,
        bind="query-params",
        persist_state="session",
        help=help_text,
        width=width,
        disabled=disabled,
    )
