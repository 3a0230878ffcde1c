"""Who computes: one viewer at a time, first come, first served.

Python runs one thread at a time, so two trainings at once end as late as one after the other, and hold every page up
that is being drawn meanwhile.
"""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st


class Line:
    """Those who wait for their turn, in the order in which they came."""

    def __init__(self) -> None:
        self._changing = threading.Lock()
        self._line: deque[threading.Event] = deque()

    @property
    def waiting(self) -> int:
        """How many have come and are not gone, besides the one whose turn it is."""
        return max(0, len(self._line) - 1)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait until all who came before are gone, and keep the turn for the block."""
        called = threading.Event()
        with self._changing:
            self._line.append(called)
            self._call_first()
        try:
            called.wait()
            yield
        finally:
            with self._changing:
                self._line.remove(called)
                self._call_first()

    def _call_first(self) -> None:
        """Nobody else is woken: a hundred who look whether it is their turn hold up the one whose turn it is."""
        if self._line:
            self._line[0].set()


@st.cache_resource(show_spinner=False)
def computing() -> Line:
    """The line of all viewers of this server."""
    return Line()
