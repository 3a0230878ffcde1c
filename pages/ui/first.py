"""What a new server computes by itself: the results that every page opens with, before anybody waits for them."""

import threading
from collections.abc import Iterator
from typing import Any

import streamlit as st

from pages.ui.digits import controls as digits
from pages.ui.digits.state import shared as digits_job
from pages.ui.jobs import Job
from pages.ui.plane import state as plane
from pages.ui.plane.experiment import DEFAULT
from pages.ui.sweep import controls as sweep
from pages.ui.sweep.state import shared as sweep_job
from pages.ui.training.state import history
from pages.ui.why_not_zero import state as why_not_zero
from pages.ui.why_not_zero.verdicts import STANDARD
from tinynet.config import Config

NAME = "first results"
"""The name of the thread."""


@st.cache_resource(show_spinner=False)
def compute() -> None:
    """Compute them in the background, once for a server. Whoever needs one joins its job, and has a turn as always."""
    threading.Thread(target=_all, name=NAME, daemon=True).start()


def _all() -> None:
    history(Config())
    plane.history(DEFAULT)
    history(STANDARD)
    for job in _jobs():
        while not job.ended:
            job.advance()
    why_not_zero.losses()
    why_not_zero.zeros_on_mnist()


def _jobs() -> Iterator[Job[Any]]:
    yield sweep_job(sweep.default_plan())
    yield from map(digits_job, digits.default_configs())
