"""The controls of page 5: the points, the two starts, and in the sidebar how both are trained."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import streamlit as st

from pages.ui.fields import (
    KEPT,
    Choice,
    Entries,
    Linked,
    Parameter,
    Setting,
    entries,
    menu,
    number,
    pills,
    received,
    slider,
)
from pages.ui.files import Content
from pages.ui.live import regions
from pages.ui.live import state as player
from pages.ui.live.player import SPEEDS
from pages.ui.numbers import NOISES
from pages.ui.plane import points, saved, state
from pages.ui.plane.experiment import DEFAULT, FIRST_SEED, NOISY, OWN, RUNS, START_NAMES, Experiment, start_of
from pages.ui.session import file_key, last_good, refusal, take_file, take_text
from tinynet import plane
from tinynet.config import Config, Start
from tinynet.points import Generated, Own, Row, as_rows, dataset
from tinynet.symmetry import CONSTANT

DATA_NAMES = {
    "xor": "XOR",
    "moons": "two moons",
    "rings": "two rings",
    "blobs": "two blobs",
    "spiral": "spiral",
    OWN: "own points",
}
CLASS_NAMES = {1: "● positive", -1: "■ negative"}
MOST_UNITS, MOST_EPOCHS = int(plane.HIDDEN_UNITS_ALLOWED.high), 1000
EPOCH = "plane_epoch"
"""The session key and link parameter of the player's position."""


@dataclass(frozen=True)
class OwnPoints:
    """The points that were set by hand or read from a file, as text; its widget is never seen."""

    key: str = state.POINTS
    name: str = "rows"
    labels: Mapping[Any, str] = field(default_factory=dict, init=False)

    def draw(self) -> str:
        """Draw the field that holds them, for the link, and return its text."""
        with st.container(key="own_points"):
            text: str = st.text_input("Own points", key=self.key, **KEPT)
        return text

    def check(self, value: object) -> str:
        """`value`; raises ValueError if it is not the text of points."""
        if not isinstance(value, str):
            raise ValueError(f"own points must be text, received {received(value)}")
        points.decode(value)
        return value

    def text(self, value: str) -> str:
        """The same text."""
        return value


DATA = Choice(
    state.DATA,
    "data",
    "Data",
    "What both networks learn. A click in a picture makes the points your own.",
    DATA_NAMES,
    "xor",
    pills,
)
ADDED = Choice(
    "plane_class",
    "added",
    "A click adds",
    "The class of the points that a click adds. A click on a point removes it, a drag moves it.",
    CLASS_NAMES,
    1,
)
OWN_POINTS = OwnPoints()
STARTS = tuple(
    Choice(
        f"plane_{key}",
        key,
        f"Start {name}",
        f"Where network {name} starts.",
        START_NAMES,
        default,
        menu,
    )
    for key, name, default in (("a", "A", "random"), ("b", "B", "constant"))
)
UNITS = Choice(
    "plane_units",
    "hidden_units",
    "Hidden units H",
    "Number of hidden units of both networks.",
    {units: str(units) for units in range(1, MOST_UNITS + 1)},
    plane.HIDDEN_UNITS,
    slider,
)
VALUE = number(
    "plane_constant", Start, "value", "Constant", "The value of every weight of the start constant.", default=CONSTANT
)
NOISE = Choice(
    "plane_noise",
    "noise",
    "Noise ε",
    "The start constant + ε adds ε·uniform(-1, 1) to every weight.",
    NOISES,
    1e-3,
    slider,
)
TRAINING = (
    number("plane_seed", Start, "seed", "Init seed", "Draws the random weights of both starts.", default=FIRST_SEED),
    number("plane_order", Config, "order_seed", "Order seed", "Draws the order of the points, the same for both."),
    number(
        "plane_eta",
        Config,
        "learning_rate",
        "Learning rate η",
        "How far one step goes along the gradient.",
        default=plane.LEARNING_RATE,
    ),
    number(
        "plane_theta",
        Config,
        "theta",
        "Threshold θ",
        "A run stops after the epoch in which its mean gradient is below θ. At 0, θ stops no run.",
        default=0.0,
        step=0.001,
    ),
    number(
        "plane_epochs",
        Config,
        "max_epochs",
        "Epochs",
        "How long both are trained.",
        default=plane.MAX_EPOCHS,
        high=MOST_EPOCHS,
    ),
)
COUNT, STRAY, DATA_SEED = (
    number("points_count", Generated, "points", "Number of points", "How many points are generated."),
    number("points_noise", Generated, "noise", "Noise of the points", "How far the points stray.", step=0.05),
    number("points_seed", Generated, "seed", "Data seed", "Draws the points."),
)
GENERATED = (COUNT, replace(STRAY, name="data_noise"), replace(DATA_SEED, name="data_seed"))
"""How points are generated: the fields of `Generated`, in their order."""
SETTINGS: tuple[Setting, ...] = (DATA, OWN_POINTS, *STARTS, UNITS, VALUE, NOISE, *TRAINING, *GENERATED)
PARAMETERS: tuple[Parameter, ...] = (*SETTINGS, ADDED, Linked(EPOCH), Linked("speed", SPEEDS))


