"""The drawing of a network: its units, and its weights as the edges between them, the biases too."""

import altair as alt

from pages.ui.charts.curves import PADDING, Layers
from pages.ui.theme import BLUE, RED, ink, muted, paper

HEIGHT = 220
SIGNS = [-1, 0, 1]


def drawing(dark: bool) -> Layers:
    """Width for the size of a weight, colour and dash for its sign, its value on it; a square feeds the biases.

    It draws the datasets `nodes` and `edges` of `pages.ui.frames.network`.
    """
    return alt.layer(*_edges(dark), *_nodes(dark), height=HEIGHT, padding=PADDING)


def _x(column: str) -> alt.X:
    return alt.X(column, type="quantitative", axis=None, scale=alt.Scale(domain=[-0.15, 2.15], nice=False))


def _y(column: str) -> alt.Y:
    return alt.Y(column, type="quantitative", axis=None, scale=alt.Scale(domain=[0, 1], nice=False))


def _edges(dark: bool) -> list[alt.Chart]:
    edges = alt.Chart(alt.NamedData("edges"))
    lines = edges.mark_rule().encode(
        x=_x("x"),
        y=_y("y"),
        x2="x2",
        y2="y2",
        strokeWidth=alt.StrokeWidth("width:Q", scale=None),
        color=alt.Color("sign:N", scale=alt.Scale(domain=SIGNS, range=[BLUE, muted(dark), RED]), legend=None),
        strokeDash=alt.StrokeDash("sign:N", scale=alt.Scale(domain=SIGNS, range=[[7, 4], [1, 0], [1, 0]]), legend=None),
        tooltip="weight:N",
    )
    words = edges.encode(x=_x("words_x"), y=_y("words_y"), text="words:N")
    halo = words.mark_text(fontSize=14, fontWeight="bold", stroke=paper(dark), strokeWidth=6)
    return [lines, halo, words.mark_text(fontSize=14, fontWeight="bold", fill=ink(dark))]


def _nodes(dark: bool) -> list[alt.Chart]:
    nodes = alt.Chart(alt.NamedData("nodes")).encode(x=_x("x"), y=_y("y"))
    shape = alt.Shape("bias:N", scale=alt.Scale(domain=[False, True], range=["circle", "square"]), legend=None)
    bodies = nodes.mark_point(filled=True, fill=paper(dark), stroke=ink(dark), strokeWidth=2, size=750, opacity=1)
    return [bodies.encode(shape=shape), nodes.mark_text(fontSize=15, fill=ink(dark)).encode(text="name:N")]
