"""The decision regions of problem 1."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinynet.activations import A
from tinynet.network import LARGEST_WEIGHT, Weights, forward
from tinynet.regions import CELLS, PRESETS, axis, cells, decide, draw, from_cells

WEIGHT = st.one_of(st.floats(-LARGEST_WEIGHT, LARGEST_WEIGHT), st.floats(-10, 10), st.just(0.0))


@pytest.mark.parametrize(("preset", "positive", "negative"), [("a", 5866, 4134), ("b", 6615, 3385)])
def test_the_counts_of_the_exercise(preset: str, positive: int, negative: int) -> None:
    regions = decide(PRESETS[preset])
    assert (regions.positive, regions.negative) == (positive, negative)


def test_the_axis_starts_at_minus_five_and_ends_before_five() -> None:
    assert len(axis()) == 100
    assert axis()[0] == -5.0
    assert axis()[-1] == pytest.approx(4.9)


def test_x1_is_the_first_axis_of_the_grid() -> None:
    regions = decide(PRESETS["a"])
    point = forward(PRESETS["a"], [axis()[7], axis()[60]])
    assert regions.output[7, 60] == point.output[0]
    assert regions.hidden[:, 7, 60].tolist() == point.hidden.tolist()


def test_zero_counts_as_positive() -> None:
    assert decide(Weights(np.zeros((2, 3)), np.zeros((1, 3)))).positive == 10_000


@pytest.mark.filterwarnings("error")
@given(st.lists(WEIGHT, min_size=9, max_size=9))
def test_any_finite_weights_have_regions(flat: list[float]) -> None:
    weights = from_cells(dict(zip(CELLS, flat, strict=True)))
    regions = decide(weights)
    assert np.all(np.abs(regions.output) <= A)
    assert regions.positive + regions.negative == 10_000


def test_a_network_of_another_shape_is_refused() -> None:
    with pytest.raises(ValueError, match=r"received \(1, 3\) and \(1, 2\)"):
        decide(Weights(np.zeros((1, 3)), np.zeros((1, 2))))


def test_cells_and_weights_convert_to_each_other() -> None:
    assert cells(PRESETS["a"]) == dict(zip(CELLS, [0.5, 0.3, -0.1, -0.5, -0.4, 1.0, 1.0, -2.0, 0.5], strict=True))
    assert cells(from_cells(cells(PRESETS["b"]))) == cells(PRESETS["b"])


def test_a_draw_depends_on_its_seed_alone() -> None:
    assert cells(draw(7)) == cells(draw(7))
    assert cells(draw(7)) != cells(draw(8))
    assert all(abs(weight) <= 2 for weight in cells(draw(7)).values())
