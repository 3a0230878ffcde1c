"""The chart of order seeds: in each row when the random runs stop, and when the run from the same value does."""

import altair as alt

from pages.ui.lines import charts as line_chart
from pages.ui.lines.charts import words
from pages.ui.sweep import minima_charts as minima
from pages.ui.theme import BLUE, RED, ink, muted
from pages.ui.vega import Spec, specification

TALLEST = 440
"""Pixels of all rows together, once they are no longer ROW high."""
ROW, SMALLEST_ROW = 30, 4
READABLE = 15
"""Pixels from one label to the next at least."""
HEAD, FOOT = 26, 50
"""Pixels above the rows, for the names of the columns, and below, for the axis."""
NARROW = "width < 480"
NAME = f"({NARROW} ? 64 : 88)"
"""Pixels of the order seeds at the left."""
COLUMN = f"({NARROW} ? 40 : 62)"
"""Pixels of one column of numbers at the right."""
COLUMNS = {"earlier": f"width - 2 * {COLUMN}", "equal": f"width - {COLUMN}", "later": "width"}
"""The counts at the right, and where each of them ends."""
NUMBERS = f"width - 3 * {COLUMN}"
"""Where the place of the counts begins."""


def specifications(rows: int, dark: bool) -> dict[str, Spec]:
    """All charts of the page, for so many order seeds."""
    charts = {"strips": strips(rows, dark), **minima.charts(dark)}
    return {name: specification(chart) for name, chart in charts.items()}


def row_height(rows: int) -> float:
    """Pixels of one row: all of them fit the page, or each is still there."""
    return max(min(ROW, TALLEST / rows), SMALLEST_ROW)


def strips(rows: int, dark: bool) -> line_chart.Layers:
    """A row for each order seed: circles where random runs stop, as large as they are many, and a square for same.

    Datasets: `rows` (order_seed, slot, same, same_never, own, own_slot, earlier, equal, later, never), `cells`
    (order_seed, slot, epoch, never, count, of, share, init_seed) and `limits` (epoch: the first and the last). A click
    picks a cell.
    """
    row = row_height(rows)
    y = alt.Y("slot:Q", axis=None, scale=alt.Scale(domain=[rows - 0.5, -0.5], nice=False, zero=False))
    layers = [*_grid(y, dark), _cells(y, row), _same(y, row), *_labels(y, row, dark), *_head(dark)]
    return alt.layer(*layers, height=HEAD + row * rows + FOOT, padding=line_chart.PADDING)


def _x(column: str) -> alt.X:
    ends = [alt.ExprRef(f"length(data('limits')) ? data('limits')[{end}].epoch : {end}") for end in (0, 1)]
    axis = alt.Axis(format="d", tickMinStep=1, tickCount=6, grid=True, title="epoch in which θ stops the run")
    # the names and the numbers beside the rows have a place of their own
    places = [alt.ExprRef(NAME), alt.ExprRef(NUMBERS)]
    return alt.X(f"{column}:Q", scale=alt.Scale(domain=ends, nice=False, range=places), axis=axis)


def _rows() -> alt.Chart:
    return alt.Chart(alt.NamedData("rows"))


def _grid(y: alt.Y, dark: bool) -> list[alt.Chart]:
    """A line in each row, and the document's row marked from side to side."""
    own = _rows().transform_filter("datum.own").transform_calculate(slot="datum.slot - 0.5", below="datum.slot + 1")
    return [
        own.mark_rect(color=muted(dark), opacity=0.18).encode(y=y, y2="below", x=alt.XValue(0), x2=alt.XValue("width")),
        _rows().mark_rule(color=muted(dark), opacity=0.35).encode(y=y, x=_at(NAME), x2=_at(NUMBERS)),
    ]


def _at(pixels: str) -> alt.XValue:
    """A place that depends on the width of the chart."""
    return alt.XValue(alt.ExprRef(pixels))


def _cells(y: alt.Y, row: float) -> alt.Chart:
    largest = max(row * 0.95, 7) ** 2 * 0.785
    tooltip = [
        alt.Tooltip("order_seed:Q", title="order seed", format="d"),
        alt.Tooltip("stops:N", title="random stops in epoch"),
        alt.Tooltip("count:Q", title="runs", format=",d"),
        alt.Tooltip("of:Q", title="of", format=",d"),
        alt.Tooltip("init_seed:Q", title="a click opens init seed", format="d"),
    ]
    size = alt.Size("share:Q", scale=alt.Scale(domain=[0, 1], range=[10, largest]), legend=None)
    # a run that θ never stops stands at the end of all epochs, and is no circle
    shape = alt.Shape("never:N", scale=alt.Scale(domain=[False, True], range=["circle", "cross"]), legend=None)
    cells = alt.Chart(alt.NamedData("cells")).transform_calculate(stops="datum.never ? 'none' : datum.epoch")
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
    """The order seed at the left, the three counts at the right; where rows are low, of every so many rows.

    They are counted from the document's row.
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
    numbers = [text.encode(x=_at(x), y=y, text=alt.Text(f"{name}:Q", format=",d")) for name, x in COLUMNS.items()]
    return [seeds.encode(x=_at(f"{NAME} - 12"), y=y, text="name:N"), *numbers]


def _head(dark: bool) -> list[alt.Chart]:
    """The name of each column, above the rows."""
    style = words(dark) | {"fontSize": alt.ExprRef(f"{NARROW} ? 11 : 14"), "align": "right"}
    heads = {"order seed": _at(f"{NAME} - 12")} | {name: _at(x) for name, x in COLUMNS.items()}
    return [line_chart.once().mark_text(**style, text=name).encode(x=x, y=alt.YValue(-12)) for name, x in heads.items()]
