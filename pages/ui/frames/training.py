"""A history of problem 2 as tables: what the charts draw, and what can be downloaded."""

import json
from collections.abc import Sequence
from dataclasses import asdict

import numpy as np
import pandas as pd
import pyarrow as pa

from pages.ui.frames import curves
from tinynet.arrays import Array
from tinynet.config import Config
from tinynet.datasets import TWENTY
from tinynet.network import forward
from tinynet.training import History, Stop

QUANTITIES = {
    "training_error": "Training error of each run over the epochs; the table below has the values.",
    "accuracy": "Accuracy of each run over the epochs, at most 16 of 20; the table below has the values.",
    "gradient": "Mean gradient of each run over the epochs, on a logarithmic axis, with θ and the epochs in which the "
    "runs stop; the table below has the values.",
}
"""What is recorded in each epoch, with the text alternative of its chart: the same all the time, for a browser mounts a
chart anew when its text changes."""
POINTS_WHILE_PLAYING = 400
"""For one run in one chart; more would hold the browser up."""


def run_names(config: Config) -> tuple[str, ...]:
    """The runs of a config, each by its initialisation."""
    return tuple(start.init for start in config.starts)


def epochs_of(history: History) -> int:
    """How many epochs the longest run has."""
    return max(history.last_epoch) + 1


def still(history: History, config: Config, quantity: str) -> dict[str, pa.Table]:
    """The datasets of the chart of one quantity that are the same after every epoch."""
    return {"limits": limits(history, quantity, config.theta), "theta": threshold(config.theta)}


def moving(history: History, runs: Sequence[str], quantity: str, done: int, most: int | None) -> dict[str, pa.Table]:
    """The others, after `done` epochs, with at most about `most` points for each run."""
    stride = 1 if most is None else 1 + done // most
    values = recorded(history, quantity)
    return {
        "curve": curves.curve(values, runs, done, stride),
        "now": curves.now(values, runs, history.last_epoch, done, stride),
        "stops": stops(history, runs, quantity, done),
    }


def recorded(history: History, quantity: str) -> Array:
    """The values (epochs, runs) that the chart of `quantity` can show."""
    values: Array = getattr(history, quantity)
    return curves.drawable(values) if quantity == "gradient" else values


def limits(history: History, quantity: str, theta: float) -> pa.Table:
    """Two corners of a chart that holds the whole history.

    Above the gradients there is room for the words that say where the runs stopped.
    """
    values = getattr(history, quantity)
    if quantity == "gradient":
        low, high = curves.log_range(np.append(values, theta))
    else:
        low, high = 0.0, 1.0 if quantity == "accuracy" else float(np.nanmax(values)) * 1.05
    return curves.limits(epochs_of(history), low, high)


def threshold(theta: float) -> pa.Table:
    """The θ of the gradient chart; none at 0, which a logarithmic axis does not have."""
    return pa.table({"value": pa.array([theta] if theta > 0 else [], pa.float64())})


def stops(history: History, runs: Sequence[str], quantity: str, done: int) -> pa.Table:
    """Where the runs that have ended by then ended; `late` says whether that is in the right half."""
    ended = [
        (i, run)
        for i, run in enumerate(runs)
        if history.last_epoch[i] < done and history.stops[i] is not Stop.MAX_EPOCHS
    ]
    last = [history.last_epoch[i] for i, _ in ended]
    words = {Stop.THETA: "stops", Stop.DIVERGED: "diverges"}
    values = [float(getattr(history, quantity)[epoch, i]) for epoch, (i, _) in zip(last, ended, strict=True)]
    return pa.table(
        {
            "run": pa.array([run for _, run in ended], pa.string()),
            "slot": pa.array([i for i, _ in ended], pa.int64()),
            "epoch": pa.array(last, pa.int64()),
            "value": pa.array(
                [value if quantity != "gradient" or value > 0 else None for value in values], pa.float64()
            ),
            "label": pa.array([f"{words[history.stops[i]]} {history.last_epoch[i]}" for i, _ in ended], pa.string()),
            "late": pa.array([2 * epoch >= max(history.last_epoch) for epoch in last], pa.bool_()),
        }
    )


def answers(history: History, run: int, done: int) -> Array:
    """What a run answers to the 20 samples with its weights after `done` epochs."""
    output: Array = forward(history.weights(run, done), list(TWENTY.inputs.T)).output[0]
    return output


def samples(history: History, runs: Sequence[str], done: int) -> pa.Table:
    """For each run and sample, numbered from 1: its inputs, its label, and whether the answer now is right.

    The answer itself would change with every picture, and with it the chart; so the chart rests while no sign changes.
    """
    outputs = np.concatenate([answers(history, run, done) for run in range(len(runs))])
    count = len(TWENTY.labels)
    labels = np.tile(TWENTY.labels, len(runs))
    return pa.table(
        {
            "run": np.repeat(list(runs), count),
            "sample": np.tile(np.arange(1, count + 1), len(runs)),
            **{f"x{i + 1}": np.tile(column, len(runs)) for i, column in enumerate(TWENTY.inputs.T)},
            "y": labels,
            "right": outputs * labels > 0,
        }
    )


def as_csv(history: History, runs: Sequence[str]) -> str:
    """All that was recorded, a row for each run and epoch; the weights are those after it."""
    parts = [_recorded(history, run).assign(run=name) for run, name in enumerate(runs)]
    return pd.concat(parts)[["run", *parts[0].columns[:-1]]].to_csv(index=False)


def _recorded(history: History, run: int) -> pd.DataFrame:
    epochs = history.last_epoch[run] + 1
    columns = {quantity: getattr(history, quantity)[:epochs, run] for quantity in QUANTITIES}
    matrices = np.concatenate(
        [history.hidden[1 : epochs + 1, 0, :, run], history.output[1 : epochs + 1, 0, :, run]], axis=1
    )
    names = ("hidden_bias", "hidden_x1", "hidden_x2", "hidden_x3", "output_bias", "output_h")
    return pd.DataFrame({"epoch": range(epochs), **columns, **dict(zip(names, matrices.T, strict=True))})


def as_json(history: History, config: Config) -> str:
    """The settings, and where each run began and ended."""
    runs = [
        {
            "init": start.init,
            "seed": start.seed,
            "scale": start.scale,
            "break_epoch": history.break_epoch(run),
            "initial": _matrices(history, run, 0),
            "final": _matrices(history, run, history.last_epoch[run] + 1),
        }
        for run, start in enumerate(config.starts)
    ]
    return json.dumps({"page": "training", **asdict(config), "starts": runs}, indent=2)


def _matrices(history: History, run: int, done: int) -> dict[str, list[list[float]]]:
    weights = history.weights(run, done)
    return {"hidden": weights.hidden.tolist(), "output": weights.output.tolist()}
