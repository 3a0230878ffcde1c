"""Problem 2 thousands of times: do the first document's conclusions hold for other seeds?"""

import streamlit as st

from pages.ui import conclusions, jobs, lesson, link, page, presenter, save, session, theme, vega
from pages.ui.fields import address, entries
from pages.ui.sweep import charts, controls, minima, saved, state, tables, verdicts
from pages.ui.training import controls as training
from pages.ui.training.formulas import SYMBOLS
from tinynet.sweep import Runs

page.heading(
    "Does random win?",
    "Circles: random starts. Square: equal weights. Which stops first can depend on the sample order.",
)
lesson.opening(verdicts.ASKED, lesson.FIRST, "the conclusions of problem 2", (3, 1), *SYMBOLS)
link.opened("sweep")
plan, problem = controls.settings()
messages = st.container()

work = state.begin(plan)
specs = presenter.sized(charts.specifications(len(plan.order_seeds), theme.is_dark()))
with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
    sorting = controls.SORTING.draw()
    jobs.stop_or_resume(work)
    progress = st.container(width="stretch")
page.notes(messages, controls.PARAMETERS, problem)


def open_run(order_seed: int, init_seed: int) -> None:
    """Open problem 2 with this random run and the same-value run of the same order seed."""
    values = training.values(plan.pair(order_seed, init_seed))
    # both are needed: a parameter missing from the address leaves the session's value from an earlier visit in place
    session.set_widgets(entries(training.SETTINGS, values))
    st.switch_page("pages/training.py", query_params=address(training.SETTINGS, values))


def details(runs: Runs) -> None:
    """The runs of one order seed: where they end, and why many stop in the same epoch."""
    st.subheader("The runs of one order", anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        order_seed = controls.order_seed(plan.order_seeds)
        drawn, same = minima.runs_of_order(runs, order_seed)
        if not len(drawn):
            st.markdown(f"No run of order seed {order_seed} is done yet.")
            return
        found = minima.minima(drawn)
        name = controls.minimum([one.name for one in found])
    picked = minima.in_minimum(drawn, found, name)
    st.html(minima.table(drawn, same).html())
    st.markdown(minima.run_list_heading(name))
    with st.container(key="runs", horizontal=True, gap="small"):
        for seed, words in minima.first_runs(picked):
            if st.button(words, key=f"run_{seed}", help="Opens this run in problem 2."):
                open_run(order_seed, seed)
    for quantities in minima.ROWS:
        for column, quantity in zip(st.columns(2, gap="medium"), quantities, strict=True):
            vega.draw(column, specs[quantity], minima.histogram(drawn, same, quantity, picked))

    st.subheader("Stops in the same epoch", anchor=False)
    epoch, stops = minima.commonest_stop(picked)
    if not stops:
        st.markdown("θ stops none of these runs.")
        return
    config = minima.first_runs_config(plan, order_seed, picked)
    together, alike = state.gradients(config, epoch)
    st.markdown(minima.stop_explanation(len(picked), epoch, stops, alike, together, config))
    vega.draw(st.container(), specs["together"], minima.stops_together(together, config, epoch, alike))


@st.fragment(run_every=jobs.rerun_interval(work))
def results() -> None:
    """Everything computed from the finished runs."""
    runs = state.runs(work)
    strips = tables.strips(runs, plan, sorting)
    cell = vega.pick(st.container(), specs["strips"], strips, "strips", by="cell", fields=("order_seed", "init_seed"))
    if cell and cell["order_seed"] in plan.order_seeds and cell["init_seed"] in plan.init_seeds:
        open_run(int(cell["order_seed"]), int(cell["init_seed"]))
    conclusions.draw(runs, plan, "sweep")
    details(runs)
    lesson.question("order", verdicts.QUESTION, lambda: verdicts.answer(state.runs(work), plan))


with st.sidebar:
    if work.ended:
        save.fingerprint(tables.fingerprint_of(state.runs(work)))
    save.downloads("sweep", lambda: saved.as_csv(state.runs(work)), lambda: saved.as_json(state.runs(work), plan))
    save.sharing("sweep", controls.restored)
results()
jobs.progress(progress, work, lambda *how_far: tables.progress_text(state.runs(work), plan, *how_far))
