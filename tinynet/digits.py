"""Training a 784-H-10 network on MNIST by gradient descent from each initialisation."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count, islice

import numpy as np
from numpy.random import Generator, default_rng
from numpy.typing import NDArray

from tinynet.arrays import Array
from tinynet.config import LARGEST_SEED, Config, Start
from tinynet.digits_network import (
    ACTIVATIONS,
    Activation,
    Gradient,
    Network,
    Samples,
    answer,
    blank,
    each_once,
    gradient,
    network,
)
from tinynet.mnist import (
    DIGITS,
    PIXELS,
    label_counts,
    one_thread_a_product,
    test_images,
    test_label_counts,
    training_images,
)
from tinynet.network import Weights
from tinynet.ranges import Range, bounded, check_all, check_option, range_of
from tinynet.regression import Values
from tinynet.symmetry import CONSTANT, spread

FEWEST_HIDDEN_UNITS, MOST_HIDDEN_UNITS = 4, 64
MOST_ITERATIONS = 1000
BATCH = 100
"""Images per mini-batch."""
EVALUATED_AT_ONCE = 10
"""Iterations tested together: one product with the weights of ten reads the images once, ten products ten times."""

VARIANCES: dict[str, Callable[[int, int], float]] = {
    "uniform": lambda fan_in, fan_out: 1 / 3,
    "xavier": lambda fan_in, fan_out: 2 / (fan_in + fan_out),
    "he": lambda fan_in, fan_out: 2 / fan_in,
}
"""The variance of the weights of a layer for the methods that draw them, uniformly around 0.

uniform(-1, 1); Glorot and Bengio, 2010, equation 16; He et al., 2015, equation 10. The last two set the biases to 0.
"""
INITIALIZERS = ("zeros", "constant", *VARIANCES)


@dataclass(frozen=True)
class DigitsConfig:
    """The settings of one run. Those that have no effect are reset to their defaults, so equal runs are equal.

    A batch is the next 100 training images or, with `full_batch` and always from zeros, all of them.
    Raises ValueError, in the user's words, if a value is outside its range.
    """

    init: str
    hidden_units: int = bounded(16, Range("hidden units", FEWEST_HIDDEN_UNITS, MOST_HIDDEN_UNITS, whole=True))
    activation: str = "tanh"
    learning_rate: float = bounded(0.5, range_of(Config, "learning_rate"))
    iterations: int = bounded(100, Range("iterations", 1, MOST_ITERATIONS, whole=True))
    full_batch: bool = False
    seed: int = bounded(0, Range("seed", 0, LARGEST_SEED, whole=True))
    constant: float = bounded(CONSTANT, range_of(Start, "value"))

    def __post_init__(self) -> None:
        check_option("initialisation", self.init, INITIALIZERS)
        check_option("activation", self.activation, ACTIVATIONS)
        check_all(self)
        if self.init not in VARIANCES:
            object.__setattr__(self, "seed", 0)
        if self.init != "constant":
            object.__setattr__(self, "constant", CONSTANT)
        if self.init == "zeros":
            object.__setattr__(self, "full_batch", True)


def is_frozen(config: DigitsConfig) -> bool:
    """Whether the hidden units output 0 for ever: zero weights, and an activation that is 0 at 0.

    The gradients of all weights are then products with 0, and only the output biases change.
    """
    return config.init == "zeros" and not ACTIVATIONS[config.activation].function(np.zeros(1)).any()


def data(config: DigitsConfig) -> tuple[Samples, Samples]:
    """The training and the test samples of a run. A frozen run needs only the label counts of all 60,000 and 10,000."""
    if is_frozen(config):
        return blank(label_counts()), blank(test_label_counts())
    return each_once(training_images()), each_once(test_images())


def initial_weights(config: DigitsConfig) -> Weights:
    """The initial weights of a run; random ones are drawn with its seed, the hidden matrix first."""
    if config.init in VARIANCES:
        rng = default_rng(config.seed)
        hidden = _drawn(config.init, PIXELS, config.hidden_units, rng)
        return Weights(hidden, _drawn(config.init, config.hidden_units, DIGITS, rng))
    value = config.constant if config.init == "constant" else 0.0
    return Weights(np.full((config.hidden_units, 1 + PIXELS), value), np.full((DIGITS, 1 + config.hidden_units), value))


def _drawn(init: str, fan_in: int, fan_out: int, rng: Generator) -> Array:
    bound = math.sqrt(3 * VARIANCES[init](fan_in, fan_out))
    matrix = rng.uniform(-bound, bound, (fan_out, 1 + fan_in))
    if init != "uniform":
        matrix[:, 0] = 0
    return matrix


@dataclass(frozen=True, eq=False)
class Iteration:
    """The record of one iteration, before its update.

    `loss` and the norms of the gradients, without biases, are for its batch. `accuracy` and `answers`, which counts how
    often each digit is predicted (10,), are for all test images. `spread` is the largest difference between two hidden
    units in one of their incoming weights or their bias.
    """

    loss: float
    accuracy: float
    answers: NDArray[np.int64]
    spread: float
    hidden_gradient: float
    output_gradient: float
    network: Network


def iterations(config: DigitsConfig) -> Iterator[Iteration]:
    """Train, with one record per iteration: index 0 is before any update, index n after n updates.

    Records come ten at a time. They end early if the next loss or gradient is not finite.
    """
    return iterations_on(config, *data(config))


def iterations_on(config: DigitsConfig, training: Samples, test: Samples) -> Iterator[Iteration]:
    """`iterations` with any training and test samples."""
    one_thread_a_product()
    activation = ACTIVATIONS[config.activation]
    steps = islice(_descend(config, training, activation), config.iterations + 1)
    while block := list(islice(steps, EVALUATED_AT_ONCE)):
        answers = answer([net for net, _ in block], test.pixels, activation)
        for (net, slope), answered in zip(block, answers, strict=True):
            yield _iteration(net, slope, answered, test)


def _descend(config: DigitsConfig, training: Samples, activation: Activation) -> Iterator[tuple[Network, Gradient]]:
    net = network(initial_weights(config))
    for batch in _batches(config, training):
        slope = gradient(net, batch, activation)
        if not (math.isfinite(slope.loss) and np.isfinite(slope.hidden).all() and np.isfinite(slope.output).all()):
            return
        yield net, slope
        hidden = net.hidden - config.learning_rate * slope.hidden
        net = Network(hidden, net.output - config.learning_rate * slope.output, net.places)


def _batches(config: DigitsConfig, training: Samples) -> Iterator[Samples]:
    size = len(training.labels) if config.full_batch else BATCH
    for number in count():
        start = number * size % len(training.labels)
        yield training.part(slice(start, start + size))


def _iteration(net: Network, slope: Gradient, answered: NDArray[np.intp], test: Samples) -> Iteration:
    return Iteration(
        loss=slope.loss,
        accuracy=float(test.counts[answered == test.labels].sum() / test.counts.sum()),
        answers=np.bincount(answered, weights=test.counts, minlength=DIGITS).astype(np.int64),
        spread=float(spread(net.hidden[..., None])[0]),
        hidden_gradient=_norm(slope.hidden[:, 1:], net.multiplicity[:, None]),
        output_gradient=_norm(slope.output[:, 1:], net.multiplicity),
        network=net,
    )


def _norm(values: Values, multiplicity: NDArray[np.intp]) -> float:
    """The Euclidean norm over all hidden units, identical ones included."""
    return math.sqrt(float((np.square(values.astype(np.float64)) * multiplicity).sum()))
