"""A line chart over epochs or iterations; the values at the pointer, or at the last step shown, stand above it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVar

import altair as alt

from pages.ui.live.channel import LIVE, published
from pages.ui.theme import ink, muted
from pages.ui.vega import single_row
from tinynet.datasets import MOST_SEPARABLE

Layers: TypeAlias = alt.LayerChart | alt.FacetChart
"""The type that `alt.layer` returns."""
Axis = TypeVar("Axis", alt.X, alt.Y)
READING_WIDTH = 150
"""Most pixels from one line's reading to the next; enough for a one-word name."""
GAP = 16
"""Pixels between two readings."""
LEFT = -30
"""Where title and readings begin: above the axis, in pixels from the plot."""
ROW_HEIGHT = 20
"""Pixels from one row of readings to the next."""
PADDING = {"top": 2, "left": 4, "right": 10, "bottom": 2}
CORNER_AREA = 800
"""Area in square pixels of a point larger than the marker at the end of a line and than the thickest line is wide."""


@dataclass(frozen=True)
class Line:
    """One line: its column, its name, and its colour, dash and marker."""

    key: str
    name: str
    colour: str
    dash: tuple[int, ...] = ()
    shape: str = "circle"


@dataclass(frozen=True)
class Look:
    """The look of a chart: title, format of the readings, height in pixels, quantity on the vertical axis, and step.

    `ticks` is the format of a linear axis, `extent` the pixels kept for its labels. Step 0 is the state after the first
    epoch, or, for a chart of weights, the state `before` it; the readings name the epoch as the player does.
    """

    title: str
    format: str
    height: int
    quantity: str
    log: bool = False
    ticks: str = ".1f"
    step: str = "epoch"
    before: bool = False
    extent: int = 36


def chart(
    look: Look,
    lines: Sequence[Line],
    dark: bool,
    below: Sequence[alt.Chart] = (),
    above: Sequence[alt.Chart] = (),
    reading: int = READING_WIDTH,
    page: str = "",
) -> Layers:
    """The lines, with other layers below and above them; readings are at most `reading` pixels apart.

    Datasets: `curve` (epoch and a column for each line), `now` (a row for each line: run, slot, shown, stride, value,
    last_epoch, last) and `limits` (epoch, value: two corners of the plot).

    The chart of a `page` with a player ends at its position; `now` then also has the columns series and subject.
    """
    x, y = axes(look)
    layers = [
        *(_line(line, x, y) for line in lines),
        corners(x, y).add_params(_pointer()),
        *below,
        *above,
        _reading_rows(look, page).mark_rule(color=muted(dark), strokeDash=[2, 2]).encode(x=axis_for("wanted", x)),
        markers(_reading_rows(look, page), 80, lines).encode(x=axis_for("read_at", x), y=axis_for("read", y)),
        *_title_and_epoch(look, lines, reading, dark, page),
        *_readings(look, lines, reading, dark, page),
    ]
    return alt.layer(*layers, height=look.height, padding=PADDING | {"right": 0}).add_params(
        *shown_parameters(page, before=look.before)
    )


def shown_parameters(page: str, dataset: str = "now", before: bool = False) -> list[alt.Parameter]:
    """The parameters of a chart that shows part of a history: `shown`, the last step shown.

    It is the column `shown` in the first row of `dataset`, unless the player of `page` has published another.
    """
    row = f"data('{dataset}')[0]"
    live = published(page, "'epoch'", "0", f"{row}.shown + {1 - before}", row) + f" - {1 - before}"
    parameter = alt.param(name="shown", expr=f"length(data('{dataset}')) ? {live if page else f'{row}.shown'} : -1")
    return [LIVE, parameter] if page else [parameter]


def corners(x: alt.X, y: alt.Y) -> alt.Chart:
    """Invisible points at both rows of `limits`, which reserve the space of any mark at the edges of the plot.

    Vega fits the plot into the space that its marks leave, and that must not depend on the marks shown at the moment.
    """
    return alt.Chart(alt.NamedData("limits")).mark_point(opacity=0, size=CORNER_AREA).encode(x=x, y=y)


def axes(look: Look) -> tuple[alt.X, alt.Y]:
    """The x axis for the column `epoch` and the y axis for `value`."""
    axis = alt.Axis(format="d", tickMinStep=1, grid=False, titlePadding=2)
    x = alt.X("epoch:Q", title=f"{look.step}s done" if look.before else look.step, scale=_scale("epoch"), axis=axis)
    y = alt.Y("value:Q", title=look.quantity, scale=_scale("value", look.log), axis=_axis(look))
    return x, y


