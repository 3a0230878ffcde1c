"""Problem 1: which points of the plane does a 2-2-1 network call positive?"""

import streamlit as st

from pages.ui import page, theme, vega
from pages.ui.charts.regions import PICKED
from pages.ui.controls import regions as controls
from pages.ui.controls.downloads import downloads, mark, sharing
from pages.ui.controls.parameters import PARAMETERS
from pages.ui.frames import formulas, legend, network, point, sheets
from pages.ui.frames import regions as frames
from pages.ui.state import link, presenter
from pages.ui.state import regions as state
from tinynet.regions import decide

page.heading(
    "Decision regions",
    "Watch how two straight lines, one for each hidden unit, bend into one boundary as a weight changes.",
)
link.opened("decision_regions")
messages = st.empty()
with st.container(horizontal=True, gap="medium"):
    seen = st.container(key="seen")
    editor = st.container(key="editor", width=360)
with editor:
    counts, hand = st.container(), st.container()
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        effect, edits = st.container(), st.container(key="edits", horizontal=True, gap="xsmall", width="content")
    form, message, drawing = (st.container() for _ in range(3))
with seen:
    picture, maps = st.container(key="picture"), st.columns(2, gap="small")
with st.container(horizontal=True, gap="medium"):
    closer, activation = st.container(key="closer"), st.container(key="activation", width=280)
with closer:
    where, worked_out = st.container(), st.container()
below = st.container()
settings, fingerprint = st.sidebar.container(), st.sidebar.container(key="fingerprint")

state.begin()
specs = presenter.sized(state.specifications(theme.is_dark()))


@st.fragment(key=state.PICTURES)
def explore() -> None:
    """From what was entered to the pictures. An edit runs this again, and nothing around it."""
    view = state.view()
    state.keep_view(view)
    colouring = theme.COLOURINGS[view.colouring]
    cells = state.held()
    entered, fault = controls.checked(cells)
    weights = state.settle(entered)
    regions, before = state.answer(weights), state.answer(state.before() or weights)
    at = state.point()

    vega.pick(
        picture,
        specs["regions"],
        {
            "network": frames.network(weights, regions, colouring),
            "changed": frames.changed(before, regions, view.changed),
            "lines": frames.zero_lines(weights, (0, 1) if view.lines else ()),
            "contour": frames.contour(regions, colouring, view.contour),
            "signs": frames.signs(regions, colouring, view.signs),
            "point": point.marker(*at),
        },
        key=state.CHART,
        alt="Decision regions over x1 and x2 from -5 to 5. How many points are positive and negative stands beside it.",
        by=PICKED,
        on_pick=state.put_point,
    )
    counts.html(legend.counts(regions, colouring))
    effect.html(legend.effect(frames.effect(before, regions) if state.before() else frames.NO_EDIT))
    worked_out.html(sheets.html(point.way_forward(weights, *at)))
    worked_out.text(point.answer(weights, *at))
    message.html(legend.fault(fault))
    vega.draw(
        drawing,
        specs["network"],
        network.drawing(weights),
        alt="The 2-2-1 network with its weights; they stand in the cells too.",
    )
    for unit, place in enumerate(maps):
        place.text(formulas.hidden_unit(unit, weights.hidden[unit]))
        vega.draw(
            place,
            specs[f"h{unit + 1}"],
            {
                "map": frames.hidden_map(regions.hidden[unit], colouring),
                "lines": frames.zero_lines(weights, (unit,) if view.lines else ()),
            },
            alt=f"The output of hidden unit {unit + 1} over x1 and x2 from -5 to 5.",
        )

    with hand:
        # last: when it has its answer, the charts have theirs
        controls.by_hand(cells, frames.colours(colouring))

    with edits:
        controls.undo()

    mathematics = below.expander("The mathematics", key="mathematics", on_change="rerun", bind="query-params")
    if mathematics.open:
        for formula in formulas.all_of(weights):
            mathematics.latex(formula)

    with fingerprint:
        mark(frames.fingerprint_of(weights, regions))
    if ignored := link.ignored(PARAMETERS["decision_regions"]):
        messages.text(ignored)
    else:
        messages.empty()


@st.fragment
def enter() -> None:
    """What the pictures follow from, and these. A button that fills the cells runs all of it, an edit the pictures."""
    with settings:
        controls.view(list(theme.COLOURINGS))
    with form:
        controls.editor()
    with where:
        st.markdown("**One point, worked out.** Click the picture, or type.")
        controls.point()
    explore()


enter()
shown = state.ask_later()
with st.sidebar:
    # once for the page: they ask for what is shown then
    downloads(
        "decision_regions",
        lambda: frames.as_csv(decide(shown()[0])),
        lambda: frames.as_json(*shown()),
    )
    sharing("decision_regions")

activation.text("f(net), the activation of every unit")
vega.draw(
    activation,
    specs["activation"],
    {"curve": frames.activation_curve(), "limits": frames.activation_limits()},
    alt="The activation f rises from its limit -1.716 through 0 to its limit +1.716.",
)
