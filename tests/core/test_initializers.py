"""Initial weights."""

import math
import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.runs import initial_weights
from tinynet.initializers import DRAWN, INITIALIZERS
from tinynet.published import RESULTS, Result


@pytest.mark.parametrize("result", RESULTS, ids=lambda result: f"{result.init} {result.init_seed}")
def test_the_printed_initial_weights_are_reproduced_to_the_last_digit(result: Result) -> None:
    weights = initial_weights(result.init, 3, 1, result.init_seed or 0)
    assert weights.hidden[0].tolist() == list(result.hidden)
    assert weights.output[0].tolist() == list(result.output)


def test_random_draws_the_hidden_matrix_row_by_row_and_then_the_output_row() -> None:
    stream = random.Random(5)
    expected = [stream.uniform(-1, 1) for _ in range(4 + 4 + 3)]
    weights = initial_weights("random", 3, 2, 5)
    assert [*weights.hidden.ravel().tolist(), *weights.output.ravel().tolist()] == expected


@pytest.mark.parametrize("name", INITIALIZERS)
@pytest.mark.parametrize("hidden_units", [1, 2, 16])
def test_every_initialisation_has_the_shape_of_the_network(name: str, hidden_units: int) -> None:
    weights = initial_weights(name, 3, hidden_units, 1)
    assert weights.hidden.shape == (hidden_units, 4)
    assert weights.output.shape == (1, 1 + hidden_units)


@pytest.mark.parametrize("name", INITIALIZERS)
def test_the_seed_matters_only_to_methods_that_draw(name: str) -> None:
    one, other = initial_weights(name, 3, 4, 1), initial_weights(name, 3, 4, 2)
    unlike = not (np.array_equal(one.hidden, other.hidden) and np.array_equal(one.output, other.output))
    assert unlike == (name in DRAWN)
    assert np.array_equal(one.hidden, initial_weights(name, 3, 4, 1).hidden)


@pytest.mark.parametrize(("name", "variance"), [("xavier", 2 / (30 + 40)), ("he", 2 / 30)])
def test_the_hidden_weights_have_the_variance_of_the_paper_and_zero_biases(name: str, variance: float) -> None:
    weights = initial_weights(name, 30, 40, 3)
    assert np.all(weights.hidden[:, 0] == 0)
    assert np.all(weights.output[:, 0] == 0)
    assert weights.hidden[:, 1:].var() == pytest.approx(variance, rel=0.1)
    assert np.abs(weights.hidden).max() <= math.sqrt(3 * variance)


@given(st.sampled_from(sorted(INITIALIZERS)), st.integers(0, 2**53 - 1))
def test_drawing_does_not_change_the_global_random_state(name: str, seed: int) -> None:
    before = random.getstate()
    initial_weights(name, 3, 2, seed)
    assert random.getstate() == before
