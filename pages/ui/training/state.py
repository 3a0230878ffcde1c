"""Session state and caches of the training page."""

import streamlit as st

from pages.ui.session import last_good
from pages.ui.training_process import training_process
from tinynet.config import Config
from tinynet.microscope import Step, order_of, step_of
from tinynet.training import History


@st.cache_data(max_entries=512, show_spinner=False)
def history(config: Config) -> History:
    """The history of `config`, trained once for all viewers. The cache drops the oldest ones by size in bytes."""
    return training_process().train(config)


def step(history: History, config: Config, run: int, epoch: int, sample: int) -> tuple[tuple[Step, int], str]:
    """The step of a run on a sample, counted from 1, and which step of the epoch it is.

    If there is none, the last step shown and the reason.
    """
    return last_good(
        "microscope_step",
        lambda: _step(history, config, run, epoch, sample),
        _step(history, config, run, 0, 1),
    )


def _step(history: History, config: Config, run: int, epoch: int, sample: int) -> tuple[Step, int]:
    number = order_of(config, epoch).index(sample - 1) + 1
    return step_of(history, config, run, epoch, number), number
