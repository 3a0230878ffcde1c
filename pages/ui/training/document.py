"""What the first document says of problem 2, in its order, each part folded away until it is opened."""

from collections.abc import Mapping
from functools import partial

import streamlit as st

from pages.ui import conclusions, formulas, lesson, vega
from pages.ui.activation import tables as activation
from pages.ui.fields import entries
from pages.ui.session import set_widgets
from pages.ui.training import comparisons, controls, state, tables
from pages.ui.training.formulas import ACTIVATION, GRADIENTS, LOSS, algorithm
from pages.ui.vega import Spec
from tinynet.published import Result


def draw(specs: Mapping[str, Spec]) -> None:
    """The parts; `specs` are the charts of the page."""
    st.subheader("What the document says", anchor=False)
    lesson.part("samples", "The 20 samples", _samples)
    lesson.part("derivation", "The loss, and both gradients by the chain rule", _derivation)
    lesson.part("f", "f, its derivative, and why the labels are ±1.716", partial(_activation, specs["activation"]))
    lesson.part("algorithm", "Algorithm 1, and how the document reads it", _algorithm)
    lesson.part("comparisons", "The three published comparisons", partial(_comparisons, specs))
    lesson.part("conclusions", "What the document concludes, and what thousands of runs say", conclusions.of_default)


def _samples() -> None:
    for column, (first, last) in zip(st.columns(2, gap="medium"), ((1, 10), (11, 20)), strict=True):
        column.html(tables.sample_rows(first, last).html())


def _derivation() -> None:
    with st.container(key="derived"):
        formulas.in_columns((*LOSS, *GRADIENTS))


def _activation(spec: Spec) -> None:
    words, chart = st.columns([3, 2], gap="medium")
    with words.container(key="about_f"):
        formulas.draw(ACTIVATION)
    vega.draw(chart, spec, {"curve": activation.curve(), "limits": activation.limits()})


def _algorithm() -> None:
    st.html(algorithm().html())


def _comparisons(specs: Mapping[str, Spec]) -> None:
    """The comparisons side by side; a click on one sets the page to it."""
    history = state.history(comparisons.CONFIG)
    st.markdown(comparisons.verdict(history))
    for column, result in zip(st.columns(len(comparisons.DRAWN), gap="medium"), comparisons.DRAWN, strict=True):
        with column:
            label, key = f"Open init seed {result.init_seed}", f"open_{result.init_seed}"
            if st.button(label, key=key, on_click=_open, args=(result,)):
                st.rerun()  # of the whole page: the button is in a fragment
            st.html(comparisons.table(history, result).html())
            for quantity in comparisons.QUANTITIES:
                vega.draw(st.container(), specs[f"compared_{quantity}"], comparisons.curves(history, result, quantity))
            st.text(comparisons.weights(result))


def _open(result: Result) -> None:
    set_widgets(entries(controls.SETTINGS, controls.values(comparisons.pair(result))))
