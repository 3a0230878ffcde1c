"""Session state and caches of the training page."""

import streamlit as st

from pages.ui.charts import training as charts
from pages.ui.vega import Spec
from tinynet.config import Config
from tinynet.training import History, train


@st.cache_resource(max_entries=64, show_spinner=False)
def history(config: Config) -> History:
    """The history of `config`, trained once for all viewers. Nobody writes into it."""
    return train(config)


@st.cache_resource(max_entries=64, show_spinner=False)
def specifications(runs: tuple[str, ...], dark: bool) -> dict[str, Spec]:
    """The specification of each chart of these runs."""
    return charts.specifications(runs, dark)


def choose(config: Config) -> None:
    """Set every control to a comparison of random, the first start of `config`, with same."""
    drawn = config.starts[0]
    wholes = {"seed": drawn.seed, "order": config.order_seed, "epochs": config.max_epochs}
    st.session_state.update(
        {key: float(value) for key, value in wholes.items()},
        init=["random", "same"],
        eta=config.learning_rate,
        theta=config.theta,
        range=drawn.scale,
    )
