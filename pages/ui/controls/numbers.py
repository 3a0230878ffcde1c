"""Entry of whole numbers."""

from typing import Literal, cast

import streamlit as st


def whole(
    label: str, key: str, value: int, help_text: str, low: int, high: int, width: int | Literal["stretch"] = "stretch"
) -> int:
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
