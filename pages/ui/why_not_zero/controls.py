"""The controls of symmetry on the 20 samples: the start above its charts, the rest in the sidebar."""

import streamlit as st
from pages.ui.last_good import last_good
from streamlit.delta_generator import DeltaGenerator

from pages.ui.fields import constant, learning_rate, whole
from pages.ui.theme import START_NAMES, WEIGHT_NAMES
from tinynet import symmetry
from tinynet.config import LARGEST_SEED, Config

MOST_UNITS = 16
MOST_EPOCHS = 1000
NOISES = [0.0, *(10.0**power for power in range(-12, 1))]
"""The sizes ε of the noise: none, then evenly on a logarithmic scale."""


def start() -> str:
    """Which start is looked at."""
    chosen = st.pills(
        "Start",
        list(symmetry.STARTS),
        default="zeros",
        format_func=START_NAMES.__getitem__,
        key="start",
        bind="query-params",
        persist_state="session",
        required=True,
        help="Where the weights of the 3-H-1 network start. The charts below follow; the table has all starts.",
    )
    return chosen or "zeros"


def weight() -> str:
    """Which weight of the hidden units is drawn."""
    chosen = st.segmented_control(
        "Weight of each hidden unit",
        list(WEIGHT_NAMES),
        default="x1",
        format_func=WEIGHT_NAMES.__getitem__,
        key="weight",
        bind="query-params",
        persist_state="session",
        required=True,
        help="Which of its weights is drawn over the epochs, a line for each hidden unit.",
    )
    return chosen or "x1"


def settings(init: str, sidebar: DeltaGenerator) -> tuple[Config, str]:
    """What to train, one run for each start, and why not what was asked for, if that cannot be trained.

    What only a constant start has rests while `init` is another. What is set once goes into `sidebar`.
    """
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        units = _units()
        value = constant(
            "constant",
            symmetry.CONSTANT,
            "The value of every weight of the constant start. Any will do: the units stay alike.",
            width=160,
            disabled=init != "constant",
        )
        noise = _noise(init)
    with sidebar:
        seed = whole("Init seed", "start_seed", symmetry.INIT_SEED, "Draws the random weights.", 0, LARGEST_SEED)
        order = whole(
            "Order seed", "start_order", Config().order_seed, "Draws the order of the samples.", 0, LARGEST_SEED
        )
        eta = learning_rate("start_eta", Config().learning_rate, "How far one step goes along the gradient.")
        epochs = whole("Epochs", "start_epochs", symmetry.MAX_EPOCHS, "How long each start is trained.", 1, MOST_EPOCHS)
    return last_good(
        "symmetry_config",
        lambda: symmetry.setting(
            hidden_units=units,
            value=value,
            noise=noise,
            init_seed=seed,
            order_seed=order,
            learning_rate=eta,
            max_epochs=epochs,
        ),
        symmetry.setting(),
    )


def _units() -> int:
    units: int = st.slider(
        "Hidden units H",
        2,
        MOST_UNITS,
        symmetry.HIDDEN_UNITS,
        key="units",
        bind="query-params",
        persist_state="session",
        width=220,
        help="How many lines there could be. Units that start alike stay one line, however many they are.",
    )
    return units


def _noise(init: str) -> float:
    return st.select_slider(
        "Noise ε",
        NOISES,
        0.0,
        format_func=lambda noise: f"{noise:g}",
        key="noise",
        bind="query-params",
        persist_state="session",
        width=320,
        disabled=init != "constant",
        help="ε·uniform(-1, 1) is added to every weight of the constant start. Watch how long the lines stay together.",
    )
