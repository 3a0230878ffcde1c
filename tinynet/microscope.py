"""One training step on one sample, as a textbook derives it: every factor of the chain rule by name.

This module explains; the engine, `tinynet.backprop`, trains. The engine also takes the steps that lead to the one
that is examined.
"""

from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

import numpy as np

from tinynet.activations import slope
from tinynet.arrays import Array
from tinynet.backprop import Batch
from tinynet.config import Config
from tinynet.datasets import TWENTY, Dataset
from tinynet.network import LARGEST_WEIGHT, Pass, Weights, forward
from tinynet.orders import sample_orders
from tinynet.ranges import Range, range_of
from tinynet.training import History

SHIFT = float(np.cbrt(np.finfo(np.float64).eps))
"""ε for a weight of 1. The truncation error of central differences is about ε² and their rounding error about 2⁻⁵²/ε;
the sum is smallest near the cube root of 2⁻⁵²."""
EPOCHS_BACK = 4
"""After this many epochs the starting weights hardly matter: the gradients have a correlation of 0.99 or more."""
TINY = 1e-8
"""The smallest denominator of a relative error: central differences resolve little below it."""


class Layers(NamedTuple):
    """A number for each weight: `hidden` (hidden units, 1 + inputs) and `output` (1, 1 + hidden units)."""

    hidden: Array
    output: Array


@dataclass(frozen=True, eq=False)
class Step:
    """One step on one sample, counted from 0: forward pass, backward pass, and the weights before and after.

    `x` has the shape (inputs,). `loss` is (o - y)². The factors of the chain rule are `error_slope` = ∂l/∂o = 2(o - y),
    `output_slope` = f'(net_o) and `hidden_slope` (hidden units,) = f'(net_h). Their products are `output_delta` =
    ∂l/∂net_o, `hidden_delta` (hidden units,) = ∂l/∂net_h and `gradient`. `change` is -η · gradient.
    """

    sample: int
    x: Array
    y: float
    learning_rate: float
    before: Weights
    forward: Pass
    loss: float
    error_slope: float
    output_slope: float
    hidden_slope: Array
    output_delta: float
    hidden_delta: Array
    gradient: Layers
    change: Layers
    after: Weights


def step(weights: Weights, sample: int, learning_rate: float, dataset: Dataset = TWENTY) -> Step:
    """The step from one run's `weights` on a sample, for any number of hidden units.

    Raises ValueError if there is no such sample, if the learning rate is outside its range, or if the step makes a
    weight too large.
    """
    range_of(Config, "learning_rate").check(learning_rate)
    x, y = _sample(sample, dataset)
    values = forward(weights, list(x))
    output = float(values.output[0])

    error_slope = 2 * (output - y)
    output_slope, hidden_slope = float(slope(output)), slope(values.hidden)
    output_delta = error_slope * output_slope
    hidden_delta = output_delta * weights.output[0, 1:] * hidden_slope

    gradient = Layers(np.outer(hidden_delta, [1.0, *x]), np.outer(output_delta, [1.0, *values.hidden]))
    with np.errstate(over="ignore"):  # an infinite change gives a weight that is refused below
        change = Layers(-learning_rate * gradient.hidden, -learning_rate * gradient.output)
    return Step(
        sample=sample,
        x=x,
        y=y,
        learning_rate=learning_rate,
        before=weights,
        forward=values,
        loss=(output - y) ** 2,
        error_slope=error_slope,
        output_slope=output_slope,
        hidden_slope=hidden_slope,
        output_delta=output_delta,
        hidden_delta=hidden_delta,
        gradient=gradient,
        change=change,
        after=Weights(weights.hidden + change.hidden, weights.output + change.output),
    )


