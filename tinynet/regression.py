"""Models without a hidden layer: linear, logistic and softmax regression by gradient descent.

With the link that belongs to its loss each of the three has the same gradient, (prediction - target)·x, and a convex
loss (McCullagh and Nelder, 1989, section 2.2): where the weights start does not matter.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tinynet.datasets import TWENTY

Values = NDArray[Any]
"""Numbers of single or double precision; the models keep that of their inputs."""


@dataclass(frozen=True)
class Model:
    """From the pre-activations (samples, outputs) to the predictions, and to the loss of each sample."""

    predict: Callable[[Values], Values]
    loss: Callable[[Values, Values], Values]


def _identity(net: Values) -> Values:
    return net


def _half_square(net: Values, targets: Values) -> Values:
    loss: Values = np.square(net - targets)[:, 0] / 2
    return loss


def _logistic(net: Values) -> Values:
    # 1 / (1 + e^-net), without an exponential that could overflow
    probability: Values = (1 + np.tanh(net / 2)) / 2
    return probability


def _logistic_loss(net: Values, targets: Values) -> Values:
    loss: Values = np.logaddexp(0, net) - targets * net
    return loss[:, 0]


def _softmax(net: Values) -> Values:
    raised: Values = np.exp(net - net.max(axis=1, keepdims=True))
    raised /= raised.sum(axis=1, keepdims=True)
    return raised


def _softmax_loss(net: Values, targets: Values) -> Values:
    # lowered first: a large net would swallow the logarithm
    lowered = net - net.max(axis=1, keepdims=True)
    loss: Values = np.log(np.exp(lowered).sum(axis=1)) - (targets * lowered).sum(axis=1)
    return loss


MODELS = {
    "linear": Model(_identity, _half_square),
    "logistic": Model(_logistic, _logistic_loss),
    "softmax": Model(_softmax, _softmax_loss),
}


@dataclass(frozen=True, eq=False)
class Step:
    """The weights (1 + inputs, outputs), the biases in row 0, after so many iterations, and their mean loss."""

    weights: Values
    loss: float


def descend(
    model: Model, batches: Iterator[tuple[Values, Values]], start: Values, learning_rate: float
) -> Iterator[Step]:
    """Gradient descent, one step for each batch of inputs (samples, inputs) and targets (samples, outputs).

    `start` is (1 + inputs, outputs). Each step shows the weights before it, and their loss on its batch.
    """
    weights = start
    for inputs, targets in batches:
        net = inputs @ weights[1:] + weights[0]
        yield Step(weights, float(model.loss(net, targets).mean()))
        wrong = (model.predict(net) - targets) / len(inputs)
        weights = weights - learning_rate * np.concatenate([wrong.sum(axis=0, keepdims=True), inputs.T @ wrong])


def batches(inputs: Values, targets: Values, size: int) -> Iterator[tuple[Values, Values]]:
    """`size` samples after the other, from the first again after the last, without end."""
    while True:
        for start in range(0, len(inputs), size):
            yield inputs[start : start + size], targets[start : start + size]


def twenty_targets(model: str) -> Values:
    """The labels of the 20 samples, (20, 1), as `model` takes them: as they are, or 1 and 0 for logistic regression."""
    labels = TWENTY.labels[:, None]
    return (labels > 0).astype(np.float64) if model == "logistic" else labels
