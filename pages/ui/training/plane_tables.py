"""What the output unit sees of the 20 samples: one number each, h, if there is one hidden unit."""

import numpy as np
import pyarrow as pa

from tinynet.activations import A
from tinynet.datasets import TWENTY
from tinynet.network import Weights, forward

WEIGHTS = [f"w{place}" for place in range(6)]
"""The columns of the weights, in a textbook's order."""


def datasets(weights: Weights, slot: int, series: str, subject: str) -> dict[str, pa.Table]:
    """The datasets of the chart of o over h.

    `points` (x1, x2, x3, sample, positive, wrong): a row for each sample, numbered from 1. `curve` (h): the h at which
    o is drawn. Both have the columns of WEIGHTS, slot, series and subject: while a player publishes weights as
    `series`, the chart shows these.
    """
    flat = [*weights.hidden.ravel().tolist(), *weights.output.ravel().tolist()]
    network = {**dict(zip(WEIGHTS, flat, strict=True)), "slot": slot, "series": series, "subject": subject}
    points = {
        **{f"x{i + 1}": column for i, column in enumerate(TWENTY.inputs.T)},
        "sample": np.arange(1, len(TWENTY.labels) + 1),
        "positive": TWENTY.labels > 0,
        "wrong": forward(weights, list(TWENTY.inputs.T)).output[0] * TWENTY.labels <= 0,
    }
    return {"points": _with(points, network), "curve": _with({"h": np.linspace(-A, A, 61)}, network)}


def _with(columns: dict[str, object], constants: dict[str, object]) -> pa.Table:
    rows = pa.table(columns)
    for name, value in constants.items():
        rows = rows.append_column(name, pa.array([value] * rows.num_rows))
    return rows
