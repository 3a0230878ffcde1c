"""The charts of a training: three quantities over the epochs, and the 20 samples."""

import json
from collections.abc import Sequence
from typing import Any, Literal, TypeVar

import altair as alt

from pages.ui.theme import BLUE, RED, RUN_NAMES, ink, muted
from pages.ui.vega import Spec, specification
from tinynet.datasets import MOST_SEPARABLE

Layers = alt.LayerChart | alt.FacetChart
"""What `alt.layer` gives."""
Axis = TypeVar("Axis", alt.X, alt.Y)
DASHES = {"random": [1, 0], "same": [7, 3], "zeros": [2, 2], "xavier": [10, 3, 2, 3], "he": [5, 5]}
SHAPES = {"random": "circle", "same": "square", "zeros": "triangle-up", "xavier": "diamond", "he": "cross"}
TITLES = {"training_error": "Training error", "accuracy": "Accuracy", "gradient": "Mean gradient"}
FORMATS = {"training_error": ".4f", "accuracy": ".2f", "gradient": ".5f"}
HEIGHTS = {"training_error": 416, "accuracy": 200, "gradient": 200}
"""Pixels; the two small charts are as high as the large one beside them."""
READING = 150
"""Pixels from one run's reading to the next."""
ROW = 20
"""Pixels from one row of readings to the next."""


def colour(run: str, dark: bool) -> str:
    """Red and blue for the two runs of the document; the others are told apart by dash and marker."""
    return {"random": RED, "same": BLUE}.get(run, ink(dark))


def specifications(runs: Sequence[str], dark: bool) -> dict[str, Spec]:
    """All charts of the page for these runs, by name."""
    charts = {quantity: quantity_chart(quantity, runs, dark) for quantity in TITLES}
    return {name: specification(chart) for name, chart in (charts | {"samples": sample_chart(runs, dark)}).items()}


def quantity_chart(quantity: str, runs: Sequence[str], dark: bool) -> Layers:
    """One quantity over the epochs, a line for each run; what is under the pointer, or drawn last, is read on top.

    Datasets: `curve` (epoch and a column for each run), `now` (what is read without a pointer, a row for each run),
    `limits` (epoch, value), `stops` (run, slot, epoch, value, label, late) and, for the gradient, `theta` (value).
    """
    y = alt.Y("value:Q", title=None, scale=_scale("value", "log" if quantity == "gradient" else "linear"))
    y = y.axis(_axis(quantity))
    x = alt.X("epoch:Q", title=None, scale=_scale("epoch"), axis=alt.Axis(format="d", tickMinStep=1, grid=False))
    frame = alt.Chart(alt.NamedData("limits")).mark_point(opacity=0).encode(x=x, y=y).add_params(_pointer())
    stops = alt.Chart(alt.NamedData("stops"))
    layers = [
        frame,
        *_reference(quantity, y, dark),
        *(_line(run, x, y, dark) for run in runs),
        _markers(stops, 130, runs, dark).encode(x=x, y=y),
        *(_stop_labels(stops, x, dark) if quantity == "gradient" else ()),
        _read().mark_rule(color=muted(dark), strokeDash=[2, 2]).encode(x=_of("wanted", x)),
        _markers(_read(), 80, runs, dark).encode(x=_of("read_at", x), y=_of("read", y)),
        *_head(quantity, runs, dark),
        *_readings(quantity, runs, dark),
    ]
    return alt.layer(*layers).properties(
        height=HEIGHTS[quantity], padding={"top": 2, "left": 4, "right": 10, "bottom": 2}
    )


def _scale(column: str, kind: Literal["linear", "log"] = "linear") -> alt.Scale:
    """An axis over the two rows of `limits`, whatever else is drawn; before they are there, over any range."""
    ends = [alt.ExprRef(f"length(data('limits')) ? data('limits')[{row}].{column} : {row + 1}") for row in (0, 1)]
    return alt.Scale(type=kind, domain=ends, nice=False)


def _axis(quantity: str) -> alt.Axis:
    if quantity == "gradient":
        return alt.Axis(format="~g", values=[10.0**power for power in range(-15, 4)], minExtent=30)
    return alt.Axis(format=".1f", tickCount=5, minExtent=30)


def _curve() -> alt.Chart:
    return alt.Chart(alt.NamedData("curve"))


