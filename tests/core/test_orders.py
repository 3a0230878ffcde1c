"""The sample orders of Python 2.7."""

import random
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinynet.orders import AT_ONCE, python2_shuffles, sample_orders


def python2_shuffle(items: list[int], rng: random.Random) -> None:
    """Swap by swap, as Python 2.7 does."""
    for i in reversed(range(1, len(items))):
        j = int(rng.random() * (i + 1))
        items[i], items[j] = items[j], items[i]


def test_a_shuffle_follows_python_2_swap_by_swap() -> None:
    # by hand: swap 3 with int(0.844·4) = 3, then 2 with int(0.758·3) = 2, then 1 with int(0.421·2) = 0
    stream = random.Random(0)
    assert [round(stream.random(), 3) for _ in range(3)] == [0.844, 0.758, 0.421]
    assert python2_shuffles(4, random.Random(0), 1).tolist() == [[1, 0, 2, 3]]


@given(st.integers(0, 2**53 - 1), st.integers(1, 40))
def test_an_epoch_shuffles_the_order_of_the_epoch_before(seed: int, samples: int) -> None:
    rng, expected = random.Random(seed), list(range(samples))
    for order in islice(sample_orders(samples, seed), 2 * AT_ONCE + 1):
        python2_shuffle(expected, rng)
        assert order == expected


def test_the_shuffle_differs_from_that_of_python_3() -> None:
    theirs = list(range(20))
    random.Random(2019).shuffle(theirs)
    assert next(sample_orders(20, 2019)) != theirs


@given(st.integers(0, 2**53 - 1), st.integers(1, 40))
def test_every_epoch_takes_every_sample_once(seed: int, samples: int) -> None:
    for order in islice(sample_orders(samples, seed), 3):
        assert sorted(order) == list(range(samples))


def test_changing_an_order_does_not_affect_the_next() -> None:
    orders = sample_orders(20, 7)
    next(orders).clear()
    assert next(orders) == list(islice(sample_orders(20, 7), 2))[1]


@pytest.mark.parametrize("seed", [0, 2019])
def test_the_same_seed_gives_the_same_orders(seed: int) -> None:
    assert list(islice(sample_orders(20, seed), 9)) == list(islice(sample_orders(20, seed), 9))
