"""The charts of page 5: the pictures of both networks, their histories, and the networks themselves."""

from functools import lru_cache
from typing import Any

import altair as alt

from pages.ui.activation.charts import square
from pages.ui.lines import charts as line_chart
from pages.ui.lines.charts import Layers, Line, Look
from pages.ui.live.channel import HAND, LIVE, published
from pages.ui.network import charts as network
from pages.ui.regions.charts import (
    Square,
    crossing,
    line_marks,
    line_names,
    live_images,
    shown_slot,
)
from pages.ui.theme import BLUE, RED, muted
from pages.ui.vega import Spec, single_row, specification
from tinynet.points import LIMIT

PAGE = "in_the_plane"
REGIONS = f"{PAGE}_regions"
"""The state that holds the pictures."""
RUNS = ("A", "B")
COLOURS = ("#A6C4F1", "#F1ABAE", "#89B1EC", "#EC8F93")
"""Of the negative and the positive region, and of the signs in them: paler than the points."""
TOGETHER = 20
"""Lines whose ends differ by less than 1 / TOGETHER are drawn as one."""
PADDING = dict.fromkeys(("top", "right", "bottom", "left"), 0)
"""None: where a hand is in the drawing says where it is in the plane."""
LOOKS = {
    "training_error": Look("Training error", ".4f", 200, "mean (o − y)²"),
    "accuracy": Look("Accuracy", ".2f", 200, "share right"),
    "spread": Look("Spread of units", ".2~g", 200, "largest difference", log=True, before=True),
}
ALT = {
    "picture": "What network {} calls positive and negative, the points, and the lines of its hidden units.",
    "training_error": "Training error of both networks over the epochs; the table below has the values.",
    "accuracy": "Accuracy of both networks over the epochs, and the most that one line can reach.",
    "spread": "The largest difference between two hidden units of each network over the epochs.",
    "network": "Network {} with its weights now; equal units have equal edges.",
}
"""The text alternative of each chart."""


@lru_cache(maxsize=2)
def specifications(dark: bool) -> dict[str, Spec]:
    """All charts of the page, by name; a picture for each network."""
    lines = [Line("A", "A", RED), Line("B", "B", BLUE, (7, 3), "square")]
    charts: dict[str, alt.TopLevelMixin] = {f"picture_{run}": picture(run, dark) for run in range(len(RUNS))}
    for quantity, look in LOOKS.items():
        below = _best_line(line_chart.axes(look)[1], dark) if quantity == "accuracy" else []
        charts[quantity] = line_chart.chart(look, lines, dark, below, page=PAGE)
    charts["network"] = network.drawing(dark, PAGE)
    words = {f"picture_{run}": ALT["picture"].format(name) for run, name in enumerate(RUNS)}
    return {name: specification(chart, words.get(name) or ALT[name], muted(dark)) for name, chart in charts.items()}


def picture(run: int, dark: bool) -> Layers:
    """The regions of network `run`, its lines and the points, over the whole drawing.

    Datasets: `points` and `lines` of `pages.ui.plane.tables`. Follows the player and the hand. The drawing is
    transparent: while the network moves, its regions are painted below.
    """
    lines, names = _lines()
    layers = [*live_images(SQUARE, REGIONS, f"picture_{run}"), *_axes(), *lines, *_points(), *names, _frame(dark)]
    drawing = square(*layers).add_params(LIVE, HAND, shown_slot(REGIONS, f"picture_{run}"))
    return drawing.properties(padding=PADDING, background="transparent")


def _x(column: str) -> alt.X:
    return alt.X(column, type="quantitative", axis=None, scale=alt.Scale(domain=[-LIMIT, LIMIT], nice=False))


def _y(column: str) -> alt.Y:
    return alt.Y(column, type="quantitative", axis=None, scale=alt.Scale(domain=[-LIMIT, LIMIT], nice=False))


SQUARE = Square(-LIMIT, LIMIT, _x, _y)


def _axes() -> list[alt.Chart]:
    """Both axes through the origin, named at their ends: the drawing has no room outside the plane."""
    rule: dict[str, Any] = {"stroke": "black", "opacity": 0.25, "strokeWidth": 1}
    style: dict[str, Any] = {"fill": "black", "opacity": 0.65, "fontSize": 13}
    ends: list[tuple[str, float, float, dict[str, Any]]] = [
        (f"{-LIMIT:g}", -LIMIT, 0, {"align": "left", "baseline": "bottom", "dx": 4, "dy": -3}),
        (f"x₁ = {LIMIT:g}", LIMIT, 0, {"align": "right", "baseline": "bottom", "dx": -4, "dy": -3}),
        (f"{-LIMIT:g}", 0, -LIMIT, {"align": "left", "baseline": "bottom", "dx": 4, "dy": -4}),
        (f"x₂ = {LIMIT:g}", 0, LIMIT, {"align": "left", "baseline": "top", "dx": 4, "dy": 4}),
    ]
    words = [_at(x1, x2).mark_text(text=text.replace("-", "−"), **style, **place) for text, x1, x2, place in ends]
    return [
        single_row().mark_rule(**rule).encode(x=_at_x(0)),
        single_row().mark_rule(**rule).encode(y=_at_y(0)),
        *words,
    ]


