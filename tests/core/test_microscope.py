"""One step by the chain rule, compared with a derivation by hand, central differences, the engine and whole epochs."""

import math
import re
from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tests.runs import initial_weights
from tinynet import microscope
from tinynet.activations import A, B
from tinynet.arrays import Array
from tinynet.backprop import Batch
from tinynet.config import Config, Start
from tinynet.datasets import TWENTY, Dataset
from tinynet.network import Weights
from tinynet.orders import sample_orders
from tinynet.published import COMPARED
from tinynet.training import History, Stop, train

CONFIG = Config(tuple(Start(init, 6875673) for init in COMPARED), max_epochs=250)


@pytest.fixture(scope="module")
def history() -> History:
    """One run per initialisation of problem 2, in the order of COMPARED; θ stops some of them."""
    return train(CONFIG)


def matrices(hidden_units: int, size: float) -> st.SearchStrategy[Weights]:
    """Weights of a network with three inputs, each within ±size."""
    numbers = st.floats(-size, size)
    return st.builds(
        Weights,
        arrays(np.float64, (hidden_units, 4), elements=numbers),
        arrays(np.float64, (1, 1 + hidden_units), elements=numbers),
    )


weights_of_any_network = st.sampled_from([1, 2, 5]).flatmap(lambda units: matrices(units, 3.0))
samples = st.integers(0, 19)


def engine_step(weights: Weights, sample: int, learning_rate: float) -> Weights:
    """The weights after one step of the engine."""
    one = Dataset(TWENTY.inputs[[sample]], TWENTY.labels[[sample]])
    batch = Batch.of_one(weights, one, learning_rate)
    batch.epoch([0])
    return batch.run(0)


def assert_equal_weights(one: Weights, other: Weights, tolerance: float = 1e-12) -> None:
    np.testing.assert_allclose(one.hidden, other.hidden, rtol=tolerance, atol=tolerance)
    np.testing.assert_allclose(one.output, other.output, rtol=tolerance, atol=tolerance)


def test_a_step_worked_by_hand() -> None:
    """w⁽¹⁾ = (0.1, 0.2, -0.3, 0.4), w⁽²⁾ = (0.3, -0.6), x = (1, -1, 2), y = -a, η = 0.5: one line per formula."""
    weights = Weights(np.array([[0.1, 0.2, -0.3, 0.4]]), np.array([[0.3, -0.6]]))
    taken = microscope.step(weights, 0, 0.5, Dataset(np.array([[1.0, -1.0, 2.0]]), np.array([-A])))

    net_h = 0.1 + 0.2 * 1 + -0.3 * -1 + 0.4 * 2  # 1.4
    h = 2 * A / (1 + math.exp(-B * net_h)) - A  # 0.7473
    net_o = 0.3 + -0.6 * h  # -0.1484
    o = 2 * A / (1 + math.exp(-B * net_o)) - A  # -0.0848
    assert [taken.forward.hidden_net.item(), taken.forward.hidden.item()] == pytest.approx([net_h, h], rel=1e-14)
    assert [taken.forward.output_net.item(), taken.forward.output.item()] == pytest.approx([net_o, o], rel=1e-14)
    assert taken.loss == pytest.approx((o + A) ** 2, rel=1e-14)

    error_slope = 2 * (o + A)  # 3.2624
    output_slope = B / (2 * A) * (A**2 - o**2)  # 0.5706
    hidden_slope = B / (2 * A) * (A**2 - h**2)  # 0.4635
    assert [taken.error_slope, taken.output_slope] == pytest.approx([error_slope, output_slope], rel=1e-14)
    assert taken.hidden_slope == pytest.approx([hidden_slope], rel=1e-14)
    delta_o = error_slope * output_slope  # 1.8615
    delta_h = error_slope * output_slope * -0.6 * hidden_slope  # -0.5177
    assert taken.output_delta == pytest.approx(delta_o, rel=1e-14)
    assert taken.hidden_delta == pytest.approx([delta_h], rel=1e-14)

    assert taken.gradient.output[0] == pytest.approx([delta_o, delta_o * h], rel=1e-14)
    assert taken.gradient.hidden[0] == pytest.approx([delta_h, delta_h * 1, delta_h * -1, delta_h * 2], rel=1e-14)
    assert taken.change.output[0] == pytest.approx([-0.5 * delta_o, -0.5 * delta_o * h], rel=1e-14)
    assert taken.after.output[0] == pytest.approx([0.3 - 0.5 * delta_o, -0.6 - 0.5 * delta_o * h], rel=1e-14)
    assert taken.after.hidden[0] == pytest.approx(
        [0.1 - 0.5 * delta_h, 0.2 - 0.5 * delta_h, -0.3 + 0.5 * delta_h, 0.4 - delta_h], rel=1e-14
    )
    on_paper = [0.7473, -0.1484, -0.0848, 3.2624, 0.5706, 0.4635, 1.8615, -0.5177]
    assert [h, net_o, o, error_slope, output_slope, hidden_slope, delta_o, delta_h] == pytest.approx(on_paper, abs=1e-4)


