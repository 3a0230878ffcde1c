"""A chart of lines over epochs or iterations; what is under the pointer, or shown last, is read above it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import altair as alt

from pages.ui.live.channel import LIVE, published
from pages.ui.theme import ink, muted
from tinynet.datasets import MOST_SEPARABLE

Layers = alt.LayerChart | alt.FacetChart
"""What `alt.layer` gives."""
Axis = TypeVar("Axis", alt.X, alt.Y)
READING = 150
"""Pixels from one line's reading to the next, for a name of one word."""
ROW = 20
"""Pixels from one row of readings to the next."""
PADDING = {"top": 2, "left": 4, "right": 10, "bottom": 2}
CORNER = 800
"""Square pixels of a point that is larger than the marker at the end of a line, and than the thickest line is wide."""


@dataclass(frozen=True)
class Line:
    """One line: the column that it draws, what it is called, and how it is told from the others."""

    key: str
    name: str
    colour: str
    dash: tuple[int, ...] = (1, 0)
    shape: str = "circle"


@dataclass(frozen=True)
class Look:
    """A chart: its title, the format of its readings, its height in pixels, what its vertical axis shows, and its step.

    Of an axis without `ticks` Vega chooses the ticks. Step 0 is what was after the first epoch, or, where the weights
    are looked at, `before` it.
    """

    title: str
    format: str
    height: int
    quantity: str
    log: bool = False
    ticks: str = ".1f"
    step: str = "epoch"
    before: bool = False


def chart(
    look: Look,
    lines: Sequence[Line],
    dark: bool,
    below: Sequence[alt.Chart] = (),
    above: Sequence[alt.Chart] = (),
    reading: int = READING,
    page: str = "",
) -> Layers:
    """The lines, with other layers below and above them. From one reading to the next there are `reading` pixels.

    Datasets: `curve` (epoch and a column for each line), `now` (a row for each line: run, slot, shown, stride, value,
    last_epoch, last) and `limits` (epoch, value: two corners of the plot).

    The chart of a `page` with a player shows as much as that says; its `now` also has the columns series and subject.
    """
    x, y = axes(look)
    layers = [
        *(_line(line, x, y) for line in lines),
        corners(x, y).add_params(_pointer()),
        *below,
        *above,
        _read(look, page).mark_rule(color=muted(dark), strokeDash=[2, 2]).encode(x=of("wanted", x)),
        markers(_read(look, page), 80, lines).encode(x=of("read_at", x), y=of("read", y)),
        *_head(look, lines, reading, dark, page),
        *_readings(look, lines, reading, dark, page),
    ]
    return alt.layer(*layers, height=look.height, padding=PADDING | {"right": 0}).add_params(
        *following(page, before=look.before)
    )


def following(page: str, dataset: str = "now", before: bool = False) -> list[alt.Parameter]:
    """The parameters of a chart that shows a part of a history: `shown`, the last step.

    It is what the first row of `dataset` has in its column `shown`, unless a player of `page` says otherwise.
    """
    row = f"data('{dataset}')[0]"
    live = published(page, "'epoch'", "0", f"{row}.shown + {1 - before}", row) + f" - {1 - before}"
    parameter = alt.param(name="shown", expr=f"length(data('{dataset}')) ? {live if page else f'{row}.shown'} : -1")
    return [LIVE, parameter] if page else [parameter]


def corners(x: alt.X, y: alt.Y) -> alt.Chart:
    """Holds the plot open to both rows of `limits`, and unseen reaches over its edges as far as any mark at them.

    The width of a plot is what its marks leave of the chart: it must not depend on those that are just shown.
    """
    return alt.Chart(alt.NamedData("limits")).mark_point(opacity=0, size=CORNER).encode(x=x, y=y)


def axes(look: Look) -> tuple[alt.X, alt.Y]:
    """The axes of the columns `epoch` and `value`."""
    axis = alt.Axis(format="d", tickMinStep=1, grid=False, titlePadding=2)
    x = alt.X("epoch:Q", title=look.step, scale=_scale("epoch"), axis=axis)
    y = alt.Y("value:Q", title=look.quantity, scale=_scale("value", look.log), axis=_axis(look))
    return x, y


def _scale(column: str, log: bool = False) -> alt.Scale:
    """An axis over the two rows of `limits`, whatever else is drawn; before they are there, over any range."""
    ends = [alt.ExprRef(f"length(data('limits')) ? data('limits')[{row}].{column} : {row + 1}") for row in (0, 1)]
    return alt.Scale(type="log" if log else "linear", domain=ends, nice=False)


def _axis(look: Look) -> alt.Axis:
    if look.log:
        ticks = [10.0**power for power in range(-15, 4)]
        return alt.Axis(format="~g", values=ticks, minExtent=30, labelOverlap=True, titlePadding=6)
    return alt.Axis(format=look.ticks, tickCount=5, minExtent=30, titlePadding=6)


def once() -> alt.Chart:
    """A chart of one row, for what is drawn once."""
    return alt.Chart(alt.NamedData("limits")).transform_aggregate(rows="count()")


def of(column: str, axis: Axis) -> Axis:
    """The axis of the chart for another column."""
    copy = axis.copy()
    copy.shorthand = f"{column}:Q"
    return copy


