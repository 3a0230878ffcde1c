"""The charts of starts with equal or different hidden units, and of models without a hidden layer."""

from functools import lru_cache
from typing import Any

import altair as alt

from pages.ui.lines import charts as line_chart
from pages.ui.lines.charts import Line, Look
from pages.ui.live.channel import published
from pages.ui.network import charts as network
from pages.ui.theme import BLUE, RED, START_NAMES, ink
from pages.ui.vega import Spec, specification

PAGE = "why_not_zero"
UNITS = Look("", ".3f", 416, "weight", ticks="~g")
LOOKS = {
    "gradients": Look("Gradient of each layer", ".1e", 176, "mean |∂l/∂w|", log=True),
    "spread": Look("Spread of the units", ".2~g", 176, "largest difference", log=True, before=True),
    "training_error": Look("Training error", ".4f", 220, "mean (o − y)²"),
    "accuracy": Look("Accuracy", ".2f", 220, "share right"),
    "linear": Look("Linear regression", ".3f", 160, "loss", step="iteration", extent=26),
    "logistic": Look("Logistic regression", ".3f", 160, "loss", ticks=".2f", step="iteration", extent=26),
    "softmax": Look("Softmax on MNIST", ".3f", 160, "loss", step="iteration", extent=26),
}
MOST_NAMED = 8
"""Largest number of labelled groups of hidden units; more labels would overlap."""
NARROW_READING = 128
"""Pixels from one reading to the next in a chart a third of the page wide."""


ALT = {
    "units": "One weight of each hidden unit over the epochs; equal units lie on top of each other.",
    "gradients": "The gradients of the hidden and the output layer over the epochs; the last table has the last ones.",
    "spread": "The largest difference between two hidden units over the epochs; the last table has the last ones.",
    "training_error": "Training error of this start and of random over the epochs.",
    "accuracy": "Accuracy of this start and of random over the epochs.",
    "network": "The network with its {} weights; equal units have equal edges. The derivation has numbers.",
    "not_zero": "The training error of zeros everywhere, and of three starts with zeros that learn.",
    "linear": "The loss of linear regression on the 20 samples, from zeros and from random weights.",
    "logistic": "The loss of logistic regression on the 20 samples, from zeros and from random weights.",
    "softmax": "The loss of softmax regression on MNIST, from zeros and from random weights.",
}
"""The text alternative of each chart."""


@lru_cache(maxsize=2)
def specifications(dark: bool) -> dict[str, Spec]:
    """All charts of the page about the 20 samples and about models without a hidden layer, by name."""
    pair = [Line("chosen", "this start", BLUE, (7, 3), "square"), Line("random", "random", RED)]
    layers = [Line("hidden", "hidden", ink(dark)), Line("output", "output", ink(dark), (5, 5), "cross")]
    starts = [Line("zeros", "zeros", BLUE, (7, 3), "square"), Line("random", "random", RED)]
    lines = {"gradients": layers, "spread": pair, "training_error": pair, "accuracy": pair}
    charts = {name: line_chart.chart(LOOKS[name], lines[name], dark, _below(name, dark), page=PAGE) for name in lines}
    charts |= {
        name: line_chart.chart(LOOKS[name], starts, dark, reading=NARROW_READING)
        for name in ("linear", "logistic", "softmax")
    }
    charts |= {"units": unit_chart(dark), "not_zero": not_zero_chart(dark)}
    charts["network"] = network.drawing(dark, PAGE)
    return {name: specification(chart, ALT[name]) for name, chart in charts.items()}


def _below(name: str, dark: bool) -> list[alt.Chart]:
    return line_chart.most_separable(line_chart.axes(LOOKS[name])[1], dark) if name == "accuracy" else []


def not_zero_chart(dark: bool) -> line_chart.Layers:
    """The training error of all-zero weights, and of three starts with zeros that learn."""
    styles: dict[str, tuple[str, tuple[int, ...], str]] = {
        "zeros": (BLUE, (7, 3), "square"),
        "zero_hidden": (ink(dark), (1, 0), "triangle-up"),
        "zero_output": (ink(dark), (2, 2), "diamond"),
        "random_biases": (ink(dark), (10, 3, 2, 3), "cross"),
    }
    lines = [Line(init, START_NAMES[init], *style) for init, style in styles.items()]
    return line_chart.chart(Look("Training error", ".4f", 300, "mean (o − y)²"), lines, dark, reading=180)


def unit_chart(dark: bool) -> line_chart.Layers:
    """One weight of each hidden unit up to the player's position; the first line is the widest and lowest.

    Datasets: `units` (epoch, unit, value, width, shade), `tips` (name, value, place, shown, series, subject) and
    `limits` (epoch, value).
    """
    x, y = line_chart.axes(UNITS)
    lines = (
        alt.Chart(alt.NamedData("units"))
        .transform_filter("datum.epoch <= shown")
        .mark_line(color=ink(dark), strokeCap="round", strokeJoin="round")
        .encode(
            x=x,
            y=y,
            detail="unit:N",
            strokeWidth=alt.StrokeWidth("width:Q", scale=None),
            opacity=alt.Opacity("shade:Q", scale=None),
        )
    )
    layers = alt.layer(
        lines, line_chart.corners(x, y), *_tips(x, y, dark), height=UNITS.height, padding=line_chart.PADDING
    )
    return layers.add_params(*line_chart.shown_parameters(PAGE, "tips", before=True))


def _tips(x: alt.X, y: alt.Y, dark: bool) -> list[alt.Chart]:
    """The labels at the ends of the lines: units equal to the last bit share one, if there is room."""
    value = published(PAGE, "datum.series", "datum.place", "datum.value")
    names = "pluck(datum.members, 'name')"
    groups = (
        alt.Chart(alt.NamedData("tips"))
        .transform_calculate(now=value)
        .transform_aggregate(members="values(name)", count="count()", groupby=["now"])
        .transform_joinaggregate(groups="count()")
        .transform_filter(f"datum.groups <= {MOST_NAMED}")
        .transform_calculate(
            epoch="shown",
            words=f"datum.count < 4 ? join({names}, ' = ') : {names}[0] + ' = … = ' + {names}[datum.count - 1]",
        )
        .encode(x=x, y=line_chart.axis_for("now", y), text="words:N")
    )
    half = "shown > data('limits')[1].epoch / 2"
    return [
        groups.transform_filter(half).mark_text(**_name(dark), align="right"),
        groups.transform_filter(f"!({half})").mark_text(**_name(dark), align="left"),
    ]


def _name(dark: bool) -> dict[str, Any]:
    return {"baseline": "bottom", "dy": -8, "fontSize": 16, "fontWeight": "bold", "color": ink(dark)}
