"""Which step of problem 2 is looked at, and what is asked of it."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from pages.ui.fields import whole
from pages.ui.theme import RUN_NAMES

SAMPLES = 20


@dataclass(frozen=True)
class Choice:
    """A run by its initialisation, a sample counted from 1, and whether its numbers are asked for instead of shown."""

    run: str
    sample: int
    quiz: bool


def choice(runs: Sequence[str]) -> Choice:
    """Which step of the epoch that the player shows."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        run = st.segmented_control(
            "Run",
            runs,
            default=runs[0],
            format_func=RUN_NAMES.__getitem__,
            key="look_run",
            bind="query-params",
            persist_state="session",
            required=True,
            help="Whose step.",
        )
        sample = whole(
            "Sample",
            "look_sample",
            1,
            "The step on which of the 20 samples, in the epoch that is shown above.",
            1,
            SAMPLES,
            160,
        )
        quiz = st.toggle(
            "Quiz",
            key="look_quiz",
            bind="query-params",
            persist_state="session",
            help="Hides the numbers from the one that is asked for on, and checks yours.",
        )
    return Choice(run or runs[0], sample, quiz)


def question(questions: Mapping[str, str]) -> str:
    """What is asked for."""
    key: str = st.selectbox(
        "Work out",
        list(questions),
        format_func=questions.__getitem__,
        key="look_question",
        help="What comes before it is given below, all else is hidden.",
    )
    return key


def answer(key: str) -> float | None:
    """The number that was worked out, None while there is none."""
    entered = st.number_input(
        "Your number",
        value=None,
        format="%.6g",
        key=f"look_answer_{key}",
        width=220,
        placeholder="four decimals are enough",
        help="It may be off by 1 %.",
    )
    return entered if entered is None or math.isfinite(entered) else math.nan