@given(weights_of_any_network, samples)
def test_central_differences_give_the_gradient_of_the_chain_rule(weights: Weights, sample: int) -> None:
    gradient = microscope.step(weights, sample, 0.1).gradient
    differences = microscope.central_differences(weights, sample)
    for layer, other in zip(gradient, differences, strict=True):
        assert layer.shape == other.shape
        np.testing.assert_allclose(other, layer, rtol=1e-6, atol=1e-8)


@pytest.mark.parametrize("size", [1e-6, 1.0, 1e3, 1e6])
def test_central_differences_shift_a_large_weight_further(size: float) -> None:
    """A weight of 10⁶ on an input of 10⁻⁶ has the same effect as a weight of 1 on an input of 1."""
    plain = Weights(np.array([[0.1, 0.7, 0.2, -0.4]]), np.array([[0.2, 0.5]]))
    scaled = Weights(plain.hidden * [1, size, 1, 1], plain.output)
    data = Dataset(np.array([[1 / size, 1.0, -1.0]]), np.array([A]))
    exact = microscope.step(scaled, 0, 0.1, data).gradient.hidden
    assert microscope.central_differences(scaled, 0, data).hidden == pytest.approx(exact, rel=1e-6 * max(1, 1 / size))


@given(weights_of_any_network, samples, st.floats(1e-3, 2.0))
def test_a_step_agrees_with_the_engine(weights: Weights, sample: int, learning_rate: float) -> None:
    after = microscope.step(weights, sample, learning_rate).after
    assert_equal_weights(after, engine_step(weights, sample, learning_rate))


