"""The charts of a sweep: stopping epochs by order seed, and the runs of one order seed in detail."""

from functools import lru_cache
from typing import Any

import altair as alt

from pages.ui.lines import charts as line_chart
from pages.ui.lines.charts import text_style
from pages.ui.theme import BLUE, RED, ink, muted
from pages.ui.vega import Spec, specification

TALLEST = 440
"""Largest height of all rows together in pixels; with more of them, each is lower than ROW."""
ROW, SMALLEST_ROW = 30, 4
READABLE = 15
"""Smallest distance between two labels in pixels."""
HEAD, FOOT = 26, 50
"""Pixels above the rows, for the column headings, and below, for the axis."""
NARROW = "width < 480"
SEED_WIDTH = f"({NARROW} ? 64 : 88)"
"""Width of the order seeds at the left, in pixels; a Vega expression."""
COUNT_WIDTH = f"({NARROW} ? 40 : 62)"
"""Width of one column of counts at the right, in pixels; a Vega expression."""
COUNT_COLUMNS = {"earlier": f"width - 2 * {COUNT_WIDTH}", "equal": f"width - {COUNT_WIDTH}", "later": "width"}
"""The columns of counts at the right, each with its right edge."""
COUNTS_LEFT = f"width - 3 * {COUNT_WIDTH}"
"""The left edge of the counts."""


HISTOGRAMS = {
    "break_epoch": ("Epoch of the stop", "d"),
    "reached": ("First epoch with 80%", "d"),
    "training_error": ("Training error at the end", ".2f"),
    "accuracy": ("Accuracy at the end", ".2f"),
}
"""The title of each histogram and the format of its axis."""
HEIGHT = 150
GRADIENTS = 300
STOPS = (
    "datum.never ? 'no epoch' : datum.first === datum.last ? 'epoch ' + datum.first : "
    "'epochs ' + datum.first + ' to ' + datum.last"
)
"""When the runs of a cell stop, as a Vega expression."""
_TITLE_Y = alt.YValue(-14)
_BASELINE = alt.Y2Datum(0)


ALT = {
    "strips": "For each order seed the epochs in which random runs stop, and that of same; the tables have the counts.",
    "break_epoch": "Histogram of the epochs in which the random runs stop, with that of same.",
    "reached": "Histogram of the first epochs in which the random runs have 80% right, with that of same.",
    "training_error": "Histogram of the training errors of the random runs in their last epoch, with that of same.",
    "accuracy": "Histogram of the accuracies of the random runs in their last epoch, with that of same.",
    "together": "The mean gradients of some of these runs around the epoch in which they stop.",
}
"""The text alternative of each chart."""


@lru_cache(maxsize=16)
def specifications(rows: int, dark: bool) -> dict[str, Spec]:
    """All charts of the page, by name, for this number of order seeds."""
    charts = {"strips": strip_chart(rows, dark), "together": gradient_chart(dark)}
    charts |= {name: histogram(name, dark) for name in HISTOGRAMS}
    return {name: specification(chart, ALT[name], muted(dark)) for name, chart in charts.items()}


def row_height(rows: int) -> float:
    """Height of a row in pixels: small enough for all rows to fit the page, but at least SMALLEST_ROW."""
    return max(min(ROW, TALLEST / rows), SMALLEST_ROW)


def strip_chart(rows: int, dark: bool) -> line_chart.Layers:
    """A row for each order seed: circles where random runs stop, sized by their number, and a square for same.

    Datasets: `rows` (order_seed, slot, same, same_never, own, own_slot, earlier, equal, later, never), `cells`
    (order_seed, slot, epoch, never, count, of, share, init_seed) and `limits` (epoch: the first and the last). A click
    selects a cell.
    """
    row = row_height(rows)
    y = alt.Y("slot:Q", axis=None, scale=alt.Scale(domain=[rows - 0.5, -0.5], nice=False, zero=False))
    layers = [*_grid(y, dark), _cells(y, row), _same(y, row), *_labels(y, row, dark), *_head(dark)]
    return alt.layer(*layers, height=HEAD + row * rows + FOOT, padding=line_chart.PADDING)


def _x(column: str) -> alt.X:
    ends = [alt.ExprRef(f"length(data('limits')) ? data('limits')[{end}].epoch : {end}") for end in (0, 1)]
    axis = alt.Axis(format="d", tickMinStep=1, tickCount=6, grid=True, title="epoch in which θ stops the run")
    # the range leaves room for the order seeds and the counts beside the rows
    places = [alt.ExprRef(SEED_WIDTH), alt.ExprRef(COUNTS_LEFT)]
    return alt.X(f"{column}:Q", scale=alt.Scale(domain=ends, nice=False, range=places), axis=axis)


