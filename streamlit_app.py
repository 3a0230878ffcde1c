"""Entry point: page configuration, navigation, and the link to the page that comes next."""

from pathlib import Path

import streamlit as st

from pages.ui import first

st.set_page_config(page_title="tinynet", page_icon="🔴", layout="wide")
PAGES = [
    st.Page("pages/decision_regions.py", title="1 · Decision regions", default=True),
    st.Page("pages/training.py", title="2 · Training", url_path="training"),
    st.Page("pages/why_not_zero.py", title="3 · Why not zero", url_path="why_not_zero"),
    st.Page("pages/sweep.py", title="4 · Thousands of runs", url_path="sweep"),
    st.Page("pages/in_the_plane.py", title="5 · In the plane", url_path="in_the_plane"),
]
st.html(Path(__file__).parent / "pages" / "ui" / "style.css")
here = st.navigation(PAGES, position="top")
# a telephone has the navigation in the sidebar, which is closed there
with st.container(key="pages", horizontal=True, gap="xsmall"):
    for each in PAGES:
        st.page_link(each)
here.run()
for following in PAGES[PAGES.index(here) + 1 :][:1]:
    with st.container(key="next", horizontal_alignment="right"):
        st.page_link(following, label=f"Next: {following.title.partition(' · ')[2]}")
first.compute()
