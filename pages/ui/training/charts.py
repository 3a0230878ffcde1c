"""The charts of a training: three quantities over the epochs, the 20 samples, and o as a function of h."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

import altair as alt

from pages.ui.activation.charts import activation, activation_expression
from pages.ui.lines import charts as line_chart
from pages.ui.lines.charts import Layers, Line, Look
from pages.ui.live.channel import LIVE, published, published_list
from pages.ui.network import charts as network
from pages.ui.theme import BLUE, RED, RUN_NAMES, ink, muted
from pages.ui.vega import Spec, specification
from tinynet.activations import A
from tinynet.datasets import TWENTY

PAGE = "training"
DASHES = {"random": (), "same": (7, 3), "zeros": (2, 2), "xavier": (10, 3, 2, 3), "he": (5, 5)}
SHAPES = {"random": "circle", "same": "square", "zeros": "triangle-up", "xavier": "diamond", "he": "cross"}
# the two small charts together are as high as the large one beside them
LOOKS = {
    "training_error": Look("Training error", ".4f", 416, "mean (o − y)²"),
    "accuracy": Look("Accuracy", ".2f", 200, "share right"),
    "gradient": Look("Mean gradient", ".5f", 200, "mean |∂l/∂w|", log=True),
}
PUBLISHED_PAIR = ("random", "same")
"""The runs of each comparison that the document prints."""
COMPARED_LOOKS = {
    "training_error": Look("Training error", ".3f", 230, "mean (o − y)²", extent=26),
    "accuracy": Look("Accuracy", ".2f", 180, "share right", extent=26),
}
OUTPUT_HEIGHT = 220
AXIS_LIMIT = 1.15 * A
LABEL_DISTANCE = 0.3
"""Distance in h: samples closer than this share one label."""
LABEL_OFFSET = 0.55
"""Offset in o, towards the middle, of the labels of samples on the right."""
NUMBERS_PER_LINE = 5
"""How many sample numbers fit on a line."""


def colour(run: str, dark: bool) -> str:
    """Red and blue for the document's two runs; the others are told apart by dash and marker."""
    return {"random": RED, "same": BLUE}.get(run, ink(dark))


ALT = {
    "training_error": "Training error of each run over the epochs; the table below has the values.",
    "accuracy": "Accuracy of each run over the epochs, and the limit of 16 of 20; the table below has the values.",
    "gradient": "Mean gradient of each run over the epochs, on a logarithmic axis, with θ if it is above 0 and the "
    "epochs in which the runs stop; the table below has the values.",
    "samples": "Which of the 20 samples each run gets wrong; the table below has how many.",
    "plane": "The 20 samples as {} sees them, o over h; those that are wrong have their number.",
    "network": "The network of {} with its weights now; the table of weights has the values.",
    "activation": "The activation f over its pre-activation net, with its limits a and −a.",
    "compared_training_error": "The training error of a published comparison over the epochs.",
    "compared_accuracy": "The accuracy of a published comparison over the epochs.",
}
"""The text alternative of each chart."""


@lru_cache(maxsize=64)
def specifications(runs: tuple[str, ...], dark: bool) -> dict[str, Spec]:
    """All charts of the page, by name, for these runs."""
    charts = {quantity: quantity_chart(quantity, runs, dark) for quantity in LOOKS}
    charts |= {"samples": sample_chart(runs, dark), "plane": output_chart(dark)}
    charts |= {"network": network.drawing(dark, PAGE), "activation": activation(dark)}
    charts |= {f"compared_{quantity}": comparison_chart(quantity, dark) for quantity in COMPARED_LOOKS}
    return {name: specification(chart, ALT[name], muted(dark)) for name, chart in charts.items()}


def quantity_chart(quantity: str, runs: Sequence[str], dark: bool) -> Layers:
    """One quantity over the epochs, a line for each run, up to the player's position.

    Datasets: those of `line_chart.chart`, `stops` (run, slot, epoch, value, label, late) and, for the gradient, `theta`
    (value).
    """
    lines, look = _lines(runs, dark), _look(quantity, len(runs))
    x, y = line_chart.axes(look)
    stops = alt.Chart(alt.NamedData("stops")).transform_filter("datum.epoch <= shown")
    labels = _stop_labels(stops, x, lines, dark) if quantity == "gradient" else []
    ends = line_chart.markers(stops, 130, lines).encode(x=x, y=y)
    return line_chart.chart(look, lines, dark, _reference(quantity, y, dark), [ends, *labels], page=PAGE)


def comparison_chart(quantity: str, dark: bool) -> Layers:
    """One quantity over the epochs of a comparison that the document prints. Datasets: those of `line_chart.chart`."""
    return line_chart.chart(COMPARED_LOOKS[quantity], _lines(PUBLISHED_PAIR, dark), dark)


