"""Why the weights of a hidden layer cannot start alike: what keeps hidden units the same, and what tells them apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np

from tinynet.arrays import Array
from tinynet.backprop import Batch
from tinynet.config import Config, Start
from tinynet.datasets import TWENTY, Dataset
from tinynet.network import Pass, Weights, forward
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


def alike(values: Array) -> list[list[int]]:
    """Which places of a row hold the same value to the last bit: the groups, each with its places."""
    _, groups = np.unique(values, return_inverse=True)
    return [np.flatnonzero(groups == group).tolist() for group in dict.fromkeys(groups.tolist())]


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


@dataclass(frozen=True, eq=False)
class FirstStep:
    """The very first step of a run: its sample, counted from 0, the way forward, and the weights before and after."""

    sample: int
    forward: Pass
    before: Weights
    after: Weights


def first_step(config: Config, run: int) -> FirstStep:
    """Take the first step of a run of `config` by itself."""
    sample = next(sample_orders(len(TWENTY.labels), config.order_seed))[0]
    start = starting_weights(config, TWENTY)
    before = Weights(start.hidden[..., run], start.output[..., run])
    one = Dataset(TWENTY.inputs[[sample]], TWENTY.labels[[sample]])
    batch = Batch(Weights(before.hidden[..., None], before.output[..., None]), one, config.learning_rate)
    batch.epoch([0])
    hidden, output = batch.matrices(batch.weights)
    after = Weights(hidden[..., 0], output[..., 0])
    return FirstStep(sample, forward(before, list(TWENTY.inputs[sample])), before, after)


def _units(weights: Weights) -> Array:
    """All weights of each hidden unit in a row: its bias, its inputs, its way out."""
    return np.concatenate([weights.hidden, weights.output[:, 1:].T], axis=1)
