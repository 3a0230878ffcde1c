"""Sweeps: one for each plan, shared by all viewers and worked on by those who wait for it."""

import threading
import time
from collections.abc import Callable

import streamlit as st

from pages.ui.fair_lock import computing
from pages.ui.sweep import charts
from pages.ui.sweep.minima import window
from pages.ui.vega import Spec
from tinynet.arrays import Array
from tinynet.config import Config
from tinynet.microscope import gradients_from
from tinynet.sweep import CHUNK, Plan, Runs, sweep
from tinynet.training import History, train

FIRST_SECONDS = 0.9
"""How long a page waits for a sweep before it shows what there is of it."""
BURST_SECONDS = 2.0
"""How long one run of the page's fragment trains; then everything is drawn anew."""
STEPS_AT_ONCE = 2_000_000
"""The most that is trained before a click is heard, in epochs of one run."""
FEWEST_AT_ONCE = 400
MOST_SWEEPS = 2
"""So many sweeps go on at once; of the others only the first part is trained until one of them has ended or is left."""
LEFT_SECONDS = 4.0
"""A sweep that no viewer has asked for so long has been left."""
WAIT_SECONDS = 0.2
_SWEEP = "sweep"
_STOPPED = "sweep_stopped"


class Sweep:
    """A sweep under way. Several sessions may wait for it: each trains a part in turn, and all see the same."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.done = 0
        self.seconds = 0.0
        self.wanted = 0.0
        """When a viewer asked for it last."""
        chunk = min(CHUNK, max(FEWEST_AT_ONCE, STEPS_AT_ONCE // plan.config.max_epochs))
        self._parts = sweep(plan.config, plan.init_seeds, plan.order_seeds, chunk=chunk)
        self._finished: list[Runs] = []
        self._lock = threading.Lock()

    def advance(self) -> None:
        """Train the next part, when it is this viewer's turn."""
        with self._lock, computing().turn():
            start = time.monotonic()
            part = next(self._parts, None)
            if part is not None:
                self._finished.append(part.runs)
                self.done = part.done
            self.seconds += time.monotonic() - start

    def runs(self) -> Runs:
        """What is done; something is, after the first part."""
        with self._lock:
            self._finished = [Runs.join(self._finished)]
            return self._finished[0]

    @property
    def ended(self) -> bool:
        """Whether nothing is left to train."""
        return self.done == self.plan.runs

    @property
    def seconds_left(self) -> float:
        """How long the rest will take, if it goes on as it went."""
        return self.seconds / self.done * (self.plan.runs - self.done)


@st.cache_resource(show_spinner=False)
def _line() -> tuple[list[Sweep], threading.Lock]:
    """The sweeps that viewers wait for, in the order in which they began."""
    return [], threading.Lock()


def ahead(current: Sweep) -> int:
    """How many sweeps have to end or to be left before this one goes on; to ask is to wait for it."""
    line, lock = _line()
    with lock:
        now = current.wanted = time.monotonic()
        line[:] = [one for one in line if not one.ended and now - one.wanted < LEFT_SECONDS]
        if current not in line:
            line.append(current)
        return max(0, line.index(current) - MOST_SWEEPS + 1)


@st.cache_resource(max_entries=8, show_spinner=False)
def _shared(plan: Plan) -> Sweep:
    """The sweep of `plan` for all viewers."""
    return Sweep(plan)


@st.cache_resource(max_entries=16, show_spinner=False)
def specifications(rows: int, dark: bool) -> dict[str, Spec]:
    """The specification of each chart, for so many order seeds."""
    return charts.specifications(rows, dark)


@st.cache_resource(max_entries=16, show_spinner=False)
def gradients(config: Config, epoch: int) -> tuple[History, Array]:
    """Some runs that are looked at more closely, and the gradients of epochs that start from where they are then."""
    with computing().turn():
        history = train(config)
        return history, gradients_from(history.weights(0, epoch + 1), config, window(config, epoch))


def begin(plan: Plan) -> Sweep:
    """Take up a sweep, and train until some of it is done and some time has passed, or all is done."""
    current: Sweep | None = st.session_state.get(_SWEEP)
    # the session keeps what it waits for, even if the cache has given it up
    if current is None or current.plan != plan:
        current = st.session_state[_SWEEP] = _shared(plan)
    end = time.monotonic() + FIRST_SECONDS
    while current.done == 0 or (is_going(current) and not ahead(current) and time.monotonic() < end):
        current.advance()
    return current


def is_going(current: Sweep) -> bool:
    """Whether there is something left to train, and this viewer has not stopped it."""
    return not current.ended and not is_stopped(current)


def is_stopped(current: Sweep) -> bool:
    """Whether this viewer stopped the sweep before its end."""
    return not current.ended and st.session_state.get(_STOPPED) == current.plan


def stop(current: Sweep) -> None:
    """Leave the sweep as it is."""
    st.session_state[_STOPPED] = current.plan


def go_on() -> None:
    """Train on from where the viewer stopped."""
    st.session_state.pop(_STOPPED, None)


def train_on(current: Sweep, show: Callable[[], object]) -> bool:
    """Train for one burst, and `show` after each part how far it is. Gives whether all is done."""
    end = time.monotonic() + BURST_SECONDS
    while is_going(current) and time.monotonic() < end:
        if ahead(current):
            time.sleep(WAIT_SECONDS)
        else:
            current.advance()
        show()
    return current.ended
