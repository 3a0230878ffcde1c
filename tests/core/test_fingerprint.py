"""The mark of results: the same for the same results on any machine, and another for others."""

import numpy as np
import pytest

from tinynet.arrays import Array
from tinynet.config import Config, Start
from tinynet.fingerprint import ALPHABET, Numbers, fingerprint, results
from tinynet.published import COMPARED
from tinynet.training import train

DOCUMENT = Config(tuple(Start(init, 6875673) for init in COMPARED))


def with_other_last_bits(values: list[Numbers], seed: int) -> list[Numbers]:
    """The values as another processor might give them: each number off by up to 1e-13 of itself."""
    rng = np.random.default_rng(seed)
    return [
        array if array.dtype == np.int64 else array * (1 + 1e-13 * rng.uniform(-1, 1, array.shape)) for array in values
    ]


@pytest.mark.parametrize("order_seed", [0, 1, 2019])
def test_the_last_bits_do_not_matter(order_seed: int) -> None:
    values = results(train(Config(DOCUMENT.starts, order_seed)))
    marks = {fingerprint(with_other_last_bits(values, seed)) for seed in range(50)}
    assert marks == {fingerprint(values)}


def test_the_first_document_has_this_mark() -> None:
    assert fingerprint(results(train(DOCUMENT))) == "238Z-TEPA"


def test_other_runs_have_other_marks() -> None:
    configs = [Config((Start("random", seed),), order) for seed in range(8) for order in (1, 2019)]
    assert len({fingerprint(results(train(config))) for config in configs}) == len(configs)


def test_a_mark_is_two_groups_of_four_letters() -> None:
    mark = fingerprint([np.arange(3.0)])
    assert [len(group) for group in mark.split("-")] == [4, 4]
    assert set(mark.replace("-", "")) <= set(ALPHABET)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (np.array([-0.0]), np.array([0.0])),
        (np.array([1e-17]), np.array([0.0])),
        (np.array([-1e-17]), np.array([0.0])),
        (np.array([np.nan]), np.array([-np.nan])),
        (np.array([1.0]), np.array([1.0 + 1e-13])),
        (np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[1.0, 3.0], [2.0, 4.0]]).T),
    ],
)
def test_what_is_the_same_has_the_same_mark(first: Array, second: Array) -> None:
    assert fingerprint([first]) == fingerprint([second])


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ([np.zeros((2, 3))], [np.zeros((3, 2))]),
        ([np.zeros(4)], [np.zeros(2), np.zeros(2)]),
        ([np.array([1.0, 2.0])], [np.array([2.0, 1.0])]),
        ([np.array([221])], [np.array([222])]),
        ([np.array([10**15])], [np.array([10**15 + 1])]),
        ([np.array([np.nan])], [np.array([0.0])]),
        ([np.array([np.inf])], [np.array([-np.inf])]),
        ([np.array([1.0])], [np.array([-1.0])]),
        ([np.array([1.0])], [np.array([1.001])]),
        ([], [np.array([])]),
    ],
)
def test_what_is_not_the_same_has_another_mark(first: list[Numbers], second: list[Numbers]) -> None:
    assert fingerprint(first) != fingerprint(second)


def test_how_the_numbers_lie_in_memory_does_not_matter() -> None:
    array = np.linspace(-1, 1, 12).reshape(3, 4)
    assert fingerprint([np.asfortranarray(array)]) == fingerprint([array.astype(">f8")]) == fingerprint([array])
