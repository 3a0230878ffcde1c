"""Runs on MNIST: those that are finished for all viewers, those under way in the session of each."""

import threading
import time
from collections.abc import Callable, Sequence

import streamlit as st

from pages.ui.charts import digits as charts
from pages.ui.vega import Spec
from tinynet.digits import EVALUATED_AT_ONCE, DigitsConfig, History, Recording, iterations

FIRST_SECONDS = 0.8
"""How long a page waits for runs before it shows what there is of them."""
BURST_SECONDS = 2.0
"""How long one run of the page's fragment trains."""
PICTURE_SECONDS = 0.5
"""From one picture to the next while runs are under way; a click is heard in between."""
_RUNS = "digits_runs"
_STOPPED = "digits_stopped"


class Run:
    """A run under way. It can be left at any time and gone on with, by one thread of the session at a time."""

    def __init__(self, config: DigitsConfig) -> None:
        self.recording = Recording(config)
        self.ended = False
        self._records = iterations(config)
        self._lock = threading.Lock()

    def advance(self) -> None:
        """Do the next iterations, as many as are evaluated at once."""
        with self._lock:
            for _ in range(EVALUATED_AT_ONCE):
                record = next(self._records, None)
                if record is None:
                    self.ended = True
                    return
                self.recording.add(record)
            self.ended = len(self.recording) > self.recording.config.iterations

    def history(self) -> History:
        """What is done."""
        with self._lock:
            return self.recording.history(self.ended)


@st.cache_resource(max_entries=64, show_spinner=False)
def specifications(runs: tuple[str, ...], dark: bool) -> dict[str, Spec]:
    """The specification of each chart of these runs."""
    return charts.specifications(runs, dark)


@st.cache_resource(max_entries=64, show_spinner=False)
def _finished(config: DigitsConfig) -> list[History]:
    """Where the finished run of `config` lies for all viewers; empty until one of them has waited for it."""
    return []


def begin(configs: Sequence[DigitsConfig]) -> None:
    """Take up these runs, and train until each has begun and some time has passed, or all are finished."""
    kept = st.session_state.get(_RUNS, {})
    st.session_state[_RUNS] = {config: kept.get(config) or Run(config) for config in configs if not _finished(config)}
    _advance(configs, lambda run: len(run.recording) == 0)
    if not is_stopped(configs):
        end = time.monotonic() + FIRST_SECONDS
        _advance(configs, lambda run: time.monotonic() < end)


def _under_way(configs: Sequence[DigitsConfig]) -> list[Run]:
    runs: dict[DigitsConfig, Run] = st.session_state[_RUNS]
    return [runs[config] for config in configs if config in runs and not runs[config].ended]


def _advance(configs: Sequence[DigitsConfig], wanted: Callable[[Run], bool]) -> None:
    """Train, always the run that is furthest behind, as long as there are runs that are `wanted`.

    A run that is finished is put where all viewers find it.
    """
    while runs := [run for run in _under_way(configs) if wanted(run)]:
        behind = min(runs, key=lambda run: len(run.recording))
        behind.advance()
        if behind.ended and not (shelf := _finished(behind.recording.config)):
            shelf.append(behind.history())


def histories(configs: Sequence[DigitsConfig]) -> list[History]:
    """What is done of each run."""
    runs: dict[DigitsConfig, Run] = st.session_state[_RUNS]
    return [runs[config].history() if config in runs else _finished(config)[0] for config in configs]


def share_done(configs: Sequence[DigitsConfig]) -> float:
    """How much of all iterations is done."""
    runs: dict[DigitsConfig, Run] = st.session_state[_RUNS]
    lengths = [len(runs[config].recording) if config in runs else config.iterations + 1 for config in configs]
    return sum(lengths) / sum(config.iterations + 1 for config in configs)


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
