"""The MNIST section of the page "Why not zero". It keeps updating while its runs train."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.ui import jobs, presenter, save, theme, vega
from pages.ui.digits import charts, controls, saved, state, tables
from pages.ui.jobs import Work
from pages.ui.vega import Spec
from tinynet.digits import DigitsConfig

Configs = Sequence[DigitsConfig]


def begin() -> Callable[[], None]:
    """Draw the controls; the returned function draws the rest below them later, because it is slow on a new server."""
    configs, problem = controls.settings()
    if problem:
        st.warning(f"{problem}. The page still shows the last valid settings.")
    return partial(_draw, st.container(), configs)


def _draw(stage: DeltaGenerator, configs: Configs) -> None:
    with stage:
        work = state.begin(configs)
        specs = presenter.sized(charts.specifications(tuple(config.init for config in configs), theme.is_dark()))
        jobs.stop_or_resume(work)
        st.fragment(_runs, run_every=jobs.rerun_interval(work))(configs, work, specs)
        with st.container(horizontal=True):
            done = state.histories(work)
            save.downloads("digits", partial(saved.as_csv, configs, done), partial(saved.as_json, configs, done))
        with st.expander("Three common ways to draw the weights", expanded=True):
            for sentence in tables.method_sentences(configs[0].hidden_units):
                st.markdown(sentence)


def _runs(configs: Configs, work: Work, specs: Mapping[str, Spec]) -> None:
    """Everything that changes while the runs train.

    Everything is drawn inside this fragment: after a rerun, places outside belong to the next run of the page.
    """
    going = jobs.is_running(work)
    places = {"progress": st.empty(), "said": st.container()}
    places |= dict(zip(("loss", "accuracy"), st.columns(2, gap="medium"), strict=True))
    places["answers"], gradients = st.columns(2, gap="medium")
    places |= {"hidden_gradient": gradients, "output_gradient": gradients}
    handles = _curves(configs, work, specs, going, places)
    rest = state.results(configs, state.histories(work))
    places["said"].markdown("\n\n".join(rest.statements))
    vega.draw(places["answers"], specs["answers"], rest.answers)
    for part in rest.below:
        st.html(part)
    if going and jobs.work_on(work, partial(_curves, configs, work, specs, going, handles)):
        st.rerun()


def _curves(
    configs: Configs, work: Work, specs: Mapping[str, Spec], going: bool, places: dict[str, DeltaGenerator]
) -> dict[str, DeltaGenerator]:
    """Draw what is updated while the runs train: progress and curves. Returns the elements, to be drawn over again."""
    histories = state.histories(work)
    words = tables.unfinished(configs, histories)
    if going:
        places["progress"].progress(work.share_done, words)
    elif words:
        places["progress"].markdown(f"Stopped: {words} are done.")
    drawn = {
        name: vega.draw(places[name], specs[name], tables.quantity_datasets(configs, histories, name))
        for name in charts.LOOKS
    }
    return places | drawn
