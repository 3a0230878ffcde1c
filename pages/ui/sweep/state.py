"""Sweeps: one job per plan, and the gradients of single runs."""

from collections.abc import Iterator
from functools import partial

import streamlit as st

from pages.ui import jobs
from pages.ui.fair_lock import computing
from pages.ui.jobs import Job, Work
from pages.ui.sweep import minima
from pages.ui.training_process import training_process
from tinynet.arrays import Array
from tinynet.config import Config
from tinynet.sweep import CHUNK, Plan, Runs, sweep
from tinynet.training import History

STEPS_AT_ONCE = 2_000_000
"""The most that is trained between two checks for a click, in epochs of one run."""
FEWEST_AT_ONCE = 400
"""Smallest number of runs in one part of a sweep."""


@st.cache_resource(max_entries=8, show_spinner=False)
def shared(plan: Plan) -> Job[Runs]:
    """The job that sweeps `plan`, shared by all viewers."""
    finished: list[Runs] = []

    def join(ended: bool) -> Runs:
        finished[:] = [Runs.join(finished)]
        return finished[0]

    return Job(plan.runs, _train(plan, finished), join)


def _train(plan: Plan, finished: list[Runs]) -> Iterator[int]:
    chunk = min(CHUNK, max(FEWEST_AT_ONCE, STEPS_AT_ONCE // plan.config.max_epochs))
    for part in sweep(plan.config, plan.init_seeds, plan.order_seeds, chunk=chunk):
        finished.append(part.runs)
        yield part.done


def begin(plan: Plan, name: str = "sweep") -> Work:
    """Start or join the sweep of `plan`; `name` is its key in the session."""
    return jobs.begin(name, {plan: partial(shared, plan)})


def runs(work: Work) -> Runs:
    """The finished runs of the sweep."""
    done: Runs = work.jobs[0].result()
    return done


@st.cache_resource(max_entries=16, show_spinner=False)
def gradients(config: Config, epoch: int) -> tuple[History, Array]:
    """The history of a few runs, and the gradients around `epoch` when the epochs before start from equal weights."""
    history = training_process().train(config)
    with computing().turn():
        return history, minima.alike(history, config, epoch)
