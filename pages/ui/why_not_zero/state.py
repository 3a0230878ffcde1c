"""The page's session state, and what is computed once for all viewers."""

from collections.abc import Container, Mapping
from typing import Any

import streamlit as st

from pages.ui.fair_lock import computing
from tinynet import digits_history, regression
from tinynet.arrays import Array
from tinynet.digits import DigitsConfig


def is_settled(key: str, texts: Container[str]) -> bool:
    """Whether the widget `key` was drawn before, or will take one of its `texts` from the address."""
    return key in st.session_state or st.query_params.get(key) in texts


def settle(values: Mapping[str, Any], texts: Mapping[str, str]) -> None:
    """Give widgets their first values, and write them into the address as `texts`. Call before they are drawn.

    Streamlit reads the address only once, and writes a value only when it is changed in the browser.
    """
    st.session_state.update(values)
    st.query_params.update(texts)


def parameters() -> Container[str]:
    """The names of the parameters in the address."""
    return st.query_params.to_dict()


@st.cache_resource(show_spinner=False)
def losses() -> dict[str, Array]:
    """The loss of each regression from zeros and from random, (1 + iterations, 2); softmax is trained on MNIST."""
    with computing().turn():
        twenty = {model: regression.losses_on_twenty(model) for model in ("linear", "logistic")}
    return twenty | {"softmax": _softmax()[0]}


def softmax_accuracies() -> list[float]:
    """The accuracies of softmax regression on the test images, from zeros and from random."""
    return _softmax()[1]


@st.cache_resource(show_spinner=False)
def _softmax() -> tuple[Array, list[float]]:
    with computing().turn():
        return regression.softmax_on_mnist()


@st.cache_resource(show_spinner=False)
def zeros_on_mnist() -> digits_history.History:
    """The run that the document shows: MNIST from zeros, 100 iterations."""
    with computing().turn():
        return digits_history.train(DigitsConfig("zeros"))