def central_differences(weights: Weights, sample: int, dataset: Dataset = TWENTY) -> Layers:
    """The gradient of one run's `weights` from forward passes alone: (l(w + ε) - l(w - ε)) / 2ε for each weight w.

    ε grows with weights above 1, because their rounding error does. The denominator is the difference of the shifted
    weights after rounding, and neither exceeds the largest weight. Raises ValueError if there is no such sample.
    """
    x, y = _sample(sample, dataset)
    flat = np.concatenate([weights.hidden.ravel(), weights.output.ravel()])
    shift = SHIFT * np.maximum(1.0, np.abs(flat))
    above, below = np.minimum(flat + shift, LARGEST_WEIGHT), np.maximum(flat - shift, -LARGEST_WEIGHT)

    def losses(replaced: Array) -> Array:
        """For each weight, the loss with only that weight replaced; shape (weights,), as `replaced`."""
        moved = np.where(np.eye(flat.size, dtype=bool), replaced, flat[:, None])
        hidden, output = np.split(moved, [weights.hidden.size])
        shifted = Weights(hidden.reshape(*weights.hidden.shape, -1), output.reshape(*weights.output.shape, -1))
        loss: Array = np.square(forward(shifted, list(x)).output[0] - y)
        return loss

    slopes = (losses(above) - losses(below)) / (above - below)
    hidden, output = np.split(slopes, [weights.hidden.size])
    return Layers(hidden.reshape(weights.hidden.shape), output.reshape(weights.output.shape))


def relative_error(a: Array, b: Array) -> Array:
    """|a - b| / max(|a|, |b|, 10⁻⁸), elementwise: from 0 (equal) to 2."""
    largest = np.maximum(np.abs(a), np.abs(b))
    error: Array = np.abs(a - b) / np.maximum(largest, TINY)
    return error


def order_of(config: Config, epoch: int) -> list[int]:
    """The order of the samples in an epoch; both are counted from 0. Raises ValueError if there is no such epoch."""
    Range("epoch", 0, config.max_epochs - 1, whole=True).check(epoch)
    return next(islice(sample_orders(len(TWENTY.labels), config.order_seed), epoch, None))


def weights_at(history: History, config: Config, run: int, epochs_done: int, steps: int) -> Weights:
    """The weights of a run after `epochs_done` whole epochs and `steps` more steps of the engine.

    Raises ValueError if the run ended before.
    """
    last = history.last_epoch[run]
    Range("epochs done by this run", 0, last + 1, whole=True).check(epochs_done)
    Range("steps", 0, len(TWENTY.labels), whole=True).check(steps)
    before = history.weights(run, epochs_done)
    if steps == 0:
        return before
    if epochs_done > last:
        raise ValueError(f"this run ended after epoch {last}, and epoch {epochs_done} has no steps")
    order = order_of(config, epochs_done)[:steps]
    taken = Dataset(TWENTY.inputs[order], TWENTY.labels[order])
    batch = Batch.of_one(before, taken, config.learning_rate)
    batch.epoch(list(range(steps)))
    return batch.run(0)


def step_of(history: History, config: Config, run: int, epoch: int, number: int) -> Step:
    """A step of a run: its `number` in the epoch is counted from 1, the epoch from 0.

    Raises ValueError if the run took no such step.
    """
    Range("epoch of this run", 0, history.last_epoch[run], whole=True).check(epoch)
    Range("step", 1, len(TWENTY.labels), whole=True).check(number)
    weights = weights_at(history, config, run, epoch, number - 1)
    return step(weights, order_of(config, epoch)[number - 1], config.learning_rate)


def gradients_from(weights: Weights, config: Config, epochs: range) -> Array:
    """The mean gradient of each epoch, (epochs,), if the EPOCHS_BACK epochs that end with it start from `weights`.

    `weights` are those of one run. All values start alike and differ only in the order of the samples. This shows why
    runs near the same minimum stop in the same epoch.
    """
    orders = list(islice(sample_orders(len(TWENTY.labels), config.order_seed), epochs.stop))
    ends = range(epochs.start + 1, epochs.stop + 1)
    return np.array([_last_gradient(weights, config, orders[max(end - EPOCHS_BACK, 0) : end]) for end in ends])


def _last_gradient(weights: Weights, config: Config, orders: list[list[int]]) -> float:
    """The mean gradient of the last epoch, after one epoch for each of the orders."""
    batch = Batch.of_one(weights, TWENTY, config.learning_rate)
    gradients = [batch.epoch(order).gradient for order in orders]
    return float(gradients[-1][0])


def _sample(sample: int, dataset: Dataset) -> tuple[Array, float]:
    """The inputs and the label of a sample, counted from 0."""
    Range("sample", 0, len(dataset.labels) - 1, whole=True).check(sample)
    return dataset.inputs[sample], float(dataset.labels[sample])
