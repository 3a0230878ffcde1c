"""The controls of the training page: what to train in the sidebar, and which step the microscope shows."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import streamlit as st

from pages.ui.fields import Choice, Choices, Entries, Linked, Number, Parameter, Switch, entries, number
from pages.ui.files import Content
from pages.ui.live import state as player
from pages.ui.live.player import SPEEDS
from pages.ui.session import last_good, set_widgets
from pages.ui.theme import RUN_NAMES
from pages.ui.training import comparisons, quiz, saved
from pages.ui.training.state import SAMPLE_NUMBERS
from tinynet.config import Config, Start
from tinynet.initializers import DRAWN
from tinynet.microscope import Step

MOST_EPOCHS = 5000
"""What a page trains within a second or two; the command line allows more."""
EPOCH = "epoch"
"""The session key and link parameter of the player's position."""
INIT = Choices(
    "init",
    "init",
    "Initialisation",
    "How the weights start. Each choice is a run, and a line in every chart; all take the samples in one order.",
    RUN_NAMES,
    ("random", "same"),
)
SETTINGS = (
    INIT,
    number(
        "seed",
        Start,
        "seed",
        "Init seed",
        "Draws the weights of random, Xavier and He.",
        default=Config().starts[0].seed,
    ),
    number("order", Config, "order_seed", "Order seed", "Draws the order of the samples in every epoch."),
    number(
        "eta",
        Config,
        "learning_rate",
        "Learning rate η",
        "How far one step goes along the gradient. Too large, and the lines jump, then go flat.",
    ),
    number(
        "theta",
        Config,
        "theta",
        "Threshold θ",
        "A run stops after the epoch in which its gradient is below θ, the dashed line of the gradient chart.",
        step=0.001,
    ),
    number("epochs", Config, "max_epochs", "Most epochs", "Upper limit for runs that never reach θ.", high=MOST_EPOCHS),
    number(
        "range",
        Start,
        "scale",
        "Random range ±",
        "Random weights are multiplied by this: at 0.5, those of random lie between −0.5 and 0.5.",
        step=0.1,
    ),
)
RUN = Choice("look_run", "run", "Run", "The run whose step is shown.", RUN_NAMES, "random")
SAMPLE = Number(
    "look_sample",
    "sample",
    "Sample",
    "Shows the step on this sample, 1 to 20, in the epoch above.",
    1,
    SAMPLE_NUMBERS,
    width=160,
)
QUIZ = Switch("look_quiz", "quiz", "Quiz", "Hides one number and all that follow from it, and checks your answer.")
PARTS = ("samples", "derivation", "f", "algorithm", "comparisons", "conclusions")
"""The keys of what is folded away: the parts of the document."""
PARAMETERS: tuple[Parameter, ...] = (
    *SETTINGS,
    Linked(EPOCH),
    Linked("speed", SPEEDS),
    Linked("microscope"),
    RUN,
    SAMPLE,
    QUIZ,
    *(Linked(part) for part in PARTS),
)


def settings() -> tuple[Config, str]:
    """Draw the sidebar. Returns what to train, and the reason if what was entered cannot be trained."""
    with st.sidebar:
        _published()
        entered: dict[str, Any] = {setting.name: setting.draw() for setting in SETTINGS}
    return last_good("training_config", lambda: _config(**entered), Config())


def _config(init: Sequence[str], seed: int, scale: float, **shared: Any) -> Config:
    return Config(tuple(Start(one, seed, scale=scale) for one in init), **shared)


def _published() -> None:
    st.markdown("Published comparisons", help="The three that the document prints, by init seed: random against same.")
    with st.container(horizontal=True, gap="small"):
        for result in comparisons.DRAWN:
            st.button(
                str(result.init_seed),
                key=f"published_{result.init_seed}",
                on_click=set_widgets,
                args=(entries(SETTINGS, values(comparisons.pair(result))),),
            )


def values(config: Config) -> dict[str, Any]:
    """The value of each setting, by name, for a config with a random start and others."""
    drawn = next(start for start in config.starts if start.init in DRAWN)
    shared = {each.name: getattr(config, each.name) for each in fields(config)}
    return {"init": [start.init for start in config.starts], "seed": drawn.seed, "scale": drawn.scale, **shared}


def restored(content: Content) -> Entries:
    """The widget values for the content of a saved file."""
    found = saved.values(content)
    return entries(SETTINGS, found) | player.saved_position(EPOCH, found, MOST_EPOCHS)


@dataclass(frozen=True)
class StepChoice:
    """A run by its initialisation, a sample counted from 1, and whether the quiz asks for its numbers."""

    run: str
    sample: int
    quiz: bool


def step_choice(runs: Sequence[str]) -> StepChoice:
    """Draw the controls of the microscope. Returns which step of the current epoch to show."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        return StepChoice(RUN.draw(runs), SAMPLE.draw(), QUIZ.draw())


def ask(step: Step) -> list[str]:
    """Draw the quiz: ask for one number of the step, and judge the answer. Returns the keys of what stays hidden."""
    key: str = st.selectbox(
        "Work out",
        list(quiz.QUESTIONS),
        format_func=quiz.QUESTIONS.__getitem__,
        key="look_question",
        help="The numbers that it is worked out from are given below; it and what follows are hidden.",
    )
    answer = st.number_input(
        "Your number",
        value=None,
        format="%.6g",
        key=f"look_answer_{key}",
        width=260,
        placeholder="four decimals are enough",
        help="Answers within 1%, or within 0.0005 and with the right sign, count as right.",
    )
    if answer is not None:
        st.markdown(quiz.judge(step, key, answer))
    return quiz.hidden_from(key)
