"""The controls of MNIST, above its charts."""

from functools import partial

import streamlit as st
from pages.ui.last_good import last_good

from pages.ui.digits import state
from pages.ui.fields import constant, learning_rate, whole
from pages.ui.theme import START_NAMES
from tinynet.config import LARGEST_SEED
from tinynet.digits import (
    ACTIVATIONS,
    FEWEST_HIDDEN_UNITS,
    INITIALIZERS,
    MOST_HIDDEN_UNITS,
    MOST_ITERATIONS,
    DigitsConfig,
)

DEFAULT_INITS = ("zeros", "uniform", "xavier", "he")
ACTIVATION_NAMES = {"tanh": "tanh", "relu": "ReLU", "logistic": "logistic"}
BATCHES = {False: "mini-batches of 100", True: "full batch"}
DEFAULT = DigitsConfig("he")
WIDTH = 150
"""Pixels of a number cell."""


def settings() -> tuple[tuple[DigitsConfig, ...], str]:
    """What to train, one run for each initialisation, and why not what was asked for, if that cannot be trained."""
    inits = st.pills(
        "Initialisation",
        INITIALIZERS,
        selection_mode="multi",
        default=DEFAULT_INITS,
        format_func=START_NAMES.__getitem__,
        key="digits_init",
        bind="query-params",
        persist_state="session",
        help="Where the weights of the 784-H-10 network start. Each choice is a run and a line in every chart.",
    )
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        activation = _activation()
        full_batch = _full_batch()
        units = whole(
            "Hidden units H",
            "digits_units",
            DEFAULT.hidden_units,
            "How many pictures of weights there could be. Units that start alike stay one picture.",
            FEWEST_HIDDEN_UNITS,
            MOST_HIDDEN_UNITS,
            WIDTH,
        )
        eta = learning_rate(
            "digits_eta",
            DEFAULT.learning_rate,
            "How far one step goes along the gradient. From zeros the answer stays ‘1’ whatever it is.",
            WIDTH,
        )
        iterations = whole(
            "Iterations",
            "digits_iterations",
            DEFAULT.iterations,
            "How far the lines go. A hundred mini-batches are one pass through the 10,000 training images.",
            1,
            MOST_ITERATIONS,
            WIDTH,
        )
        seed = whole(
            "Seed", "digits_seed", DEFAULT.seed, "Draws the weights of uniform, Xavier and He.", 0, LARGEST_SEED, WIDTH
        )
        value = constant(
            "digits_constant",
            DEFAULT.constant,
            "The value of every weight of the constant run. At 0.5 its units saturate, at 0.01 they move, as one.",
            WIDTH,
            disabled="constant" not in inits,
        )
    return last_good(
        "digits_configs",
        lambda: _configs(
            inits,
            hidden_units=units,
            activation=activation,
            learning_rate=eta,
            iterations=iterations,
            full_batch=full_batch,
            seed=seed,
            constant=value,
        ),
        _configs(list(DEFAULT_INITS)),
    )


def _configs(inits: list[str], **values: object) -> tuple[DigitsConfig, ...]:
    if not inits:
        raise ValueError("at least one initialisation is needed, received none")
    return tuple(DigitsConfig(init, **values) for init in INITIALIZERS if init in inits)  # type: ignore[arg-type]


def _activation() -> str:
    chosen = st.segmented_control(
        "Activation",
        list(ACTIVATIONS),
        default=DEFAULT.activation,
        format_func=ACTIVATION_NAMES.__getitem__,
        key="digits_activation",
        bind="query-params",
        persist_state="session",
        required=True,
        width="content",
        help="Of the hidden units. At zero, tanh and ReLU answer 0 and are stuck; the logistic function answers 1/2, "
        "and is not.",
    )
    return chosen or DEFAULT.activation


def _full_batch() -> bool:
    chosen = st.segmented_control(
        "Batch",
        list(BATCHES),
        default=DEFAULT.full_batch,
        format_func=BATCHES.__getitem__,
        key="digits_batch",
        bind="query-params",
        persist_state="session",
        required=True,
        width="content",
        help="The images of one step: smooth lines with all 10,000, jagged and faster ones with 100. Zeros always take "
        "the full batch.",
    )
    return bool(chosen)


def stop_or_go_on(configs: tuple[DigitsConfig, ...]) -> None:
    """Stop while runs are under way, Go on once they were stopped.

    The button stands outside what trains: there, a click is heard before the training is over.
    """
    if state.is_going(configs):
        st.button("Stop", key="digits_stop", on_click=partial(state.stop, configs), help="Keeps what is done.")
    elif state.is_stopped(configs):
        st.button("Go on", key="digits_go_on", on_click=state.go_on, help="From where the runs were stopped.")
