"""A short mark of results, by which two people see that they have got the same ones."""

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tinynet.arrays import Array
from tinynet.training import History

DIGITS = 4
"""How many significant digits of a number count."""
SMALLEST = 1e-12
"""Below it a number counts as 0: what should cancel out may leave the last bits of what it came from."""
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's: no I, L, O and U, which are easily taken for others."""
LETTERS = 8

Numbers = Array | NDArray[np.int64]


def fingerprint(values: Sequence[Numbers]) -> str:
    """The mark of some arrays of any shape, as "7K2M-0QXD": the same on every machine, though last bits are not.

    Whole numbers count in full, others in DIGITS digits; nan and infinity are values like others, -0.0 is 0.0. Arrays
    of another shape, or in another order, have another mark; other results share one by chance in 1 of 2^40 cases.

    Two machines disagree if a number of theirs lies on either side of an edge of the rounding. Numbers that differ by
    ε relatively do so with a chance of at most ε·10^DIGITS each: for `results` of five runs and the usual ε of 1e-13,
    once in thirty million. So give few numbers, and none that the rounding of each step drives apart.
    """
    text = "\n".join(_text(array) for array in values)
    bits = int.from_bytes(hashlib.sha256(text.encode()).digest()) >> (256 - 5 * LETTERS)
    letters = "".join(ALPHABET[bits >> 5 * place & 31] for place in reversed(range(LETTERS)))
    return f"{letters[: LETTERS // 2]}-{letters[LETTERS // 2 :]}"


def results(history: History) -> list[Numbers]:
    """What to take the mark of when runs are compared: their last epochs, whether θ stopped them, the final weights.

    These are the whole numbers that the document prints, and six numbers of each run that most of its steps bring
    nearer to a minimum and not apart.
    """
    runs = range(len(history.stops))
    final = [history.weights(run, history.last_epoch[run] + 1) for run in runs]
    stopped = [history.break_epoch(run) is not None for run in runs]
    return [
        np.array(history.last_epoch),
        np.array(stopped, dtype=np.int64),
        np.array([weights.hidden for weights in final]),
        np.array([weights.output for weights in final]),
    ]


def _text(array: Numbers) -> str:
    """The shape and the numbers of an array as text that is the same for what counts as the same."""
    if np.issubdtype(array.dtype, np.integer):
        return f"{array.shape} {array.ravel().tolist()}"
    shown = np.where(np.abs(array) < SMALLEST, 0.0, array)
    return f"{array.shape} {' '.join(f'{value:.{DIGITS - 1}e}' for value in shown.ravel().tolist())}"
