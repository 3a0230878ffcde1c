"""A history of problem 2 as the page shows it: datasets, tables and sentences."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from pages.ui.lines import tables as line_tables
from pages.ui.network import tables as network
from pages.ui.numbers import plain
from pages.ui.table import Table
from pages.ui.theme import RUN_NAMES
from tinynet import published
from tinynet.activations import A
from tinynet.arrays import Array
from tinynet.config import Config, Start
from tinynet.datasets import TWENTY
from tinynet.initializers import DRAWN
from tinynet.network import Weights, forward
from tinynet.symmetry import answers
from tinynet.training import History, Stop, is_saturated

QUANTITIES = ("training_error", "accuracy", "gradient")
"""The quantities recorded in each epoch."""
WEIGHTS = {
    "hidden_bias": "hidden bias",
    "hidden_x1": "hidden x₁",
    "hidden_x2": "hidden x₂",
    "hidden_x3": "hidden x₃",
    "output_bias": "output bias",
    "output_h": "output h",
}
"""The six weights in textbook order, with their names on the page."""
COLUMNS = tuple(f"w{place}" for place in range(len(WEIGHTS)))
"""The weight columns in the datasets of `output_datasets`."""
STOP_ROW = 20
"""Pixels of a row above the gradients that labels where a run stops."""
PLOT = 120
"""Pixels of the plot of the gradients of two runs; each further run adds a row."""


def run_names(config: Config) -> tuple[str, ...]:
    """The names of a config's runs: their initialisations."""
    return tuple(start.init for start in config.starts)


def quantity_datasets(history: History, config: Config, name: str, done: int, subject: str) -> dict[str, pa.Table]:
    """All datasets of the chart of one quantity: the whole history, with `done` epochs shown at first."""
    runs, values = run_names(config), recorded(history, name)
    tables = {
        "curve": line_tables.curve(values, runs, history.last_epoch),
        "now": line_tables.now(values, runs, history.last_epoch, done - 1),
        "stops": stops(history, runs, name),
        "limits": limits(history, name, config.theta),
    }
    return line_tables.follow_player(tables, name, subject) | (
        {"theta": threshold(config.theta)} if name == "gradient" else {}
    )


def series(history: History, runs: Sequence[str]) -> dict[str, Array]:
    """What the player publishes: the three quantities, the wrong samples, and the weights of each run, with a row for
    the initial weights and one after each epoch.

    The wrong samples of a run are the bits of one number, with sample 1 as the lowest. Shapes: (1 + epochs, runs), of
    the weights of a run (1 + epochs, weights).
    """
    recorded = {name: line_tables.with_initial_row(getattr(history, name)) for name in QUANTITIES}
    wrong = np.stack([_wrong(history, run) for run in range(len(runs))], axis=1)
    weights = {weights_of(name): network.weights_after(history, run) for run, name in enumerate(runs)}
    return {**recorded, "wrong": wrong, **weights}


def weights_of(run: str) -> str:
    """The name of the series in which the player publishes a run's weights."""
    return f"weights_{run}"


def _wrong(history: History, run: int) -> Array:
    """The wrong samples of a run after each epoch as the bits of a number, (1 + epochs,)."""
    flat = network.weights_after(history, run).T
    weights = Weights(flat[None, :4], flat[None, 4:])
    output = forward(weights, [column[:, None] for column in TWENTY.inputs.T]).output[0]
    bits: Array = 2.0 ** np.arange(len(TWENTY.labels)) @ (output * TWENTY.labels[:, None] <= 0)
    return bits


def recorded(history: History, name: str) -> Array:
    """The values of a quantity for its chart, (epochs, runs)."""
    values: Array = getattr(history, name)
    return line_tables.drawable(values) if name == "gradient" else values


def limits(history: History, quantity: str, theta: float) -> pa.Table:
    """Two corners of the chart of the whole history."""
    values = getattr(history, quantity)
    if quantity == "gradient":
        low, high = _below_the_stops(np.append(values, theta), len(history.stops))
    else:
        low, high = 0.0, 1.0 if quantity == "accuracy" else float(np.nanmax(values)) * 1.05
    return line_tables.limits(history.epochs, low, high)


def _below_the_stops(values: Array, runs: int) -> tuple[float, float]:
    """A range that leaves room above the gradients for the labels of the stops."""
    low, high = line_tables.log_range(values)
    share = STOP_ROW * runs / (PLOT + STOP_ROW * max(runs - 2, 0))
    above = np.log10(high) + (np.log10(high) - np.log10(low)) * share / (1 - share)
    # the upper limit must stay finite, however far apart the gradients are
    return low, float(10 ** min(above, 300.0))


def threshold(theta: float) -> pa.Table:
    """The θ line of the gradient chart; no row at 0, which a logarithmic axis cannot show."""
    return pa.table({"value": pa.array([theta] if theta > 0 else [], pa.float64())})


def stops(history: History, runs: Sequence[str], name: str) -> pa.Table:
    """The runs that stop, and where; `late` says whether that is in the right half."""
    ended = [(i, run) for i, run in enumerate(runs) if history.stops[i] is not Stop.MAX_EPOCHS]
    last = [history.last_epoch[i] for i, _ in ended]
    values = [float(getattr(history, name)[epoch, i]) for epoch, (i, _) in zip(last, ended, strict=True)]
    return pa.table(
        {
            "run": pa.array([run for _, run in ended], pa.string()),
            "slot": pa.array([i for i, _ in ended], pa.int64()),
            "epoch": pa.array(last, pa.int64()),
            "value": pa.array([value if name != "gradient" or value > 0 else None for value in values], pa.float64()),
            "label": pa.array([f"{_ended(history, i)} {history.last_epoch[i]}" for i, _ in ended], pa.string()),
            "late": pa.array([2 * epoch >= max(history.last_epoch) for epoch in last], pa.bool_()),
        }
    )


