"""Background work: jobs shared by all viewers, and done in parts by the viewers who wait for them.

A job has no thread of its own. The sessions that wait for it take turns, so work stops when nobody is waiting.
"""

import threading
import time
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.ui.fair_lock import computing

Result = TypeVar("Result")
FIRST_SECONDS = 0.8
"""How long a page works on a job before it shows the first results."""
BURST_SECONDS = 2.0
"""How long one run of a page's fragment works before everything is redrawn."""
UPDATE_SECONDS = 0.5
"""Time between updates of the progress shown."""
MOST_AT_ONCE = 2
"""How many pieces of work run at once; the others queue until one has ended or been abandoned."""
LEFT_SECONDS = 4.0
"""Work that no viewer has asked for in this time counts as abandoned."""
WAIT_SECONDS = 0.2
"""How long a page that must wait sleeps before it looks again."""


class Job(Generic[Result]):
    """A computation done in parts. Several sessions may wait for it, and all see the same result."""

    def __init__(self, total: int, work: Iterator[int], result: Callable[[bool], Result]) -> None:
        """Each item of `work` does a part and gives how much of `total` is done.

        `result` returns what has been computed so far; its argument is whether the work has ended.
        """
        self.total = total
        self.done = 0
        self.seconds = 0.0
        self.ended = False
        self._work = work
        self._make = result
        self._result: Result | None = None
        self._lock = threading.Lock()

    def advance(self) -> None:
        """Do the next part, once it is this viewer's turn."""
        with self._lock, computing().turn():
            start = time.monotonic()
            done = next(self._work, None)
            self.ended = done in (None, self.total)
            self.done = self.done if done is None else done
            self._result = None
            self.seconds += time.monotonic() - start

    @property
    def at_work(self) -> bool:
        """Whether some viewer does a part now, or waits for a turn to do it."""
        return self._lock.locked()

    def result(self) -> Result:
        """The result so far. Call it after the first part."""
        with self._lock:
            if self._result is None:
                self._result = self._make(self.ended)
            return self._result


@dataclass(frozen=True)
class Work:
    """What a viewer is waiting for: one job, or several in parallel. `name` is its key in the session."""

    name: str
    jobs: tuple[Job[Any], ...]

    @property
    def ended(self) -> bool:
        """Whether all jobs have ended."""
        return all(job.ended for job in self.jobs)

    @property
    def share_done(self) -> float:
        """The share of all jobs that is done, from 0 to 1."""
        return sum(job.done for job in self.jobs) / sum(job.total for job in self.jobs)

    @property
    def seconds_left(self) -> float:
        """Estimated seconds for the rest at the speed so far."""
        return sum(job.seconds / max(job.done, 1) * (job.total - job.done) for job in self.jobs)

    def advance(self) -> None:
        """Do the next part of the job that is furthest behind."""
        min((job for job in self.jobs if not job.ended), key=lambda job: job.done).advance()


@st.cache_resource(show_spinner=False)
def _queue() -> tuple[dict[tuple[Job[Any], ...], float], threading.Lock]:
    """The time at which each piece of work was last asked for, in order of arrival, and the lock of this queue."""
    return {}, threading.Lock()


def ahead(work: Work) -> int:
    """How many pieces of work must end or be abandoned before this one continues. Keeps its place while it runs."""
    if not is_running(work):
        return 0
    queue, lock = _queue()
    with lock:
        now = time.monotonic()
        queue[work.jobs] = now
        for jobs, asked in list(queue.items()):
            left = now - asked >= LEFT_SECONDS and not any(job.at_work for job in jobs)
            if left or all(job.ended for job in jobs):
                del queue[jobs]
        return max(0, list(queue).index(work.jobs) - MOST_AT_ONCE + 1)


def begin(name: str, wanted: Mapping[Hashable, Callable[[], Job[Any]]]) -> Work:
    """Start or join jobs, and work until each has begun and FIRST_SECONDS have passed, or all have ended.

    `wanted` returns the shared job of each config. The session keeps its jobs even if the cache has dropped them.
    """
    kept = st.session_state.get(name, {})
    st.session_state[name] = {config: kept.get(config) or job() for config, job in wanted.items()}
    work = Work(name, tuple(st.session_state[name].values()))
    end = time.monotonic() + FIRST_SECONDS
    while any(job.done == 0 and not job.ended for job in work.jobs) or (
        is_running(work) and not ahead(work) and time.monotonic() < end
    ):
        work.advance()
    return work


def is_running(work: Work) -> bool:
    """Whether work is left and this viewer has not stopped it."""
    return not work.ended and not is_stopped(work)


def is_stopped(work: Work) -> bool:
    """Whether this viewer stopped the work before it ended."""
    return not work.ended and st.session_state.get(_stopped(work)) == work.jobs


def _stopped(work: Work) -> str:
    return f"{work.name}_stopped"


def _stop(work: Work) -> None:
    st.session_state[_stopped(work)] = work.jobs


def _resume(work: Work) -> None:
    st.session_state.pop(_stopped(work), None)


def stop_or_resume(work: Work) -> None:
    """Draw the button Stop while work is running, Resume once it has been stopped.

    The button is outside the fragment that works, so a click takes effect before the burst is over.
    """
    place = st.empty()  # always there, so that the elements after it keep their positions
    if is_running(work):
        place.button("Stop", key=f"{work.name}_stop", on_click=_stop, args=(work,), help="Keeps the results so far.")
    elif is_stopped(work):
        place.button(
            "Resume", key=f"{work.name}_resume", on_click=_resume, args=(work,), help="Continues where it stopped."
        )


def rerun_interval(work: Work) -> float | None:
    """The interval in seconds at which fragments that show the work rerun; None once it is not running."""
    return BURST_SECONDS if is_running(work) else None


def progress(place: DeltaGenerator, work: Work, words: Callable[[bool, float, int], str]) -> None:
    """Draw a fragment in `place` that works on and shows the progress, with a bar while work is running.

    `words` makes the text from whether work is running, the seconds left, and how many others are ahead.

    It draws only inside its own fragment: after a rerun, places outside belong to the page's next run.
    """
    going = is_running(work)

    def show(line: DeltaGenerator) -> None:
        said = words(going, work.seconds_left, ahead(work))
        if going:
            line.progress(work.share_done, said)
        else:
            line.markdown(said)

    def run() -> None:
        line = st.empty()
        show(line)
        if going and work_on(work, partial(show, line)):
            st.rerun()

    with place:
        st.fragment(run, run_every=rerun_interval(work))()


def work_on(work: Work, show: Callable[[], object]) -> bool:
    """Work for one burst, calling `show` at intervals. Returns whether everything is done."""
    end = time.monotonic() + BURST_SECONDS
    while is_running(work) and time.monotonic() < end:
        picture = time.monotonic() + UPDATE_SECONDS
        while is_running(work) and time.monotonic() < picture:
            if ahead(work):
                time.sleep(WAIT_SECONDS)
            else:
                work.advance()
        show()
    return work.ended
