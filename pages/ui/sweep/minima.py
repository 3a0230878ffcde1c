"""The runs of one order seed in groups, their distribution, and why many stop in the same epoch.

The runs of a group end with the same samples wrong: often in one local minimum, but not if they were stopped early.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from pages.ui.numbers import plain
from pages.ui.table import Table
from tinynet.arrays import Array
from tinynet.config import Config, Start
from tinynet.datasets import TWENTY
from tinynet.microscope import EPOCHS_BACK, gradients_from
from tinynet.sweep import FIXED, NEVER, Plan, Runs, sample_numbers
from tinynet.training import History

NAMES = "ABCDEF"
"""The names of the largest groups; the others have none."""
BINS = 48
ROWS = (("break_epoch", "reached"), ("training_error", "accuracy"))
"""The histograms in the rows of the page."""
RUNS_LISTED = 12
"""Number of runs listed to be opened."""
NEAR = 0.1
"""The share of the largest weight by which runs near one minimum may differ."""
MANY = 2
"""How many runs must stop together to be compared."""
RUNS_DRAWN = 10
"""Number of runs whose gradients are drawn."""
EPOCHS_BEFORE, EPOCHS_AFTER = 45, 8
"""Epochs drawn before and after the one in which most runs stop."""


@dataclass(frozen=True)
class Minimum:
    """A group of runs: its name, and the samples that they get wrong in the end as a bit set."""

    name: str
    wrong: int


def minima(drawn: Runs) -> list[Minimum]:
    """The largest groups, the largest first."""
    wrong, sizes = np.unique(drawn.wrong, return_counts=True)
    common = wrong[np.argsort(-sizes, kind="stable")]
    return [Minimum(name, int(bits)) for name, bits in zip(NAMES, common, strict=False)]


def in_minimum(drawn: Runs, found: list[Minimum], name: str | None) -> Runs:
    """The runs of the group `name`; all runs if it is None."""
    bits = next((one.wrong for one in found if one.name == name), None)
    return drawn if bits is None else drawn.take(drawn.wrong == bits)


def first_runs(runs: Runs) -> list[tuple[int, str]]:
    """The init seeds of the first runs, each with a label that names its stopping epoch."""
    pairs = zip(runs.init_seed[:RUNS_LISTED].tolist(), runs.break_epoch[:RUNS_LISTED].tolist(), strict=True)
    return [(seed, f"{seed} · {'never' if epoch == NEVER else epoch}") for seed, epoch in pairs]


def run_list_heading(name: str | None) -> str:
    """The heading of the list of runs."""
    where = f"Runs of group {name}" if name else "Runs"
    return f"{where} to open in problem 2: init seed · epoch of the stop"


def stop_explanation(runs: int, epoch: int, stops: int, alike: Array, history: History, config: Config) -> str:
    """Why so many runs stop in one epoch, in sentences; `history` and `alike` are those passed to `stops_together`."""
    if stops == 1:
        return "There is only one run." if runs == 1 else f"No two of these {runs:,} runs stop in the same epoch."
    said = f"{stops:,} of these {runs:,} runs stop in epoch {epoch}."
    if epoch < EPOCHS_BACK:
        return f"{said} That is too early to say anything of a minimum."
    together = stopping_in(history, epoch)
    if len(together) < MANY:
        return f"{said} Fewer than {MANY} of them are among the {len(config.starts)} drawn below."
    (begun, _), (apart, largest) = _apart(history, together, 0), _apart(history, together, epoch + 1)
    weights = (
        f"The weights of those drawn below differ by at most {plain(apart, '.2g')} there, up to the sign of the hidden "
        f"unit, which changes no output, and the largest is {plain(largest, '.2g')}"
    )
    if apart > NEAR * largest:
        return f"{said} {weights}: they are not near one minimum, and the order of the samples is what they share."
    if begun <= NEAR * largest:
        return f"{said} {weights}, but they started within {plain(begun, '.2g')}: that tells nothing of a minimum."
    return (
        f"{said} {weights}: they are near one minimum, and take the samples in the same order. The dotted line is not "
        f"a run: each point starts {EPOCHS_BACK} epochs earlier (or at epoch 0), always from the same weights, so only "
        "the order of the samples differs. "
        f"It {_at_stop(alike, epoch - epochs_around(config, epoch).start, config.theta)}."
    )


def stopping_in(history: History, epoch: int) -> list[int]:
    """The runs that θ stops in `epoch`."""
    return [run for run in range(len(history.stops)) if history.break_epoch(run) == epoch]


def _at_stop(alike: Array, place: int, theta: float) -> str:
    """Where the dotted line is at the stop."""
    before, there = alike[place - 1 : place + 1]
    if there < theta <= before:
        return f"falls below θ there, to {plain(there, '.4f')}"
    return f"is at {plain(there, '.4f')} there, {'below' if there < theta else 'not below'} θ"


def _apart(history: History, together: list[int], done: int) -> tuple[float, float]:
    """The largest difference in a weight between the runs `together` after `done` epochs, and the largest weight.

    Changing the sign of a hidden unit's weights, the one in o included, changes no output, so all are taken with the
    last one positive.
    """
    hidden, output = (part[done, 0][:, together] for part in (history.hidden, history.output))
    sign = np.where(output[1] < 0, -1.0, 1.0)
    weights = np.concatenate([sign * hidden, output[:1], sign * output[1:]])
    return float(np.ptp(weights, axis=1).max()), float(np.abs(weights).max())


def table(drawn: Runs, same: Runs) -> Table:
    """A row for each group: its number of runs, its samples, and the epoch in which most of them stop."""
    found = minima(drawn)
    rows = {f"group {one.name}": _row(drawn.take(drawn.wrong == one.wrong), len(drawn), same) for one in found}
    rest = len(drawn) - sum(int((drawn.wrong == one.wrong).sum()) for one in found)
    if rest:
        rows["others"] = [f"{rest:,}", "", "", "", "", ""]
    return Table([["runs", "right", "wrong samples", "error", "most often stop in", "same"]], rows, kind="groups")


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
    """The epoch in which most runs stop, and how many do; NEVER and 0 if none does."""
    epochs, sizes = np.unique(runs.break_epoch[runs.break_epoch != NEVER], return_counts=True)
    return (int(epochs[sizes.argmax()]), int(sizes.max())) if len(epochs) else (NEVER, 0)


def histogram(drawn: Runs, same: Runs, quantity: str, picked: Runs) -> dict[str, pa.Table]:
    """All datasets of one histogram: `bars` (low, high, all, picked), `same` (value), `limits` (value, count, missing).

    Runs that never reached the quantity are not in the bars but counted as `missing`.
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
    """The bin edges: whole epochs, steps of one sample for the accuracy, or equal parts for the error."""
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


