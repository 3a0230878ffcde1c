"""Who computes: one viewer at a time, in order of arrival.

Python runs one thread at a time, so two trainings at once end as late as one after the other, and meanwhile hold up
every page that is being drawn.
"""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st


class FairLock:
    """A lock granted in order of arrival."""

    def __init__(self) -> None:
        self._changing = threading.Lock()
        self._queue: deque[threading.Event] = deque()

    @property
    def waiting(self) -> int:
        """How many threads wait for the lock."""
        return max(0, len(self._queue) - 1)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Hold the lock for the block, after all who asked for it before."""
        granted = threading.Event()
        with self._changing:
            self._queue.append(granted)
            self._grant()
        try:
            granted.wait()
            yield
        finally:
            with self._changing:
                self._queue.remove(granted)
                self._grant()

    def _grant(self) -> None:
        # only the first is woken: a hundred who look whether it is their turn would hold up the one whose turn it is
        if self._queue:
            self._queue[0].set()


@st.cache_resource(show_spinner=False)
def computing() -> FairLock:
    """The lock of everything that this server computes."""
    return FairLock()
