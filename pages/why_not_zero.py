"""The second document: why a hidden layer cannot start from zero weights, and why zero itself is not the cause."""

import streamlit as st

from pages.ui import formulas, link, page, presenter, save, theme, vega
from pages.ui.digits import controls as digits_controls
from pages.ui.digits import section as digits
from pages.ui.lines import tables as line_tables
from pages.ui.live import player
from pages.ui.live import state as playing
from pages.ui.network import tables as network
from pages.ui.training.state import history as trained
from pages.ui.why_not_zero import charts, controls, state, tables
from tinynet.fingerprint import fingerprint, results
from tinynet.symmetry import first_step

page.heading(
    "Why not zero",
    "Watch the hidden units: those that start equal stay equal to the last digit, and act as one.",
)
link.opened("why_not_zero")
specs = presenter.sized(charts.specifications(theme.is_dark()))
settings, marked = st.sidebar.container(), st.sidebar.container()
messages = st.container()

st.subheader("1 · Without a hidden layer, zero is fine", anchor=False)
st.markdown("The loss is convex: from zeros and from random weights, gradient descent finds the same minimum.")
linear, logistic, softmax = st.columns(3)
softmax_end = st.empty()
for place, model in ((linear, "linear"), (logistic, "logistic")):
    vega.draw(place, specs[model], line_tables.datasets(state.losses(model), ["zeros", "random"]))

st.subheader("2 · With one, symmetry", anchor=False)
symmetry_stage = st.container()

st.subheader("3 · MNIST", anchor=False)
draw_digits = digits.begin()

st.subheader("4 · It is symmetry, not zero", anchor=False)
st.markdown("One layer at zero learns if the other one tells the units apart, and so do zero weights with biases.")
broken, cases = st.container(), st.container()  # both need the full width: the table, and the names in the chart


@st.fragment
def play(playback: player.Playback) -> None:
    """The player. When it comes to rest, the server only records the position."""
    playing.draw("why_not_zero", playback)


@st.fragment
def symmetry() -> None:
    """A 3-H-1 network on the 20 samples: how the initialisation affects the hidden units."""
    init = controls.START.draw()
    config, problem = controls.settings(init, settings)
    if problem:
        st.warning(f"{problem}. The page still shows the last valid settings.")
    history = trained(config)
    run, random = tables.run_index(config, init), tables.run_index(config, "random")
    playback = playing.begin(controls.EPOCH, (config, init), history.epochs)
    done, subject = playback.done, playback.subject
    st.container(key="statement").markdown(tables.statement(history, config, run))
    play(playback)

    large, small = st.columns([3, 2])
    with large:
        weight = controls.WEIGHT.draw()
    units = tables.units(history, run, weight, done, subject)
    vega.draw(large.container(key="unit_lines"), specs["units"], units)
    vega.draw(small, specs["gradients"], tables.gradient_chart(history, config, run, done, subject))
    vega.draw(small, specs["spread"], tables.spread_chart(history, (run, random), done, subject))
    for place, quantity in zip(st.columns(2), ("training_error", "accuracy"), strict=True):
        vega.draw(place, specs[quantity], tables.against_random(history, quantity, (run, random), done, subject))
    initial, now = st.columns(2)
    initial.text("The network with its initial weights")
    vega.draw(initial, specs["network"].named("initial"), network.drawing(history.weights(run, 0), "initial"))
    now.text("The network with its weights now")
    vega.draw(now, specs["network"].named("current"), network.drawing(history.weights(run, done), "weights", subject))
    with st.container(key="history"):
        player.history("why_not_zero", subject, tables.series(history, config, run, random))
    derivation = tables.derivation(first_step(config, run), config.learning_rate)
    formulas.draw(st.expander("The derivation, with these numbers"), derivation)

    with marked:
        save.fingerprint(fingerprint(results(history)))
    vega.draw(broken, specs["not_zero"], tables.zeros_that_learn(history, config))
    cases.html(tables.cases(history, config).html())


with symmetry_stage:
    symmetry()
losses, accuracies = state.softmax()
vega.draw(softmax, specs["softmax"], line_tables.datasets(losses, ["zeros", "random"], low=0.0))
softmax_end.markdown(tables.softmax_sentence(accuracies))
draw_digits()
if ignored := link.ignored(controls.PARAMETERS):
    messages.text(ignored)
with st.sidebar:
    save.sharing("why_not_zero", digits_controls.restored)
