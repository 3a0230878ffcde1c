"""Models without a hidden layer: linear, logistic and softmax regression by gradient descent.

With its canonical link each has the gradient (prediction - target)·x and a convex loss (McCullagh and Nelder, 1989,
section 2.2), so the initial weights do not matter.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
from numpy.random import default_rng
from numpy.typing import NDArray

from tinynet.arrays import Array
from tinynet.datasets import TWENTY
from tinynet.mnist import DIGITS, PIXELS, one_thread_a_product, test_images, training_images

Values = NDArray[Any]
"""Floats of single or double precision; results have the precision of the inputs."""

LEARNING_RATES = {"linear": 0.1, "logistic": 0.5, "softmax": 0.5}
TWENTY_ITERATIONS = 200
MNIST_ITERATIONS = 100
MNIST_BATCH = 1000
"""Images per step of softmax regression."""
RANDOM_SEED = 1
"""The seed of the random weights that zeros are compared with."""


@dataclass(frozen=True)
class Model:
    """The predictions, and the loss per sample (samples,), as functions of pre-activations (samples, outputs)."""

    predict: Callable[[Values], Values]
    loss: Callable[[Values, Values], Values]


def _identity(net: Values) -> Values:
    return net


def _half_square(net: Values, targets: Values) -> Values:
    loss: Values = np.square(net - targets)[:, 0] / 2
    return loss


def _logistic(net: Values) -> Values:
    # 1 / (1 + e^-net), in a form that cannot overflow
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
    # shifted first, or a large pre-activation would absorb the logarithm
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
    """The weights of one iteration, (1 + inputs, outputs) with the biases in row 0, and their mean loss."""

    weights: Values
    loss: float


def descend(
    model: Model, batches: Iterator[tuple[Values, Values]], start: Values, learning_rate: float
) -> Iterator[Step]:
    """Gradient descent, with one step per batch of inputs (samples, inputs) and targets (samples, outputs).

    `start` is (1 + inputs, outputs). Each Step holds the weights before the update, and their loss on its batch.
    """
    weights = start
    for inputs, targets in batches:
        net = inputs @ weights[1:] + weights[0]
        yield Step(weights, float(model.loss(net, targets).mean()))
        delta = (model.predict(net) - targets) / len(inputs)
        weights = weights - learning_rate * np.concatenate([delta.sum(axis=0, keepdims=True), inputs.T @ delta])


def batches(inputs: Values, targets: Values, size: int) -> Iterator[tuple[Values, Values]]:
    """Batches of `size` samples in their order, over and over, without end."""
    while True:
        for start in range(0, len(inputs), size):
            yield inputs[start : start + size], targets[start : start + size]


def twenty_targets(model: str) -> Values:
    """The targets of the 20 samples for `model`, (20, 1): 1 and 0 for logistic regression, otherwise the labels."""
    labels = TWENTY.labels[:, None]
    return (labels > 0).astype(np.float64) if model == "logistic" else labels


def losses_on_twenty(model: str) -> Array:
    """The loss of linear or logistic regression on the 20 samples, (1 + iterations, 2).

    The columns start from zeros and from weights drawn from uniform(-1, 1).
    """
    drawn = default_rng(RANDOM_SEED).uniform(-1, 1, (1 + TWENTY.inputs.shape[1], 1))
    samples = batches(TWENTY.inputs, twenty_targets(model), len(TWENTY.labels))
    return _losses([_steps(model, samples, start, TWENTY_ITERATIONS) for start in (np.zeros_like(drawn), drawn)])


def softmax_on_mnist() -> tuple[Array, list[float]]:
    """The loss of softmax regression on MNIST, (1 + iterations, 2), and both final accuracies on the test images.

    The columns start from zeros and from Glorot's random weights, which are as small as 784 inputs need.
    """
    one_thread_a_product()
    bound = math.sqrt(6 / (PIXELS + DIGITS))
    drawn = default_rng(RANDOM_SEED).uniform(-bound, bound, (1 + PIXELS, DIGITS)).astype(np.float32)
    runs = [_on_mnist(start) for start in (np.zeros_like(drawn), drawn)]
    return _losses(runs), [_accuracy(run[-1].weights) for run in runs]


def _on_mnist(start: Values) -> list[Step]:
    images = training_images()
    targets = np.eye(DIGITS, dtype=np.float32)[images.labels]
    return _steps("softmax", batches(images.pixels, targets, MNIST_BATCH), start, MNIST_ITERATIONS)


def _steps(model: str, samples: Iterator[tuple[Values, Values]], start: Values, iterations: int) -> list[Step]:
    """The steps of a run; index 0 is before any update."""
    return list(islice(descend(MODELS[model], samples, start, LEARNING_RATES[model]), 1 + iterations))


def _losses(runs: list[list[Step]]) -> Array:
    return np.array([[step.loss for step in run] for run in runs]).T


def _accuracy(weights: Values) -> float:
    """The share of the test images that softmax regression classifies correctly."""
    images = test_images()
    answers = (images.pixels @ weights[1:] + weights[0]).argmax(axis=1)
    return float((answers == images.labels).mean())
