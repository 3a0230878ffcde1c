"""Who computes: one viewer at a time, first come, first served.

Python runs one thread at a time, so two trainings at once end as late as one after the other, and hold every page up
that is being drawn meanwhile.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st


class Line:
    """Those who wait for their turn, in the order in which they came."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._came = 0
        self._gone = 0

    @property
    def waiting(self) -> int:
        """How many have come and are not gone, besides the one whose turn it is."""
        return max(0, self._came - self._gone - 1)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait until all who came before are gone, and keep the turn for the block."""
        with self._changed:
            ticket = self._came
            self._came += 1
            self._changed.wait_for(lambda: self._gone == ticket)
        try:
            yield
        finally:
            with self._changed:
                self._gone += 1
                self._changed.notify_all()


@st.cache_resource(show_spinner=False)
def computing() -> Line:
    """The line of all viewers of this server."""
    return Line()
