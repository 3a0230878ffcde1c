"""Problem 2: a 3-1-1 network learns the 20 samples, from random weights and from equal ones."""

from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.ui import link, page, presenter, theme, vega
from pages.ui.live import player
from pages.ui.live import state as player_state
from pages.ui.network import tables as network
from pages.ui.parameters import PARAMETERS
from pages.ui.save import downloads, mark, sharing
from pages.ui.training import controls, formulas, microscope, quiz, sheets, state
from pages.ui.training import microscope_controls as look
from pages.ui.training import plane_tables as plane
from pages.ui.training import tables as frames
from pages.ui.training.script import script
from tinynet.fingerprint import fingerprint, results
from tinynet.microscope import Step

page.heading(
    "Training from two starting points",
    "Watch where each run stops. With one hidden unit no run can pass 16 of 20: this page compares starting points, "
    "not symmetry.",
)

link.opened("training")
config, problem = controls.settings()
history = state.history(config)
runs = frames.run_names(config)
specs = presenter.sized(state.specifications(runs, theme.is_dark()))
playback = player_state.begin("epoch", config, frames.epochs_of(history))

messages = st.container()  # always there, so that the charts below keep their place among the elements
if problem:
    messages.warning(f"{problem}. The page shows the last settings that could be trained.")
for sentence in sheets.statements(history, config):
    messages.markdown(sentence)

transport = st.container(key="transport")
large, small = st.columns([3, 2])
for quantity, column in (("training_error", large), ("accuracy", small), ("gradient", small)):
    vega.draw(
        column,
        specs[quantity],
        frames.quantity(history, config, quantity, playback.done, playback.subject),
        alt=frames.QUANTITIES[quantity],
    )
vega.draw(
    st.container(),
    specs["samples"],
    {"samples": frames.samples(history, runs, playback.done, playback.subject)},
    alt="Which of the 20 samples each run gets wrong; the table below has how many.",
)
columns = [column for _ in runs[::2] for column in st.columns(2, gap="medium")]
for run, (name, column) in enumerate(zip(runs, columns, strict=False)):
    weights, published = history.weights(run, playback.done), frames.weights_of(name)
    column.text(f"{theme.RUN_NAMES[name]}: its weights now, and what the output sees of the samples")
    vega.draw(
        column,
        specs["network"],
        network.drawing(weights, published, playback.subject),
        alt=f"The network of {name} with its weights now; the table of weights has the values.",
    )
    vega.draw(
        column,
        specs["plane"],
        plane.datasets(weights, run, published, playback.subject),
        alt=f"The 20 samples as {name} sees them, o over h; those that are wrong have their number.",
    )
with st.container(key="history"):
    player.history("training", playback.subject, frames.series(history, runs))
tables, microscope_place = st.container(key="at_rest_tables"), st.container(key="at_rest_microscope")

with st.sidebar:
    mark(fingerprint(results(history)))
    files = st.container(key="at_rest_files")
    controls.scripts(runs, [partial(script, config, run) for run in range(len(runs))])
    sharing("training")


@st.fragment
def one_step() -> None:
    """A step with all its numbers, or with those hidden that are asked for."""
    chosen = look.choice(runs)
    run = runs.index(chosen.run)
    epoch = frames.epoch_shown(history, run, player_state.done(playback.key))
    step, problem = state.step(history, config, run, epoch, chosen.sample)
    if problem:
        st.warning(f"{problem}. The last step that could be shown is below.")
    st.markdown(f"Epoch {epoch} of {theme.RUN_NAMES[chosen.run]}. {microscope.title(step)}")
    hidden = ask(step) if chosen.quiz else []
    ways = (microscope.forward_lines, microscope.backward_lines, microscope.descent_lines)
    for tab, lines in zip(st.container(key="steps").tabs(["Forward", "Backward", "Step"]), ways, strict=True):
        write(tab, lines(step, hidden))
    if not chosen.quiz:
        st.html(sheets.html(microscope.table(step)))
        st.markdown(microscope.agreement(step))


def write(tab: DeltaGenerator, lines: list[tuple[str, str]]) -> None:
    """Formulas in two columns; the later ones are longer."""
    left, right = tab.columns([4, 5], gap="medium")
    for place, (words, formula) in enumerate(lines):
        column = left if 2 * place < len(lines) else right
        column.markdown(words)
        column.latex(formula)


def ask(step: Step) -> list[str]:
    """Ask for one number of the step, and say what is wrong with the answer. Gives what stays hidden."""
    key = look.question(quiz.QUESTIONS)
    answer = look.answer(key)
    if answer is not None:
        st.markdown(quiz.judge(step, key, answer))
    return quiz.asked_from(key)


with st.expander("The mathematics"):
    for words, *lines in formulas.STEPS:
        st.markdown(words)
        for formula in lines:
            st.latex(formula)


if ignored := link.ignored(PARAMETERS["training"]):
    messages.text(ignored)


@st.fragment
def at_rest() -> None:
    """What the server works out for the epoch in which the player rests."""
    done = player_state.done(playback.key)
    with tables:
        # more than two runs need the whole width for either table
        summary, weights = st.columns([2, 3], gap="medium") if len(runs) <= 2 else (st.container(), st.container())
        summary.html(sheets.html(sheets.summary(history, config, done)))
        weights.html(sheets.html(sheets.weights(history, config, done)))
    with microscope_place:
        closer = st.expander("One step under the microscope", key="microscope", on_change="rerun", bind="query-params")
        if closer.open:
            with closer:
                one_step()
    with files:
        downloads(
            "training", partial(frames.as_csv, history, runs, done), partial(frames.as_json, history, config, done)
        )
    with transport:
        player_state.draw("training", playback)


at_rest()