def _scale(column: str, log: bool = False) -> alt.Scale:
    """A scale from the first to the second row of `limits`, whatever is drawn; any range until they have loaded."""
    ends = [alt.ExprRef(f"length(data('limits')) ? data('limits')[{row}].{column} : {row + 1}") for row in (0, 1)]
    return alt.Scale(type="log" if log else "linear", domain=ends, nice=False)


def _axis(look: Look) -> alt.Axis:
    # wider than any label: the plot must not get narrower when the labels change
    style: dict[str, Any] = {"minExtent": look.extent, "titlePadding": 4}
    if look.log:
        label = "datum.value < 0.001 ? format(datum.value, '.0e') : format(datum.value, '~g')"
        return alt.Axis(labelExpr=label, values=[10.0**power for power in range(-15, 4)], labelOverlap=True, **style)
    return alt.Axis(format=look.ticks, tickCount=5, **style)


def axis_for(column: str, axis: Axis) -> Axis:
    """A copy of `axis` for another column."""
    copy = axis.copy()
    copy.shorthand = f"{column}:Q"
    return copy


def markers(rows: alt.Chart, size: int, lines: Sequence[Line]) -> alt.Chart:
    """A marker for each row, in the colour and shape of its line (the column `run`)."""
    shapes = alt.Scale(domain=[line.key for line in lines], range=[line.shape for line in lines])
    return rows.mark_point(size=size, filled=True, opacity=1).encode(
        color=palette(lines), shape=alt.Shape("run:N", scale=shapes, legend=None)
    )


def palette(lines: Sequence[Line]) -> alt.Color:
    """The colour of the line named in the column `run`."""
    scale = alt.Scale(domain=[line.key for line in lines], range=[line.colour for line in lines])
    return alt.Color("run:N", scale=scale, legend=None)


def _line(line: Line, x: alt.X, y: alt.Y) -> alt.Chart:
    rows = alt.Chart(alt.NamedData("curve")).transform_filter("datum.epoch <= shown")
    return rows.mark_line(color=line.colour, strokeDash=list(line.dash), strokeWidth=2).encode(
        x=x, y=axis_for(line.key, y)
    )


def _pointer() -> alt.Parameter:
    """Follows the pointer: an interval selection that ends there. Finding the nearest point would cost far more.

    When the pointer leaves, the selection's store is empty, but `at_x` is [0, 0].
    """
    return alt.selection_interval(
        name="at",
        encodings=["x"],
        on="[pointerover, pointerout] > pointermove",
        clear="pointerout",
        translate=False,
        zoom=False,
        mark=alt.BrushConfig(fillOpacity=0, strokeOpacity=0),
    )


def _reading_rows(look: Look, page: str) -> alt.Chart:
    """For each line, the hovered or last shown step (`wanted`), and its value and step there (`read`, `read_at`).

    A line that has ended earlier is read at its end. A logarithmic axis cannot show 0.
    """
    under = "round(invert('x', at_x[1]) / datum.stride) * datum.stride"
    last = published(page, "datum.series", "datum.slot", "datum.value") if page else "datum.value"
    there = "datum.wanted >= datum.last_epoch ? datum.last : isObject(datum.there) ? datum.there[datum.run] : null"
    return (
        alt.Chart(alt.NamedData("now"))
        .transform_filter("shown >= 0")
        .transform_calculate(wanted=f"length(data('at_store')) ? clamp({under}, 0, shown) : shown")
        .transform_lookup("wanted", alt.LookupData(alt.NamedData("curve"), "epoch"), as_="there")
        .transform_calculate(value_there=f"datum.wanted == shown ? {last} : {there}")
        .transform_calculate(
            read="datum.value_there > 0 ? datum.value_there : null" if look.log else "datum.value_there",
            read_at="min(datum.wanted, datum.last_epoch)",
        )
    )


