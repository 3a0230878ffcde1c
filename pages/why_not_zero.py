"""The second document: why the weights of a hidden layer cannot start at zero, and why zero is not to blame."""

from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.ui import page, theme, vega
from pages.ui.controls import digits as digits_controls
from pages.ui.controls import symmetry as controls
from pages.ui.controls.downloads import downloads, mark, sharing
from pages.ui.controls.parameters import PARAMETERS
from pages.ui.frames import curves, network, sheets
from pages.ui.frames import digits as digits_frames
from pages.ui.frames import symmetry as frames
from pages.ui.frames.training import epochs_of
from pages.ui.live import player
from pages.ui.state import digits as digits_state
from pages.ui.state import link, presenter, regressions
from pages.ui.state import playback as player_state
from pages.ui.state import symmetry as state
from pages.ui.state.training import history as trained
from tinynet.fingerprint import fingerprint, results
from tinynet.symmetry import first_step

page.heading(
    "Why not zero",
    "Watch the hidden units: those that start alike stay alike to the last digit, and many equal units are one.",
)
link.opened("why_not_zero")
specs = presenter.sized(state.specifications(theme.is_dark()))
settings, marked = st.sidebar.container(), st.sidebar.container()
messages = st.container()

st.subheader("1 · Without a hidden layer, zero is fine", anchor=False)
st.markdown("The loss has one valley: from zeros and from random weights, gradient descent ends in the same place.")
linear, logistic, softmax = st.columns(3)
softmax_end = st.empty()
for place, model in ((linear, "linear"), (logistic, "logistic")):
    vega.draw(
        place,
        specs[model],
        curves.datasets(regressions.losses(model), ["zeros", "random"]),
        alt=f"The loss of {model} regression on the 20 samples, from zeros and from random weights.",
    )

st.subheader("2 · With one, symmetry", anchor=False)
symmetry_stage = st.container()

st.subheader("3 · MNIST", anchor=False)
configs, problem = digits_controls.settings()
digits_messages = st.container()
digits_stop = st.container()
digits_stage = st.container()

st.subheader("4 · It is symmetry, not zero", anchor=False)
st.markdown("One layer at zero learns if the other one tells the units apart, and so do zero weights with biases.")
broken, table = st.container(), st.container()  # the table needs the whole width, and so do the names in the chart


@st.fragment
def play(playback: player.Playback) -> None:
    """The player. When it rests, all that the server has to do is to know where."""
    player_state.draw("why_not_zero", playback)


@st.fragment
def symmetry() -> None:
    """A 3-H-1 network on the 20 samples: what a start does to the hidden units."""
    init = controls.start()
    config, problem = controls.settings(init, settings)
    if problem:
        st.warning(f"{problem}. The page shows the last settings that could be trained.")
    history = trained(config)
    run, random = frames.position(config, init), frames.position(config, "random")
    playback = player_state.begin("start_epoch", (config, init), epochs_of(history))
    done, subject = playback.done, playback.subject
    st.container(key="statement").markdown(frames.statement(history, config, run))
    play(playback)

    large, small = st.columns([3, 2])
    with large:
        weight = controls.weight()
    vega.draw(
        large.container(key="unit_lines"),
        specs["units"],
        frames.units(history, run, weight, done, subject),
        alt="One weight of each hidden unit over the epochs; equal units lie on top of each other.",
    )
    vega.draw(
        small,
        specs["gradients"],
        frames.gradient_chart(history, config, run, done, subject),
        alt="The gradient of the hidden and of the output layer over the epochs; the last table has the last ones.",
    )
    vega.draw(
        small,
        specs["spread"],
        frames.spread_chart(history, (run, random), done, subject),
        alt="The largest difference between two hidden units over the epochs; the last table has the last ones.",
    )
    for place, quantity in zip(st.columns(2), ("training_error", "accuracy"), strict=True):
        vega.draw(
            place,
            specs[quantity],
            frames.against_random(history, quantity, (run, random), done, subject),
            alt=f"{quantity.replace('_', ' ').capitalize()} of this start and of random over the epochs.",
        )
    initial, now = st.columns(2)
    initial.text("The network with its initial weights")
    vega.draw(
        initial,
        specs["network"],
        network.drawing(history.weights(run, 0), "initial"),
        alt="The network with its initial weights; equal units have equal edges. The derivation has numbers.",
    )
    now.text("The network with its weights now")
    vega.draw(
        now,
        specs["network"],
        network.drawing(history.weights(run, done), "weights", subject),
        alt="The network with its weights in the epoch that is shown; equal units have equal edges.",
    )
    with st.container(key="history"):
        player.history("why_not_zero", subject, frames.series(history, config, run, random))
    with st.expander("The derivation, with these numbers"):
        for words, *lines in frames.derivation(first_step(config, run), config.learning_rate):
            st.markdown(words)
            for formula in lines:
                st.latex(formula)

    with marked:
        mark(fingerprint(results(history)))

    vega.draw(
        broken,
        specs["not_zero"],
        frames.zeros_that_learn(history, config),
        alt="The training error of zeros everywhere, and of three starts with zeros that learn.",
    )
    table.html(sheets.html(frames.cases(history, config)))


