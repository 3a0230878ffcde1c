"""The activation of every hidden and output unit."""

import numpy as np

from tinynet.arrays import Array

A = 1.716
B = 2.0 / 3.0


def activation(net: Array | float) -> Array:
    """f(net) = 2a / (1 + e^(-b·net)) - a, of any shape, within ±a (Duda, Hart and Stork, 2001, chapter 6).

    It is computed as a·tanh(b·net/2), the same function without an exponential that could overflow.
    """
    return A * np.tanh(B / 2 * np.asarray(net))


def slope(value: Array | float) -> Array:
    """f'(net), from the value f(net) and not from net: (b / 2a)·(a² - f²)."""
    return B / (2 * A) * (A * A - np.square(value))
