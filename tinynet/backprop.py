"""The engine: one step of stochastic backprop for every run of a batch at once.

The runs are the last axis of every array, so each numpy call does one scalar operation of all runs. Every sum is a
chain of elementwise additions: a reduction may add in another order when the number of runs changes, and a run must not
depend, to the last bit, on its neighbours; nor may two hidden units with the same weights drift apart. (`np.einsum` is
such a chain: its inner loop is the one over the runs, and it multiplies and adds in one pass.)

A call costs as much as a thousand multiplications, and a pass through memory as much as a call, so the algebra is
arranged for few calls on few rows. Let c = b/2.

- A weight is held as c times its value, one from a hidden unit to the output as c·a times. Then a unit's pre-activation
  is already what tanh takes, and what tanh gives is already what the next layer takes: o = a·t with t = tanh(…).
- With Q the weights from the hidden units as they are held, u and t the tanh of the hidden units and of the output, one
  step on the loss (o - y)² subtracts F from the output's bias, a²·F·u from Q, and D and D·x from a hidden unit's bias
  and weights, where F = 2·a²·c²·η·(t - y/a)·(1 - t²) and D = F·Q·(1 - u²).
- The derivative 1 - u² is never formed: Q·(1 - u²) = Q - (Q·u)·u uses the product of the forward pass again.
- All runs take the samples in the same order, so a sample's inputs are a few numbers and not an array over the runs.
- A row takes whole lines of the processor's cache, the spare places at its end holding a run of zeros: a row that
  begins inside a line costs half as much again.
- The gradient summed over an epoch telescopes to (weights before - weights after)/η, so no step adds anything up.
"""

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from tinynet.activations import A, B
from tinynet.arrays import Array, Mask
from tinynet.datasets import Dataset
from tinynet.network import Weights

C = B / 2
CACHE_LINE = 8
"""Floats in a line of the processor's cache."""
# an array and not a number: numpy converts a number anew in each call
ZERO = np.array(0.0)


@dataclass(frozen=True, eq=False)
class Measured:
    """What one epoch was like for each run; a sample is judged before its own step.

    `outputs` (samples, runs) are o/a and `right` (samples, runs) tells which have the sign of their label, both in the
    order of the epoch; the next epoch overwrites them, because new arrays of that size cost more than the arithmetic.
    `squared_error` (runs,) is the sum of (o - y)² and `gradient` (runs,) the mean absolute value of the partial
    derivatives, each averaged over the samples.
    """

    outputs: Array
    right: Mask
    squared_error: Array
    gradient: Array


class _Sample(NamedTuple):
    """A sample as a step needs it: 1 and the inputs; the inputs (inputs, 1, 1); y/a; whether t is right is t ≷ 0."""

    inputs: Array
    factors: Array
    target: Array
    is_right: np.ufunc


