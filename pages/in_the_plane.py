"""The continuation of the second document: two networks learn points of the plane from different starts."""

from functools import partial

import streamlit as st

from pages.ui import link, page, presenter, save, theme, vega
from pages.ui.live import player, regions
from pages.ui.live import state as playing
from pages.ui.network import tables as network
from pages.ui.plane import charts, controls, saved, state, tables, verdicts
from pages.ui.plane.experiment import RUNS, START_NAMES, Experiment
from tinynet.fingerprint import fingerprint, results

page.heading(
    "In the plane",
    "Watch the lines of the hidden units: those that start alike lie on one another, and decide like one.",
)
link.opened("in_the_plane")
data, added, own = controls.choose_points()
messages, transport = st.container(), st.container(key="transport")
starts, pictures, sentences = [], [], []
for run, place in enumerate(st.columns(len(RUNS), gap="medium")):
    with place:
        starts.append(controls.choose_start(run))
        pictures.append(st.container(key=f"in_the_plane_picture_{run}"))
        sentences.append(st.container(key=f"at_rest_sentence_{run}"))
experiment, rows, problem = controls.settings(data, own, starts)
specs = presenter.sized(charts.specifications(theme.is_dark()))
marked, files = st.sidebar.container(), st.sidebar.container(key="at_rest_files")


@st.fragment
def at_rest(experiment: Experiment, playback: player.Playback) -> None:
    """Everything the server computes for the epoch at which the player has come to rest."""
    history, done = state.history(experiment), playing.epochs_done(playback.key)
    best = state.best(experiment.source).correct
    for run, sentence in enumerate(sentences):
        sentence.markdown(verdicts.statement(history.weights(run, done), rows, best))
    with numbers:
        st.html(tables.summary(history, rows, [START_NAMES[start] for start in starts], done).html())
    with files:
        save.downloads(
            "in_the_plane", partial(saved.as_csv, history, done), partial(saved.as_json, history, experiment, done)
        )
    with transport:
        playing.draw("in_the_plane", playback)


if experiment:
    history, best = state.history(experiment), state.best(experiment.source)
    playback = playing.begin(controls.EPOCH, experiment, history.epochs)
    done, subject = playback.done, playback.subject
    for run, picture in enumerate(pictures):
        datasets = tables.picture(rows, history.weights(run, done), run, subject)
        vega.draw(picture, specs[f"picture_{run}"], datasets)
    for quantity, place in zip(tables.QUANTITIES, st.columns(3), strict=True):
        share = best.correct / len(rows)
        vega.draw(place, specs[quantity], tables.quantity_datasets(history, quantity, share, done, subject))
    for run, place in enumerate(st.columns(len(RUNS), gap="medium")):
        place.text(f"Network {RUNS[run]}: its current weights")
        drawing = network.drawing(history.weights(run, done), tables.weights_of(run), subject)
        vega.draw(place, specs["network"].named(RUNS[run]), drawing)
    numbers = st.container(key="at_rest_tables")
    with marked:
        save.fingerprint(fingerprint(results(history)))
    with st.container(key="history"):
        weights = [tables.weights_of(run) for run in range(len(RUNS))]
        regions.follow("in_the_plane", subject, weights, rows, charts.COLOURS)
        regions.hand("in_the_plane", subject, rows, added, state.answered(), state.put_edited)
        player.history("in_the_plane", subject, tables.series(history))
    at_rest(experiment, playback)
