"""Images of decision regions, and the lines of the hidden units, in a square of the plane."""

from collections.abc import Callable
from dataclasses import dataclass

import altair as alt

from pages.ui.live.channel import published
from pages.ui.vega import single_row

NAMED_WITHIN = 0.84
"""The share of a square's width within which names are centred, so that none is cut off."""


@dataclass(frozen=True)
class Square:
    """A square of the plane: where it begins and ends, and its axes, each for a column."""

    first: float
    last: float
    x: Callable[[str], alt.X]
    y: Callable[[str], alt.Y]


def shown_slot(state: str, series: str) -> alt.Parameter:
    """The parameter `seen`: which slot for images of a published `state` is visible, 0 or 1; -1 without its `series`.

    A chart shows nothing while it loads an image: one slot is shown while the other loads the next one.
    """
    found = f"isObject(live) && isObject(live.{state}) && isArray(live.{state}.{series})"
    seen: alt.Parameter = alt.param(name="seen", expr=f"{found} ? live.{state}.top : -1")
    return seen


def live_images(square: Square, state: str, series: str) -> list[alt.Chart]:
    """The two slots for the images that are published as `series` of `state`, one of them visible."""
    return [_live_image(square, state, series, place) for place in (0, 1)]


def _live_image(square: Square, state: str, series: str, place: int) -> alt.Chart:
    """One slot. It has a data source of its own, because new data for a dataset would reload its image."""
    row = single_row().transform_calculate(picture=published(state, f"'{series}'", str(place), "''"))
    seen = alt.ExprRef(f"seen === {place} ? 1 : 0")
    return image(square, row.transform_filter("datum.picture"), opacity=seen)


def image(square: Square, rows: alt.Chart, opacity: float | alt.ExprRef = 1) -> alt.Chart:
    """The image whose URL is in the column `picture` of the only row, over the whole square."""
    return (
        rows.mark_image(smooth=False, aspect=False, clip=True, opacity=opacity)
        .encode(x=square.x("from"), x2="to", y=square.y("from"), y2="to", url="picture:N")
        .transform_calculate(**{"from": str(square.first), "to": str(square.last)})
    )


def crossing(square: Square, lines: alt.Chart) -> alt.Chart:
    """Both ends (x1, x2, x1_end, x2_end) of each line b + w1·x1 + w2·x2 = 0 within the square, from left to right.

    No row for a line outside. Each line is parametrised by the signed length `t` from its point nearest the origin, and
    clipped to the four sides.
    """
    sides = {
        f"{name}{side}": f"({edge} - datum.foot{axis}) / datum.step{axis}"
        for axis in (1, 2)
        for name, side, edge in (("low", axis, square.first), ("high", axis, square.last))
    }
    return (
        lines.transform_calculate(
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


def line_marks(square: Square, lines: alt.Chart, width: str = "2") -> list[alt.Chart]:
    """Black lines on white, readable on every colouring, between the ends of `crossing`, `width` pixels wide."""
    ends = lines.encode(x=square.x("x1"), x2="x1_end", y=square.y("x2"), y2="x2_end")
    return [
        ends.transform_calculate(width=f"{width} + {casing}")
        .mark_rule(stroke=colour, opacity=opacity, clip=True)
        .encode(strokeWidth=alt.StrokeWidth("width:Q", scale=None))
        for colour, casing, opacity in (("white", 2, 0.9), ("black", 0, 1.0))
    ]


def line_names(square: Square, lines: alt.Chart) -> list[alt.Chart]:
    """The column `label` of each line, at the `share` of its way."""
    within = f"{NAMED_WITHIN * square.first}, {NAMED_WITHIN * square.last}"
    named = lines.encode(x=square.x("x1_label"), y=square.y("x2_label"), text="label:N").transform_calculate(
        x1_label=f"clamp(datum.x1 + datum.share * (datum.x1_end - datum.x1), {within})",
        x2_label="datum.x2 + datum.share * (datum.x2_end - datum.x2)",
    )
    halo = named.mark_text(fontSize=14, fontWeight="bold", stroke="white", strokeWidth=6, clip=True)
    return [halo, named.mark_text(fontSize=14, fontWeight="bold", fill="black", clip=True)]