def first_runs_config(plan: Plan, order_seed: int, runs: Runs) -> Config:
    """The config that trains the first few runs again, for their gradients."""
    drawn = plan.config.starts[0]
    starts = tuple(Start(drawn.init, int(seed), scale=drawn.scale) for seed in runs.init_seed[:RUNS_DRAWN])
    return Config(starts, order_seed, plan.config.learning_rate, plan.config.theta, plan.config.max_epochs)


def epochs_around(config: Config, epoch: int) -> range:
    """The epochs drawn around `epoch`."""
    return range(max(epoch - EPOCHS_BEFORE, 0), min(epoch + EPOCHS_AFTER + 1, config.max_epochs))


def alike(history: History, config: Config, epoch: int) -> Array:
    """The gradient of each epoch drawn, shape (epochs,), when all start from the same weights, some epochs before.

    These are the weights after `epoch` of the first run that stops there, or of the first of all.
    """
    run = next(iter(stopping_in(history, epoch)), 0)
    return gradients_from(history.weights(run, epoch + 1), config, epochs_around(config, epoch))


def stops_together(history: History, config: Config, epoch: int, alike: Array) -> dict[str, pa.Table]:
    """All datasets of the chart of gradients around `epoch`: of each run, and of epochs started from equal weights."""
    shown = epochs_around(config, epoch)
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


def runs_of_order(runs: Runs, order_seed: int) -> tuple[Runs, Runs]:
    """The random runs of an order seed, and its same-value run."""
    own = runs.take(runs.order_seed == order_seed)
    return own.take(own.init_seed != FIXED), own.take(own.init_seed == FIXED)
