"""Hidden units that start equal, and what makes them differ."""

import math
import re
from itertools import islice
from typing import Any

import numpy as np
import pytest

from tests.runs import initial_weights
from tinynet import symmetry
from tinynet.activations import A, activation, slope
from tinynet.config import Start
from tinynet.datasets import MOST_SEPARABLE, TWENTY
from tinynet.microscope import step
from tinynet.network import Weights, forward
from tinynet.orders import sample_orders
from tinynet.published import ORDER_SEED
from tinynet.symmetry import STARTS, Case
from tinynet.training import History, train


@pytest.fixture(scope="module")
def history() -> History:
    """One run per initialisation, in the order of STARTS."""
    return train(symmetry.setting())


def spread_with_matrix_products(hidden_units: int, epochs: int) -> float:
    """The spread from a constant start, trained with `@` as in a textbook."""
    start = initial_weights("constant", 3, hidden_units, 0, 0.5)
    hidden, output = np.ascontiguousarray(start.hidden.T), start.output[0].copy()  # (1 + inputs, hidden units)
    inputs = np.insert(TWENTY.inputs, 0, 1.0, axis=1)
    for order in islice(sample_orders(20, ORDER_SEED), epochs):
        for sample in order:
            values = activation(inputs[sample] @ hidden)
            answer = activation(output[0] + output[1:] @ values)
            delta = 2 * (answer - TWENTY.labels[sample]) * slope(answer)
            change = np.outer(inputs[sample], delta * output[1:] * slope(values))
            output -= 0.1 * delta * np.insert(values, 0, 1.0)
            hidden -= 0.1 * change
    return float(np.ptp(hidden, axis=1).max())


@pytest.mark.parametrize("hidden_units", range(2, 41))
def test_units_that_start_equal_are_equal_to_the_last_bit_after_500_epochs(hidden_units: int) -> None:
    history = train(symmetry.setting(("zeros", "constant"), hidden_units, max_epochs=500))
    assert symmetry.spread(history.hidden).max() == 0.0
    assert np.ptp(history.output[:, 0, 1:], axis=1).max() == 0.0


def test_with_matrix_products_equal_units_would_drift_apart() -> None:
    """A matrix product may add in a different order for each unit, and the rounding differences grow."""
    assert max(spread_with_matrix_products(hidden_units, 150) for hidden_units in (3, 5, 6, 7)) > 0


@pytest.mark.parametrize(
    ("settings", "case"),
    [
        ({"inits": ("zeros",)}, Case.FROZEN),
        ({"inits": ("zeros",), "hidden_units": 1}, Case.FROZEN),
        ({"inits": ("zeros",), "learning_rate": 1e12}, Case.FROZEN),
        ({"inits": ("constant",)}, Case.SYMMETRIC),
        ({"inits": ("constant",), "value": 1e-300}, Case.SYMMETRIC),
        ({"inits": ("constant",), "value": 50.0}, Case.SATURATED),
        ({"inits": ("constant",), "value": 1000.0}, Case.SATURATED),
        ({"inits": ("constant",), "learning_rate": 10.0}, Case.SATURATED),
        ({"inits": ("he",), "learning_rate": 1.0}, Case.SATURATED),
        ({"inits": ("random",), "learning_rate": 10.0}, Case.DIVERGED),
        ({"inits": ("random",), "learning_rate": 1e-12}, Case.DIFFERENT),
        ({"inits": ("random",), "max_epochs": 1}, Case.DIFFERENT),
        ({"inits": ("random",), "max_epochs": 1, "hidden_units": 1}, Case.SINGLE),
        ({"inits": ("constant",), "noise": 1e-12}, Case.LEARNING),
        ({"inits": ("constant",), "hidden_units": 1}, Case.LEARNING),
        *(({"inits": (init,)}, Case.LEARNING) for init in STARTS if init not in ("zeros", "constant")),
    ],
)
def test_each_setting_leads_to_its_case(settings: dict[str, Any], case: Case) -> None:
    assert symmetry.case(train(symmetry.setting(**settings)), 0) is case


def test_saturated_units_answer_plus_or_minus_a_and_not_0() -> None:
    history = train(symmetry.setting(("constant",), value=1000.0))
    hidden = forward(history.weights(0, 1), list(TWENTY.inputs.T)).hidden
    assert np.abs(hidden) == pytest.approx(A, rel=1e-5)
    assert symmetry.slope_left(history.weights(0, 1)) == 0


def test_learning_is_said_only_where_the_error_falls() -> None:
    known = {"frozen": False, "equal": False, "saturated": False}
    assert symmetry.verdict(**known, before=3.0, after=2.0, ignorant=2.9) is Case.LEARNING
    assert symmetry.verdict(**known, before=9.5, after=2.9, ignorant=2.9) is Case.DIFFERENT
    assert symmetry.verdict(**known, before=3.0, after=math.nan, ignorant=2.9) is Case.DIVERGED


@pytest.mark.parametrize("hidden_units", [2, 4, 16])
def test_equal_units_compute_what_one_with_the_sum_of_their_output_weights_computes(hidden_units: int) -> None:
    history = train(symmetry.setting(("constant",), hidden_units))
    for done in (0, 7, 300):
        weights = history.weights(0, done)
        one = symmetry.as_one(weights)
        assert len(one.hidden) == 1
        assert one.output[0, 1] == pytest.approx(hidden_units * weights.output[0, 1], rel=1e-14)
        np.testing.assert_allclose(symmetry.answers(one), symmetry.answers(weights), rtol=0, atol=1e-14)


