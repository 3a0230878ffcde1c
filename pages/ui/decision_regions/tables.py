"""Problem 1: from the core's results to the small Arrow tables that the charts draw, and to the downloads."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pages.ui import picture
from pages.ui.theme import Colouring
from tinynet.activations import A, activation
from tinynet.arrays import Array
from tinynet.fingerprint import fingerprint
from tinynet.network import Weights
from tinynet.regions import Regions, axis, cells, zero_contour

UNITS = ("h₁", "h₂")
LATTICE = slice(5, None, 10)
"""Every tenth point of an axis carries a sign."""
NO_EDIT = "Change a weight: how many points it turns is counted here."
LABEL_AT = (0.12, 0.88)
"""Where along a unit's line its label stands; far apart, should both lines fall together."""
_LINES = pa.schema(
    [
        ("unit", pa.string()),
        ("first", pa.int8()),
        *((name, pa.float64()) for name in ("share", "bias", "weight1", "weight2")),
    ]
)


def network(weights: Weights, regions: Regions, colouring: Colouring) -> pa.Table:
    """One row: the picture of the output, and the nine weights from which the browser works out a single point."""
    paint = picture.by_value if colouring.continuous else picture.by_sign
    url = paint(regions.output, colouring)
    return pa.table({"picture": [url], **{k: [v] for k, v in cells(weights).items()}})


def colours(colouring: Colouring) -> dict[str, list[str]]:
    """The colours of the pictures of the output and of the hidden units, for pictures that the browser makes."""
    values = picture.ramp(colouring)
    return {"output": values if colouring.continuous else picture.signs(colouring), "hidden": values}


def changed(before: Regions, after: Regions, shown: bool) -> pa.Table:
    """One row: a picture of the points that are on the other side now; none if it is not `shown`."""
    pictures = [picture.hatched(_turned(before, after))] if shown else []
    return pa.table({"picture": pa.array(pictures, pa.string())})


def effect(before: Regions, after: Regions) -> str:
    """How many points the last edit turned, in a sentence."""
    turned = _turned(before, after)
    count, positive = np.count_nonzero(turned), np.count_nonzero(turned & (after.output >= 0))
    if not count:
        return "The last edit turned no point."
    return f"The last edit turned {count:,} points: {positive:,} to positive, {count - positive:,} to negative."


def _turned(before: Regions, after: Regions) -> NDArray[np.bool_]:
    turned: NDArray[np.bool_] = (before.output >= 0) != (after.output >= 0)
    return turned


def hidden_map(values: Array, colouring: Colouring) -> pa.Table:
    """One row: the picture of one hidden unit's `values` (x1, x2)."""
    return pa.table({"picture": [picture.by_value(values, colouring)]})


def zero_lines(weights: Weights, units: Sequence[int]) -> pa.Table:
    """A row for each of the hidden `units`: its weights, the number of the first in CELLS, and its label's place."""
    columns = ("bias", "weight1", "weight2")
    rows = [
        {
            "unit": UNITS[unit],
            "first": unit * len(columns),
            "share": LABEL_AT[unit],
            **dict(zip(columns, weights.hidden[unit].tolist(), strict=True)),
        }
        for unit in units
    ]
    return pa.Table.from_pylist(rows, _LINES)


def contour(regions: Regions, colouring: Colouring, shown: bool) -> pa.Table:
    """A row for each straight piece of the line o = 0 with its colour; none if it is not `shown`."""
    pieces = zero_contour(regions.output) if shown else np.empty((0, 4))
    ends = dict(zip(("x1", "x2", "x1_end", "x2_end"), pieces.T, strict=True))
    return pa.table({**ends, "colour": pa.array([colouring.boundary] * len(pieces), pa.string())})


def signs(regions: Regions, colouring: Colouring, shown: bool) -> pa.Table:
    """A row for every tenth point in both directions: its sign, and a colour in which that can be read there.

    None if they are not `shown`.
    """
    lattice = LATTICE if shown else slice(0)
    values = axis()[lattice]
    positive = (regions.output[lattice, lattice] >= 0).ravel()
    return pa.table(
        {
            "x1": np.repeat(values, len(values)),
            "x2": np.tile(values, len(values)),
            "sign": np.where(positive, "+", "−"),
            "colour": np.where(positive, on(colouring, colouring.positive), on(colouring, colouring.negative)),
        }
    )


def on(colouring: Colouring, background: str) -> str:
    """The colour, black or white, of a sign that stands on `background`."""
    return "black" if colouring.continuous or background == "#FFFFFF" else "white"


def activation_curve(limit: float = 12.0) -> pa.Table:
    """The activation f over net from -limit to +limit."""
    net = np.linspace(-limit, limit, 121)
    return pa.table({"net": net, "f": activation(net)})


def activation_limits() -> pa.Table:
    """The two limits ±a that f never passes, with their names."""
    return pa.table({"f": [A, -A], "name": ["a", "−a"]})


def fingerprint_of(weights: Weights, regions: Regions) -> str:
    """The fingerprint of the weights and of how many points they make positive."""
    return fingerprint([weights.hidden, weights.output, np.array([regions.positive])])


def as_csv(regions: Regions) -> str:
    """All 10,000 points: x1, x2, h1, h2, o and the class."""
    x1, x2 = (side.ravel() for side in np.meshgrid(axis(), axis(), indexing="ij"))
    columns = (x1, x2, *regions.hidden.reshape(2, -1), regions.output.ravel())
    rows = (
        f"{a:.1f},{b:.1f},{h1!r},{h2!r},{o!r},{'positive' if o >= 0 else 'negative'}"
        for a, b, h1, h2, o in zip(*(column.tolist() for column in columns), strict=True)
    )
    return "\n".join(["x1,x2,h1,h2,o,class", *rows, ""])


def as_json(weights: Weights, view: Mapping[str, Any]) -> str:
    """The two matrices, in the form that `python -m tinynet regions` takes them, and how they are shown."""
    settings = {"hidden": weights.hidden.tolist(), "output": weights.output[0].tolist(), **view}
    return json.dumps(settings, indent=2, ensure_ascii=False)
