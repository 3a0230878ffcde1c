"""Problem 1: the core's results as small Arrow tables for the charts, as HTML and as sentences."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pages.ui import picture
from pages.ui.numbers import factor, plain
from pages.ui.table import Table
from pages.ui.theme import Colouring
from tinynet.activations import A
from tinynet.arrays import Array
from tinynet.fingerprint import fingerprint
from tinynet.network import Weights, forward
from tinynet.regions import Regions, axis, cells

UNITS = ("h₁", "h₂")
LATTICE = slice(5, None, 10)
"""Every tenth grid point along each axis shows a sign."""
LABEL_AT = (0.12, 0.88)
"""Position of a unit's label along its line, as a share; far apart in case both lines coincide."""
_LINES = pa.schema(
    [
        ("unit", pa.string()),
        ("first", pa.int8()),
        *((name, pa.float64()) for name in ("share", "bias", "weight1", "weight2")),
    ]
)


@dataclass(frozen=True)
class View:
    """The display settings: the colouring, and which overlays are shown."""

    colouring: str
    lines: bool
    contour: bool
    signs: bool
    changed: bool


def datasets(
    regions: Regions, before: Regions, view: View, colouring: Colouring, point: tuple[float, float]
) -> dict[str, pa.Table]:
    """All datasets of the chart of the decision regions; `before` is before the last edit."""
    return {
        "network": network(regions.weights),
        "changed": changed(before, regions, view.changed),
        "lines": zero_lines(regions.weights, (0, 1) if view.lines else ()),
        "boundary": boundary(colouring, view.contour),
        "signs": signs(regions, colouring, view.signs),
        "point": marker(*point),
    }


def network(weights: Weights) -> pa.Table:
    """One row: the nine weights, from which the browser computes the values at a point."""
    return pa.table({name: [weight] for name, weight in cells(weights).items()})


def in_order(weights: Weights) -> list[float]:
    """The nine weights in the order of CELLS."""
    return list(cells(weights).values())


def colours(colouring: Colouring) -> dict[str, list[str]]:
    """The colours that the browser needs to draw images of the output and of the hidden units itself."""
    values = picture.ramp(colouring)
    return {"output": values if colouring.continuous else picture.signs(colouring), "hidden": values}


def changed(before: Regions, after: Regions, shown: bool) -> pa.Table:
    """One row: an image of the points whose class has changed, and the weights after it; no row unless `shown`."""
    image = pa.array([picture.hatched(_changed_class(before, after))], pa.string())
    return network(after.weights).append_column("picture", image).slice(0, int(shown))


def effect(before: Regions | None, after: Regions) -> str:
    """How many points the last edit moved to the other class, as HTML. Two lines are reserved so that nothing moves."""
    return f'<div class="effect" role="status">{_effect(before, after)}</div>'


def _effect(before: Regions | None, after: Regions) -> str:
    if before is None:
        return "Change a weight: the points that it turns are counted here."
    turned = _changed_class(before, after)
    count, positive = np.count_nonzero(turned), np.count_nonzero(turned & (after.output >= 0))
    if not count:
        return "The last edit turned no point."
    points = "point" if count == 1 else "points"
    return f"The last edit turned {count:,} {points}: {positive:,} to positive, {count - positive:,} to negative."


def _changed_class(before: Regions, after: Regions) -> NDArray[np.bool_]:
    turned: NDArray[np.bool_] = (before.output >= 0) != (after.output >= 0)
    return turned


def zero_lines(weights: Weights, units: Sequence[int]) -> pa.Table:
    """A row for each of the hidden `units`: its weights, the index of the first in CELLS, and its label's position."""
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


def boundary(colouring: Colouring, shown: bool) -> pa.Table:
    """One row: the colour of the contour o = 0; no row unless `shown`."""
    return pa.table({"colour": pa.array([colouring.boundary] * shown, pa.string())})


