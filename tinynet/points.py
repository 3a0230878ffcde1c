"""Points in the plane to learn: generated ones, and the viewer's own."""

import math
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from tinynet.activations import A
from tinynet.config import LARGEST_SEED
from tinynet.datasets import Dataset
from tinynet.ranges import Range, bounded, check_all, check_option

LIMIT = 5.0
"""Every coordinate lies within ± this."""
FEWEST, MOST = 2, 200
DECIMALS = 2
"""Generated coordinates are rounded to these."""
NOISE_REACH = 3.0
"""How far noise 1 can move a coordinate."""
HEADER = "x1,x2,label"
SHOWN = 80
"""How much of a refused line is repeated."""

Point = tuple[float, float]
Row = tuple[float, float, int]
"""x1, x2 and the label, 1 or -1."""


def _xor(i: int, u: float, v: float) -> Point:
    """(0.5 + 3.5u, 0.5 + 3.5v), moved to quadrant 1, 2, 3 or 4 by turns through changed signs."""
    x1, x2 = 0.5 + 3.5 * u, 0.5 + 3.5 * v
    return ((x1, x2), (-x1, x2), (-x1, -x2), (x1, -x2))[i % 4]


def _moons(i: int, u: float, v: float) -> Point:
    """(3 cos t - 1.5, 3 sin t - 0.75) with t = πu, a half circle; with both signs changed if i is odd."""
    t = math.pi * u
    return _reflected(i, 3 * math.cos(t) - 1.5, 3 * math.sin(t) - 0.75)


def _rings(i: int, u: float, v: float) -> Point:
    """(r cos t, r sin t) with t = 2πu: a disc, r = 1.5√v, and if i is odd the ring around it, r = 3 + v."""
    r, t = 3 + v if i % 2 else 1.5 * math.sqrt(v), 2 * math.pi * u
    return r * math.cos(t), r * math.sin(t)


def _blobs(i: int, u: float, v: float) -> Point:
    """(2 + r cos t, 2 + r sin t) with r = 1.5√v and t = 2πu, a disc; with both signs changed if i is odd.

    A line parts the two discs while noise is at most 0.3.
    """
    r, t = 1.5 * math.sqrt(v), 2 * math.pi * u
    return _reflected(i, 2 + r * math.cos(t), 2 + r * math.sin(t))


def _spiral(i: int, u: float, v: float) -> Point:
    """(r cos t, r sin t) with r = 0.5 + 3.5u and t = 2πu, an arm of one turn; with both signs changed if i is odd."""
    r, t = 0.5 + 3.5 * u, 2 * math.pi * u
    return _reflected(i, r * math.cos(t), r * math.sin(t))


def _reflected(i: int, x1: float, x2: float) -> Point:
    return (-x1, -x2) if i % 2 else (x1, x2)


SHAPES: dict[str, Callable[[int, float, float], Point]] = {
    "xor": _xor,
    "moons": _moons,
    "rings": _rings,
    "blobs": _blobs,
    "spiral": _spiral,
}
"""Where point i lies before noise moves it, given two numbers from [0, 1)."""
KINDS = tuple(SHAPES)


@dataclass(frozen=True)
class Generated:
    """Points that are drawn: their shape, number and noise, and the seed. See `dataset` for how they are drawn.

    Raises ValueError if a value is outside its range.
    """

    name: str = "xor"
    points: int = bounded(40, Range("points", FEWEST, MOST, whole=True))
    noise: float = bounded(0.1, Range("noise", 0.0, 1.0))
    seed: int = bounded(0, Range("data seed", 0, LARGEST_SEED, whole=True))

    def __post_init__(self) -> None:
        check_option("data", self.name, SHAPES)
        check_all(self)


@dataclass(frozen=True)
class Own:
    """Points that somebody chose, in the order in which they are numbered.

    Raises ValueError, with the number of the point counted from 1, if there are fewer than FEWEST or more than MOST, if
    a coordinate is not a number within ±LIMIT, if a label is not 1 or -1, or if only one of the labels occurs.
    """

    rows: tuple[Row, ...]

    def __post_init__(self) -> None:
        _check_count(len(self.rows))
        object.__setattr__(self, "rows", tuple(_located(f"point {i}", row) for i, row in enumerate(self.rows, 1)))
        _check_labels(self.rows)


