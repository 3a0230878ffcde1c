"""Parameters of a link that were ignored.

Streamlit silently drops a parameter of the address that it cannot use. Here the parameters are recorded before the
first widget is drawn, and compared with the widget values afterwards.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import streamlit as st

from pages.ui.fields import Parameter

PRESENT = "present"
"""Presenter size: a parameter of every page, and the widget key of its switch."""
MOST_LISTED = 5
LONGEST = 20
"""How many characters of a name or value are shown."""
_LINK = "link"


@dataclass(frozen=True)
class _Link:
    """The parameters that a page was opened with, the message about them, and the widget values it applies to."""

    page: str
    given: Mapping[str, list[str]] = field(default_factory=dict)
    words: str = ""
    held: Mapping[str, object] | None = None


def opened(page: str) -> None:
    """Record the address's parameters if the session begins on `page`. Call before any widget of the page is drawn."""
    link: _Link | None = st.session_state.get(_LINK)
    if link is None:
        names = [name for name in st.query_params.to_dict() if name != PRESENT]
        st.session_state[_LINK] = _Link(page, {name: st.query_params.get_all(name) for name in names})
    elif link.page != page:
        st.session_state[_LINK] = _Link(page)


def ignored(known: Iterable[Parameter]) -> str:
    """The message that names the ignored parameters of the link, or "". Call after the page's widgets are drawn.

    `known` are the parameters of the page. The message stays until one of the widgets drawn at first changes its value.
    It may quote Markdown or HTML from the link: show it with `st.text`.
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
    """The message about the parameters `unused`; "" if there are none."""
    if not unused:
        return ""
    more = len(unused) - MOST_LISTED
    return f"Ignored in this link: {', '.join(unused[:MOST_LISTED])}{f', and {more} more' if more > 0 else ''}."


def _unused(
    given: Mapping[str, list[str]], labels: Mapping[str, Mapping[Any, str]], held: Mapping[str, object]
) -> Iterator[str]:
    """Each parameter that no widget accepted, as shown. A widget that is not drawn yet may still accept its own."""
    for name, texts in given.items():
        if name not in labels:
            yield shortened(name)
        elif name in held:
            refused = [text for text in texts if not _matches(text, held[name], labels[name])]
            yield from (f"{shortened(name)}={shortened(text)}" for text in refused)


def _matches(text: str, value: object, labels: Mapping[Any, str]) -> bool:
    """Whether the text of a parameter means the widget value; empty text means no value."""
    if isinstance(value, list) and value:
        return any(_matches(text, one, labels) for one in value)
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
    """The beginning of a text on one line, without invisible characters or those that reverse the text direction."""
    seen = "".join(character if character.isprintable() else "·" for character in text[: LONGEST + 1])
    return seen if len(seen) <= LONGEST else f"{seen[: LONGEST - 1]}…"