def signs(regions: Regions, colouring: Colouring, shown: bool) -> pa.Table:
    """A row for every tenth point in both directions, in the order of `lattice` in contour.js; no rows unless `shown`.

    `positive` is 1 or 0, and the colours `plus` and `minus` contrast with the image where it is positive or negative.
    """
    lattice = LATTICE if shown else slice(0)
    values = axis()[lattice]
    positive = (regions.output[lattice, lattice] >= 0).ravel()
    colours = {"plus": colouring.positive, "minus": colouring.negative}
    return pa.table(
        {
            "place": np.arange(len(positive)),
            "x1": np.repeat(values, len(values)),
            "x2": np.tile(values, len(values)),
            "positive": positive.astype(np.int8),
            **{name: pa.array([contrasting(colouring, under)] * len(positive)) for name, under in colours.items()},
        }
    )


def contrasting(colouring: Colouring, background: str) -> str:
    """Black or white, whichever is readable on `background`."""
    return "black" if colouring.continuous or background == "#FFFFFF" else "white"


def fingerprint_of(regions: Regions) -> str:
    """The fingerprint of the weights and of the number of positive points."""
    return fingerprint([regions.weights.hidden, regions.weights.output, np.array([regions.positive])])


def counts(regions: Regions, colouring: Colouring) -> str:
    """How many of the 10,000 points are positive and negative, as HTML; for a continuous colouring also its scale."""
    rows = (
        ("+ positive, o ≥ 0", colouring.positive, regions.positive),
        ("− negative, o < 0", colouring.negative, regions.negative),
    )
    cells = "".join(
        f'<i style="background:{colour}"></i><div>{escape(name)}</div><b>{count:,}</b>'
        f"<span>{count / regions.output.size:.2%}</span>"
        for name, colour, count in rows
    )
    return f'<div class="counts" role="status">{cells}</div>{_ramp(colouring) if colouring.continuous else ""}'


def _ramp(colouring: Colouring) -> str:
    colours = ", ".join((colouring.negative, colouring.zero, colouring.positive))
    return (
        f'<div class="ramp" style="background:linear-gradient(to right, {colours})"></div>'
        f'<div class="ramp-ends"><span>o = −{A}</span><span>0</span><span>+{A}</span></div>'
    )


def fault(message: str) -> str:
    """What is wrong with the weights and what the image shows instead; a blank line if nothing is."""
    sentence = f"<p>{escape(message)}: the picture shows the last complete weights.</p>" if message else ""
    return f'<div class="fault" role="alert">{sentence}</div>'


def marker(x1: float, x2: float) -> pa.Table:
    """One row: the point."""
    return pa.table({"x1": [x1], "x2": [x2]})


def way_forward(weights: Weights, x1: float, x2: float) -> Table:
    """A row for each unit: its bias, the contribution of each input, their sum net, and f(net)."""
    values = forward(weights, [x1, x2])
    hidden = [float(value) for value in values.hidden]
    rows = {
        name: _row(row, (x1, x2), float(net), value)
        for name, row, net, value in zip(UNITS, weights.hidden, values.hidden_net, hidden, strict=True)
    }
    rows["o"] = _row(weights.output[0], hidden, float(values.output_net[0]), float(values.output[0]))
    return Table([["bias", "weight · first input", "weight · second input", "net", "f(net)"]], rows)


def answer(weights: Weights, x1: float, x2: float) -> str:
    """The class of the point, in a sentence."""
    output = float(forward(weights, [x1, x2]).output[0])
    point = f"({plain(x1, 'g')}, {plain(x2, 'g')})"
    return f"o = {plain(output, '+.4f')}, so {point} is {'negative' if output < 0 else 'positive'}."


def _row(row: Array, inputs: Sequence[float], net: float, value: float) -> list[str]:
    bias, *weights = (float(weight) for weight in row)
    terms = [_term(weight, entered) for weight, entered in zip(weights, inputs, strict=True)]
    return [plain(bias, "+.4f"), *terms, plain(net, "+.4f"), plain(value, "+.4f")]


def _term(weight: float, entered: float) -> str:
    return f"{plain(weight, '.4g')} · {factor(plain(entered, '.4g'))} = {plain(weight * entered, '+.4f')}"
