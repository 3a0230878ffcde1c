"""Problem 1: the decision regions, and the smaller maps of the hidden units."""

import json
from functools import lru_cache

import altair as alt

from pages.ui import theme
from pages.ui.activation.charts import activation, expression, square
from pages.ui.live.channel import LIVE, published
from pages.ui.network import charts as network
from pages.ui.vega import Spec, specification
from tinynet.regions import CELLS, EDGES, POINTS, START, STEP

FIRST, LAST = EDGES
PAGE = "decision_regions"
SEEN = alt.param(
    name="seen", expr=f"isObject(live) && isObject(live.{PAGE}) && isArray(live.{PAGE}.weights) ? live.{PAGE}.top : -1"
)
"""In which of the two places the pictures are that follow a hand; -1 when none moves a weight."""
RESTS = "seen < 0"
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
    return {name: specification(chart, ALT[name]) for name, chart in charts.items()}


def decision_regions(dark: bool) -> alt.LayerChart:
    """The picture of 10,000 answers with its overlays, square at any width, and below it the values at one point.

    Datasets: `network`, `changed`, `lines`, `signs`, `contour` and `point`. A click or a tap picks the point
    that it meets: the selection PICKED with x1 and x2.
    Picture, lines and values follow a hand that moves a weight; what does not is away until the hand rests.
    """
    pictures = [*_pictures("network", "output"), _picture(alt.Chart(alt.NamedData("changed"))).transform_filter(RESTS)]
    layers = [
        *pictures,
        _signs(),
        _contour(),
        *_lines(),
        _frame(dark),
        *_point(),
        _pointer(),
        *_readout(dark),
        _target(),
    ]
    return square(*layers).add_params(LIVE, SEEN)


def hidden_map(unit: int, dark: bool) -> alt.LayerChart:
    """The picture of one hidden unit, 0 or 1, over the same square. It draws the datasets `map` and `lines`."""
    return square(*_pictures("map", f"h{unit + 1}"), *_lines(labels=False), _frame(dark)).add_params(LIVE, SEEN)


def _moved(number: int | str, otherwise: str) -> str:
    """The weight of that number in CELLS under the hand, or `otherwise` when it rests."""
    return published(PAGE, "'weights'", str(number), otherwise)


def _x(field: str) -> alt.X:
    return alt.X(field, type="quantitative", scale=_scale(), axis=_axis("x₁"))


def _y(field: str) -> alt.Y:
    return alt.Y(field, type="quantitative", scale=_scale(), axis=_axis("x₂"))


def _scale() -> alt.Scale:
    return alt.Scale(domain=[FIRST, -START], nice=False, zero=False)


def _axis(title: str) -> alt.Axis:
    values = alt.ExprRef("width < 380 ? [-5, 0, 5] : sequence(-5, 6)")
    return alt.Axis(title=title, values=values, grid=False, domain=False, format="d", titlePadding=2, labelFlush=False)


def _pictures(dataset: str, series: str) -> list[alt.Chart]:
    """The picture of a dataset, and on it the two places of those that follow the hand, one of them seen."""
    return [_picture(alt.Chart(alt.NamedData(dataset))), *(_following(series, place) for place in (0, 1))]


def _following(series: str, place: int) -> alt.Chart:
    """A row of its own: with new data for its chart a picture would be loaded anew."""
    row = _single().transform_calculate(picture=published(PAGE, f"'{series}'", str(place), "''"))
    seen = alt.ExprRef(f"seen === {place} ? 1 : 0")
    return _picture(row.transform_filter("datum.picture"), opacity=seen)


def _picture(rows: alt.Chart, opacity: float | alt.ExprRef = 1) -> alt.Chart:
    return (
        rows.mark_image(smooth=False, aspect=False, clip=True, opacity=opacity)
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
        .transform_filter(RESTS)
        .mark_text(fontSize=15, opacity=0.65)
        .encode(x=_x("x1"), y=_y("x2"), text="sign:N", color=alt.Color("colour:N", scale=None))
    )


def _contour() -> alt.Chart:
    return (
        alt.Chart(alt.NamedData("contour"))
        .transform_filter(RESTS)
        .mark_rule(strokeWidth=2, strokeCap="round")
        .encode(x=_x("x1"), x2="x1_end", y=_y("x2"), y2="x2_end", color=alt.Color("colour:N", scale=None))
    )


def _lines(labels: bool = True) -> list[alt.Chart]:
    """Where a hidden unit's net is zero: dark dashes in a white casing, readable on every colouring."""
    base = _crossing(alt.Chart(alt.NamedData("lines")))
    ends = base.encode(x=_x("x1"), x2="x1_end", y=_y("x2"), y2="x2_end")
    casing = ends.mark_rule(stroke="white", strokeWidth=4, opacity=0.9, clip=True)
    dashes = ends.mark_rule(stroke="black", strokeWidth=2, clip=True).encode(
        strokeDash=alt.StrokeDash("unit:N", scale=DASHES, legend=None)
    )
    if not labels:
        return [casing, dashes]
    named = base.encode(x=_x("x1_label"), y=_y("x2_label"), text="label:N").transform_calculate(
        label="datum.unit + ' = 0'",
        x1_label="datum.x1 + datum.share * (datum.x1_end - datum.x1)",
        x2_label="datum.x2 + datum.share * (datum.x2_end - datum.x2)",
    )
    halo = named.mark_text(fontSize=14, fontWeight="bold", stroke="white", strokeWidth=6)
    return [casing, dashes, halo, named.mark_text(fontSize=14, fontWeight="bold", fill="black")]


