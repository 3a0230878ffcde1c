"""A network with one hidden layer: its weights and its forward pass."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tinynet.activations import activation
from tinynet.arrays import Array

LARGEST_WEIGHT = 1e300
"""With larger weights, a product of a weight and an input may overflow."""


@dataclass(frozen=True, eq=False)
class Weights:
    """The two weight matrices as a textbook prints them, with the bias of each unit in column 0.

    `hidden` has the shape (hidden units, 1 + inputs), `output` (outputs, 1 + hidden units). Further axes, such as one
    for the runs, come last and are the same in both.

    Raises ValueError if the shapes do not match, or if a weight is not a number within ±LARGEST_WEIGHT.
    """

    hidden: Array
    output: Array

    def __post_init__(self) -> None:
        for name in ("hidden", "output"):
            object.__setattr__(self, name, _matrix(name, getattr(self, name)))
        if self.output.shape[1] != 1 + self.hidden.shape[0]:
            raise ValueError(
                f"output weights must have {1 + self.hidden.shape[0]} columns (the bias and one for each hidden unit), "
                f"received {self.output.shape[1]}"
            )

    def run(self, place: int) -> "Weights":
        """The weights of one run, if the last axis is over runs."""
        return Weights(self.hidden[..., place], self.output[..., place])


def _matrix(name: str, values: Array) -> Array:
    try:
        matrix = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        raise ValueError(f"{name} weights must be rows of numbers of equal length") from None
    if matrix.ndim < 2 or matrix.shape[0] < 1 or matrix.shape[1] < 2:
        raise ValueError(
            f"{name} weights must be rows of a bias and weights, received an array of shape {matrix.shape}"
        )
    wrong = ~(np.abs(matrix) <= LARGEST_WEIGHT)  # negated, because nan compares false
    if wrong.any():
        place = tuple(int(i) for i in np.argwhere(wrong)[0])
        raise ValueError(
            f"{name} weight {place[0] + 1},{place[1]} must be between -{LARGEST_WEIGHT:g} and {LARGEST_WEIGHT:g}, "
            f"received {matrix[place]:g}"
        )
    return matrix


@dataclass(frozen=True, eq=False)
class Pass:
    """All values of a forward pass, one row per unit.

    `hidden_net` and `hidden` are (hidden units, …), `output_net` and `output` (outputs, …), where … is the shape that
    the inputs and the further axes of the weights broadcast to.
    """

    hidden_net: Array
    hidden: Array
    output_net: Array
    output: Array


def forward(weights: Weights, inputs: Sequence[Array | float]) -> Pass:
    """The forward pass for `inputs`: one array per input, of shapes that broadcast together.

    For a grid, pass x1 of shape (n, 1) and x2 of shape (1, n): the products stay small until they are added.
    """
    hidden_net = net(weights.hidden, inputs)
    hidden = activation(hidden_net)
    output_net = net(weights.output, list(hidden))
    return Pass(hidden_net, hidden, output_net, activation(output_net))


def net(matrix: Array, inputs: Sequence[Array | float]) -> Array:
    """The pre-activation w0 + w1·x1 + w2·x2 + … of each row of `matrix`, (rows, …).

    The terms are added one by one, elementwise. A matrix product may add in a different order for each unit, but units
    with equal weights must get the same bits.
    """
    return np.stack([_row_net(row, inputs) for row in matrix])


def _row_net(row: Array, inputs: Sequence[Array | float]) -> Array:
    total = row[0]
    for weight, value in zip(row[1:], inputs, strict=True):
        total = total + weight * value
    return np.asarray(total)