def _rows() -> alt.Chart:
    return alt.Chart(alt.NamedData("rows"))


def _grid(y: alt.Y, dark: bool) -> list[alt.Chart]:
    """A line in each row, and a band across the document's row."""
    own = _rows().transform_filter("datum.own").transform_calculate(slot="datum.slot - 0.5", below="datum.slot + 1")
    return [
        own.mark_rect(color=muted(dark), opacity=0.18).encode(y=y, y2="below", x=alt.XValue(0), x2=alt.XValue("width")),
        _rows().mark_rule(color=muted(dark), opacity=0.35).encode(y=y, x=_at(SEED_WIDTH), x2=_at(COUNTS_LEFT)),
    ]


def _at(pixels: str) -> alt.XValue:
    """A position that depends on the width of the chart."""
    return alt.XValue(alt.ExprRef(pixels))


def _cells(y: alt.Y, row: float) -> alt.Chart:
    largest = max(row * 0.95, 7) ** 2 * 0.785
    tooltip = [
        alt.Tooltip("order_seed:Q", title="order seed", format="d"),
        alt.Tooltip("stops:N", title="random stops in"),
        alt.Tooltip("count:Q", title="runs", format=",d"),
        alt.Tooltip("of:Q", title="of", format=",d"),
        alt.Tooltip("init_seed:Q", title="a click opens init seed", format="d"),
    ]
    size = alt.Size("share:Q", scale=alt.Scale(domain=[0, 1], range=[10, largest]), legend=None)
    # a run that never reaches θ is drawn at the last epoch, as a cross
    shape = alt.Shape("never:N", scale=alt.Scale(domain=[False, True], range=["circle", "cross"]), legend=None)
    cells = alt.Chart(alt.NamedData("cells")).transform_calculate(stops=STOPS)
    cells = cells.mark_point(color=RED, filled=True, opacity=0.8, cursor="pointer")
    click = alt.selection_point(name="cell", fields=["order_seed", "init_seed"], empty=False)
    return cells.encode(x=_x("epoch"), y=y, size=size, shape=shape, tooltip=tooltip).add_params(click)


def _same(y: alt.Y, row: float) -> alt.Chart:
    size = min(max(row * 0.55, 5), 15) ** 2
    square = (
        _rows()
        .transform_filter("!datum.same_never")
        .mark_point(shape="square", filled=False, stroke=BLUE, strokeWidth=3, size=size, opacity=1)
    )
    tooltip = [
        alt.Tooltip("order_seed:Q", title="order seed", format="d"),
        alt.Tooltip("same:Q", title="same stops in epoch", format="d"),
    ]
    return square.encode(x=_x("same"), y=y, tooltip=tooltip)


