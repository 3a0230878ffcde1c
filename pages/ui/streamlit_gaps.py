"""Where Streamlit 1.67 has to be helped, one function for each gap. What needs JavaScript is in `streamlit_gaps.js`.

Each says what is missing, what the help gains, and when it can go.
"""

import gc
import socket
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import streamlit as st
from streamlit.errors import StreamlitAPIException
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.state.safe_session_state import SafeSessionState

_SCRIPTS = [Path(__file__).parent / name for name in ("live/text.js", "numbers.js", "streamlit_gaps.js")]
_in_the_browser = st.components.v2.component(
    "streamlit_gaps", js="\n".join(script.read_text(encoding="utf-8") for script in _SCRIPTS)
)


def close() -> None:
    """Close all gaps that a page does not know of. Called once by every page, before its first widget."""
    through_the_navigation()
    without_delay()
    one_value_for_each_widget()
    whole_address()
    _in_the_browser(key="streamlit_gaps")


def through_the_navigation() -> None:
    """Start again through streamlit_app.py if Streamlit has opened the file of a page by itself.

    Until the navigation has run once, a new server takes every file of pages/ for a page, and streamlit_app.py for
    another; a link straight to a page would then show it without navigation and configuration. Several viewers may come
    at once, so each session looks at its own pages. Can go when a folder pages/ beside `st.navigation` means nothing.
    """
    context = get_script_run_ctx()
    if context is None:
        return
    pages = context.pages_manager
    if pages.main_script_path in [page["script_path"] for page in pages.get_pages().values()]:
        PagesManager.uses_pages_directory = False
        st.rerun()


@st.cache_resource(show_spinner=False)
def without_delay() -> None:
    """Send every message at once, on all connections of this server, those to come included.

    Streamlit opens its socket without naming TCP, so asyncio does not switch Nagle's algorithm off as it does for
    others: the second message of every answer waits for the browser's acknowledgement of the first, 40 ms on Linux.
    Connections take the setting over from the socket that they come in at. Can go when the socket names TCP.
    """
    for found in gc.get_objects():
        if type(found) is socket.socket and _is_open_tcp(found):
            found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def one_value_for_each_widget() -> None:
    """Let a number field look up its own value in the session state, and not make a copy of all of it.

    Streamlit asks a copy whether the field's value is None. The session state can be asked itself. Can go when it is.
    """
    SafeSessionState.filtered_state = property(lambda state: state)  # type: ignore[assignment]


def run_fragment(key: str) -> None:
    """Run a named fragment, and nothing around it, from the callback of a widget; nothing if its page has been left.

    A number that is typed just before a click on another page comes with that click, and its callback is called where
    the fragment is unknown: Streamlit shows an error instead of the page. Can go when it does not.
    """
    with suppress(StreamlitAPIException):
        st.rerun(key)


def _is_open_tcp(found: socket.socket) -> bool:
    of_the_internet = found.family in (socket.AF_INET, socket.AF_INET6) and found.type == socket.SOCK_STREAM
    return of_the_internet and found.fileno() >= 0


def is_back_or_forward() -> bool:
    """Whether this run shows a page again because the reader went back or forward in the browser.

    Streamlit then sets the widgets from the address. What the session keeps beside them is for the page to set. Can go
    when Streamlit says it to a page.
    """
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation


def held_by_the_browser() -> set[str]:
    """The keys of the widgets whose values the browser has sent.

    After a server has been restarted, or a phone has slept for long, the browser connects again and sends what its
    widgets hold, but the session is new: `key in st.session_state` is False until the widget is drawn, and a value set
    before replaces the viewer's. Can go when session state knows the keys of such values.
    """
    context = get_script_run_ctx()
    if context is None:
        return set()
    # a copy: another run of the page may add to it meanwhile
    identifiers = list(context.session_state._state._new_widget_state.states)
    return {identifier.split("-", 2)[-1] for identifier in identifiers}


def whole_address(otherwise: Mapping[str, float] | None = None) -> None:
    """Let the widgets find all parameters of the address that Back or Forward returned to.

    Streamlit drops those that a widget of the page just left has too ("present"), and gives a widget without a
    parameter its own default even if the page has set another before; `otherwise` has these. Called before the widgets
    are drawn. Can go when Streamlit compares parameters with the widgets of the page that comes, and leaves alone what
    a script has set.
    """
    context = get_script_run_ctx()
    if context is None or not context.is_history_navigation:
        return
    with context.session_state.query_params() as parameters:
        left = str(parameters)
        parameters.populate_from_query_string(context.query_string)
        if str(parameters) != left:
            parameters._send_query_param_msg()  # the browser was told to drop them too
        for name, value in (otherwise or {}).items():
            if not parameters.has_param(name):
                parameters.set_with_no_forward_msg(name, str(value))
        parameters.set_initial_query_params_from_current()
