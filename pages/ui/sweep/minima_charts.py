"""The charts of one order seed: how its runs spread, and the gradients by which they stop."""

from typing import Any

import altair as alt

from pages.ui.lines import charts as line_chart
from pages.ui.lines.charts import words
from pages.ui.theme import BLUE, RED, ink, muted

HISTOGRAMS = {
    "break_epoch": ("Epoch of the stop", "d"),
    "reached": ("First epoch with 80 %", "d"),
    "training_error": ("Training error at the end", ".2f"),
    "accuracy": ("Accuracy at the end", ".2f"),
}
"""The title of each histogram and the format of its axis."""
HEIGHT = 150
GRADIENTS = 300
TITLE = alt.YValue(-14)
ZERO = alt.Y2Datum(0)


def charts(dark: bool) -> dict[str, line_chart.Layers]:
    """All charts of one order seed, by name."""
    return {name: histogram(name, dark) for name in HISTOGRAMS} | {"together": together(dark)}


def histogram(quantity: str, dark: bool) -> line_chart.Layers:
    """How often each value came: all random runs pale, those that are picked full, and a square where same is.

    Datasets: `bars` (low, high, all, picked), `same` (value) and `limits` (value, count, missing).
    """
    title, form = HISTOGRAMS[quantity]
    bars = alt.Chart(alt.NamedData("bars"))
    x = alt.X("low:Q", title=None, scale=_scale("value"), axis=_axis(form))
    y = alt.Y("all:Q", title=None, scale=_scale("count"), axis=alt.Axis(tickCount=4, format="~s", minExtent=34))
    tooltip = [
        alt.Tooltip("low:Q", title="from", format=".4~g"),
        alt.Tooltip("high:Q", title="to", format=".4~g"),
        alt.Tooltip("all:Q", title="runs", format=",d"),
        alt.Tooltip("picked:Q", title="of them picked", format=",d"),
    ]
    same = alt.Chart(alt.NamedData("same"))
    missing = (
        line_chart.once().transform_calculate(missing="data('limits')[0].missing").transform_filter("datum.missing > 0")
    )
    missing = missing.transform_calculate(words="format(datum.missing, ',') + ' never'")
    return alt.layer(
        bars.mark_bar(color=RED, opacity=0.3, binSpacing=0).encode(x=x, x2="high", y=y, y2=ZERO, tooltip=tooltip),
        bars.mark_bar(color=RED, binSpacing=0).encode(x=x, x2="high", y=alt.Y("picked:Q"), y2=ZERO, tooltip=tooltip),
        same.mark_rule(color=BLUE, strokeWidth=2, strokeDash=[7, 3]).encode(x=alt.X("value:Q")),
        same.mark_point(shape="square", filled=True, color=BLUE, size=110, opacity=1).encode(
            x=alt.X("value:Q"), y=alt.YValue(0)
        ),
        line_chart.once()
        .mark_text(**words(dark), align="left", fontWeight="bold", text=title)
        .encode(x=alt.XValue(0), y=TITLE),
        missing.mark_text(**words(dark), align="right").encode(x=alt.XValue("width"), y=TITLE, text="words:N"),
        height=HEIGHT,
        padding=line_chart.PADDING,
    )


def _scale(column: str) -> alt.Scale:
    """From the first to the second row of `limits`."""
    ends = [alt.ExprRef(f"length(data('limits')) ? data('limits')[{end}].{column} : {end}") for end in (0, 1)]
    return alt.Scale(domain=ends, nice=False)


def _axis(form: str) -> alt.Axis:
    return alt.Axis(format=form, tickCount=5, tickMinStep=0.05 if form == ".2f" else 1, grid=False)


def together(dark: bool) -> line_chart.Layers:
    """The gradients of some runs around the epoch in which they stop, and of epochs that start from equal weights.

    Datasets: `lines` (run, epoch, value), `alike` (epoch, value), `theta` (value), `stop` (epoch), `limits` (epoch,
    value).
    """
    x, y = line_chart.axes(line_chart.Look("", ".4f", GRADIENTS, ticks=".3f"))
    style: dict[str, Any] = words(dark) | {"fontSize": 14}
    theta = alt.Chart(alt.NamedData("theta"))
    return alt.layer(
        line_chart.corners(x, y),
        theta.mark_rule(color=muted(dark), strokeDash=[4, 4]).encode(y=y),
        alt.Chart(alt.NamedData("stop")).mark_rule(color=muted(dark), strokeWidth=8, opacity=0.3).encode(x=x),
        alt.Chart(alt.NamedData("lines"))
        .mark_line(color=RED, strokeWidth=2, opacity=0.7)
        .encode(x=x, y=y, detail="run:N"),
        alt.Chart(alt.NamedData("alike")).mark_line(color=ink(dark), strokeWidth=2, strokeDash=[2, 4]).encode(x=x, y=y),
        theta.mark_text(**style, align="left", dx=4, dy=-10, text="θ").encode(x=alt.XValue(0), y=y),
        line_chart.once()
        .mark_text(**words(dark), align="left", fontWeight="bold", text="Mean gradient")
        .encode(x=alt.XValue(0), y=TITLE),
        height=GRADIENTS,
        padding=line_chart.PADDING,
    )
