"""Regressions from zero and from random weights, computed once for all viewers."""

import streamlit as st

from pages.ui.fair_lock import computing
from tinynet import regression
from tinynet.arrays import Array


@st.cache_resource(max_entries=2, show_spinner=False)
def losses(model: str) -> Array:
    """The loss of linear or logistic regression on the 20 samples from zeros and from random, (1 + iterations, 2)."""
    with computing().turn():
        return regression.losses_on_twenty(model)


@st.cache_resource(show_spinner=False)
def softmax() -> tuple[Array, list[float]]:
    """The loss of softmax regression on MNIST, (1 + iterations, 2), and both accuracies on the test images."""
    with computing().turn():
        return regression.softmax_on_mnist()
