"""The MNIST section of the page "Why not zero". It keeps updating while its runs train."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.ui import jobs, page, presenter, theme, vega
from pages.ui.digits import charts, controls, saved, state, tables, verdicts
from pages.ui.jobs import Work
from pages.ui.vega import Spec
from tinynet.digits import DigitsConfig
from tinynet.fingerprint import Numbers

Configs = Sequence[DigitsConfig]


def draw(sidebar: DeltaGenerator) -> tuple[list[Numbers], Callable[[], str], Callable[[], str]]:
    """Draw the section. Returns what its fingerprint covers, nothing while its runs train, and its CSV and JSON."""
    messages = st.container()
    configs, problem = controls.settings(sidebar)
    page.refusal(messages, problem)
    work = state.begin(configs)
    specs = presenter.sized(charts.specifications(tuple(config.init for config in configs), theme.is_dark()))
    jobs.stop_or_resume(work)
    st.fragment(_runs, run_every=jobs.rerun_interval(work))(configs, work, specs)
    with st.expander("Three common ways to draw the weights"):
        for sentence in verdicts.method_sentences(configs[0].hidden_units):
            st.markdown(sentence)
    covered = [] if jobs.is_running(work) else tables.covered(configs, state.histories(work))
    return (
        covered,
        lambda: saved.as_csv(configs, state.histories(work)),
        lambda: saved.as_json(configs, state.histories(work)),
    )


def _runs(configs: Configs, work: Work, specs: Mapping[str, Spec]) -> None:
    """Everything that changes while the runs train.

    Everything is drawn inside this fragment: after a rerun, places outside belong to the next run of the page.
    """
    going = jobs.is_running(work)
    places = {"progress": st.empty(), "said": st.container()}
    places |= dict(zip(("loss", "accuracy"), st.columns(2, gap="medium"), strict=True))
    detail = controls.DETAIL.draw()
    if detail == "gradients":
        places |= dict(zip(("hidden_gradient", "output_gradient"), st.columns(2, gap="medium"), strict=True))
    handles = _curves(configs, work, specs, going, places)
    rest = state.results(configs, state.histories(work), detail)
    places["said"].markdown("\n\n".join(rest.statements))
    if detail == "answers":
        vega.draw(st.container(), specs["answers"], tables.answers(configs, state.histories(work)))
    elif rest.html:
        st.html(rest.html)
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
        if name in places
    }
    return places | drawn
