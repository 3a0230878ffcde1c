"""A file of settings that is given back: read with care, for anybody may have written it, and put into the widgets."""

import json
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, TypeVar

import streamlit as st

from tinynet.ranges import Range

Value = TypeVar("Value")

LONGEST_INTEGER = 20
"""Digits; no setting has more."""
LONGEST_WORD = 20
"""Characters of a file's own words that are repeated in a message."""

Entries = dict[str, Any]
"""What the widgets shall hold, by their keys."""


def take(page: str, parse: Callable[[bytes], Entries]) -> None:
    """Put what `parse` makes of the file in the uploader of `page` into the widgets; the callback of the uploader.

    If it raises ValueError, they keep what they hold, and `refusal` gives the reason.
    """
    file = st.session_state[file_key(page)]
    st.session_state[_refusal_key(page)] = ""
    if file is None:
        return
    try:
        entries = parse(file.getvalue())
    except ValueError as error:
        st.session_state[_refusal_key(page)] = str(error)
    else:
        st.session_state.update(entries)


def file_key(page: str) -> str:
    """Where the session holds the file that was given to `page`."""
    return f"upload_{page}"


def refusal(page: str) -> str:
    """Why the file that was given to `page` last could not be used; nothing if it could."""
    return str(st.session_state.get(_refusal_key(page), ""))


def _refusal_key(page: str) -> str:
    return f"upload_refused_{page}"


def read(text: bytes, largest: int) -> dict[str, Any]:
    """The JSON object in a file of at most `largest` bytes; ValueError in the user's words if there is none."""
    if len(text) > largest:
        raise ValueError(f"the file must have at most {largest:,} bytes, received {len(text):,}")
    try:
        content = json.loads(
            text.decode("utf-8-sig"), object_pairs_hook=_unique, parse_int=_integer, parse_constant=_no_number
        )
    except UnicodeDecodeError:
        raise ValueError("the file is no text in UTF-8") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"the file is no JSON: line {error.lineno} cannot be read") from None
    except RecursionError:
        raise ValueError("the file has more levels than any file of settings") from None
    if not isinstance(content, dict):
        raise ValueError(f"the file must hold an object with settings, received {_received(content)}")
    return content


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"{_word(twice)} is in the file twice")
    return found


def _integer(digits: str) -> int:
    size = len(digits.lstrip("-"))
    if size > LONGEST_INTEGER:
        raise ValueError(f"a whole number must have at most {LONGEST_INTEGER} digits, received {size}")
    return int(digits)


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is not a number that a setting can have")


def check_keys(content: Mapping[str, Any], needed: Collection[str], allowed: Collection[str] = ()) -> None:
    """Raise ValueError unless `content` has all keys of `needed`, and no others but those of `allowed`."""
    for name in content:
        if name not in needed and name not in allowed:
            raise ValueError(f"{_word(name)} is not a setting of this page")
    for name in needed:
        if name not in content:
            raise ValueError(f"{name} is missing in the file")


def number(name: str, value: object, low: float, high: float) -> float:
    """`value`, if it is a number from `low` to `high`."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
        raise ValueError(f"{name} must be a number from {low:g} to {high:g}, received {_received(value)}")
    return float(value)


def whole(name: str, value: object, low: int, high: int) -> float:
    """`value`, if it is a whole number from `low` to `high`; as a float, for so the widgets hold it."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError(f"{name} must be a whole number from {low} to {high}, received {_received(value)}")
    Range(name, low, high, whole=True).check(value)
    return float(value)


def truth(name: str, value: object) -> bool:
    """`value`, if it is true or false."""
    if not isinstance(value, bool):
        raise ValueError(f"{name} must be true or false, received {_received(value)}")
    return value


def one_of(name: str, value: object, options: Collection[str]) -> str:
    """`value`, if it is one of the words `options`."""
    if not isinstance(value, str) or value not in options:
        raise ValueError(f"{name} must be one of {', '.join(options)}, received {_received(value)}")
    return value


def items(name: str, value: object, length: int | None = None) -> list[Any]:
    """`value`, if it is a list of `length` items, or of one or more where no length is asked for."""
    wanted = "one or more" if length is None else str(length)
    if not isinstance(value, list):
        raise ValueError(f"{name} must be a list of {wanted} items, received {_received(value)}")
    if not value or (length is not None and len(value) != length):
        raise ValueError(f"{name} must be a list of {wanted} items, received {len(value)}")
    return value


def objects(name: str, value: object) -> list[dict[str, Any]]:
    """`value`, if it is a list of one or more objects."""
    found = items(name, value)
    for item in found:
        if not isinstance(item, dict):
            raise ValueError(f"{name} must be a list of objects, received {_received(item)} in it")
    return found


def shared(name: str, values: Sequence[Value]) -> Value:
    """The one value that all runs have."""
    if len(set(values)) > 1:
        raise ValueError(f"{name} must be the same for all runs, received {_received(values[0])} and others")
    return values[0]


def _received(value: object) -> str:
    """A value of the file in a message: only what is short and harmless is repeated."""
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    if isinstance(value, int | float):
        return f"{value:.17g}"
    if isinstance(value, str):
        return f"‘{_word(value)}’"
    return "a list" if isinstance(value, list) else "an object"


def _word(text: str) -> str:
    """The beginning of a word of the file, without what Markdown could take for more than a word."""
    shown = re.sub(r"[^\w -]", "·", text[:LONGEST_WORD])
    return shown if len(text) <= LONGEST_WORD else f"{shown}…"
