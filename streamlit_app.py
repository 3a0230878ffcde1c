"""Entry point: page configuration and navigation."""

import streamlit as st

st.set_page_config(page_title="tinynet", page_icon="🔴", layout="wide")
st.navigation(
    [
        st.Page("pages/decision_regions.py", title="1 · Decision regions", default=True),
        st.Page("pages/training.py", title="2 · Training", url_path="training"),
        st.Page("pages/why_not_zero.py", title="3 · Why not zero", url_path="why_not_zero"),
        st.Page("pages/sweep.py", title="4 · Thousands of runs", url_path="sweep"),
        st.Page("pages/in_the_plane.py", title="5 · In the plane", url_path="in_the_plane"),
    ],
    position="top",
).run()
