"""The engine: stochastic backprop, one step for every run of a batch at once.

The runs are the last axis of every array, so each numpy call performs one scalar operation for all runs. Every sum is
a chain of elementwise additions. A reduction may add in a different order when the number of runs changes, but a run
must give the same bits whatever runs beside it, and hidden units with equal weights must stay equal. (`np.einsum` is
such a chain: its inner loop is over the runs, and it multiplies and adds in one pass.)

A call costs as much as a thousand multiplications, and so does a pass through memory. The algebra is therefore arranged
for few calls on few rows. Let c = b/2.

- Weights are stored scaled: by c, and those from a hidden unit to the output by c·a. A unit's pre-activation is then
  the argument of tanh, and the value of tanh is the input of the next layer: o = a·t with t = tanh(…).
- Let Q be the stored weights from the hidden units, and u and t the tanh values of the hidden units and of the output.
  One step on the loss (o - y)² subtracts F from the output's bias, a²·F·u from Q, and D and D·x from the bias and the
  weights of a hidden unit, where F = 2·a²·c²·η·(t - y/a)·(1 - t²) and D = F·Q·(1 - u²).
- The derivative 1 - u² is never computed: Q·(1 - u²) = Q - (Q·u)·u reuses a product of the forward pass.
- All runs take the samples in the same order, so the inputs of a sample are scalars and not arrays over the runs.
- Each row fills whole cache lines; its spare places hold a run of zeros. A row that starts inside a line costs half as
  much again.
- The gradient summed over an epoch telescopes to (weights before - weights after)/η, so no step accumulates it.
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
# an array, because numpy would convert a number in every call
ZERO = np.array(0.0)


@dataclass(frozen=True, eq=False)
class Measured:
    """The measurements of one epoch; those of a sample are taken before its own step.

    `outputs` (samples, runs) are o/a, and `right` (samples, runs) says which have the sign of their label; both are in
    the order of the epoch. The next epoch overwrites them: allocating them again would cost more than the arithmetic.
    `squared_error` (runs,) is the sum of (o - y)², and `gradient` (runs,) the mean absolute value of the partial
    derivatives, each averaged over the samples.
    """

    outputs: Array
    right: Mask
    squared_error: Array
    gradient: Array


class _Sample(NamedTuple):
    """A sample prepared for a step: 1 and the inputs; the inputs (inputs, 1, 1); y/a; the test of t's sign."""

    inputs: Array
    factors: Array
    target: Array
    is_right: np.ufunc


class Batch:
    """Many runs of networks of one shape (inputs, hidden units, 1), trained together.

    `start` holds the initial weights: hidden (hidden units, 1 + inputs, runs), output (1, 1 + hidden units, runs).
    """

    def __init__(self, start: Weights, dataset: Dataset, learning_rate: float) -> None:
        # inputs before units makes each term of a pre-activation one contiguous block
        hidden = np.moveaxis(start.hidden, 1, 0)
        self._shape = hidden.shape[:2]
        terms, units = self._shape
        # one row per weight: hidden biases, hidden weights, output bias, output weights
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
        """A batch of a single run; its `weights` have no axis for the runs."""
        return cls(Weights(weights.hidden[..., None], weights.output[..., None]), dataset, learning_rate)

    def _hold(self, weights: Array) -> None:
        """Store these scaled weights (weights, runs), and allocate the buffers that each step writes to."""
        rows, self.runs = weights.shape
        units, samples, width = self._shape[1], len(self._samples), -(-self.runs // CACHE_LINE) * CACHE_LINE
        self._w, self._change, self._before = _on_lines(3, rows, width)
        self._w[:, : self.runs] = weights
        self._hidden, self._output_bias, self._q = self._parts(self._w)
        # the changes of a step have the layout of the weights
        change, self._factor, self._output_change = self._parts(self._change)
        self._delta, self._input_change = change[0], change[1:]
        self._u, self._output_terms = _on_lines(2, units, width)
        self._product, self._error, self._squared_error = _on_lines(3, 1, width)
        self._outputs = _on_lines(samples, 1, width)
        self._right: Mask = np.zeros((samples, 1, width), dtype=bool)
        # listed once, because every indexing creates a new view
        self._output_rows = [self._output_bias, *self._output_terms[:, None]]

    def _parts(self, rows: Array) -> tuple[Array, Array, Array]:
        """Views: hidden (1 + inputs, units, runs), output bias (1, runs) and output weights (units, runs)."""
        terms, units = self._shape
        hidden, output_bias, output = np.split(rows, [terms * units, terms * units + 1])
        return hidden.reshape(terms, units, -1), output_bias, output

    def keep(self, runs: Mask) -> None:
        """Drop all runs but those for which the mask `runs` is true; their bits do not change."""
        self._hold(np.compress(runs, self._w[:, : self.runs], axis=1))

    def epoch(self, order: list[int]) -> Measured:
        """Take one step per sample of the dataset, in this order."""
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
        """The mean absolute change of the weights in the epoch, (runs,)."""
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

        # measured here, while the rows are in the cache
        np.multiply(error, error, error)
        np.add(self._squared_error, error, self._squared_error)
        sample.is_right(t, ZERO, right)

    @property
    def weights(self) -> Array:
        """The scaled weights, (weights, runs), for `matrices`: a view, which the next step changes."""
        held: Array = self._w[:, : self.runs]
        return held

    def run(self, place: int) -> Weights:
        """The current weights of the run at this place in the batch."""
        return Weights(*self.matrices(self.weights)).run(place)

    def matrices(self, held: Array) -> tuple[Array, Array]:
        """Convert scaled weights, (…, weights, runs), to the matrices of the networks.

        Their shapes are (…, hidden units, 1 + inputs, runs) and (…, 1, 1 + hidden units, runs).
        """
        terms, units = self._shape
        network = held / self._scale[:, None]
        hidden = network[..., : terms * units, :].reshape(*held.shape[:-2], terms, units, held.shape[-1])
        return np.moveaxis(hidden, -3, -2), network[..., None, terms * units :, :]


def _on_lines(*shape: int) -> Array:
    """Zeros of this shape, aligned to the start of a cache line."""
    count = math.prod(shape)
    memory = np.zeros(count + CACHE_LINE)
    first = -memory.ctypes.data % (CACHE_LINE * memory.itemsize) // memory.itemsize
    return memory[first : first + count].reshape(shape)


def _add(rows: list[Array], out: Array) -> Array:
    np.add(rows[0], rows[1], out)
    for row in rows[2:]:
        np.add(out, row, out)
    return out
