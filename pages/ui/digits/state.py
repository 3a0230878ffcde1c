"""Runs on MNIST: one for each configuration, shared by all viewers and worked on by those who wait for it."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pyarrow as pa
import streamlit as st

from pages.ui.digits import charts
from pages.ui.digits import tables as frames
from pages.ui.fair_lock import computing
from pages.ui.training import sheets
from pages.ui.vega import Spec
from tinynet.digits import EVALUATED_AT_ONCE, DigitsConfig, End, History, Recording, iterations

FIRST_SECONDS = 0.8
"""How long a page waits for runs before it shows what there is of them."""
BURST_SECONDS = 2.0
"""How long one run of the page's fragment trains."""
PICTURE_SECONDS = 0.5
"""From one picture to the next while runs are under way; a click is heard in between."""
_RUNS = "digits_runs"
_STOPPED = "digits_stopped"


class Run:
    """A run under way. Several sessions may wait for it: each trains a part in turn, and all see the same."""

    def __init__(self, config: DigitsConfig) -> None:
        self.recording = Recording(config)
        self.ended = False
        self._history: History | None = None
        self._records = iterations(config)
        self._lock = threading.Lock()

    def advance(self) -> None:
        """Do the next iterations, as many as are evaluated at once, when it is this viewer's turn."""
        with self._lock, computing().turn():
            self._history = None
            for _ in range(EVALUATED_AT_ONCE):
                record = next(self._records, None)
                if record is None:
                    self.ended = True
                    return
                self.recording.add(record)
            self.ended = len(self.recording) > self.recording.config.iterations

    def history(self) -> History:
        """What is done; something is, after the first part."""
        with self._lock:
            self._history = self._history or self.recording.history(self.ended)
            return self._history


@st.cache_resource(max_entries=64, show_spinner=False)
def specifications(runs: tuple[str, ...], dark: bool) -> dict[str, Spec]:
    """The specification of each chart of these runs."""
    return charts.specifications(runs, dark)


@st.cache_resource(max_entries=32, show_spinner=False)
def _shared(config: DigitsConfig) -> Run:
    """The run of `config` for all viewers."""
    return Run(config)


def begin(configs: Sequence[DigitsConfig]) -> None:
    """Take up these runs, and train until each has begun and some time has passed, or all are finished."""
    kept = st.session_state.get(_RUNS, {})
    # the session keeps what it shows, even if the cache has given it up
    st.session_state[_RUNS] = {config: kept.get(config) or _shared(config) for config in configs}
    _advance(configs, lambda run: len(run.recording) == 0)
    if not is_stopped(configs):
        end = time.monotonic() + FIRST_SECONDS
        _advance(configs, lambda run: time.monotonic() < end)


def _runs(configs: Sequence[DigitsConfig]) -> list[Run]:
    runs: dict[DigitsConfig, Run] = st.session_state[_RUNS]
    return [runs[config] for config in configs]


def _under_way(configs: Sequence[DigitsConfig]) -> list[Run]:
    return [run for run in _runs(configs) if not run.ended]


def _advance(configs: Sequence[DigitsConfig], wanted: Callable[[Run], bool]) -> None:
    """Train, always the run that is furthest behind, as long as there are runs that are `wanted`."""
    while runs := [run for run in _under_way(configs) if wanted(run)]:
        min(runs, key=lambda run: len(run.recording)).advance()


def histories(configs: Sequence[DigitsConfig]) -> list[History]:
    """What is done of each run."""
    return [run.history() for run in _runs(configs)]


@dataclass(frozen=True)
class Rest:
    """What is worked out of runs besides their curves."""

    statements: list[str]
    answers: dict[str, pa.Table]
    below: list[str]
    """Pictures and tables, as HTML."""


def rest(configs: Sequence[DigitsConfig]) -> Rest:
    """What is worked out of what is done of each run, once for all viewers who see the same."""
    done = histories(configs)
    return _rest(tuple(configs), tuple((len(history.loss), history.end) for history in done), done)


@st.cache_resource(max_entries=32, show_spinner=False)
def _rest(configs: tuple[DigitsConfig, ...], how_far: tuple[tuple[int, End], ...], _histories: list[History]) -> Rest:
    parts = [part(configs, _histories) for part in (frames.pictures, frames.tested)]
    table = sheets.html(frames.summary(configs, _histories))
    return Rest(frames.statements(configs, _histories), frames.answers(configs, _histories), [*parts, table])


def share_done(configs: Sequence[DigitsConfig]) -> float:
    """How much of all iterations is done."""
    done = sum(len(run.recording) for run in _runs(configs))
    return done / sum(config.iterations + 1 for config in configs)


def is_going(configs: Sequence[DigitsConfig]) -> bool:
    """Whether there is something left to train, and nobody stopped it."""
    return bool(_under_way(configs)) and not is_stopped(configs)


def is_stopped(configs: Sequence[DigitsConfig]) -> bool:
    """Whether the viewer stopped these runs before their end."""
    return bool(_under_way(configs)) and st.session_state.get(_STOPPED) == tuple(configs)


def stop(configs: Sequence[DigitsConfig]) -> None:
    """Leave these runs as they are."""
    st.session_state[_STOPPED] = tuple(configs)


def go_on() -> None:
    """Train on from where the viewer stopped."""
    st.session_state.pop(_STOPPED, None)


def train_on(configs: Sequence[DigitsConfig], show: Callable[[], object]) -> bool:
    """Train for one burst, and `show` what is done again and again. Gives whether all is done."""
    end = time.monotonic() + BURST_SECONDS
    while is_going(configs) and time.monotonic() < end:
        pause = time.monotonic() + PICTURE_SECONDS
        _advance(configs, lambda run, until=pause: time.monotonic() < until)  # type: ignore[misc]
        show()
    return not _under_way(configs)