def _title_and_epoch(look: Look, lines: Sequence[Line], reading: int, dark: bool, page: str) -> list[alt.Chart]:
    """Above the plot: its title, and the epoch of the readings."""
    top = alt.YValue(-ROW_HEIGHT * (_rows(lines) + 0.5))
    epoch = _reading_rows(look, page).transform_filter("datum.slot == 0")
    step = f"'{look.step} ' + (datum.wanted - {int(look.before)})"
    epoch = epoch.transform_calculate(words=f"datum.wanted < {int(look.before)} ? 'initial weights' : {step}")
    return [
        title(look.title, dark).encode(x=alt.XValue(LEFT), y=top),
        epoch.mark_text(**text_style(dark), align="right").encode(
            x=alt.XValue(alt.ExprRef(f"{LEFT} + 2 * {_apart(reading)} - {GAP}")), y=top, text=alt.Text("words:N")
        ),
    ]


def _apart(reading: int) -> str:
    """How many pixels two readings are apart, as a Vega expression: they never end beyond the plot.

    What reaches over its end would make the plot narrower, more or less, as the texts are long or short.
    """
    return f"min({reading}, (width + {GAP - LEFT}) / 2)"


def _readings(look: Look, lines: Sequence[Line], reading: int, dark: bool, page: str) -> list[alt.Chart]:
    """Below the title, two to a row: the marker, name and value of each line.

    A value of 0 is shown here even if the axis is logarithmic.
    """
    x, y = in_pixels(alt.X, "left"), in_pixels(alt.Y, "top")
    keys = json.dumps([line.key for line in lines])
    slots = alt.Chart(alt.sequence(0, len(lines), as_="slot")).transform_calculate(run=f"{keys}[datum.slot]")
    value = f"isValid(datum.read) ? format(datum.read, '{look.format}') : '0'"
    slots, values = (part.transform_calculate(**_slot(lines, reading)) for part in (slots, _reading_rows(look, page)))
    names = slots.transform_calculate(name=name_expression(lines)).mark_text(**text_style(dark), align="left", dx=18)
    end = alt.ExprRef(f"{_apart(reading)} - {GAP}")
    numbers = values.transform_calculate(text=value).mark_text(**text_style(dark), align="right", dx=end)
    return [
        markers(slots, 80, lines).encode(x=in_pixels(alt.X, "middle"), y=y),
        names.encode(x=x, y=y, text="name:N"),
        numbers.encode(x=x, y=y, text="text:N"),
    ]


def _slot(lines: Sequence[Line], reading: int) -> dict[str, str]:
    """The position of a line's reading in pixels, as Vega expressions."""
    left = f"({LEFT} + {_apart(reading)} * (datum.slot % 2))"
    return {
        "left": left,
        "middle": f"{left} + 6",
        "top": f"-{ROW_HEIGHT} * ({_rows(lines)} - floor(datum.slot / 2) - 0.5)",
    }


def name_expression(lines: Sequence[Line]) -> str:
    """The name of a row's line, as a Vega expression."""
    return f"{json.dumps({line.key: line.name for line in lines}, ensure_ascii=False)}[datum.run]"


def in_pixels(axis: type[Axis], column: str) -> Axis:
    """A position in pixels, independent of the chart's scales."""
    return axis(f"{column}:Q", scale=None, axis=None)


def text_style(dark: bool) -> dict[str, Any]:
    """The text style above and in a chart."""
    return {"baseline": "middle", "fontSize": 15, "color": ink(dark)}


def title(text: str, dark: bool) -> alt.Chart:
    """The title of a chart, to be placed above its plot."""
    return single_row().mark_text(**text_style(dark), align="left", fontWeight="bold", text=text)


def _rows(lines: Sequence[Line]) -> int:
    return (len(lines) + 1) // 2


def most_separable(y: alt.Y, dark: bool) -> list[alt.Chart]:
    """The highest accuracy that one separating plane can reach, with its label."""
    source = single_row().transform_calculate(value=f"{MOST_SEPARABLE / 20}", words=f"'{MOST_SEPARABLE} of 20'")
    return named_reference_line(source, y, dark, "bottom", -4)


def named_reference_line(source: alt.Chart, y: alt.Y, dark: bool, baseline: str, dy: int) -> list[alt.Chart]:
    """A dashed line across the plot with its `words` at the right end, `dy` pixels below it."""
    name = source.mark_text(color=muted(dark), fontSize=14, align="right", baseline=baseline, dx=-4, dy=dy)
    return [reference_line(source, y, dark), name.encode(x=alt.XValue("width"), y=y, text=alt.Text("words:N"))]


def reference_line(source: alt.Chart, y: alt.Y, dark: bool) -> alt.Chart:
    """A dashed reference line across the plot."""
    return source.mark_rule(color=muted(dark), strokeDash=[4, 4]).encode(y=y)
