"""What the first document concludes and how it explains it, beside what the runs of a sweep say of it now."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import streamlit as st

from pages.ui import jobs
from pages.ui.fields import Setting, address, entries
from pages.ui.numbers import exact
from pages.ui.session import set_widgets
from pages.ui.sweep import controls as sweep
from pages.ui.sweep import state, tables, verdicts
from pages.ui.training import controls as training
from pages.ui.training.state import history as trained
from pages.ui.why_not_zero import controls as why_not_zero
from tinynet import symmetry
from tinynet.sweep import MANY_RIGHT, Plan, Runs
from tinynet.verdicts import CONCLUSIONS, ends_with_a_lower_error, pairs, stops_earlier

SHORT = {
    "stops_earlier": "1. Earlier",
    "ends_with_a_lower_error": "2. Lower error",
    "reaches_80_percent_earlier": "3. 80% earlier",
    "peaks_at_80_percent": "80% at most",
    "ends_the_same_way": "4. Much the same",
}
"""The document's conclusions in a word or two, by the name of the function that tests them."""
WHY_NOT_ZERO = (why_not_zero.SECTION, why_not_zero.START, *why_not_zero.SETTINGS)
"""All that says what page 3 shows of one start."""


@dataclass(frozen=True)
class Shown:
    """The page that shows something, and the values of its settings by which it does, whatever was set there before."""

    label: str
    page: str
    settings: tuple[Setting, ...] = ()
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Reason:
    """One part of the explanation: its claim, what is found here, and where it is shown."""

    claim: str
    found: str
    shown: Shown


def of_default() -> None:
    """The conclusions beside the runs of the sweep's default settings, trained on this server when first asked for."""
    plan = sweep.default_plan()
    work = state.begin(plan, "default_sweep")
    runs = state.runs(work)
    jobs.progress(st.container(), work, lambda *how_far: tables.progress_text(state.runs(work), plan, *how_far))
    draw(runs, plan, "training")


def draw(runs: Runs, plan: Plan, here: str) -> None:
    """How often each conclusion holds in the `runs` of `plan`, runs that show it, and why according to the document.

    `here` is the page on which this stands.
    """
    st.html(verdicts.table(runs).html())
    st.markdown(verdicts.note(runs))
    found = examples(runs, plan)
    with st.container(key="examples", horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(
            "**The first run in which it holds**" if found else "None holds in any of the runs.", width="content"
        )
        for shown in found:
            _opener(shown, here)
    st.markdown("**Why, according to the document**")
    with st.container(key="reasons"):
        for column, reason in zip(st.columns(3, gap="medium"), reasons(runs, plan, here), strict=True):
            with column:
                st.markdown(f"**{reason.claim}** {reason.found}")
                _opener(reason.shown, here)


def _opener(shown: Shown, here: str) -> None:
    # no page link: Streamlit ignores a parameter that is a setting's default, and the page keeps what was set before
    values = entries(shown.settings, shown.values)
    if not st.button(shown.label, type="tertiary", on_click=set_widgets, args=(values,)):
        return
    if shown.page == here:
        st.rerun()  # of the whole page: the button is in a fragment
    st.switch_page(f"pages/{shown.page}.py", query_params=address(shown.settings, shown.values))


def examples(runs: Runs, plan: Plan) -> list[Shown]:
    """For each conclusion the first run in which it holds, beside same; nothing for one that never holds."""
    drawn, same = pairs(runs)
    holds = {SHORT[conclusion.__name__]: conclusion(drawn, same) for conclusion in CONCLUSIONS}
    return [_pair(f"{words}: ", drawn, int(np.argmax(mask)), plan) for words, mask in holds.items() if mask.any()]


def _pair(words: str, drawn: Runs, run: int, plan: Plan) -> Shown:
    """A random run beside same, on page 2."""
    order_seed, init_seed = int(drawn.order_seed[run]), int(drawn.init_seed[run])
    label = f"{words}init seed {init_seed}, order seed {order_seed}"
    return Shown(label, "training", training.SETTINGS, training.values(plan.pair(order_seed, init_seed)))


def reasons(runs: Runs, plan: Plan, here: str) -> list[Reason]:
    """The three parts of the explanation, with what the `runs` of `plan` say of them."""
    return [_one_unit(), _single(runs, here), _badly(runs, plan)]


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
        Shown(
            "See it on page 3",
            "why_not_zero",
            WHY_NOT_ZERO,
            defaults | {"section": "symmetry", "start": "constant"},
        ),
    )


def _single(runs: Runs, here: str) -> Reason:
    drawn, same = pairs(runs)
    orders, first = np.unique(same.order_seed, return_index=True)
    reached = int((same.best_accuracy[first] >= MANY_RIGHT).sum())
    well = int((drawn.best_accuracy >= MANY_RIGHT).sum())
    return Reason(
        "With a single hidden unit it matters less.",
        "A 3-1-1 network has no second unit that could be equal to the first, so equal weights are one start among "
        f"others. Here same reaches 80% under {reached} of {len(orders)} order "
        f"seed{'s' * (len(orders) > 1)}, random in {well:,} of its {len(drawn):,} runs.",
        Shown("See it on page 4", "sweep") if here == "training" else Shown("See it on page 2", "training"),
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
        return Reason(claim, found, Shown("See page 2", "training"))
    run = int(np.argmax(later & worse if (later & worse).any() else later | worse))
    return Reason(claim, found, _pair("Open ", drawn, run, plan))
