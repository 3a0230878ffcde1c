"""The controls of the sweep: what is trained in the sidebar, what is looked at beside its picture."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.ui.fields import learning_rate, random_range, threshold, whole
from pages.ui.last_good import last_good
from pages.ui.sweep import state
from tinynet.config import LARGEST_SEED, Config, Start
from tinynet.published import ORDER_SEED
from tinynet.ranges import Range
from tinynet.sweep import Plan

FEWEST_INIT_SEEDS, MOST_INIT_SEEDS = 100, 10_000
MOST_ORDER_SEEDS = 200
MOST_RUNS = 500_000
"""What one machine of 1 GB holds and trains within minutes; the command line goes further."""
MOST_EPOCHS = 5000
INIT_SEEDS, ORDER_SEEDS = 200, 5
SORTINGS = {"order_seed": "seed", "earlier": "earlier", "same_break_epoch": "same"}
"""By what the order seeds can be sorted: what is counted of them, and what it is called."""


def settings() -> tuple[Plan, str]:
    """The sidebar. Gives what to sweep, and why not what was asked for, if that cannot be swept."""
    default = Config()
    with st.sidebar:
        inits = whole(
            "Init seeds",
            "inits",
            INIT_SEEDS,
            "How many random starts, from seed 0 on: each is a run under every order.",
            FEWEST_INIT_SEEDS,
            MOST_INIT_SEEDS,
        )
        orders = whole(
            "Order seeds",
            "orders",
            ORDER_SEEDS,
            "How many orders of the samples: each is a row of the picture.",
            1,
            MOST_ORDER_SEEDS,
        )
        first = whole(
            "First order seed",
            "first_order",
            ORDER_SEED,
            "The rows start with it. The document's is 2019.",
            0,
            LARGEST_SEED - MOST_ORDER_SEEDS,
        )
        eta = learning_rate("sweep_eta", default.learning_rate, "How far one step goes. Too large, and runs diverge.")
        theta = threshold("sweep_theta", default.theta, "A run stops after the epoch in which its gradient is below θ.")
        epochs = whole(
            "Most epochs", "sweep_epochs", default.max_epochs, "Where a run ends that θ does not stop.", 1, MOST_EPOCHS
        )
        scale = random_range("sweep_range", "Random weights are drawn between minus this and this.")
    return last_good(
        "sweep_plan",
        lambda: _plan(
            inits,
            orders,
            first,
            Config((Start("random", scale=scale), Start("same")), ORDER_SEED, eta, theta, epochs),
        ),
        _plan(INIT_SEEDS, ORDER_SEEDS, ORDER_SEED, Config()),
    )


def _plan(inits: int, orders: int, first: int, config: Config) -> Plan:
    """What to sweep, with the init seeds from 0 on; what one machine cannot hold is refused with what it can."""
    Range("init seeds", FEWEST_INIT_SEEDS, MOST_INIT_SEEDS, whole=True).check(inits)
    Range("order seeds", 1, MOST_ORDER_SEEDS, whole=True).check(orders)
    Range("first order seed", 0, LARGEST_SEED - MOST_ORDER_SEEDS, whole=True).check(first)
    drawn, same = config.starts
    # one plan for all that train the same
    config = replace(config, starts=(replace(drawn, seed=0), same))
    plan = Plan(config, range(inits), range(first, first + orders))
    if plan.runs > MOST_RUNS:
        raise ValueError(
            f"{orders} order seeds with {inits:,} init seeds are {plan.runs:,} runs, too many for this machine: with "
            f"{orders} order seeds, {MOST_RUNS // orders - 1:,} init seeds fit"
        )
    return plan


def above(current: state.Sweep) -> tuple[str, DeltaGenerator]:
    """Above the picture: how its rows are sorted, and Stop while the sweep goes on, or Go on once it was stopped.

    Gives by which column the rows are sorted, and the place that says how far the sweep is. The buttons stand outside
    what trains: there, a click is heard before the training is over.
    """
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        column = _sorting()
        if state.is_going(current):
            st.button("Stop", key="sweep_stop", on_click=partial(state.stop, current), help="Keeps what is done.")
        elif state.is_stopped(current):
            st.button("Go on", key="sweep_go_on", on_click=state.go_on, help="From where the sweep was stopped.")
        return column, st.container(width="stretch")


def _sorting() -> str:
    chosen = st.segmented_control(
        "Sort the order seeds by",
        list(SORTINGS),
        default="order_seed",
        format_func=SORTINGS.__getitem__,
        key="sort",
        bind="query-params",
        persist_state="session",
        required=True,
        width="content",
        help="Which row comes first: the smallest seed, the most runs that stop earlier, or the soonest same.",
    )
    return chosen or "order_seed"


def order_seed(order_seeds: Sequence[int]) -> int:
    """Which order seed is looked at more closely: at first the document's, where it is there."""
    options = [str(seed) for seed in order_seeds]  # words: a link brings a word
    chosen: str = st.selectbox(
        "Order seed",
        options,
        index=order_seeds.index(ORDER_SEED) if ORDER_SEED in order_seeds else 0,
        key="order_seed",
        bind="query-params",
        persist_state="session",
        width=180,
        help="Whose runs the charts below show.",
    )
    return int(chosen)


def minimum(names: Sequence[str]) -> str | None:
    """Which local minimum is picked, if one is."""
    return st.pills(
        "Local minimum",
        names,
        key="minimum",
        bind="query-params",
        persist_state="session",
        help="Where the runs end. Pick one to see its runs alone.",
    )
