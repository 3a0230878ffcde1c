"""MNIST with one hidden layer: the effect of each initialisation."""

import ctypes
import math
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tinynet import digits, digits_network, mnist
from tinynet.digits import DigitsConfig
from tinynet.digits_history import End, History, Recording, case, label_entropy, train
from tinynet.digits_network import ACTIVATIONS, Samples, blank, each_once, forward, network
from tinynet.network import Weights
from tinynet.symmetry import Case, different_units

FROZEN = ("tanh", "relu")


@pytest.mark.parametrize("activation", FROZEN)
def test_zeros_always_answer_one(activation: str) -> None:
    history = train(DigitsConfig("zeros", activation=activation))
    assert history.accuracy.tolist() == [0.0980] + [0.1135] * 100
    assert history.answers[0].tolist() == [10_000] + [0] * 9
    assert all(row.tolist() == [0, 10_000] + [0] * 8 for row in history.answers[1:])


@pytest.mark.parametrize("learning_rate", [1e-6, 5.0, 17.0])
def test_zeros_answer_one_up_to_a_learning_rate_of_17(learning_rate: float) -> None:
    history = train(DigitsConfig("zeros", learning_rate=learning_rate, iterations=1000))
    assert set(history.accuracy[1:]) == {0.1135}


def test_from_a_learning_rate_of_18_the_answer_of_zeros_changes() -> None:
    """The steps overshoot: 18 is above 2 / λ, λ the largest curvature of the loss over the ten biases."""
    shares = mnist.label_counts() / mnist.label_counts().sum()
    largest = np.linalg.eigvalsh(np.diag(shares) - np.outer(shares, shares)).max()
    assert 17 < 2 / largest < 19
    history = train(DigitsConfig("zeros", learning_rate=18.0))
    assert set(history.answers[1:].argmax(axis=1).tolist()) == {1, 7}


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        (DigitsConfig("zeros"), Case.FROZEN),
        (DigitsConfig("zeros", learning_rate=1000.0), Case.FROZEN),
        (DigitsConfig("zeros", activation="logistic"), Case.SYMMETRIC),
        (DigitsConfig("constant", constant=0.01), Case.SYMMETRIC),
        (DigitsConfig("constant", constant=1e-300, iterations=10), Case.SYMMETRIC),
        (DigitsConfig("constant"), Case.SATURATED),
        (DigitsConfig("constant", learning_rate=1000.0), Case.DIVERGED),
        (DigitsConfig("he"), Case.LEARNING),
        (DigitsConfig("he", learning_rate=1e-6, iterations=10), Case.DIFFERENT),
        (DigitsConfig("uniform", learning_rate=1000.0), Case.DIVERGED),
        (DigitsConfig("he", activation="relu", learning_rate=1e12), Case.DIVERGED),
    ],
)
def test_each_run_is_told_as_its_case(config: DigitsConfig, expected: Case) -> None:
    assert case(config, train(config)) is expected


def test_answering_every_image_alike_is_not_learning() -> None:
    """A large η kills all rectified units: the loss falls a long way, to that of a network that sees no image."""
    config = DigitsConfig("uniform", activation="relu", learning_rate=10.0)
    history = train(config)
    assert history.loss[-1] < history.loss[0] / 4
    assert np.count_nonzero(history.answers[-1]) == 1
    assert case(config, history) is Case.SATURATED


@pytest.mark.parametrize("activation", FROZEN)
def test_the_loss_from_zeros_falls_to_the_entropy_of_the_labels(activation: str) -> None:
    history = train(DigitsConfig("zeros", activation=activation))
    assert history.loss[0] == pytest.approx(math.log(10), abs=1e-12)
    assert f"{history.loss[0]:.6f}" == "2.302585"
    assert f"{history.loss[100]:.6f}" == f"{label_entropy():.6f}" == "2.301159"
    assert np.all(np.diff(history.loss) < 0)
    on_test = digits_network.gradient(network(history.final), blank(mnist.test_label_counts()), ACTIVATIONS[activation])
    assert f"{on_test.loss:.6f}" == "2.301020"


@pytest.mark.parametrize("activation", FROZEN)
def test_from_zeros_only_the_output_biases_change(activation: str) -> None:
    history = train(DigitsConfig("zeros", activation=activation))
    assert not history.hidden_gradient.any()
    assert not history.output_gradient.any()
    assert not history.final.hidden.any()
    assert not history.final.output[:, 1:].any()
    assert history.final.output[:, 0].all()


