"""Where training starts: the initial weights of a network with one output, one builder for each method."""

import math
import random
from collections.abc import Callable

import numpy as np

from tinynet.arrays import Array
from tinynet.network import Weights

SAME_HIDDEN = 0.5
SAME_OUTPUT = -0.5


def uniform(inputs: int, hidden_units: int, rng: random.Random) -> Weights:
    """Draw from uniform(-1, 1): the hidden matrix row by row, then the output row, each bias first."""
    return _draw(inputs, hidden_units, rng, lambda fan_in, fan_out: 1.0, bias=True)


def same(inputs: int, hidden_units: int, rng: random.Random) -> Weights:
    """One value throughout each level: 0.5 in the hidden matrix, -0.5 in the output row."""
    return Weights(np.full((hidden_units, 1 + inputs), SAME_HIDDEN), np.full((1, 1 + hidden_units), SAME_OUTPUT))


def zeros(inputs: int, hidden_units: int, rng: random.Random) -> Weights:
    """All weights zero."""
    return Weights(np.zeros((hidden_units, 1 + inputs)), np.zeros((1, 1 + hidden_units)))


def xavier(inputs: int, hidden_units: int, rng: random.Random) -> Weights:
    """Uniform of variance 2 / (fan in + fan out), biases zero (Glorot and Bengio, 2010, equation 16)."""
    return _draw(inputs, hidden_units, rng, lambda fan_in, fan_out: math.sqrt(6 / (fan_in + fan_out)))


def he(inputs: int, hidden_units: int, rng: random.Random) -> Weights:
    """Uniform of variance 2 / fan in, biases zero (He et al., 2015, equation 10)."""
    return _draw(inputs, hidden_units, rng, lambda fan_in, fan_out: math.sqrt(6 / fan_in))


INITIALIZERS: dict[str, Callable[[int, int, random.Random], Weights]] = {
    "random": uniform,
    "same": same,
    "zeros": zeros,
    "xavier": xavier,
    "he": he,
}
DRAWN = frozenset({"random", "xavier", "he"})
"""The initialisations that depend on the init seed."""


def initial_weights(name: str, inputs: int, hidden_units: int, seed: int) -> Weights:
    """The weights that the initialisation `name` gives with Python's `random.seed(seed)`.

    Raises ValueError if there is no such initialisation.
    """
    if name not in INITIALIZERS:
        raise ValueError(f"initialisation must be one of {', '.join(INITIALIZERS)}, received {name!r}")
    return INITIALIZERS[name](inputs, hidden_units, random.Random(seed))


def _draw(
    inputs: int, hidden_units: int, rng: random.Random, limit: Callable[[int, int], float], bias: bool = False
) -> Weights:
    """Uniform weights within ±limit(fan in, fan out) of each layer; without `bias` the biases are zero."""

    def matrix(units: int, fan_in: int) -> Array:
        bound = limit(fan_in, units)
        drawn = range(0 if bias else 1, 1 + fan_in)
        return np.array([[0.0] * drawn.start + [rng.uniform(-bound, bound) for _ in drawn] for _ in range(units)])

    return Weights(matrix(hidden_units, inputs), matrix(1, hidden_units))