def _once() -> alt.Chart:
    """A chart of one row, for what is drawn once."""
    return alt.Chart(alt.NamedData("limits")).transform_aggregate(rows="count()")


def _of(column: str, axis: Axis) -> Axis:
    """The axis of the chart for another column."""
    copy = axis.copy()
    copy.shorthand = f"{column}:Q"
    return copy


def _markers(rows: alt.Chart, size: int, runs: Sequence[str], dark: bool) -> alt.Chart:
    """A marker for each row, in the colour and the shape of its run."""
    shapes = alt.Scale(domain=list(runs), range=[SHAPES[run] for run in runs])
    return rows.mark_point(size=size, filled=True, opacity=1).encode(
        color=_palette(runs, dark), shape=alt.Shape("run:N", scale=shapes, legend=None)
    )


def _palette(runs: Sequence[str], dark: bool) -> alt.Color:
    scale = alt.Scale(domain=list(runs), range=[colour(run, dark) for run in runs])
    return alt.Color("run:N", scale=scale, legend=None)


def _reference(quantity: str, y: alt.Y, dark: bool) -> list[alt.Chart]:
    """The line that a run cannot pass, or the one that stops it, each with its name where no curve comes."""
    if quantity == "training_error":
        return []
    style: dict[str, Any] = {"color": muted(dark), "fontSize": 14}
    if quantity == "accuracy":
        source = _once().transform_calculate(value=f"{MOST_SEPARABLE / 20}", words=f"'{MOST_SEPARABLE} of 20'")
        name = source.mark_text(**style, align="right", baseline="bottom", dx=-4, dy=-4).encode(x=alt.XValue("width"))
    else:
        source = alt.Chart(alt.NamedData("theta")).transform_calculate(words="'θ ' + format(datum.value, '~g')")
        name = source.mark_text(**style, align="left", baseline="top", dx=4, dy=4).encode(x=alt.XValue(0))
    rule = source.mark_rule(color=muted(dark), strokeDash=[4, 4])
    return [rule.encode(y=y), name.encode(y=y, text=alt.Text("words:N"))]


def _line(run: str, x: alt.X, y: alt.Y, dark: bool) -> alt.Chart:
    line = _curve().mark_line(color=colour(run, dark), strokeDash=DASHES[run], strokeWidth=2)
    return line.encode(x=x, y=_of(run, y))


def _stop_labels(stops: alt.Chart, x: alt.X, dark: bool) -> list[alt.Chart]:
    """Where each run ended, in words on the side with room; the labels of several runs stand below each other."""
    words = stops.transform_calculate(words=f"{_name()} + ' ' + datum.label", height=f"2 + {ROW} * datum.slot")
    style: dict[str, Any] = {"baseline": "top", "color": ink(dark), "fontSize": 14}
    late = words.transform_filter("datum.late").mark_text(**style, align="right", dx=-8)
    early = words.transform_filter("!datum.late").mark_text(**style, align="left", dx=8)
    return [part.encode(x=x, y=_pixels(alt.Y, "height"), text=alt.Text("words:N")) for part in (late, early)]


def _pointer() -> alt.Parameter:
    """Follows the pointer: an interval that ends where it is. Looking for the nearest point would cost far more."""
    return alt.selection_interval(
        name="at",
        encodings=["x"],
        on="[pointerover, pointerout] > pointermove",
        clear="pointerout",
        translate=False,
        zoom=False,
        mark=alt.BrushConfig(fillOpacity=0, strokeOpacity=0),
    )


def _read() -> alt.Chart:
    """For each run `wanted`, the epoch under the pointer or the last one, and what is read in it: `read`, `read_at`.

    A run that has stopped before is read where it stopped.
    """
    under = "round(invert('x', at_x[1]) / datum.stride) * datum.stride"
    return (
        alt.Chart(alt.NamedData("now"))
        .transform_calculate(wanted=f"length(at_x) > 1 ? clamp({under}, 0, datum.epoch) : datum.epoch")
        .transform_lookup("wanted", alt.LookupData(alt.NamedData("curve"), "epoch"), as_="there")
        .transform_calculate(
            read="datum.wanted < datum.last_epoch ? datum.there[datum.run] : datum.last",
            read_at="min(datum.wanted, datum.last_epoch)",
        )
    )


