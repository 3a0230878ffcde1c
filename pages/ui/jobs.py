"""Work in the background: jobs that all viewers share, done in parts by the viewers who wait for them.

A job has no thread of its own. Each viewer who waits for it does a part in turn, so that work stops when nobody waits.
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
"""How long a page waits for a job before it shows what is done of it."""
BURST_SECONDS = 2.0
"""How long one run of a page's fragment works; then everything is drawn anew."""
PICTURE_SECONDS = 0.5
"""Time between pictures of what is done."""
MOST_AT_ONCE = 2
"""So many pieces of work go on at once; the others wait until one has ended or was left."""
LEFT_SECONDS = 4.0
"""Work that no viewer has asked for during this time was left."""
WAIT_SECONDS = 0.2


class Job(Generic[Result]):
    """Something that is done in parts. Several sessions may wait for it, and all see the same result."""

    def __init__(self, total: int, work: Iterator[int], result: Callable[[bool], Result]) -> None:
        """Each step of `work` does a part and says how much of `total` is done.

        `result` says what is done; it is told whether the work has ended.
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
        """Do the next part when it is this viewer's turn."""
        with self._lock, computing().turn():
            start = time.monotonic()
            done = next(self._work, None)
            self.ended = done in (None, self.total)
            self.done = self.done if done is None else done
            self._result = None
            self.seconds += time.monotonic() - start

    def result(self) -> Result:
        """What is done; something is, after the first part."""
        with self._lock:
            if self._result is None:
                self._result = self._make(self.ended)
            return self._result


@dataclass(frozen=True)
class Work:
    """What a viewer waits for: one job, or several that go on together. `name` is its place in the session."""

    name: str
    jobs: tuple[Job[Any], ...]

    @property
    def ended(self) -> bool:
        """Whether nothing is left to do."""
        return all(job.ended for job in self.jobs)

    @property
    def share_done(self) -> float:
        """How much of everything is done, from 0 to 1."""
        return sum(job.done for job in self.jobs) / sum(job.total for job in self.jobs)

    @property
    def seconds_left(self) -> float:
        """How long the rest will take if it goes on as before."""
        return sum(job.seconds / max(job.done, 1) * (job.total - job.done) for job in self.jobs)

    def advance(self) -> None:
        """Do the next part of the job that is furthest behind."""
        min((job for job in self.jobs if not job.ended), key=lambda job: job.done).advance()


@st.cache_resource(show_spinner=False)
def _queue() -> tuple[dict[tuple[Job[Any], ...], float], threading.Lock]:
    """When the work that viewers wait for was last asked for, in the order in which it began."""
    return {}, threading.Lock()


def ahead(work: Work) -> int:
    """How many others have to end or be left before this work goes on. Asking keeps its place while it is under way."""
    if not is_going(work):
        return 0
    queue, lock = _queue()
    with lock:
        now = time.monotonic()
        queue[work.jobs] = now
        for jobs, asked in list(queue.items()):
            if all(job.ended for job in jobs) or now - asked >= LEFT_SECONDS:
                del queue[jobs]
        return max(0, list(queue).index(work.jobs) - MOST_AT_ONCE + 1)


def begin(name: str, wanted: Mapping[Hashable, Callable[[], Job[Any]]]) -> Work:
    """Take up jobs, and work until each has begun and FIRST_SECONDS have passed, or all have ended.

    `wanted` gives the shared job of each config. The session keeps what it shows even if a cache has dropped it.
    """
    kept = st.session_state.get(name, {})
    st.session_state[name] = {config: kept.get(config) or job() for config, job in wanted.items()}
    work = Work(name, tuple(st.session_state[name].values()))
    end = time.monotonic() + FIRST_SECONDS
    while any(job.done == 0 and not job.ended for job in work.jobs) or (
        is_going(work) and not ahead(work) and time.monotonic() < end
    ):
        work.advance()
    return work


def is_going(work: Work) -> bool:
    """Whether something is left to do, and this viewer has not stopped it."""
    return not work.ended and not is_stopped(work)


def is_stopped(work: Work) -> bool:
    """Whether this viewer stopped the work before its end."""
    return not work.ended and st.session_state.get(_stopped(work)) == work.jobs


def _stopped(work: Work) -> str:
    return f"{work.name}_stopped"


def _stop(work: Work) -> None:
    st.session_state[_stopped(work)] = work.jobs


def _resume(work: Work) -> None:
    st.session_state.pop(_stopped(work), None)


def stop_or_resume(work: Work) -> None:
    """Stop while work is under way, Resume once it was stopped.

    The button stands outside the fragment that works: there, a click is heard before the work is over.
    """
    place = st.empty()  # always there, so that what stands after it keeps its place
    if is_going(work):
        place.button("Stop", key=f"{work.name}_stop", on_click=_stop, args=(work,), help="Keeps what is done.")
    elif is_stopped(work):
        place.button("Resume", key=f"{work.name}_resume", on_click=_resume, args=(work,), help="Goes on from there.")


def every(work: Work) -> float | None:
    """How often a fragment that shows the work runs by itself: while it is under way."""
    return BURST_SECONDS if is_going(work) else None


def progress(place: DeltaGenerator, work: Work, words: Callable[[bool, float, int], str]) -> None:
    """Work on, and say in `place` how far the work is, with a bar while it is under way.

    `words` are made of whether it is under way, the seconds left, and how many others are ahead of it.

    It is drawn anew by itself: when a run of a fragment has ended, other places of the page belong to another run.
    """
    going = is_going(work)

    def say(line: DeltaGenerator) -> None:
        said = words(going, work.seconds_left, ahead(work))
        if going:
            line.progress(work.share_done, said)
        else:
            line.markdown(said)

    def run() -> None:
        line = st.empty()
        say(line)
        if going and work_on(work, partial(say, line)):
            st.rerun()

    with place:
        st.fragment(run, run_every=every(work))()


def work_on(work: Work, show: Callable[[], object]) -> bool:
    """Work for one burst, and `show` again and again what is done. Gives whether all is done."""
    end = time.monotonic() + BURST_SECONDS
    while is_going(work) and time.monotonic() < end:
        picture = time.monotonic() + PICTURE_SECONDS
        while is_going(work) and time.monotonic() < picture:
            if ahead(work):
                time.sleep(WAIT_SECONDS)
            else:
                work.advance()
        show()
    return work.ended
