"""A 784-H-10 network with softmax cross-entropy: its forward pass, gradient and answers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tinynet.arrays import Array
from tinynet.mnist import DIGITS, PIXELS, Images
from tinynet.network import Weights
from tinynet.regression import MODELS, Values

ROWS = 1000
"""Images tested together: few enough that their hidden outputs stay in the cache."""
SOFTMAX = MODELS["softmax"]


@dataclass(frozen=True)
class Activation:
    """The output of a hidden unit as a function of its pre-activation; its derivative as a function of that output."""

    function: Callable[[Values], Values]
    slope: Callable[[Values], Values]


def _tanh_slope(output: Values) -> Values:
    slope: Values = 1 - np.square(output)
    return slope


def _relu(net: Values) -> Values:
    output: Values = np.maximum(net, 0)
    return output


def _relu_slope(output: Values) -> Values:
    return (output > 0).astype(output.dtype)


def _logistic_slope(output: Values) -> Values:
    slope: Values = output * (1 - output)
    return slope


ACTIVATIONS = {
    "tanh": Activation(np.tanh, _tanh_slope),
    "relu": Activation(_relu, _relu_slope),
    "logistic": Activation(MODELS["logistic"].predict, _logistic_slope),
}


@dataclass(frozen=True, eq=False)
class Samples:
    """Images (samples, 784), their labels (samples,), and how many times each sample counts, (samples,)."""

    pixels: Values
    labels: NDArray[np.int64]
    counts: NDArray[np.int64]

    def part(self, places: slice) -> "Samples":
        """Some of the samples."""
        return Samples(self.pixels[places], self.labels[places], self.counts[places])


def each_once(images: Images) -> Samples:
    """Samples that count every image once."""
    return Samples(images.pixels, images.labels, np.ones_like(images.labels))


def blank(counts: NDArray[np.int64]) -> Samples:
    """One blank image per digit, which counts as often as the digit occurs: `counts`, shape (10,).

    A network that ignores the pixels cannot tell it from all the images.
    """
    return Samples(np.zeros((DIGITS, PIXELS)), np.arange(DIGITS), counts)


@dataclass(frozen=True, eq=False)
class Network:
    """The weights of a network that stores identical hidden units once.

    Identical units get the same gradient, so they stay identical to the last bit. `hidden` (different units,
    1 + inputs) and `output` (outputs, 1 + different units) have the bias in column 0. `places` (hidden units,) gives
    the index of each unit among the different ones.
    """

    hidden: Array
    output: Array
    places: NDArray[np.intp]

    @property
    def multiplicity(self) -> NDArray[np.intp]:
        """How many hidden units each different one stands for, shape (different units,)."""
        return np.bincount(self.places)

    def weights(self) -> Weights:
        """The weights of every unit."""
        return Weights(self.hidden[self.places], self.output[:, np.append(0, 1 + self.places)])


def network(weights: Weights) -> Network:
    """The network of `weights`. Units are identical if all their incoming and outgoing weights are, to the last bit."""
    seen: dict[bytes, int] = {}
    units = np.concatenate([weights.hidden, weights.output[:, 1:].T], axis=1)
    places = np.array([seen.setdefault(unit.tobytes(), len(seen)) for unit in units])
    _, first = np.unique(places, return_index=True)
    return Network(weights.hidden[first], weights.output[:, np.append(0, 1 + first)], places)


def forward(networks: Sequence[Network], pixels: Values, activation: Activation) -> tuple[Values, Values]:
    """The hidden outputs (networks, samples, different units) and the logits (networks, samples, outputs).

    The networks must be states of one run, so that their `places` agree. The pixels set the precision.
    """
    hidden = np.concatenate([each.hidden for each in networks]).astype(pixels.dtype)
    output = np.stack([each.output for each in networks])
    output = (output * np.append(1, networks[0].multiplicity)).astype(pixels.dtype)
    net = pixels @ hidden[:, 1:].T
    net += hidden[:, 0]
    answers = activation.function(net).reshape(len(pixels), len(networks), -1).swapaxes(0, 1)
    return answers, answers @ output[:, :, 1:].swapaxes(1, 2) + output[:, None, :, 0]


@dataclass(frozen=True, eq=False)
class Gradient:
    """The mean loss of a batch, and its gradient for the weights of the different units in the shapes of `Network`."""

    loss: float
    hidden: Values
    output: Values


@np.errstate(over="ignore", invalid="ignore")
def gradient(net: Network, samples: Samples, activation: Activation) -> Gradient:
    """Backpropagation of the mean cross-entropy of `samples`. An overflow gives values that are not finite."""
    hidden, logits = (values[0] for values in forward([net], samples.pixels, activation))
    targets = np.eye(DIGITS, dtype=logits.dtype)[samples.labels]
    loss = np.average(SOFTMAX.loss(logits, targets).astype(np.float64), weights=samples.counts)
    share = (samples.counts / samples.counts.sum()).astype(logits.dtype)
    output_delta = (SOFTMAX.predict(logits) - targets) * share[:, None]
    hidden_delta = (output_delta @ net.output[:, 1:].astype(logits.dtype)) * activation.slope(hidden)
    return Gradient(float(loss), _by_weights(hidden_delta, samples.pixels), _by_weights(output_delta, hidden))


def _by_weights(delta: Values, inputs: Values) -> Values:
    """From ∂l/∂net (samples, units), the derivatives with respect to the weights (units, 1 + inputs)."""
    return np.column_stack([delta.sum(axis=0), delta.T @ inputs])


@np.errstate(over="ignore", invalid="ignore")
def answer(networks: Sequence[Network], pixels: Values, activation: Activation) -> NDArray[np.intp]:
    """The digit that each state of a run predicts for each image, (networks, images); the lowest in a tie."""
    parts = [pixels[start : start + ROWS] for start in range(0, len(pixels), ROWS)]
    return np.concatenate([forward(networks, part, activation)[1].argmax(axis=2) for part in parts], axis=1)
