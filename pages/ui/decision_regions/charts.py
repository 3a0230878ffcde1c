"""Problem 1: the chart of the decision regions, and the smaller maps of the hidden units."""

import json
from functools import lru_cache

import altair as alt

from pages.ui import theme
from pages.ui.activation.charts import activation, activation_expression, square
from pages.ui.live.channel import LIVE, published, published_list
from pages.ui.network import charts as network
from pages.ui.regions.charts import Square, crossing, image, line_marks, line_names, live_images, shown_slot
from pages.ui.vega import Spec, single_row, specification
from tinynet.regions import CELLS, EDGES, POINTS, START, STEP

FIRST, LAST = EDGES
PAGE = "decision_regions"
SLOT_SHOWN = shown_slot(PAGE, "weights")
"""Which of the two image slots is visible, 0 or 1; -1 before the first images."""
DASHES = alt.Scale(domain=["h₁", "h₂"], range=[[9, 4], [2, 3]])
READOUT = {
    "x₁": "format(datum.x1, '+.1f')",
    "x₂": "format(datum.x2, '+.1f')",
    "h₁": "format(datum.h1, '+.4f')",
    "h₂": "format(datum.h2, '+.4f')",
    "o": "format(datum.o, '+.4f')",
    "class": "datum.o < 0 ? 'negative' : 'positive'",
}
"""The readout at a point: each heading, and the Vega expression of the text below it."""

PICKED = "picked"
"""The name of the selection that holds the clicked point."""


ALT = {
    "regions": "Decision regions over x1 and x2 from -5 to 5. The counts of both classes stand beside it.",
    "h1": "The output of hidden unit 1 over x1 and x2 from -5 to 5.",
    "h2": "The output of hidden unit 2 over x1 and x2 from -5 to 5.",
    "network": "The 2-2-1 network with its weights; they stand in the cells too.",
    "activation": "The activation f rises from its limit -1.716 through 0 to its limit +1.716.",
}
"""The text alternative of each chart."""


@lru_cache(maxsize=2)
def specifications(dark: bool) -> dict[str, Spec]:
    """All charts of the page, by name."""
    charts: dict[str, alt.TopLevelMixin] = {
        "regions": decision_regions(dark),
        "h1": hidden_map(0, dark),
        "h2": hidden_map(1, dark),
        "network": network.drawing(dark, PAGE),
        "activation": activation(dark),
    }
    return {name: specification(chart, ALT[name], theme.muted(dark)) for name, chart in charts.items()}


def decision_regions(dark: bool) -> alt.LayerChart:
    """The image of the 10,000 outputs with its overlays, square at any width, and the values at one point below it.

    Datasets: `network`, `changed`, `lines`, `signs`, `boundary` and `point`. A click or tap selects the nearest point:
    the selection PICKED with x1 and x2. All but `changed`, which is hidden meanwhile, follows a weight that is dragged.
    """
    layers = [
        *live_images(SQUARE, PAGE, "output"),
        _changed(),
        _signs(),
        _contour(),
        *_lines(),
        _frame(dark),
        *_point(),
        _pointer(),
        *_readout(dark),
        _target(),
    ]
    return square(*layers).add_params(LIVE, SLOT_SHOWN)


def hidden_map(unit: int, dark: bool) -> alt.LayerChart:
    """The output of hidden unit 0 or 1 over the same square. Dataset: `lines`."""
    images = live_images(SQUARE, PAGE, f"h{unit + 1}")
    return square(*images, *_lines(labels=False), _frame(dark)).add_params(LIVE, SLOT_SHOWN)


def _live_weight(number: int | str, otherwise: str) -> str:
    """The weight at index `number` of CELLS that is shown, `otherwise` before the first; a Vega expression."""
    return published(PAGE, "'weights'", str(number), otherwise)


def _x(field: str) -> alt.X:
    return alt.X(field, type="quantitative", scale=_scale(), axis=_axis("x₁"))


def _y(field: str) -> alt.Y:
    return alt.Y(field, type="quantitative", scale=_scale(), axis=_axis("x₂"))


SQUARE = Square(FIRST, LAST, _x, _y)


def _scale() -> alt.Scale:
    return alt.Scale(domain=[FIRST, -START], nice=False, zero=False)


def _axis(title: str) -> alt.Axis:
    values = alt.ExprRef("width < 380 ? [-5, 0, 5] : sequence(-5, 6)")
    return alt.Axis(title=title, values=values, grid=False, domain=False, format="d", titlePadding=2, labelFlush=False)


def _changed() -> alt.Chart:
    """The image of the points that the last edit turned, while the weights are those after it."""
    same = " && ".join(f"{_live_weight(number, 'NaN')} == datum.{name}" for number, name in enumerate(CELLS))
    return image(SQUARE, alt.Chart(alt.NamedData("changed"))).transform_filter(same)


def _frame(dark: bool) -> alt.Chart:
    """A thin frame, so that white regions have a visible edge."""
    return (
        single_row()
        .mark_rect(filled=False, stroke=theme.muted(dark), strokeWidth=1)
        .encode(x=alt.datum(FIRST), x2=alt.datum(LAST), y=alt.datum(FIRST), y2=alt.datum(LAST))
    )