def _look(quantity: str, runs: int) -> Look:
    """The look for this number of runs: taller with more than two, so that their readings leave the plot its height."""
    look, readings, stops = (
        LOOKS[quantity],
        line_chart.ROW_HEIGHT * ((runs - 1) // 2),
        line_chart.ROW_HEIGHT * max(runs - 2, 0),
    )
    more = {"training_error": 2 * readings + stops, "accuracy": readings, "gradient": readings + stops}
    return replace(look, height=look.height + more[quantity])


def _lines(runs: Sequence[str], dark: bool) -> list[Line]:
    return [Line(run, RUN_NAMES[run], colour(run, dark), DASHES[run], SHAPES[run]) for run in runs]


def _reference(quantity: str, y: alt.Y, dark: bool) -> list[alt.Chart]:
    """The highest accuracy that a run can reach, or the θ that stops it, each with a label clear of the curves."""
    if quantity == "training_error":
        return []
    if quantity == "accuracy":
        return line_chart.most_separable(y, dark)
    source = alt.Chart(alt.NamedData("theta")).transform_calculate(words="'θ ' + format(datum.value, '~g')")
    name = source.mark_text(color=muted(dark), fontSize=14, align="left", baseline="top", dx=4, dy=4)
    return [line_chart.reference_line(source, y, dark), name.encode(x=alt.XValue(0), y=y, text=alt.Text("words:N"))]


def _stop_labels(stops: alt.Chart, x: alt.X, lines: Sequence[Line], dark: bool) -> list[alt.Chart]:
    """A label where each run stopped, on the side with room; the labels of several runs are stacked."""
    height = f"2 + {line_chart.ROW_HEIGHT} * datum.slot"
    words = stops.transform_calculate(words=f"{line_chart.name_expression(lines)} + ' ' + datum.label", height=height)
    style: dict[str, Any] = {"baseline": "top", "color": ink(dark), "fontSize": 14}
    late = words.transform_filter("datum.late").mark_text(**style, align="right", dx=-8)
    early = words.transform_filter("!datum.late").mark_text(**style, align="left", dx=8)
    return [
        part.encode(x=x, y=line_chart.in_pixels(alt.Y, "height"), text=alt.Text("words:N")) for part in (late, early)
    ]


def sample_chart(runs: Sequence[str], dark: bool) -> Layers:
    """Which of the 20 samples each run gets wrong. Dataset: `samples` (run, slot, sample, x1, x2, x3, y, wrong)."""
    names = alt.Axis(labelExpr=" : ".join(f"datum.value === '{run}' ? '{RUN_NAMES[run]}'" for run in runs) + " : ''")
    base = (
        alt.Chart(alt.NamedData("samples"))
        .transform_calculate(wrong_now=wrong_now())
        .encode(
            x=alt.X("sample:O", title=None, axis=alt.Axis(labelAngle=0, ticks=False, domain=False, labelOverlap=True)),
            y=alt.Y("run:N", title=None, scale=alt.Scale(domain=list(runs)), axis=names),
            tooltip=[
                alt.Tooltip("run:N"),
                alt.Tooltip("sample:O"),
                *(alt.Tooltip(f"{name}:Q", format="+.3f") for name in ("x1", "x2", "x3", "y")),
            ],
        )
    )
    right = base.transform_filter("!datum.wrong_now").mark_point(filled=True, size=18, color=muted(dark), opacity=1)
    wrong = base.transform_filter("datum.wrong_now").mark_text(text="✕", fontSize=18, fontWeight="bold")
    title = alt.Chart(alt.NamedData("samples")).transform_aggregate(rows="count()")
    title = title.mark_text(
        **line_chart.text_style(dark), align="left", text="Samples (✕ wrong with the current weights)"
    )
    layers = alt.layer(
        right,
        wrong.encode(color=line_chart.palette(_lines(runs, dark))),
        title.encode(x=alt.XValue(0), y=alt.YValue(-14)),
    )
    return layers.add_params(LIVE).properties(height=24 * len(runs) + 50, padding=line_chart.PADDING)


def output_chart(dark: bool) -> Layers:
    """The output o as a function of h, and each sample by the sign of its label; wrong ones are circled and numbered.

    Datasets: `points` and `curve` of `tables.output_datasets`. Follows the player.
    """
    curve = _forward("curve").mark_line(color=muted(dark), strokeWidth=2)
    return alt.layer(
        *_points(dark),
        *_zero(dark),
        curve.encode(x=_h(), y=_o(), order="h:Q"),
        *_wrong_numbers(dark),
        height=OUTPUT_HEIGHT,
        padding=line_chart.PADDING,
    ).add_params(LIVE)


def _h(column: str = "h") -> alt.X:
    axis = alt.Axis(values=[-1, 0, 1], format="d", grid=False, titlePadding=2)
    return alt.X(f"{column}:Q", title="h", scale=alt.Scale(domain=[-AXIS_LIMIT, AXIS_LIMIT], nice=False), axis=axis)


def _o(column: str = "o") -> alt.Y:
    axis = alt.Axis(values=[-1, 0, 1], format="d", grid=False, titlePadding=2, minExtent=24)
    return alt.Y(f"{column}:Q", title="o", scale=alt.Scale(domain=[-AXIS_LIMIT, AXIS_LIMIT], nice=False), axis=axis)


def _zero(dark: bool) -> list[alt.Chart]:
    """The line o = 0, above which the network predicts positive."""
    row = alt.Chart(alt.sequence(0, 1, as_="o"))
    return [row.mark_rule(color=muted(dark), strokeDash=[4, 4]).encode(y=_o())]


def _forward(dataset: str) -> alt.Chart:
    """The rows of a dataset with the network's output for each."""
    rows = alt.Chart(alt.NamedData(dataset)).transform_calculate(
        w=published_list(PAGE, "datum.series", "[datum.w0, datum.w1, datum.w2, datum.w3, datum.w4, datum.w5]")
    )
    if dataset == "points":
        net = "datum.w[0] + datum.w[1] * datum.x1 + datum.w[2] * datum.x2 + datum.w[3] * datum.x3"
        rows = rows.transform_calculate(net=net).transform_calculate(h=activation_expression("datum.net"))
    rows = rows.transform_calculate(net_o="datum.w[4] + datum.w[5] * datum.h")
    return rows.transform_calculate(o=activation_expression("datum.net_o"))


def _samples() -> alt.Chart:
    return _forward("points").transform_calculate(
        wrong_now=wrong_now(), label="datum.positive ? 'positive' : 'negative'"
    )


def wrong_now() -> str:
    """Whether a row's sample is wrong with the current weights, a Vega expression: its bit in the number of its run."""
    return published(PAGE, "'wrong'", "datum.slot", "datum.wrong << (datum.sample - 1)") + " >> (datum.sample - 1) & 1"


def _points(dark: bool) -> list[alt.Chart]:
    points = _samples().encode(
        x=_h(),
        y=_o(),
        tooltip=[
            alt.Tooltip("sample:O", title="sample"),
            alt.Tooltip("label:N"),
            *(alt.Tooltip(f"{name}:Q", format="+.4f") for name in ("h", "o")),
        ],
    )
    shapes = alt.Scale(domain=[True, False], range=["cross", "stroke"])
    colours = alt.Scale(domain=[True, False], range=[RED, BLUE])
    return [
        points.mark_point(filled=True, size=110, strokeWidth=2, opacity=1).encode(
            shape=alt.Shape("positive:N", scale=shapes, legend=None),
            color=alt.Color("positive:N", scale=colours, legend=None),
            stroke=alt.Stroke("positive:N", scale=colours, legend=None),
        ),
        points.transform_filter("datum.wrong_now").mark_point(size=320, stroke=ink(dark), strokeWidth=1.5, opacity=1),
    ]


def _wrong_numbers(dark: bool) -> list[alt.Chart]:
    """The numbers of the wrong samples, neighbours in one label, placed where there is room."""
    lines = [
        f"join(slice(datum.numbers, {first}, {first + NUMBERS_PER_LINE}), ', ')"
        for first in range(0, len(TWENTY.labels), NUMBERS_PER_LINE)
    ]
    groups = (
        _samples()
        .transform_filter("datum.wrong_now")
        .transform_window(before="lag(h)", sort=[alt.SortField("h")])
        .transform_calculate(begins=f"!isValid(datum.before) || datum.h - datum.before > {LABEL_DISTANCE} ? 1 : 0")
        .transform_window(group="sum(begins)", sort=[alt.SortField("h")])
        .transform_aggregate(members="values(sample)", left="min(h)", right="max(h)", o="mean(o)", groupby=["group"])
        .transform_calculate(beside=f"datum.o + (datum.o > 0 ? -{LABEL_OFFSET} : {LABEL_OFFSET})")
        .transform_calculate(numbers="sort(pluck(datum.members, 'sample'))", h="(datum.left + datum.right) / 2")
        .transform_calculate(words=f"split(trim(join([{', '.join(lines)}], ';')), ';')")
    )
    style = {**line_chart.text_style(dark), "fontSize": 14}
    right = groups.transform_filter("datum.h > 0").mark_text(**style, align="right", dx=10)
    left = groups.transform_filter("datum.h <= 0").mark_text(**style, align="left", dx=14, dy=4)
    return [
        right.encode(x=_h("right"), y=_o("beside"), text="words:N"),
        left.encode(x=_h("right"), y=_o(), text="words:N"),
    ]
