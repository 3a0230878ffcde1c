"""From the weights of a run some epochs before, the order of the samples gives its gradient."""

import numpy as np
import pytest

from tinynet.config import Config, Start
from tinynet.microscope import EPOCHS_BACK, gradients_from
from tinynet.training import History, train

STARTS = (Start("random", 2), Start("random", 14), Start("random", 0), Start("same"))
"""Three runs that end in three minima, and that from the same value."""


@pytest.fixture(scope="module")
def unstopped() -> tuple[Config, History]:
    """Their history far beyond the epochs in which θ would stop them."""
    config = Config(STARTS, theta=0.0, max_epochs=360)
    return config, train(config)


@pytest.mark.parametrize("run", range(len(STARTS)))
@pytest.mark.parametrize("epoch", [0, 1, EPOCHS_BACK - 1, EPOCHS_BACK, 60, 149, 359])
def test_from_the_weights_that_a_run_has_some_epochs_before_its_gradient_follows(
    unstopped: tuple[Config, History], run: int, epoch: int
) -> None:
    """Exactly: the same steps are taken from the same weights, but for the rounding of how the engine holds them."""
    config, history = unstopped
    before = history.weights(run, max(epoch + 1 - EPOCHS_BACK, 0))
    followed = gradients_from(before, config, range(epoch, epoch + 1))
    assert followed == pytest.approx([history.gradient[epoch, run]], rel=1e-9, abs=0)


def test_each_epoch_is_followed_as_if_it_were_asked_for_alone(unstopped: tuple[Config, History]) -> None:
    config, history = unstopped
    weights = history.weights(0, 150)
    together = gradients_from(weights, config, range(2, 9))
    assert together.tolist() == [gradients_from(weights, config, range(at, at + 1))[0] for at in range(2, 9)]


@pytest.mark.parametrize("run", range(len(STARTS)))
def test_near_a_minimum_the_order_of_the_samples_alone_gives_the_gradient(
    unstopped: tuple[Config, History], run: int
) -> None:
    config, history = unstopped
    stop = int(np.flatnonzero(history.gradient[:, run] < 0.005)[0])
    following = range(stop + 1, stop + 61)
    followed = gradients_from(history.weights(run, stop + 1), config, following)
    recorded = history.gradient[following.start : following.stop, run]
    assert np.corrcoef(followed, recorded)[0, 1] > 0.99
