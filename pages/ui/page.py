"""The frame that all pages have in common."""

import streamlit as st

from pages.ui.entry import through_the_navigation
from pages.ui.state import connections, presenter

STYLE = """<style>
.stMainBlockContainer { padding-left: 2rem; padding-right: 2rem; }
@media (max-width: 640px) { .stMainBlockContainer { padding-left: 1rem; padding-right: 1rem; } }
/* the two maps below the picture stay beside each other on a phone */
.st-key-seen .stColumn { min-width: 0; flex: 1 1 0; }
/* the picture takes what the height of the window and the editor beside it leave; on a phone it comes first */
.stLayoutWrapper:has(> .st-key-seen) { flex: 1 1 18rem; max-width: max(18rem, 100vh - 13.5rem); }
.stLayoutWrapper:has(> .st-key-editor) { flex: 0 1 360px; }
.stLayoutWrapper:has(> .st-key-closer) { flex: 1 1 20rem; min-width: 0; }
.st-key-heading h1 { padding: 0; }
/* the switch of the presenter size is turned by the button in the bar of the navigation */
.st-key-present { display: none; }
.st-key-presenter { position: fixed; top: .3rem; right: 4rem; left: auto; width: max-content; z-index: 1000000; }
@media (max-width: 640px) { .st-key-presenter { display: none; } }
/* Streamlit's own Stop would lie on it; what takes long says how far it is, and has a button of the page */
[data-testid="stStatusWidget"] { display: none; }
/* what a history is sent in shows nothing */
.st-key-history { display: none; }
/* what does not speak of the epoch that is shown yet; an answer that comes at once is no flicker */
[class*="st-key-at_rest"][inert] { opacity: .4; transition: opacity .1s .2s; }
/* what is chosen or set is text to be read; Streamlit writes it in the colour of the button beside it */
.stApp .stButtonGroup button:enabled, .stButtonGroup button *, [data-testid="stSliderThumbValue"] { color: inherit; }
.numbers { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
.numbers th, .numbers td { text-align: right; padding: .15rem .5rem; border: 0; border-bottom: 1px solid #8884; }
.numbers th { font-weight: 600; } .numbers thead th { font-weight: 400; opacity: .75; }
.numbers td { white-space: nowrap; }
/* what is said of a run may be longer or shorter: what stands below it stays in its place */
.st-key-statement { min-height: 3.5rem; }
.numbers th:first-child { text-align: left; padding-left: 0; white-space: nowrap; }
@media (max-width: 640px) { .numbers { font-size: .875rem; } .numbers th, .numbers td { padding: .15rem .25rem; } }
/* a sentence in each row, and a share as a mark and a band on a line from nought to one */
.verdicts thead th { vertical-align: bottom; } .verdicts tbody th:first-child { white-space: normal; font-weight: 400; }
.verdicts td { width: 13rem; } .verdicts td span { display: inline-block; min-width: 5.5rem; opacity: .85; }
.share { position: relative; height: .75rem; border-bottom: 2px solid #8888;
  background: linear-gradient(#888, #888) 50% 100% / 1px 60% no-repeat; }
.share i { position: absolute; bottom: -1px; height: 6px; background: currentColor; opacity: .35; }
.share s { position: absolute; bottom: -2px; width: 4px; height: 12px; margin-left: -2px; background: currentColor; }
@media (max-width: 640px) { .verdicts td { width: auto; } .verdicts td span { min-width: 0; display: block; } }
.stHtml:has(> .numbers) { overflow-x: auto; }
</style>"""


PRESENTER_STYLE = """<style>
.stMainBlockContainer { zoom: 1.3; padding-top: 3rem; }
/* a chart is drawn as wide as its place measures on the screen, and is then enlarged with everything else */
.stElementContainer:has(.stVegaLiteChart) { width: calc(100% / 1.3); min-width: 0; }
.stVegaLiteChart, .stFullScreenFrame, .stFullScreenFrame > div { overflow: visible; }
.stSidebar, [data-testid="stExpandSidebarButton"] { display: none; }
.stApp .stLayoutWrapper:has(> .st-key-seen) { max-width: max(18rem, 77vh - 13rem); }
</style>"""
"""Everything is larger, and the settings are folded away; they are still there, and go on working."""


def heading(title: str, sentence: str) -> None:
    """The title of a page, and the one sentence that says what to look for."""
    through_the_navigation()
    connections.without_delay()
    st.html(STYLE)
    presenter.recall(title)
    with st.sidebar:
        st.toggle(
            "Presenter size",
            key=presenter.PRESENT,
            bind="query-params",
            persist_state="session",
        )
    presenter.keep(title)
    presenting = presenter.is_presenting()
    if presenting:
        st.html(PRESENTER_STYLE)
    with st.container(key="heading", horizontal=True, vertical_alignment="bottom", gap="small"):
        st.title(title, anchor=False, width="content")
        st.markdown(sentence, width="content")
        with st.container(key="presenter", width="content"):
            st.button(
                "Leave presenter size" if presenting else "Present",
                on_click=presenter.present,
                args=(not presenting,),
                shortcut="P",
                type="tertiary",
                help="Large type and thick lines for a lecture hall, the settings folded away. Key: P",
            )
