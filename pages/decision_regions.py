"""Problem 1: which points of the plane does a 2-2-1 network call positive?"""

from dataclasses import asdict

import streamlit as st

from pages.ui import page, theme, vega
from pages.ui.controls import regions as controls
from pages.ui.controls.downloads import downloads
from pages.ui.frames import formulas, legend
from pages.ui.frames import regions as frames
from pages.ui.state import regions as state
from tinynet.regions import decide

page.heading(
    "Decision regions",
    "Watch how two straight lines, one for each hidden unit, bend into one boundary as a weight changes.",
)
with st.container(horizontal=True, gap="medium"):
    picture = st.container(key="picture")
    editor = st.container(key="editor", width=360)
with st.container(horizontal=True):
    maps = [st.container(width=280) for _ in frames.UNITS]
    activation = st.container(width=280)
below = st.container()
settings, files = st.sidebar.container(), st.sidebar.container()

state.begin()
specs = state.specifications(theme.is_dark())


@st.fragment
def explore() -> None:
    """From the weights to the pictures. A change runs this again, and not the page around it."""
    with settings:
        view = controls.view(list(theme.COLOURINGS))
    colouring = theme.COLOURINGS[view.colouring]
    with editor:
        counts, form, message = st.empty(), st.container(), st.empty()

    cells = state.entered()
    drawn = cells is None
    if cells is None:
        with form:
            cells = controls.editor()
    entered, fault = controls.checked(cells)
    weights = state.settle(entered)
    regions = state.answer(weights)

    vega.draw(
        picture,
        specs["regions"],
        {
            "network": frames.network(weights, regions, colouring),
            "lines": frames.zero_lines(weights, (0, 1) if view.lines else ()),
            "contour": frames.contour(regions, colouring, view.contour),
            "signs": frames.signs(regions, colouring, view.signs),
        },
        key="regions",
        alt="Decision regions over x1 and x2 from -5 to 5. How many points are positive and negative stands beside it.",
    )
    counts.html(legend.counts(regions, colouring))
    message.html(legend.fault(fault))
    if not drawn:  # after the picture, so that the picture does not wait for it
        with form:
            controls.editor()
    for unit, place in enumerate(maps):
        place.text(formulas.hidden_unit(unit, weights.hidden[unit]))
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

    mathematics = below.expander("The mathematics", key="mathematics", on_change="rerun")
    if mathematics.open:
        for formula in formulas.all_of(weights):
            mathematics.latex(formula)

    shown = state.ask_later()
    with files:
        downloads(
            "decision_regions",
            lambda: frames.as_csv(decide(shown())),
            lambda: frames.as_json(shown(), asdict(view)),
        )


explore()

activation.text("f(net), the activation of every unit")
vega.draw(
    activation,
    specs["activation"],
    {"curve": frames.activation_curve(), "limits": frames.activation_limits()},
    key="activation",
    alt="The activation f rises from its limit -1.716 through 0 to its limit +1.716.",
)
