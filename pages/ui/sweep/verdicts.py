"""What a sweep says about the document's conclusions, as sentences and shares."""

import numpy as np

from pages.ui.table import Html, Table
from tinynet.published import ORDER_SEED
from tinynet.sweep import Runs
from tinynet.verdicts import CONCLUSIONS, Share, share

STATEMENTS = {
    "stops_earlier": "Random stops earlier",
    "ends_with_a_lower_error": "Its training error is lower",
    "reaches_80_percent_earlier": "It reaches 80 % earlier",
    "peaks_at_80_percent": "80 % is its highest accuracy",
    "ends_the_same_way": "Both end much the same",
}
"""The document's conclusions about random against same, by the name of the function that tests them."""
SOMETIMES = ("ends_the_same_way",)
"""The conclusions that the document says hold sometimes; the others, mostly."""
HALF = 0.5


def table(runs: Runs) -> Table:
    """The table of verdicts: a row for each conclusion with its sentence; a column of shares with their intervals."""
    columns = _columns(runs)
    rows: dict[str, list[str]] = {
        Html(f"<b>{STATEMENTS[name]}</b><br>{_sentence(name, shares)}"): [_share(one) for one in shares.values()]
        for name, shares in _shares(columns).items()
    }
    return Table([list(columns)], rows, "The document says", "verdicts")


def _columns(runs: Runs) -> dict[str, Runs]:
    """The runs of the document's order seed and of all, by column name; only those that exist."""
    orders = np.unique(runs.order_seed)
    columns = {f"order seed {orders[0]}": runs} if len(orders) == 1 else {f"all {len(orders)} order seeds": runs}
    if len(orders) > 1 and ORDER_SEED in orders:
        columns = {f"its order seed {ORDER_SEED}": runs.take(runs.order_seed == ORDER_SEED)} | columns
    return columns


def _shares(columns: dict[str, Runs]) -> dict[str, dict[str, Share]]:
    """For each conclusion, its share in each column."""
    return {
        conclusion.__name__: {name: share(part, conclusion) for name, part in columns.items()}
        for conclusion in CONCLUSIONS
    }


def _share(one: Share) -> Html:
    return Html(f"<b>{_percent(one.value)}</b>{_interval(one)}{_bar(one)}")


def _interval(one: Share) -> str:
    low, high = one.interval
    return f"<span>{100 * low:.0f} – {_percent(high)}</span>"


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def _bar(one: Share) -> str:
    """The share as a mark on a line from 0 to 1 with its centre marked, and the interval as a band."""
    low, high = one.interval
    band = f"left:{100 * low:.1f}%;width:{100 * (high - low):.1f}%"
    return f'<div class="share"><i style="{band}"></i><s style="left:{100 * one.value:.1f}%"></s></div>'


def _sentence(conclusion: str, shares: dict[str, Share]) -> str:
    """Whether the conclusion holds as often as the document says, in each column."""
    judge = _sometimes if conclusion in SOMETIMES else _mostly
    judgements = {name: judge(one) for name, one in shares.items()}
    if len(set(judgements.values())) == 1:
        both = ", with its order seed and over all" if len(judgements) > 1 else ""
        return f"{next(iter(judgements.values())).capitalize()}{both}."
    own, over_all = judgements.values()
    return f"{own.capitalize()} with its order seed, {over_all} over all."


def _mostly(one: Share) -> str:
    low, high = one.interval
    if low > HALF:
        return "mostly so"
    return "mostly not" if high < HALF else "cannot be told"


def _sometimes(one: Share) -> str:
    if one.holds in (0, one.of):
        return "always so" if one.holds else "never so"
    return "sometimes so"
