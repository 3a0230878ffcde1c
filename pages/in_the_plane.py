"""The continuation of the second document: two networks learn points of the plane from different starts."""

from functools import partial

import streamlit as st

from pages.ui import lesson, link, page, presenter, save, theme, vega
from pages.ui.live import player, regions
from pages.ui.live import state as playing
from pages.ui.network import tables as network
from pages.ui.plane import charts, controls, saved, state, tables, verdicts
from pages.ui.plane.experiment import RUNS, START_NAMES, Experiment
from pages.ui.training.script import script
from tinynet.fingerprint import fingerprint, results
from tinynet.points import dataset

page.heading(
    "In the plane",
    "Watch the lines of the hidden units: those that start alike lie on one another, and decide like one.",
)
lesson.opening(verdicts.ASKED, lesson.SECOND, "continued", (2, 4), *verdicts.SYMBOLS)
link.opened("in_the_plane")
with st.container(gap="xsmall"):
    data, own = controls.choose_points()
    messages, transport = st.container(), st.container(key="transport")
starts, pictures, sentences = [], [], []
for run, place in enumerate(st.columns(len(RUNS), gap="medium")):
    with place:
        starts.append(controls.choose_start(run))
        pictures.append(st.container(key=f"in_the_plane_picture_{run}"))
        sentences.append(st.container(key=f"at_rest_sentence_{run}"))
hidden = st.container(key="history")  # always there, so that the hand goes on from one set of points to the next
experiment, rows, problem = controls.settings(data, own, starts)
names = [START_NAMES[start] for start in starts]
specs = presenter.sized(charts.specifications(theme.is_dark()))
with st.sidebar:
    marked, files, scripts = st.container(), st.container(key="at_rest_files"), st.container()
    controls.pasting(rows)
    save.sharing("in_the_plane", controls.restored)
page.notes(messages, controls.PARAMETERS, problem)


@st.fragment
def at_rest(experiment: Experiment, playback: player.Playback) -> None:
    """Everything the server computes for the epoch at which the player has come to rest."""
    history, done = state.history(experiment), playing.epochs_done(playback.key)
    for run, sentence in enumerate(sentences):
        sentence.markdown(verdicts.statement(history, run, done, rows, state.best(experiment.source).correct))
    with numbers:
        st.html(tables.summary(history, rows, names, done).html())
    with files:
        as_json = partial(saved.as_json, history, experiment, done)
        save.downloads("in_the_plane", partial(saved.as_csv, history, done), as_json)
    with transport:
        playing.draw("in_the_plane", playback)


follow = partial(regions.follow, "in_the_plane", rows=rows, colours=charts.COLOURS)
if experiment is None:
    transport.markdown(verdicts.FIRST_POINTS)
    for run, picture in enumerate(pictures):
        vega.draw(picture, specs[f"picture_{run}"], tables.picture(rows, None, run, ""))
    with hidden:
        follow("", series=())
        controls.hand(rows, "")
else:
    history, best = state.history(experiment), state.best(experiment.source).correct
    playback = playing.begin(controls.EPOCH, experiment, history.epochs)
    done, subject = playback.done, playback.subject
    weights = {tables.weights_of(run): history.weights(run, done) for run in range(len(RUNS))}
    for run, (picture, now) in enumerate(zip(pictures, weights.values(), strict=True)):
        vega.draw(picture, specs[f"picture_{run}"], tables.picture(rows, now, run, subject))
    for quantity, place in zip(tables.QUANTITIES, st.columns(len(tables.QUANTITIES)), strict=True):
        datasets = tables.quantity_datasets(history, quantity, best / len(rows), done, subject)
        vega.draw(place, specs[quantity], datasets)
    for name, place, (series, now) in zip(RUNS, st.columns(len(RUNS)), weights.items(), strict=True):
        place.text(f"Network {name} with its weights now")
        vega.draw(place, specs["network"].named(name), network.drawing(now, series, subject))
    numbers = st.container(key="at_rest_tables")
    with hidden:
        follow(subject, series=list(weights))
        controls.hand(rows, subject)
        player.history("in_the_plane", subject, tables.series(history))
    with scripts:
        for run, name in enumerate(RUNS):
            text = partial(script, experiment.config, run, dataset(experiment.source))
            save.script(f"Network {name}", f"plane_{name.lower()}", text)
    with marked:
        save.fingerprint(fingerprint(results(history)))
    at_rest(experiment, playback)
    most = controls.with_most_units(experiment)
    lesson.question(
        "most_units",
        verdicts.question(controls.MOST_UNITS),
        lambda: verdicts.answer(state.history(most), rows, names, best),
    )