def choose_points() -> tuple[str, str]:
    """Draw what the points are chosen and edited with. Returns which, and own ones."""
    with st.container(key="plane_points", horizontal=True, vertical_alignment="center", gap="small"):
        data: str = DATA.draw(label_visibility="collapsed")
        ADDED.draw(label_visibility="collapsed")
        st.button("Clear", on_click=state.clear, help="Removes all points.")
    return data, OWN_POINTS.draw()


def hand(rows: Sequence[Row], subject: str) -> None:
    """Let the points `rows` be edited in the pictures, which are those of this `subject`."""
    labels = {"": ADDED.default, **{name: label for label, name in CLASS_NAMES.items()}}
    regions.hand(
        "in_the_plane", subject, rows, ADDED.key, labels, player.answered(state.HAND, regions.EDITED), state.put_edited
    )


def choose_start(run: int) -> str:
    """Draw the choice of where a network starts."""
    with st.container(key=f"plane_start_{RUNS[run]}", horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**{RUNS[run]}**", width="content")
        chosen: str = STARTS[run].draw(label_visibility="collapsed")
    return chosen


def settings(data: str, own: str, starts: Sequence[str]) -> tuple[Experiment | None, tuple[Row, ...], str]:
    """Draw the sidebar. Returns what to train, the points, and the reason if what was entered cannot be shown.

    Nothing is trained as long as own points are not of both classes.
    """
    none: tuple[Row, ...] = ()
    with st.sidebar:
        shared: dict[str, Any] = {each.name: each.draw() for each in (UNITS, *TRAINING)}
        seed = shared.pop("seed")
        value = VALUE.draw(disabled=not {"constant", NOISY} & set(starts))
        noise = NOISE.draw(disabled=NOISY not in starts)
        generated: list[Any] = [each.draw(disabled=data == OWN) for each in GENERATED]
    rows, fault = last_good("plane_rows", lambda: points.decode(own), none)
    if data == OWN and not points.is_learnable(rows):
        return None, rows, fault

    def build() -> Experiment:
        source = Own(rows) if data == OWN else Generated(data, *generated)
        return Experiment(plane.setting([start_of(name, seed, value, noise) for name in starts], **shared), source)

    experiment, problem = last_good("plane_experiment", build, DEFAULT)
    return experiment, as_rows(dataset(experiment.source)), problem


def with_most_units(experiment: Experiment) -> Experiment:
    """The same with as many hidden units as the page has."""
    return replace(experiment, config=replace(experiment.config, hidden_units=MOST_UNITS))


def pasting(rows: Sequence[Row]) -> None:
    """Draw what points are pasted into, read from a file and saved with."""
    state.write_pasted(saved.points_csv(rows))
    with st.expander("Points as CSV"):
        st.text_area(
            "Paste or edit points",
            key=state.PASTED,
            height=200,
            on_change=take_text,
            args=(state.FILE, state.PASTED, _read),
            help="The header x1,x2,label, then a point in each line: coordinates within ±5, kept to four decimals, and "
            "the label 1 or -1. Ctrl+Enter takes them over.",
        )
        st.file_uploader(
            "Points from CSV",
            "csv",
            key=file_key(state.FILE),
            on_change=take_file,
            args=(state.FILE, _read),
            max_upload_size=1,
            help="A file like the text above, with 2 to 200 points.",
        )
        if problem := refusal(state.FILE):
            st.warning(f"The points were not used: {problem}.")
        st.download_button(
            "Save points",
            partial(saved.points_csv, rows),
            "points.csv",
            "text/csv",
            on_click="ignore",
            key="save_points",
        )


def _read(text: bytes) -> Entries:
    return entries(SETTINGS, {"data": OWN, "rows": points.encode(saved.read_points(text))})


def restored(content: Content) -> Entries:
    """The widget values for the content of a saved file."""
    found = saved.values(content)
    return entries(SETTINGS, found) | player.saved_position(EPOCH, found, MOST_EPOCHS)
