"""Problem 1: the decision regions of a 2-2-1 network."""

import random
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from tinynet.arrays import Array
from tinynet.network import Weights, forward

POINTS = 100
START = -5.0
STEP = 0.1
EDGES = (START - STEP / 2, START + STEP * (POINTS - 0.5))
"""The limits of a picture of the grid, whose cells are centred on the points."""

PRESETS = {
    "a": Weights(np.array([[0.5, 0.3, -0.1], [-0.5, -0.4, 1.0]]), np.array([[1.0, -2.0, 0.5]])),
    "b": Weights(np.array([[-1.0, -0.5, 1.5], [1.0, 1.5, -0.5]]), np.array([[0.5, -1.0, 1.0]])),
}
"""The two networks of the exercise."""

CELLS = ("h10", "h11", "h12", "h20", "h21", "h22", "o0", "o1", "o2")
"""The names of the nine weights in the order in which the matrices are printed: unit, then column, 0 for the bias."""
DRAW_LIMIT = 2.0
"""The largest absolute value of a weight that `draw` gives."""


@dataclass(frozen=True, eq=False)
class Regions:
    """The outputs of a 2-2-1 network on the grid.

    `hidden` is (2, 100, 100) and `output` (100, 100); x1 is the first axis of the grid and x2 the second.
    """

    weights: Weights
    hidden: Array
    output: Array

    @property
    def positive(self) -> int:
        """The number of points with o ≥ 0: zero counts as positive."""
        return int(np.count_nonzero(self.output >= 0))

    @property
    def negative(self) -> int:
        """The number of points with o < 0."""
        return self.output.size - self.positive


def cells(weights: Weights) -> dict[str, float]:
    """The nine weights of a 2-2-1 network by name; see CELLS."""
    return dict(zip(CELLS, [*weights.hidden.ravel().tolist(), *weights.output.ravel().tolist()], strict=True))


def from_cells(values: Mapping[str, float]) -> Weights:
    """The 2-2-1 network with these nine weights. Raises ValueError if one is not a number within ±LARGEST_WEIGHT."""
    flat = np.array([values[name] for name in CELLS])
    return Weights(flat[:6].reshape(2, 3), flat[6:].reshape(1, 3))


def draw(seed: int) -> Weights:
    """A random 2-2-1 network: uniform(-2, 2), hidden matrix first, row by row, bias first.

    The weights are rounded to one decimal, like those of the exercise, so they are easy to read out.
    """
    rng = random.Random(seed)
    return from_cells({name: round(rng.uniform(-DRAW_LIMIT, DRAW_LIMIT), 1) for name in CELLS})


def axis() -> Array:
    """The 100 values of x1, and of x2, shape (100,): -5, -4.9, …, 4.9, without 5."""
    return START + STEP * np.arange(POINTS, dtype=np.float64)


def decide(weights: Weights) -> Regions:
    """Evaluate a 2-2-1 network on all 10,000 points. Raises ValueError if the network has another shape."""
    if weights.hidden.shape != (2, 3) or weights.output.shape != (1, 3):
        raise ValueError(
            f"decision regions need hidden weights of shape (2, 3) and output weights of shape (1, 3), "
            f"received {weights.hidden.shape} and {weights.output.shape}"
        )
    values = axis()
    result = forward(weights, [values[:, None], values[None, :]])
    return Regions(weights, result.hidden, result.output[0])
