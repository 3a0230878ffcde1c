"""The fingerprint of results: equal for equal results on any machine, and different otherwise."""

import numpy as np
import pytest

from tinynet.arrays import Array
from tinynet.config import Config, Start
from tinynet.fingerprint import ALPHABET, Numbers, fingerprint, results
from tinynet.published import COMPARED
from tinynet.training import train

DOCUMENT = Config(tuple(Start(init, 6875673) for init in COMPARED))


def with_other_last_bits(values: list[Numbers], seed: int) -> list[Numbers]:
    """The values as another processor might give them, with relative differences of up to 1e-13."""
    rng = np.random.default_rng(seed)
    return [
        array if array.dtype == np.int64 else array * (1 + 1e-13 * rng.uniform(-1, 1, array.shape)) for array in values
    ]


def test_the_last_bits_do_not_matter() -> None:
    values = results(train(DOCUMENT))
    fingerprints = {fingerprint(with_other_last_bits(values, seed)) for seed in range(50)}
    assert fingerprints == {fingerprint(values)}


def test_the_runs_of_the_first_document_have_this_fingerprint() -> None:
    assert fingerprint(results(train(DOCUMENT))) == "238Z-TEPA"


def test_different_runs_have_different_fingerprints() -> None:
    configs = [Config((Start("random", seed),), order) for seed in range(3) for order in (1, 2019)]
    assert len({fingerprint(results(train(config))) for config in configs}) == len(configs)


def test_a_fingerprint_is_two_groups_of_four_letters() -> None:
    text = fingerprint([np.arange(3.0)])
    assert [len(group) for group in text.split("-")] == [4, 4]
    assert set(text.replace("-", "")) <= set(ALPHABET)


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
def test_equal_results_have_the_same_fingerprint(first: Array, second: Array) -> None:
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
def test_different_results_have_different_fingerprints(first: list[Numbers], second: list[Numbers]) -> None:
    assert fingerprint(first) != fingerprint(second)


def test_the_memory_layout_does_not_matter() -> None:
    array = np.linspace(-1, 1, 12).reshape(3, 4)
    assert fingerprint([np.asfortranarray(array)]) == fingerprint([array.astype(">f8")]) == fingerprint([array])
