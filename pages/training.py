"""Problem 2: a 3-1-1 network learns the 20 samples, from random weights and from equal ones."""

from collections.abc import Sequence
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.ui import page, theme, vega
from pages.ui.controls import microscope as look
from pages.ui.controls import training as controls
from pages.ui.controls.downloads import downloads, mark, sharing
from pages.ui.controls.parameters import PARAMETERS
from pages.ui.frames import backprop as formulas
from pages.ui.frames import microscope, network, plane, quiz, sheets
from pages.ui.frames import training as frames
from pages.ui.frames.script import script
from pages.ui.state import link, playback, presenter
from pages.ui.state import training as state
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
end = frames.epochs_of(history)
runs = frames.run_names(config)
specs = presenter.sized(state.specifications(runs, theme.is_dark()))
playback.prepare(config, end)
playing = playback.is_playing()
most = frames.POINTS_WHILE_PLAYING if playing else None
still = {quantity: vega.streams(frames.still(history, config, quantity)) for quantity in frames.QUANTITIES}


def draw_curves(places: dict[str, DeltaGenerator], quantities: Sequence[str], done: int) -> None:
    """The lines after `done` epochs; what is drawn takes its place, through which it can be drawn again."""
    for quantity in quantities:
        moving = frames.moving(history, runs, quantity, done, most)
        places[quantity] = vega.draw(
            places[quantity], specs[quantity], still[quantity] | moving, alt=frames.QUANTITIES[quantity]
        )


def draw_error(places: dict[str, DeltaGenerator], done: int) -> None:
    """The training error, and where it stands.

    The chart first: it is the fragment's own, so a run that a button has ended meanwhile ends there. The position is
    not, and the run that follows has made its place anew.
    """
    draw_curves(places, ["training_error"], done)
    if playing:
        places["position"] = places["position"].progress(done / end, f"Epochs done {done}")


def draw_rest(places: dict[str, DeltaGenerator], done: int) -> None:
    """All else that shows the history after `done` epochs: the networks, the samples and the numbers."""
    places["samples"] = vega.draw(
        places["samples"],
        specs["samples"],
        {"samples": frames.samples(history, runs, done)},
        alt="Which of the 20 samples each run gets wrong; the table below has their number.",
    )
    places["summary"] = places["summary"].html(sheets.html(sheets.summary(history, config, done)))
    places["weights"] = places["weights"].html(sheets.html(sheets.weights(history, config, done)))
    for run, name in enumerate(runs):
        weights = history.weights(run, done)
        places[f"network_{name}"] = vega.draw(
            places[f"network_{name}"],
            specs["network"],
            network.drawing(weights),
            alt=f"The network of {name} with its weights now; the table of weights has the values.",
        )
        places[f"plane_{name}"] = vega.draw(
            places[f"plane_{name}"],
            specs["plane"],
            plane.datasets(weights),
            alt=f"The 20 samples as {name} sees them, o over h; those that are wrong have their number.",
        )


messages = st.container()  # always there, so that the charts below keep their place among the elements
if problem:
    messages.warning(f"{problem}. The page shows the last settings that could be trained.")
for sentence in sheets.statements(history, config):
    messages.markdown(sentence)

# outside the player: a button of a fragment waits for the run in progress, a button of the page does not
epochs_a_second, place = controls.transport(end)
stage = st.container()

with st.sidebar:
    mark(fingerprint(results(history)))
    downloads("training", partial(frames.as_csv, history, runs), partial(frames.as_json, history, config))
    controls.scripts(runs, [partial(script, config, run) for run in range(len(runs))])
    sharing("training")


@st.fragment
def one_step() -> None:
    """A step with all its numbers, or with those hidden that are asked for."""
    chosen = look.choice(runs)
    step, problem = state.step(history, config, runs.index(chosen.run), chosen.epoch, chosen.sample)
    if problem:
        st.warning(f"{problem}. The last step that could be shown is below.")
    st.markdown(microscope.title(step))
    hidden = ask(step) if chosen.quiz else []
    ways = (microscope.forward_lines, microscope.backward_lines, microscope.descent_lines)
    for tab, lines in zip(st.tabs(["Forward", "Backward", "Step"]), ways, strict=True):
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


closer = st.expander("One step under the microscope", key="microscope", on_change="rerun", bind="query-params")
if closer.open:
    with closer:
        one_step()

with st.expander("The mathematics"):
    for words, *lines in formulas.STEPS:
        st.markdown(words)
        for formula in lines:
            st.latex(formula)


@st.fragment(run_every=playback.BURST_SECONDS if playing else None, key=playback.PICTURES)
def player() -> None:
    """All that moves."""
    large, small = st.columns([3, 2])
    places = {"training_error": large, "accuracy": small, "gradient": small}
    places |= {"samples": st.container(), "position": place}
    columns = [column for _ in runs[::2] for column in st.columns(2, gap="medium")]
    for name, column in zip(runs, columns, strict=False):
        column.text(f"{theme.RUN_NAMES[name]}: its weights now, and what the output sees of the samples")
        places |= {f"network_{name}": column, f"plane_{name}": column}
    places |= dict(zip(("summary", "weights"), st.columns([2, 3], gap="medium"), strict=True))
    parts = [partial(draw_error, places), partial(draw_curves, places, ["accuracy", "gradient"])]
    if playback.play([*parts, partial(draw_rest, places)], end, epochs_a_second):
        playback.pause()
        st.rerun()


if ignored := link.ignored(PARAMETERS["training"]):
    messages.text(ignored)

with stage:
    player()
