"""Caches of the page of the second document, as far as it is about the 20 samples."""

import streamlit as st

from pages.ui.vega import Spec
from pages.ui.why_not_zero import charts


@st.cache_resource(max_entries=2, show_spinner=False)
def specifications(dark: bool) -> dict[str, Spec]:
    """The specification of each chart."""
    return charts.specifications(dark)
