"""Problem 1: the decision regions, and the smaller maps of the hidden units."""

import json

import altair as alt

from pages.ui import theme
from pages.ui.charts.square import square
from tinynet.activations import A, B
from tinynet.regions import EDGES, POINTS, START, STEP

FIRST, LAST = EDGES
DASHES = alt.Scale(domain=["h₁", "h₂"], range=[[9, 4], [2, 3]])
READOUT = {
    "x₁": "format(datum.x1, '+.1f')",
    "x₂": "format(datum.x2, '+.1f')",
    "h₁": "format(datum.h1, '+.4f')",
    "h₂": "format(datum.h2, '+.4f')",
    "o": "format(datum.o, '+.4f')",
    "class": "datum.o < 0 ? 'negative' : 'positive'",
}
"""What is read at a point: the heading, and the text below it."""

PICKED = "picked"
"""The selection of the point that was clicked."""


def decision_regions(dark: bool) -> alt.LayerChart:
    """The picture of 10,000 answers with its overlays, square at any width, and below it the values at one point.

    It draws the datasets `network`, `changed`, `lines`, `signs` and `contour` of `pages.ui.frames.regions`, and `point`
    of `pages.ui.frames.point`. A click picks the point under the pointer: the selection PICKED with x1 and x2.
    """
    pictures = [_picture(), _picture("changed")]
    layers = [*pictures, _signs(), _contour(), *_lines(), _frame(dark), *_point(), _pointer(), *_readout(dark)]
    return square(*layers)


def hidden_map(dark: bool) -> alt.LayerChart:
    """The picture of one hidden unit over the same square. It draws the datasets `map` and `lines`."""
    return square(_picture("map"), *_lines(labels=False), _frame(dark))


def _x(field: str) -> alt.X:
    return alt.X(field, type="quantitative", scale=_scale(), axis=_axis("x₁"))


def _y(field: str) -> alt.Y:
    return alt.Y(field, type="quantitative", scale=_scale(), axis=_axis("x₂"))


def _scale() -> alt.Scale:
    return alt.Scale(domain=[FIRST, -START], nice=False, zero=False)


def _axis(title: str) -> alt.Axis:
    values = alt.ExprRef("width < 380 ? [-5, 0, 5] : sequence(-5, 6)")
    return alt.Axis(title=title, values=values, grid=False, domain=False, format="d", titlePadding=2, labelFlush=False)


def _picture(dataset: str = "network") -> alt.Chart:
    return (
        alt.Chart(alt.NamedData(dataset))
        .mark_image(smooth=False, aspect=False, clip=True)
        .encode(x=_x("from"), x2="to", y=_y("from"), y2="to", url="picture:N")
        .transform_calculate(**{"from": str(FIRST), "to": str(LAST)})
    )


def _frame(dark: bool) -> alt.Chart:
    """A thin edge: white regions end somewhere too."""
    return (
        _single()
        .mark_rect(filled=False, stroke=theme.muted(dark), strokeWidth=1)
        .encode(x=alt.datum(FIRST), x2=alt.datum(LAST), y=alt.datum(FIRST), y2=alt.datum(LAST))
    )


def _signs() -> alt.Chart:
    """The second cue besides colour."""
    return (
        alt.Chart(alt.NamedData("signs"))
        .mark_text(fontSize=15, opacity=0.65)
        .encode(x=_x("x1"), y=_y("x2"), text="sign:N", color=alt.Color("colour:N", scale=None))
    )


def _contour() -> alt.Chart:
    return (
        alt.Chart(alt.NamedData("contour"))
        .mark_rule(strokeWidth=2, strokeCap="round")
        .encode(x=_x("x1"), x2="x1_end", y=_y("x2"), y2="x2_end", color=alt.Color("colour:N", scale=None))
    )


def _lines(labels: bool = True) -> list[alt.Chart]:
    """Where a hidden unit's net is zero: dark dashes in a white casing, readable on every colouring."""
    base = alt.Chart(alt.NamedData("lines"))
    ends = base.encode(x=_x("x1"), x2="x1_end", y=_y("x2"), y2="x2_end")
    casing = ends.mark_rule(stroke="white", strokeWidth=4, opacity=0.9, clip=True)
    dashes = ends.mark_rule(stroke="black", strokeWidth=2, clip=True).encode(
        strokeDash=alt.StrokeDash("unit:N", scale=DASHES, legend=None)
    )
    if not labels:
        return [casing, dashes]
    named = base.encode(x=_x("x1_label"), y=_y("x2_label"), text="label:N").transform_calculate(
        label="datum.unit + ' = 0'"
    )
    halo = named.mark_text(fontSize=14, fontWeight="bold", stroke="white", strokeWidth=6)
    return [casing, dashes, halo, named.mark_text(fontSize=14, fontWeight="bold", fill="black")]


