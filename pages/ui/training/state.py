"""Session state and caches of the training page."""

import streamlit as st

from pages.ui.fair_lock import computing
from pages.ui.last_good import last_good
from pages.ui.training import charts
from pages.ui.vega import Spec
from tinynet.config import Config
from tinynet.microscope import Step, order_of, step_of
from tinynet.training import History, train


@st.cache_data(max_entries=512, show_spinner=False)
def history(config: Config) -> History:
    """The history of `config`, trained once for all viewers. The oldest ones are given up by their size in bytes."""
    with computing().turn():
        return train(config)


@st.cache_resource(max_entries=64, show_spinner=False)
def specifications(runs: tuple[str, ...], dark: bool) -> dict[str, Spec]:
    """The specification of each chart of these runs."""
    return charts.specifications(runs, dark)


def step(history: History, config: Config, run: int, epoch: int, sample: int) -> tuple[Step, str]:
    """The step of a run on a sample, counted from 1, or the one that was shown last and why there is none."""
    return last_good(
        "microscope_step",
        lambda: _step(history, config, run, epoch, sample),
        _step(history, config, run, 0, 1),
    )


def _step(history: History, config: Config, run: int, epoch: int, sample: int) -> Step:
    return step_of(history, config, run, epoch, order_of(config, epoch).index(sample - 1) + 1)


def choose(config: Config) -> None:
    """Set every control to a comparison of random, the first start of `config`, with same."""
    st.session_state.update(_entries(config))


def address(config: Config) -> dict[str, str | list[str]]:
    """The query parameters with which the page opens on that comparison."""
    return {key: value if isinstance(value, list) else f"{value:.17g}" for key, value in _entries(config).items()}


def _entries(config: Config) -> dict[str, float | list[str]]:
    """What stands in each control, by its key."""
    drawn = config.starts[0]
    return {
        "init": ["random", "same"],
        "seed": float(drawn.seed),
        "order": float(config.order_seed),
        "epochs": float(config.max_epochs),
        "eta": config.learning_rate,
        "theta": config.theta,
        "range": drawn.scale,
    }
