"""A lock for computation: one viewer at a time, in order of arrival.

Python runs one thread at a time, so two computations in parallel take as long as one after the other, and meanwhile
slow down every page that is being drawn.
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
        """How many threads are waiting for the lock."""
        return max(0, len(self._queue) - 1)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Hold the lock during the block, once all earlier requests have been served."""
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
        # wake only the first: a hundred waiters polling for their turn would slow down the thread that holds it
        if self._queue:
            self._queue[0].set()


@st.cache_resource(show_spinner=False)
def computing() -> FairLock:
    """The one lock for all that this process computes."""
    return FairLock()
