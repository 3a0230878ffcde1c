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
    """The 100 values of x1, and of x2: -5, -4.9, …, 4.9, without 5."""
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


def zero_contour(output: Array) -> Array:
    """The contour o = 0 as line segments, (segments, 4): x1 and x2 of one end, x1 and x2 of the other.

    Marching triangles: the diagonal divides each cell into two triangles, and a triangle with both signs contains one
    segment, whose ends are interpolated along its sides. Saddle points need no special case.
    """
    values = axis()
    corners = np.stack(np.broadcast_arrays(values[:, None], values[None, :], output), axis=-1)
    near, right, up, far = corners[:-1, :-1], corners[1:, :-1], corners[:-1, 1:], corners[1:, 1:]
    positive = np.sum([corner[:, :, 2] >= 0 for corner in (near, right, up, far)], axis=0)
    cut = (positive > 0) & (positive < 4)
    triangles = [np.stack([near[cut], middle[cut], far[cut]], axis=1) for middle in (right, up)]
    return _triangle_segments(np.concatenate(triangles))


def _triangle_segments(triangles: Array) -> Array:
    """From triangles, (n, 3 corners, (x1, x2, o)), the segments in those that o = 0 crosses."""
    positive = triangles[:, :, 2] >= 0
    mixed = (positive.any(axis=1)) & (~positive.all(axis=1))
    triangles, positive = triangles[mixed], positive[mixed]
    # the corner whose sign differs from the other two lies on both sides that o = 0 crosses
    alone = np.where(positive.sum(axis=1) == 1, positive.argmax(axis=1), (~positive).argmax(axis=1))
    rows = np.arange(len(triangles))
    lone = triangles[rows, alone]
    ends = [_crossing(lone, triangles[rows, (alone + turn) % 3]) for turn in (1, 2)]
    return np.concatenate(ends, axis=1)


def _crossing(first: Array, second: Array) -> Array:
    share = first[:, 2] / (first[:, 2] - second[:, 2])
    return first[:, :2] + share[:, None] * (second[:, :2] - first[:, :2])
