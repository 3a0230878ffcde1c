"""The charts of a training: three quantities over the epochs, and the 20 samples."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import altair as alt

from pages.ui.lines import charts as curves
from pages.ui.lines.charts import Layers, Line, Look
from pages.ui.live.channel import LIVE
from pages.ui.network import charts as network
from pages.ui.theme import BLUE, RED, RUN_NAMES, ink, muted
from pages.ui.training import plane
from pages.ui.vega import Spec, specification
from tinynet.datasets import MOST_SEPARABLE

PAGE = "training"
DASHES = {"random": (1, 0), "same": (7, 3), "zeros": (2, 2), "xavier": (10, 3, 2, 3), "he": (5, 5)}
SHAPES = {"random": "circle", "same": "square", "zeros": "triangle-up", "xavier": "diamond", "he": "cross"}
# the two small charts are as high as the large one beside them
LOOKS = {
    "training_error": Look("Training error", ".4f", 416),
    "accuracy": Look("Accuracy", ".2f", 200),
    "gradient": Look("Mean gradient", ".5f", 200, log=True),
}


def colour(run: str, dark: bool) -> str:
    """Red and blue for the two runs of the document; the others are told apart by dash and marker."""
    return {"random": RED, "same": BLUE}.get(run, ink(dark))


def specifications(runs: Sequence[str], dark: bool) -> dict[str, Spec]:
    """All charts of the page for these runs, by name."""
    charts = {quantity: quantity_chart(quantity, runs, dark) for quantity in LOOKS}
    charts |= {"samples": sample_chart(runs, dark), "plane": plane.plane(dark)}
    charts["network"] = network.drawing(dark, "training")
    return {name: specification(chart) for name, chart in charts.items()}


def quantity_chart(quantity: str, runs: Sequence[str], dark: bool) -> Layers:
    """One quantity over the epochs, a line for each run, as far as the player says.

    Datasets beside those of `curves`: `stops` (run, slot, epoch, value, label, late) and, for the gradient, `theta`
    (value).
    """
    lines, look = _lines(runs, dark), _look(quantity, len(runs))
    x, y = curves.axes(look)
    stops = alt.Chart(alt.NamedData("stops")).transform_filter("datum.epoch <= shown")
    labels = _stop_labels(stops, x, lines, dark) if quantity == "gradient" else []
    ends = curves.markers(stops, 130, lines).encode(x=x, y=y)
    return curves.chart(look, lines, dark, _reference(quantity, y, dark), [ends, *labels], page=PAGE)


def _look(quantity: str, runs: int) -> Look:
    """More than two runs need more rows for their readings and their stops: the plots stay as high as they are."""
    look, readings, stops = LOOKS[quantity], curves.ROW * ((runs - 1) // 2), curves.ROW * max(runs - 2, 0)
    more = {"training_error": 2 * readings + stops, "accuracy": readings, "gradient": readings + stops}
    return replace(look, height=look.height + more[quantity])


def _lines(runs: Sequence[str], dark: bool) -> list[Line]:
    return [Line(run, RUN_NAMES[run], colour(run, dark), DASHES[run], SHAPES[run]) for run in runs]


def _reference(quantity: str, y: alt.Y, dark: bool) -> list[alt.Chart]:
    """The line that a run cannot pass, or the one that stops it, each with its name where no curve comes."""
    if quantity == "training_error":
        return []
    if quantity == "accuracy":
        return most_separable(y, dark)
    source = alt.Chart(alt.NamedData("theta")).transform_calculate(words="'θ ' + format(datum.value, '~g')")
    name = source.mark_text(color=muted(dark), fontSize=14, align="left", baseline="top", dx=4, dy=4)
    return [_rule(source, y, dark), name.encode(x=alt.XValue(0), y=y, text=alt.Text("words:N"))]


def most_separable(y: alt.Y, dark: bool) -> list[alt.Chart]:
    """The accuracy that one plane cannot pass, with its name."""
    source = curves.once().transform_calculate(value=f"{MOST_SEPARABLE / 20}", words=f"'{MOST_SEPARABLE} of 20'")
    name = source.mark_text(color=muted(dark), fontSize=14, align="right", baseline="bottom", dx=-4, dy=-4)
    return [_rule(source, y, dark), name.encode(x=alt.XValue("width"), y=y, text=alt.Text("words:N"))]


def _rule(source: alt.Chart, y: alt.Y, dark: bool) -> alt.Chart:
    return source.mark_rule(color=muted(dark), strokeDash=[4, 4]).encode(y=y)


def _stop_labels(stops: alt.Chart, x: alt.X, lines: Sequence[Line], dark: bool) -> list[alt.Chart]:
    """Where each run ended, in words on the side with room; the labels of several runs stand below each other."""
    height = f"2 + {curves.ROW} * datum.slot"
    words = stops.transform_calculate(words=f"{curves.name(lines)} + ' ' + datum.label", height=height)
    style: dict[str, Any] = {"baseline": "top", "color": ink(dark), "fontSize": 14}
    late = words.transform_filter("datum.late").mark_text(**style, align="right", dx=-8)
    early = words.transform_filter("!datum.late").mark_text(**style, align="left", dx=8)
    return [part.encode(x=x, y=curves.pixels(alt.Y, "height"), text=alt.Text("words:N")) for part in (late, early)]


def sample_chart(runs: Sequence[str], dark: bool) -> Layers:
    """Which of the 20 samples each run gets wrong. Dataset: `samples` (run, slot, sample, x1, x2, x3, y, wrong)."""
    names = alt.Axis(labelExpr=" : ".join(f"datum.value === '{run}' ? '{RUN_NAMES[run]}'" for run in runs) + " : ''")
    base = (
        alt.Chart(alt.NamedData("samples"))
        .transform_calculate(wrong_now=plane.wrong_now())
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
    title = title.mark_text(**curves.words(dark), align="left", text="Samples (✕ wrong with the weights now)")
    layers = alt.layer(
        right,
        wrong.encode(color=curves.palette(_lines(runs, dark))),
        title.encode(x=alt.XValue(0), y=alt.YValue(-14)),
    )
    return layers.add_params(LIVE).properties(height=24 * len(runs) + 50, padding=curves.PADDING)