def _crossing(lines: alt.Chart) -> alt.Chart:
    """The ends in the square of each line b + w1·x1 + w2·x2 = 0, from left to right; no row if it does not cross it.

    The line is walked from its point nearest to the origin, by the length `t`; each side of the square ends the walk.
    """
    sides = {
        f"{name}{side}": f"({edge} - datum.foot{axis}) / datum.step{axis}"
        for axis in (1, 2)
        for name, side, edge in (("low", axis, FIRST), ("high", axis, LAST))
    }
    return (
        lines.transform_calculate(
            b=_moved("datum.first", "datum.bias"),
            w1=_moved("datum.first + 1", "datum.weight1"),
            w2=_moved("datum.first + 2", "datum.weight2"),
        )
        .transform_calculate(
            size="hypot(datum.w1, datum.w2) * (datum.w2 > 0 || (datum.w2 === 0 && datum.w1 < 0) ? -1 : 1)"
        )
        .transform_calculate(step1="-datum.w2 / datum.size", step2="datum.w1 / datum.size")
        .transform_calculate(foot1="-datum.b / datum.size * datum.step2", foot2="datum.b / datum.size * datum.step1")
        .transform_calculate(**sides)
        .transform_calculate(
            t="max(min(datum.low1, datum.high1), min(datum.low2, datum.high2))",
            t_end="min(max(datum.low1, datum.high1), max(datum.low2, datum.high2))",
        )
        .transform_filter("datum.t < datum.t_end")
        .transform_calculate(
            **{
                f"x{axis}{end}": f"datum.foot{axis} + datum.t{end} * datum.step{axis}"
                for axis in (1, 2)
                for end in ("", "_end")
            }
        )
    )


def _point() -> list[alt.Chart]:
    """The point whose way forward is written out below: a ring that is seen on every colour."""
    point = alt.Chart(alt.NamedData("point")).encode(x=_x("x1"), y=_y("x2"))
    return [
        point.mark_point(shape="circle", size=190, stroke=colour, strokeWidth=width, opacity=1, clip=True, tooltip=None)
        for colour, width in (("white", 6), ("black", 2.5))
    ]


def _pointer() -> alt.Chart:
    """Follows the pointer: an interval that starts where one comes in or touches the picture, and ends where it is.

    Its end is all that is used. A grid of 10,000 sensitive cells would do the same, at ten times the cost.
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
    """The whole square, unseen and above all else: a click or a tap anywhere in it meets the point nearest to it.

    A finger that scrolls the page is no tap: the browser takes its pointer away.
    """
    picked = alt.selection_point(
        name=PICKED,
        fields=["x1", "x2"],
        on="pointerup[event.pointerType !== 'touch'], [touchstart, pointercancel] > touchend",
        clear=False,
        toggle=False,
    )
    target = _nearest_point(alt.Chart(alt.sequence(0, 1, as_="i"))).mark_rect(fill="transparent", stroke=None)
    return target.encode(x=alt.datum(FIRST), x2=alt.datum(LAST), y=alt.datum(FIRST), y2=alt.datum(LAST)).add_params(
        picked
    )


def _at_point() -> alt.Chart:
    """The row of `network`, with the values of the network at the point nearest to the pointer."""
    weights = {f"w_{name}": _moved(number, f"datum.{name}") for number, name in enumerate(CELLS)}
    h1, h2 = (expression(f"datum.w_h{u}0 + datum.w_h{u}1 * datum.x1 + datum.w_h{u}2 * datum.x2") for u in (1, 2))
    return (
        _nearest_point(alt.Chart(alt.NamedData("network")).transform_filter("length(at_x) > 1"))
        .transform_calculate(**weights)
        .transform_calculate(h1=h1, h2=h2)
        .transform_calculate(o=expression("datum.w_o0 + datum.w_o1 * datum.h1 + datum.w_o2 * datum.h2"))
        .encode(x=_x("x1"), y=_y("x2"))
    )


def _nearest_point(chart: alt.Chart) -> alt.Chart:
    return chart.transform_calculate(x1=_nearest("x"), x2=_nearest("y"))


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
    text = "Hover or tap: the values appear here"
    hint = _single().transform_filter("length(at_x) < 2").mark_text(fill=theme.muted(dark), fontSize=13, text=text)
    return hint.encode(x=alt.datum(0, type="quantitative"), y=_below(76))


def _single() -> alt.Chart:
    """One row without data."""
    return alt.Chart(alt.sequence(0, 1, as_="i"))


def _below(pixels: int) -> dict[str, dict[str, str]]:
    """A place that many pixels below the picture."""
    return {"value": {"expr": f"height + {pixels}"}}
