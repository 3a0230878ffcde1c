"""In which order the samples of each epoch are taken."""

import random
from collections.abc import Iterator


def python2_shuffle(items: list[int], rng: random.Random) -> None:
    """Shuffle in place as `random.shuffle` of Python 2.7 did.

    Python 3 draws whole numbers from bits instead and gives other orders from the same seed; `random()` itself is the
    same stream in both.
    """
    for i in reversed(range(1, len(items))):
        j = int(rng.random() * (i + 1))
        items[i], items[j] = items[j], items[i]


def sample_orders(samples: int, order_seed: int) -> Iterator[list[int]]:
    """For one epoch after the other the order of 0 … samples - 1, without end.

    Each epoch shuffles the order of the epoch before.
    """
    rng = random.Random(order_seed)
    order = list(range(samples))
    while True:
        python2_shuffle(order, rng)
        yield order.copy()
