"""The frame that all pages have in common."""

from html import escape

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager

STYLE = """<style>
.stMainBlockContainer { padding-left: 2rem; padding-right: 2rem; }
@media (max-width: 640px) { .stMainBlockContainer { padding-left: 1rem; padding-right: 1rem; } }
.tinynet-heading { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 1rem; }
/* the picture takes what the height of the window and the editor beside it leave; on a phone it comes first */
.stLayoutWrapper:has(> .st-key-picture) { flex: 1 1 18rem; max-width: max(18rem, 100vh - 13.5rem); }
.stLayoutWrapper:has(> .st-key-editor) { flex: 0 1 360px; }
.tinynet-heading h1 { font-size: 1.5rem; margin: 0; padding: 0; }
.tinynet-heading p { margin: 0; }
</style>"""


def heading(title: str, sentence: str) -> None:
    """The title of a page, and the one sentence that says what to look for."""
    _enter_through_the_navigation()
    st.html(f'{STYLE}<div class="tinynet-heading"><h1>{escape(title)}</h1><p>{escape(sentence)}</p></div>')


def _enter_through_the_navigation() -> None:
    """Start again through streamlit_app.py if Streamlit has opened the page's file by itself.

    Until the navigation has run once, a new server takes every file of pages/ for a page; a link straight to a page
    would then show it without navigation and configuration.
    """
    if PagesManager.uses_pages_directory:
        PagesManager.uses_pages_directory = False
        st.rerun()
