"""Problem 1: which points of the plane does a 2-2-1 network call positive?"""

import streamlit as st

from pages.ui import page, theme, vega
from pages.ui.controls import regions as controls
from pages.ui.frames import formulas, legend
from pages.ui.frames import regions as frames
from pages.ui.state import regions as state

page.heading(
    "Decision regions",
    "Watch how two straight lines, one for each hidden unit, bend into one boundary as a weight changes.",
)

state.begin()
specs = state.specifications(theme.is_dark())

with st.sidebar:
    view = controls.view(list(theme.COLOURINGS))
colouring = theme.COLOURINGS[view.colouring]


@st.fragment
def explore() -> None:
    """From the weights to the picture. An edit runs this again, and nothing else."""
    with st.container(horizontal=True, gap="medium"):
        picture = st.container(key="picture")
        editor = st.container(key="editor", width=360)

    with editor:
        counts = st.empty()
        controls.presets()
        entered, fault = controls.weight_editor()
        st.html(legend.fault(fault))

    weights = state.settle(entered)
    regions = state.answer(weights)

    vega.draw(
        picture,
        specs["regions"],
        {
            "network": frames.network(weights, regions, colouring),
            "lines": frames.zero_lines(weights, (0, 1) if view.lines else ()),
            "contour": frames.contour(regions, view.contour),
            "signs": frames.signs(regions, colouring, view.signs),
        },
        key="regions",
        alt="Decision regions over x1 and x2 from -5 to 5. How many points are positive and negative stands beside it.",
    )
    counts.html(legend.counts(regions, colouring))

    for unit, place in enumerate(maps):
        place.markdown(f"${formulas.hidden_unit(unit, weights.hidden[unit])}$")
        vega.draw(
            place,
            specs["hidden"],
            {
                "map": frames.hidden_map(regions.hidden[unit], colouring),
                "lines": frames.zero_lines(weights, (unit,) if view.lines else ()),
            },
            key=f"map_{unit}",
            alt=f"The output of hidden unit {unit + 1} over x1 and x2 from -5 to 5.",
        )

    if mathematics.open:
        for formula in (formulas.ACTIVATION, *formulas.matrices(weights), formulas.output_unit(weights.output[0])):
            mathematics.latex(formula)

    with downloads:
        controls.downloads(lambda: frames.as_csv(regions), lambda: frames.as_json(weights, regions))


here = st.container()
with st.container(horizontal=True):
    maps = [st.container(width=280) for _ in frames.UNITS]
    activation = st.container(width=280)
downloads = st.sidebar.container()
mathematics = st.expander("The mathematics", key="mathematics", on_change="rerun")

activation.markdown("$f$, the activation of every unit")
vega.draw(
    activation,
    specs["activation"],
    {"curve": frames.activation_curve(), "limits": frames.activation_limits()},
    key="activation",
    alt="The activation f rises from its limit -1.716 through 0 to its limit +1.716.",
)
with here:
    explore()
