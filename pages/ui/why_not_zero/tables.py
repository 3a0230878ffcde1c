"""A history of several starts as the page of the second document shows it."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from pages.ui.lines import tables as line_tables
from pages.ui.network.tables import weights_after
from pages.ui.numbers import SUBSCRIPTS, exact, factor, latex, plain
from pages.ui.table import Table
from pages.ui.theme import START_NAMES, WEIGHT_NAMES
from tinynet import symmetry
from tinynet.arrays import Array
from tinynet.config import Config
from tinynet.datasets import MOST_SEPARABLE, TWENTY
from tinynet.microscope import Step
from tinynet.network import forward
from tinynet.symmetry import Case
from tinynet.training import History

PAIR = ["chosen", "random"]
POINTS = 100
"""Approximate maximum of points drawn per hidden unit."""


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

    Each line is thinner than the one below it, so that coinciding lines are all visible. `tips` has a row for each
    unit: its current value, and its index among the weights that the player publishes.
    """
    values = weight_of(history, run, weight)
    steps, count = values.shape
    rows = np.unique(np.append(np.arange(0, steps, 1 + steps // POINTS), steps - 1))
    unit = np.arange(count)
    share = unit / max(count - 1, 1)
    widths, shades = 1.5 + 12 * (1 - share), 0.15 + 0.85 * share**2
    return {
        "units": pa.table(
            {
                "epoch": np.tile(rows, count),
                "unit": np.repeat(unit, len(rows)),
                "value": pa.array(values[rows].T.ravel(), from_pandas=True),
                "width": np.repeat(widths, len(rows)),
                "shade": np.repeat(shades, len(rows)),
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
    """What the player publishes: for each series a row for the initial weights and one after each epoch."""
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
    """The gradients of a run's hidden and output layer, (epochs, 2)."""
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
    answers = forward(history.weights(run, history.last_epoch[run] + 1), list(TWENTY.inputs.T)).output[0]
    return int(np.count_nonzero(answers * TWENTY.labels > 0))


def statement(history: History, config: Config, run: int) -> str:
    """A sentence on which of the three cases a run is, with its numbers."""
    count, epochs = config.hidden_units, history.last_epoch[run] + 1
    case = symmetry.case(history, run)
    if case is Case.FROZEN:
        return (
            f"**Frozen.** Every gradient of the hidden layer is exactly 0 in all {epochs} epochs: the {count} hidden "
            "units answer 0 to every sample, and no weight leads back to them. Only the bias of o moves."
        )
    if case is Case.SYMMETRIC:
        return (
            f"**Symmetric.** The weights move, but all {count} hidden units as one: after {epochs} epochs the largest "
            f"difference between two of them is exactly 0.0. Units that are one unit make one plane, and no plane has "
            f"more than {MOST_SEPARABLE} of the 20 samples on their sides. Now right: "
            f"{right_count(history, run)} of 20."
        )
    different = symmetry.different_units(history.weights(run, epochs))
    spread = spreads(history, [run])[: epochs + 1, 0]
    return (
        f"**Learning.** {different} of the {count} hidden units are different. The largest difference between two of "
        f"them was {spread[0]:.2g} at first and is {spread[-1]:.2g} after {epochs} epochs. "
        f"Now right: {right_count(history, run)} of 20."
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
        plain(history.training_error[last, run]),
        f"{right_count(history, run)} of 20",
    ]


def softmax_sentence(accuracies: Sequence[float]) -> str:
    """The accuracies of softmax regression from zeros and from random weights, in a sentence."""
    zeros, random = accuracies
    return f"On the 10,000 test images {zeros:.1%} right from zeros, {random:.1%} from random."


def derivation(step: Step, learning_rate: float) -> list[tuple[str, ...]]:
    """The document's derivation for two hidden units with the numbers of a first step, as text and LaTeX."""
    way, before, after = step.forward, step.before, step.after
    inputs = [1.0, *TWENTY.inputs[step.sample]]

    def number(value: float) -> str:
        return latex(float(value), ".5g")

    def net(unit: int) -> str:
        terms = " + ".join(
            f"{factor(number(w))} \\cdot {factor(number(x))}" for w, x in zip(before.hidden[unit], inputs, strict=True)
        )
        return f"z_{unit + 1} = {terms} = {number(way.hidden_net[unit])}"

    def change(name: str, old: float, new: float) -> str:
        return f"{name} = {number(old)} + \\Delta w = {number(old)} + {factor(number(new - old))} = {number(new)}"

    return [
        (
            f"**Forward**, with sample {step.sample + 1}, the first that is taken.",
            net(0),
            net(1),
            rf"a_1 = f(z_1) = {number(way.hidden[0])}, \quad a_2 = f(z_2) = {number(way.hidden[1])}, \quad "
            rf"o = {number(way.output[0])}",
        ),
        (
            f"**Back**, with η = {learning_rate:g}: the two output weights, and the bias of each hidden unit.",
            change("w_{21}", before.output[0, 1], after.output[0, 1]),
            change("w_{22}", before.output[0, 2], after.output[0, 2]),
            change("b_1", before.hidden[0, 0], after.hidden[0, 0]),
            change("b_2", before.hidden[1, 0], after.hidden[1, 0]),
        ),
    ]