def _point() -> list[alt.Chart]:
    """The point whose way forward is written out below: a ring that is seen on every colour."""
    point = alt.Chart(alt.NamedData("point")).encode(x=_x("x1"), y=_y("x2"))
    return [
        point.mark_point(shape="circle", size=190, stroke=colour, strokeWidth=width, opacity=1, clip=True, tooltip=None)
        for colour, width in (("white", 6), ("black", 2.5))
    ]


def _pointer() -> alt.Chart:
    """Follows the pointer: an interval that starts where the pointer comes in and ends where it is.

    Its end is all that is used. A grid of 10,000 sensitive cells would do the same, at ten times the cost.
    """
    at = alt.selection_interval(
        name="at",
        encodings=["x", "y"],
        on="[pointerover, pointerout] > pointermove",
        clear=False,
        translate=False,
        zoom=False,
        mark=alt.BrushConfig(fillOpacity=0, strokeOpacity=0),
    )
    picked = alt.selection_point(name=PICKED, fields=["x1", "x2"], on="click", clear=False)
    # it is never further from the pointer than it is wide, so that a click meets it
    marker = _at_point().mark_point(shape="circle", size=120, stroke="black", fill="white", strokeWidth=1.5)
    return marker.add_params(at, picked)


def _at_point() -> alt.Chart:
    """The row of `network`, with the values of the network at the point nearest to the pointer."""
    h1, h2 = (activation_expression(f"datum.h{u}0 + datum.h{u}1 * datum.x1 + datum.h{u}2 * datum.x2") for u in (1, 2))
    return (
        alt.Chart(alt.NamedData("network"))
        .transform_filter("length(at_x) > 1")
        .transform_calculate(x1=_nearest("x"), x2=_nearest("y"))
        .transform_calculate(h1=h1, h2=h2)
        .transform_calculate(o=activation_expression("datum.o0 + datum.o1 * datum.h1 + datum.o2 * datum.h2"))
        .encode(x=_x("x1"), y=_y("x2"))
    )


def activation_expression(net: str) -> str:
    """f(net) in Vega's language, which has no tanh: odd like f itself, and without an exponential that overflows."""
    size = f"exp(-{B!r} * abs({net}))"
    return f"({net} < 0 ? -1 : 1) * {A!r} * (1 - {size}) / (1 + {size})"


def _nearest(channel: str) -> str:
    value = f"invert('{channel}', at_{channel}[1])"
    return f"{START} + {STEP} * clamp(round(({value} - {START}) / {STEP}), 0, {POINTS - 1})"


def _readout(dark: bool) -> list[alt.Chart]:
    """Two rows below the axis that stay in place: headings, and the values of the point that was last pointed at."""
    names = json.dumps(list(READOUT), ensure_ascii=False)
    texts = {f"text{number}": text for number, text in enumerate(READOUT.values())}
    width = (LAST - FIRST) / len(READOUT)
    headings = (
        alt.Chart(alt.sequence(0, len(READOUT), as_="n"))
        .transform_calculate(text=f"{names}[datum.n]", place=f"{FIRST} + (datum.n + 0.5) * {width}")
        .mark_text(fill=theme.muted(dark), fontSize=12)
        .encode(x=_x("place"), y=_below(58), text="text:N")
    )
    values = (
        _at_point()
        .transform_calculate(**texts)
        .transform_fold(list(texts), as_=["name", "text"])
        .transform_calculate(place=f"{FIRST} + (indexof({json.dumps(list(texts))}, datum.name) + 0.5) * {width}")
        .mark_text(fill=theme.ink(dark), fontSize=14)
        .encode(x=_x("place"), y=_below(76), text="text:N")
    )
    return [headings, values, _hint(dark)]


def _hint(dark: bool) -> alt.Chart:
    """Until a point has been read; it also keeps the row of the values free."""
    text = "Point at the picture: its values appear here"
    hint = _single().transform_filter("length(at_x) < 2").mark_text(fill=theme.muted(dark), fontSize=13, text=text)
    return hint.encode(x=alt.datum(0, type="quantitative"), y=_below(76))


def _single() -> alt.Chart:
    """One row without data."""
    return alt.Chart(alt.sequence(0, 1, as_="i"))


def _below(pixels: int) -> dict[str, dict[str, str]]:
    """A place that many pixels below the picture."""
    return {"value": {"expr": f"height + {pixels}"}}
