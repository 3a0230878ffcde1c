"""Session state and caches of the training page."""

from dataclasses import dataclass

import streamlit as st

from pages.ui.session import last_good
from pages.ui.training_process import training_process
from tinynet.config import Config
from tinynet.datasets import TWENTY
from tinynet.microscope import Step, order_of, step_of
from tinynet.ranges import Range
from tinynet.training import History

SAMPLE_NUMBERS = Range("sample", 1, len(TWENTY.labels), whole=True)
"""Of the samples, as the page counts them."""


@st.cache_data(max_entries=512, show_spinner=False)
def history(config: Config) -> History:
    """The history of `config`, trained once for all viewers. The cache drops the oldest ones by size in bytes."""
    return training_process().train(config)


@dataclass(frozen=True, eq=False)
class Shown:
    """A step under the microscope: the initialisation of its run, its epoch, and its number in it from 1."""

    init: str
    epoch: int
    number: int
    step: Step


def step(history: History, config: Config, run: int, epoch: int, sample: int) -> tuple[Shown, str]:
    """The step of a run on a sample, counted from 1; if there is none, the last step shown and the reason."""
    return last_good(
        "microscope_step",
        lambda: _step(history, config, run, epoch, sample),
        _step(history, config, run, epoch, 1),
    )


def _step(history: History, config: Config, run: int, epoch: int, sample: int) -> Shown:
    SAMPLE_NUMBERS.check(sample)
    number = order_of(config, epoch).index(sample - 1) + 1
    return Shown(config.starts[run].init, epoch, number, step_of(history, config, run, epoch, number))