def test_units_that_differ_are_not_made_one(history: History) -> None:
    weights = history.weights(STARTS.index("random"), 0)
    assert len(symmetry.as_one(weights).hidden) == 4
    np.testing.assert_allclose(symmetry.answers(symmetry.as_one(weights)), symmetry.answers(weights), atol=1e-14)


def test_one_unit_takes_other_steps_than_the_equal_units_it_equals() -> None:
    """The sum of H output weights moves H times as far, and each unit's incoming weights 1/H as far."""
    weights = initial_weights("constant", 3, 4, 0, 0.5)
    many, one = (step(each, 0, 0.1).change for each in (weights, symmetry.as_one(weights)))
    assert many.output[0, 1:].sum() == pytest.approx(4 * one.output[0, 1])
    assert many.hidden[0] == pytest.approx(one.hidden[0] / 4)


def test_frozen_means_that_every_gradient_of_the_hidden_layer_is_exactly_zero(history: History) -> None:
    hidden, output = symmetry.layer_gradients(history, 0.1, 20)
    zeros, constant = STARTS.index("zeros"), STARTS.index("constant")
    assert not hidden[:, zeros].any()
    assert not output[:, zeros].any()
    assert history.output[-1, 0, 0, zeros] != 0
    assert (hidden[:, constant] > 0).all()


def test_the_gradient_of_a_layer_is_that_of_its_weights_without_biases() -> None:
    """With steps too small to matter, the samples of an epoch are all taken from the initial weights."""
    config = symmetry.setting(("random",), learning_rate=1e-9, max_epochs=1)
    run = train(config)
    steps = [step(run.weights(0, 0), sample, 1e-9) for sample in range(20)]
    for found, layer in zip(symmetry.layer_gradients(run, 1e-9, 20), ("hidden", "output"), strict=True):
        mean = np.mean([getattr(one.gradient, layer) for one in steps], axis=0)
        assert found[0, 0] == pytest.approx(np.abs(mean[:, 1:]).mean(), rel=1e-5)


@pytest.mark.parametrize("init", [init for init in STARTS if init not in ("zeros", "constant")])
def test_zeros_in_one_layer_or_with_random_biases_learn_all_20_samples(history: History, init: str) -> None:
    run = STARTS.index(init)
    assert history.accuracy[-1, run] == 1
    assert symmetry.different_units(history.weights(run, 300)) == symmetry.HIDDEN_UNITS


@pytest.mark.parametrize("hidden_units", [2, 16])
def test_equal_units_count_as_one_and_never_exceed_its_limit(hidden_units: int) -> None:
    history = train(symmetry.setting(("constant",), hidden_units, value=0.3))
    assert symmetry.different_units(history.weights(0, 300)) == 1
    for done in range(301):
        answers = forward(history.weights(0, done), list(TWENTY.inputs.T)).output[0]
        assert np.count_nonzero(answers * TWENTY.labels > 0) <= MOST_SEPARABLE


def test_the_smallest_noise_breaks_the_symmetry() -> None:
    spreads = [
        symmetry.spread(train(symmetry.setting(("constant",), noise=noise)).hidden)[:, 0]
        for noise in (1e-12, 1e-6, 1e-2)
    ]
    assert spreads[0][0] == pytest.approx(1.8e-12, rel=0.01)
    assert all(spread[-1] > 1 for spread in spreads)
    broken = [int(np.argmax(spread > 1)) for spread in spreads]
    tiny = train(symmetry.setting(("constant",), noise=1e-12))
    first = symmetry.told_apart(tiny, 0)
    assert first is not None
    assert spreads[0][first - 1] < symmetry.TOLD_APART <= spreads[0][first]
    assert 50 < first < broken[0]
    assert broken == sorted(broken, reverse=True)
    assert broken[0] > broken[2]


def test_without_noise_the_seed_does_not_matter() -> None:
    plain = initial_weights("constant", 3, 4, 1, 0.5)
    assert np.array_equal(initial_weights("constant", 3, 4, 2, 0.5, 0.0).hidden, plain.hidden)
    assert Start("constant", 1, 0.5) == Start("constant", 2, 0.5)
    assert Start("constant", 1, 0.5, 0.1) != Start("constant", 2, 0.5, 0.1)


def test_spread_is_the_largest_difference_in_one_weight() -> None:
    hidden = np.array([[1.0, 2.0, 3.0], [1.5, 2.0, -1.0]])[..., None]
    assert symmetry.spread(hidden).tolist() == [4.0]


def test_units_that_differ_only_in_outgoing_weights_are_different() -> None:
    hidden = np.zeros((3, 4))
    assert symmetry.different_units(Weights(hidden, np.array([[0.0, 1.0, 1.0, 2.0]]))) == 2


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"value": float("nan")}, "constant must be a number from -1000 to 1000, received nan"),
        ({"value": 1e300}, "constant must be a number from -1000 to 1000, received 1e+300"),
        ({"noise": -0.1}, "noise ε must be a number from 0 to 1, received -0.1"),
        ({"noise": float("inf")}, "noise ε must be a number from 0 to 1, received inf"),
        ({"hidden_units": 65}, "hidden units must be a whole number from 1 to 64, received 65"),
    ],
)
def test_a_setting_outside_its_range_is_refused_in_words(settings: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        symmetry.setting(**settings)


@pytest.mark.parametrize("value", [-1000.0, 1e-300, 1000.0])
def test_any_constant_gives_a_history_without_a_warning(value: float) -> None:
    history = train(symmetry.setting(("constant",), 16, value, max_epochs=20))
    assert np.isfinite(history.training_error).all()
    assert symmetry.told_apart(history, 0) is None