def _signs() -> alt.Chart:
    """The signs of the output, a second cue besides colour."""
    return (
        alt.Chart(alt.NamedData("signs"))
        .transform_calculate(positive=published(PAGE, "'signs'", "datum.place", "datum.positive"))
        .transform_calculate(sign="datum.positive ? '+' : '−'", colour="datum.positive ? datum.plus : datum.minus")
        .mark_text(fontSize=15, opacity=0.65)
        .encode(x=_x("x1"), y=_y("x2"), text="sign:N", color=alt.Color("colour:N", scale=None))
    )


def _contour() -> alt.Chart:
    """The boundary o = 0, segment by segment."""
    ends = {name: f"datum.piece[{place}]" for place, name in enumerate(("x1", "x2", "x1_end", "x2_end"))}
    return (
        alt.Chart(alt.NamedData("boundary"))
        .transform_calculate(piece=published_list(PAGE, "'contour'", "[]"))
        .transform_flatten(["piece"])
        .transform_calculate(**ends)
        .mark_rule(strokeWidth=2, strokeCap="round")
        .encode(x=_x("x1"), x2="x1_end", y=_y("x2"), y2="x2_end", color=alt.Color("colour:N", scale=None))
    )


def _lines(labels: bool = True) -> list[alt.Chart]:
    """The lines on which a hidden unit's pre-activation is zero: black dashes on white, readable on every colouring."""
    weights = {"b": ("", "bias"), "w1": (" + 1", "weight1"), "w2": (" + 2", "weight2")}
    base = alt.Chart(alt.NamedData("lines")).transform_calculate(
        **{name: _live_weight(f"datum.first{place}", f"datum.{held}") for name, (place, held) in weights.items()}
    )
    base = crossing(SQUARE, base)
    casing, line = line_marks(SQUARE, base)
    dashes = line.encode(strokeDash=alt.StrokeDash("unit:N", scale=DASHES, legend=None))
    named = base.transform_calculate(label="datum.unit + ' = 0'")
    return [casing, dashes, *(line_names(SQUARE, named) if labels else [])]


def _point() -> list[alt.Chart]:
    """The point whose forward pass is shown below the chart: a ring visible on every colour."""
    point = alt.Chart(alt.NamedData("point")).encode(x=_x("x1"), y=_y("x2"))
    return [
        point.mark_point(shape="circle", size=190, stroke=colour, strokeWidth=width, opacity=1, clip=True)
        for colour, width in (("white", 6), ("black", 2.5))
    ]


def _pointer() -> alt.Chart:
    """Follows the pointer: an interval selection from where it enters or touches the image to its current position.

    Only its end is used. A grid of 10,000 hoverable cells would do the same at ten times the cost.
    """
    at = alt.selection_interval(
        name="at",
        encodings=["x", "y"],
        on="[pointerover, pointerout] > pointermove, [touchstart, touchend] > touchmove",
        clear=False,
        translate=False,
        zoom=False,
        mark=alt.BrushConfig(fillOpacity=0, strokeOpacity=0),
    )
    marker = _at_point().mark_point(shape="circle", size=120, stroke="black", fill="white", strokeWidth=1.5)
    return marker.add_params(at)


def _target() -> alt.Chart:
    """An invisible rectangle above the whole square: a click or tap anywhere selects the nearest grid point.

    Scrolling with a finger is not a tap: the browser then sends pointercancel.
    """
    picked = alt.selection_point(
        name=PICKED,
        fields=["x1", "x2"],
        on="pointerup[event.pointerType !== 'touch'], [touchstart, pointercancel] > touchend",
        clear=False,
        toggle=False,
    )
    target = _nearest_point(single_row()).mark_rect(fill="transparent", stroke=None)
    return target.encode(x=alt.datum(FIRST), x2=alt.datum(LAST), y=alt.datum(FIRST), y2=alt.datum(LAST)).add_params(
        picked
    )


def _at_point() -> alt.Chart:
    """The row of `network` with the network's values at the grid point nearest the pointer."""
    weights = {f"w_{name}": _live_weight(number, f"datum.{name}") for number, name in enumerate(CELLS)}
    h1, h2 = (
        activation_expression(f"datum.w_h{u}0 + datum.w_h{u}1 * datum.x1 + datum.w_h{u}2 * datum.x2") for u in (1, 2)
    )
    return (
        _nearest_point(alt.Chart(alt.NamedData("network")).transform_filter("length(at_x) > 1"))
        .transform_calculate(**weights)
        .transform_calculate(h1=h1, h2=h2)
        .transform_calculate(o=activation_expression("datum.w_o0 + datum.w_o1 * datum.h1 + datum.w_o2 * datum.h2"))
        .encode(x=_x("x1"), y=_y("x2"))
    )


def _nearest_point(chart: alt.Chart) -> alt.Chart:
    return chart.transform_calculate(x1=_nearest("x"), x2=_nearest("y"))


def _nearest(channel: str) -> str:
    value = f"invert('{channel}', at_{channel}[1])"
    return f"{START} + {STEP} * clamp(round(({value} - {START}) / {STEP}), 0, {POINTS - 1})"


def _readout(dark: bool) -> list[alt.Chart]:
    """Two fixed rows below the axis: headings, and the values at the point last hovered."""
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
    """The hint shown until a point has been hovered; it also reserves the row of values."""
    text = "Hover or tap: the values appear here"
    hint = single_row().transform_filter("length(at_x) < 2").mark_text(fill=theme.muted(dark), fontSize=13, text=text)
    return hint.encode(x=alt.datum(0, type="quantitative"), y=_below(76))


def _below(pixels: int) -> dict[str, dict[str, str]]:
    """A position this many pixels below the image."""
    return {"value": {"expr": f"height + {pixels}"}}
