"""Learning points in the plane: a 2-H-1 network, the lines of its hidden units, and the best that one line can do."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from tinynet.arrays import Array, Integers
from tinynet.config import Config, Start
from tinynet.datasets import Dataset
from tinynet.published import ORDER_SEED
from tinynet.ranges import range_of

STARTS = ("zeros", "constant", "random", "xavier", "he")
"""The initialisations to compare, starting with the one that changes least."""
HIDDEN_UNITS = 4
HIDDEN_UNITS_ALLOWED = range_of(Config, "hidden_units").narrowed(16)
LEARNING_RATE = 0.05
MAX_EPOCHS = 400
DOUBTFUL = 1e-12
"""Rounding may change the sign of a smaller cross product of vectors between points within ±5."""


def setting(
    starts: Sequence[Start],
    hidden_units: int = HIDDEN_UNITS,
    order_seed: int = ORDER_SEED,
    learning_rate: float = LEARNING_RATE,
    theta: float = 0.0,
    max_epochs: int = MAX_EPOCHS,
) -> Config:
    """The settings of a training in the plane, with one run per start; by default θ stops none.

    Raises ValueError if a value is outside its range.
    """
    HIDDEN_UNITS_ALLOWED.check(hidden_units)
    return Config(tuple(starts), order_seed, learning_rate, theta, max_epochs, hidden_units)


@dataclass(frozen=True)
class BestLine:
    """A line with as many points as possible on the side of their class.

    `correct` is their number. A point is on the positive side if `weights`, (bias, w1, w2), give it a pre-activation
    above 0; (w1, w2) has the length 1, so a pre-activation is a distance from the line. If no line does better than
    calling all points the same, w1 and w2 are 0.
    """

    correct: int
    weights: tuple[float, float, float]


def best_line(dataset: Dataset) -> BestLine:
    """The best line for a dataset with two inputs, found by trying the lines through all pairs of points.

    `correct` is exact: the coordinates count as the decimal numbers they are printed as, and the search uses integers.
    `weights` are of the line farthest from the nearest points among all that part the points in the same way. They are
    floats, so they need points on different sides that are farther apart than about 1e-14.
    """
    places, inverse = np.unique(dataset.inputs, axis=0, return_inverse=True)
    votes = np.bincount(inverse.ravel(), np.sign(dataset.labels)).astype(np.float64)
    sides = _best_sides(places, votes)
    correct = (len(dataset.labels) + int(sides @ votes)) // 2
    return BestLine(correct, _widest(places, sides))


def different_lines(hidden: Array) -> tuple[tuple[int, ...], ...]:
    """The hidden units, counted from 0, grouped by the line on which their pre-activation is 0.

    `hidden` has the shape (hidden units, 3). Two units have the same line if their rows are proportional, which is
    decided exactly, by fractions. A unit whose weights are both 0 has no line, and is in no group. Units with the same
    line act as one only if they are equal, see `symmetry.different_units`: the sides and slopes may differ.
    """
    groups: dict[tuple[Fraction, ...], list[int]] = {}
    for unit, (bias, *weights) in enumerate(hidden.tolist()):
        if any(weights):
            pivot = Fraction(next(weight for weight in weights if weight))
            groups.setdefault(tuple(Fraction(each) / pivot for each in (bias, *weights)), []).append(unit)
    return tuple(tuple(units) for units in groups.values())


def _integers(places: Array) -> Integers:
    """The coordinates as integers in a common unit, (places, 2); Python integers if int64 would overflow."""
    exact = [[Fraction(repr(value)) for value in place] for place in places.tolist()]
    unit = math.lcm(*(value.denominator for place in exact for value in place))
    whole = np.array([[int(value * unit) for value in place] for place in exact], dtype=object)
    return whole.astype(np.int64) if 8 * np.abs(whole).max() ** 2 < 2**63 else whole


def _best_sides(places: Array, votes: Array) -> Array:
    """The side, 1 or -1, of each place for the line with the largest sum of side·vote; (places,).

    `places` are distinct and in lexicographic order; `votes` is the sum of the signs of the labels at each. A line can
    be moved, without a place changing sides, until it goes through two places: of those on it, the ones before some
    point of the line are then on one side, and the ones after it on the other.
    """
    exact = _integers(places)
    best = np.full(len(places), _sign(float(votes.sum())))
    for first in range(len(places) - 1):
        across = _across(first, places, exact)
        line, on = np.nonzero(across == 0)
        # whatever the sides of the places on a line, it gives at most this
        most = np.abs(across @ votes) + np.bincount(line, np.abs(votes)[on])
        for candidate in np.flatnonzero(most > best @ votes):
            # a line with an earlier place on it has been tried
            if most[candidate] > best @ votes and across[candidate, :first].all():
                best = max(best, _turned(across[candidate], votes), key=votes.dot)
    return best


def _across(first: int, places: Array, exact: Integers) -> Array:
    """For the line from place `first` to each later one, the side of every place: 1, -1 or 0, (lines, places)."""
    ahead = (places - places[first]).T
    across = _cross(ahead[:, first + 1 :, None], ahead)
    line, place = np.nonzero(np.abs(across) < DOUBTFUL)
    steps = (exact - exact[first]).T
    across[line, place] = np.sign(_cross(steps[:, first + 1 + line], steps[:, place]))
    return np.sign(across, across)


def _cross(one: Array | Integers, other: Array | Integers) -> Array:
    """The cross product of vectors whose first axis is (x1, x2)."""
    product: Array = one[0] * other[1] - one[1] * other[0]
    return product


def _turned(across: Array, votes: Array) -> Array:
    """The best sides for a line after the smallest turn, given the sides before, which are 0 on the line itself."""
    sides: Array = across * _sign(float(across @ votes))
    on = np.flatnonzero(across == 0)
    before = np.append(0.0, np.cumsum(votes[on]))
    gain = 2 * before - before[-1]
    cut = np.abs(gain).argmax()
    sides[on] = np.where(np.arange(len(on)) < cut, 1.0, -1.0) * _sign(gain[cut])
    return sides


def _sign(value: float) -> float:
    return -1.0 if value < 0 else 1.0


def _widest(places: Array, sides: Array) -> tuple[float, float, float]:
    """The line (bias, w1, w2) that is farthest from the nearest places on both sides.

    It is parallel to a line through two places of one side, or at right angles to one through places of both sides.
    """
    if abs(sides.sum()) == len(sides):
        return float(sides[0]), 0.0, 0.0
    first, second = np.triu_indices(len(places), 1)
    x1, x2 = (places[second] - places[first]).T
    alike = sides[first] == sides[second]
    across = np.where(alike, [-x2, x1], [x1, x2]) / np.hypot(x1, x2)
    positive, negative = places[sides > 0] @ across, places[sides < 0] @ across
    lowest = np.append(positive.min(axis=0), -positive.max(axis=0))
    highest = np.append(negative.max(axis=0), -negative.min(axis=0))
    best = (lowest - highest).argmax()
    w1, w2 = across[:, best % len(first)] * (1 if best < len(first) else -1)
    return float(-(lowest[best] + highest[best]) / 2), float(w1), float(w2)
