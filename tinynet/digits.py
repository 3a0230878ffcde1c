"""A 784-H-10 network with softmax cross-entropy, trained on MNIST by gradient descent from each initialisation."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from itertools import count, islice

import numpy as np
from numpy.random import Generator, default_rng
from numpy.typing import NDArray

from tinynet.arrays import Array
from tinynet.config import LARGEST_SEED, Config, Start
from tinynet.mnist import (
    DIGITS,
    PIXELS,
    Images,
    label_counts,
    one_thread_a_product,
    test_images,
    test_label_counts,
    training_images,
)
from tinynet.network import Weights
from tinynet.ranges import Range, bounded, check_all, range_of
from tinynet.regression import MODELS, Values
from tinynet.symmetry import CONSTANT, spread

FEWEST_HIDDEN_UNITS, MOST_HIDDEN_UNITS = 4, 64
MOST_ITERATIONS = 1000
BATCH = 100
"""Images per mini-batch."""
EVALUATED_AT_ONCE = 10
"""Iterations tested together: one product with the weights of ten reads the images once, ten products ten times."""
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
        if self.init not in INITIALIZERS:
            raise ValueError(f"initialisation must be one of {', '.join(INITIALIZERS)}, received {self.init!r}")
        if self.activation not in ACTIVATIONS:
            raise ValueError(f"activation must be one of {', '.join(ACTIVATIONS)}, received {self.activation!r}")
        check_all(self)
        if self.init not in VARIANCES:
            object.__setattr__(self, "seed", 0)
        if self.init != "constant":
            object.__setattr__(self, "constant", CONSTANT)
        if self.init == "zeros":
            object.__setattr__(self, "full_batch", True)


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
    """One blank image per digit, which counts as often as the digit occurs.

    A network that ignores the pixels cannot tell it from all the images.
    """
    return Samples(np.zeros((DIGITS, PIXELS)), np.arange(DIGITS), counts)


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
        """How many hidden units each different one stands for."""
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


@np.errstate(over="ignore", invalid="ignore")
def answer(networks: Sequence[Network], pixels: Values, activation: Activation) -> NDArray[np.intp]:
    """The digit that each state of a run predicts for each image, (networks, images); the lowest in a tie."""
    parts = [pixels[start : start + ROWS] for start in range(0, len(pixels), ROWS)]
    return np.concatenate([forward(networks, part, activation)[1].argmax(axis=2) for part in parts], axis=1)


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


class End(Enum):
    """Why a run ended."""

    ITERATIONS = "iterations"
    DIVERGED = "diverged"
    STOPPED = "stopped"


@dataclass(frozen=True, eq=False)
class History:
    """The records of a run, (1 + iterations done,) each, and `answers` (1 + iterations done, 10); see `Iteration`.

    `initial` and `final` are its weights: hidden (H, 785) and output (10, 1 + H), the biases in column 0.
    """

    loss: Array
    accuracy: Array
    answers: NDArray[np.int64]
    spread: Array
    hidden_gradient: Array
    output_gradient: Array
    initial: Weights
    final: Weights
    end: End


@dataclass(eq=False)
class Recording:
    """Collects the records of a run; of the weights it keeps only the first and the last."""

    config: DigitsConfig
    _rows: list[tuple[float, ...]] = field(default_factory=list)
    _answers: list[NDArray[np.int64]] = field(default_factory=list)
    _networks: list[Network] = field(default_factory=list)

    def add(self, record: Iteration) -> None:
        """Add the next record."""
        self._rows.append((record.loss, record.accuracy, record.spread, record.hidden_gradient, record.output_gradient))
        self._answers.append(record.answers)
        self._networks[1:] = [record.network]

    def __len__(self) -> int:
        return len(self._rows)

    def history(self, ended: bool) -> History:
        """What has been recorded so far, at least one record; `ended` says whether the run is over."""
        loss, accuracy, spreads, hidden_gradient, output_gradient = np.array(self._rows).T
        end = End.DIVERGED if ended else End.STOPPED
        return History(
            loss=loss,
            accuracy=accuracy,
            answers=np.array(self._answers),
            spread=spreads,
            hidden_gradient=hidden_gradient,
            output_gradient=output_gradient,
            initial=self._networks[0].weights(),
            final=self._networks[-1].weights(),
            end=End.ITERATIONS if len(self) > self.config.iterations else end,
        )


def train(config: DigitsConfig) -> History:
    """Train to the last iteration of `config`."""
    recording = Recording(config)
    for record in iterations(config):
        recording.add(record)
    return recording.history(ended=True)
