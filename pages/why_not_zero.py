"""The second document: why a hidden layer cannot start from zero weights, and why zero itself is not the cause."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from pages.ui import formulas, lesson, link, page, presenter, save, theme, vega
from pages.ui.digits import section as digits
from pages.ui.lines import tables as line_tables
from pages.ui.live import player
from pages.ui.live import state as playing
from pages.ui.network import tables as network
from pages.ui.training.state import history as trained
from pages.ui.why_not_zero import charts, controls, saved, state, tables, verdicts
from pages.ui.why_not_zero import formulas as argument
from tinynet.fingerprint import fingerprint
from tinynet.symmetry import first_step

page.heading(
    "Why not zero",
    "Hidden units that start equal stay equal, to the last bit. However many they are, they act as one.",
)
lesson.opening(argument.ASKED, lesson.SECOND, "the whole of it", (3, 2), argument.SYMBOLS)
link.opened("why_not_zero")
section = controls.section()
specs = presenter.sized(charts.specifications(theme.is_dark()))
settings, messages, problem = st.sidebar.container(), st.container(), ""
csv: Callable[[], str]
json: Callable[[], str]

if section == "symmetry":
    with st.container():  # one element above the row, as in section 4: see `row`
        statement, init = st.container(key="statement"), controls.START.draw(label_visibility="collapsed")
    row = controls.row()
    config, problem = controls.settings(init == "constant", row, settings)
    with row:
        weight = controls.WEIGHT.draw()
    history = trained(config)
    run, random = tables.run_index(config, init), tables.run_index(config, "random")
    playback = playing.begin(controls.EPOCH, (config, init), history.epochs)
    done, subject = playback.done, playback.subject
    statement.markdown(tables.statement(history, config, run))
    st.fragment(playing.draw)("why_not_zero", playback)  # at rest, the server only records the position
    large, small = st.columns([3, 2])
    units = tables.units(history, run, weight, done, subject)
    vega.draw(large.container(key="unit_lines"), specs["units"], units)
    vega.draw(small, specs["spread"], tables.spread_chart(history, (run, random), done, subject))
    gradients, accuracy, drawing = st.columns([3, 3, 2])
    for place, quantity in ((small, "training_error"), (accuracy, "accuracy")):
        vega.draw(place, specs[quantity], tables.against_random(history, quantity, (run, random), done, subject))
    vega.draw(gradients, specs["gradients"], tables.gradient_chart(history, config, run, done, subject))
    vega.draw(drawing, specs["network"], network.drawing(history.weights(run, done), "weights", subject))
    with st.container(key="history"):
        player.history("why_not_zero", subject, tables.series(history, config, run, random))
    lesson.part(
        controls.DERIVATION,
        "The derivation, in symbols and then with numbers",
        lambda: formulas.draw(argument.derivation(first_step(tables.two_equal(config), 0))),
    )
    covered = tables.covered(history, run)
    csv = partial(saved.as_csv, history, config, [*dict.fromkeys((init, "random"))])
    json = partial(saved.as_json, history, config, section, init)

elif section == "regression":
    st.markdown(tables.CONVEX)
    losses = state.losses()
    for place, (model, values) in zip(st.columns(3), losses.items(), strict=True):
        vega.draw(place, specs[model], line_tables.datasets(values, ["zeros", "random"], low=0.0))
    st.markdown(tables.softmax_sentence(state.softmax_accuracies()))
    covered = tables.last_losses(losses)
    csv, json = partial(saved.losses_as_csv, losses), partial(saved.losses_as_json, losses)

elif section == "digits":
    covered, csv, json = digits.draw(settings)

else:
    st.markdown(tables.NOT_ZERO)
    config, problem = controls.settings(True, controls.row(), settings)
    history = trained(config)
    vega.draw(st.container(), specs["not_zero"], tables.zeros_that_learn(history, config))
    st.html(tables.cases(history, config).html())
    st.subheader("The document, claim by claim", anchor=False)
    standard, one_unit = trained(verdicts.STANDARD), trained(verdicts.ONE_UNIT)
    st.html(verdicts.claims(standard, one_unit, state.losses(), state.zeros_on_mnist()).html())
    covered = tables.covered(history)
    csv = partial(saved.as_csv, history, config, [start.init for start in config.starts])
    json = partial(saved.as_json, history, config, section)

lesson.question(
    "equal", verdicts.QUESTION, lambda: verdicts.answer(trained(verdicts.NOISY), trained(verdicts.STANDARD))
)
page.notes(messages, controls.PARAMETERS, problem)
with st.sidebar:
    if covered:
        save.fingerprint(fingerprint(covered))
    save.downloads(section, csv, json)
    save.sharing("why_not_zero", controls.restored)
