"""The way forward of problem 1 at one point, with all its numbers."""

from collections.abc import Sequence

import pyarrow as pa
from pages.ui.training.sheets import Sheet

from tinynet.arrays import Array
from tinynet.network import Weights, forward


def marker(x1: float, x2: float) -> pa.Table:
    """One row: the point."""
    return pa.table({"x1": [x1], "x2": [x2]})


def way_forward(weights: Weights, x1: float, x2: float) -> Sheet:
    """A row for each unit: its bias and what each of its inputs adds, their sum net, and f(net)."""
    values = forward(weights, [x1, x2])
    hidden = [float(value) for value in values.hidden]
    rows = {
        name: _row(row, (x1, x2), float(net), value)
        for name, row, net, value in zip(("h₁", "h₂"), weights.hidden, values.hidden_net, hidden, strict=True)
    }
    rows["o"] = _row(weights.output[0], hidden, float(values.output_net[0]), float(values.output[0]))
    return Sheet([["bias", "weight · first input", "weight · second input", "net", "f(net)"]], rows)


def answer(weights: Weights, x1: float, x2: float) -> str:
    """What the network calls the point, in a sentence."""
    output = float(forward(weights, [x1, x2]).output[0])
    return f"o = {_signed(output)}, so ({x1:g}, {x2:g}) is {'negative' if output < 0 else 'positive'}.".replace(
        "-", "−"
    )


def _row(row: Array, inputs: Sequence[float], net: float, value: float) -> list[str]:
    bias, *weights = (float(weight) for weight in row)
    terms = [_term(weight, entered) for weight, entered in zip(weights, inputs, strict=True)]
    return [_signed(bias), *terms, _signed(net), _signed(value)]


def _term(weight: float, entered: float) -> str:
    factor = f"({entered:.4g})" if entered < 0 else f"{entered:.4g}"
    return f"{weight:.4g} · {factor} = {_signed(weight * entered)}".replace("-", "−")


def _signed(value: float) -> str:
    return format(value, "+.4f" if abs(value) < 1e4 else "+.3e").replace("-", "−")
