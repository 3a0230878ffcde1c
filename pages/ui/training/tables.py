"""A history of problem 2 as tables: what the charts draw, and what can be downloaded."""

import json
from collections.abc import Sequence
from dataclasses import asdict

import numpy as np
import pandas as pd
import pyarrow as pa

from pages.ui.lines import tables as curves
from tinynet.arrays import Array
from tinynet.config import Config
from tinynet.datasets import TWENTY
from tinynet.network import Weights, forward
from tinynet.training import History, Stop

QUANTITIES = {
    "training_error": "Training error of each run over the epochs; the table below has the values.",
    "accuracy": "Accuracy of each run over the epochs, at most 16 of 20; the table below has the values.",
    "gradient": "Mean gradient of each run over the epochs, on a logarithmic axis, with θ and the epochs in which the "
    "runs stop; the table below has the values.",
}
"""What is recorded in each epoch, with the text alternative of its chart: the same all the time, for a browser mounts a
chart anew when its text changes."""


STOP_ROW = 20
"""Pixels of a row above the gradients that says where a run stops."""
PLOT = 120
"""Pixels of the plot of the gradients of two runs; each further run adds its row."""


def run_names(config: Config) -> tuple[str, ...]:
    """The runs of a config, each by its initialisation."""
    return tuple(start.init for start in config.starts)


def epochs_of(history: History) -> int:
    """How many epochs the longest run has."""
    return max(history.last_epoch) + 1


def quantity(history: History, config: Config, name: str, done: int, subject: str) -> dict[str, pa.Table]:
    """All datasets of the chart of one quantity; the whole history, of which `done` epochs are shown at first."""
    runs, values = run_names(config), recorded(history, name)
    tables = {
        "curve": curves.curve(values, runs, history.last_epoch),
        "now": curves.now(values, runs, history.last_epoch, done - 1),
        "stops": stops(history, runs, name),
        "limits": limits(history, name, config.theta),
    }
    return curves.following(tables, name, subject) | ({"theta": threshold(config.theta)} if name == "gradient" else {})


def series(history: History, runs: Sequence[str]) -> dict[str, Array]:
    """What the player publishes of each epoch: the three quantities, which samples are wrong, and the weights of each
    run, all with a row for the initial weights and one after each epoch.

    The samples that a run gets wrong are the bits of one number, sample 1 the lowest.
    """
    recorded = {name: curves.after(getattr(history, name)) for name in QUANTITIES}
    wrong = np.stack([_wrong(history, run) for run in range(len(runs))], axis=1)
    weights = {weights_of(name): weights_after(history, run) for run, name in enumerate(runs)}
    return {**recorded, "wrong": wrong, **weights}


def weights_of(run: str) -> str:
    """The name under which the player publishes the weights of a run."""
    return f"weights_{run}"


def weights_after(history: History, run: int) -> Array:
    """All weights of a run after each epoch in a textbook's order, (1 + epochs, weights)."""
    matrices = (history.hidden[..., run], history.output[..., run])
    return curves.held(np.concatenate([matrix.reshape(len(matrix), -1) for matrix in matrices], axis=1))


def _wrong(history: History, run: int) -> Array:
    """The samples that a run gets wrong after each epoch, as bits of a number, (1 + epochs,)."""
    flat = weights_after(history, run).T
    weights = Weights(flat[None, :4], flat[None, 4:])
    output = forward(weights, [column[:, None] for column in TWENTY.inputs.T]).output[0]
    bits: Array = 2.0 ** np.arange(len(TWENTY.labels)) @ (output * TWENTY.labels[:, None] <= 0)
    return bits


def recorded(history: History, name: str) -> Array:
    """The values (epochs, runs) that the chart of a quantity can show."""
    values: Array = getattr(history, name)
    return curves.drawable(values) if name == "gradient" else values


def limits(history: History, quantity: str, theta: float) -> pa.Table:
    """Two corners of a chart that holds the whole history."""
    values = getattr(history, quantity)
    if quantity == "gradient":
        low, high = _below_the_stops(np.append(values, theta), len(history.stops))
    else:
        low, high = 0.0, 1.0 if quantity == "accuracy" else float(np.nanmax(values)) * 1.05
    return curves.limits(epochs_of(history), low, high)


def _below_the_stops(values: Array, runs: int) -> tuple[float, float]:
    """A range with room above the gradients for the rows that say where the runs stop."""
    low, high = curves.log_range(values)
    share = STOP_ROW * runs / (PLOT + STOP_ROW * max(runs - 2, 0))
    # the top stays a number, however far apart the gradients are
    return low, float(min(high * (high / low) ** (share / (1 - share)), 1e300))


