"""The engine: one step of stochastic backprop for every run of a batch at once.

The runs are the last axis of every array, so each numpy call does one scalar operation of all runs. Every sum is a
chain of elementwise additions: a reduction may add in another order when the number of runs changes, and a run must not
depend, to the last bit, on its neighbours; nor may two hidden units with the same weights drift apart.

A call costs as much as hundreds of multiplications, so the algebra is arranged for few calls. Let c = b/2.

- Every weight is held as c·a·w and every input, the 1 of a bias included, as x/a. Then tanh(sum of products) is a
  unit's value divided by a, which is just what the next layer takes: no scale and no shift is left anywhere.
- With V and Q these hidden and output weights, u and t the values of the hidden units and of the output divided by a,
  and e = (o - y)/a, one step on the loss (o - y)² is Q ← Q - F·(1/a, u) and V ← V - F·Q·(1 - u²)·x/a, where
  F = 2·a⁴·c²·η·e·(1 - t²).
- The derivative 1 - u² is never formed: Q·(1 - u²) = Q - (Q·u)·u uses the product of the forward pass again.
- The gradient summed over an epoch telescopes to (weights before - weights after)/η, so no step adds anything up.
"""

import numpy as np
from numpy.typing import NDArray

from tinynet.activations import A, B
from tinynet.arrays import Array
from tinynet.datasets import Dataset
from tinynet.network import Weights

C = B / 2


class Batch:
    """The weights of many runs of one shape of network (inputs, hidden units, 1), stepped together.

    `start` holds hidden (hidden units, 1 + inputs, runs) and output (1, 1 + hidden units, runs) weights.
    """

    def __init__(self, start: Weights, dataset: Dataset, learning_rate: float) -> None:
        # inputs before units, so that the terms of a unit's sum are whole contiguous blocks
        hidden = np.moveaxis(start.hidden, 1, 0)
        self._shape = hidden.shape[:2]
        self._w = np.concatenate([hidden.reshape(-1, hidden.shape[-1]), start.output[0]]) * (C * A)
        self._inputs = np.insert(dataset.inputs, 0, 1.0, axis=1) / A
        # arrays and not numbers: numpy converts a number anew in each call
        self._targets = [np.array(label / A) for label in dataset.labels]
        self._rate = np.array(2 * A**4 * C**2 * learning_rate)
        self._learning_rate = learning_rate
        self._allocate()

    def _allocate(self) -> None:
        """Views of the weights, and the buffers that every step writes into, for the runs that are left."""
        terms, units = self._shape
        runs, hidden = self.runs, terms * units
        self._v = self._w[:hidden].reshape(terms, units, runs)
        self._q = self._w[hidden:]
        # the terms of the sums, and in their place later the partial derivatives, lie as the weights do
        self._partial = np.full_like(self._w, 1 / A)
        self._hidden_terms = self._partial[:hidden].reshape(terms, units, runs)
        self._u = self._partial[hidden:]
        self._change = np.empty_like(self._w)
        self._output_terms = np.empty_like(self._q)
        self._delta = np.empty((units, runs))
        self._factor, self._product = np.empty((2, runs))
        self._outputs = np.empty((len(self._inputs), runs))
        # operands of equal shape: broadcasting costs more than a small array
        self._x = [np.tile(x[:, None, None], (1, units, runs)) for x in self._inputs]
        # each look at a part of an array would make it anew
        self._units, self._unit_q, self._unit_terms = self._u[1:], self._q[1:], self._output_terms[1:]
        self._hidden_rows = list(self._hidden_terms)
        self._output_rows = list(self._output_terms)

    @property
    def runs(self) -> int:
        """How many runs are left."""
        return int(self._w.shape[1])

    def keep(self, runs: NDArray[np.bool_]) -> None:
        """Go on with the runs for which the mask `runs` is true; theirs are the same bits as before."""
        self._w = np.compress(runs, self._w, axis=1)
        self._allocate()

    def epoch(self, order: list[int]) -> tuple[Array, Array]:
        """Take one step for each sample of `order`.

        Gives the outputs (samples, runs), in that order and each before its own step, and the gradient (runs,): the
        mean absolute value of the partial derivatives, each averaged over the samples.
        """
        before = self._w.copy()
        for sample, output in zip(order, self._outputs, strict=True):
            self._step(self._x[sample], self._targets[sample], output)
        change = sum_rows(np.abs(before - self._w)) / (C * A)
        return self._outputs * A, change / (self._learning_rate * len(order) * len(self._w))

    def _step(self, x: Array, target: Array, t: Array) -> None:
        units, delta, factor, product = self._units, self._delta, self._factor, self._product

        np.multiply(self._v, x, self._hidden_terms)
        np.tanh(_add(self._hidden_rows, units), units)
        np.multiply(self._q, self._u, self._output_terms)
        np.tanh(_add(self._output_rows, t), t)

        np.subtract(t, target, factor)
        np.multiply(factor, self._rate, factor)
        np.multiply(factor, t, product)
        np.multiply(product, t, product)
        np.subtract(factor, product, factor)

        np.multiply(self._unit_terms, units, delta)
        np.subtract(self._unit_q, delta, delta)
        np.multiply(delta, x, self._hidden_terms)
        np.multiply(self._partial, factor, self._change)
        np.subtract(self._w, self._change, self._w)

    def weights(self) -> Array:
        """A copy of the weights as they are held, (weights, runs); `matrices` makes matrices of them."""
        return self._w.copy()

    def matrices(self, held: Array) -> tuple[Array, Array]:
        """From weights as held, (…, weights, runs), to those of the network.

        Hidden ones have the shape (…, hidden units, 1 + inputs, runs), output ones (…, 1, 1 + hidden units, runs).
        """
        terms, units = self._shape
        network = held / (C * A)
        hidden = network[..., : terms * units, :].reshape(*held.shape[:-2], terms, units, held.shape[-1])
        return np.moveaxis(hidden, -3, -2), network[..., None, terms * units :, :]


def sum_rows(rows: Array) -> Array:
    """The sum over the first axis, row after row."""
    total: Array = rows[0].copy()
    for row in rows[1:]:
        np.add(total, row, total)
    return total


def _add(rows: list[Array], out: Array) -> Array:
    np.add(rows[0], rows[1], out)
    for row in rows[2:]:
        np.add(out, row, out)
    return out
