"""The activation of every hidden and output unit."""

import numpy as np

from tinynet.arrays import Array

A = 1.716
B = 2.0 / 3.0


def activation(net: Array | float) -> Array:
    """f(net) = 2a / (1 + e^(-b·net)) - a for an array of any shape; within ±a (Duda, Hart and Stork, 2001, chapter 6).

    Computed as a·tanh(b·net/2), which equals it and cannot overflow.
    """
    return A * np.tanh(B / 2 * np.asarray(net))


def slope(value: Array | float) -> Array:
    """The derivative f'(net), given `value` = f(net): (b / 2a)·(a² - f²)."""
    return B / (2 * A) * (A * A - np.square(value))
