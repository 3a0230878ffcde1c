"""Points in the plane: generated exactly as described, and own ones checked."""

import random
import re
from math import cos, pi, sin, sqrt
from typing import Any

import numpy as np
import pytest

from tinynet.points import KINDS, LIMIT, Generated, Own, as_rows, dataset, read_csv

Row = tuple[float, float, int]


def described(name: str, points: int, noise: float, seed: int) -> list[Row]:
    """The points as the docstrings describe them, worked out one by one."""
    numbers, rows = random.Random(seed), []
    for i in range(points):
        u, v, p, q = numbers.random(), numbers.random(), numbers.random(), numbers.random()
        odd, disc, arm = i % 2 == 1, 1.5 * sqrt(v), 0.5 + 3.5 * u
        half, whole = pi * u, 2 * pi * u
        x1, x2 = {
            "xor": ((-1) ** (i % 4 in (1, 2)) * arm, (-1) ** (i % 4 in (2, 3)) * (0.5 + 3.5 * v)),
            "moons": (-1.5 + 3 * cos(half), -0.75 + 3 * sin(half)),
            "rings": ((3 + v) * cos(whole), (3 + v) * sin(whole)) if odd else (disc * cos(whole), disc * sin(whole)),
            "blobs": (2 + disc * cos(whole), 2 + disc * sin(whole)),
            "spiral": (arm * cos(whole), arm * sin(whole)),
        }[name]
        side = -1 if odd and name not in ("xor", "rings") else 1
        moved = [side * x1 + 3 * noise * (2 * p - 1), side * x2 + 3 * noise * (2 * q - 1)]
        first, second = (round(min(5, max(-5, x)), 2) for x in moved)
        rows.append((first, second, -1 if odd else 1))
    return rows


@pytest.mark.parametrize("noise", [0.0, 0.1, 1.0])
@pytest.mark.parametrize("name", KINDS)
def test_generated_points_are_those_of_the_description(name: str, noise: float) -> None:
    for points, seed in ((2, 1), (41, 0), (200, 2**53 - 1)):
        assert list(as_rows(dataset(Generated(name, points, noise, seed)))) == described(name, points, noise, seed)


@pytest.mark.parametrize("name", KINDS)
def test_points_lie_within_5_and_in_equal_classes_for_the_largest_noise(name: str) -> None:
    drawn = dataset(Generated(name, 200, 1.0, 3))
    assert np.abs(drawn.inputs).max() <= LIMIT
    assert np.count_nonzero(drawn.labels > 0) == 100
    assert not np.signbit(drawn.inputs[drawn.inputs == 0]).any()


def test_more_points_keep_those_before() -> None:
    few, many = (as_rows(dataset(Generated("spiral", points))) for points in (10, 11))
    assert many[:10] == few


def test_rows_are_the_points_of_their_dataset() -> None:
    rows = ((0.1, -5.0, 1), (1e-300, 5.0, -1), (0.1, -5.0, -1))
    assert as_rows(dataset(Own(rows))) == rows
    assert dataset(Own(rows)).labels.tolist() == [1.716, -1.716, -1.716]


@pytest.mark.parametrize(
    "text",
    [
        "x1,x2,label\n1,2,1\n-0.5,4.25,-1\n",
        "x1,x2,label\r\n1,2,1\r\n\r\n-0.5,4.25,-1",
        '\ufeff"x1", "x2","label"\n1.0, 2e0,+1\n-.5,4.25,-1.0\n',
    ],
    ids=["plain", "Windows, an empty line", "quoted, with a byte order mark"],
)
def test_a_file_gives_its_points(text: str) -> None:
    assert read_csv(text) == Own(((1.0, 2.0, 1), (-0.5, 4.25, -1)))


HEADER = "x1,x2,label\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "line 1: the header must be x1,x2,label, received ''"),
        ("\nx,y,class\n", "line 2: the header must be x1,x2,label, received 'x,y,class'"),
        ("1,2,1\n3,4,-1\n", "line 1: the header must be x1,x2,label, received '1,2,1'"),
        (HEADER, "line 1: the number of points must be from 2 to 200, received 0"),
        (HEADER + "1,2,1\n", "line 2: the number of points must be from 2 to 200, received 1"),
        (HEADER + "1,2,1\n" * 205, "line 202: the number of points must be from 2 to 200, received 205"),
        (HEADER + "1,2,1\n1,2,0\n", "line 3: label must be 1 or -1, received 0"),
        (HEADER + "1,2,1\n\n1,2,0.99999999\n", "line 4: label must be 1 or -1, received 0.99999999"),
        (HEADER + "1,2,1\n1,2,b\n", "line 3: label must be 1 or -1, received 'b'"),
        (HEADER + "1,2,1\n1,nan,1\n", "line 3: x2 must be a number from -5 to 5, received nan"),
        (HEADER + "1,2,1\n5.01,0,1\n", "line 3: x1 must be a number from -5 to 5, received 5.01"),
        (HEADER + "1,2,1\n-inf,0,1\n", "line 3: x1 must be a number from -5 to 5, received -inf"),
        (HEADER + "1,2,1\none,0,1\n", "line 3: x1 must be a number from -5 to 5, received 'one'"),
        (HEADER + "1,2,1\n,0,1\n", "line 3: x1 must be a number from -5 to 5, received ''"),
        (HEADER + "1,2,1\n1,2\n", "line 3: a point must be three values, x1,x2,label, received 1,2"),
        (HEADER + "1,2,1\n1,2,1\n", "line 3: both labels, 1 and -1, must occur, received only 1"),
    ],
)
def test_a_bad_file_is_refused_with_its_line(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        read_csv(text)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (((1, 2, 1),), "the number of points must be from 2 to 200, received 1"),
        (((1, 2, 1),) * 201, "the number of points must be from 2 to 200, received 201"),
        (((1, 2, 1), (float("inf"), 2, -1)), "point 2: x1 must be a number from -5 to 5, received inf"),
        (((1, 2, 1), (1, "2", -1)), "point 2: x2 must be a number from -5 to 5, received '2'"),
        (((1, 2, 1), (1, 2, True)), "point 2: label must be 1 or -1, received True"),
        (((1, 2, 1), 7), "point 2: a point must be three values, x1,x2,label, received 7"),
        (((1, 2, -1), (1, 2, -1)), "both labels, 1 and -1, must occur, received only -1"),
    ],
)
def test_own_points_that_are_not_allowed_are_refused_in_words(rows: Any, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        Own(rows)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"name": "squares"}, "data must be one of xor, moons, rings, blobs, spiral, received 'squares'"),
        ({"points": 1}, "points must be a whole number from 2 to 200, received 1"),
        ({"noise": 1.5}, "noise must be a number from 0 to 1, received 1.5"),
        ({"seed": -1}, "data seed must be a whole number from 0 to 9007199254740991, received -1"),
    ],
)
def test_a_setting_outside_its_range_is_refused_in_words(settings: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        Generated(**settings)
