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
"""Where the picture of the grid ends: each cell is centred on its point."""

PRESETS = {
    "a": Weights(np.array([[0.5, 0.3, -0.1], [-0.5, -0.4, 1.0]]), np.array([[1.0, -2.0, 0.5]])),
    "b": Weights(np.array([[-1.0, -0.5, 1.5], [1.0, 1.5, -0.5]]), np.array([[0.5, -1.0, 1.0]])),
}
"""The two networks of the exercise."""

CELLS = ("h10", "h11", "h12", "h20", "h21", "h22", "o0", "o1", "o2")
"""The nine weights by name, in the order the matrices are printed: the unit, then the column, 0 for the bias."""
DRAW_LIMIT = 2.0


@dataclass(frozen=True, eq=False)
class Regions:
    """What a 2-2-1 network answers on the grid.

    `hidden` is (2, 100, 100) and `output` (100, 100), x1 on the first axis of the grid and x2 on the second.
    """

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
    """The nine weights of a 2-2-1 network by their names in CELLS."""
    return dict(zip(CELLS, [*weights.hidden.ravel().tolist(), *weights.output.ravel().tolist()], strict=True))


def from_cells(values: Mapping[str, float]) -> Weights:
    """The 2-2-1 network of nine named weights. Raises ValueError if a weight is not a number of usable size."""
    flat = np.array([values[name] for name in CELLS])
    return Weights(flat[:6].reshape(2, 3), flat[6:].reshape(1, 3))


def draw(seed: int) -> Weights:
    """A random 2-2-1 network, the same for the same seed: uniform(-2, 2), row by row, hidden first, bias first.

    It is rounded to one decimal, as in the exercise, so that the matrices stay short enough to read and to dictate.
    """
    rng = random.Random(seed)
    return from_cells({name: round(rng.uniform(-DRAW_LIMIT, DRAW_LIMIT), 1) for name in CELLS})


def axis() -> Array:
    """The 100 values of x1, and of x2: -5, -4.9, … 4.9. The end +5 is not a point of the grid."""
    return START + STEP * np.arange(POINTS, dtype=np.float64)


def decide(weights: Weights) -> Regions:
    """Evaluate a network of two inputs, two hidden units and one output on all 10,000 points.

    Raises ValueError if the network has another shape.
    """
    if weights.hidden.shape != (2, 3) or weights.output.shape != (1, 3):
        raise ValueError(
            f"decision regions need hidden weights of shape (2, 3) and output weights of shape (1, 3), "
            f"received {weights.hidden.shape} and {weights.output.shape}"
        )
    values = axis()
    result = forward(weights, [values[:, None], values[None, :]])
    return Regions(result.hidden, result.output[0])


def zero_contour(output: Array) -> Array:
    """The line o = 0 between the points of the grid, as (segments, 4): x1, x2 of one end and of the other.

    Marching triangles: each cell is cut along its diagonal, each triangle with both signs holds one straight piece, and
    its ends are interpolated along the triangle's sides. A saddle needs no special case.
    """
    values = axis()
    corners = np.stack(np.broadcast_arrays(values[:, None], values[None, :], output), axis=-1)
    near, right, up, far = corners[:-1, :-1], corners[1:, :-1], corners[:-1, 1:], corners[1:, 1:]
    positive = np.sum([corner[:, :, 2] >= 0 for corner in (near, right, up, far)], axis=0)
    cut = (positive > 0) & (positive < 4)
    triangles = [np.stack([near[cut], middle[cut], far[cut]], axis=1) for middle in (right, up)]
    return _triangle_segments(np.concatenate(triangles))


def _triangle_segments(triangles: Array) -> Array:
    """From (n, 3 corners, (x1, x2, o)) the segments of those that o = 0 passes through."""
    positive = triangles[:, :, 2] >= 0
    mixed = (positive.any(axis=1)) & (~positive.all(axis=1))
    triangles, positive = triangles[mixed], positive[mixed]
    # the corner that stands alone with its sign is on both of the sides that are cut
    alone = np.where(positive.sum(axis=1) == 1, positive.argmax(axis=1), (~positive).argmax(axis=1))
    rows = np.arange(len(triangles))
    lone = triangles[rows, alone]
    ends = [_crossing(lone, triangles[rows, (alone + turn) % 3]) for turn in (1, 2)]
    return np.concatenate(ends, axis=1)


def _crossing(first: Array, second: Array) -> Array:
    share = first[:, 2] / (first[:, 2] - second[:, 2])
    return first[:, :2] + share[:, None] * (second[:, :2] - first[:, :2])
