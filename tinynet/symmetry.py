"""Why the weights of a hidden layer cannot start alike: what keeps hidden units the same, and what tells them apart."""

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
"""The initialisations that are compared, from the one that moves least on."""
WITH_ZEROS = ("zeros", "zero_hidden", "zero_output", "random_biases")
"""Zeros everywhere, and the starts with zeros that tell the hidden units apart."""
CONSTANT = 0.5
HIDDEN_UNITS = 4
INIT_SEED = 6875673
MAX_EPOCHS = 300


class Case(Enum):
    """What happened to the hidden units of a run."""

    FROZEN = "frozen"
    """Every gradient of the hidden layer was exactly 0."""
    SYMMETRIC = "symmetric"
    """They moved, and were the same to the last bit after every epoch."""
    LEARNING = "learning"
    """At some time two of them differed."""


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
    """What to train to see symmetry, one run for each initialisation; the noise ε is added to the constant one only.

    θ is 0 unless given, so that nothing stops a run before its last epoch. Raises ValueError if a value is outside its
    range.
    """
    starts = tuple(Start(init, init_seed, value, noise if init == "constant" else 0.0) for init in inits)
    return Config(starts, order_seed, learning_rate, theta, max_epochs, hidden_units)


def spread(hidden: Array) -> Array:
    """The largest difference between two hidden units in one of their weights, the bias included.

    From hidden weights (…, hidden units, 1 + inputs, runs) to (…, runs).
    """
    largest: Array = np.ptp(hidden, axis=-3).max(axis=-2)
    return largest


def different_units(weights: Weights) -> int:
    """How many hidden units differ, to the last bit, in a weight that comes in or goes out. One run's `weights`."""
    return len(np.unique(_units(weights), axis=0))


def layer_gradients(history: History, learning_rate: float, samples: int) -> tuple[Array, Array]:
    """The gradient of the hidden and of the output layer in each epoch, (epochs, runs) each.

    It is the mean absolute value of the layer's partial derivatives, each averaged over the samples; the steps of an
    epoch add up to the change of its weights.
    """
    hidden, output = (
        np.abs(np.diff(matrices, axis=0)).mean(axis=(1, 2)) / (learning_rate * samples)
        for matrices in (history.hidden, history.output)
    )
    return hidden, output


def case(history: History, run: int) -> Case:
    """Which of the three cases a run is."""
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
    """All weights of each hidden unit in a row: its bias, its inputs, its way out."""
    return np.concatenate([weights.hidden, weights.output[:, 1:].T], axis=1)
