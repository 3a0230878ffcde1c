"""What the slider of pages.ui.controls.drag has sent from the browser."""

import sys
from collections.abc import Mapping
from typing import Any

import streamlit as st

MOVED = "moved"
"""The name under which the slider sends: the value it was moved to, the number of the message, and whether the hand has
let go."""


def value(key: str) -> float | None:
    """The value that the slider `key` was moved to last; None before that, and for what is no finite number."""
    sent = _message(key).get("value")
    # compared, because a whole number may have too many digits to be converted
    return float(sent) if isinstance(sent, int | float) and abs(sent) <= sys.float_info.max else None


def number(key: str) -> int | None:
    """The number of the last message of the slider `key`, which is its answer: it waits for that."""
    sent = _message(key).get("number")
    return sent if isinstance(sent, int) else None


def is_resting(key: str) -> bool:
    """Whether the hand had let go of the slider `key` with the last message."""
    return _message(key).get("resting") is True


def _message(key: str) -> Mapping[str, Any]:
    message = st.session_state.get(key, {}).get(MOVED)
    return message if isinstance(message, Mapping) else {}