@pytest.mark.parametrize("activation", FROZEN)
def test_the_label_counts_give_the_same_run_as_all_images(activation: str) -> None:
    config = DigitsConfig("zeros", activation=activation, iterations=30)
    images = each_once(mnist.training_images()), each_once(mnist.test_images())
    counts = (
        blank(np.bincount(mnist.training_images().labels)),
        blank(mnist.test_label_counts()),
    )
    full, short = (record(config, *samples) for samples in (images, counts))
    assert np.array_equal(full.accuracy, short.accuracy)
    assert np.array_equal(full.answers, short.answers)
    assert full.loss == pytest.approx(short.loss, abs=1e-6)
    assert not full.hidden_gradient.any()
    assert not full.output_gradient.any()


def record(config: DigitsConfig, training: Samples, test: Samples) -> History:
    recording = Recording(config)
    for iteration in digits.iterations_on(config, training, test):
        recording.add(iteration)
    return recording.history(ended=True)


def test_a_run_from_zeros_reads_no_images(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise AssertionError("the label counts are enough")

    monkeypatch.setattr(digits, "training_images", refuse)
    monkeypatch.setattr(digits, "test_images", refuse)
    training, test = digits.data(DigitsConfig("zeros"))
    assert training.counts.tolist() == mnist.label_counts().tolist()
    assert test.counts.tolist() == mnist.test_label_counts().tolist()


def test_logistic_units_from_zeros_change_as_one() -> None:
    history = train(DigitsConfig("zeros", activation="logistic", iterations=20))
    assert history.hidden_gradient[0] == 0
    assert np.all(history.hidden_gradient[1:] > 0)
    assert not history.spread.any()
    assert different_units(history.final) == 1
    assert np.linalg.matrix_rank(history.final.hidden) == 1


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("hidden_units", [5, 61])
@pytest.mark.parametrize("start", [{"init": "zeros"}, {"init": "constant"}, {"init": "constant", "constant": 0.01}])
def test_units_that_start_equal_stay_equal_to_the_last_bit(
    activation: str, hidden_units: int, start: dict[str, Any]
) -> None:
    history = train(DigitsConfig(hidden_units=hidden_units, activation=activation, iterations=10, **start))
    assert history.spread.tolist() == [0.0] * 11
    assert different_units(history.final) == 1


@pytest.mark.parametrize(
    ("init", "activation"),
    [*((init, "tanh") for init in digits.VARIANCES), ("he", "relu"), ("uniform", "logistic")],
)
def test_random_weights_learn_in_one_epoch_of_mini_batches(init: str, activation: str) -> None:
    history = train(DigitsConfig(init, activation=activation))
    assert 0.6 < history.accuracy[-1] < 0.92
    assert history.accuracy[0] < 0.2
    assert history.spread.min() > 0.1
    assert different_units(history.final) == 16


@pytest.mark.parametrize(("init", "accuracy"), [("uniform", 0.74), ("he", 0.90)])
def test_random_weights_learn_with_the_full_batch(init: str, accuracy: float) -> None:
    history = train(DigitsConfig(init, full_batch=True))
    assert history.accuracy[-1] == pytest.approx(accuracy, abs=0.03)
    assert history.loss[-1] < history.loss[0] / 4


@pytest.mark.parametrize("activation", ["tanh", "logistic"])
def test_constant_one_half_looks_flat_because_it_saturates(activation: str) -> None:
    history = train(DigitsConfig("constant", activation=activation))
    assert history.hidden_gradient.max() < 1e-6
    assert history.accuracy.max() < 0.12


def test_constant_one_hundredth_shows_symmetry_alone() -> None:
    history = train(DigitsConfig("constant", constant=0.01))
    assert history.hidden_gradient[1:].min() > 1e-3
    assert 0.2 < history.accuracy[-1] < 0.4
    assert not history.spread.any()


def test_there_is_a_record_before_the_first_update_and_one_after_each() -> None:
    history = train(DigitsConfig("xavier", iterations=23))
    assert history.loss.shape == history.accuracy.shape == history.spread.shape == (24,)
    assert history.answers.shape == (24, 10)
    assert np.all(history.answers.sum(axis=1) == 10_000)
    assert history.initial.hidden.shape == history.final.hidden.shape == (16, 785)
    assert history.initial.output.shape == history.final.output.shape == (10, 17)
    assert history.end is End.ITERATIONS


def test_mini_batches_follow_the_training_set_and_start_over() -> None:
    history = train(DigitsConfig("he"))
    first = each_once(mnist.training_images()).part(slice(0, 100))
    for index, weights in ((0, history.initial), (100, history.final)):
        assert history.loss[index] == digits_network.gradient(network(weights), first, ACTIVATIONS["tanh"]).loss


def test_the_record_of_an_iteration_describes_its_own_weights() -> None:
    history = train(DigitsConfig("he", iterations=12))
    images = mnist.test_images()
    answers = digits_network.answer([network(history.final)], images.pixels, ACTIVATIONS["tanh"])[0]
    assert history.accuracy[-1] == pytest.approx((answers == images.labels).mean(), abs=2e-4)
    assert np.ptp(history.final.hidden, axis=0).max() == history.spread[-1]


def small_network(seed: int = 3) -> Weights:
    """A 4-5-10 network whose first, third and last hidden units are equal."""
    rng = np.random.default_rng(seed)
    weights = Weights(rng.normal(size=(5, 5)), rng.normal(size=(10, 6)))
    weights.hidden[[2, 4]] = weights.hidden[0]
    weights.output[:, [3, 5]] = weights.output[:, [1]]
    return weights


def small_samples(dtype: type[np.floating[Any]] = np.float64) -> Samples:
    rng = np.random.default_rng(4)
    return Samples(rng.uniform(size=(7, 4)).astype(dtype), rng.integers(0, 10, 7), np.array([1, 2, 1, 1, 5, 1, 3]))


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_the_gradient_agrees_with_central_differences(name: str) -> None:
    weights, samples = small_network(), small_samples()
    net = network(weights)
    computed = digits_network.gradient(net, samples, ACTIVATIONS[name])
    by_unit = {
        "hidden": computed.hidden[net.places],
        "output": computed.output[:, np.append(0, 1 + net.places)],
    }
    for layer, gradient in by_unit.items():
        for place in np.ndindex(gradient.shape):
            assert gradient[place] == pytest.approx(slope_at(weights, layer, place, samples, name), abs=1e-8)


def slope_at(weights: Weights, layer: str, place: tuple[int, ...], samples: Samples, name: str) -> float:
    step = 1e-6

    def loss(change: float) -> float:
        matrices = {"hidden": weights.hidden.copy(), "output": weights.output.copy()}
        matrices[layer][place] += change
        return digits_network.gradient(network(Weights(**matrices)), samples, ACTIVATIONS[name]).loss

    return (loss(step) - loss(-step)) / (2 * step)


def test_the_gradient_agrees_with_one_worked_by_hand() -> None:
    """One pixel 0.5, one ReLU unit with weight 2, one outgoing weight ln 2 to the output of the label 0."""
    output = np.zeros((10, 2))
    output[0, 1] = math.log(2)
    net = network(Weights(np.array([[0.0, 2.0]]), output))
    found = digits_network.gradient(net, Samples(np.array([[0.5]]), np.array([0]), np.array([1])), ACTIVATIONS["relu"])
    assert found.loss == pytest.approx(math.log(11 / 2))
    assert found.output == pytest.approx(np.outer([-9 / 11] + [1 / 11] * 9, [1, 1]))
    assert found.hidden == pytest.approx(np.array([[1, 0.5]]) * -9 / 11 * math.log(2))


def test_a_sample_that_counts_twice_is_two_samples() -> None:
    once = small_samples()
    pixels, labels = (np.repeat(part, once.counts, axis=0) for part in (once.pixels, once.labels))
    twice = Samples(pixels, labels, np.ones(14, np.int64))
    net = network(small_network())
    one, other = (digits_network.gradient(net, samples, ACTIVATIONS["tanh"]) for samples in (once, twice))
    assert one.loss == pytest.approx(other.loss)
    assert one.hidden == pytest.approx(other.hidden)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_images_set_the_precision(dtype: type[np.floating[Any]]) -> None:
    hidden, logits = forward([network(small_network())], small_samples(dtype).pixels, ACTIVATIONS["logistic"])
    assert hidden.dtype == logits.dtype == dtype


def test_equal_units_are_stored_once() -> None:
    weights = small_network()
    net = network(weights)
    assert net.places.tolist() == [0, 1, 0, 2, 0]
    assert net.multiplicity.tolist() == [3, 1, 1]
    assert np.array_equal(net.weights().hidden, weights.hidden)
    assert np.array_equal(net.weights().output, weights.output)


def test_units_with_different_outgoing_weights_are_different() -> None:
    assert network(Weights(np.zeros((3, 5)), small_network().output[:, :4])).places.tolist() == [0, 1, 0]
    assert network(Weights(np.zeros((2, 5)), small_network().output[:, :3])).places.tolist() == [0, 1]


def test_the_norm_of_a_gradient_counts_every_unit() -> None:
    config = DigitsConfig("constant", constant=0.01, hidden_units=4, iterations=1)
    few, many = (train(DigitsConfig("constant", constant=0.01, hidden_units=units, iterations=1)) for units in (4, 16))
    found = digits_network.gradient(
        network(few.initial),
        each_once(mnist.training_images()).part(slice(0, 100)),
        ACTIVATIONS[config.activation],
    )
    assert few.hidden_gradient[0] == pytest.approx(np.linalg.norm(found.hidden[:, 1:]) * 2, rel=1e-6)
    assert many.output_gradient[0] == pytest.approx(2 * few.output_gradient[0], rel=1e-5)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_a_slope_is_the_derivative_of_its_function(name: str) -> None:
    activation, nets, step = ACTIVATIONS[name], np.array([-30.0, -1.0, -0.2, 0.3, 2.0, 30.0]), 1e-6
    difference = (activation.function(nets + step) - activation.function(nets - step)) / (2 * step)
    assert activation.slope(activation.function(nets)) == pytest.approx(difference, abs=1e-8)


@pytest.mark.parametrize("init", digits.INITIALIZERS)
@pytest.mark.parametrize(("name", "rate"), [("relu", 10.0), *((name, 1e12) for name in ACTIVATIONS)])
def test_a_learning_rate_far_too_large_diverges_without_a_warning(name: str, init: str, rate: float) -> None:
    history = train(DigitsConfig(init, activation=name, learning_rate=rate, iterations=15))
    assert np.isfinite(history.loss).all()
    assert np.isfinite(history.final.hidden).all()
    assert (history.end is End.DIVERGED) == (len(history.loss) < 16)


def test_a_run_that_diverges_ends_with_its_last_finite_record() -> None:
    history = train(DigitsConfig("he", activation="relu", learning_rate=1e12))
    assert history.end is End.DIVERGED
    assert 0 < len(history.loss) < 101


def test_a_stopped_run_keeps_its_records() -> None:
    config = DigitsConfig("xavier")
    recording = Recording(config)
    for iteration in islice(digits.iterations(config), 7):
        recording.add(iteration)
    history = recording.history(ended=False)
    assert history.end is End.STOPPED
    assert np.array_equal(history.loss, train(DigitsConfig("xavier", iterations=6)).loss)


@pytest.mark.parametrize(("init", "variance"), [("uniform", 1 / 3), ("xavier", 2 / 800), ("he", 2 / 784)])
def test_the_hidden_weights_have_the_variance_of_their_method(init: str, variance: float) -> None:
    assert digits.VARIANCES[init](784, 16) == pytest.approx(variance)
    hidden = digits.initial_weights(DigitsConfig(init)).hidden
    assert hidden[:, 1:].var() == pytest.approx(variance, rel=0.03)
    assert np.abs(hidden).max() <= math.sqrt(3 * variance)
    assert hidden[:, 0].any() == (init == "uniform")


@pytest.mark.parametrize("init", digits.INITIALIZERS)
def test_the_seed_matters_only_to_methods_that_draw(init: str) -> None:
    one, other = (digits.initial_weights(DigitsConfig(init, seed=seed)).hidden for seed in (1, 2))
    assert np.array_equal(one, other) == (init not in digits.VARIANCES)
    assert (DigitsConfig(init, seed=1) == DigitsConfig(init, seed=2)) == (init not in digits.VARIANCES)


def test_settings_without_effect_do_not_make_runs_different() -> None:
    assert DigitsConfig("zeros") == DigitsConfig("zeros", seed=7, constant=3.0, full_batch=True)
    assert hash(DigitsConfig("he")) == hash(DigitsConfig("he", constant=3.0))
    assert DigitsConfig("constant") != DigitsConfig("constant", constant=0.01)
    assert DigitsConfig("he") != DigitsConfig("he", full_batch=True)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"init": "lecun"}, "initialisation must be one of zeros, constant, uniform, xavier, he, received 'lecun'"),
        ({"hidden_units": 3}, "hidden units must be a whole number from 4 to 64, received 3"),
        ({"hidden_units": 16.5}, "hidden units must be a whole number from 4 to 64, received 16.5"),
        ({"activation": "sine"}, "activation must be one of tanh, relu, logistic, received 'sine'"),
        ({"learning_rate": -0.1}, "learning rate must be above 0, received -0.1"),
        ({"learning_rate": math.nan}, "learning rate must be above 0, received nan"),
        ({"iterations": 0}, "iterations must be a whole number from 1 to 1000, received 0"),
        ({"seed": -1}, "seed must be a whole number from 0 to 9007199254740991, received -1"),
        ({"constant": math.inf}, "constant must be a number from -1000 to 1000, received inf"),
    ],
)
def test_settings_that_cannot_be_trained_are_refused_in_the_users_words(settings: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=f"^{message.replace('.', '[.]')}$"):
        DigitsConfig(**{"init": "he", **settings})


def test_products_use_one_thread_if_numpy_has_its_own_blas() -> None:
    place = Path(np.__file__).parents[1] / "numpy.libs"
    assert mnist.one_thread_a_product() == len(list(place.glob("*openblas*")))
    for file in place.glob("*openblas*"):
        assert ctypes.CDLL(str(file)).scipy_openblas_get_num_threads64_() == 1
