"""Stochastic backprop of many runs at once, each until it stops, and their history."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from tinynet.activations import A
from tinynet.arrays import Array, Mask
from tinynet.backprop import Batch
from tinynet.config import Config
from tinynet.datasets import TWENTY, Dataset
from tinynet.initializers import initial_matrices
from tinynet.network import Weights
from tinynet.orders import sample_orders

SATURATED = 1e-9
"""The slope of an output, relative to its largest value, below which the output counts as saturated."""


class Stop(Enum):
    """Why a run ended."""

    THETA = "theta"
    DIVERGED = "diverged"
    MAX_EPOCHS = "max epochs"


@dataclass(frozen=True, eq=False)
class Epoch:
    """The results of one epoch for the runs that are still training; `runs` holds their indices.

    `training_error`, `accuracy`, `gradient`, `diverged` and `stopped` (by θ or by divergence) have the shape (runs,).
    Samples are measured before their own step. `weights` are the scaled weights after the epoch, for `Batch.matrices`;
    the next epoch overwrites them.
    """

    runs: NDArray[np.intp]
    training_error: Array
    accuracy: Array
    gradient: Array
    diverged: Mask
    stopped: Mask
    weights: Array


@dataclass(frozen=True, eq=False)
class History:
    """All epochs of all runs; after its last epoch, the values of a run are nan.

    `training_error`, `accuracy` and `gradient` are (epochs, runs). `hidden` (1 + epochs, hidden units, 1 + inputs,
    runs) and `output` (1 + epochs, 1, 1 + hidden units, runs) start with the initial weights. `last_epoch` is the index
    of each run's last epoch, counted from 0, and `stops` the reason why it was the last.
    """

    training_error: Array
    accuracy: Array
    gradient: Array
    hidden: Array
    output: Array
    last_epoch: tuple[int, ...]
    stops: tuple[Stop, ...]

    @property
    def epochs(self) -> int:
        """How many epochs the longest run has."""
        return len(self.training_error)

    def break_epoch(self, run: int) -> int | None:
        """The epoch in which θ stopped the run, or None if it did not."""
        return self.last_epoch[run] if self.stops[run] is Stop.THETA else None

    def weights(self, run: int, epochs_done: int) -> Weights:
        """The weights of a run after `epochs_done` epochs (0: initial weights), or at its stop if that came before."""
        at = min(epochs_done, self.last_epoch[run] + 1)
        return Weights(self.hidden[at, :, :, run], self.output[at, :, :, run])


def train(config: Config, dataset: Dataset = TWENTY) -> History:
    """Train all runs of `config` until each has stopped."""
    start = starting_weights(config, dataset)
    batch = Batch(start, dataset, config.learning_rate)
    orders = zip(sample_orders(len(dataset.labels), config.order_seed), strict=True)
    steps = islice(epochs(batch, orders, config.theta), config.max_epochs)
    done = [replace(epoch, weights=epoch.weights.copy()) for epoch in steps]
    return _history(start, batch, done)


def starting_weights(config: Config, dataset: Dataset) -> Weights:
    """The initial weights of all runs; the last axis is over runs."""
    inputs = dataset.inputs.shape[1]
    runs = [
        initial_matrices(start.init, inputs, config.hidden_units, start.seed, start.value, start.noise, start.scale)
        for start in config.starts
    ]
    hidden, output = (np.moveaxis(np.array(matrices), 0, -1) for matrices in zip(*runs, strict=True))
    return Weights(hidden, output)


def epochs(batch: Batch, orders: Iterator[tuple[list[int], ...]], theta: float) -> Iterator[Epoch]:
    """Train epoch by epoch until every run was stopped by θ or has diverged. Stopped runs leave the batch.

    `orders` gives for each epoch the orders of the samples, as `Batch.epoch` takes them.

    A run has diverged if all its outputs are saturated and some have the wrong sign: its weights are so large that the
    gradient vanishes. That gradient is below θ too, but the run has not reached a minimum.
    """
    runs = np.arange(batch.runs)
    while runs.size:
        record = _epoch(batch, runs, next(orders), theta)
        yield record
        if record.stopped.any():
            runs = runs[~record.stopped]
            batch.keep(~record.stopped)


def _epoch(batch: Batch, runs: NDArray[np.intp], orders: tuple[list[int], ...], theta: float) -> Epoch:
    measured = batch.epoch(*orders)
    right = measured.margins > 0
    diverged = _diverged(measured.margins, right)
    samples = len(right)
    return Epoch(
        runs=runs,
        training_error=measured.squared_error / samples,
        # summing small integers is faster than counting booleans
        accuracy=right.view(np.uint8).sum(axis=0, dtype=np.uint16) / samples,
        gradient=measured.gradient,
        diverged=diverged,
        stopped=diverged | (measured.gradient < theta),
        weights=batch.weights,
    )


def _diverged(margins: Array, right: Mask) -> Mask:
    """Whether all outputs of a run are saturated and some have the wrong sign, (runs,)."""
    diverged = _saturated(margins[0])
    # usually none, and then the other outputs need not be examined
    few = np.flatnonzero(diverged)
    if few.size:
        diverged[few] = _saturated(margins[:, few]).all(axis=0) & ~right[:, few].all(axis=0)
    return diverged


def _saturated(tanh: Array) -> Mask:
    """Whether the slope 1 - tanh² is negligible, given the values of tanh."""
    saturated: Mask = 1 - np.square(tanh) < SATURATED
    return saturated


def is_saturated(outputs: Array) -> bool:
    """Whether the slope of f is negligible at every one of these outputs, of any shape."""
    return bool(_saturated(outputs / A).all())


def _history(start: Weights, batch: Batch, done: list[Epoch]) -> History:
    runs = start.hidden.shape[-1]
    last = {int(run): index for index, epoch in enumerate(done) for run in epoch.runs}
    hidden, output = batch.matrices(_table([epoch.weights for epoch in done], done, runs))
    return History(
        training_error=_table([epoch.training_error for epoch in done], done, runs),
        accuracy=_table([epoch.accuracy for epoch in done], done, runs),
        gradient=_table([epoch.gradient for epoch in done], done, runs),
        # the initial weights as given: scaling them and back may change their last bits
        hidden=np.concatenate([start.hidden[None], hidden]),
        output=np.concatenate([start.output[None], output]),
        last_epoch=tuple(last[run] for run in range(runs)),
        stops=tuple(_stop(done[last[run]], run) for run in range(runs)),
    )


def _table(values: list[Array], done: list[Epoch], runs: int) -> Array:
    """The values of each epoch, (…, runs left), in one array (epochs, …, runs), with nan after the stop of a run."""
    table = np.full((len(done), *values[0].shape[:-1], runs), np.nan)
    for row, value, epoch in zip(table, values, done, strict=True):
        row[..., epoch.runs] = value
    return table


def _stop(epoch: Epoch, run: int) -> Stop:
    place = epoch.runs == run
    if epoch.diverged[place]:
        return Stop.DIVERGED
    return Stop.THETA if epoch.stopped[place] else Stop.MAX_EPOCHS
