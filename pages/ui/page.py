"""The frame that all pages have in common."""

from collections.abc import Iterable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.ui import link, presenter, streamlit_gaps
from pages.ui.fields import Parameter


def heading(title: str, sentence: str) -> None:
    """The title of a page, and the one sentence that says what to look for."""
    streamlit_gaps.close()
    presenter.recall(title)
    with st.sidebar:
        st.toggle(
            "Presenter size",
            key=link.PRESENT,
            bind="query-params",
            persist_state="session",
        )
    presenter.keep(title)
    presenting = presenter.is_presenting()
    with st.container(key="heading", horizontal=True, vertical_alignment="bottom", gap="small"):
        st.title(title, anchor=False, width="content")
        st.markdown(sentence, width="content")
        with st.container(key="presenting" if presenting else "presenter", width="content"):
            st.button(
                "Leave presenter size" if presenting else "Present",
                on_click=presenter.present,
                args=(not presenting,),
                shortcut="P",
                type="tertiary",
                help="Large type and thick lines for a lecture hall, the settings folded away. Key: P",
            )


def refusal(place: DeltaGenerator, problem: str) -> None:
    """Say in `place` why settings are refused, if there is a problem."""
    if problem:
        place.warning(f"{problem}. The page still shows the last valid settings.")


def notes(place: DeltaGenerator, known: Iterable[Parameter], problem: str = "") -> None:
    """Say in `place` what is wrong with the settings, and what of the link was ignored: what is not `known`.

    Call after the page's widgets are drawn.
    """
    refusal(place, problem)
    if ignored := link.ignored(known):
        place.text(ignored)
