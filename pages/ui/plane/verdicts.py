"""What is seen of two networks on points of the plane, in sentences."""

from collections.abc import Mapping, Sequence

import numpy as np

from pages.ui.numbers import plain
from pages.ui.plane.experiment import RUNS
from pages.ui.plane.tables import outputs, right
from tinynet.activations import A
from tinynet.arrays import Array
from tinynet.plane import different_lines
from tinynet.points import LIMIT, Row
from tinynet.regions import STEP
from tinynet.training import History, Stop, is_saturated

ASKED = (
    "Two networks learn the same points in the same order; only the weights that they start from may differ. "
    "Each hidden unit draws a line: where its net is 0. How many lines can units draw that start alike, and what can "
    "be parted with them?"
)
SYMBOLS = (
    r"h_k = f(w^{(1)}_{k0} + w^{(1)}_{k1} x_1 + w^{(1)}_{k2} x_2)",
    r"o = f\Big(w^{(2)}_0 + \sum_{k=1}^{H} w^{(2)}_k h_k\Big)",
)
FIRST_POINTS = (
    "Click in a picture to add a point of the class chosen above. Both networks learn as soon as there is a point of "
    "each class."
)


def statement(history: History, run: int, done: int, rows: Sequence[Row], best: int) -> str:
    """What is seen of a network after `done` epochs; `best` is how many points a line parts at best."""
    weights = history.weights(run, done)
    lines = _lines(weights.hidden, outputs(weights, rows))
    score = f"Right: {right(weights, rows)} of {len(rows)}."
    tie = " An output of 0 is wrong for both classes." if (outputs(weights, rows) == 0).any() else ""
    return f"{lines} {_limit(weights.hidden, len(rows), best)}{score}{tie}{_end(history, run, done, rows)}"


def _lines(hidden: Array, answers: Array) -> str:
    """How many units there are, on how many lines, and what that means."""
    units, lines = len(hidden), len(different_lines(hidden))
    counted = f"**{_count(units, 'unit')}, {_count(lines, 'line') if lines else 'no line'}"
    if not lines:
        return f"{counted}:** {'the whole plane is one class' if answers.all() else 'o is 0 in the whole plane'}."
    inside = _inside(hidden)
    remarks = [f"{lines - len(inside)} outside the picture"] if len(inside) < lines else []
    if (seen := _seen(inside)) < len(inside):
        remarks.append(f"{len(inside)} that look like {seen}")
    counted += f" ({', '.join(remarks)})" if remarks else ""
    if units == 1:
        return f"{counted}.**"
    if acts_as_one(hidden):
        return f"{counted}:** {'both' if units == 2 else 'they'} act as one."
    spread = plain(float(np.ptp(hidden, axis=0).max()), ".2g")
    return f"{counted}:** two units differ by up to {spread}."


def _limit(hidden: Array, points: int, best: int) -> str:
    """What one line can do, for a network that has at most one; for the others, as a comparison."""
    if best == points:
        return f"A single line can part all {points} points. "
    if len(different_lines(hidden)) > 1:
        return f"A single line parts at most {best} of these {points} points. "
    return f"No single line parts these points better than {100 * best / points:.3g}% ({best} of {points}). "


def acts_as_one(hidden: Array) -> bool:
    """Whether the units of `hidden` (units, 3) are equal to the last bit, and so divide the plane as one unit does."""
    return not np.ptp(hidden, axis=0).any()


def _inside(hidden: Array) -> Array:
    """The different lines that cross the picture: a row (bias, w1, w2) for each, with (w1, w2) of length 1."""
    rows = hidden[[units[0] for units in different_lines(hidden)]]
    rows = rows / np.abs(rows).max(axis=1, keepdims=True)  # so that no square is too large or too small for a float
    crossing: Array = rows[np.abs(rows[:, 0]) < LIMIT * np.abs(rows[:, 1:]).sum(axis=1)]
    return crossing / np.hypot(crossing[:, 1:2], crossing[:, 2:])


def _seen(lines: Array) -> int:
    """How many lines the eye can tell apart: two look alike if they are less than STEP from each other everywhere."""
    kept: list[Array] = []
    for line in lines:
        if not any(min(_apart(line - other), _apart(line + other)) < STEP for other in kept):
            kept.append(line)
    return len(kept)


def _apart(difference: Array) -> float:
    """The largest distance between two lines within the picture, or more."""
    return float(abs(difference[0]) + LIMIT * np.abs(difference[1:]).sum())


def _end(history: History, run: int, done: int, rows: Sequence[Row]) -> str:
    """Where the run has ended, if that was before the last epoch."""
    last = history.last_epoch[run]
    if done <= last or history.stops[run] is Stop.MAX_EPOCHS:
        return ""
    if history.stops[run] is Stop.THETA:
        return f" θ stopped it in epoch {last}."
    began = is_saturated(outputs(history.weights(run, 0), rows))
    said = "Saturated from the start" if began else f"Diverged in epoch {last}"
    return f" {said}: every output is at ±{A}, some are wrong, and no gradient is left."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def question(units: int) -> str:
    """The question to the class."""
    return (
        f"Both networks get {units} hidden units and start as they do now. How many points does each of them get right "
        "at the end?"
    )


def answer(history: History, rows: Sequence[Row], names: Sequence[str], best: int) -> str:
    """The answer, from the history of both networks with that many units."""
    final = [history.weights(run, history.epochs) for run in range(len(RUNS))]
    scores = ", ".join(
        f"{run} ({name}) {right(weights, rows)} of {len(rows)}"
        for run, name, weights in zip(RUNS, names, final, strict=True)
    )
    alike = {run: weights.hidden for run, weights in zip(RUNS, final, strict=True) if acts_as_one(weights.hidden)}
    return f"**{scores}.**{_worth_one(alike, len(rows), best)}{_worth_none(alike)}"


def _worth_one(alike: Mapping[str, Array], points: int, best: int) -> str:
    """What networks of equal units can do, those that have a line."""
    names = [run for run, hidden in alike.items() if different_lines(hidden)]
    if not names:
        return ""
    parts = f"can part all {points}" if best == points else f"parts at most {best}"
    return (
        f" The units of {' and '.join(names)} are equal to the last bit, so they are worth one unit, however many "
        f"there are; a single line {parts}."
    )


def _worth_none(alike: Mapping[str, Array]) -> str:
    """What networks of equal units can do, those that have none."""
    names = [run for run, hidden in alike.items() if not different_lines(hidden)]
    return (
        f" The units of {' and '.join(names)} have no line, however many there are: nothing is parted." if names else ""
    )
