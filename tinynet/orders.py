"""The order of the samples in each epoch."""

import random
from collections.abc import Iterator


def python2_shuffle(items: list[int], rng: random.Random) -> None:
    """Shuffle in place like `random.shuffle` of Python 2.7.

    Both versions generate the same `random()` stream from a seed, but the shuffle of Python 3 draws integers from its
    bits, which gives other orders.
    """
    for i in reversed(range(1, len(items))):
        j = int(rng.random() * (i + 1))
        items[i], items[j] = items[j], items[i]


def sample_orders(samples: int, order_seed: int) -> Iterator[list[int]]:
    """The order of the samples, counted from 0, for one epoch after another, without end.

    Each epoch shuffles the order of the one before.
    """
    rng = random.Random(order_seed)
    order = list(range(samples))
    while True:
        python2_shuffle(order, rng)
        yield order.copy()
