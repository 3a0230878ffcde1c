"""The engine: stochastic backprop, one step for every run of a batch at once.

The runs are the last axis of every array, so each numpy call performs one scalar operation for all runs. Every sum is
a chain of elementwise additions. A reduction may add in a different order when the number of runs changes, but a run
must give the same bits whatever runs beside it, and hidden units with equal weights must stay equal.

A call costs as much as a thousand multiplications, unless its operands are whole blocks of memory of one shape, or one
number: then it costs a fifth. The algebra is therefore arranged for such calls, few of them, on few rows. Let c = b/2.

- Weights are stored scaled: by c, and those from a hidden unit to the output by c·a. A unit's pre-activation is then
  the argument of tanh, and the value of tanh is the input of the next layer: o = a·t with t = tanh(…).
- Let Q be the stored weights from the hidden units, and u and t the tanh values of the hidden units and of the output.
  One step on the loss (o - y)² subtracts F from the output's bias, a²·F·u from Q, and D and D·x from the bias and the
  weights of a hidden unit, where F = E - E·t², E = 2·a²·c²·η·(t - y/a), D = F·S and S = Q - Q·u².
- These are the derivatives 1 - t² and 1 - u², multiplied out: Q·u is a product of the forward pass, and as E is stored
  beside Q, and E·t² beside Q·u², one subtraction gives both S and F.
- The inputs of a sample are numbers if all runs take the samples in the same order, and else arrays over the runs.
- Each row fills whole cache lines; its spare places hold a run of zeros. A row that starts inside a line costs half as
  much again.
- The gradient summed over an epoch telescopes to (weights before - weights after)/η, so no step accumulates it.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tinynet.activations import A, B
from tinynet.arrays import Array, Mask
from tinynet.datasets import Dataset
from tinynet.network import Weights

C = B / 2
CACHE_LINE = 8
"""Floats in a line of the processor's cache."""


@dataclass(frozen=True, eq=False)
class Measured:
    """The measurements of one epoch; those of a sample are taken before its own step.

    `margins` (samples, runs), in the order of the epoch, are o/a with the sign of the label: above 0 if the output is
    right. The next epoch overwrites them: allocating them again would cost more than the arithmetic. `squared_error`
    (runs,) is the sum of (o - y)², and `gradient` (runs,) the mean absolute value of the partial derivatives, each
    averaged over the samples.
    """

    margins: Array
    squared_error: Array
    gradient: Array


