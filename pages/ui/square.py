"""The shape that the charts of problem 1 have in common."""

import altair as alt


def square(*layers: alt.Chart) -> alt.LayerChart:
    """The layers in one chart as high as it is wide, whatever width the page gives it."""
    return (
        alt.LayerChart(layer=layers)
        .add_params(alt.param(name="height", expr="width"))
        .properties(autosize=alt.AutoSizeParams(type="fit-x", contains="padding"), padding={"bottom": 4})
        .configure_view(stroke=None)
    )
