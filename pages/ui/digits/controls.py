"""The controls of the MNIST section: what is compared above its charts, the rest in the sidebar."""

from collections.abc import Sequence
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.ui.digits import saved
from pages.ui.fields import Choice, Choices, Entries, entries, number
from pages.ui.files import Content
from pages.ui.session import last_good
from pages.ui.theme import START_NAMES
from tinynet.digits import INITIALIZERS, DigitsConfig
from tinynet.digits_network import ACTIVATIONS

INIT = Choices(
    "digits_init",
    "init",
    "Initialisation",
    "Where the weights of the 784-H-10 network start. Each choice is a run and a line in every chart.",
    {init: START_NAMES[init] for init in INITIALIZERS},
    ("zeros", "uniform", "xavier", "he"),
)
CONSTANT = number(
    "digits_constant",
    DigitsConfig,
    "constant",
    "Constant",
    "The value of every weight of the constant run. At 0.5 its units saturate, at 0.01 they move, as one.",
)
DETAIL = Choice(
    "digits_detail",
    "detail",
    "In detail",
    "What is shown of the runs below their curves.",
    {
        "answers": "answers",
        "images": "test images",
        "weights": "weights",
        "gradients": "gradients",
        "numbers": "numbers",
    },
    "answers",
)
ROW = (
    Choice(
        "digits_activation",
        "activation",
        "Activation",
        "The activation of the hidden units. At zero, tanh and ReLU give 0 and stay stuck; the logistic function gives "
        "1/2 and does not.",
        dict(zip(ACTIVATIONS, ("tanh", "ReLU", "logistic"), strict=True)),
        "tanh",
    ),
    Choice(
        "digits_batch",
        "full_batch",
        "Batch",
        "The images of one step: smooth lines with all 10,000, jagged and faster ones with 100. Zeros always take all: "
        "with tanh and ReLU the labels of all 60,000, because the images play no part.",
        {False: "mini-batches of 100", True: "full batch"},
        False,
    ),
)
SIDEBAR = (
    number(
        "digits_units",
        DigitsConfig,
        "hidden_units",
        "Hidden units H",
        "Number of hidden units. Those that start equal stay equal; they are computed once and shown as many.",
    ),
    number(
        "digits_eta",
        DigitsConfig,
        "learning_rate",
        "Learning rate η",
        "How far one step goes along the gradient. From zeros, tanh and ReLU answer ‘1’ to every image up to 17; "
        "from 18 the steps overshoot so far that the answer changes.",
    ),
    number(
        "digits_iterations",
        DigitsConfig,
        "iterations",
        "Iterations",
        "Number of updates. A hundred mini-batches are one pass through the 10,000 training images.",
    ),
    number("digits_seed", DigitsConfig, "seed", "Seed", "Draws the weights of uniform, Xavier and He."),
)
SETTINGS = (INIT, *ROW, *SIDEBAR, CONSTANT)


def settings(sidebar: DeltaGenerator) -> tuple[tuple[DigitsConfig, ...], str]:
    """What to train, one run per initialisation, and the reason if what was entered cannot be trained.

    Numbers are drawn in `sidebar`.
    """
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        inits = INIT.draw()
        entered = {setting.name: setting.draw() for setting in ROW}
    with sidebar:
        entered |= {setting.name: setting.draw() for setting in SIDEBAR}
        entered[CONSTANT.name] = CONSTANT.draw(disabled="constant" not in inits)
    return last_good("digits_configs", lambda: _configs(inits, **entered), default_configs())


def default_configs() -> tuple[DigitsConfig, ...]:
    """What the section trains at first."""
    return _configs(INIT.default)


def _configs(inits: Sequence[str], **shared: Any) -> tuple[DigitsConfig, ...]:
    if not inits:
        raise ValueError("at least one initialisation is needed, received none")
    return tuple(DigitsConfig(init, **shared) for init in inits)


def restored(content: Content) -> Entries:
    """The widget values for the content of a saved file."""
    return entries(SETTINGS, saved.values(content))
