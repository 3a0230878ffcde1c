"""Symmetry in a hidden layer: what keeps hidden units identical, and what makes them differ."""

from collections.abc import Sequence
from enum import Enum

import numpy as np

from tinynet.activations import slope
from tinynet.arrays import Array
from tinynet.config import Config, Start
from tinynet.datasets import TWENTY, Dataset
from tinynet.microscope import Step, step
from tinynet.network import Weights, forward
from tinynet.orders import sample_orders
from tinynet.published import INIT_SEED, LEARNING_RATE, ORDER_SEED
from tinynet.training import History, starting_weights

STARTS = ("zeros", "constant", "random_biases", "zero_hidden", "zero_output", "random", "xavier", "he")
"""The initialisations to compare, starting with the one that changes least."""
WITH_ZEROS = ("zeros", "zero_hidden", "zero_output", "random_biases")
"""All zeros, and the initialisations that contain zeros but make the hidden units differ."""
CONSTANT = 0.5
HIDDEN_UNITS = 4
MAX_EPOCHS = 300


TOLD_APART = 0.01
"""The smallest difference that two decimals show: how the pages print weights."""
CHANGE = 0.1
"""An error has fallen or risen if it changed by more than this share."""
NO_SLOPE = 1e-3
"""A smaller share of the largest slope counts as no slope."""


class Case(Enum):
    """What happened to the hidden units of a run, by its end. The first that applies counts."""

    FROZEN = "frozen"
    """They answer exactly 0, and every gradient of their weights was exactly 0: only biases of outputs moved."""
    DIVERGED = "diverged"
    """The error rose above that of the initial weights."""
    SATURATED = "saturated"
    """No slope is left that they could follow: their own, or that of the output."""
    SYMMETRIC = "symmetric"
    """They moved, but were identical to the last bit after every epoch."""
    LEARNING = "learning"
    """They differ, and the error fell below that of the initial weights and that of any constant output."""
    DIFFERENT = "units differ"
    """They differ, but the error did not fall that far."""
    SINGLE = "one unit"
    """There is only one, and the error did not fall that far."""


def verdict(*, frozen: bool, equal: bool, saturated: bool, before: float, after: float, ignorant: float) -> Case:
    """The case of a run with the error `before` and `after`; `ignorant` is the least error of a constant output."""
    if frozen:
        return Case.FROZEN
    if not after <= (1 + CHANGE) * before:  # nan too
        return Case.DIVERGED
    learnt = not equal and after < (1 - CHANGE) * min(before, ignorant)
    if saturated and not learnt:
        return Case.SATURATED
    if equal:
        return Case.SYMMETRIC
    return Case.LEARNING if learnt else Case.DIFFERENT


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
    """The gradients of the weights of the hidden and of the output layer in each epoch, (epochs, runs) each.

    A gradient is the mean absolute value of the layer's partial derivatives, those of the biases left out, each
    averaged over the samples. The sum of a derivative over an epoch is the change of its weight divided by -η.
    """
    hidden, output = (
        np.abs(np.diff(matrices[:, :, 1:], axis=0)).mean(axis=(1, 2)) / (learning_rate * samples)
        for matrices in (history.hidden, history.output)
    )
    return hidden, output


def case(history: History, run: int, dataset: Dataset = TWENTY) -> Case:
    """Which case a run that learnt `dataset` is. A single unit has no other to be equal to."""
    epochs = history.last_epoch[run] + 2
    hidden, output = history.hidden[:epochs, :, :, run], history.output[:epochs, 0, 1:, run]
    before, after = errors(history, run, dataset)
    single = hidden.shape[1] == 1
    found = verdict(
        frozen=not hidden.any() and not output.any(),
        equal=not single and not np.ptp(hidden, axis=1).any() and not np.ptp(output, axis=1).any(),
        saturated=slope_left(history.weights(run, epochs - 1), dataset) < NO_SLOPE,
        before=before,
        after=after,
        ignorant=float(dataset.labels.var()),
    )
    return Case.SINGLE if single and found is Case.DIFFERENT else found


def errors(history: History, run: int, dataset: Dataset = TWENTY) -> tuple[float, float]:
    """The mean (o - y)² of the samples with the initial and with the final weights of a run."""
    weights = (history.weights(run, epochs) for epochs in (0, history.last_epoch[run] + 1))
    before, after = (float(np.square(answers(each, dataset) - dataset.labels).mean()) for each in weights)
    return before, after


def answers(weights: Weights, dataset: Dataset = TWENTY) -> Array:
    """The outputs of one run's `weights`, (samples,)."""
    found: Array = forward(weights, list(dataset.inputs.T)).output[0]
    return found


def slope_left(weights: Weights, dataset: Dataset = TWENTY) -> float:
    """The largest f'(h)·f'(o) of all units and samples as a share of the largest there can be, f'(0)²."""
    values = forward(weights, list(dataset.inputs.T))
    return float((slope(values.hidden) * slope(values.output)).max() / slope(0.0) ** 2)


def told_apart(history: History, run: int) -> int | None:
    """After how many epochs two hidden units first differ by TOLD_APART in a weight; None if they never do."""
    apart = np.flatnonzero(spread(history.hidden[..., run, None])[:, 0] >= TOLD_APART)
    return int(apart[0]) if apart.size else None


def as_one(weights: Weights) -> Weights:
    """The same network with one unit for all that have equal incoming weights; its output weight is the sum of theirs.

    Equal units give equal answers a, and v₁·a + v₂·a = (v₁ + v₂)·a.
    """
    hidden, places = np.unique(weights.hidden, axis=0, return_inverse=True)
    sums = [weights.output[:, 1:][:, places == place].sum(axis=1) for place in range(len(hidden))]
    return Weights(hidden, np.column_stack([weights.output[:, 0], *sums]))


def first_step(config: Config, run: int) -> Step:
    """The first step of a run of `config`."""
    sample = next(sample_orders(len(TWENTY.labels), config.order_seed))[0]
    return step(starting_weights(config, TWENTY).run(run), sample, config.learning_rate)


def _units(weights: Weights) -> Array:
    """One row per hidden unit: its bias, its incoming weights and its outgoing weights."""
    return np.concatenate([weights.hidden, weights.output[:, 1:].T], axis=1)
