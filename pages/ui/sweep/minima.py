"""The runs of one order seed: the minima in which they end, how they spread, and why they stop together."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from pages.ui.table import Table
from tinynet.arrays import Array
from tinynet.config import Config, Start
from tinynet.datasets import TWENTY
from tinynet.microscope import EPOCHS_BACK
from tinynet.sweep import FIXED, NEVER, Plan, Runs, sample_numbers
from tinynet.training import History

NAMES = "ABCDEF"
"""Minima that have a name; in the others few runs end."""
BINS = 48
ROWS = (("break_epoch", "reached"), ("training_error", "accuracy"))
"""Their places on the page."""
LINKS = 12
"""Runs that can be opened from a list."""
LINES = 10
"""Runs whose gradients are drawn."""
BEFORE, AFTER = 45, 8
"""Epochs that are drawn before and after the one in which most runs stop."""


@dataclass(frozen=True)
class Minimum:
    """Where runs end: a name, and the samples that are wrong there as a set of bits."""

    name: str
    wrong: int


def minima(drawn: Runs) -> list[Minimum]:
    """Those in which most runs end, the most common one first."""
    wrong, sizes = np.unique(drawn.wrong, return_counts=True)
    common = wrong[np.argsort(-sizes, kind="stable")]
    return [Minimum(name, int(bits)) for name, bits in zip(NAMES, common, strict=False)]


def picked(drawn: Runs, found: list[Minimum], name: str | None) -> Runs:
    """The runs that end in the minimum of that name; all of them without one."""
    bits = next((one.wrong for one in found if one.name == name), None)
    return drawn if bits is None else drawn.take(drawn.wrong == bits)


def first_runs(runs: Runs) -> list[tuple[int, str]]:
    """The init seeds of some runs, each with its epoch in words."""
    pairs = zip(runs.init_seed[:LINKS].tolist(), runs.break_epoch[:LINKS].tolist(), strict=True)
    return [(seed, f"{seed} · {'never' if epoch == NEVER else epoch}") for seed, epoch in pairs]


def opens(name: str | None) -> str:
    """What stands before the list of runs."""
    where = f"Runs of minimum {name}" if name else "Runs"
    return f"{where} to open in problem 2: init seed · epoch of the stop"


def reason(runs: int, epoch: int, stops: int, alike: Array, config: Config) -> str:
    """Why so many of the runs stop in one epoch; `alike` are the gradients of `stops_together`."""
    said = f"{stops:,} of these {runs:,} runs stop in epoch {epoch}."
    if epoch < EPOCHS_BACK:
        return f"{said} They have not come near any minimum."
    there = alike[epoch - window(config, epoch).start]
    below = f"falls below θ there, to {there:.4f}" if there < config.theta else f"comes down to {there:.4f} there"
    return (
        f"{said} Near one minimum their weights are nearly equal, and all take the samples in the same order. The "
        f"dotted line is not a run: each point starts {EPOCHS_BACK} epochs earlier, always from the same weights, "
        f"so only the order of the samples differs. It {below}."
    )


def table(drawn: Runs, same: Runs) -> Table:
    """A row for each minimum: its runs, its samples, and in which epoch most of them stop."""
    found = minima(drawn)
    rows = {f"minimum {one.name}": _row(drawn.take(drawn.wrong == one.wrong), len(drawn), same) for one in found}
    rest = len(drawn) - sum(int((drawn.wrong == one.wrong).sum()) for one in found)
    if rest:
        rows["others"] = [f"{rest:,}", "", "", "", "", ""]
    return Table([["runs", "right", "wrong samples", "error", "most stop in", "same"]], rows)


def _row(runs: Runs, total: int, same: Runs) -> list[str]:
    wrong = sample_numbers(int(runs.wrong[0]))
    epoch, stops = commonest_stop(runs)
    return [
        f"{len(runs):,} of {total:,}",
        f"{len(TWENTY.labels) - len(wrong.split())} of {len(TWENTY.labels)}",
        wrong,
        f"{np.median(runs.training_error):.3f}",
        f"epoch {epoch}: {stops:,}" if stops else "–",
        "ends here" if same.wrong[0] == runs.wrong[0] else "",
    ]


def commonest_stop(runs: Runs) -> tuple[int, int]:
    """The epoch in which most of the runs stop, and how many do; NEVER and 0 if none does."""
    epochs, sizes = np.unique(runs.break_epoch[runs.break_epoch != NEVER], return_counts=True)
    return (int(epochs[sizes.argmax()]), int(sizes.max())) if len(epochs) else (NEVER, 0)


def histogram(drawn: Runs, same: Runs, quantity: str, picked: Runs) -> dict[str, pa.Table]:
    """All datasets of one histogram: `bars` (low, high, all, picked), `same` (value), `limits` (value, count, missing).

    What never came is left out of the bars, and is missing.
    """
    values, some, own = (_values(runs, quantity) for runs in (drawn, picked, same))
    edges = _edges(np.append(values, own), quantity)
    columns = {"all": np.histogram(values, edges)[0], "picked": np.histogram(some, edges)[0]}
    missing = len(drawn) - len(values)
    return {
        "bars": pa.table({"low": edges[:-1], "high": edges[1:], **columns}),
        "same": pa.table({"value": own}),
        "limits": pa.table(
            {"value": edges[[0, -1]], "count": [0, max(columns["all"].max(), 1)], "missing": [missing] * 2}
        ),
    }


def _values(runs: Runs, quantity: str) -> Array:
    values: Array = getattr(runs, quantity)
    came: Array = values[values != NEVER]
    return came


def _edges(values: Array, quantity: str) -> Array:
    """The borders of the bars: whole epochs, one sample of the accuracy, or equal parts of the error."""
    if not values.size:
        return np.array([0.0, 1.0])
    low, high = float(values.min()), float(values.max())
    if quantity == "accuracy":
        width = 1 / len(TWENTY.labels)
        return np.arange(low - width / 2, high + width, width)
    if quantity == "training_error":
        return np.linspace(low - 0.01, high + 0.01, BINS + 1, dtype=np.float64)
    width = max(1, -(-(int(high) - int(low) + 1) // BINS))
    return np.arange(low - 0.5, high + width + 0.5, width)


def few(plan: Plan, order_seed: int, runs: Runs) -> Config:
    """A training of the first of the runs, to look at their gradients."""
    drawn = plan.config.starts[0]
    starts = tuple(Start(drawn.init, int(seed), scale=drawn.scale) for seed in runs.init_seed[:LINES])
    return Config(starts, order_seed, plan.config.learning_rate, plan.config.theta, plan.config.max_epochs)


def window(config: Config, epoch: int) -> range:
    """The epochs that are drawn around `epoch`."""
    return range(max(epoch - BEFORE, 0), min(epoch + AFTER + 1, config.max_epochs))


def stops_together(history: History, config: Config, epoch: int, alike: Array) -> dict[str, pa.Table]:
    """All datasets of the chart of gradients around `epoch`: of each run, and of epochs that start `alike`."""
    shown = window(config, epoch)
    gradients = history.gradient[shown.start : shown.stop]
    epochs, runs = np.arange(shown.start, shown.start + len(gradients)), len(config.starts)
    return {
        "lines": pa.table(
            {
                "run": np.repeat(np.arange(runs), len(gradients)),
                "epoch": np.tile(epochs, runs),
                "value": pa.array(gradients.T.ravel(), from_pandas=True),
            }
        ),
        "alike": pa.table({"epoch": np.array(shown), "value": alike}),
        "theta": pa.table({"value": [config.theta]}),
        "stop": pa.table({"epoch": [epoch]}),
        "limits": _corners(shown, np.concatenate([gradients[np.isfinite(gradients)], alike, [config.theta]])),
    }


def _corners(epochs: range, values: Array) -> pa.Table:
    return pa.table({"epoch": [epochs.start, epochs.stop - 1], "value": [0.0, float(values.max()) * 1.1]})


def pair(runs: Runs, order_seed: int) -> tuple[Runs, Runs]:
    """The random runs of an order seed, and its run from the same value."""
    own = runs.take(runs.order_seed == order_seed)
    return own.take(own.init_seed != FIXED), own.take(own.init_seed == FIXED)
