"""Regression: without a hidden layer, the initial weights do not matter."""

from itertools import islice

import numpy as np
import pytest

from tinynet.datasets import TWENTY
from tinynet.regression import MODELS, Step, Values, batches, descend, twenty_targets

SHAPES = {"linear": 1, "logistic": 1, "softmax": 3}


def problem(model: str) -> tuple[Values, Values]:
    """Inputs and targets of a small problem for `model`."""
    if model != "softmax":
        return TWENTY.inputs, twenty_targets(model)
    classes = np.arange(20) % 3
    return TWENTY.inputs, np.eye(3)[classes]


def steps(model: str, start: Values, count: int, learning_rate: float = 0.2) -> list[Step]:
    all_samples = batches(*problem(model), 20)
    return list(islice(descend(MODELS[model], all_samples, start, learning_rate), count))


@pytest.mark.parametrize("model", MODELS)
def test_zeros_and_random_weights_reach_the_same_minimum(model: str) -> None:
    shape = (4, SHAPES[model])
    zeros = steps(model, np.zeros(shape), 6000)[-1]
    for seed in range(2):
        random = steps(model, np.random.default_rng(seed).uniform(-1, 1, shape), 6000)[-1]
        assert random.loss == pytest.approx(zeros.loss, rel=1e-6)
        # a softmax does not change when a constant is added to all outputs
        np.testing.assert_allclose(
            random.weights - random.weights.mean(axis=1, keepdims=shape[1] > 1) * (shape[1] > 1),
            zeros.weights - zeros.weights.mean(axis=1, keepdims=shape[1] > 1) * (shape[1] > 1),
            atol=2e-3,
        )


@pytest.mark.parametrize("model", MODELS)
def test_the_gradient_is_that_of_central_differences(model: str) -> None:
    start = np.random.default_rng(7).uniform(-1, 1, (4, SHAPES[model]))
    first, second = steps(model, start, 2, learning_rate=1e-4)
    taken = (first.weights - second.weights) / 1e-4
    for place in np.ndindex(start.shape):
        ends = []
        for shift in (1e-5, -1e-5):
            moved = start.copy()
            moved[place] += shift
            ends.append(steps(model, moved, 1)[0].loss)
        assert taken[place] == pytest.approx((ends[0] - ends[1]) / 2e-5, rel=1e-5, abs=1e-8)


def test_one_logistic_step_worked_by_hand() -> None:
    """From zeros every prediction is 1/2, so the gradient of the bias is 1/2 minus the share of ones."""
    inputs, targets = np.array([[2.0], [-1.0], [3.0], [0.0]]), np.array([[1.0], [0.0], [1.0], [1.0]])
    first, second = islice(descend(MODELS["logistic"], batches(inputs, targets, 4), np.zeros((2, 1)), 0.4), 2)
    assert first.loss == pytest.approx(np.log(2))
    # Σ (1/2 - y)·x / 4 = (-1 - 1/2 - 3/2) / 4 = -3/4
    np.testing.assert_allclose(second.weights[:, 0], [0.4 * 0.25, 0.4 * 0.75])


def test_linear_regression_ends_at_the_least_squares_solution() -> None:
    expected = np.linalg.lstsq(np.insert(TWENTY.inputs, 0, 1.0, axis=1), TWENTY.labels)[0]
    np.testing.assert_allclose(steps("linear", np.zeros((4, 1)), 2000)[-1].weights[:, 0], expected, atol=1e-6)


@pytest.mark.parametrize("model", MODELS)
def test_a_pre_activation_of_any_size_gives_a_finite_loss_without_a_warning(model: str) -> None:
    step = steps(model, np.full((4, SHAPES[model]), 1e3), 2)[-1]
    assert np.isfinite(step.loss)
    assert np.isfinite(step.weights).all()


def test_single_precision_stays_single() -> None:
    inputs, targets = (values.astype(np.float32) for values in problem("softmax"))
    start = np.zeros((4, 3), np.float32)
    second = list(islice(descend(MODELS["softmax"], batches(inputs, targets, 20), start, 0.1), 2))[1]
    assert second.weights.dtype == np.float32


def test_batches_take_the_samples_in_order_and_start_over() -> None:
    inputs = np.arange(6.0).reshape(3, 2)
    taken = [rows[:, 0].tolist() for rows, _ in islice(batches(inputs, inputs, 2), 3)]
    assert taken == [[0.0, 2.0], [4.0], [0.0, 2.0]]
