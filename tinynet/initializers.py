"""Initial weights of a network with one output: one function per method."""

import math
import random
from collections.abc import Callable

SAME_HIDDEN = 0.5
SAME_OUTPUT = -0.5

Matrix = list[list[float]]
Matrices = tuple[Matrix, Matrix]
"""The hidden weights, one row (1 + inputs) per unit, and the single row (1 + hidden units) of the output.

Lists, because the numbers are drawn one at a time; the arrays are then made for all runs at once.
"""


def uniform(inputs: int, hidden_units: int, rng: random.Random, value: float) -> Matrices:
    """uniform(-1, 1): the hidden matrix row by row, then the output row, each bias first."""
    return _draw(inputs, hidden_units, rng, lambda fan_in, fan_out: 1.0, bias=True)


def same(inputs: int, hidden_units: int, rng: random.Random, value: float) -> Matrices:
    """The same value throughout each level: 0.5 in the hidden matrix, -0.5 in the output row."""
    return _full(inputs, hidden_units, SAME_HIDDEN, SAME_OUTPUT)


def zeros(inputs: int, hidden_units: int, rng: random.Random, value: float) -> Matrices:
    """All weights zero."""
    return constant(inputs, hidden_units, rng, 0.0)


def constant(inputs: int, hidden_units: int, rng: random.Random, value: float) -> Matrices:
    """Every weight equal to `value`."""
    return _full(inputs, hidden_units, value, value)


def xavier(inputs: int, hidden_units: int, rng: random.Random, value: float) -> Matrices:
    """Uniform with variance 2 / (fan in + fan out), biases zero (Glorot and Bengio, 2010, equation 16)."""
    return _draw(inputs, hidden_units, rng, lambda fan_in, fan_out: math.sqrt(6 / (fan_in + fan_out)))


def he(inputs: int, hidden_units: int, rng: random.Random, value: float) -> Matrices:
    """Uniform with variance 2 / fan in, biases zero (He et al., 2015, equation 10)."""
    return _draw(inputs, hidden_units, rng, lambda fan_in, fan_out: math.sqrt(6 / fan_in))


def random_biases(inputs: int, hidden_units: int, rng: random.Random, value: float) -> Matrices:
    """All weights zero except the biases of the hidden units, which are from uniform(-1, 1)."""
    _, output = zeros(inputs, hidden_units, rng, value)
    return [[rng.uniform(-1, 1)] + [0.0] * inputs for _ in range(hidden_units)], output


def zero_hidden(inputs: int, hidden_units: int, rng: random.Random, value: float) -> Matrices:
    """A zero hidden matrix and a Xavier output row."""
    return zeros(inputs, hidden_units, rng, value)[0], xavier(inputs, hidden_units, rng, value)[1]


def zero_output(inputs: int, hidden_units: int, rng: random.Random, value: float) -> Matrices:
    """A zero output row and a Xavier hidden matrix."""
    return xavier(inputs, hidden_units, rng, value)[0], zeros(inputs, hidden_units, rng, value)[1]


INITIALIZERS: dict[str, Callable[[int, int, random.Random, float], Matrices]] = {
    "random": uniform,
    "same": same,
    "zeros": zeros,
    "xavier": xavier,
    "he": he,
    "constant": constant,
    "random_biases": random_biases,
    "zero_hidden": zero_hidden,
    "zero_output": zero_output,
}
"""The methods by name. Each is called with (inputs, hidden units, generator, constant) and uses what it needs."""
DRAWN = frozenset(INITIALIZERS) - {"same", "zeros", "constant"}
"""The methods that draw random weights, and so depend on the init seed."""


def initial_matrices(
    name: str, inputs: int, hidden_units: int, seed: int, value: float, noise: float, scale: float
) -> Matrices:
    """The initial weights by the method `name`, drawn with Python's `random.seed(seed)`.

    `value` is the weight of "constant". Random weights are multiplied by `scale`. Then ε·uniform(-1, 1) is added to
    every weight, where ε is `noise`; with ε = 0 the weights do not change by a bit.
    """
    rng = random.Random(seed)
    matrices = INITIALIZERS[name](inputs, hidden_units, rng, value)
    if name in DRAWN and scale != 1:
        matrices = _combine(lambda weight, _: scale * weight, matrices, matrices)
    if noise == 0:
        return matrices
    return _combine(lambda weight, drawn: weight + noise * drawn, matrices, uniform(inputs, hidden_units, rng, value))


def _full(inputs: int, hidden_units: int, hidden: float, output: float) -> Matrices:
    return [[hidden] * (1 + inputs) for _ in range(hidden_units)], [[output] * (1 + hidden_units)]


def _draw(
    inputs: int, hidden_units: int, rng: random.Random, limit: Callable[[int, int], float], bias: bool = False
) -> Matrices:
    """Uniform weights within ±limit(fan in, fan out) per layer; without `bias` the biases are zero."""

    def matrix(units: int, fan_in: int) -> Matrix:
        bound = limit(fan_in, units)
        drawn = range(0 if bias else 1, 1 + fan_in)
        return [[0.0] * drawn.start + [rng.uniform(-bound, bound) for _ in drawn] for _ in range(units)]

    return matrix(hidden_units, inputs), matrix(1, hidden_units)


def _combine(function: Callable[[float, float], float], one: Matrices, other: Matrices) -> Matrices:
    """Apply a function to each pair of weights at the same place."""

    def matrix(first: Matrix, second: Matrix) -> Matrix:
        return [[function(*pair) for pair in zip(*rows, strict=True)] for rows in zip(first, second, strict=True)]

    return matrix(one[0], other[0]), matrix(one[1], other[1])
