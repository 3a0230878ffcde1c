"""What a link asked for and did not get.

Streamlit drops a parameter of the address that it cannot use and says nothing. Here the parameters are noted before the
first widget is drawn, and compared with what the widgets hold once they are.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import streamlit as st

from pages.ui.fields import Parameter

PRESENT = "present"
"""The parameter that every page knows, and no page of its own."""
MOST_NAMED = 5
LONGEST = 20
"""Characters of a name or a value that are shown."""
_LINK = "link"


@dataclass(frozen=True)
class _Link:
    """What a page was opened with, and what is said of it while the widgets hold what they held then."""

    page: str
    given: Mapping[str, list[str]] = field(default_factory=dict)
    words: str = ""
    held: Mapping[str, object] | None = None


def opened(page: str) -> None:
    """Note the parameters of the address if the session begins on `page`; before any widget of the page is drawn."""
    link: _Link | None = st.session_state.get(_LINK)
    if link is None:
        names = [name for name in st.query_params if name != PRESENT]
        st.session_state[_LINK] = _Link(page, {name: st.query_params.get_all(name) for name in names})
    elif link.page != page:
        st.session_state[_LINK] = _Link(page)


def ignored(known: Iterable[Parameter]) -> str:
    """The sentence that names what was ignored in the link, or nothing; called after the widgets of the page are drawn.

    `known` are the parameters of the page. The sentence stays until a widget that was drawn the first time holds
    something else. It may repeat Markdown or HTML from the link: show it with `st.text`.
    """
    link: _Link = st.session_state[_LINK]
    if not link.given:
        return ""
    labels = {parameter.key: parameter.labels for parameter in known}
    if link.held is None:
        held = {key: st.session_state[key] for key in labels if key in st.session_state}
        link = replace(link, words=sentence(list(_unused(link.given, labels, held))), held=held)
    elif any(st.session_state.get(key) != value for key, value in link.held.items()):
        link = _Link(link.page)
    st.session_state[_LINK] = link
    return link.words


def sentence(unused: list[str]) -> str:
    """The sentence about the parameters `unused`; nothing if there are none."""
    if not unused:
        return ""
    more = len(unused) - MOST_NAMED
    return f"Ignored in this link: {', '.join(unused[:MOST_NAMED])}{f', and {more} more' if more > 0 else ''}."


def _unused(
    given: Mapping[str, list[str]], labels: Mapping[str, Mapping[Any, str]], held: Mapping[str, object]
) -> Iterator[str]:
    """Each parameter that no widget took, as it is shown. A widget that is not drawn yet may still take its own."""
    for name, texts in given.items():
        if name not in labels:
            yield shortened(name)
        elif name in held:
            refused = [text for text in texts if not _says(text, held[name], labels[name])]
            yield from (f"{shortened(name)}={shortened(text)}" for text in refused)


def _says(text: str, value: object, labels: Mapping[Any, str]) -> bool:
    """Whether a parameter stands for what a widget holds; nothing stands for nothing."""
    if isinstance(value, list) and value:
        return any(_says(text, one, labels) for one in value)
    if value is None or value == []:
        return text == ""
    if labels:
        return text == labels[value]
    if isinstance(value, bool):
        return text.lower() == str(value).lower()
    if isinstance(value, int | float):
        return _number(text) == value
    return text == value


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def shortened(text: str) -> str:
    """The beginning of a text on one line, without characters that are not seen or turn the line around."""
    seen = "".join(character if character.isprintable() else "·" for character in text[: LONGEST + 1])
    return seen if len(seen) <= LONGEST else f"{seen[: LONGEST - 1]}…"
