"""Symmetry in a hidden layer: what keeps hidden units identical, and what makes them differ."""

from collections.abc import Sequence
from enum import Enum

import numpy as np

from tinynet.arrays import Array
from tinynet.config import Config, Start
from tinynet.datasets import TWENTY
from tinynet.microscope import Step, step
from tinynet.network import Weights
from tinynet.orders import sample_orders
from tinynet.published import LEARNING_RATE, ORDER_SEED
from tinynet.training import History, starting_weights

STARTS = ("zeros", "constant", "random_biases", "zero_hidden", "zero_output", "random", "xavier", "he")
"""The initialisations to compare, starting with the one that changes least."""
WITH_ZEROS = ("zeros", "zero_hidden", "zero_output", "random_biases")
"""All zeros, and the initialisations that contain zeros but make the hidden units differ."""
CONSTANT = 0.5
HIDDEN_UNITS = 4
INIT_SEED = 6875673
MAX_EPOCHS = 300


class Case(Enum):
    """What happened to the hidden units of a run."""

    FROZEN = "frozen"
    """Every gradient of the hidden layer was exactly 0."""
    SYMMETRIC = "symmetric"
    """They changed, but were identical to the last bit after every epoch."""
    LEARNING = "learning"
    """Two of them differed at some time."""


def setting(
    inits: Sequence[str] = STARTS,
    hidden_units: int = HIDDEN_UNITS,
    value: float = CONSTANT,
    noise: float = 0.0,
    init_seed: int = INIT_SEED,
    order_seed: int = ORDER_SEED,
    learning_rate: float = LEARNING_RATE,
    theta: float = 0.0,
    max_epochs: int = MAX_EPOCHS,
) -> Config:
    """The settings of a training that shows symmetry, with one run per initialisation.

    `noise` ε is used for "constant" only. By default θ is 0 and stops no run before the last epoch. Raises ValueError
    if a value is outside its range.
    """
    starts = tuple(start(init, init_seed, value, noise) for init in inits)
    return Config(starts, order_seed, learning_rate, theta, max_epochs, hidden_units)


def start(init: str, seed: int, value: float, noise: float) -> Start:
    """One start; `noise` ε is used for "constant" only."""
    return Start(init, seed, value, noise if init == "constant" else 0.0)


def spread(hidden: Array) -> Array:
    """The largest difference between two hidden units in one of their incoming weights or their bias, (…, runs).

    `hidden` has the shape (…, hidden units, 1 + inputs, runs).
    """
    largest: Array = np.ptp(hidden, axis=-3).max(axis=-2)
    return largest


def different_units(weights: Weights) -> int:
    """The number of distinct hidden units of one run: two are distinct if any of their weights differ by a bit."""
    return len(np.unique(_units(weights), axis=0))


def layer_gradients(history: History, learning_rate: float, samples: int) -> tuple[Array, Array]:
    """The gradients of the hidden and of the output layer in each epoch, (epochs, runs) each.

    A gradient is the mean absolute value of the layer's partial derivatives, each averaged over the samples. The sum of
    a derivative over an epoch is the change of its weight divided by -η.
    """
    hidden, output = (
        np.abs(np.diff(matrices, axis=0)).mean(axis=(1, 2)) / (learning_rate * samples)
        for matrices in (history.hidden, history.output)
    )
    return hidden, output


def case(history: History, run: int) -> Case:
    """Which of the three cases applies to a run."""
    epochs = history.last_epoch[run] + 2
    hidden, output = history.hidden[:epochs, :, :, run], history.output[:epochs, 0, 1:, run]
    if np.array_equal(hidden, np.broadcast_to(hidden[0], hidden.shape)):
        return Case.FROZEN
    if np.ptp(hidden, axis=1).any() or np.ptp(output, axis=1).any():
        return Case.LEARNING
    return Case.SYMMETRIC


def first_step(config: Config, run: int) -> Step:
    """The first step of a run of `config`."""
    sample = next(sample_orders(len(TWENTY.labels), config.order_seed))[0]
    return step(starting_weights(config, TWENTY).run(run), sample, config.learning_rate)


def _units(weights: Weights) -> Array:
    """One row per hidden unit: its bias, its incoming weights and its outgoing weights."""
    return np.concatenate([weights.hidden, weights.output[:, 1:].T], axis=1)
