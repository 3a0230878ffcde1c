"""Thousands of runs: what becomes of the first document's conclusions with other seeds."""

from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.ui import link, page, presenter, theme, vega
from pages.ui.parameters import PARAMETERS
from pages.ui.save import downloads, mark, sharing
from pages.ui.sweep import controls, minima, state, verdicts
from pages.ui.sweep import tables as frames
from pages.ui.training import sheets
from pages.ui.training import state as training
from tinynet.sweep import Runs

page.heading(
    "Does random win?",
    "Circles are random, the square is same: who stops first changes with the order of the samples.",
)
link.opened("sweep")
plan, problem = controls.settings()
messages = st.container()
if problem:
    messages.warning(f"{problem}. The page shows the last settings that could be swept.")

current = state.begin(plan)
going = state.is_going(current)
specs = presenter.sized(state.specifications(len(plan.order_seeds), theme.is_dark()))
sorting, place = controls.above(current)
if ignored := link.ignored(PARAMETERS["sweep"]):
    messages.text(ignored)


def open_run(order_seed: int, init_seed: int) -> None:
    """Show problem 2 with one run beside that of the same value."""
    config = plan.pair(order_seed, init_seed)
    # both: what problem 2 showed before is kept by the session, and what has its default is not kept by the address
    training.choose(config)
    st.switch_page("pages/training.py", query_params=training.address(config))


def details(runs: Runs) -> None:
    """The runs of one order seed: where they end, and why many stop together."""
    st.subheader("The runs of one order", anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        order_seed = controls.order_seed(plan.order_seeds)
        drawn, same = minima.pair(runs, order_seed)
        if not len(drawn):
            st.markdown(f"No run of order seed {order_seed} is done yet.")
            return
        found = minima.minima(drawn)
        name = controls.minimum([one.name for one in found])
    picked = minima.picked(drawn, found, name)
    st.html(sheets.html(minima.sheet(drawn, same)))
    st.markdown(minima.opens(name))
    with st.container(key="runs", horizontal=True, gap="small"):
        for seed, words in minima.first_runs(picked):
            if st.button(words, key=f"run_{seed}", help="Opens this run in problem 2."):
                open_run(order_seed, seed)
    for quantities in minima.ROWS:
        for column, quantity in zip(st.columns(2, gap="medium"), quantities, strict=True):
            vega.draw(
                column,
                specs[quantity],
                minima.histogram(drawn, same, quantity, picked),
                alt=minima.QUANTITIES[quantity],
            )

    st.subheader("Why so many stop in one epoch", anchor=False)
    epoch, stops = minima.commonest_stop(picked)
    if not stops:
        st.markdown("θ stops none of these runs.")
        return
    config = minima.few(plan, order_seed, picked)
    together, alike = state.gradients(config, epoch)
    st.markdown(minima.reason(len(picked), epoch, stops, alike, config))
    vega.draw(
        st.container(),
        specs["together"],
        minima.stops_together(together, config, epoch, alike),
        alt="The mean gradients of some of these runs around the epoch in which they stop.",
    )


def say(line: DeltaGenerator) -> None:
    """How far the sweep is."""
    words = frames.standing(current.runs(), plan, current.seconds_left, going, state.ahead(current) if going else 0)
    if going:
        line.progress(current.done / plan.runs, words)
    else:
        line.markdown(words)


every = state.BURST_SECONDS if going else None


@st.fragment(run_every=every)
def train() -> None:
    """Trains on. It writes nowhere else: when its run is ended, the places of the page are already another run's."""
    line = st.empty()
    say(line)
    if going and state.train_on(current, partial(say, line)):
        st.rerun()


@st.fragment(run_every=every)
def results() -> None:
    """All that follows from the runs that are done."""
    runs = current.runs()
    cell = vega.pick(
        st.container(),
        specs["strips"],
        frames.strips(runs, plan, sorting),
        "strips",
        alt="For each order seed the epochs in which random runs stop, and that of same; the tables have the counts.",
        by="cell",
        fields=("order_seed", "init_seed"),
    )
    if cell and cell["order_seed"] in plan.order_seeds and cell["init_seed"] in plan.init_seeds:
        open_run(int(cell["order_seed"]), int(cell["init_seed"]))
    st.html(verdicts.html(runs))
    details(runs)


results()
with st.sidebar:
    if current.ended:
        mark(frames.fingerprint_of(current.runs()))
    downloads("sweep", lambda: frames.as_csv(current.runs()), lambda: frames.as_json(current.runs(), plan))
    sharing("sweep")
with place:
    train()
