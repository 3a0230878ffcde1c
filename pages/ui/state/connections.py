"""How fast the server's messages leave it."""

import gc
import socket

import streamlit as st


@st.cache_resource(show_spinner=False)
def without_delay() -> None:
    """Send every message at once, on all connections of this server, those to come included.

    Streamlit 1.67 opens its socket without naming TCP, so asyncio does not switch Nagle's algorithm off as it does for
    others: the second message of every answer waits for the browser's acknowledgement of the first, 40 ms on Linux.
    Connections take the setting over from the socket that they come in at.
    """
    for found in gc.get_objects():
        if type(found) is socket.socket and _is_open_tcp(found):
            found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def _is_open_tcp(found: socket.socket) -> bool:
    of_the_internet = found.family in (socket.AF_INET, socket.AF_INET6) and found.type == socket.SOCK_STREAM
    return of_the_internet and found.fileno() >= 0