def _ended(history: History, run: int) -> str:
    """How a run ended, as a verb; not at its last epoch."""
    if history.stops[run] is Stop.THETA:
        return "stops"
    return "saturated" if is_saturated(answers(history.weights(run, 0))) else "diverges"


def epoch_shown(history: History, run: int, done: int) -> int:
    """The epoch of a run to show when `done` epochs are done: the last one it has by then, or its first."""
    return min(max(done - 1, 0), history.last_epoch[run])


def samples(history: History, runs: Sequence[str], done: int, subject: str) -> pa.Table:
    """For each run and sample, numbered from 1: inputs, label, and whether it is wrong with the current weights.

    The player publishes the wrong samples as bit `sample - 1` of number `slot` of the series `wrong`, and the weights
    as `series`.
    """
    outputs = np.concatenate([answers(history.weights(run, done)) for run in range(len(runs))])
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


def output_datasets(weights: Weights, slot: int, series: str, subject: str) -> dict[str, pa.Table]:
    """The datasets of the chart of o as a function of h.

    `points` (x1, x2, x3, sample, positive, wrong): a row for each sample, numbered from 1. `curve` (h): the h at which
    o is drawn. Both also have COLUMNS, slot, series and subject: while a player publishes weights as `series`, the
    chart shows these.
    """
    flat = [*weights.hidden.ravel().tolist(), *weights.output.ravel().tolist()]
    network = {**dict(zip(COLUMNS, flat, strict=True)), "slot": slot, "series": series, "subject": subject}
    points = {
        **{f"x{i + 1}": column for i, column in enumerate(TWENTY.inputs.T)},
        "sample": np.arange(1, len(TWENTY.labels) + 1),
        "positive": TWENTY.labels > 0,
        "wrong": forward(weights, list(TWENTY.inputs.T)).output[0] * TWENTY.labels <= 0,
    }
    return {
        "points": _with_constants(points, network),
        "curve": _with_constants({"h": np.linspace(-A, A, 61)}, network),
    }


def _with_constants(columns: dict[str, object], constants: dict[str, object]) -> pa.Table:
    rows = pa.table(columns)
    for name, value in constants.items():
        rows = rows.append_column(name, pa.array([value] * rows.num_rows))
    return rows


def summary(history: History, config: Config, done: int) -> Table:
    """A column for each run: its values after `done` epochs, and where it stopped."""
    columns = [_run_summary(history, config, run, done) for run in range(len(config.starts))]
    rows = {name: [column[name] for column in columns] for name in columns[0]}
    return Table([[_title(start) for start in config.starts]], rows, "epochs from 0")


def _title(start: Start) -> str:
    return f"{RUN_NAMES[start.init]} {start.seed}" if start.init in DRAWN else RUN_NAMES[start.init]


def _run_summary(history: History, config: Config, run: int, done: int) -> dict[str, str]:
    start, at = config.starts[run], min(done, history.last_epoch[run] + 1) - 1
    wrong = np.count_nonzero(answers(history.weights(run, done)) * TWENTY.labels <= 0)
    settings = (config.order_seed, config.learning_rate, config.theta)
    document = published.break_epoch(start.init, start.seed, *settings) if start.scale == 1 else None
    return {
        "epoch": plain(at if at >= 0 else None, "d"),
        "training error": plain(history.training_error[at, run] if at >= 0 else None, ".4f"),
        "accuracy, before each step": plain(history.accuracy[at, run] if at >= 0 else None, ".2f"),
        "gradient": plain(history.gradient[at, run] if at >= 0 else None, ".5f"),
        "wrong, after the epoch": f"{wrong} of {len(TWENTY.labels)}",
        "break epoch": plain(history.break_epoch(run), "d"),
        "published": plain(document, "d"),
    }


def weights(history: History, config: Config, done: int) -> Table:
    """The initial and the current weights of each run, a column each."""
    names = [name for start in config.starts for name in (RUN_NAMES[start.init], "")]
    when = ["initial", "now"] * len(config.starts)
    columns = [_flat(history, run, epochs) for run in range(len(config.starts)) for epochs in (0, done)]
    rows = {name: [plain(column[place], "+.4f") for column in columns] for place, name in enumerate(WEIGHTS.values())}
    return Table([names, when], rows)


def _flat(history: History, run: int, done: int) -> list[float]:
    matrices = history.weights(run, done)
    return [*matrices.hidden[0].tolist(), *matrices.output[0].tolist()]


def sample_rows(first: int, last: int) -> Table:
    """The samples from `first` to `last`, counted from 1: their inputs, class and label."""
    rows = {
        str(number): [*(plain(value, ".3f") for value in TWENTY.inputs[number - 1]), *_class(TWENTY.labels[number - 1])]
        for number in range(first, last + 1)
    }
    return Table([["x₁", "x₂", "x₃", "class", "label y"]], rows, "sample")


def _class(label: float) -> tuple[str, str]:
    return "ω₁" if label > 0 else "ω₂", plain(label, "+.3f")