class Batch:
    """The weights of many runs of one shape of network (inputs, hidden units, 1), stepped together.

    `start` holds hidden (hidden units, 1 + inputs, runs) and output (1, 1 + hidden units, runs) weights.
    """

    def __init__(self, start: Weights, dataset: Dataset, learning_rate: float) -> None:
        # inputs before units, so that the terms of a unit's sum are whole contiguous blocks
        hidden = np.moveaxis(start.hidden, 1, 0)
        self._shape = hidden.shape[:2]
        terms, units = self._shape
        # one row of every array for each weight: hidden biases, hidden weights, output bias, output weights
        self._scale: Array = np.repeat([C, C * A], [terms * units + 1, units])
        self._samples = [
            _Sample(
                np.array([1.0, *inputs]),
                np.array(inputs[:, None, None]),
                np.array(label / A),
                np.greater if label > 0 else np.less,
            )
            for inputs, label in zip(dataset.inputs, dataset.labels, strict=True)
        ]
        self._rate = np.array(2 * A**2 * C**2 * learning_rate)
        self._output_rate = np.array(A**2)
        self._learning_rate = learning_rate
        self._hold(np.concatenate([hidden.reshape(terms * units, -1), start.output[0]]) * self._scale[:, None])

    @classmethod
    def of_one(cls, weights: Weights, dataset: Dataset, learning_rate: float) -> "Batch":
        """A batch of a single run, from weights without an axis for runs; `run(0)` gives them back."""
        return cls(Weights(weights.hidden[..., None], weights.output[..., None]), dataset, learning_rate)

    def _hold(self, weights: Array) -> None:
        """Hold these weights (weights, runs), and make the buffers that every step writes into."""
        rows, self.runs = weights.shape
        units, samples, width = self._shape[1], len(self._samples), -(-self.runs // CACHE_LINE) * CACHE_LINE
        self._w, self._change, self._before = _on_lines(3, rows, width)
        self._w[:, : self.runs] = weights
        self._hidden, self._output_bias, self._q = self._parts(self._w)
        # what a step subtracts lies as the weights do
        change, self._factor, self._output_change = self._parts(self._change)
        self._delta, self._input_change = change[0], change[1:]
        self._u, self._output_terms = _on_lines(2, units, width)
        self._product, self._error, self._squared_error = _on_lines(3, 1, width)
        self._outputs = _on_lines(samples, 1, width)
        self._right: Mask = np.zeros((samples, 1, width), dtype=bool)
        # each look at a part of an array would make it anew
        self._output_rows = [self._output_bias, *self._output_terms[:, None]]

    def _parts(self, rows: Array) -> tuple[Array, Array, Array]:
        """Views: hidden (1 + inputs, units, runs), output bias (1, runs) and output weights (units, runs)."""
        terms, units = self._shape
        hidden, output_bias, output = np.split(rows, [terms * units, terms * units + 1])
        return hidden.reshape(terms, units, -1), output_bias, output

    def keep(self, runs: Mask) -> None:
        """Go on with the runs for which the mask `runs` is true; theirs are the same bits as before."""
        self._hold(np.compress(runs, self._w[:, : self.runs], axis=1))

    def epoch(self, order: list[int]) -> Measured:
        """Take one step for each sample of `order`, and tell how it went."""
        np.copyto(self._before, self._w)
        self._squared_error.fill(0)
        for sample, output, right in zip(order, self._outputs, self._right, strict=True):
            self._step(self._samples[sample], output, right)
        return Measured(
            outputs=self._outputs[:, 0, : self.runs],
            right=self._right[:, 0, : self.runs],
            squared_error=A**2 * self._squared_error[0, : self.runs],
            gradient=self._mean_change()[: self.runs] / (self._learning_rate * len(order)),
        )

    def _mean_change(self) -> Array:
        """The mean over the weights of how much each has changed in the epoch."""
        change = np.abs(np.subtract(self._before, self._w, self._before), self._before)
        mean: Array = np.einsum("wr,w->r", change, 1 / (self._scale * len(change)))
        return mean

    def _step(self, sample: _Sample, t: Array, right: Mask) -> None:
        u, delta, factor, product, error = self._u, self._delta, self._factor, self._product, self._error

        np.tanh(np.einsum("iur,i->ur", self._hidden, sample.inputs, out=u), u)
        np.multiply(self._q, u, self._output_terms)
        np.tanh(_add(self._output_rows, t), t)

        np.subtract(t, sample.target, error)
        np.multiply(error, self._rate, factor)
        np.multiply(factor, t, product)
        np.multiply(product, t, product)
        np.subtract(factor, product, factor)

        np.multiply(self._output_terms, u, delta)
        np.subtract(self._q, delta, delta)
        np.multiply(delta, factor, delta)
        np.multiply(delta, sample.factors, self._input_change)
        np.multiply(factor, self._output_rate, product)
        np.multiply(u, product, self._output_change)
        np.subtract(self._w, self._change, self._w)

        # judged at once, while the rows are in the cache
        np.multiply(error, error, error)
        np.add(self._squared_error, error, self._squared_error)
        sample.is_right(t, ZERO, right)

    @property
    def weights(self) -> Array:
        """The weights as they are held, (weights, runs): a view, which goes on changing. `matrices` reads it."""
        held: Array = self._w[:, : self.runs]
        return held

    def run(self, place: int) -> Weights:
        """The current weights of the run in this place of the batch."""
        return Weights(*self.matrices(self.weights)).run(place)

    def matrices(self, held: Array) -> tuple[Array, Array]:
        """From weights as held, (…, weights, runs), to those of the network.

        Hidden ones have the shape (…, hidden units, 1 + inputs, runs), output ones (…, 1, 1 + hidden units, runs).
        """
        terms, units = self._shape
        network = held / self._scale[:, None]
        hidden = network[..., : terms * units, :].reshape(*held.shape[:-2], terms, units, held.shape[-1])
        return np.moveaxis(hidden, -3, -2), network[..., None, terms * units :, :]


def _on_lines(*shape: int) -> Array:
    """Zeros of this shape, the first of them at the beginning of a line of the cache."""
    count = math.prod(shape)
    memory = np.zeros(count + CACHE_LINE)
    first = -memory.ctypes.data % (CACHE_LINE * memory.itemsize) // memory.itemsize
    return memory[first : first + count].reshape(shape)


def _add(rows: list[Array], out: Array) -> Array:
    np.add(rows[0], rows[1], out)
    for row in rows[2:]:
        np.add(out, row, out)
    return out
