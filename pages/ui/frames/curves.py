"""Lines over epochs or iterations as the tables that `pages.ui.charts.curves` draws."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from tinynet.arrays import Array


def datasets(values: Array, keys: Sequence[str], log: bool = False, low: float | None = None) -> dict[str, pa.Table]:
    """All datasets of a chart of `values` (steps, lines), each line to its last step that is not nan.

    A linear axis starts at `low`, or a little below the smallest value.
    """
    last = [int(np.flatnonzero(np.isfinite(column))[-1]) for column in values.T]
    shown = drawable(values) if log else values
    return {
        "curve": curve(shown, keys, len(values)),
        "now": now(shown, keys, last, len(values)),
        "limits": limits(len(values), *(_decades(values) if log else _linear_range(values, low))),
    }


def drawable(values: Array) -> Array:
    """What a logarithmic axis can show: it has no place for 0."""
    return np.where(values > 0, values, np.nan)


def log_range(values: Array) -> tuple[float, float]:
    """A range with room above and below, whatever the values are; 0 does not count."""
    positive = values[values > 0]
    return (positive.min() / 1.5, positive.max() * 6) if positive.size else (0.1, 1.0)


def _decades(values: Array) -> tuple[float, float]:
    """The powers of ten around the values, for a logarithmic axis has its ticks there."""
    low, high = log_range(values)
    return 10.0 ** np.floor(np.log10(low)), 10.0 ** np.ceil(np.log10(high / 3))


def _linear_range(values: Array, low: float | None) -> tuple[float, float]:
    smallest, largest = float(np.nanmin(values)), float(np.nanmax(values))
    room = 0.08 * (largest - smallest) or 0.5
    return smallest - room if low is None else low, largest + room


def curve(values: Array, keys: Sequence[str], done: int, stride: int = 1) -> pa.Table:
    """The first `done` steps, every `stride`th and the last: a column `epoch` and one for each line."""
    rows = np.arange(0, done, stride)
    if done and rows[-1] < done - 1:
        rows = np.append(rows, done - 1)
    columns = {key: pa.array(values[rows, place], from_pandas=True) for place, key in enumerate(keys)}
    return pa.table({"epoch": rows, **columns})


def now(values: Array, keys: Sequence[str], last_epoch: Sequence[int], done: int, stride: int = 1) -> pa.Table:
    """What is read without a pointer, a row for each line; none before the first step.

    `epoch` is the last of all, `last_epoch` and `last` are those of the line by then, `slot` its place among the lines;
    by `stride`, that of the curve, the step under a pointer is found.
    """
    count = len(keys) if done else 0
    last = np.minimum(done - 1, np.array(last_epoch[:count], int))
    return pa.table(
        {
            "run": pa.array(keys[:count], pa.string()),
            "slot": np.arange(count),
            "epoch": np.full(count, done - 1),
            "stride": np.full(count, stride),
            "last_epoch": last,
            "last": pa.array(values[last, np.arange(count)], from_pandas=True),
        }
    )


def limits(steps: int, low: float, high: float) -> pa.Table:
    """Two corners of a chart that holds all steps, so that its axes stay put while it is played."""
    return pa.table({"epoch": [0, steps - 1], "value": [low, high]})
