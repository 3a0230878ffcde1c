"""A short fingerprint of results: two people who compare it see whether they got the same ones."""

import hashlib
from collections.abc import Sequence

import numpy as np

from tinynet.arrays import Array, Integers
from tinynet.training import History

SIGNIFICANT_DIGITS = 4
"""Floats are compared to this many significant digits."""
SMALLEST = 1e-12
"""Smaller absolute values count as 0: terms that should cancel out may leave a rounding error."""
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32, without I, L, O and U, which are easily misread."""
LETTERS = 8

Numbers = Array | Integers


def fingerprint(values: Sequence[Numbers]) -> str:
    """The fingerprint of arrays of any shape, such as "7K2M-0QXD": the same on every machine, though last bits differ.

    Integers count in full, floats to SIGNIFICANT_DIGITS digits; nan and infinity are values like any other, and -0.0
    equals 0.0. Shape and order count. Different results have the same fingerprint with a probability of 2^-40.

    Two machines disagree if a number of theirs falls on different sides of a rounding boundary. With a relative
    difference ε that has a probability of at most ε·10^SIGNIFICANT_DIGITS per number: for `results` of five runs and
    the usual ε of 1e-13, one in thirty million. So pass few numbers, and none that diverge with each step's rounding.
    """
    text = "\n".join(_text(array) for array in values)
    bits = int.from_bytes(hashlib.sha256(text.encode()).digest()) >> (256 - 5 * LETTERS)
    letters = "".join(ALPHABET[bits >> 5 * place & 31] for place in reversed(range(LETTERS)))
    return f"{letters[: LETTERS // 2]}-{letters[LETTERS // 2 :]}"


def results(history: History) -> list[Numbers]:
    """What a fingerprint of runs covers: their last epochs, whether θ stopped them, and their final weights.

    These are the integers that the document prints, and six floats per run whose rounding errors most steps shrink,
    since training converges to a minimum.
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
    """The shape and the values of an array as text; equal text means an equal fingerprint."""
    if np.issubdtype(array.dtype, np.integer):
        return f"{array.shape} {array.ravel().tolist()}"
    shown = np.where(np.abs(array) < SMALLEST, 0.0, array)
    return f"{array.shape} {' '.join(f'{value:.{SIGNIFICANT_DIGITS - 1}e}' for value in shown.ravel().tolist())}"
