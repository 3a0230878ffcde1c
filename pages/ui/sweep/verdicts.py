"""What a sweep says about the document's conclusions, as sentences and shares."""

from dataclasses import dataclass

import numpy as np

from pages.ui.table import Html, Table
from tinynet.published import ORDER_SEED
from tinynet.sweep import Plan, Runs
from tinynet.verdicts import COMPARISONS, CONCLUSIONS, Conclusion, Share, reverse, share, sides, tie

STATEMENTS = {
    "stops_earlier": "1. Random stops earlier",
    "ends_with_a_lower_error": "2. Its training error is lower",
    "reaches_80_percent_earlier": "3. It reaches 80% earlier",
    "peaks_at_80_percent": "and 80% is its highest accuracy",
    "ends_the_same_way": "4. Sometimes both end much the same",
}
"""The document's four conclusions about random against same, by the name of the function that tests them."""
MEANING = {"ends_the_same_way": " That is: θ stops both in the same epoch, with the same samples wrong."}
"""What counts as a conclusion that does not say so itself."""
SOMETIMES = ("ends_the_same_way",)
"""The conclusions that the document says hold sometimes; the others, mostly."""
HALF = 0.5


def table(runs: Runs) -> Table:
    """The table of verdicts: a row for each conclusion with its sentence; a column of shares with their intervals."""
    columns = _columns(runs)
    rows: dict[str, list[str]] = {
        Html(f"<b>{STATEMENTS[name]}</b><br>{_sentence(name, found)}"): [_cell(one) for one in found.values()]
        for name, found in _found(columns).items()
    }
    return Table([list(columns)], rows, "The document says", "verdicts")


def _columns(runs: Runs) -> dict[str, Runs]:
    """The runs of the document's order seed and of all, by column name; only those that exist."""
    orders = np.unique(runs.order_seed)
    columns = {f"order seed {orders[0]}": runs} if len(orders) == 1 else {f"all {len(orders)} order seeds": runs}
    if len(orders) > 1 and ORDER_SEED in orders:
        columns = {f"its order seed {ORDER_SEED}": runs.take(runs.order_seed == ORDER_SEED)} | columns
    return columns


@dataclass(frozen=True)
class _Found:
    """The share of the random runs in which a conclusion holds; of a comparison also of its reverse, and of ties."""

    holds: Share
    reverse: Share | None = None
    ties: Share | None = None


def _found(columns: dict[str, Runs]) -> dict[str, dict[str, _Found]]:
    """For each conclusion, what is found in each column."""
    return {
        conclusion.__name__: {name: _shares(part, conclusion) for name, part in columns.items()}
        for conclusion in CONCLUSIONS
    }


def _shares(runs: Runs, conclusion: Conclusion) -> _Found:
    holds = share(runs, conclusion)
    if conclusion not in COMPARISONS:
        return _Found(holds)
    return _Found(holds, share(runs, reverse(conclusion)), share(runs, tie(conclusion)))


def note(runs: Runs) -> str:
    """What the numbers and bands of the table are, in a sentence."""
    over = "all init seeds" if len(np.unique(runs.order_seed)) == 1 else "all order seeds"
    if len(_columns(runs)) > 1:
        over = "all init seeds on the left and over all order seeds on the right"
    return (
        f"In bold, the share of random runs in which it holds; beside it, in grey, its 95% interval over {over}. "
        "Rounded to whole percent."
    )


def _cell(found: _Found) -> Html:
    """The share with its interval, and below it how many runs tie or show the reverse."""
    bar = f"<b>{_percent(found.holds.value)}</b>{_interval(found.holds)}{_bar(found.holds)}"
    if found.ties is None or found.reverse is None or not found.ties.holds:
        return Html(bar)
    return Html(f"{bar}<small>{_percent(found.ties.value)} tie, {_percent(found.reverse.value)} reverse</small>")


def _interval(one: Share) -> str:
    low, high = one.interval
    return f"<span>{100 * low:.0f} – {_percent(high)}</span>"


def _percent(share: float) -> str:
    return f"{100 * share:.0f}%"


def _bar(one: Share) -> str:
    """The share as a mark on a line from 0 to 1 with its centre marked, and the interval as a band."""
    low, high = one.interval
    band = f"left:{100 * low:.1f}%;width:{100 * (high - low):.1f}%"
    return f'<div class="share"><i style="{band}"></i><s style="left:{100 * one.value:.1f}%"></s></div>'


def _sentence(conclusion: str, found: dict[str, _Found]) -> str:
    """Whether the conclusion holds as often as the document says, in each column, and what counts as it."""
    judge = _sometimes if conclusion in SOMETIMES else _mostly
    judgements = {name: judge(one) for name, one in found.items()}
    meaning = MEANING.get(conclusion, "")
    if len(set(judgements.values())) == 1:
        both = ", with its order seed and over all" if len(judgements) > 1 else ""
        return f"{next(iter(judgements.values())).capitalize()}{both}.{meaning}"
    own, over_all = judgements.values()
    return f"{own.capitalize()} with its order seed, {over_all} over all.{meaning}"


def _mostly(found: _Found) -> str:
    if _is_mostly(found.holds):
        return "mostly so"
    if found.holds.interval[1] >= HALF:
        return "cannot be told"
    if found.ties is not None and _is_mostly(found.ties):
        return "mostly a tie"
    if found.reverse is None or _is_mostly(found.reverse):
        return "mostly not"
    return "less than half"


def _is_mostly(one: Share) -> bool:
    return one.interval[0] > HALF


def _sometimes(found: _Found) -> str:
    if found.holds.holds in (0, found.holds.of):
        return "always so" if found.holds.holds else "never so"
    return "sometimes so"


ASKED = (
    "The document trains the 3-1-1 network of problem 2 from three random starts and from equal weights, and concludes "
    "that random mostly stops first. Three init seeds and one order of the samples are few: here thousands are trained "
    "on this server. Which of its four conclusions hold, and how often?"
)
"""What the page is about."""
QUESTION = "You draw one random start. Can you say whether it will stop before the equal weights or after them?"


def answer(runs: Runs, plan: Plan) -> str:
    """For how many random starts that depends on the order of the samples, in sentences; `runs` are those done."""
    return f"{'' if len(runs) == plan.runs else '**So far.** '}{_answer(runs)}"


def _answer(runs: Runs) -> str:
    orders = len(np.unique(runs.order_seed))
    if orders == 1:
        return "Not from these runs: they all take the samples in one order. It takes two or more order seeds to see."
    earlier, later, both, every = sides(runs)
    if not both:
        return (
            f"Of these {every:,} init seeds, {stops(earlier)} before same under at least one of the {orders} order "
            f"seeds, {stops(later)} after it (or never, although same does), and none does both: with these settings "
            "no order reverses the outcome."
        )
    return (
        f"Not from the start alone. Of these {every:,} init seeds, {stops(both)} before same under one of the {orders} "
        "order seeds and after it (or never, although same does) under another: there the order of the samples "
        "decides. A comparison under a single order, like the document's, is about that order."
    )


def stops(runs: int) -> str:
    """How many runs stop, as a subject and its verb."""
    return f"{runs:,} stop{'s' * (runs == 1)}"
