"""Regressions from zeros and from random weights, computed once for all viewers."""

import streamlit as st

from pages.ui.fair_lock import computing
from tinynet import regression
from tinynet.arrays import Array


@st.cache_resource(max_entries=2, show_spinner=False)
def losses(model: str) -> Array:
    """`regression.losses_on_twenty`, cached."""
    with computing().turn():
        return regression.losses_on_twenty(model)


@st.cache_resource(show_spinner=False)
def softmax() -> tuple[Array, list[float]]:
    """`regression.softmax_on_mnist`, cached."""
    with computing().turn():
        return regression.softmax_on_mnist()
