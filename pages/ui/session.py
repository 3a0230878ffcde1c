"""What the session of a viewer holds for every page: the last good config, and values for widgets to come."""

from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from pages.ui.fields import Entries

Value = TypeVar("Value")


def last_good(key: str, build: Callable[[], Value], default: Value) -> tuple[Value, str]:
    """What `build` makes; if it raises ValueError, what it made last (at first `default`), and the reason.

    `key` is the place in the session.
    """
    try:
        st.session_state[key] = build()
        problem = ""
    except ValueError as error:
        problem = str(error)
    value: Value = st.session_state.get(key, default)
    return value, problem


def put(entries: Entries) -> None:
    """Set widgets, by their keys, before they are drawn."""
    st.session_state.update(entries)


def take_file(page: str, parse: Callable[[bytes], Entries]) -> None:
    """Set the widgets as the file in the uploader of `page` says, or keep the reason why it cannot be used."""
    file = st.session_state[file_key(page)]
    st.session_state[_refusal_key(page)] = ""
    if file is None:
        return
    try:
        put(parse(file.getvalue()))
    except ValueError as error:
        st.session_state[_refusal_key(page)] = str(error)


def file_key(page: str) -> str:
    """The key of the uploader of `page`."""
    return f"upload_{page}"


def refusal(page: str) -> str:
    """Why the last file given to `page` could not be used; empty if it could."""
    return str(st.session_state.get(_refusal_key(page), ""))


def _refusal_key(page: str) -> str:
    return f"upload_refused_{page}"
