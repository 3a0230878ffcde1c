"""Problem 1: which points of the plane does a 2-2-1 network call positive?"""

from functools import partial

import streamlit as st

from pages.ui import formulas, lesson, link, page, presenter, save, theme, vega
from pages.ui.activation import tables as activation
from pages.ui.decision_regions import charts, controls, saved, state, tables
from pages.ui.decision_regions import formulas as mathematics
from pages.ui.network import tables as network

page.heading(
    "Decision regions",
    "Watch how two straight lines, one for each hidden unit, bend into one boundary as a weight changes.",
)
lesson.opening(mathematics.ASKED, lesson.FIRST, "problem 1", (2, 2), *mathematics.SYMBOLS)
link.opened("decision_regions")
messages = st.empty()
with st.container(horizontal=True, gap="medium"):
    seen = st.container(key="seen")
    editor = st.container(key="editor", width=360)
with editor:
    top = st.container()
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        effect, edits = st.container(), st.container(key="edits", horizontal=True, gap="xsmall", width="content")
    form, bottom = st.container(), st.container()
with seen:
    picture, maps = st.container(key="picture"), st.columns(2, gap="small")
with st.container(horizontal=True, gap="medium"):
    closer, f = st.container(key="closer"), st.container(key="activation", width=280)
below = st.container()
settings, fingerprint = st.sidebar.container(), st.sidebar.container(key="fingerprint")

state.begin()
specs = presenter.sized(charts.specifications(theme.is_dark()))


@st.fragment(key=state.PICTURES)
def explore() -> None:
    """From what was entered to the pictures. An edit runs this again, and nothing around it."""
    view = state.view()
    state.keep_view(view)
    colouring = theme.COLOURINGS[view.colouring]
    cells, at = state.held(), state.point()
    entered, fault = controls.checked(cells)
    regions, last = state.answer(state.settle(entered)), state.before()
    before, weights = state.answer(last) if last else regions, regions.weights

    datasets = tables.datasets(regions, before, view, colouring, at)
    vega.pick(picture, specs["regions"], datasets, state.CHART, by=charts.PICKED, on_pick=state.put_point)
    top.html(tables.counts(regions, colouring))
    effect.html(tables.effect(before if last else None, regions))
    closer.html(tables.way_forward(weights, *at).html())
    closer.text(tables.answer(weights, *at))
    bottom.html(tables.fault(fault))
    vega.draw(bottom, specs["network"], network.drawing(weights))
    for unit, place in enumerate(maps):
        place.text(mathematics.hidden_unit(unit, weights.hidden[unit]))
        lines = tables.zero_lines(weights, (unit,) if view.lines else ())
        vega.draw(place, specs[f"h{unit + 1}"], {"lines": lines})
    with top:
        controls.by_hand(cells, tables.in_order(weights), tables.colours(colouring))
    with edits:
        controls.undo()

    with below:
        lesson.fold("mathematics", "The mathematics", lambda: formulas.draw(mathematics.all_of(weights)))
        lesson.ask("two_equal", mathematics.QUESTION, partial(mathematics.answer, weights))
    with fingerprint:
        save.fingerprint(tables.fingerprint_of(regions))
    page.notes(messages.container(), controls.PARAMETERS)


@st.fragment
def enter() -> None:
    """What the pictures follow from, and these. A button that fills the cells runs all of it, an edit the pictures."""
    with settings:
        controls.view()
    with form:
        controls.editor()
    with closer:
        st.markdown("**One point, worked out.** Click the picture, or type.")
        controls.point()
    explore()


enter()
shown = state.ask_later()
with st.sidebar:
    # once for the page: they ask for what is shown then
    save.downloads("decision_regions", lambda: saved.as_csv(shown()[0]), lambda: saved.as_json(*shown()))
    save.sharing("decision_regions", controls.restored)

f.text("f(net), the activation of every unit")
vega.draw(f, specs["activation"], {"curve": activation.curve(), "limits": activation.limits()})
