"""The baseline of the benchmarks, written without the algebra of the core, gives the same numbers."""

from itertools import islice

import numpy as np
import pytest

from tests.benchmarks import baseline
from tests.runs import initial_weights
from tinynet import regions
from tinynet.config import Config, Start
from tinynet.datasets import TWENTY
from tinynet.orders import sample_orders
from tinynet.published import ORDER_SEED, RESULTS, Result
from tinynet.training import train


@pytest.mark.parametrize("result", RESULTS, ids=lambda result: f"{result.init} {result.init_seed}")
def test_both_stop_in_the_published_epoch_with_the_same_history(result: Result) -> None:
    start = Start(result.init, result.init_seed or 0)
    config = Config(starts=(start,), order_seed=ORDER_SEED)
    weights = initial_weights(start.init, 3, 1, start.seed)
    network = baseline.Network(weights.hidden, weights.output[0])
    orders = list(islice(sample_orders(20, ORDER_SEED), config.max_epochs))
    record = baseline.train_epochs(network, TWENTY.inputs, TWENTY.labels, orders, config.learning_rate, config.theta)

    history = train(config)

    assert len(record.gradient) - 1 == history.break_epoch(0) == result.break_epoch
    np.testing.assert_allclose(history.training_error[:, 0], record.training_error, rtol=0, atol=1e-12)
    np.testing.assert_allclose(history.gradient[:, 0], record.gradient, rtol=0, atol=1e-12)
    assert history.accuracy[:, 0].tolist() == record.accuracy
    final = history.weights(0, len(record.gradient))
    np.testing.assert_allclose(final.hidden, network.hidden, rtol=0, atol=1e-12)
    np.testing.assert_allclose(final.output, [network.output], rtol=0, atol=1e-12)


@pytest.mark.parametrize("preset", sorted(regions.PRESETS))
def test_both_give_the_same_grid(preset: str) -> None:
    weights = regions.PRESETS[preset]
    expected = baseline.grid(baseline.Network(weights.hidden, weights.output[0]))
    np.testing.assert_allclose(regions.decide(weights).output, expected, rtol=0, atol=1e-12)
