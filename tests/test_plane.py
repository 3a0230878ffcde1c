"""The 20 samples as the output unit sees them."""

import numpy as np
import pytest

from pages.ui.frames import plane
from pages.ui.frames.training import answers
from tinynet.config import Config
from tinynet.datasets import TWENTY
from tinynet.network import Weights, forward
from tinynet.training import train

HISTORY = train(Config())


@pytest.mark.parametrize("done", [0, 1, 40, 222])
@pytest.mark.parametrize("run", [0, 1])
def test_each_sample_lies_where_the_network_puts_it(run: int, done: int) -> None:
    weights = HISTORY.weights(run, done)
    points = plane.datasets(weights)["points"].to_pylist()
    assert [point["o"] for point in points] == answers(HISTORY, run, done).tolist()
    assert [point["h"] for point in points] == forward(weights, list(TWENTY.inputs.T)).hidden[0].tolist()
    assert [point["right"] for point in points] == (answers(HISTORY, run, done) * TWENTY.labels > 0).tolist()


def test_every_sample_lies_on_the_curve() -> None:
    tables = plane.datasets(HISTORY.weights(0, 222))
    curve = [tables["curve"][name].to_numpy() for name in ("h", "o")]
    for point in tables["points"].to_pylist():
        assert np.interp(point["h"], *curve) == pytest.approx(point["o"], abs=2e-3)


@pytest.mark.parametrize("done", [0, 5, 40, 222])
def test_every_wrong_sample_is_named_once_and_no_other(done: int) -> None:
    points = plane.datasets(HISTORY.weights(1, done))["points"].to_pylist()
    named = [int(number) for point in points for number in point["words"].split(", ") if number]
    assert sorted(named) == [point["sample"] for point in points if not point["right"]]
    assert not any(point["words"] for point in points if point["right"])


def test_samples_that_lie_together_share_a_name() -> None:
    """All weights zero: all samples lie in one place, and all are wrong."""
    points = plane.datasets(Weights(np.zeros((1, 4)), np.zeros((1, 2))))["points"].to_pylist()
    assert [point["words"] for point in points if point["words"]] == [", ".join(map(str, range(1, 21)))]
