"""The order of the samples in each epoch."""

import random
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

AT_ONCE = 100
"""Epochs whose shuffles are drawn together, because a call for all of them costs as much as one for a single epoch."""


def sample_orders(samples: int, order_seed: int) -> Iterator[list[int]]:
    """The order of the samples, counted from 0, for one epoch after another, without end.

    Each epoch shuffles the order of the one before, like `random.shuffle` of Python 2.7.
    """
    rng = random.Random(order_seed)
    order = np.arange(samples)
    while True:
        for moved in python2_shuffles(samples, rng, AT_ONCE):
            order = order[moved]
            yield order.tolist()


def python2_shuffles(items: int, rng: random.Random, times: int) -> NDArray[np.intp]:
    """What so many shuffles of Python 2.7 in a row do, (times, items): the place from which each item comes.

    Both versions of Python generate the same `random()` stream from a seed, but the shuffle of Python 3 draws integers
    from its bits, which gives other orders.
    """
    drawn = np.array([rng.random() for _ in range(times * (items - 1))]).reshape(times, items - 1)
    places = np.tile(np.arange(items), (times, 1))
    each = np.arange(times)
    for i, numbers in zip(reversed(range(1, items)), drawn.T, strict=True):
        j = (numbers * (i + 1)).astype(np.intp)
        places[each, i], places[each, j] = places[each, j], places[:, i].copy()
    return places
