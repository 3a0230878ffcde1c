"""A history of problem 2 as tables: what the charts draw, what the page lists, and what can be downloaded."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from tinynet import published
from tinynet.arrays import Array
from tinynet.config import Config
from tinynet.datasets import TWENTY
from tinynet.initializers import DRAWN
from tinynet.network import forward
from tinynet.training import History, Stop

QUANTITIES = {
    "training_error": "Training error of each run over the epochs; the table below has the values.",
    "accuracy": "Accuracy of each run over the epochs, at most 16 of 20; the table below has the values.",
    "gradient": "Mean gradient of each run over the epochs, on a logarithmic axis, with θ and where each run stops; the "
    "table below has the values.",
}
"""What is recorded in each epoch, with the text alternative of its chart: the same all the time, for a browser mounts a
chart anew when its text changes."""
POINTS_WHILE_PLAYING = 400
"""For one run in one chart; more would hold the browser up."""
WEIGHT_NAMES = ("hidden bias", "hidden x₁", "hidden x₂", "hidden x₃", "output bias", "output h")


def run_names(config: Config) -> tuple[str, ...]:
    """The runs of a config, each by its initialisation."""
    return tuple(start.init for start in config.starts)


def epochs_of(history: History) -> int:
    """How many epochs the longest run has."""
    return max(history.last_epoch) + 1


def chart(history: History, config: Config, quantity: str, done: int, most: int | None) -> dict[str, pa.Table]:
    """All datasets of the chart of one quantity."""
    runs = run_names(config)
    return {
        "curve": curve(history, runs, quantity, done, most),
        "limits": limits(history, quantity, config.theta),
        "stops": stops(history, runs, quantity, done),
        "theta": threshold(config.theta),
    }


def curve(history: History, runs: Sequence[str], quantity: str, done: int, most: int | None = None) -> pa.Table:
    """One quantity of all runs over the first `done` epochs: `epoch` and a column for each run, at most `most` rows.

    A value that a logarithmic axis cannot show, a gradient of 0, is left out.
    """
    rows = np.arange(done)
    if most is not None and done > most:
        rows = np.unique(np.linspace(0, done - 1, most).round().astype(int))
    values = getattr(history, quantity)[rows]
    if quantity == "gradient":
        values = np.where(values > 0, values, np.nan)
    return pa.table({"epoch": rows, **{run: pa.array(values[:, i], from_pandas=True) for i, run in enumerate(runs)}})


def limits(history: History, quantity: str, theta: float) -> pa.Table:
    """Two corners of a chart that holds the whole history, so that its axes stay put while it is played.

    Above the gradients there is room for the words that say where the runs stopped.
    """
    values = getattr(history, quantity)
    if quantity == "gradient":
        values = np.append(values[values > 0], theta if theta > 0 else np.nan)
        low, high = (np.nanmin(values) / 1.5, np.nanmax(values) * 6) if np.isfinite(values).any() else (0.1, 1.0)
    else:
        low, high = 0.0, 1.0 if quantity == "accuracy" else float(np.nanmax(values)) * 1.05
    return pa.table({"epoch": [0, epochs_of(history) - 1], "value": [low, high]})


def threshold(theta: float) -> pa.Table:
    """The θ of the gradient chart; none at 0, which a logarithmic axis does not have."""
    return pa.table({"value": pa.array([theta] if theta > 0 else [], pa.float64())})


def stops(history: History, runs: Sequence[str], quantity: str, done: int) -> pa.Table:
    """Where runs that have ended by then ended: `run`, `epoch`, `value`, `label`, and `late` for the right half."""
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
            "epoch": pa.array(last, pa.int64()),
            "value": pa.array(
                [value if quantity != "gradient" or value > 0 else None for value in values], pa.float64()
            ),
            "label": pa.array([f"{words[history.stops[i]]} {history.last_epoch[i]}" for i, _ in ended], pa.string()),
            "late": pa.array([epoch > epochs_of(history) / 2 for epoch in last], pa.bool_()),
        }
    )


def answers(history: History, run: int, done: int) -> Array:
    """What a run answers to the 20 samples with its weights after `done` epochs."""
    output: Array = forward(history.weights(run, done), list(TWENTY.inputs.T)).output[0]
    return output


def samples(history: History, runs: Sequence[str], done: int) -> pa.Table:
    """For each run and sample, numbered from 1: its inputs, its label, the answer now, and whether that is right."""
    outputs = np.concatenate([answers(history, run, done) for run in range(len(runs))])
    count = len(TWENTY.labels)
    labels = np.tile(TWENTY.labels, len(runs))
    return pa.table(
        {
            "run": np.repeat(list(runs), count),
            "sample": np.tile(np.arange(1, count + 1), len(runs)),
            **{f"x{i + 1}": np.tile(column, len(runs)) for i, column in enumerate(TWENTY.inputs.T)},
            "y": labels,
            "o": outputs,
            "right": outputs * labels > 0,
        }
    )


def summary(history: History, config: Config, labels: dict[str, str], done: int) -> pd.DataFrame:
    """A row for each run: where it stands after `done` epochs, and where it stopped."""
    rows = [_summary_row(history, config, labels, run, done) for run in range(len(config.starts))]
    return pd.DataFrame(rows).set_index("run")


def _summary_row(history: History, config: Config, labels: dict[str, str], run: int, done: int) -> dict[str, str]:
    start = config.starts[run]
    at = min(done, history.last_epoch[run] + 1) - 1
    wrong = np.flatnonzero(answers(history, run, done) * TWENTY.labels <= 0) + 1
    break_epoch = history.break_epoch(run)
    document = published.break_epoch(start.init, start.seed, config.order_seed, config.learning_rate, config.theta)
    return {
        "run": f"{labels[start.init]} {start.seed}" if start.init in DRAWN else labels[start.init],
        "epoch": _number(at, "d") if at >= 0 else "–",
        "training error": _number(history.training_error[at, run], ".4f") if at >= 0 else "–",
        "accuracy": _number(history.accuracy[at, run], ".2f") if at >= 0 else "–",
        "gradient": _number(history.gradient[at, run], ".5f") if at >= 0 else "–",
        "break epoch": _number(break_epoch, "d") if break_epoch is not None else "none",
        "published": _number(document, "d") if document is not None else "–",
        "wrong now": f"{len(wrong)} of {len(TWENTY.labels)}",
    }


def _number(value: float, spec: str) -> str:
    return format(value, spec).replace("-", "−")


def weights(history: History, config: Config, labels: dict[str, str], done: int) -> pd.DataFrame:
    """The initial and the current weights of each run, a row each."""
    rows = []
    for run, start in enumerate(config.starts):
        for when, epochs_done in (("initial", 0), ("now", done)):
            matrices = history.weights(run, epochs_done)
            values = np.concatenate([matrices.hidden[0], matrices.output[0]])
            rows.append({"weights": f"{labels[start.init]}, {when}"} | _named(values))
    return pd.DataFrame(rows).set_index("weights")


def _named(values: Array) -> dict[str, str]:
    return {
        name: _number(value, "+.4f" if abs(value) < 1e4 else "+.3e")
        for name, value in zip(WEIGHT_NAMES, values, strict=True)
    }


def statements(history: History, config: Config, labels: dict[str, str]) -> list[str]:
    """What has to be said of a run in words: that it diverged, or that θ did not stop it."""
    said = []
    for run, start in enumerate(config.starts):
        last = history.last_epoch[run]
        if history.stops[run] is Stop.DIVERGED:
            wrong = round((1 - history.accuracy[last, run]) * len(TWENTY.labels))
            said.append(
                f"{labels[start.init]} diverged in epoch {last}: with η = {config.learning_rate:g} the weights grew "
                f"until every output sits at ±1.716. {wrong} of 20 samples are wrong, and no gradient is left to "
                "correct them."
            )
        elif history.stops[run] is Stop.MAX_EPOCHS:
            said.append(
                f"{labels[start.init]} was not stopped by θ = {config.theta:g} within {config.max_epochs} epochs."
            )
    return said


def html(rows: pd.DataFrame) -> str:
    """A table as HTML: Streamlit's own renders each cell as Markdown, which is too slow ten times a second."""
    return rows.to_html(border=0, classes="numbers", index_names=False)


def table(history: History, runs: Sequence[str]) -> pd.DataFrame:
    """All that was recorded, tidy: a row for each run and epoch, the weights as they were after it."""
    parts = []
    for run, name in enumerate(runs):
        epochs = np.arange(history.last_epoch[run] + 1)
        matrices = [history.weights(run, epoch + 1) for epoch in range(len(epochs))]
        weights = np.array([np.concatenate([m.hidden[0], m.output[0]]) for m in matrices])
        columns = {quantity: getattr(history, quantity)[epochs, run] for quantity in QUANTITIES}
        names = ("hidden_bias", "hidden_x1", "hidden_x2", "hidden_x3", "output_bias", "output_h")
        parts.append(
            pd.DataFrame({"run": name, "epoch": epochs, **columns, **dict(zip(names, weights.T, strict=True))})
        )
    return pd.concat(parts, ignore_index=True)


def settings(config: Config, done: int) -> dict[str, Any]:
    """The settings that a picture follows from."""
    return {"page": "training", **asdict(config), "epochs_done": done}
