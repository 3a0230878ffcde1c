"""How the runs of problem 2 ended, in sentences, where that is not in the charts."""

from collections.abc import Iterator

import numpy as np

from pages.ui.numbers import plain
from pages.ui.theme import RUN_NAMES
from pages.ui.training import tables
from tinynet.activations import A, B, slope
from tinynet.config import Config
from tinynet.datasets import TWENTY, most_separable
from tinynet.sweep import MANY_RIGHT
from tinynet.symmetry import answers, errors
from tinynet.training import History, Stop, is_saturated

GUESSING = A**2
"""The training error of a network that answers 0 to every sample."""
DECIMALS = 3
STEEPEST = A * B / 2
"""The largest slope of f, at net = 0."""
FLAT = 0.2
"""The share of the largest slope of f below which little is left to learn by."""


def statements(history: History, config: Config) -> list[str]:
    """Sentences about runs that diverged, that θ stopped too early or never, and that seem to pass the limit."""
    runs = range(len(config.starts))
    early = (run for run in runs if history.stops[run] is Stop.THETA and _has_learnt_nothing(history, run))
    return [
        *_diverged(history, config),
        *(_stopped_early(history, config, run) for run in early),
        *_unstopped(history, config),
        *_above_the_limit(history, config),
    ]


def _names(history: History, config: Config, runs: list[int]) -> str:
    """The runs, each with the epoch in which it ended."""
    return ", ".join(f"{_name(config, run)} in epoch {history.last_epoch[run]}" for run in runs)


def _name(config: Config, run: int) -> str:
    return RUN_NAMES[config.starts[run].init]


def _has_learnt_nothing(history: History, run: int) -> bool:
    """Whether the final weights are no better than an answer of 0, in the digits that are shown."""
    return round(errors(history, run)[1], DECIMALS) >= round(GUESSING, DECIMALS)


def _diverged(history: History, config: Config) -> Iterator[str]:
    """What made the weights so large that every output sits at a limit: the steps, or the start."""
    diverged = [run for run, stop in enumerate(history.stops) if stop is Stop.DIVERGED]
    drawn = [run for run in diverged if is_saturated(answers(history.weights(run, 0)))]
    driven = [run for run in diverged if run not in drawn]
    end = "±1.716; some are wrong, and no gradient is left to correct them."
    if driven:
        said = f"With η = {config.learning_rate:g} the steps drove every output to"
        yield f"Diverged: {_names(history, config, driven)}. {said} {end}"
    if drawn:
        said = (
            f"With the random range ±{config.starts[drawn[0]].scale:g} the weights are drawn so large that every output"
        )
        yield f"Saturated from the start: {_names(history, config, drawn)}. {said} sits at {end}"


def _stopped_early(history: History, config: Config, run: int) -> str:
    """That θ is no sign of having learnt, and why it was met."""
    return (
        f"Stopped by θ without having learnt: {_names(history, config, [run])}. With its final weights the error is "
        f"{errors(history, run)[1]:.{DECIMALS}f}; answering 0 to every sample gives {GUESSING:.{DECIMALS}f}. "
        f"{_reason(history, config, run)}"
    )


def _reason(history: History, config: Config, run: int) -> str:
    weights = history.weights(run, history.epochs)
    if not weights.hidden.any() and not weights.output[0, 1]:
        return "No weight but the bias of o ever had a gradient: there is nothing to learn by."
    outputs = answers(weights)
    steepest = float(slope(outputs[outputs * TWENTY.labels <= 0]).max(initial=0.0))
    slopes = f"The slope f′ at its wrong outputs is at most {plain(steepest, '.2g')}, of {STEEPEST:.2f} at net = 0"
    if steepest < FLAT * STEEPEST:
        return f"{slopes}: hardly any is left to correct them by."
    gradient = plain(float(history.gradient[history.last_epoch[run], run]), ".3g")
    return f"{slopes}: some is left to learn by, but the gradient of that epoch, {gradient}, is below θ."


def _unstopped(history: History, config: Config) -> Iterator[str]:
    names = [_name(config, run) for run, stop in enumerate(history.stops) if stop is Stop.MAX_EPOCHS]
    epochs = f"{config.max_epochs} epoch{'s' * (config.max_epochs > 1)}"
    if names:
        yield f"Not stopped by θ = {config.theta:g} within {epochs}: {', '.join(names)}."


def _above_the_limit(history: History, config: Config) -> Iterator[str]:
    """That the accuracy of an epoch is not one of a single set of weights, where that is seen."""
    above = history.accuracy > MANY_RIGHT
    runs = np.flatnonzero(above.any(axis=0)).tolist()
    names = [f"{_name(config, run)} in epoch {above[:, run].argmax()}" for run in runs]
    if names:
        yield (
            f"More than 16 of 20 right: {', '.join(names)}. No weights get there: accuracy counts each sample before "
            "its own step, and every step changes the weights."
        )


QUESTION = "Whatever its weights, this network never has more than 16 of the 20 samples right. Why?"


def answer(history: History) -> str:
    """Why there is a limit, and how near the weights of the runs come to it."""
    count = len(TWENTY.labels)
    wrong = tables.series(history, [str(run) for run in range(len(history.stops))])["wrong"].astype(int)
    best, limit = count - min(int(bits).bit_count() for bits in wrong.ravel()), most_separable(TWENTY)
    return (
        f"The best weights of the runs above have {best} of {count} right. One hidden unit means one plane: $f$ only "
        "rises, so $o$ is positive on one side of a plane $w_0 + w_1 x_1 + w_2 x_2 + w_3 x_3 = c$ and negative on the "
        f"other. Of all planes, tried one by one, the best has {limit} samples on the right side. So {limit} of "
        f"{count} is the limit, not bad luck; a second hidden unit would be a second plane."
    )
