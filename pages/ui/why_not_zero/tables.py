"""A history of several starts as the page of the second document shows it."""

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa

from pages.ui.lines import tables as line_tables
from pages.ui.network.tables import weights_after
from pages.ui.numbers import SUBSCRIPTS, exact, plain
from pages.ui.table import Table
from pages.ui.theme import START_NAMES, WEIGHT_NAMES
from tinynet import symmetry
from tinynet.activations import A
from tinynet.arrays import Array
from tinynet.config import Config
from tinynet.datasets import MOST_SEPARABLE, TWENTY
from tinynet.fingerprint import Numbers, results
from tinynet.network import forward
from tinynet.symmetry import Case
from tinynet.training import History

PAIR = ["chosen", "random"]
CONVEX = (
    "Without a hidden layer the loss is convex: from zeros, the bias included, and from random weights, gradient "
    "descent goes to the same minimum. Nothing is symmetric here: each weight has an input of its own."
)
NOT_ZERO = (
    "One layer may be zero if the other tells the units apart; so may all weights if the hidden biases are random. "
    "Compare zeros with the three starts that have some zeros."
)
UNIT_POINTS = 100
"""Approximate maximum of points drawn per hidden unit."""


def two_equal(config: Config) -> Config:
    """Two hidden units that start equal, for the derivation, with the η and the order of `config`."""
    return symmetry.setting(
        ("constant",), 2, order_seed=config.order_seed, learning_rate=config.learning_rate, max_epochs=1
    )


def covered(history: History, *shown: int) -> list[Numbers]:
    """What the fingerprint covers: the results of all runs, and which run is `shown`."""
    return [*results(history), np.array(shown, dtype=np.int64)]


def last_losses(losses: Mapping[str, Array]) -> list[Numbers]:
    """What the fingerprint covers of the regressions. Single precision rounds differently elsewhere: two decimals."""
    return [np.round(values[-1].astype(np.float64), 2) for values in losses.values()]


def run_index(config: Config, init: str) -> int:
    """The index of the run of `config` with this start."""
    return [start.init for start in config.starts].index(init)


def weight_of(history: History, run: int, weight: str) -> Array:
    """One weight of each hidden unit after each epoch, (1 + epochs, hidden units); row 0 holds the initial weights."""
    if weight == "o":
        return history.output[:, 0, 1:, run]
    return history.hidden[:, :, list(WEIGHT_NAMES).index(weight), run]


