"""Where training starts: the initial weights of a network with one output, one builder for each method."""

import math
import random
from collections.abc import Callable

import numpy as np

from tinynet.arrays import Array
from tinynet.network import Weights

SAME_HIDDEN = 0.5
SAME_OUTPUT = -0.5


def uniform(inputs: int, hidden_units: int, rng: random.Random, value: float) -> Weights:
    """Draw from uniform(-1, 1): the hidden matrix row by row, then the output row, each bias first."""
    return _draw(inputs, hidden_units, rng, lambda fan_in, fan_out: 1.0, bias=True)


def same(inputs: int, hidden_units: int, rng: random.Random, value: float) -> Weights:
    """One value throughout each level: 0.5 in the hidden matrix, -0.5 in the output row."""
    return Weights(np.full((hidden_units, 1 + inputs), SAME_HIDDEN), np.full((1, 1 + hidden_units), SAME_OUTPUT))


def zeros(inputs: int, hidden_units: int, rng: random.Random, value: float) -> Weights:
    """All weights zero."""
    return constant(inputs, hidden_units, rng, 0.0)


def constant(inputs: int, hidden_units: int, rng: random.Random, value: float) -> Weights:
    """All weights of both levels `value`."""
    return Weights(np.full((hidden_units, 1 + inputs), value), np.full((1, 1 + hidden_units), value))


def xavier(inputs: int, hidden_units: int, rng: random.Random, value: float) -> Weights:
    """Uniform of variance 2 / (fan in + fan out), biases zero (Glorot and Bengio, 2010, equation 16)."""
    return _draw(inputs, hidden_units, rng, lambda fan_in, fan_out: math.sqrt(6 / (fan_in + fan_out)))


def he(inputs: int, hidden_units: int, rng: random.Random, value: float) -> Weights:
    """Uniform of variance 2 / fan in, biases zero (He et al., 2015, equation 10)."""
    return _draw(inputs, hidden_units, rng, lambda fan_in, fan_out: math.sqrt(6 / fan_in))


def random_biases(inputs: int, hidden_units: int, rng: random.Random, value: float) -> Weights:
    """All weights zero but the biases of the hidden units, from uniform(-1, 1)."""
    weights = zeros(inputs, hidden_units, rng, value)
    weights.hidden[:, 0] = [rng.uniform(-1, 1) for _ in range(hidden_units)]
    return weights


def zero_hidden(inputs: int, hidden_units: int, rng: random.Random, value: float) -> Weights:
    """The hidden matrix zero, the output row as Xavier draws it."""
    drawn = xavier(inputs, hidden_units, rng, value)
    return Weights(np.zeros_like(drawn.hidden), drawn.output)


def zero_output(inputs: int, hidden_units: int, rng: random.Random, value: float) -> Weights:
    """The output row zero, the hidden matrix as Xavier draws it."""
    drawn = xavier(inputs, hidden_units, rng, value)
    return Weights(drawn.hidden, np.zeros_like(drawn.output))


INITIALIZERS: dict[str, Callable[[int, int, random.Random, float], Weights]] = {
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


def initial_weights(
    name: str, inputs: int, hidden_units: int, seed: int, value: float = 0.0, noise: float = 0.0
) -> Weights:
    """The weights that the initialisation `name` gives with Python's `random.seed(seed)`.

    `value` is the constant of "constant". With `noise` ε, ε·uniform(-1, 1) is then added to every weight; with 0 the
    weights are to the last bit those of the initialisation. Raises ValueError if there is no such initialisation.
    """
    if name not in INITIALIZERS:
        raise ValueError(f"initialisation must be one of {', '.join(INITIALIZERS)}, received {name!r}")
    rng = random.Random(seed)
    weights = INITIALIZERS[name](inputs, hidden_units, rng, value)
    if noise == 0:
        return weights
    drawn = uniform(inputs, hidden_units, rng, value)
    return Weights(weights.hidden + noise * drawn.hidden, weights.output + noise * drawn.output)


def _draw(
    inputs: int, hidden_units: int, rng: random.Random, limit: Callable[[int, int], float], bias: bool = False
) -> Weights:
    """Uniform weights within ±limit(fan in, fan out) of each layer; without `bias` the biases are zero."""

    def matrix(units: int, fan_in: int) -> Array:
        bound = limit(fan_in, units)
        drawn = range(0 if bias else 1, 1 + fan_in)
        return np.array([[0.0] * drawn.start + [rng.uniform(-bound, bound) for _ in drawn] for _ in range(units)])

    return Weights(matrix(hidden_units, inputs), matrix(1, hidden_units))
