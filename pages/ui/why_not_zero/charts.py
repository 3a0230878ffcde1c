"""The charts of starts with equal or different hidden units, and of models without a hidden layer."""

from functools import lru_cache
from typing import Any

import altair as alt

from pages.ui.lines import charts as line_chart
from pages.ui.lines.charts import Line, Look
from pages.ui.live.channel import published
from pages.ui.network import charts as network
from pages.ui.theme import BLUE, RED, START_NAMES, ink, muted
from pages.ui.vega import Spec, specification

PAGE = "why_not_zero"
UNITS = Look("", ".3f", 352, "weight", ticks="~g", before=True)
LOOKS = {
    "gradients": Look("Gradient of the weights", ".1e", 200, "mean |∂l/∂w|", log=True),
    "spread": Look("Spread of the units", ".2~g", 152, "largest difference", log=True, before=True),
    "training_error": Look("Training error", ".4f", 152, "mean (o − y)²"),
    "accuracy": Look("Accuracy", ".2f", 200, "share right"),
    "linear": Look("Linear regression", ".3f", 260, "loss", step="iteration", extent=26),
    "logistic": Look("Logistic regression", ".3f", 260, "loss", ticks=".2f", step="iteration", extent=26),
    "softmax": Look("Softmax on MNIST", ".3f", 260, "loss", step="iteration", extent=26),
}
MOST_LABELLED = 8
"""Largest number of labelled groups of hidden units; more would be too many to read."""
LABELS = 20
"""How many labels have room above each other."""
ALT = {
    "units": "One weight of each hidden unit over the epochs; equal units lie on top of each other.",
    "gradients": "The gradients of both layers' weights, without biases, over the epochs.",
    "spread": "The largest difference between two hidden units over the epochs; section 4 has the last.",
    "training_error": "Training error of this start and of random over the epochs.",
    "accuracy": "Accuracy of this start and of random over the epochs.",
    "network": "The network with its current weights; equal units have equal edges.",
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
    charts = {
        name: line_chart.chart(LOOKS[name], drawn, dark, _below(name, dark), page=PAGE) for name, drawn in lines.items()
    }
    charts |= {name: line_chart.chart(LOOKS[name], starts, dark) for name in ("linear", "logistic", "softmax")}
    charts |= {"units": unit_chart(dark), "not_zero": not_zero_chart(dark)}
    charts["network"] = network.drawing(dark, PAGE)
    return {name: specification(chart, ALT[name], muted(dark)) for name, chart in charts.items()}


def _below(name: str, dark: bool) -> list[alt.Chart]:
    return line_chart.most_separable(line_chart.axes(LOOKS[name])[1], dark) if name == "accuracy" else []


def not_zero_chart(dark: bool) -> line_chart.Layers:
    """The training error of all-zero weights, and of three starts with zeros that learn."""
    styles: dict[str, tuple[str, tuple[int, ...], str]] = {
        "zeros": (BLUE, (7, 3), "square"),
        "zero_hidden": (ink(dark), (), "triangle-up"),
        "zero_output": (ink(dark), (2, 2), "diamond"),
        "random_biases": (ink(dark), (10, 3, 2, 3), "cross"),
    }
    lines = [Line(init, START_NAMES[init], *style) for init, style in styles.items()]
    return line_chart.chart(Look("Training error", ".4f", 190, "mean (o − y)²"), lines, dark, reading=180)


def unit_chart(dark: bool) -> line_chart.Layers:
    """One weight of each hidden unit up to the player's position; lines of equal units coincide.

    Datasets: `units` (epoch, unit, value), `tips` (name, value, place, shown, series, subject) and `limits` (epoch,
    value).
    """
    x, y = line_chart.axes(UNITS)
    lines = (
        alt.Chart(alt.NamedData("units"))
        .transform_filter("datum.epoch <= shown")
        .mark_line(color=ink(dark), strokeWidth=2.5, strokeCap="round", strokeJoin="round")
        .encode(x=x, y=y, detail="unit:N")
    )
    layers = alt.layer(
        lines, line_chart.corners(x, y), *_tips(x, y, dark), height=UNITS.height, padding=line_chart.PADDING
    )
    return layers.add_params(*line_chart.shown_parameters(PAGE, "tips", before=True))


def _tips(x: alt.X, y: alt.Y, dark: bool) -> list[alt.Chart]:
    """The labels at the ends of the lines. Units too near to tell apart share one; "=" means equal bits."""
    value = published(PAGE, "datum.series", "datum.place", "datum.value")
    names = "pluck(datum.members, 'name')"
    sign = "(datum.lowest == datum.highest ? ' = ' : ' ≈ ')"
    ends = "data('limits')"
    share = f"(datum.now - {ends}[0].value) / ({ends}[1].value - {ends}[0].value)"
    groups = (
        alt.Chart(alt.NamedData("tips"))
        .transform_calculate(now=value)
        .transform_calculate(band=f"length({ends}) ? round({LABELS} * {share}) : 0")
        .transform_aggregate(
            members="values(name)",
            count="count()",
            lowest="min(now)",
            highest="max(now)",
            middle="mean(now)",
            groupby=["band"],
        )
        .transform_joinaggregate(groups="count()")
        .transform_filter(f"datum.groups <= {MOST_LABELLED}")
        .transform_calculate(
            epoch="shown",
            words=f"datum.count < 5 ? join({names}, {sign}) : "
            f"{names}[0] + {sign} + '…' + {sign} + {names}[datum.count - 1]",
        )
        .encode(x=x, y=line_chart.axis_for("middle", y), text="words:N")
    )
    half = "shown > data('limits')[1].epoch / 2"
    return [
        groups.transform_filter(half).mark_text(**_name(dark), align="right"),
        groups.transform_filter(f"!({half})").mark_text(**_name(dark), align="left"),
    ]


def _name(dark: bool) -> dict[str, Any]:
    return {"baseline": "bottom", "dy": -8, "fontSize": 16, "fontWeight": "bold", "color": ink(dark)}
