"""The 20 samples as the output unit sees them: o over the output h of the hidden unit."""

import altair as alt

from pages.ui.charts.curves import PADDING, Layers, words
from pages.ui.theme import BLUE, RED, ink, muted
from tinynet.activations import A

HEIGHT = 200
EDGE = 1.08 * A


def plane(dark: bool) -> Layers:
    """Each sample with the sign of its label, those that are wrong in a ring and with their number.

    It draws the datasets `points` and `curve` of `pages.ui.frames.plane`.
    """
    curve = alt.Chart(alt.NamedData("curve")).mark_line(color=muted(dark), strokeWidth=2)
    return alt.layer(
        *_zero(dark),
        curve.encode(x=_x(), y=_y(), order="h:Q"),
        *_points(dark),
        height=HEIGHT,
        padding=PADDING,
    )


def _x() -> alt.X:
    axis = alt.Axis(values=[-1, 0, 1], format="d", grid=False, titlePadding=2)
    return alt.X("h:Q", title="h", scale=alt.Scale(domain=[-EDGE, EDGE], nice=False), axis=axis)


def _y() -> alt.Y:
    axis = alt.Axis(values=[-1, 0, 1], format="d", grid=False, titlePadding=2, minExtent=24)
    return alt.Y("o:Q", title="o", scale=alt.Scale(domain=[-EDGE, EDGE], nice=False), axis=axis)


def _zero(dark: bool) -> list[alt.Chart]:
    """Above the line o = 0 the network answers positive."""
    row = alt.Chart(alt.sequence(0, 1, as_="o"))
    return [row.mark_rule(color=muted(dark), strokeDash=[4, 4]).encode(y=_y())]


def _points(dark: bool) -> list[alt.Chart]:
    points = alt.Chart(alt.NamedData("points")).encode(x=_x(), y=_y())
    shapes = alt.Scale(domain=[True, False], range=["cross", "stroke"])
    colours = alt.Scale(domain=[True, False], range=[RED, BLUE])
    wrong = points.transform_filter("!datum.right")
    numbers = {**words(dark), "align": "left", "dx": 12, "dy": 12}
    return [
        points.mark_point(filled=True, size=110, strokeWidth=2, opacity=1).encode(
            shape=alt.Shape("positive:N", scale=shapes, legend=None),
            color=alt.Color("positive:N", scale=colours, legend=None),
            stroke=alt.Stroke("positive:N", scale=colours, legend=None),
        ),
        wrong.mark_point(size=320, stroke=ink(dark), strokeWidth=1.5, opacity=1),
        wrong.mark_text(**numbers).encode(text="words:N"),
    ]
