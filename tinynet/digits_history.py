"""The record of a run on MNIST, and which case it is."""

import math
from dataclasses import dataclass, field
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from tinynet.arrays import Array
from tinynet.digits import DigitsConfig, Iteration, iterations
from tinynet.digits_network import ACTIVATIONS, ROWS, Network, each_once, forward, gradient, network
from tinynet.mnist import label_counts, test_images, training_images
from tinynet.network import Weights
from tinynet.symmetry import NO_SLOPE, Case, verdict


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


def case(config: DigitsConfig, history: History) -> Case:
    """Which case a run on MNIST is, as far as it has been trained."""
    before, after = losses(config, history)
    return verdict(
        frozen=not history.final.hidden.any() and not history.final.output[:, 1:].any(),
        equal=not history.spread.any(),
        saturated=_slope_left(config, history.final) < NO_SLOPE,
        before=before,
        after=math.inf if history.end is End.DIVERGED else after,
        ignorant=label_entropy(),
    )


def losses(config: DigitsConfig, history: History) -> tuple[float, float]:
    """The losses with the initial and with the final weights, of the same images.

    These are all that a step takes; of mini-batches, which are harder and easier by chance, the first ROWS training
    images.
    """
    if config.full_batch:
        return float(history.loss[0]), float(history.loss[-1])
    images = each_once(training_images()).part(slice(ROWS))
    before, after = (
        gradient(network(weights), images, ACTIVATIONS[config.activation]).loss
        for weights in (history.initial, history.final)
    )
    return before, after


def label_entropy() -> float:
    """The least loss of a network that answers every image the same: the entropy of the 60,000 training labels."""
    shares = label_counts() / label_counts().sum()
    return float(-(shares * np.log(shares)).sum())


@np.errstate(over="ignore", invalid="ignore")
def _slope_left(config: DigitsConfig, weights: Weights) -> float:
    """The largest slope of a hidden unit for one of the first test images."""
    activation = ACTIVATIONS[config.activation]
    return float(activation.slope(forward([network(weights)], test_images().pixels[:ROWS], activation)[0]).max())
