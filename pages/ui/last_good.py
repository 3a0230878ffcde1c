"""What was entered last and could be used."""

from collections.abc import Callable
from typing import TypeVar

import streamlit as st

Value = TypeVar("Value")


def last_good(key: str, build: Callable[[], Value], default: Value) -> tuple[Value, str]:
    """What `build` makes, or what it made last (at first `default`) and the reason why it cannot now.

    `key` is the place in the session.
    """
    try:
        st.session_state[key] = build()
        problem = ""
    except ValueError as error:
        problem = str(error)
    value: Value = st.session_state.get(key, default)
    return value, problem
