"""The controls of the page: which section is open, and what its runs on the 20 samples start from."""

from collections.abc import Container
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.ui.digits import controls as digits
from pages.ui.fields import Choice, Entries, Linked, Parameter, entries, number, pills, slider
from pages.ui.files import Content
from pages.ui.live.player import SPEEDS
from pages.ui.numbers import NOISES
from pages.ui.session import last_good, set_widgets
from pages.ui.theme import START_NAMES, WEIGHT_NAMES
from pages.ui.why_not_zero import saved, state
from tinynet import symmetry
from tinynet.config import Config, Start
from tinynet.published import INIT_SEED

MOST_UNITS = 16
MOST_EPOCHS = 1000
SECTION = Choice(
    "section",
    "section",
    "Section",
    "One part of the lesson at a time.",
    {
        "symmetry": "1 Equal units",
        "regression": "2 No hidden layer",
        "digits": "3 MNIST",
        "not_zero": "4 Symmetry, not zero",
    },
    None,
)
DERIVATION = "derivation"
"""The key of the expander and its link parameter."""
EPOCH = "start_epoch"
"""The session key and link parameter of the player's position."""
START = Choice(
    "start",
    "start",
    "Start",
    "Where the weights of the 3-H-1 network start. The charts below follow; section 4 compares all starts.",
    {init: START_NAMES[init] for init in symmetry.STARTS},
    "constant",
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
    "Number of hidden units. Those that start equal stay on one line, however many there are; one is what they amount "
    "to.",
    {units: str(units) for units in range(1, MOST_UNITS + 1)},
    symmetry.HIDDEN_UNITS,
    slider,
)
VALUE = number(
    "constant",
    Start,
    "value",
    "Constant",
    "The value of every weight in the constant start. Whatever it is, without noise the units stay equal.",
    default=symmetry.CONSTANT,
    width=130,
)
NOISE = Choice(
    "noise",
    "noise",
    "Noise ε",
    "ε·uniform(-1, 1) is added to every weight of the constant start. Watch how long the lines stay together.",
    {0.0: "0", **NOISES},
    0.0,
    slider,
)
SIDEBAR = (
    number("start_seed", Start, "seed", "Init seed", "Draws the random weights.", default=INIT_SEED),
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
SHOWN_BY: dict[str, tuple[Parameter, ...]] = {
    "symmetry": (START, WEIGHT, *SETTINGS, Linked(EPOCH), Linked("speed", SPEEDS)),
    "digits": digits.SETTINGS,
}
"""The parameters of a link made before there were sections, by the section that shows them now."""
PARAMETERS: tuple[Parameter, ...] = (
    *(SECTION, Linked(DERIVATION), digits.DETAIL),
    *(parameter for shown in SHOWN_BY.values() for parameter in shown),
)


def section() -> str:
    """Draw which section is open, with buttons to the one before and the one after."""
    if not state.is_settled(SECTION.key, SECTION.labels.values()):
        values = missing(state.parameters())
        state.settle(values, {each.key: each.text(values[each.key]) for each in (SECTION, START) if each.key in values})
    with st.container(key="sections", horizontal=True, vertical_alignment="center", gap="small"):
        chosen: str = SECTION.draw(label_visibility="collapsed")
        names = list(SECTION.labels)
        for label, steps in (("Previous", -1), ("Next", 1)):
            to = names.index(chosen) + steps
            st.button(
                label,
                key=f"section_{label.lower()}",
                disabled=to not in range(len(names)),
                on_click=set_widgets,
                args=({SECTION.key: names[to % len(names)]},),
            )
    return chosen


def missing(given: Container[str]) -> Entries:
    """The widget values that an address without a section misses, if it has the parameters in `given`.

    A link made before there were sections opens the section that shows its settings, and meant zeros if it named no
    start.
    """
    names = {section: [each.key for each in shown if each.key in given] for section, shown in SHOWN_BY.items()}
    start = {START.key: "zeros"} if any(names.values()) and START.key not in given else {}
    return {SECTION.key: "digits" if names["digits"] and not names["symmetry"] else "symmetry"} | start


def row() -> DeltaGenerator:
    """A row of controls above the charts, at the same place in both sections that have it.

    A widget that changes its place between two runs is drawn anew before the old one goes, and Streamlit 1.67 then
    forgets its parameter: what is set in it would be missing in the link.
    """
    return st.container(key="start_settings", horizontal=True, vertical_alignment="bottom", gap="medium")


def settings(constant: bool, row: DeltaGenerator, sidebar: DeltaGenerator) -> tuple[Config, str]:
    """What to train, one run per start, and the reason if what was entered cannot be trained.

    Value and noise are disabled unless a `constant` start is shown. These settings are drawn in `row`, the others in
    `sidebar`.
    """
    with row:
        entered: dict[str, Any] = {
            UNITS.name: UNITS.draw(width=150),
            VALUE.name: VALUE.draw(disabled=not constant),
            NOISE.name: NOISE.draw(width=190, disabled=not constant),
        }
    with sidebar:
        entered |= {setting.name: setting.draw() for setting in SIDEBAR}
    entered["init_seed"] = entered.pop("seed")
    return last_good("symmetry_config", lambda: symmetry.setting(**entered), symmetry.setting())


def restored(content: Content) -> Entries:
    """The widget values for the content of a saved file, which opens the section that saved it."""
    section = content.get("section")
    if section == "digits":
        return digits.restored(content) | {SECTION.key: section}
    return entries((SECTION, START, *SETTINGS), saved.values(content))
