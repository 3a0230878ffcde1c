"""Parsing untrusted settings files. Pure functions from bytes to values."""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, TypeVar

from pages.ui.fields import Entries, received, word

Value = TypeVar("Value")
Content = dict[str, Any]
"""The JSON object of a file."""

LARGEST = {
    "decision_regions": 100_000,
    "training": 100_000,
    "why_not_zero": 10_000_000,
    "sweep": 100_000,
    "in_the_plane": 100_000,
}
"""Largest file of each page in bytes; a file from MNIST holds the weights of 784 inputs."""
TITLES = {
    "decision_regions": "1 · Decision regions",
    "training": "2 · Training",
    "why_not_zero": "3 · Why not zero",
    "sweep": "4 · Thousands of runs",
    "in_the_plane": "5 · In the plane",
}
LONGEST_INTEGER = 20
"""Largest number of digits; no setting has more."""


def parse(text: bytes, page: str, restored: Callable[[Content], Entries]) -> Entries:
    """The widget values for a file saved by `page`; `restored` converts the content.

    Raises ValueError with a message for the user if the file belongs to another page or a setting in it is invalid.
    """
    content = read(text, LARGEST[page])
    owner = _owner(content)
    if owner is None:
        raise ValueError("it does not say which page it belongs to")
    if owner != page:
        raise ValueError(f"it belongs to the page “{TITLES[owner]}”")
    return restored(content)


def _owner(content: Content) -> str | None:
    """The page that saved the file, or None if unknown."""
    if content.get("section") == "digits":
        return "why_not_zero"
    # the file of problem 1 is also input of the command line and does not name a page
    page = content.get("page", "decision_regions" if "hidden" in content else None)
    return page if isinstance(page, str) and page in TITLES else None


def read(text: bytes, largest: int) -> Content:
    """The JSON object of a file of at most `largest` bytes; raises ValueError with a message for the user."""
    if len(text) > largest:
        raise ValueError(f"the file must have at most {largest:,} bytes, received {len(text):,}")
    try:
        content = json.loads(
            text.decode("utf-8-sig"), object_pairs_hook=_unique, parse_int=_integer, parse_constant=_no_number
        )
    except UnicodeDecodeError:
        raise ValueError("the file is not text in UTF-8") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"the file is not valid JSON (line {error.lineno})") from None
    except RecursionError:
        raise ValueError("the file is nested too deeply to be a file of settings") from None
    if not isinstance(content, dict):
        raise ValueError(f"the file must hold an object with settings, received {received(content)}")
    return content


def _unique(pairs: list[tuple[str, Any]]) -> Content:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"{word(twice)} is in the file twice")
    return found


def _integer(digits: str) -> int:
    size = len(digits.lstrip("-"))
    if size > LONGEST_INTEGER:
        raise ValueError(f"a whole number must have at most {LONGEST_INTEGER} digits, received {size}")
    return int(digits)


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is not a number that a setting can have")


def check_keys(content: Mapping[str, Any], needed: Collection[str], allowed: Collection[str] = ()) -> None:
    """Raise ValueError unless `content` has all `needed` keys, and no others except the `allowed` ones."""
    for name in content:
        if name not in needed and name not in allowed:
            raise ValueError(f"{word(name)} is not a setting of this page")
    for name in needed:
        if name not in content:
            raise ValueError(f"{name} is missing in the file")


def items(name: str, value: object, length: int | None = None) -> list[Any]:
    """`value`; raises ValueError if it is not a list of `length` items, or of at least one if `length` is None."""
    wanted = "one or more" if length is None else str(length)
    if not isinstance(value, list):
        raise ValueError(f"{name} must be a list of {wanted} items, received {received(value)}")
    if not value or (length is not None and len(value) != length):
        raise ValueError(f"{name} must be a list of {wanted} items, received {len(value)}")
    return value


def objects(name: str, value: object) -> list[Content]:
    """`value`; raises ValueError if it is not a list of one or more objects."""
    found = items(name, value)
    for item in found:
        if not isinstance(item, dict):
            raise ValueError(f"{name} must be a list of objects, received {received(item)} in it")
    return found


def common_value(name: str, values: Sequence[Value]) -> Value:
    """The value that all runs share; raises ValueError if they differ."""
    if any(value != values[0] for value in values):
        raise ValueError(f"{name} must be the same for all runs, received {received(values[0])} and others")
    return values[0]
