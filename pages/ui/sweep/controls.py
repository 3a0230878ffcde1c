"""The controls of the sweep: what to train in the sidebar, what to look at beside the charts."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from pages.ui.fields import KEPT, Choice, Entries, Linked, Number, entries, menu, number
from pages.ui.files import Content
from pages.ui.session import last_good
from pages.ui.sweep import saved
from tinynet.config import LARGEST_SEED, Config, Start
from tinynet.published import ORDER_SEED
from tinynet.ranges import Range
from tinynet.sweep import Plan

MOST_EPOCHS = 5000
MOST_RUNS = 500_000
"""What a machine with 1 GB holds and trains within minutes; the command line allows more."""
MOST_ORDER_SEEDS = 200
INIT_SEEDS = Number(
    "inits",
    "init_seeds",
    "Init seeds",
    "Number of random starts, from seed 0. Each is trained under every order.",
    200,
    Range("init seeds", 100, 10_000, whole=True),
)
ORDER_SEEDS = Number(
    "orders",
    "order_seeds",
    "Order seeds",
    "Number of sample orders. Each is a row of the chart.",
    5,
    Range("order seeds", 1, MOST_ORDER_SEEDS, whole=True),
)
FIRST_ORDER = Number(
    "first_order",
    "first_order",
    "First order seed",
    "The order seed of the first row. The document's is 2019.",
    ORDER_SEED,
    Range("first order seed", 0, LARGEST_SEED - MOST_ORDER_SEEDS, whole=True),
)
SETTINGS = (
    INIT_SEEDS,
    ORDER_SEEDS,
    FIRST_ORDER,
    number(
        "sweep_eta", Config, "learning_rate", "Learning rate η", "How far one step goes. Too large, and runs diverge."
    ),
    number(
        "sweep_theta",
        Config,
        "theta",
        "Threshold θ",
        "A run stops after the epoch in which its gradient is below θ.",
        step=0.001,
    ),
    number(
        "sweep_epochs",
        Config,
        "max_epochs",
        "Most epochs",
        "Upper limit for runs that never reach θ.",
        high=MOST_EPOCHS,
    ),
    Number(
        "sweep_range",
        "random_range",
        "Random range ±",
        "Random weights are drawn between minus this and this.",
        1.0,
        number("", Start, "scale", "", "").range,
        step=0.1,
    ),
)
SORTING = Choice(
    "sort",
    "sort",
    "Sort the order seeds by",
    "First the smallest seed, the most random runs that stop earlier, or the earliest stop of same.",
    {"order_seed": "seed", "earlier": "earlier", "same_break_epoch": "same"},
    "order_seed",
)
ROW = Choice("order_seed", "order_seed", "Order seed", "The charts below show its runs.", {}, str(ORDER_SEED), menu)
PARAMETERS = (*SETTINGS, SORTING, ROW, Linked("minimum"))


def settings() -> tuple[Plan, str]:
    """Draw the sidebar. Returns what to sweep, and the reason if what was entered cannot be swept."""
    with st.sidebar:
        entered: dict[str, Any] = {setting.name: setting.draw() for setting in SETTINGS}
    return last_good("sweep_plan", lambda: _plan(**entered), default_plan())


def default_plan() -> Plan:
    """What the page sweeps at first."""
    default: dict[str, Any] = {setting.name: setting.default for setting in SETTINGS}
    return _plan(**default)


def _plan(init_seeds: int, order_seeds: int, first_order: int, random_range: float, **shared: Any) -> Plan:
    """The plan, with init seeds from 0 on; raises ValueError, naming the limits, if one machine cannot hold it."""
    for setting, value in ((INIT_SEEDS, init_seeds), (ORDER_SEEDS, order_seeds), (FIRST_ORDER, first_order)):
        setting.range.check(value)
    config = Config((Start("random", scale=random_range), Start("same")), ORDER_SEED, **shared)
    plan = Plan(config, range(init_seeds), range(first_order, first_order + order_seeds))
    if plan.runs > MOST_RUNS:
        raise ValueError(
            f"{order_seeds} order seeds with {init_seeds:,} init seeds are {plan.runs:,} runs, too many for this "
            f"machine: with {order_seeds} order seeds, {MOST_RUNS // order_seeds - 1:,} init seeds fit"
        )
    return plan


def restored(content: Content) -> Entries:
    """The widget values for the content of a saved file."""
    return entries(SETTINGS, saved.values(content))


def order_seed(order_seeds: Sequence[int]) -> int:
    """The order seed whose runs are shown; at first the document's, if it is among them."""
    # strings, because a link holds strings
    return int(ROW.draw([str(seed) for seed in order_seeds], width=180))


def minimum(names: Sequence[str]) -> str | None:
    """The name of the selected group, if any."""
    chosen: str | None = st.pills(
        "Group",
        names,
        key="minimum",
        help="Runs that end with the same samples wrong. Pick one to see it alone.",
        **KEPT,
    )
    return chosen