@pytest.mark.parametrize("run", range(len(COMPARED)), ids=COMPARED)
def test_the_steps_of_an_epoch_lead_to_the_weights_of_the_history(history: History, run: int) -> None:
    for epoch in (0, 1, history.last_epoch[run] // 2, history.last_epoch[run]):
        after = microscope.weights_at(history, CONFIG, run, epoch, 20)
        assert_equal_weights(after, history.weights(run, epoch + 1))


@pytest.mark.parametrize("run", range(len(COMPARED)), ids=COMPARED)
def test_the_steps_of_an_epoch_one_by_one_lead_to_the_weights_of_the_history(history: History, run: int) -> None:
    for epoch in (0, 2):
        steps = [microscope.step_of(history, CONFIG, run, epoch, number) for number in range(1, 21)]
        assert [step.sample for step in steps] == microscope.order_of(CONFIG, epoch)
        for step, following in pairwise(steps):
            assert_equal_weights(step.after, following.before)
        assert_equal_weights(steps[0].before, history.weights(run, epoch))
        assert_equal_weights(steps[-1].after, history.weights(run, epoch + 1))


def test_before_its_first_step_an_epoch_has_the_weights_of_the_history(history: History) -> None:
    for epochs_done in (0, 7, history.last_epoch[0] + 1):
        weights = microscope.weights_at(history, CONFIG, 0, epochs_done, 0)
        assert np.array_equal(weights.hidden, history.weights(0, epochs_done).hidden)


@pytest.mark.parametrize("epoch", [0, 1, 5])
def test_the_order_belongs_to_the_epoch(epoch: int) -> None:
    orders = sample_orders(20, CONFIG.order_seed)
    assert microscope.order_of(CONFIG, epoch) == [next(orders) for _ in range(epoch + 1)][epoch]


@pytest.mark.parametrize("sample", range(20))
@pytest.mark.parametrize("hidden_units", [1, 3])
def test_from_zeros_the_gradient_of_the_hidden_layer_is_exactly_zero(hidden_units: int, sample: int) -> None:
    weights = initial_weights("zeros", 3, hidden_units, 0)
    for gradient in (microscope.step(weights, sample, 0.1).gradient, microscope.central_differences(weights, sample)):
        assert not gradient.hidden.any()
        assert not gradient.output[0, 1:].any()
        assert gradient.output[0, 0] != 0


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (0.0, 0.0, 0.0),
        (2.0, 2.0, 0.0),
        (2.0, 1.0, 0.5),
        (-1.0, 2.0, 1.5),
        (1.0, -1.0, 2.0),
        (1e-9, 0.0, 0.1),
        (1e-300, -1e-300, 2e-292),
    ],
)
def test_the_relative_error_is_the_difference_over_the_larger_value(one: float, other: float, expected: float) -> None:
    both: tuple[Array, Array] = (np.array([one, 1.0]), np.array([other, 1.0]))
    assert microscope.relative_error(*both) == pytest.approx([expected, 0.0], rel=1e-12, abs=0)
    assert np.array_equal(microscope.relative_error(*both), microscope.relative_error(*reversed(both)))


def test_a_run_that_has_stopped_has_no_further_step(history: History) -> None:
    last = history.last_epoch[0]
    assert history.stops[0] is Stop.THETA
    assert last + 1 < len(history.gradient)
    with pytest.raises(ValueError, match=f"^this run ended after epoch {last}, and epoch {last + 1} has no steps$"):
        microscope.weights_at(history, CONFIG, 0, last + 1, 1)
    with pytest.raises(ValueError, match=f"^epochs done by this run must be a whole number from 0 to {last + 1}, "):
        microscope.weights_at(history, CONFIG, 0, last + 2, 0)
    with pytest.raises(ValueError, match=f"^epoch of this run must be a whole number from 0 to {last}, received 249$"):
        microscope.step_of(history, CONFIG, 0, 249, 1)


REFUSED: dict[str, Callable[[History, Weights], object]] = {
    "step must be a whole number from 1 to 20, received 0": lambda h, w: microscope.step_of(h, CONFIG, 0, 0, 0),
    "step must be a whole number from 1 to 20, received 21": lambda h, w: microscope.step_of(h, CONFIG, 0, 0, 21),
    "steps must be a whole number from 0 to 20, received 21": lambda h, w: microscope.weights_at(h, CONFIG, 0, 0, 21),
    "epoch must be a whole number from 0 to 249, received 250": lambda h, w: microscope.order_of(CONFIG, 250),
    "sample must be a whole number from 0 to 19, received -1": lambda h, w: microscope.step(w, -1, 0.1),
    "sample must be a whole number from 0 to 19, received 20": lambda h, w: microscope.central_differences(w, 20),
    "learning rate must be above 0, received -0.1": lambda h, w: microscope.step(w, 0, -0.1),
}


@pytest.mark.parametrize("message", REFUSED)
def test_steps_and_samples_that_do_not_exist_are_refused_in_words(history: History, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        REFUSED[message](history, history.weights(0, 0))