class Batch:
    """Many runs of networks of one shape (inputs, hidden units, 1), trained together.

    `start` holds the initial weights: hidden (hidden units, 1 + inputs, runs), output (1, 1 + hidden units, runs).
    Runs may take the samples in different orders: `order_of` (runs,) is then the place of each run's order among those
    that `epoch` is given.
    """

    def __init__(
        self, start: Weights, dataset: Dataset, learning_rate: float, order_of: NDArray[np.intp] | None = None
    ) -> None:
        # inputs before units makes each term of a pre-activation one contiguous block
        hidden = np.moveaxis(start.hidden, 1, 0)
        self._shape = hidden.shape[:2]
        terms, units = self._shape
        # one row per weight: hidden biases, hidden weights, output bias, output weights
        self._scale: Array = np.repeat([C, C * A], [terms * units + 1, units])
        # one row per sample: its inputs and y/a
        self._table: Array = np.column_stack([dataset.inputs, dataset.labels / A])
        # arrays without axes, because numpy would convert a number in every call
        self._samples = [[np.array(value) for value in row] for row in self._table]
        self._rate = np.array(2 * A**2 * C**2 * learning_rate)
        self._output_rate = np.array(A**2)
        self._learning_rate = learning_rate
        weights = np.concatenate([hidden.reshape(terms * units, -1), start.output[0]]) * self._scale[:, None]
        self._hold(weights, np.zeros(weights.shape[1], dtype=np.intp) if order_of is None else order_of)

    @classmethod
    def of_one(cls, weights: Weights, dataset: Dataset, learning_rate: float) -> "Batch":
        """A batch of a single run; its `weights` have no axis for the runs."""
        return cls(Weights(weights.hidden[..., None], weights.output[..., None]), dataset, learning_rate)

    def _hold(self, weights: Array, order_of: NDArray[np.intp]) -> None:
        """Store these scaled weights (weights, runs), and allocate the buffers that each step writes to."""
        rows, self.runs = weights.shape
        terms, units = self._shape
        samples, values = self._table.shape
        width = -(-self.runs // CACHE_LINE) * CACHE_LINE
        self._order_of = np.pad(order_of, (0, width - self.runs))
        # E is below Q
        held = _on_lines(rows + 1, width)
        held[:rows, : self.runs] = weights
        self._w, self._q_and_e, self._e = held[:rows], held[-units - 1 :], held[-1:]
        self._hidden_bias, *self._hidden, self._output_bias, self._q = self._parts(self._w)
        # the changes of a step have the layout of the weights; until S is used it stands in the rows that precede F
        self._before, self._change = _on_lines(2, rows, width)
        self._delta, *self._input_changes, self._factor, self._output_change = self._parts(self._change)
        self._s = self._input_changes[-1]
        self._s_and_f = self._change[(terms - 1) * units : terms * units + 1]
        # t is below u, and what becomes E·t² below what becomes Q·u²
        self._u_and_t, self._products = _on_lines(2, units + 1, width)
        self._u, self._t = self._u_and_t[:-1], self._u_and_t[-1:]
        self._output_terms, self._product = self._products[:-1], self._products[-1:]
        self._hidden_term = _on_lines(units, width)
        self._error, self._squared_error = _on_lines(2, 1, width)
        self._margins = _on_lines(samples, 1, width)
        # the inputs and y/a of the samples that the runs take in one step, if these differ
        self._values = _on_lines(values, width)
        # listed once, because every indexing creates a new view
        self._output_rows = list(self._output_terms[:, None])
        self._value_rows = list(self._values[:, None])

    def _parts(self, rows: Array) -> list[Array]:
        """Views: a block (units, runs) per term of the hidden units, output bias (1, runs), output weights."""
        terms, units = self._shape
        hidden, output_bias, output = np.split(rows, [terms * units, terms * units + 1])
        return [*hidden.reshape(terms, units, -1), output_bias, output]

    def keep(self, runs: Mask) -> None:
        """Drop all runs but those for which the mask `runs` is true; their bits do not change."""
        self._hold(np.compress(runs, self.weights, axis=1), self._order_of[: self.runs][runs])

    def epoch(self, *orders: list[int]) -> Measured:
        """Take one step per sample of the dataset, in this order, or each run in its own of several."""
        np.copyto(self._before, self._w)
        self._squared_error.fill(0)
        for sample, margin in zip(self._in_turn(orders), self._margins, strict=True):
            self._step(sample, margin)
        return Measured(
            margins=self._margins[:, 0, : self.runs],
            squared_error=A**2 * self._squared_error[0, : self.runs],
            gradient=self._mean_change()[: self.runs] / (self._learning_rate * len(self._margins)),
        )

    def _in_turn(self, orders: tuple[list[int], ...]) -> Iterator[list[Array]]:
        """The inputs and y/a of the samples of one step after another."""
        if len(orders) == 1:
            yield from map(self._samples.__getitem__, orders[0])
            return
        for values in np.moveaxis(self._table[np.transpose(orders)], -1, 1).copy():
            values.take(self._order_of, 1, self._values, "clip")
            yield self._value_rows

    def _mean_change(self) -> Array:
        """The mean absolute change of the weights in the epoch, (runs,)."""
        change = np.abs(np.subtract(self._before, self._w, self._before), self._before)
        mean: Array = np.einsum("wr,w->r", change, 1 / (self._scale * len(change)))
        return mean

    def _step(self, sample: list[Array], margin: Array) -> None:
        """One step of all runs."""
        add, subtract, multiply, tanh = np.add, np.subtract, np.multiply, np.tanh
        u, t, error, delta, factor, product = self._u, self._t, self._error, self._delta, self._factor, self._product
        *inputs, target = sample

        net = self._hidden_bias
        for weight, value in zip(self._hidden, inputs, strict=True):
            multiply(weight, value, self._hidden_term)
            net = add(net, self._hidden_term, u)
        tanh(net, u)
        multiply(self._q, u, self._output_terms)
        net = self._output_bias
        for term in self._output_rows:
            net = add(net, term, t)
        tanh(net, t)

        subtract(t, target, error)
        multiply(error, self._rate, self._e)
        multiply(self._e, t, product)
        multiply(self._products, self._u_and_t, self._products)
        subtract(self._q_and_e, self._products, self._s_and_f)

        multiply(self._s, factor, delta)
        for value, change in zip(inputs, self._input_changes, strict=True):
            multiply(delta, value, change)
        multiply(factor, self._output_rate, product)
        multiply(u, product, self._output_change)
        subtract(self._w, self._change, self._w)

        # measured here, while the rows are in the cache
        multiply(error, error, error)
        add(self._squared_error, error, self._squared_error)
        multiply(t, target, margin)

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