def _labels(y: alt.Y, row: float, dark: bool) -> list[alt.Chart]:
    """The order seed at the left and the three counts at the right; only in every nth row if rows are low.

    Rows are counted from the document's row, so that it always has labels.
    """
    every = max(1, -(-READABLE // int(row)))
    rows = _rows().transform_filter(f"abs(datum.slot - datum.own_slot) % {every} == 0")
    text = rows.mark_text(
        baseline="middle",
        align="right",
        fontSize=alt.ExprRef(f"{NARROW} ? 12 : {15 if row >= 20 else 12}"),
        color=ink(dark),
    )
    seeds = text.transform_calculate(name="(datum.own ? '▸ ' : '') + format(datum.order_seed, 'd')")
    numbers = [text.encode(x=_at(x), y=y, text=alt.Text(f"{name}:Q", format=",d")) for name, x in COUNT_COLUMNS.items()]
    return [seeds.encode(x=_at(f"{SEED_WIDTH} - 12"), y=y, text="name:N"), *numbers]


def _head(dark: bool) -> list[alt.Chart]:
    """The heading of each column, above the rows."""
    style = text_style(dark) | {"fontSize": alt.ExprRef(f"{NARROW} ? 11 : 14"), "align": "right"}
    heads = {"order seed": _at(f"{SEED_WIDTH} - 12")} | {name: _at(x) for name, x in COUNT_COLUMNS.items()}
    return [_limits().mark_text(**style, text=name).encode(x=x, y=alt.YValue(-12)) for name, x in heads.items()]


def histogram(quantity: str, dark: bool) -> line_chart.Layers:
    """How often each value occurs: all random runs pale, the selected ones full, and a square at the value of same.

    Datasets: `bars` (low, high, all, picked), `same` (value) and `limits` (value, count, missing).
    """
    title, form = HISTOGRAMS[quantity]
    bars = alt.Chart(alt.NamedData("bars"))
    x = alt.X("low:Q", title=None, scale=_range("value"), axis=_value_axis(form))
    y = alt.Y("all:Q", title=None, scale=_range("count"), axis=alt.Axis(tickCount=4, format="~s", minExtent=34))
    tooltip = [
        alt.Tooltip("low:Q", title="from", format=".4~g"),
        alt.Tooltip("high:Q", title="to", format=".4~g"),
        alt.Tooltip("all:Q", title="runs", format=",d"),
        alt.Tooltip("picked:Q", title="of them picked", format=",d"),
    ]
    same = alt.Chart(alt.NamedData("same"))
    missing = _limits().transform_calculate(missing="data('limits')[0].missing").transform_filter("datum.missing > 0")
    missing = missing.transform_calculate(words="format(datum.missing, ',') + ' never'")
    return alt.layer(
        bars.mark_bar(color=RED, opacity=0.3, binSpacing=0).encode(x=x, x2="high", y=y, y2=_BASELINE, tooltip=tooltip),
        bars.mark_bar(color=RED, binSpacing=0).encode(
            x=x, x2="high", y=alt.Y("picked:Q"), y2=_BASELINE, tooltip=tooltip
        ),
        same.mark_rule(color=BLUE, strokeWidth=2, strokeDash=[7, 3]).encode(x=alt.X("value:Q")),
        same.mark_point(shape="square", filled=True, color=BLUE, size=110, opacity=1).encode(
            x=alt.X("value:Q"), y=alt.YValue(0)
        ),
        line_chart.title(title, dark).encode(x=alt.XValue(0), y=_TITLE_Y),
        missing.mark_text(**text_style(dark), align="right").encode(x=alt.XValue("width"), y=_TITLE_Y, text="words:N"),
        height=HEIGHT,
        padding=line_chart.PADDING,
    )


def _limits() -> alt.Chart:
    """One row of `limits`: the scales read that dataset, so the chart must draw from it."""
    return alt.Chart(alt.NamedData("limits")).transform_aggregate(rows="count()")


def _range(column: str) -> alt.Scale:
    """A scale from the first to the second row of `limits`."""
    ends = [alt.ExprRef(f"length(data('limits')) ? data('limits')[{end}].{column} : {end}") for end in (0, 1)]
    return alt.Scale(domain=ends, nice=False)


def _value_axis(form: str) -> alt.Axis:
    return alt.Axis(format=form, tickCount=5, tickMinStep=0.05 if form == ".2f" else 1, grid=False)


def gradient_chart(dark: bool) -> line_chart.Layers:
    """The gradients of some runs around the epoch in which they stop, and of epochs started from equal weights.

    Datasets: `lines` (run, epoch, value), `alike` (epoch, value), `theta` (value), `stop` (epoch), `limits` (epoch,
    value).
    """
    x, y = line_chart.axes(line_chart.Look("", ".4f", GRADIENTS, "mean |∂l/∂w|", ticks=".3f"))
    style: dict[str, Any] = text_style(dark) | {"fontSize": 14}
    theta = alt.Chart(alt.NamedData("theta"))
    return alt.layer(
        line_chart.corners(x, y),
        line_chart.reference_line(theta, y, dark),
        alt.Chart(alt.NamedData("stop")).mark_rule(color=muted(dark), strokeWidth=8, opacity=0.3).encode(x=x),
        alt.Chart(alt.NamedData("lines"))
        .mark_line(color=RED, strokeWidth=2, opacity=0.7)
        .encode(x=x, y=y, detail="run:N"),
        alt.Chart(alt.NamedData("alike")).mark_line(color=ink(dark), strokeWidth=2, strokeDash=[2, 4]).encode(x=x, y=y),
        theta.mark_text(**style, align="left", dx=4, dy=-10, text="θ").encode(x=alt.XValue(0), y=y),
        line_chart.title("Mean gradient", dark).encode(x=alt.XValue(0), y=_TITLE_Y),
        height=GRADIENTS,
        padding=line_chart.PADDING,
    )
