"""The chart of the activation function that all units share."""

import altair as alt

from pages.ui import theme
from tinynet.activations import A, B

NET = alt.Scale(domain=[-12, 12], nice=False)
VALUE = alt.Scale(domain=[-2, 2], nice=False)


def activation(dark: bool) -> alt.LayerChart:
    """The function f with its two limits. Datasets: `curve` and `limits`."""
    net_axis = alt.Axis(title="net", tickCount=7, grid=False, titlePadding=2)
    value_axis = alt.Axis(title="f(net)", values=[-2, -1, 0, 1, 2], format="d", grid=False, titlePadding=2)
    value = alt.Y("f:Q", scale=VALUE, axis=value_axis)
    curve = alt.Chart(alt.NamedData("curve")).mark_line(stroke=theme.ink(dark), strokeWidth=2)
    limits = alt.Chart(alt.NamedData("limits")).encode(y=value)
    words = limits.encode(text="label:N").transform_calculate(label="datum.name + ' = ' + format(datum.f, '.3f')")
    # each label is placed where the curve is far from its limit
    above = words.transform_filter("datum.f > 0").mark_text(fill=theme.ink(dark), align="left", dy=10, fontSize=12)
    below = words.transform_filter("datum.f < 0").mark_text(fill=theme.ink(dark), align="right", dy=-9, fontSize=12)
    return square(
        limits.mark_rule(stroke=theme.muted(dark), strokeDash=[5, 4]),
        curve.encode(x=alt.X("net:Q", scale=NET, axis=net_axis), y=value),
        above.encode(x=alt.datum(-11.5)),
        below.encode(x=alt.datum(11.5)),
    )


def activation_expression(net: str) -> str:
    """f(net) as a Vega expression. Vega has no tanh: this form is odd, like f, and its exponential cannot overflow."""
    size = f"exp(-{B!r} * abs({net}))"
    return f"({net} < 0 ? -1 : 1) * {A!r} * (1 - {size}) / (1 + {size})"


def square(*layers: alt.Chart) -> alt.LayerChart:
    """The layers as one chart whose height equals its width at any page width."""
    return (
        alt.LayerChart(layer=layers)
        .add_params(alt.param(name="height", expr="width"))
        .properties(autosize=alt.AutoSizeParams(type="fit-x", contains="padding"), padding={"bottom": 4, "right": 6})
        .configure_view(stroke=None)
    )
