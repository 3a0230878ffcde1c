"""The drawing of a network: its units as nodes, and its weights and biases as edges."""

import altair as alt

from pages.ui.lines.charts import PADDING, Layers
from pages.ui.live.channel import LIVE, published
from pages.ui.theme import BLUE, RED, ink, muted, paper

HEIGHT = 220
SIGNS = [-1, 0, 1]
THINNEST, WIDEST = 1.0, 10.0
"""Edge widths in pixels: of a weight of 0, and the one that the largest weights approach."""
HALFWAY = 2.0
"""The absolute weight whose edge is halfway between the two."""
WIDTH = f"{THINNEST} + {WIDEST - THINNEST} * abs(datum.now) / (abs(datum.now) + {HALFWAY})"
SIGN = "datum.now > 0 ? 1 : datum.now < 0 ? -1 : 0"
WORDS = "format(datum.now, abs(datum.now) < 100 ? '+.2f' : '+.2e')"
"""The label of an edge: two decimals, or three digits for large weights."""


def drawing(dark: bool, page: str) -> Layers:
    """Edge width for a weight's size, colour and dash for its sign, and its value on it; a square feeds the biases.

    Datasets: `nodes` and `edges` of `pages.ui.network.tables`. The weights follow those published by a component of
    `page`.
    """
    return alt.layer(*_edges(dark, page), *_nodes(dark), height=HEIGHT, padding=PADDING).add_params(LIVE)


def _x(column: str) -> alt.X:
    # the first and last node lie within the plot: Vega narrows a plot for marks that reach out of it, at any edit anew
    return alt.X(column, type="quantitative", axis=None, scale=alt.Scale(domain=[-0.25, 2.25], nice=False))


def _y(column: str) -> alt.Y:
    return alt.Y(column, type="quantitative", axis=None, scale=alt.Scale(domain=[0, 1], nice=False))


def _edges(dark: bool, page: str) -> list[alt.Chart]:
    # a new column: one calculated from itself would keep a published value
    now = published(page, "datum.series", "datum.place", "datum.value")
    edges = (
        alt.Chart(alt.NamedData("edges"))
        .transform_calculate(now=now)
        .transform_calculate(width=WIDTH, sign=SIGN, weight=WORDS)
    )
    lines = edges.mark_rule().encode(
        x=_x("x"),
        y=_y("y"),
        x2="x2",
        y2="y2",
        strokeWidth=alt.StrokeWidth("width:Q", scale=None),
        color=alt.Color("sign:N", scale=alt.Scale(domain=SIGNS, range=[BLUE, muted(dark), RED]), legend=None),
        strokeDash=alt.StrokeDash("sign:N", scale=alt.Scale(domain=SIGNS, range=[[7, 4], [], []]), legend=None),
        tooltip=[alt.Tooltip("weight:N"), alt.Tooltip("now:Q", format="+.6g", title="exactly")],
    )
    words = edges.transform_filter("datum.named").encode(x=_x("words_x"), y=_y("words_y"), text="weight:N")
    halo = words.mark_text(fontSize=14, fontWeight="bold", stroke=paper(dark), strokeWidth=6)
    return [lines, halo, words.mark_text(fontSize=14, fontWeight="bold", fill=ink(dark))]


def _nodes(dark: bool) -> list[alt.Chart]:
    nodes = alt.Chart(alt.NamedData("nodes")).encode(x=_x("x"), y=_y("y"))
    shape = alt.Shape("bias:N", scale=alt.Scale(domain=[False, True], range=["circle", "square"]), legend=None)
    bodies = nodes.mark_point(filled=True, fill=paper(dark), stroke=ink(dark), strokeWidth=2, opacity=1)
    names = nodes.mark_text(fill=ink(dark)).encode(text="name:N", size=alt.Size("font:Q", scale=None))
    return [bodies.encode(shape=shape, size=alt.Size("size:Q", scale=None)), names]
