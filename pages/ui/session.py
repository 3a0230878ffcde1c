"""Session state that all pages share: the last valid config, and values for widgets not drawn yet."""

from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from pages.ui.fields import Entries

Value = TypeVar("Value")


def last_good(key: str, build: Callable[[], Value], default: Value) -> tuple[Value, str]:
    """The value of `build` and ""; if it raises ValueError, its last value (at first `default`) and the error message.

    `key` is the session key of the last value.
    """
    try:
        st.session_state[key] = build()
        problem = ""
    except ValueError as error:
        problem = str(error)
    value: Value = st.session_state.get(key, default)
    return value, problem


def set_widgets(entries: Entries) -> None:
    """Set widget values by widget key. Call before the widgets are drawn."""
    st.session_state.update(entries)


def take_file(page: str, parse: Callable[[bytes], Entries]) -> None:
    """Set the widgets from the file in the uploader of `page`, or record why it cannot be used."""
    file = st.session_state[file_key(page)]
    _take(page, parse, None if file is None else file.getvalue())


def take_text(page: str, key: str, parse: Callable[[bytes], Entries]) -> None:
    """Set the widgets from the text in the field `key`, or record why it cannot be used, like a file of `page`."""
    _take(page, parse, st.session_state[key].encode(errors="replace"))


def _take(page: str, parse: Callable[[bytes], Entries], content: bytes | None) -> None:
    st.session_state[_refusal_key(page)] = ""
    if content is None:
        return
    try:
        set_widgets(parse(content))
    except ValueError as error:
        st.session_state[_refusal_key(page)] = str(error)


def file_key(page: str) -> str:
    """The key of the uploader of `page`."""
    return f"upload_{page}"


def refusal(page: str) -> str:
    """Why the last file uploaded to `page` could not be used; empty if it could."""
    return str(st.session_state.get(_refusal_key(page), ""))


def _refusal_key(page: str) -> str:
    return f"upload_refused_{page}"