def units(history: History, run: int, weight: str, done: int, subject: str) -> dict[str, pa.Table]:
    """The datasets of the chart of one weight of each hidden unit: all epochs, with `done` shown at first.

    `tips` has a row for each unit: its current value, and its index among the weights that the player publishes.
    """
    values = weight_of(history, run, weight)
    steps, count = values.shape
    rows = np.unique(np.append(np.arange(0, steps, 1 + steps // UNIT_POINTS), steps - 1))
    unit = np.arange(count)
    return {
        "units": pa.table(
            {
                "epoch": np.tile(rows, count),
                "unit": np.repeat(unit, len(rows)),
                "value": pa.array(values[rows].T.ravel(), from_pandas=True),
            }
        ),
        "tips": pa.table(
            {
                "name": [f"h{number + 1}".translate(SUBSCRIPTS) for number in unit],
                "value": line_tables.forward_filled(values)[done],
                "place": _places(count, weight),
                "shown": [done] * count,
                "series": ["weights"] * count,
                "subject": [subject] * count,
            }
        ),
        "limits": line_tables.datasets(values, [str(number) for number in unit])["limits"],
    }


def _places(count: int, weight: str) -> list[int]:
    """The index of that weight of each hidden unit among all weights in textbook order."""
    inputs = len(WEIGHT_NAMES) - 1
    if weight == "o":
        return [count * inputs + 1 + unit for unit in range(count)]
    return [unit * inputs + list(WEIGHT_NAMES).index(weight) for unit in range(count)]


def spread_chart(history: History, runs: Sequence[int], done: int, subject: str) -> dict[str, pa.Table]:
    """The datasets of the chart of the spread of the chosen and of the random run."""
    values = spreads(history, runs)
    return line_tables.follow_player(line_tables.datasets(values, PAIR, log=True, shown=done), "spread", subject)


def gradient_chart(history: History, config: Config, run: int, done: int, subject: str) -> dict[str, pa.Table]:
    """The datasets of the chart of the gradients of both layers."""
    tables = line_tables.datasets(gradients(history, config, run), ["hidden", "output"], log=True, shown=done - 1)
    return line_tables.follow_player(tables, "gradients", subject)


def series(history: History, config: Config, run: int, random: int) -> dict[str, Array]:
    """What the player publishes: for each series a row for the initial weights and one after each epoch.

    Each has the shape (1 + epochs, columns): a column for this start and one for random, or one for each layer.
    """
    runs = [run, random]
    return {
        "spread": line_tables.forward_filled(spreads(history, runs)),
        "gradients": line_tables.with_initial_row(gradients(history, config, run)),
        **{
            name: line_tables.with_initial_row(getattr(history, name)[:, runs])
            for name in ("training_error", "accuracy")
        },
        "weights": weights_after(history, run),
    }


def spreads(history: History, runs: Sequence[int]) -> Array:
    """The spread of `runs` after each epoch, (1 + epochs, runs); row 0 is that of the initial weights."""
    return symmetry.spread(history.hidden[..., list(runs)])


def gradients(history: History, config: Config, run: int) -> Array:
    """The gradients of a run's hidden and output weights, without biases, (epochs, 2)."""
    both = symmetry.layer_gradients(history, config.learning_rate, len(TWENTY.labels))
    return np.stack([layer[:, run] for layer in both], axis=1)


def against_random(
    history: History, quantity: str, runs: Sequence[int], done: int, subject: str
) -> dict[str, pa.Table]:
    """The datasets of the chart of one quantity of the chosen and the random run; the axis starts at 0."""
    values: Array = getattr(history, quantity)[:, list(runs)]
    top = 1.0 if quantity == "accuracy" else 1.05 * float(np.nanmax(values))
    tables = line_tables.datasets(values, PAIR, shown=done - 1) | {"limits": line_tables.limits(len(values), 0.0, top)}
    return line_tables.follow_player(tables, quantity, subject)


def zeros_that_learn(history: History, config: Config) -> dict[str, pa.Table]:
    """The datasets of the training error of all-zero weights, and of the three starts with zeros that learn."""
    runs = [run_index(config, init) for init in symmetry.WITH_ZEROS]
    return line_tables.datasets(history.training_error[:, runs], symmetry.WITH_ZEROS, low=0.0)


def right_count(history: History, run: int) -> int:
    """How many of the 20 samples a run's final weights get right."""
    answers = symmetry.answers(history.weights(run, history.last_epoch[run] + 1))
    return int(np.count_nonzero(answers * TWENTY.labels > 0))


def statement(history: History, config: Config, run: int) -> str:
    """A few sentences on which case a run is, with its numbers."""
    say = {
        Case.FROZEN: _frozen,
        Case.DIVERGED: _diverged,
        Case.SATURATED: _saturated,
        Case.SYMMETRIC: _symmetric,
        Case.LEARNING: _learning,
        Case.DIFFERENT: _different,
        Case.SINGLE: _single,
    }
    kind = symmetry.case(history, run)
    text = say[kind](history, config, run)
    before, after = symmetry.errors(history, run)
    return (
        f"**{kind.value.capitalize()}.** {text} Error {plain(before)} → {plain(after)} in {_epochs(history, run)}; "
        f"{right_count(history, run)} of 20 right."
    )


def _epochs(history: History, run: int) -> str:
    count = history.last_epoch[run] + 1
    return "1 epoch" if count == 1 else f"{count} epochs"


def _all(count: int) -> str:
    return "The hidden unit answers" if count == 1 else f"{_every(count)} hidden units answer"


def _every(count: int) -> str:
    return "Both" if count == 2 else f"All {count}"


def _frozen(history: History, config: Config, run: int) -> str:
    return (
        f"{_all(config.hidden_units)} exactly 0 to every sample, and no weight leads back: every gradient except that "
        "of the output's bias is exactly 0."
    )


def _diverged(history: History, config: Config, run: int) -> str:
    return f"The error has risen, with η = {config.learning_rate:g}. {_alike(history, config, run)}"


def _saturated(history: History, config: Config, run: int) -> str:
    final = history.weights(run, history.last_epoch[run] + 1)
    units = forward(final, list(TWENTY.inputs.T)).hidden
    far = f"{_all(config.hidden_units)} ±{A} to every sample: so" if np.abs(units).min() >= A - 0.0005 else "So"
    left = symmetry.slope_left(final)
    slopes = f"at most {exact(left)} of what it can be" if left else exact(left)
    return f"{far} far out, f has no slope to follow: f′(h)·f′(o) is {slopes}. {_alike(history, config, run)}"


def _symmetric(history: History, config: Config, run: int) -> str:
    count = config.hidden_units
    return (
        f"The weights move, but {_every(count).lower()} hidden units as one: they differ by exactly 0, and compute "
        f"what one unit with {count} times their output weight computes. That is one plane, and no plane gets more "
        f"than {MOST_SEPARABLE} of 20 right."
    )


def _learning(history: History, config: Config, run: int) -> str:
    if config.hidden_units == 1:
        return f"A single unit has no other to be equal to. {_ONE_PLANE}"
    return _alike(history, config, run)


def _different(history: History, config: Config, run: int) -> str:
    return f"That alone is not learning: the error does not fall far enough. {_alike(history, config, run)}"


def _single(history: History, config: Config, run: int) -> str:
    return f"It has no other to be equal to, and the error does not fall far enough to call it learning. {_ONE_PLANE}"


_ONE_PLANE = "H equal units compute what one unit with H times their output weight computes: one plane."


def _alike(history: History, config: Config, run: int) -> str:
    """How many units differ, by how much, and since when it can be seen."""
    count, epochs = config.hidden_units, history.last_epoch[run] + 1
    if count == 1:
        return ""
    different = symmetry.different_units(history.weights(run, epochs))
    if different == 1:
        return f"{_every(count)} hidden units are equal to the last bit."
    spread = spreads(history, [run])[: epochs + 1, 0]
    apart = symmetry.told_apart(history, run)
    since = "never" if apart is None else f"only after epoch {apart - 1}" if apart else "from the start"
    return (
        f"{different} of the {count} hidden units differ: in a weight that leads to them by at most "
        f"{plain(spread[0], '.2g')} at first and {plain(spread[-1], '.2g')} in the end, and by"
        f" {symmetry.TOLD_APART:g} or more {since}."
    )


def cases(history: History, config: Config) -> Table:
    """All starts compared, one row per start."""
    heads = ["case", "spread", "different", "hidden gradient", "error", "right"]
    rows = {START_NAMES[start.init]: _case(history, config, run) for run, start in enumerate(config.starts)}
    return Table([heads], rows)


def _case(history: History, config: Config, run: int) -> list[str]:
    last = history.last_epoch[run]
    spread = float(spreads(history, [run])[last + 1, 0])
    units = symmetry.different_units(history.weights(run, last + 1))
    return [
        symmetry.case(history, run).value,
        exact(spread),
        f"{units} of {config.hidden_units}",
        exact(float(gradients(history, config, run)[last, 0])),
        plain(symmetry.errors(history, run)[1]),
        f"{right_count(history, run)} of 20",
    ]


def softmax_sentence(accuracies: Sequence[float]) -> str:
    """The accuracies of softmax regression from zeros and from random weights, in a sentence."""
    zeros, random = accuracies
    return f"On the 10,000 test images {zeros:.1%} right from zeros, {random:.1%} from random."
