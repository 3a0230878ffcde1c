"""One step of training on one sample, in the plain form of a textbook: every factor of the chain rule by its name.

This explains and does not train: it derives a single step. Runs are stepped by the engine, `tinynet.backprop`, and so
are the steps of an epoch before the one that is looked at.
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
"""ε of a weight of 1. The formula of central differences is wrong by about ε², rounding the losses by about 2⁻⁵²/ε, and
together they are least near the cube root of 2⁻⁵²."""
EPOCHS_BACK = 4
"""After this many epochs the weights that a run started from hardly matter: the gradients correlate to 0.99 or more."""
TINY = 1e-8
"""What is smaller counts as this large in a relative error: central differences see little finer."""


class Layers(NamedTuple):
    """A number for each weight: `hidden` (hidden units, 1 + inputs) and `output` (1, 1 + hidden units)."""

    hidden: Array
    output: Array


@dataclass(frozen=True, eq=False)
class Step:
    """One step on one sample, counted from 0: the way forward, the way back, and the weights before and after.

    `x` has the shape (inputs,). `loss` is (o - y)². The factors of the chain rule: `error_slope` = ∂l/∂o = 2(o - y),
    `output_slope` = f'(net_o), `hidden_slope` (hidden units,) = f'(net_h). What they make: `output_delta` = ∂l/∂net_o
    and `hidden_delta` (hidden units,) = ∂l/∂net_h, the gradient, and `change` = -η · gradient.
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
    """Derive the step of one run's `weights` on a sample, for any number of hidden units.

    Raises ValueError if there is no such sample, if the learning rate cannot be used, or if a weight after the step is
    not of usable size.
    """
    range_of(Config, "learning_rate").check(learning_rate)
    x, y = _taken(sample, dataset)
    way = forward(weights, list(x))
    output = float(way.output[0])

    error_slope = 2 * (output - y)
    output_slope, hidden_slope = float(slope(output)), slope(way.hidden)
    output_delta = error_slope * output_slope
    hidden_delta = output_delta * weights.output[0, 1:] * hidden_slope

    gradient = Layers(np.outer(hidden_delta, [1.0, *x]), np.outer(output_delta, [1.0, *way.hidden]))
    with np.errstate(over="ignore"):  # a change that is not finite makes a weight that is refused
        change = Layers(-learning_rate * gradient.hidden, -learning_rate * gradient.output)
    return Step(
        sample=sample,
        x=x,
        y=y,
        learning_rate=learning_rate,
        before=weights,
        forward=way,
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
    """The gradient of one run's `weights` from the way forward alone: (l(w + ε) - l(w - ε)) / 2ε for each weight w.

    ε grows with a weight above 1, whose own rounding grows too. It is divided by the distance of the two places as they
    are after rounding, and neither of them lies beyond the largest weight.
    """
    x, y = _taken(sample, dataset)
    flat = np.concatenate([weights.hidden.ravel(), weights.output.ravel()])
    shift = SHIFT * np.maximum(1.0, np.abs(flat))
    above, below = np.minimum(flat + shift, LARGEST_WEIGHT), np.maximum(flat - shift, -LARGEST_WEIGHT)

    def losses(places: Array) -> Array:
        """The loss with one weight in another place, for each weight."""
        moved = np.where(np.eye(flat.size, dtype=bool), places, flat[:, None])
        hidden, output = np.split(moved, [weights.hidden.size])
        shifted = Weights(hidden.reshape(*weights.hidden.shape, -1), output.reshape(*weights.output.shape, -1))
        loss: Array = np.square(forward(shifted, list(x)).output[0] - y)
        return loss

    slopes = (losses(above) - losses(below)) / (above - below)
    hidden, output = np.split(slopes, [weights.hidden.size])
    return Layers(hidden.reshape(weights.hidden.shape), output.reshape(weights.output.shape))


def relative_error(a: Array, b: Array) -> Array:
    """|a - b| / max(|a|, |b|, 10⁻⁸), place by place: 0 where both are equal, at most 2."""
    largest = np.maximum(np.abs(a), np.abs(b))
    error: Array = np.abs(a - b) / np.maximum(largest, TINY)
    return error


def order_of(config: Config, epoch: int) -> list[int]:
    """The samples, counted from 0, in the order in which an epoch takes them; epochs are counted from 0."""
    Range("epoch", 0, config.max_epochs - 1, whole=True).check(epoch)
    return next(islice(sample_orders(len(TWENTY.labels), config.order_seed), epoch, None))


def weights_at(history: History, config: Config, run: int, epochs_done: int, steps: int) -> Weights:
    """The weights of a run after `epochs_done` whole epochs and `steps` more steps, by the engine.

    Raises ValueError if the run did not get so far: after its last epoch it has taken no step.
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
    """The step `number`, counted from 1, that a run took in an epoch, counted from 0.

    Raises ValueError if there was no such step.
    """
    Range("epoch of this run", 0, history.last_epoch[run], whole=True).check(epoch)
    Range("step", 1, len(TWENTY.labels), whole=True).check(number)
    weights = weights_at(history, config, run, epoch, number - 1)
    return step(weights, order_of(config, epoch)[number - 1], config.learning_rate)


def gradients_from(weights: Weights, config: Config, epochs: range) -> Array:
    """The mean gradient of each epoch, (epochs,), had the EPOCHS_BACK epochs up to it started from one run's `weights`.

    All epochs start alike, so only the order of the samples tells them apart: it decides in which epoch runs near one
    minimum stop.
    """
    orders = list(islice(sample_orders(len(TWENTY.labels), config.order_seed), epochs.stop))
    ends = range(epochs.start + 1, epochs.stop + 1)
    return np.array([_last_gradient(weights, config, orders[max(end - EPOCHS_BACK, 0) : end]) for end in ends])


def _last_gradient(weights: Weights, config: Config, orders: list[list[int]]) -> float:
    """The mean gradient of the last of the epochs that take the samples in these orders."""
    batch = Batch.of_one(weights, TWENTY, config.learning_rate)
    gradients = [batch.epoch(order).gradient for order in orders]
    return float(gradients[-1][0])


def _taken(sample: int, dataset: Dataset) -> tuple[Array, float]:
    """The inputs and the label of a sample that is counted from 0."""
    Range("sample", 0, len(dataset.labels) - 1, whole=True).check(sample)
    return dataset.inputs[sample], float(dataset.labels[sample])
