"""The datasets of the line charts of `pages.ui.lines.charts`."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from tinynet.arrays import Array

POINTS = 500
"""Approximate maximum of points drawn per line; the readings at the last step shown are exact regardless."""


def datasets(
    values: Array, keys: Sequence[str], log: bool = False, low: float | None = None, shown: int | None = None
) -> dict[str, pa.Table]:
    """All datasets of a chart of `values` (steps, lines); each line ends at its last step that is not nan.

    A linear axis starts at `low`, or a little below the smallest value. `shown` is the last step shown, by default the
    last step.
    """
    last = [int(np.flatnonzero(np.isfinite(column))[-1]) for column in values.T]
    drawn = drawable(values) if log else values
    return {
        "curve": curve(drawn, keys, last),
        "now": now(drawn, keys, last, len(values) - 1 if shown is None else shown),
        "limits": limits(len(values), *(_decades(values) if log else _linear_range(values, low))),
    }


def drawable(values: Array) -> Array:
    """`values` (any shape) for a logarithmic axis, which cannot show 0: nan unless positive."""
    return np.where(values > 0, values, np.nan)


def log_range(values: Array) -> tuple[float, float]:
    """A range of positive numbers with room above and below the `values` (any shape) that are positive."""
    positive = values[values > 0]
    return (positive.min() / 1.5, positive.max() * 1.5) if positive.size else (0.1, 1.0)


def _decades(values: Array) -> tuple[float, float]:
    """The powers of ten around the values, because a logarithmic axis has its ticks there."""
    low, high = log_range(values)
    return 10.0 ** np.floor(np.log10(low)), 10.0 ** np.ceil(np.log10(high))


def _linear_range(values: Array, low: float | None) -> tuple[float, float]:
    smallest, largest = float(np.nanmin(values)), float(np.nanmax(values))
    room = 0.08 * (largest - smallest) or 0.5
    return smallest - room if low is None else low, largest + room


def stride(steps: int) -> int:
    """The distance in steps between two drawn points."""
    return 1 + (steps - 1) // POINTS


def curve(values: Array, keys: Sequence[str], last_epoch: Sequence[int]) -> pa.Table:
    """The lines of `values` (steps, lines), thinned except at their ends: a column `epoch` and one for each line."""
    steps = len(values)
    rows = np.unique([*range(0, steps, stride(steps)), *last_epoch, steps - 1])
    columns = {key: pa.array(values[rows, place], from_pandas=True) for place, key in enumerate(keys)}
    return pa.table({"epoch": rows, **columns})


def now(values: Array, keys: Sequence[str], last_epoch: Sequence[int], shown: int) -> pa.Table:
    """Values shown when nothing is hovered, a row for each line.

    `shown` is the last step shown (-1: none yet), `value` the line's value at that step, `last` its value in its
    `last_epoch`, `slot` its index among the lines, and `stride` the distance of the steps that can be hovered.
    """
    count = len(keys)
    places, last = np.arange(count), np.array(last_epoch)
    return pa.table(
        {
            "run": pa.array(keys, pa.string()),
            "slot": places,
            "shown": np.full(count, shown),
            "stride": np.full(count, stride(len(values))),
            "value": pa.array(values[np.clip(shown, 0, last), places], from_pandas=True),
            "last_epoch": last,
            "last": pa.array(values[last, places], from_pandas=True),
        }
    )


def follow_player(tables: dict[str, pa.Table], series: str, subject: str) -> dict[str, pa.Table]:
    """`tables` for a chart that follows a player, which publishes the values of the lines as `series`."""
    now = tables["now"]
    for name, value in {"series": series, "subject": subject}.items():
        now = now.append_column(name, pa.array([value] * now.num_rows, pa.string()))
    return tables | {"now": now}


def with_initial_row(values: Array) -> Array:
    """The rows that a player publishes of `values` (epochs, lines): a row of nan, then one after each epoch."""
    return np.concatenate([np.full((1, values.shape[1]), np.nan), forward_filled(values)])


def forward_filled(values: Array) -> Array:
    """`values` (steps, lines) where each line keeps its last value after it has ended."""
    rows = np.where(np.isfinite(values), np.arange(len(values))[:, None], 0)
    held: Array = np.take_along_axis(values, np.maximum.accumulate(rows), axis=0)
    return held


def limits(steps: int, low: float, high: float) -> pa.Table:
    """Two corners of a chart of all steps, so that its axes stay fixed during playback."""
    return pa.table({"epoch": [0, steps - 1], "value": [low, high]})
