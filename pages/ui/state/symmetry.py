"""Caches of the page of the second document, as far as it is about the 20 samples."""

import streamlit as st

from pages.ui.charts import symmetry as charts
from pages.ui.vega import Spec


@st.cache_resource(max_entries=2, show_spinner=False)
def specifications(dark: bool) -> dict[str, Spec]:
    """The specification of each chart."""
    return charts.specifications(dark)
