"""What makes a page a lesson: what it is about, what its document says, and a question to the class at its end.

The link to the page that comes next is drawn by streamlit_app.py for all pages.
"""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from pages.ui import theme
from pages.ui.network import tables as network


@dataclass(frozen=True)
class Document:
    """Where a page's subject is from: the title of the document, and who wrote it, or "" if it does not say."""

    title: str
    author: str = ""

    def __str__(self) -> str:
        return f"*{self.title}*{f' by {self.author}' if self.author else ''}"


FIRST = Document("A simple neural network", "Yubei Xiao")
SECOND = Document("Why the weights of a neural network cannot be initialised to zero")


@st.fragment
def opening(asked: str, document: Document, part: str, layers: tuple[int, int], *formulas: str) -> None:
    """One line below the heading that names the document; it opens to what the page is about.

    `asked` is the task in three sentences, `part` where in the document it is. `layers` are the numbers of inputs and
    of hidden units of the network, which has one output, and `formulas` what it computes, in LaTeX. They are drawn only
    while the line is open: the browser goes through all elements of a page at every edit.
    """
    label = f"**What is asked**, and the network: {document}, {part}"
    line = st.expander(label, type="compact", key="opening", on_change="rerun")
    if not line.open:
        return
    with line, st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        dark = theme.is_dark()
        st.html(network.figure(*layers, theme.ink(dark), theme.paper(dark)), width=230)
        with st.container(key="asked"):
            st.markdown(asked)
            with st.container(key="network_formulas", horizontal=True, vertical_alignment="center", gap="medium"):
                for formula in formulas:
                    st.latex(formula, width="content")


def fold(key: str, label: str, draw: Callable[[], None]) -> None:
    """A part of the page that is folded away: computed and drawn only while it is open. A link holds whether it is."""
    closer = st.expander(label, key=key, on_change="rerun", bind="query-params")
    if closer.open:
        with closer:
            draw()


part = st.fragment(fold)
"""`fold` as a fragment of its own: opening it runs nothing else."""


def ask(key: str, asked: str, answer: Callable[[], str]) -> None:
    """A question to the class. Its answer, in Markdown, is computed only when somebody opens it.

    `key` is unique within the page.
    """
    st.subheader("A question to the class", anchor=False)
    st.markdown(asked)
    closer = st.expander("The answer", key=f"answer_{key}", on_change="rerun")
    if closer.open:
        closer.markdown(answer())


question = st.fragment(ask)
"""`ask` as a fragment of its own: opening the answer runs nothing else."""
