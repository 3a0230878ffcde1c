"""The forward pass of a network, and the weights that are refused."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinynet.activations import A, B, activation, slope
from tinynet.network import LARGEST_WEIGHT, Weights, forward
from tinynet.regions import CELLS, PRESETS, from_cells

FINITE = st.floats(-LARGEST_WEIGHT, LARGEST_WEIGHT)


def printed_activation(net: float) -> float:
    """The activation as the document prints it."""
    return 2 * A / (1 + math.exp(-B * net)) - A


@pytest.mark.parametrize("net", [-40.0, -1.5, -1e-9, 0.0, 0.3, 7.0])
def test_the_activation_equals_the_printed_formula(net: float) -> None:
    assert float(activation(net)) == pytest.approx(printed_activation(net), abs=1e-15)


def test_the_slope_is_the_derivative_of_the_activation() -> None:
    net = np.linspace(-6, 6, 25)
    difference = (activation(net + 1e-6) - activation(net - 1e-6)) / 2e-6
    np.testing.assert_allclose(slope(activation(net)), difference, atol=1e-9)


def test_a_point_worked_by_hand() -> None:
    """Preset (a) at (1, 2): net of h1 is 0.5 + 0.3·1 - 0.1·2 = 0.6, net of h2 is -0.5 - 0.4·1 + 1·2 = 1.1."""
    result = forward(PRESETS["a"], [1.0, 2.0])
    h1, h2 = printed_activation(0.6), printed_activation(1.1)
    np.testing.assert_allclose(result.hidden_net, [0.6, 1.1])
    np.testing.assert_allclose(result.hidden, [h1, h2])
    np.testing.assert_allclose(result.output, [printed_activation(1.0 - 2.0 * h1 + 0.5 * h2)])


def test_a_grid_gives_the_same_bits_as_its_points() -> None:
    values = np.array([-5.0, 0.1, 4.9])
    grid = forward(PRESETS["b"], [values[:, None], values[None, :]]).output[0]
    points = [[float(forward(PRESETS["b"], [x1, x2]).output[0]) for x2 in values] for x1 in values]
    assert grid.tolist() == points


@pytest.mark.filterwarnings("error")
@given(st.lists(FINITE, min_size=9, max_size=9), st.floats(-5, 5), st.floats(-5, 5))
def test_any_usable_weights_give_outputs_within_the_limits_without_a_warning(
    flat: list[float], x1: float, x2: float
) -> None:
    result = forward(from_cells(dict(zip(CELLS, flat, strict=True))), [x1, x2])
    assert np.all(np.abs(result.hidden) <= A)
    assert np.all(np.abs(result.output) <= A)


@pytest.mark.parametrize(
    ("hidden", "output", "message"),
    [
        ([[0.5, float("nan")]], [[0.0, 1.0]], "hidden weight 1,1 must be between -1e.300 and 1e.300, received nan"),
        ([[0.5, 0.1]], [[0.0, float("inf")]], "output weight 1,1 .* received inf"),
        ([[0.5, 1e301]], [[0.0, 1.0]], "received 1e.301"),
        ([[0.5, 0.1]], [[0.0, 1.0, 2.0]], "output weights must have 2 columns .* received 3"),
        ([0.5, 0.1], [[0.0, 1.0]], "shape"),
        ([[0.5, 0.1], [0.5]], [[0.0, 1.0]], "rows of numbers of equal length"),
        ([["x", 0.1]], [[0.0, 1.0]], "rows of numbers"),
    ],
)
def test_unusable_weights_are_refused(hidden: list[list[float]], output: list[list[float]], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Weights(hidden, output)  # type: ignore[arg-type]  # as a caller without a type checker would
