"""Why runs that are near the same minimum stop in the same epoch."""

from itertools import islice

import numpy as np

from tinynet.arrays import Array
from tinynet.backprop import Batch
from tinynet.config import Config
from tinynet.datasets import TWENTY
from tinynet.network import Weights
from tinynet.orders import sample_orders

EPOCHS_BACK = 4
"""From so many epochs on, where a run started can hardly be seen any more: a correlation of 0.99 and above."""


def gradients_from(weights: Weights, config: Config, epochs: range) -> Array:
    """The mean gradient of each of the `epochs`, if the last EPOCHS_BACK up to it started from these weights.

    The weights are those of one network, its matrices as a textbook prints them; gives (epochs,). All that differs from
    epoch to epoch is the order of the samples.
    """
    orders = list(islice(sample_orders(len(TWENTY.labels), config.order_seed), epochs.stop))
    ends = range(epochs.start + 1, epochs.stop + 1)
    return np.array([_gradient(weights, config, orders[max(end - EPOCHS_BACK, 0) : end]) for end in ends])


def _gradient(weights: Weights, config: Config, orders: list[list[int]]) -> float:
    """The mean gradient of the last of these epochs."""
    batch = Batch(Weights(weights.hidden[..., None], weights.output[..., None]), TWENTY, config.learning_rate)
    gradients = [batch.epoch(order).gradient for order in orders]
    return float(gradients[-1][0])