def markers(rows: alt.Chart, size: int, lines: Sequence[Line]) -> alt.Chart:
    """A marker for each row, in the colour and the shape of its line (the column `run`)."""
    shapes = alt.Scale(domain=[line.key for line in lines], range=[line.shape for line in lines])
    return rows.mark_point(size=size, filled=True, opacity=1).encode(
        color=palette(lines), shape=alt.Shape("run:N", scale=shapes, legend=None)
    )


def palette(lines: Sequence[Line]) -> alt.Color:
    """The colour of the line that the column `run` names."""
    scale = alt.Scale(domain=[line.key for line in lines], range=[line.colour for line in lines])
    return alt.Color("run:N", scale=scale, legend=None)


def _line(line: Line, x: alt.X, y: alt.Y) -> alt.Chart:
    rows = alt.Chart(alt.NamedData("curve")).transform_filter("datum.epoch <= shown")
    return rows.mark_line(color=line.colour, strokeDash=list(line.dash), strokeWidth=2).encode(x=x, y=of(line.key, y))


def _pointer() -> alt.Parameter:
    """Follows the pointer: an interval that ends where it is. Looking for the nearest point would cost far more.

    When the pointer leaves, its store is empty; `at_x` is not, it is [0, 0].
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


def _read(look: Look, page: str) -> alt.Chart:
    """For each line the step under the pointer or the last one shown, `wanted`, and its value there: `read`, `read_at`.

    A line that has ended before is read where it ended. A logarithmic axis has no place for 0.
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


def _head(look: Look, lines: Sequence[Line], reading: int, dark: bool, page: str) -> list[alt.Chart]:
    """Above the plot: its title, and the epoch that is read."""
    top = alt.YValue(-ROW * (_rows(lines) + 0.5))
    title = once().mark_text(**words(dark), align="left", fontWeight="bold", text=look.title)
    epoch = _read(look, page).transform_filter("datum.slot == 0")
    epoch = epoch.transform_calculate(words=f"'{look.step} ' + datum.wanted")
    return [
        title.encode(x=alt.XValue(0), y=top),
        epoch.mark_text(**words(dark), align="right").encode(
            x=alt.XValue(2 * reading - 20), y=top, text=alt.Text("words:N")
        ),
    ]


def _readings(look: Look, lines: Sequence[Line], reading: int, dark: bool, page: str) -> list[alt.Chart]:
    """Below them, two to a row: the marker, the name and the value of each line.

    A logarithmic axis has no place for 0, but it is read.
    """
    x, y = pixels(alt.X, "left"), pixels(alt.Y, "top")
    keys = json.dumps([line.key for line in lines])
    slots = alt.Chart(alt.sequence(0, len(lines), as_="slot")).transform_calculate(run=f"{keys}[datum.slot]")
    value = f"isValid(datum.read) ? format(datum.read, '{look.format}') : '0'"
    slots, values = (part.transform_calculate(**_slot(lines, reading)) for part in (slots, _read(look, page)))
    names = slots.transform_calculate(name=name(lines)).mark_text(**words(dark), align="left", dx=18)
    numbers = values.transform_calculate(text=value).mark_text(**words(dark), align="right", dx=reading - 20)
    return [
        markers(slots, 80, lines).encode(x=pixels(alt.X, "middle"), y=y),
        names.encode(x=x, y=y, text="name:N"),
        numbers.encode(x=x, y=y, text="text:N"),
    ]


def _slot(lines: Sequence[Line], reading: int) -> dict[str, str]:
    """Where the reading of a line stands, in pixels."""
    left = f"{reading} * (datum.slot % 2)"
    return {
        "left": left,
        "middle": f"{left} + 6",
        "top": f"-{ROW} * ({_rows(lines)} - floor(datum.slot / 2) - 0.5)",
    }


def name(lines: Sequence[Line]) -> str:
    """What the line of a row is called, in Vega's language."""
    return f"{json.dumps({line.key: line.name for line in lines}, ensure_ascii=False)}[datum.run]"


def pixels(axis: type[Axis], column: str) -> Axis:
    """A place in pixels, beside the scales of the chart."""
    return axis(f"{column}:Q", scale=None, axis=None)


def words(dark: bool) -> dict[str, Any]:
    """How words are written above and in a chart."""
    return {"baseline": "middle", "fontSize": 15, "color": ink(dark)}


def _rows(lines: Sequence[Line]) -> int:
    return (len(lines) + 1) // 2


def most_separable(y: alt.Y, dark: bool) -> list[alt.Chart]:
    """The accuracy that one plane cannot pass, with its name."""
    source = once().transform_calculate(value=f"{MOST_SEPARABLE / 20}", words=f"'{MOST_SEPARABLE} of 20'")
    name = source.mark_text(color=muted(dark), fontSize=14, align="right", baseline="bottom", dx=-4, dy=-4)
    return [rule(source, y, dark), name.encode(x=alt.XValue("width"), y=y, text=alt.Text("words:N"))]


def rule(source: alt.Chart, y: alt.Y, dark: bool) -> alt.Chart:
    """A dashed line across the plot, for a value that lines are compared with."""
    return source.mark_rule(color=muted(dark), strokeDash=[4, 4]).encode(y=y)
