"""The controls of symmetry on the 20 samples: the start above the charts, the rest in the sidebar."""

from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.ui.digits import controls as digits
from pages.ui.fields import Choice, Linked, number, pills, slider
from pages.ui.live.player import SPEEDS
from pages.ui.session import last_good
from pages.ui.theme import START_NAMES, WEIGHT_NAMES
from tinynet import symmetry
from tinynet.config import Config, Start

MOST_UNITS = 16
MOST_EPOCHS = 1000
EPOCH = "start_epoch"
"""The session key and link parameter of the player's position."""
NOISES = (0.0, *(10.0**power for power in range(-12, 1)))
"""The noise amplitudes ε: 0, then evenly spaced on a logarithmic scale."""
START = Choice(
    "start",
    "start",
    "Start",
    "Where the weights of the 3-H-1 network start. The charts below follow; the table has all starts.",
    {init: START_NAMES[init] for init in symmetry.STARTS},
    "zeros",
    pills,
)
WEIGHT = Choice(
    "weight",
    "weight",
    "Weight of each hidden unit",
    "Which of its weights is drawn over the epochs, a line for each hidden unit.",
    WEIGHT_NAMES,
    "x1",
)
UNITS = Choice(
    "units",
    "hidden_units",
    "Hidden units H",
    "Number of hidden units. Those that start equal stay on one line, however many there are.",
    {units: str(units) for units in range(2, MOST_UNITS + 1)},
    symmetry.HIDDEN_UNITS,
    slider,
)
VALUE = number(
    "constant",
    Start,
    "value",
    "Constant",
    "The value of every weight in the constant start. Whatever it is, the units stay equal.",
    default=symmetry.CONSTANT,
    width=160,
)
NOISE = Choice(
    "noise",
    "noise",
    "Noise ε",
    "ε·uniform(-1, 1) is added to every weight of the constant start. Watch how long the lines stay together.",
    {noise: f"{noise:g}" for noise in NOISES},
    0.0,
    slider,
)
SIDEBAR = (
    number("start_seed", Start, "seed", "Init seed", "Draws the random weights.", default=symmetry.INIT_SEED),
    number("start_order", Config, "order_seed", "Order seed", "Draws the order of the samples."),
    number("start_eta", Config, "learning_rate", "Learning rate η", "How far one step goes along the gradient."),
    number(
        "start_epochs",
        Config,
        "max_epochs",
        "Epochs",
        "How long each start is trained.",
        default=symmetry.MAX_EPOCHS,
        high=MOST_EPOCHS,
    ),
)
SETTINGS = (UNITS, VALUE, NOISE, *SIDEBAR)
PARAMETERS = (START, WEIGHT, *SETTINGS, Linked(EPOCH), Linked("speed", SPEEDS), *digits.SETTINGS)


def settings(init: str, sidebar: DeltaGenerator) -> tuple[Config, str]:
    """What to train, one run per start, and the reason if what was entered cannot be trained.

    Value and noise are disabled unless the start `init` uses them. The other settings are drawn in `sidebar`.
    """
    constant = init == "constant"
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        entered: dict[str, Any] = {
            UNITS.name: UNITS.draw(width=220),
            VALUE.name: VALUE.draw(disabled=not constant),
            NOISE.name: NOISE.draw(width=320, disabled=not constant),
        }
    with sidebar:
        entered |= {setting.name: setting.draw() for setting in SIDEBAR}
    entered["init_seed"] = entered.pop("seed")
    return last_good("symmetry_config", lambda: symmetry.setting(**entered), symmetry.setting())