def _at(x1: float, x2: float) -> alt.Chart:
    return single_row().encode(x=_at_x(x1), y=_at_y(x2))


def _at_x(value: float) -> alt.XDatum:
    return alt.XDatum(value, type="quantitative", axis=None)


def _at_y(value: float) -> alt.YDatum:
    return alt.YDatum(value, type="quantitative", axis=None)


def _frame(dark: bool) -> alt.Chart:
    """A frame within the drawing: outside it, it would move the plane."""
    edge = LIMIT * 0.997
    frame = single_row().mark_rect(filled=False, stroke=muted(dark), strokeWidth=1)
    return frame.encode(x=_at_x(-edge), x2=alt.datum(edge), y=_at_y(-edge), y2=alt.datum(edge))


def _lines() -> tuple[list[alt.Chart], list[alt.Chart]]:
    """The lines on which hidden units are 0, each the wider the more of them lie there, and their names."""
    weights = {"b": ("", "bias"), "w1": (" + 1", "weight1"), "w2": (" + 2", "weight2")}
    own = alt.Chart(alt.NamedData("lines")).transform_calculate(
        **{
            name: published(PAGE, "datum.series", f"3 * datum.unit{place}", f"datum.{held}")
            for name, (place, held) in weights.items()
        }
    )
    ends = ("x1", "x2", "x1_end", "x2_end")
    smallest: dict[str, Any] = {end: f"min({end})" for end in ends}
    names = "pluck(datum.members, 'name')"
    together = (
        crossing(SQUARE, own)
        .transform_calculate(**{f"{end}_near": f"round({TOGETHER} * datum.{end})" for end in ends})
        .transform_aggregate(
            units="count()",
            members="values(name)",
            share="min(share)",
            **smallest,
            groupby=[f"{end}_near" for end in ends],
        )
        .transform_calculate(label=f"datum.units < 3 ? join({names}, ' = ') : datum.units + ' units'")
    )
    return line_marks(SQUARE, together, "1 + datum.units"), line_names(SQUARE, together)


def _points() -> list[alt.Chart]:
    """The points as they are, or as the hand has them: class by colour and shape, and a ring around the wrong ones."""
    held = {
        name: published(PAGE, f"'{column}'", "datum.index", f"datum.{column}", channel="hand")
        for name, column in (("at1", "x1"), ("at2", "x2"), ("class", "label"))
    }
    points = (
        alt.Chart(alt.NamedData("points"))
        .transform_calculate(**held)
        .transform_filter("isValid(datum.at1)")
        .encode(x=_x("at1"), y=_y("at2"))
    )
    shapes, colours = (alt.Scale(domain=[1, -1], range=seen) for seen in (["circle", "square"], [RED, BLUE]))
    wrong = published(PAGE, "datum.series", "datum.index", "datum.wrong")
    rings = points.transform_calculate(wrong_now=wrong).transform_filter("datum.wrong_now")
    return [
        *(
            rings.mark_point(shape="circle", size=430, stroke=colour, strokeWidth=width, opacity=1, clip=True)
            for colour, width in (("white", 5), ("black", 2.5))
        ),
        points.mark_point(filled=True, size=170, stroke="white", strokeWidth=1.5, opacity=1, clip=True).encode(
            shape=alt.Shape("class:N", scale=shapes, legend=None),
            fill=alt.Fill("class:N", scale=colours, legend=None),
        ),
    ]


def _best_line(y: alt.Y, dark: bool) -> list[alt.Chart]:
    """The highest accuracy that one line can reach, with its label."""
    source = alt.Chart(alt.NamedData("best")).transform_calculate(
        words="'one line: ' + format(datum.value, '.1~%')",
        beside="datum.value > 0.85 ? datum.value - 0.08 : datum.value + 0.08",
    )
    name = source.mark_text(color=muted(dark), fontSize=14, align="right", baseline="middle", dx=-4)
    place = {"x": alt.XValue("width"), "y": line_chart.axis_for("beside", y)}
    return [line_chart.reference_line(source, y, dark), name.encode(**place, text="words:N")]
