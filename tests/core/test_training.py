"""Stochastic backprop: the published results, two checks of the gradient, and the independence of the runs."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.runs import initial_weights
from tinynet.activations import A, B
from tinynet.backprop import Batch
from tinynet.config import LARGEST_LEARNING_RATE, LARGEST_THETA, SMALLEST_LEARNING_RATE, Config, Start
from tinynet.datasets import MOST_SEPARABLE, TWENTY, Dataset
from tinynet.initializers import INITIALIZERS
from tinynet.network import Weights, forward
from tinynet.published import RESULTS, Result
from tinynet.training import History, Stop, starting_weights, train

ALL = tuple(Start(init, 3) for init in INITIALIZERS)


@pytest.mark.parametrize("result", RESULTS, ids=lambda result: f"{result.init} {result.init_seed}")
def test_a_published_run_stops_in_the_published_epoch(result: Result) -> None:
    history = train(Config((Start(result.init, result.init_seed or 0),)))
    assert history.break_epoch(0) == result.break_epoch
    assert len(history.training_error) == result.break_epoch + 1


def step(weights: Weights, dataset: Dataset, learning_rate: float = 0.1) -> Weights:
    """The weights of one run after one step per sample of `dataset`."""
    batch = Batch.of_one(weights, dataset, learning_rate)
    batch.epoch(list(range(len(dataset.labels))))
    return batch.run(0)


def test_a_step_worked_by_hand() -> None:
    """All weights of the same-value start, x = (1, 2, -1), y = a: one line per line of the derivation."""
    x, y, eta = (1.0, 2.0, -1.0), A, 0.1
    net_h = 0.5 + 0.5 * 1 + 0.5 * 2 - 0.5 * 1
    h = 2 * A / (1 + math.exp(-B * net_h)) - A
    net_o = -0.5 - 0.5 * h
    o = 2 * A / (1 + math.exp(-B * net_o)) - A
    k_h, k_o = 1 / (1 + math.exp(-B * net_h)), 1 / (1 + math.exp(-B * net_o))
    delta_o = 2 * (o - y) * 2 * A * B * k_o * (1 - k_o)
    delta_h = delta_o * -0.5 * 2 * A * B * k_h * (1 - k_h)
    expected_output = [-0.5 - eta * delta_o, -0.5 - eta * delta_o * h]
    expected_hidden = [0.5 - eta * delta_h * value for value in (1.0, *x)]

    after = step(initial_weights("same", 3, 1, 0), Dataset(np.array([x]), np.array([y])), eta)

    assert after.output[0] == pytest.approx(expected_output, rel=1e-14)
    assert after.hidden[0] == pytest.approx(expected_hidden, rel=1e-14)
    # on paper: net_h = 1.5, h = 0.793, net_o = -0.8965, o = -0.498, f'(net_o) = 0.5238, ∂l/∂w₀ = -2.3195
    assert expected_output[0] == pytest.approx(-0.5 + 0.23195, abs=1e-5)


@pytest.mark.parametrize("hidden_units", [1, 2, 5])
@pytest.mark.parametrize("sample", [0, 7, 14])
def test_the_gradient_is_that_of_central_differences(hidden_units: int, sample: int) -> None:
    one = Dataset(TWENTY.inputs[[sample]], TWENTY.labels[[sample]])
    weights = initial_weights("random", 3, hidden_units, 11)
    after = step(weights, one, learning_rate=1e-3)
    for name in ("hidden", "output"):
        taken = (getattr(weights, name) - getattr(after, name)) / 1e-3
        assert taken == pytest.approx(central_differences(weights, name, one), rel=1e-6, abs=1e-9)


def central_differences(weights: Weights, name: str, sample: Dataset, width: float = 1e-5) -> np.ndarray:
    """The partial derivatives of the loss for the weights of one matrix, from forward passes alone."""

    def loss(place: tuple[int, ...], shift: float) -> float:
        matrices = {"hidden": weights.hidden.copy(), "output": weights.output.copy()}
        matrices[name][place] += shift
        output = forward(Weights(**matrices), list(sample.inputs[0])).output[0]
        return float(output - sample.labels[0]) ** 2

    matrix = getattr(weights, name)
    slopes = [(loss(place, width) - loss(place, -width)) / (2 * width) for place in np.ndindex(matrix.shape)]
    return np.array(slopes).reshape(matrix.shape)


def same_bits(first: History, run: int, second: History, other: int) -> bool:
    """Whether a run of one history equals a run of another to the last bit."""
    last = first.last_epoch[run] + 1
    return (first.last_epoch[run], first.stops[run]) == (second.last_epoch[other], second.stops[other]) and all(
        np.array_equal(
            getattr(first, name)[: last + extra, ..., run], getattr(second, name)[: last + extra, ..., other]
        )
        for name, extra in (("training_error", 0), ("accuracy", 0), ("gradient", 0), ("hidden", 1), ("output", 1))
    )


@pytest.mark.parametrize("hidden_units", [1, 3, 16])
def test_a_run_does_not_depend_on_its_neighbours(hidden_units: int) -> None:
    starts = (*ALL, *(Start("random", seed) for seed in range(40)))
    together = train(Config(starts, max_epochs=120, theta=0.02, hidden_units=hidden_units))
    assert len(set(together.last_epoch)) > 3  # some runs leave while others go on
    for run, start in enumerate(starts):
        alone = train(Config((start,), max_epochs=120, theta=0.02, hidden_units=hidden_units))
        assert same_bits(alone, 0, together, run), start


@pytest.mark.parametrize("hidden_units", [2, 5, 9, 16])
def test_hidden_units_that_start_equal_stay_equal_to_the_last_bit(hidden_units: int) -> None:
    history = train(Config((Start("same"),), theta=0, max_epochs=300, hidden_units=hidden_units))
    assert np.ptp(history.hidden, axis=1).max() == 0.0
    assert np.ptp(history.output[:, :, 1:], axis=2).max() == 0.0
    assert history.accuracy.max() <= MOST_SEPARABLE / 20


def test_two_random_hidden_units_exceed_the_limit_of_one() -> None:
    one = train(Config(tuple(Start("random", seed) for seed in range(40)), theta=0, max_epochs=300))
    two = train(Config(tuple(Start("random", seed) for seed in range(40)), theta=0, max_epochs=1000, hidden_units=2))
    assert one.accuracy.max() == MOST_SEPARABLE / 20
    assert (two.accuracy.max(axis=0) == 1).all()


def test_accuracy_and_error_are_taken_before_each_step() -> None:
    """With one sample, the recorded values are those of the initial weights."""
    one = Dataset(TWENTY.inputs[:1], TWENTY.labels[:1])
    history = train(Config((Start("random", 3),), max_epochs=1), one)
    output = forward(initial_weights("random", 3, 1, 3), list(one.inputs[0])).output[0]
    assert history.training_error[0, 0] == pytest.approx((output - A) ** 2, rel=1e-13)
    assert history.accuracy[0, 0] == float(output > 0)


def test_an_output_of_zero_is_wrong() -> None:
    one = Dataset(TWENTY.inputs[:1], TWENTY.labels[:1])
    assert train(Config((Start("zeros"),), max_epochs=1), one).accuracy[0, 0] == 0


def test_from_zeros_only_the_output_bias_changes() -> None:
    history = train(Config((Start("zeros"),), theta=0, max_epochs=50, hidden_units=4))
    assert not history.hidden.any()
    assert not history.output[:, 0, 1:].any()
    assert history.output[-1, 0, 0, 0] != 0


def test_the_recorded_gradient_is_the_mean_of_the_absolute_mean_derivatives() -> None:
    learning_rate = 1e-6  # so small that the weights hardly change during the epoch
    weights = starting_weights(Config((Start("random", 3),)), TWENTY).run(0)
    singles = [Dataset(TWENTY.inputs[[i]], TWENTY.labels[[i]]) for i in range(20)]
    means = [
        np.mean([central_differences(weights, name, single) for single in singles], axis=0)
        for name in ("hidden", "output")
    ]
    expected = np.abs(np.concatenate([mean.ravel() for mean in means])).mean()
    history = train(Config((Start("random", 3),), learning_rate=learning_rate, max_epochs=1))
    assert history.gradient[0, 0] == pytest.approx(expected, rel=1e-4)


@pytest.mark.parametrize("learning_rate", [100.0, 1000.0, LARGEST_LEARNING_RATE])
def test_a_diverging_run_records_its_epoch_and_keeps_its_history(learning_rate: float) -> None:
    history = train(Config(learning_rate=learning_rate))
    assert history.stops == (Stop.DIVERGED, Stop.DIVERGED)
    assert history.last_epoch == (1, 1)
    assert history.break_epoch(0) is None
    assert np.isfinite(history.training_error).all()
    assert np.isfinite(history.weights(0, 2).hidden).all()


def test_a_saturated_run_without_errors_has_not_diverged() -> None:
    one = Dataset(TWENTY.inputs[:1], TWENTY.labels[:1])
    history = train(Config((Start("random", 2),), learning_rate=1000.0, theta=0, max_epochs=5), one)
    assert history.stops == (Stop.MAX_EPOCHS,)


def test_after_its_stop_a_run_has_no_values_but_keeps_its_weights() -> None:
    history = train(Config())
    assert math.isnan(history.training_error[222, 0])
    assert math.isfinite(history.training_error[221, 0])
    assert np.array_equal(history.weights(0, 250).hidden, history.hidden[222, :, :, 0])
    assert not np.array_equal(history.hidden[222, :, :, 0], history.hidden[221, :, :, 0])


@given(
    starts=st.lists(
        st.builds(Start, st.sampled_from(sorted(INITIALIZERS)), st.integers(0, 2**53 - 1)), min_size=1, max_size=4
    ),
    order_seed=st.integers(0, 2**53 - 1),
    learning_rate=st.floats(math.log(SMALLEST_LEARNING_RATE), math.log(LARGEST_LEARNING_RATE)).map(math.exp),
    theta=st.one_of(st.just(0.0), st.floats(0, LARGEST_THETA)),
    max_epochs=st.integers(1, 30),
    hidden_units=st.integers(1, 6),
)
@settings(max_examples=150)
def test_any_valid_config_stops_by_its_last_epoch(
    starts: list[Start], order_seed: int, learning_rate: float, theta: float, max_epochs: int, hidden_units: int
) -> None:
    learning_rate = min(max(learning_rate, SMALLEST_LEARNING_RATE), LARGEST_LEARNING_RATE)
    history = train(Config(tuple(starts), order_seed, learning_rate, theta, max_epochs, hidden_units))
    assert 1 <= len(history.training_error) <= max_epochs
    for run, last in enumerate(history.last_epoch):
        assert (history.stops[run] is Stop.MAX_EPOCHS) <= (last == max_epochs - 1)
        assert np.isfinite(history.training_error[: last + 1, run]).all()
        assert np.isfinite(history.weights(run, last + 1).hidden).all()
        assert np.all((history.accuracy[: last + 1, run] >= 0) & (history.accuracy[: last + 1, run] <= 1))


def test_keep_drops_the_other_runs() -> None:
    config = Config(tuple(Start("random", seed) for seed in range(30)))
    start = starting_weights(config, TWENTY)
    batch = Batch(start, TWENTY, config.learning_rate)
    mask = np.arange(30) % 3 == 0
    batch.keep(mask)
    assert batch.runs == 10
    hidden, _ = batch.matrices(batch.weights)
    np.testing.assert_allclose(hidden, start.hidden[..., mask], rtol=1e-15)


def test_one_hidden_unit_reaches_16_of_20_and_never_exceeds_it() -> None:
    history = train(Config(tuple(Start("random", seed) for seed in range(200)), theta=0, max_epochs=300))
    assert np.nanmax(history.accuracy) == MOST_SEPARABLE / 20


def test_all_runs_take_the_samples_in_the_same_order() -> None:
    history = train(Config((Start("random", 5), Start("random", 5)), max_epochs=20))
    assert same_bits(history, 0, history, 1)