with symmetry_stage:
    symmetry()

# last, for on a new server it takes longer than the rest of the page
losses, accuracies = regressions.softmax()
vega.draw(
    softmax,
    specs["softmax"],
    curves.datasets(losses, ["zeros", "random"], low=0.0),
    alt="The loss of softmax regression on MNIST, from zeros and from random weights.",
)
softmax_end.markdown(frames.softmax_end(accuracies))

if problem:
    digits_messages.warning(f"{problem}. The page shows the last settings that could be trained.")
digits_state.begin(configs)
digits_specs = presenter.sized(digits_state.specifications(tuple(config.init for config in configs), theme.is_dark()))
going = digits_state.is_going(configs)
with digits_stop:
    digits_controls.stop_or_go_on(configs)


def draw_curves(places: dict[str, DeltaGenerator]) -> dict[str, DeltaGenerator]:
    """What is drawn again and again while the runs on MNIST train. Gives the handles through which it can be."""
    place = places["progress"]
    histories = digits_state.histories(configs)
    words = digits_frames.unfinished(configs, histories)
    if going:
        place.progress(digits_state.share_done(configs), words)
    elif words:
        place.markdown(f"Stopped: {words} are done.")
    return places | {
        quantity: vega.draw(
            places[quantity],
            digits_specs[quantity],
            digits_frames.chart(configs, histories, quantity),
            alt=description,
        )
        for quantity, description in digits_frames.QUANTITIES.items()
    }


def draw_rest(places: dict[str, DeltaGenerator]) -> None:
    """What is drawn once in each burst: it takes longer."""
    rest = digits_state.rest(configs)
    places["said"].markdown("\n\n".join(rest.statements))
    vega.draw(places["answers"], digits_specs["answers"], rest.answers, alt=digits_frames.ANSWERS)
    for part in rest.below:
        places["below"].html(part)


@st.fragment(run_every=digits_state.BURST_SECONDS if going else None)
def digits() -> None:
    """All that changes while the runs on MNIST are under way."""
    # all inside: when its run is ended, the places of the page are already another run's
    places = {"progress": st.empty(), "said": st.container()}
    places |= dict(zip(("loss", "accuracy"), st.columns(2, gap="medium"), strict=True))
    places["answers"], gradients = st.columns(2, gap="medium")
    places |= {"hidden_gradient": gradients, "output_gradient": gradients, "below": st.container()}
    handles = draw_curves(places)
    draw_rest(places)
    if going and digits_state.train_on(configs, partial(draw_curves, handles)):
        st.rerun()


with digits_stage:
    digits()
    with st.container(horizontal=True):
        done = digits_state.histories(configs)
        downloads("digits", partial(digits_frames.as_csv, configs, done), partial(digits_frames.as_json, configs, done))
    with st.expander("Three usual ways to draw the weights", expanded=True):
        for sentence in digits_frames.method_sentences(configs[0].hidden_units):
            st.markdown(sentence)

if ignored := link.ignored(PARAMETERS["why_not_zero"]):
    messages.text(ignored)
with st.sidebar:
    sharing("why_not_zero")
