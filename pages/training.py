"""Problem 2: a 3-1-1 network learns the 20 samples from random and from equal initial weights."""

from functools import partial

import streamlit as st

from pages.ui import formulas, lesson, link, page, presenter, save, theme, vega
from pages.ui.live import player
from pages.ui.live import state as playing
from pages.ui.network import tables as network
from pages.ui.training import charts, controls, document, microscope, outcomes, saved, state, tables
from pages.ui.training.formulas import ASKED, SYMBOLS
from pages.ui.training.script import script
from tinynet.fingerprint import fingerprint, results

page.heading(
    "Training from two starting points",
    "Watch where each run stops. One hidden unit cannot pass 16 of 20: this page compares starts, not symmetry.",
)
lesson.opening(ASKED, lesson.FIRST, "problem 2", (3, 1), *SYMBOLS)
link.opened("training")
config, problem = controls.settings()
history = state.history(config)
runs = tables.run_names(config)
specs = presenter.sized(charts.specifications(runs, theme.is_dark()))
playback = playing.begin(controls.EPOCH, config, history.epochs)

outcome, messages = st.container(), st.container()  # always there, so that the charts below keep their places
for sentence in outcomes.statements(history, config):
    outcome.markdown(sentence)

transport = st.container(key="transport")
large, small = st.columns([3, 2])
for quantity, column in (("training_error", large), ("gradient", small), ("accuracy", small)):
    vega.draw(
        column, specs[quantity], tables.quantity_datasets(history, config, quantity, playback.done, playback.subject)
    )
samples = tables.samples(history, runs, playback.done, playback.subject)
vega.draw(st.container(), specs["samples"], {"samples": samples})
columns = [column for _ in runs[::2] for column in st.columns(2, gap="medium")]
for run, (name, column) in enumerate(zip(runs, columns, strict=False)):
    weights, series = history.weights(run, playback.done), tables.weights_of(name)
    column.text(f"{theme.RUN_NAMES[name]}: its current weights, and the samples in h and o")
    vega.draw(column, specs["network"].named(name), network.drawing(weights, series, playback.subject))
    vega.draw(column, specs["plane"].named(name), tables.output_datasets(weights, run, series, playback.subject))
with st.container(key="history"):
    player.history("training", playback.subject, tables.series(history, runs))
numbers, microscope_place = st.container(key="at_rest_tables"), st.container(key="at_rest_microscope")

with st.sidebar:
    save.fingerprint(fingerprint(results(history)))
    files = st.container(key="at_rest_files")
    for run, name in enumerate(runs):
        save.script(theme.RUN_NAMES[name], name, partial(script, config, run))
    save.sharing("training", controls.restored)

document.draw(specs)
lesson.question("plane", outcomes.QUESTION, lambda: outcomes.answer(history))
page.notes(messages, controls.PARAMETERS, problem)


@st.fragment
def one_step() -> None:
    """One training step with all its numbers; in the quiz, from the number asked for on they are hidden."""
    look = controls.step_choice(runs)
    run = runs.index(look.run)
    epoch = tables.epoch_shown(history, run, playing.epochs_done(playback.key))
    shown, problem = state.step(history, config, run, epoch, look.sample)
    if problem:
        st.warning(f"{problem}. The last valid step is shown below.")
    step, name = shown.step, theme.RUN_NAMES[shown.init]
    st.markdown(f"Epoch {shown.epoch} of {name}. {microscope.title(step, shown.epoch, shown.number)}")
    hidden = controls.ask(step) if look.quiz else []
    for tab, lines in zip(st.container(key="steps").tabs(list(microscope.WAYS)), microscope.WAYS.values(), strict=True):
        with tab:
            formulas.in_columns(lines(step, hidden))
    st.html((microscope.given(step) if look.quiz else microscope.table(step)).html())
    if not look.quiz:
        st.markdown(microscope.agreement(step))


@st.fragment
def at_rest() -> None:
    """Everything the server computes for the epoch at which the player has come to rest."""
    done = playing.epochs_done(playback.key)
    with numbers:
        # with more than two runs, each table needs the full width
        summary, weights = st.columns([2, 3], gap="medium") if len(runs) <= 2 else (st.container(), st.container())
        summary.html(tables.summary(history, config, done).html())
        weights.html(tables.weights(history, config, done).html())
    with microscope_place:
        lesson.fold("microscope", "One step under the microscope", one_step)
    with files:
        files_now = partial(saved.as_csv, history, runs, done), partial(saved.as_json, history, config, done)
        save.downloads("training", *files_now)
    with transport:
        playing.draw("training", playback)


at_rest()
