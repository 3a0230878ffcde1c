"""What the output unit sees of the 20 samples: one number each, h, if there is one hidden unit."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from tinynet.activations import A, activation
from tinynet.arrays import Array
from tinynet.datasets import TWENTY
from tinynet.network import Weights, forward, net

CLOSE = 0.35
"""In h: samples nearer than that to the first of them are named together."""


def datasets(weights: Weights) -> dict[str, pa.Table]:
    """The datasets of the chart of o over h.

    `points` (h, o, sample, positive, right, words): a row for each sample, numbered from 1; `words` names those that
    are wrong. `curve` (h, o): what the output unit makes of any h.
    """
    values = forward(weights, list(TWENTY.inputs.T))
    right = values.output[0] * TWENTY.labels > 0
    curve = np.linspace(-A, A, 61)
    return {
        "points": pa.table(
            {
                "h": values.hidden[0],
                "o": values.output[0],
                "sample": np.arange(1, len(right) + 1),
                "positive": TWENTY.labels > 0,
                "right": right,
                "words": _names(values.hidden[0], np.flatnonzero(~right)),
            }
        ),
        "curve": pa.table({"h": curve, "o": activation(net(weights.output, [curve])[0])}),
    }


def _names(h: Array, wrong: NDArray[np.intp]) -> list[str]:
    """For each sample the numbers to write at it: at the first of those that lie close together, those of all."""
    names = [""] * len(h)
    left = sorted(wrong.tolist(), key=lambda sample: float(h[sample]))
    while left:
        close = [sample for sample in left if h[sample] - h[left[0]] < CLOSE]
        names[close[0]] = ", ".join(str(sample + 1) for sample in sorted(close))
        left = left[len(close) :]
    return names