def _head(quantity: str, runs: Sequence[str], dark: bool) -> list[alt.Chart]:
    """Above the plot: its title, and the epoch that is read."""
    top = alt.YValue(-ROW * (_rows(runs) + 0.5))
    title = _once().mark_text(**_type(dark), align="left", fontWeight="bold", text=TITLES[quantity])
    epoch = _read().transform_filter("datum.slot == 0").transform_calculate(words="'epoch ' + datum.wanted")
    return [
        title.encode(x=alt.XValue(0), y=top),
        epoch.mark_text(**_type(dark), align="right").encode(
            x=alt.XValue(2 * READING - 20), y=top, text=alt.Text("words:N")
        ),
    ]


def _readings(quantity: str, runs: Sequence[str], dark: bool) -> list[alt.Chart]:
    """Below them, two to a row: the marker, the name and the value of each run."""
    x, y = _pixels(alt.X, "left"), _pixels(alt.Y, "top")
    slots = alt.Chart(alt.sequence(0, len(runs), as_="slot")).transform_calculate(run=f"{json.dumps(runs)}[datum.slot]")
    slots, values = (part.transform_calculate(**_slot(runs)) for part in (slots, _read()))
    names = slots.transform_calculate(name=_name()).mark_text(**_type(dark), align="left", dx=18)
    values = values.mark_text(**_type(dark), align="right", dx=READING - 20)
    return [
        _markers(slots, 80, runs, dark).encode(x=_pixels(alt.X, "middle"), y=y),
        names.encode(x=x, y=y, text="name:N"),
        values.encode(x=x, y=y, text=alt.Text("read:Q", format=FORMATS[quantity])),
    ]


def _slot(runs: Sequence[str]) -> dict[str, str]:
    """Where the reading of a run stands, in pixels."""
    left = f"{READING} * (datum.slot % 2)"
    return {
        "left": left,
        "middle": f"{left} + 6",
        "top": f"-{ROW} * ({_rows(runs)} - floor(datum.slot / 2) - 0.5)",
    }


def _name() -> str:
    """What the run of a row is called, in Vega's language."""
    return f"{json.dumps(RUN_NAMES)}[datum.run]"


def _pixels(axis: type[Axis], column: str) -> Axis:
    """A place in pixels, beside the scales of the chart."""
    return axis(f"{column}:Q", scale=None, axis=None)


def _type(dark: bool) -> dict[str, Any]:
    return {"baseline": "middle", "fontSize": 15, "color": ink(dark)}


def _rows(runs: Sequence[str]) -> int:
    return (len(runs) + 1) // 2


def sample_chart(runs: Sequence[str], dark: bool) -> Layers:
    """Which of the 20 samples each run gets wrong. Dataset: `samples` (run, sample, x1, x2, x3, y, right)."""
    names = alt.Axis(labelExpr=" : ".join(f"datum.value === '{run}' ? '{RUN_NAMES[run]}'" for run in runs) + " : ''")
    base = alt.Chart(alt.NamedData("samples")).encode(
        x=alt.X("sample:O", title=None, axis=alt.Axis(labelAngle=0, ticks=False, domain=False, labelOverlap=True)),
        y=alt.Y("run:N", title=None, scale=alt.Scale(domain=list(runs)), axis=names),
        tooltip=[
            alt.Tooltip("run:N"),
            alt.Tooltip("sample:O"),
            *(alt.Tooltip(f"{name}:Q", format="+.3f") for name in ("x1", "x2", "x3", "y")),
        ],
    )
    right = base.transform_filter("datum.right").mark_point(filled=True, size=18, color=muted(dark), opacity=1)
    wrong = base.transform_filter("!datum.right").mark_text(text="✕", fontSize=18, fontWeight="bold")
    title = alt.Chart(alt.NamedData("samples")).transform_aggregate(rows="count()")
    title = title.mark_text(**_type(dark), align="left", text="Samples (✕ wrong with the weights now)")
    layers = alt.layer(
        right,
        wrong.encode(color=_palette(runs, dark)),
        title.encode(x=alt.XValue(0), y=alt.YValue(-14)),
    )
    return layers.properties(height=24 * len(runs) + 50, padding={"top": 2, "left": 4, "right": 10, "bottom": 2})