def dataset(source: Generated | Own) -> Dataset:
    """The inputs (points, 2), and the labels: 1.716 or -1.716.

    Generated points take four numbers each, u, v, p and q, from `random.Random(seed).random()`, in this order. With
    i counted from 0, point i has the label 1 if i is even and -1 if it is odd, and the place that its shape gives to
    (i, u, v), see SHAPES. Then 3·noise·(2p - 1) is added to x1 and 3·noise·(2q - 1) to x2; a coordinate beyond ±5 is
    set to ±5; and both are rounded to two decimals. So more points keep those before, and noise moves each its own way.
    """
    rows = source.rows if isinstance(source, Own) else _drawn(source)
    return Dataset(np.array([row[:2] for row in rows]), np.array([A * label for _, _, label in rows]))


def as_rows(dataset: Dataset) -> tuple[Row, ...]:
    """The points of a dataset with two inputs as rows, such as those of `Own`."""
    return tuple(
        (x1, x2, 1 if label > 0 else -1)
        for (x1, x2), label in zip(dataset.inputs.tolist(), dataset.labels.tolist(), strict=True)
    )


def read_csv(text: str) -> Own:
    """The points of a CSV file with the header x1,x2,label and one point in each line; empty lines are skipped.

    Raises ValueError with the number of the line if something is not allowed, see `Own`.
    """
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    number, header = lines[0] if lines else (1, "")
    if ",".join(_cells(header)) != HEADER:
        raise ValueError(f"line {number}: the header must be {HEADER}, received {header[:SHOWN]!r}")
    # a file of any length is refused before its points are read
    beyond = lines[MOST + 1 : MOST + 2] or lines[-1:]
    _at(f"line {beyond[0][0]}", _check_count, len(lines) - 1)
    rows = tuple(_located(f"line {number}", _values(line)) for number, line in lines[1:])
    _at(f"line {lines[-1][0]}", _check_labels, rows)
    return Own(rows)


def _drawn(source: Generated) -> tuple[Row, ...]:
    rng = random.Random(source.seed)
    return tuple(_point(source, i, *(rng.random() for _ in range(4))) for i in range(source.points))


def _point(source: Generated, i: int, u: float, v: float, p: float, q: float) -> Row:
    x1, x2 = SHAPES[source.name](i, u, v)
    reach = NOISE_REACH * source.noise
    return _within(x1 + reach * (2 * p - 1)), _within(x2 + reach * (2 * q - 1)), -1 if i % 2 else 1


def _within(x: float) -> float:
    # adding 0.0 turns -0.0 into 0.0
    return round(min(max(x, -LIMIT), LIMIT), DECIMALS) + 0.0


def _check_count(points: int) -> None:
    if not FEWEST <= points <= MOST:
        raise ValueError(f"the number of points must be from {FEWEST} to {MOST}, received {points}")


def _check_labels(rows: tuple[Row, ...]) -> None:
    labels = {label for *_, label in rows}
    if len(labels) < 2:
        raise ValueError(f"both labels, 1 and -1, must occur, received only {labels.pop()}")


def _located(place: str, row: Any) -> Row:
    """The row with exact types; raises ValueError, beginning with its place, if a value is not allowed."""
    if not isinstance(row, tuple | list) or len(row) != 3:
        raise ValueError(f"{place}: a point must be three values, {HEADER}, received {_shown(row)}")
    x1, x2, label = row
    for name, value in (("x1", x1), ("x2", x2)):
        _at(place, Range(name, -LIMIT, LIMIT).check, value)
    if isinstance(label, bool) or label not in (1, -1):
        shown = str(label).removesuffix(".0") if isinstance(label, float) else repr(label)
        raise ValueError(f"{place}: label must be 1 or -1, received {shown}")
    return float(x1) + 0.0, float(x2) + 0.0, int(label)


def _shown(row: object) -> str:
    """A refused row as a line of a file would hold it."""
    return (",".join(map(str, row)) if isinstance(row, tuple | list) else str(row))[:SHOWN]


def _at(place: str, check: Callable[[Any], None], value: Any) -> None:
    """Check a value; the sentence about it begins with its place."""
    try:
        check(value)
    except ValueError as error:
        raise ValueError(f"{place}: {error}") from None


def _values(line: str) -> list[Any]:
    """The cells of a line as numbers, those that are not numbers as text; all as text unless there are three."""
    cells = _cells(line)
    return [_number(cell) for cell in cells] if len(cells) == 3 else list(cells)


def _number(cell: str) -> float | str:
    try:
        return float(cell)
    except ValueError:
        return cell[:SHOWN]


def _cells(line: str) -> list[str]:
    """The cells of a line of CSV, without the quotes that some programs put around them."""
    return [cell.strip(' \t"\ufeff') for cell in line.split(",")]
