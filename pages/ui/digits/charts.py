"""The charts of MNIST: loss, accuracy and gradients over the iterations, and how often each digit was predicted."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import altair as alt

from pages.ui.lines import charts as line_chart
from pages.ui.lines.charts import Line, Look
from pages.ui.theme import BLUE, RED, START_NAMES, ink, muted
from pages.ui.vega import Spec, specification

LOOKS = {
    "loss": Look("Training loss", ".4f", 230, "cross-entropy", step="iteration"),
    "accuracy": Look("Test accuracy", ".2%", 230, "share right", ticks=".0%", step="iteration"),
    "hidden_gradient": Look("Hidden weights' gradient", ".2g", 260, "norm", log=True, step="iteration"),
    "output_gradient": Look("Output weights' gradient", ".2g", 260, "norm", log=True, step="iteration"),
}
HEAD = 26
"""Pixels for the title of the chart of predictions."""
ROW = 96
"""Pixels for one run in that chart: its name, its counts, its bars and their digits."""
BARS = 30
"""Pixels of a run's tallest bar."""
FOOT = 28
"""Pixels below the bars, for the digits and the gap before the next run."""
WIDE_ENOUGH = 420
"""Minimum chart width in pixels for a count above each of the ten bars."""


def line(init: str, dark: bool) -> Line:
    """The style of a run: red for uniform, blue for equal initial weights; each has its own dash and marker."""
    styles: dict[str, tuple[str, tuple[int, ...], str]] = {
        "zeros": (BLUE, (7, 3), "square"),
        "constant": (BLUE, (2, 2), "triangle-up"),
        "uniform": (RED, (), "circle"),
        "xavier": (ink(dark), (10, 3, 2, 3), "diamond"),
        "he": (ink(dark), (5, 5), "cross"),
    }
    return Line(init, START_NAMES[init], *styles[init])


ALT = {
    "loss": "Training loss of each run over the iterations; the CSV has the values.",
    "accuracy": "Accuracy of each run on the test images over the iterations, with that of always answering 1; "
    "the CSV has the values.",
    "hidden_gradient": "Norm of the hidden layer's gradient over the iterations, on a logarithmic axis, which cannot "
    "show 0; the CSV has the values.",
    "output_gradient": "Norm of the output layer's gradient over the iterations, on a logarithmic axis, which cannot "
    "show 0; the CSV has the values.",
    "answers": "How often each run answered each digit on the test images.",
}
"""The text alternative of each chart."""


@lru_cache(maxsize=64)
def specifications(runs: tuple[str, ...], dark: bool) -> dict[str, Spec]:
    """All charts for these runs, by name."""
    lines = [line(init, dark) for init in runs]
    charts = {
        name: line_chart.chart(look, lines, dark, _always_one(look, dark) if name == "accuracy" else ())
        for name, look in LOOKS.items()
    }
    charts["answers"] = answer_chart(lines, dark)
    return {name: specification(chart, ALT[name], muted(dark)) for name, chart in charts.items()}


def _always_one(look: Look, dark: bool) -> list[alt.Chart]:
    """The accuracy of always predicting the most common digit. Dataset: `always` (value, words)."""
    _, y = line_chart.axes(look)
    source = alt.Chart(alt.NamedData("always"))
    return line_chart.named_reference_line(source, y, dark, "top", 4)


def answer_chart(lines: Sequence[Line], dark: bool) -> line_chart.Layers:
    """How often each run predicted each digit: a row of bars per run, and a tick at the true count of the digit.

    Dataset: `answers` (run, slot, digit, count, right, share, right_share, words); shares are of the row's maximum.
    """
    base = f"{HEAD} + {ROW} * (datum.slot + 1) - {FOOT}"
    rows = alt.Chart(alt.NamedData("answers")).transform_calculate(
        base=base,
        top=f"{base} - {BARS} * datum.share",
        right_top=f"{base} - {BARS} * datum.right_share",
        number=f"{base} - {BARS} * max(datum.share, datum.right_share) - 4",
        digit_top=f"{base} + 5",
        head=f"{HEAD} + {ROW} * datum.slot + 10",
        title=f"{line_chart.name_expression(lines)} + ': ' + datum.words",
    )
    x = alt.X("digit:O", axis=None, scale=alt.Scale(paddingInner=0.3, paddingOuter=0.1))
    text: dict[str, Any] = {"fontSize": 14, "color": ink(dark)}
    numbers = rows.transform_filter(f"datum.count > 0 && width > {WIDE_ENOUGH}").mark_text(**text, baseline="bottom")
    heads = rows.transform_filter("datum.digit == 0").mark_text(**line_chart.text_style(dark), align="left")
    title = line_chart.title("Answers on the test images (–– if all were right)", dark)
    return alt.layer(
        _bars(rows, lines).encode(x=x),
        rows.mark_tick(color=muted(dark), thickness=2).encode(x=x, y=line_chart.in_pixels(alt.Y, "right_top")),
        numbers.encode(x=x, y=line_chart.in_pixels(alt.Y, "number"), text=alt.Text("count:Q", format="d")),
        rows.mark_text(**text, baseline="top").encode(x=x, y=line_chart.in_pixels(alt.Y, "digit_top"), text="digit:O"),
        heads.encode(x=alt.XValue(0), y=line_chart.in_pixels(alt.Y, "head"), text="title:N"),
        title.encode(x=alt.XValue(0), y=alt.YValue(8)),
    ).properties(height=HEAD + ROW * len(lines), padding=line_chart.PADDING)


def _bars(rows: alt.Chart, lines: Sequence[Line]) -> alt.Chart:
    return rows.mark_bar().encode(
        y=line_chart.in_pixels(alt.Y, "base"),
        y2="top",
        color=line_chart.palette(lines),
        tooltip=[
            alt.Tooltip("run:N"),
            alt.Tooltip("digit:O", title="answered"),
            alt.Tooltip("count:Q", title="times", format=","),
            alt.Tooltip("right:Q", title="would be right", format=","),
        ],
    )
