"""A history of two networks on points of the plane as the page shows it: datasets, and the table below the charts."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from pages.ui.lines import tables as line_tables
from pages.ui.network import tables as network
from pages.ui.numbers import SUBSCRIPTS, exact, plain
from pages.ui.plane.experiment import RUNS
from pages.ui.table import Table
from tinynet import symmetry
from tinynet.arrays import Array
from tinynet.network import Weights, forward
from tinynet.points import Row
from tinynet.training import History

QUANTITIES = ("training_error", "accuracy", "spread")
SPARE = 10
"""How many more points a picture can show than the server knows of yet."""
_LINES = pa.schema(
    [
        *(("unit", pa.int64()), ("name", pa.string()), ("share", pa.float64())),
        *((name, pa.float64()) for name in ("bias", "weight1", "weight2")),
        *((name, pa.string()) for name in ("series", "subject")),
    ]
)


def weights_of(run: int) -> str:
    """The name of the series in which the player publishes a network's weights."""
    return f"weights_{run}"


def recorded(history: History, quantity: str) -> Array:
    """A quantity of both networks: (epochs, 2), or for the spread (1 + epochs, 2) with that of the initial weights."""
    values: Array = symmetry.spread(history.hidden) if quantity == "spread" else getattr(history, quantity)
    return values


def quantity_datasets(history: History, quantity: str, best: float, done: int, subject: str) -> dict[str, pa.Table]:
    """The datasets of the chart of one quantity. `best` is the share of the points that a line parts at best."""
    values, is_spread = recorded(history, quantity), quantity == "spread"
    shown = done if is_spread else done - 1
    tables = line_tables.datasets(values, RUNS, log=is_spread, low=0.0, shown=shown)
    if quantity == "accuracy":
        tables |= {"limits": line_tables.limits(len(values), 0.0, 1.0), "best": pa.table({"value": [best]})}
    return line_tables.follow_player(tables, quantity, subject)


def series(history: History) -> dict[str, Array]:
    """What the player publishes: for each series a row for the initial weights and one after each epoch.

    Each has the shape (1 + epochs, networks), the weights of a network (1 + epochs, weights).
    """
    recorded_in_epochs = {name: line_tables.with_initial_row(recorded(history, name)) for name in QUANTITIES[:2]}
    return {
        **recorded_in_epochs,
        "spread": line_tables.forward_filled(recorded(history, "spread")),
        **{weights_of(run): network.weights_after(history, run) for run in range(len(RUNS))},
    }


def picture(rows: Sequence[Row], weights: Weights | None, run: int, subject: str) -> dict[str, pa.Table]:
    """The datasets of the picture of a network: the points, and the lines of its hidden units.

    `points` (index, x1, x2, label, wrong, series, subject) has SPARE empty rows for points to come. `lines` (unit,
    name, share, bias, weight1, weight2, series, subject) has a row for each unit; none without a network.
    """
    columns = list(zip(*rows, *[(None, None, None)] * SPARE, strict=True))
    count = len(rows) + SPARE
    wrong = [] if weights is None else is_wrong(weights, rows)
    return {
        "points": pa.table(
            {
                "index": range(count),
                **{
                    name: pa.array(column, pa.float64())
                    for name, column in zip(("x1", "x2", "label"), columns, strict=True)
                },
                "wrong": [*wrong, *[False] * (count - len(wrong))],
                "series": [f"wrong_{run}"] * count,
                "subject": [subject] * count,
            }
        ),
        "lines": pa.Table.from_pylist([] if weights is None else _lines(weights, run, subject), _LINES),
    }


def outputs(weights: Weights, rows: Sequence[Row]) -> Array:
    """The output of a network for each point, shape (points,)."""
    x1, x2, _ = np.array(rows, dtype=np.float64).T
    found: Array = forward(weights, [x1, x2]).output[0]
    return found


def is_wrong(weights: Weights, rows: Sequence[Row]) -> list[bool]:
    """Whether a network has each point on the wrong side; an output of 0 is wrong for both classes."""
    wrong: list[bool] = (outputs(weights, rows) * [label for *_, label in rows] <= 0).tolist()
    return wrong


def right(weights: Weights, rows: Sequence[Row]) -> int:
    """How many points a network has on the right side."""
    return len(rows) - sum(is_wrong(weights, rows))


def _lines(weights: Weights, run: int, subject: str) -> list[dict[str, object]]:
    return [
        {
            "unit": unit,
            "name": f"h{unit + 1}".translate(SUBSCRIPTS),
            "share": _share(unit),
            **dict(zip(("bias", "weight1", "weight2"), row, strict=True)),
            "series": weights_of(run),
            "subject": subject,
        }
        for unit, row in enumerate(weights.hidden.tolist())
    ]


def _share(unit: int) -> float:
    """Where on its line a unit is named: near one end and the other by turns, neighbours apart."""
    inwards = 0.09 + 0.07 * (unit // 2 % 4)
    return 1 - inwards if unit % 2 else inwards


def summary(history: History, rows: Sequence[Row], names: Sequence[str], done: int) -> Table:
    """A column for each network: its values after `done` epochs."""
    columns = [_run_summary(history, rows, run, done) for run in range(len(RUNS))]
    heads = [f"{run} · {name}" for run, name in zip(RUNS, names, strict=True)]
    return Table([heads], {name: [column[name] for column in columns] for name in columns[0]})


def _run_summary(history: History, rows: Sequence[Row], run: int, done: int) -> dict[str, str]:
    at = min(done, history.last_epoch[run] + 1) - 1
    weights = history.weights(run, done)
    return {
        "epoch": plain(at if at >= 0 else None, "d"),
        "training error": plain(history.training_error[at, run] if at >= 0 else None, ".4f"),
        "accuracy, before each step": plain(history.accuracy[at, run] if at >= 0 else None, ".2f"),
        "right, after the epoch": f"{right(weights, rows)} of {len(rows)}",
        "spread": exact(float(recorded(history, "spread")[at + 1, run])),
        "different units": f"{symmetry.different_units(weights)} of {len(weights.hidden)}",
    }
