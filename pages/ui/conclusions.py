"""What the first document concludes and how it explains it, beside what the runs of a sweep say of it now."""

from dataclasses import dataclass

import numpy as np
import streamlit as st

from pages.ui import jobs
from pages.ui.fields import address
from pages.ui.numbers import exact
from pages.ui.sweep import controls as sweep
from pages.ui.sweep import state, tables, verdicts
from pages.ui.training import controls as training
from pages.ui.training.state import history as trained
from pages.ui.why_not_zero import controls as why_not_zero
from tinynet import symmetry
from tinynet.sweep import MANY_RIGHT, Plan, Runs
from tinynet.verdicts import ends_with_a_lower_error, pairs, stops_earlier

WHY_NOT_ZERO = (why_not_zero.SECTION, why_not_zero.START, *why_not_zero.SETTINGS)
"""All that says what page 3 shows of one start."""


@dataclass(frozen=True)
class Reason:
    """One part of the explanation: its claim, what is found here, and the page that shows it with what it opens at."""

    claim: str
    found: str
    label: str
    page: str
    parameters: dict[str, str | list[str]]


def of_default() -> None:
    """The conclusions beside the runs of the sweep's default settings, trained on this server when first asked for."""
    plan = sweep.default_plan()
    work = state.begin(plan, "default_sweep")
    runs = state.runs(work)
    jobs.progress(st.container(), work, lambda *how_far: tables.progress_text(state.runs(work), plan, *how_far))
    st.html(verdicts.table(runs).html())
    st.markdown(verdicts.note(runs))
    explanation(runs, plan, "sweep")


def explanation(runs: Runs, plan: Plan, shown: str) -> None:
    """The document's explanation in three parts; `shown` is the page that has the accuracies of many runs or of one."""
    st.markdown("**Why, according to the document**")
    for column, reason in zip(st.columns(3, gap="medium"), reasons(runs, plan, shown), strict=True):
        column.markdown(f"**{reason.claim}** {reason.found}")
        column.page_link(f"pages/{reason.page}.py", label=reason.label, query_params=reason.parameters)


def reasons(runs: Runs, plan: Plan, shown: str) -> list[Reason]:
    """The three parts of the explanation, with what the `runs` of `plan` say of them."""
    return [_one_unit(), _single(runs, shown), _badly(runs, plan)]


def _one_unit() -> Reason:
    config = symmetry.setting(("constant",))
    history = trained(config)
    apart = float(symmetry.spread(history.hidden).max())
    defaults = {setting.name: setting.default for setting in WHY_NOT_ZERO}
    return Reason(
        "Equal units stay one unit.",
        "With the same weights they get the same values, so the same gradients, so the same weights again: however "
        f"many there are, they work as one. Here {config.hidden_units} units that start at {symmetry.CONSTANT:g} "
        f"differ by {exact(apart)} in every one of {history.epochs} epochs.",
        "See it on page 3",
        "why_not_zero",
        address(WHY_NOT_ZERO, defaults | {"section": "symmetry", "start": "constant"}),
    )


def _single(runs: Runs, shown: str) -> Reason:
    drawn, same = pairs(runs)
    orders, first = np.unique(same.order_seed, return_index=True)
    reached = int((same.best_accuracy[first] >= MANY_RIGHT).sum())
    well = int((drawn.best_accuracy >= MANY_RIGHT).sum())
    return Reason(
        "With a single hidden unit it matters less.",
        "A 3-1-1 network has no second unit that could be equal to the first, so equal weights are one start among "
        f"others. Here same reaches 80% under {reached} of {len(orders)} order "
        f"seed{'s' * (len(orders) > 1)}, random in {well:,} of its {len(drawn):,} runs.",
        "See it on page 4" if shown == "sweep" else "See it on page 2",
        shown,
        {},
    )


def _badly(runs: Runs, plan: Plan) -> Reason:
    drawn, same = pairs(runs)
    later, worse = stops_earlier(same, drawn), ends_with_a_lower_error(same, drawn)
    above = int(worse.sum())
    found = (
        f"Of {len(drawn):,} random runs, {verdicts.stops(int(later.sum()))} later than same, or never although same "
        f"does; {above:,} end{'s' * (above == 1)} with a higher training error."
    )
    claim = "Random can start badly too."
    if not (later | worse).any():
        return Reason(claim, found, "See page 2", "training", {})
    run = int(np.argmax(later & worse if (later & worse).any() else later | worse))
    seeds = int(drawn.order_seed[run]), int(drawn.init_seed[run])
    opened = address(training.SETTINGS, training.values(plan.pair(*seeds)))
    return Reason(claim, found, f"Open init seed {seeds[1]}, order seed {seeds[0]}", "training", opened)