def threshold(theta: float) -> pa.Table:
    """The θ of the gradient chart; none at 0, which a logarithmic axis does not have."""
    return pa.table({"value": pa.array([theta] if theta > 0 else [], pa.float64())})


def stops(history: History, runs: Sequence[str], name: str) -> pa.Table:
    """Where the runs end that do; `late` says whether that is in the right half."""
    ended = [(i, run) for i, run in enumerate(runs) if history.stops[i] is not Stop.MAX_EPOCHS]
    last = [history.last_epoch[i] for i, _ in ended]
    words = {Stop.THETA: "stops", Stop.DIVERGED: "diverges"}
    values = [float(getattr(history, name)[epoch, i]) for epoch, (i, _) in zip(last, ended, strict=True)]
    return pa.table(
        {
            "run": pa.array([run for _, run in ended], pa.string()),
            "slot": pa.array([i for i, _ in ended], pa.int64()),
            "epoch": pa.array(last, pa.int64()),
            "value": pa.array([value if name != "gradient" or value > 0 else None for value in values], pa.float64()),
            "label": pa.array([f"{words[history.stops[i]]} {history.last_epoch[i]}" for i, _ in ended], pa.string()),
            "late": pa.array([2 * epoch >= max(history.last_epoch) for epoch in last], pa.bool_()),
        }
    )


def epoch_shown(history: History, run: int, done: int) -> int:
    """The epoch of a run that is shown when `done` epochs are done: the last of them that it has, or its first."""
    return min(max(done - 1, 0), history.last_epoch[run])


def answers(history: History, run: int, done: int) -> Array:
    """What a run answers to the 20 samples with its weights after `done` epochs."""
    output: Array = forward(history.weights(run, done), list(TWENTY.inputs.T)).output[0]
    return output


def samples(history: History, runs: Sequence[str], done: int, subject: str) -> pa.Table:
    """For each run and sample, numbered from 1: its inputs, its label, and whether the weights now get it wrong.

    The player publishes whether they do as bit `sample - 1` of the number `slot` of `wrong`, and the weights as
    `series`.
    """
    outputs = np.concatenate([answers(history, run, done) for run in range(len(runs))])
    count = len(TWENTY.labels)
    labels = np.tile(TWENTY.labels, len(runs))
    return pa.table(
        {
            "run": np.repeat(list(runs), count),
            "slot": np.repeat(np.arange(len(runs)), count),
            "sample": np.tile(np.arange(1, count + 1), len(runs)),
            **{f"x{i + 1}": np.tile(column, len(runs)) for i, column in enumerate(TWENTY.inputs.T)},
            "y": labels,
            "wrong": outputs * labels <= 0,
            "subject": [subject] * len(labels),
        }
    )


def as_csv(history: History, runs: Sequence[str], done: int) -> str:
    """What was recorded in the first `done` epochs, a row for each run and epoch; the weights are those after it."""
    parts = [_rows(history, run, done).assign(run=name) for run, name in enumerate(runs)]
    return pd.concat(parts)[["run", *parts[0].columns[:-1]]].to_csv(index=False)


def _rows(history: History, run: int, done: int) -> pd.DataFrame:
    epochs = min(done, history.last_epoch[run] + 1)
    columns = {quantity: getattr(history, quantity)[:epochs, run] for quantity in QUANTITIES}
    matrices = np.concatenate(
        [history.hidden[1 : epochs + 1, 0, :, run], history.output[1 : epochs + 1, 0, :, run]], axis=1
    )
    names = ("hidden_bias", "hidden_x1", "hidden_x2", "hidden_x3", "output_bias", "output_h")
    return pd.DataFrame({"epoch": range(epochs), **columns, **dict(zip(names, matrices.T, strict=True))})


def as_json(history: History, config: Config, done: int) -> str:
    """The settings, how many epochs are done, and where each run began, is then, and ended."""
    runs = [
        {
            "init": start.init,
            "seed": start.seed,
            "scale": start.scale,
            "break_epoch": history.break_epoch(run),
            "initial": _matrices(history, run, 0),
            "now": _matrices(history, run, done),
            "final": _matrices(history, run, history.last_epoch[run] + 1),
        }
        for run, start in enumerate(config.starts)
    ]
    return json.dumps({"page": "training", **asdict(config), "epochs_done": done, "starts": runs}, indent=2)


def _matrices(history: History, run: int, done: int) -> dict[str, list[list[float]]]:
    weights = history.weights(run, done)
    return {"hidden": weights.hidden.tolist(), "output": weights.output.tolist()}
