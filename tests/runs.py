"""Weights and histories that tests build and the application does not."""

from collections.abc import Sequence
from functools import cache

import numpy as np

from tinynet.initializers import initial_matrices
from tinynet.network import Weights
from tinynet.sweep import Plan, Runs, sweep
from tinynet.training import History


def initial_weights(
    name: str,
    inputs: int,
    hidden_units: int,
    seed: int,
    value: float = 0.0,
    noise: float = 0.0,
    scale: float = 1.0,
) -> Weights:
    """The matrices of `initial_matrices` as the weights of one run."""
    hidden, output = initial_matrices(name, inputs, hidden_units, seed, value, noise, scale)
    return Weights(np.array(hidden), np.array(output))


def some_runs(history: History, runs: Sequence[int]) -> History:
    """The history of these runs, in this order."""
    places = list(runs)
    return History(
        training_error=history.training_error[:, places],
        accuracy=history.accuracy[:, places],
        gradient=history.gradient[:, places],
        hidden=history.hidden[..., places],
        output=history.output[..., places],
        last_epoch=tuple(history.last_epoch[run] for run in places),
        stops=tuple(history.stops[run] for run in places),
    )


@cache
def swept(plan: Plan) -> Runs:
    """All runs of a sweep."""
    return Runs.join([part.runs for part in sweep(plan.config, plan.init_seeds, plan.order_seeds)])
