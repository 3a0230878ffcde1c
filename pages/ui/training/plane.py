"""The 20 samples as the output unit sees them: o over the output h of the hidden unit."""

import altair as alt

from pages.ui.activation.charts import expression
from pages.ui.lines.charts import PADDING, Layers, words
from pages.ui.live.channel import LIVE, published, published_list
from pages.ui.theme import BLUE, RED, ink, muted
from tinynet.activations import A

HEIGHT = 220
EDGE = 1.15 * A
CLOSE = 0.3
"""In h: samples that lie nearer to each other than that are named together."""
BESIDE = 0.55
"""In o: how far from samples at the right the numbers stand, towards the middle."""
SAMPLES, A_LINE = 20, 5
"""The samples, and how many of their numbers stand in one line."""
PAGE = "training"


def plane(dark: bool) -> Layers:
    """Each sample with the sign of its label, those that are wrong in a ring and with their number.

    It draws the datasets `points` and `curve` of `pages.ui.training.plane_tables`, and follows the player.
    """
    curve = _forward("curve").mark_line(color=muted(dark), strokeWidth=2, tooltip=None)
    return alt.layer(
        *_points(dark),
        *_zero(dark),
        curve.encode(x=_x(), y=_y(), order="h:Q"),
        *_names(dark),
        height=HEIGHT,
        padding=PADDING,
    ).add_params(LIVE)


def _x(column: str = "h") -> alt.X:
    axis = alt.Axis(values=[-1, 0, 1], format="d", grid=False, titlePadding=2)
    return alt.X(f"{column}:Q", title="h", scale=alt.Scale(domain=[-EDGE, EDGE], nice=False), axis=axis)


def _y(column: str = "o") -> alt.Y:
    axis = alt.Axis(values=[-1, 0, 1], format="d", grid=False, titlePadding=2, minExtent=24)
    return alt.Y(f"{column}:Q", title="o", scale=alt.Scale(domain=[-EDGE, EDGE], nice=False), axis=axis)


def _zero(dark: bool) -> list[alt.Chart]:
    """Above the line o = 0 the network answers positive."""
    row = alt.Chart(alt.sequence(0, 1, as_="o"))
    return [row.mark_rule(color=muted(dark), strokeDash=[4, 4]).encode(y=_y())]


def _forward(dataset: str) -> alt.Chart:
    """The rows of a dataset with what the network answers to each."""
    rows = alt.Chart(alt.NamedData(dataset)).transform_calculate(
        w=published_list(PAGE, "datum.series", "[datum.w0, datum.w1, datum.w2, datum.w3, datum.w4, datum.w5]")
    )
    if dataset == "points":
        net = "datum.w[0] + datum.w[1] * datum.x1 + datum.w[2] * datum.x2 + datum.w[3] * datum.x3"
        rows = rows.transform_calculate(net=net).transform_calculate(h=expression("datum.net"))
    rows = rows.transform_calculate(net_o="datum.w[4] + datum.w[5] * datum.h")
    return rows.transform_calculate(o=expression("datum.net_o"))


def _samples() -> alt.Chart:
    return _forward("points").transform_calculate(
        wrong_now=wrong_now(), label="datum.positive ? 'positive' : 'negative'"
    )


def wrong_now() -> str:
    """Whether a row's sample is wrong with the weights that are shown: its bit in the number of its run."""
    return published(PAGE, "'wrong'", "datum.slot", "datum.wrong << (datum.sample - 1)") + " >> (datum.sample - 1) & 1"


def _points(dark: bool) -> list[alt.Chart]:
    points = _samples().encode(
        x=_x(),
        y=_y(),
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


def _names(dark: bool) -> list[alt.Chart]:
    """The numbers of the samples that are wrong, those of neighbours together, where there is room."""
    lines = [f"join(slice(datum.numbers, {first}, {first + A_LINE}), ', ')" for first in range(0, SAMPLES, A_LINE)]
    groups = (
        _samples()
        .transform_filter("datum.wrong_now")
        .transform_window(before="lag(h)", sort=[alt.SortField("h")])
        .transform_calculate(begins=f"!isValid(datum.before) || datum.h - datum.before > {CLOSE} ? 1 : 0")
        .transform_window(group="sum(begins)", sort=[alt.SortField("h")])
        .transform_aggregate(members="values(sample)", left="min(h)", right="max(h)", o="mean(o)", groupby=["group"])
        .transform_calculate(beside=f"datum.o + (datum.o > 0 ? -{BESIDE} : {BESIDE})")
        .transform_calculate(numbers="sort(pluck(datum.members, 'sample'))", h="(datum.left + datum.right) / 2")
        .transform_calculate(words=f"split(trim(join([{', '.join(lines)}], ';')), ';')")
    )
    style = {**words(dark), "fontSize": 14}
    right = groups.transform_filter("datum.h > 0").mark_text(**style, align="right", dx=10)
    left = groups.transform_filter("datum.h <= 0").mark_text(**style, align="left", dx=14, dy=4)
    return [
        right.encode(x=_x("right"), y=_y("beside"), text="words:N"),
        left.encode(x=_x("right"), y=_y(), text="words:N"),
    ]
