"""Stochastic backprop of many runs at once, up to the stop of each, and its history."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from tinynet.arrays import Array, Mask
from tinynet.backprop import Batch, Measured
from tinynet.config import Config
from tinynet.datasets import TWENTY, Dataset
from tinynet.initializers import initial_matrices
from tinynet.network import Weights
from tinynet.orders import sample_orders

SATURATED = 1e-9
"""The share of its largest value below which the slope of an output counts as none."""


class Stop(Enum):
    """Why a run ended."""

    THETA = "theta"
    DIVERGED = "diverged"
    MAX_EPOCHS = "max epochs"


@dataclass(frozen=True, eq=False)
class Epoch:
    """What one epoch gave for the runs that still train; `runs` holds their places in the batch.

    `training_error`, `accuracy`, `gradient`, `diverged` and `stopped` (by θ, or diverged) have the shape (runs,); each
    sample is judged before its own step. `weights` are those after the epoch, as the engine holds them
    (`Batch.matrices` reads them), and are good until the next one.
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
    """All epochs of all runs; after a run's last epoch its column holds nan.

    `training_error`, `accuracy`, `gradient`: (epochs, runs). `hidden` (1 + epochs, hidden units, 1 + inputs, runs) and
    `output` (1 + epochs, 1, 1 + hidden units, runs) start with the initial weights. `last_epoch` and `stops` hold for
    each run the index of its last epoch, counted from 0, and why it was the last.
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
        """The epoch in which the gradient of `run` fell below θ, or None if it never did."""
        return self.last_epoch[run] if self.stops[run] is Stop.THETA else None

    def weights(self, run: int, epochs_done: int) -> Weights:
        """The weights of `run` after `epochs_done` epochs (0: the initial ones), or at its stop if that came before."""
        at = min(epochs_done, self.last_epoch[run] + 1)
        return Weights(self.hidden[at, :, :, run], self.output[at, :, :, run])


def train(config: Config, dataset: Dataset = TWENTY) -> History:
    """Train all runs of `config` to their stops."""
    start = starting_weights(config, dataset)
    batch = Batch(start, dataset, config.learning_rate)
    orders = sample_orders(len(dataset.labels), config.order_seed)
    steps = islice(epochs(batch, dataset, orders, config.theta), config.max_epochs)
    done = [replace(epoch, weights=epoch.weights.copy()) for epoch in steps]
    return _history(start, batch, done)


def starting_weights(config: Config, dataset: Dataset) -> Weights:
    """The initial weights of all runs, the runs as the last axis."""
    inputs = dataset.inputs.shape[1]
    runs = [
        initial_matrices(start.init, inputs, config.hidden_units, start.seed, start.value, start.noise, start.scale)
        for start in config.starts
    ]
    hidden, output = (np.moveaxis(np.array(matrices), 0, -1) for matrices in zip(*runs, strict=True))
    return Weights(hidden, output)


def epochs(batch: Batch, dataset: Dataset, orders: Iterator[list[int]], theta: float) -> Iterator[Epoch]:
    """Train epoch by epoch until every run has stopped by θ or diverged; a stopped run leaves the batch.

    A run has diverged when every output sits at a limit of the activation, some at the wrong one: the weights have
    grown so large that no slope is left to learn by. Its gradient is below θ too, but it has not arrived anywhere.
    """
    runs = np.arange(batch.runs)
    while runs.size:
        record = _epoch(batch, runs, dataset, next(orders), theta)
        yield record
        if record.stopped.any():
            runs = runs[~record.stopped]
            batch.keep(~record.stopped)


def _epoch(batch: Batch, runs: NDArray[np.intp], dataset: Dataset, order: list[int], theta: float) -> Epoch:
    measured = batch.epoch(order)
    diverged = _diverged(measured)
    # short numbers add up faster than booleans
    right = measured.right.view(np.uint8).sum(axis=0, dtype=np.uint16)
    return Epoch(
        runs=runs,
        training_error=measured.squared_error / len(order),
        accuracy=right / len(order),
        gradient=measured.gradient,
        diverged=diverged,
        stopped=diverged | (measured.gradient < theta),
        weights=batch.weights,
    )


def _diverged(measured: Measured) -> Mask:
    """For each run whether all of its outputs are saturated, some on the wrong side."""
    diverged = _saturated(measured.outputs[0])
    # seldom any: then the other outputs need no look
    few = np.flatnonzero(diverged)
    if few.size:
        diverged[few] = _saturated(measured.outputs[:, few]).all(axis=0) & ~measured.right[:, few].all(axis=0)
    return diverged


def _saturated(tanh: Array) -> Mask:
    """Whether tanh, given its value, has next to no slope left: 1 - tanh²."""
    saturated: Mask = 1 - np.square(tanh) < SATURATED
    return saturated


def _history(start: Weights, batch: Batch, done: list[Epoch]) -> History:
    runs = start.hidden.shape[-1]
    last = {int(run): index for index, epoch in enumerate(done) for run in epoch.runs}
    hidden, output = batch.matrices(_table([epoch.weights for epoch in done], done, runs))
    return History(
        training_error=_table([epoch.training_error for epoch in done], done, runs),
        accuracy=_table([epoch.accuracy for epoch in done], done, runs),
        gradient=_table([epoch.gradient for epoch in done], done, runs),
        # the initial weights as they were given, not as they come back from the engine's scale
        hidden=np.concatenate([start.hidden[None], hidden]),
        output=np.concatenate([start.output[None], output]),
        last_epoch=tuple(last[run] for run in range(runs)),
        stops=tuple(_stop(done[last[run]], run) for run in range(runs)),
    )


def _table(values: list[Array], done: list[Epoch], runs: int) -> Array:
    """The values (…, runs left) of each epoch in one array (epochs, …, runs), nan where a run had stopped."""
    table = np.full((len(done), *values[0].shape[:-1], runs), np.nan)
    for row, value, epoch in zip(table, values, done, strict=True):
        row[..., epoch.runs] = value
    return table


def _stop(epoch: Epoch, run: int) -> Stop:
    place = epoch.runs == run
    if epoch.diverged[place]:
        return Stop.DIVERGED
    return Stop.THETA if epoch.stopped[place] else Stop.MAX_EPOCHS
