"""Points of the plane as the text that a link holds: six characters each."""

from collections.abc import Sequence

from tinynet.points import LIMIT, MOST, Row

LINK_DECIMALS = 4
"""Coordinates in a link have this many; finer ones are rounded."""
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
CHARACTERS = 6
_STEPS = 10**LINK_DECIMALS
_PLACES = 2 * int(LIMIT) * _STEPS + 1
"""The number of values of a coordinate."""


def is_learnable(rows: Sequence[Row]) -> bool:
    """Whether the points are of both classes."""
    return len({label for _, _, label in rows}) == 2


def rounded(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The points as a link holds them."""
    return tuple((round(x1, LINK_DECIMALS), round(x2, LINK_DECIMALS), label) for x1, x2, label in rows)


def encode(rows: Sequence[Row]) -> str:
    """The text of points within ±LIMIT."""
    return "".join(_word(row) for row in rows)


def decode(text: str) -> tuple[Row, ...]:
    """The points of a text, which may be none or of one class; raises ValueError if it is not the text of points."""
    allowed = f"the text of at most {MOST} points, {CHARACTERS} characters each"
    if len(text) % CHARACTERS or len(text) > MOST * CHARACTERS:
        raise ValueError(f"own points must be {allowed}, received {len(text)} characters")
    return tuple(_row(text[first : first + CHARACTERS]) for first in range(0, len(text), CHARACTERS))


def _word(row: Row) -> str:
    first, second = (round((coordinate + LIMIT) * _STEPS) for coordinate in row[:2])
    number = (first * _PLACES + second) * 2 + (row[2] > 0)
    return "".join(ALPHABET[number >> 6 * place & 63] for place in reversed(range(CHARACTERS)))


def _row(word: str) -> Row:
    if not set(word) <= set(ALPHABET):
        raise ValueError("own points must be letters, digits, - and _, received other characters")
    number = 0
    for character in word:
        number = number << 6 | ALPHABET.index(character)
    place, positive = divmod(number, 2)
    if place >= _PLACES**2:
        raise ValueError(f"own points must be within ±{LIMIT:g}, received a point outside")
    first, second = (round(one / _STEPS - LIMIT, LINK_DECIMALS) for one in divmod(place, _PLACES))
    return first, second, 1 if positive else -1
