"""Where training starts: the initial weights of a network with one output, one builder for each method."""

import math
import random
from collections.abc import Callable

SAME_HIDDEN = 0.5
SAME_OUTPUT = -0.5

Matrix = list[list[float]]
Matrices = tuple[Matrix, Matrix]
"""The hidden weights, a row (1 + inputs) for each unit, and the one row (1 + hidden units) of the output.

Lists, because the numbers are drawn one by one: arrays are made of all runs at once.
"""


def uniform(inputs: int, hidden_units: int, rng: random.Random, value: float) -> Matrices:
    """Draw from uniform(-1, 1): the hidden matrix row by row, then the output row, each bias first."""
    return _draw(inputs, hidden_units, rng, lambda fan_in, fan_out: 1.0, bias=True)


def same(inputs: int, hidden_units: int, rng: random.Random, value: float) -> Matrices:
    """One value throughout each level: 0.5 in the hidden matrix, -0.5 in the output row."""
    return _full(inputs, hidden_units, SAME_HIDDEN, SAME_OUTPUT)


def zeros(inputs: int, hidden_units: int, rng: random.Random, value: float) -> Matrices:
    """All weights zero."""
    return constant(inputs, hidden_units, rng, 0.0)


def constant(inputs: int, hidden_units: int, rng: random.Random, value: float) -> Matrices:
    """All weights of both levels `value`."""
    return _full(inputs, hidden_units, value, value)


def xavier(inputs: int, hidden_units: int, rng: random.Random, value: float) -> Matrices:
    """Uniform of variance 2 / (fan in + fan out), biases zero (Glorot and Bengio, 2010, equation 16)."""
    return _draw(inputs, hidden_units, rng, lambda fan_in, fan_out: math.sqrt(6 / (fan_in + fan_out)))


def he(inputs: int, hidden_units: int, rng: random.Random, value: float) -> Matrices:
    """Uniform of variance 2 / fan in, biases zero (He et al., 2015, equation 10)."""
    return _draw(inputs, hidden_units, rng, lambda fan_in, fan_out: math.sqrt(6 / fan_in))


def random_biases(inputs: int, hidden_units: int, rng: random.Random, value: float) -> Matrices:
    """All weights zero but the biases of the hidden units, from uniform(-1, 1)."""
    _, output = zeros(inputs, hidden_units, rng, value)
    return [[rng.uniform(-1, 1)] + [0.0] * inputs for _ in range(hidden_units)], output


def zero_hidden(inputs: int, hidden_units: int, rng: random.Random, value: float) -> Matrices:
    """The hidden matrix zero, the output row as Xavier draws it."""
    return zeros(inputs, hidden_units, rng, value)[0], xavier(inputs, hidden_units, rng, value)[1]


def zero_output(inputs: int, hidden_units: int, rng: random.Random, value: float) -> Matrices:
    """The output row zero, the hidden matrix as Xavier draws it."""
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
"""Builders of the weights of (inputs, hidden units); each takes of the generator and of the constant what it needs."""
DRAWN = frozenset(INITIALIZERS) - {"same", "zeros", "constant"}
"""The initialisations that depend on the init seed."""


def initial_matrices(
    name: str, inputs: int, hidden_units: int, seed: int, value: float, noise: float, scale: float
) -> Matrices:
    """What the initialisation `name` gives with Python's `random.seed(seed)`.

    `value` is the constant of "constant". Drawn weights are multiplied by `scale`. With `noise` ε, ε·uniform(-1, 1) is
    then added to every weight; with 0 the weights are to the last bit those of the initialisation.
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
    """Uniform weights within ±limit(fan in, fan out) of each layer; without `bias` the biases are zero."""

    def matrix(units: int, fan_in: int) -> Matrix:
        bound = limit(fan_in, units)
        drawn = range(0 if bias else 1, 1 + fan_in)
        return [[0.0] * drawn.start + [rng.uniform(-bound, bound) for _ in drawn] for _ in range(units)]

    return matrix(hidden_units, inputs), matrix(1, hidden_units)


def _combine(function: Callable[[float, float], float], one: Matrices, other: Matrices) -> Matrices:
    """The function of each two weights in the same place."""

    def matrix(first: Matrix, second: Matrix) -> Matrix:
        return [[function(*pair) for pair in zip(*rows, strict=True)] for rows in zip(first, second, strict=True)]

    return matrix(one[0], other[0]), matrix(one[1], other[1])
