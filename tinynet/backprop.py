"""The engine: one step of stochastic backprop for every run of a batch at once.

The runs are the last axis of every array, so each numpy call does one scalar operation of all runs. Every sum is a
chain of elementwise additions: a reduction may add in another order when the number of runs changes, and a run must not
depend, to the last bit, on its neighbours; nor may two hidden units with the same weights drift apart.

A call costs as much as a thousand multiplications, and a pass through memory as much as a call, so the algebra is
arranged for few calls on few rows. Let c = b/2.

- A weight is held as c times its value, one from a hidden unit to the output as c·a times. Then a unit's pre-activation
  is already what tanh takes, and what tanh gives is already what the next layer takes: o = a·t with t = tanh(…).
- No bias is ever multiplied: its input is 1.
- With Q the weights from the hidden units as they are held, u and t the tanh of the hidden units and of the output, one
  step on the loss (o - y)² subtracts F from the output's bias, a²·F·u from Q, and D and D·x from a hidden unit's bias
  and weights, where F = 2·a²·c²·η·(t - y/a)·(1 - t²) and D = F·Q·(1 - u²).
- The derivative 1 - u² is never formed: Q·(1 - u²) = Q - (Q·u)·u uses the product of the forward pass again.
- All runs take the samples in the same order, so a sample's inputs are a few numbers and not an array over the runs.
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
        terms, units = self._shape
        # one row of every array for each weight: hidden biases, hidden weights, output bias, output weights
        self._scale: Array = np.repeat([C, C * A], [terms * units + 1, units])[:, None]
        rows = np.concatenate([hidden.reshape(terms * units, -1), start.output[0]]) * self._scale
        self._w = np.ascontiguousarray(rows)
        self._inputs = [np.array(inputs[:, None, None]) for inputs in dataset.inputs]
        # arrays and not numbers: numpy converts a number anew in each call
        self._targets = [np.array(label / A) for label in dataset.labels]
        self._rate = np.array(2 * A**2 * C**2 * learning_rate)
        self._output_rate = np.array(A**2)
        self._learning_rate = learning_rate
        self._allocate()

    def _allocate(self) -> None:
        """Views of the weights, and the buffers that every step writes into, for the runs that are left."""
        units, runs = self._shape[1], self.runs
        self._change = np.empty_like(self._w)
        bias, self._v, output_bias, self._q = self._parts(self._w)
        # what a step subtracts lies as the weights do; the products with the inputs are held in the same place before
        self._delta, self._terms, self._factor, self._output_change = self._parts(self._change)
        self._u, self._output_terms = np.empty((2, units, runs))
        self._product = np.empty(runs)
        self._outputs, self._errors = np.empty((2, len(self._inputs), runs))
        # each look at a part of an array would make it anew
        self._hidden_rows = [bias, *self._terms]
        self._output_rows = [output_bias, *self._output_terms]

    def _parts(self, rows: Array) -> tuple[Array, Array, Array, Array]:
        """Views: hidden biases (units, runs) and weights (inputs, units, runs), output bias (runs,) and weights."""
        terms, units = self._shape
        hidden = rows[: terms * units].reshape(terms, units, -1)
        return hidden[0], hidden[1:], rows[terms * units], rows[terms * units + 1 :]

    @property
    def runs(self) -> int:
        """How many runs are left."""
        return int(self._w.shape[1])

    def keep(self, runs: NDArray[np.bool_]) -> None:
        """Go on with the runs for which the mask `runs` is true; theirs are the same bits as before."""
        self._w = np.compress(runs, self._w, axis=1)
        self._allocate()

    def epoch(self, order: list[int]) -> tuple[Array, Array, Array]:
        """Take one step for each sample of `order`.

        Gives the outputs o and the errors o - y (samples, runs), in that order and each before its own step, and the
        gradient (runs,): the mean absolute value of the partial derivatives, each averaged over the samples. The next
        epoch overwrites outputs and errors: new arrays of that size cost more than the arithmetic.
        """
        before = self._w.copy()
        for sample, output, error in zip(order, self._outputs, self._errors, strict=True):
            self._step(self._inputs[sample], self._targets[sample], output, error)
        return (
            np.multiply(self._outputs, A, self._outputs),
            np.multiply(self._errors, A, self._errors),
            self._mean_change(before) / (self._learning_rate * len(order)),
        )

    def _mean_change(self, before: Array) -> Array:
        """The mean over the weights of how much each has changed."""
        change = np.abs(before - self._w)
        units = len(self._q)
        return (sum_rows(change[:-units]) / C + sum_rows(change[-units:]) / (C * A)) / len(change)

    def _step(self, x: Array, target: Array, t: Array, error: Array) -> None:
        u, delta, factor, product = self._u, self._delta, self._factor, self._product

        np.multiply(self._v, x, self._terms)
        np.tanh(_add(self._hidden_rows, u), u)
        np.multiply(self._q, u, self._output_terms)
        np.tanh(_add(self._output_rows, t), t)

        np.subtract(t, target, error)
        np.multiply(error, self._rate, factor)
        np.multiply(factor, t, product)
        np.multiply(product, t, product)
        np.subtract(factor, product, factor)

        np.multiply(self._output_terms, u, delta)
        np.subtract(self._q, delta, delta)
        np.multiply(delta, factor, delta)
        np.multiply(delta, x, self._terms)
        np.multiply(factor, self._output_rate, product)
        np.multiply(u, product, self._output_change)
        np.subtract(self._w, self._change, self._w)

    def weights(self) -> Array:
        """A copy of the weights as they are held, (weights, runs); `matrices` makes matrices of them."""
        return self._w.copy()

    def matrices(self, held: Array) -> tuple[Array, Array]:
        """From weights as held, (…, weights, runs), to those of the network.

        Hidden ones have the shape (…, hidden units, 1 + inputs, runs), output ones (…, 1, 1 + hidden units, runs).
        """
        terms, units = self._shape
        network = held / self._scale
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
