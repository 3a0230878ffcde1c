"""Why runs that are near the same minimum stop in the same epoch."""

from itertools import islice

import numpy as np

from tinynet.arrays import Array
from tinynet.backprop import Batch
from tinynet.config import Config
from tinynet.datasets import TWENTY
from tinynet.network import Weights
from tinynet.orders import sample_orders


def gradients_from(weights: Weights, config: Config, epochs: range) -> Array:
    """The mean gradient of each of the `epochs` of a run of `config`, if every epoch started from these weights.

    The weights of one network as in a textbook; gives (epochs,). All that differs is the order of the samples.
    """
    start = Weights(weights.hidden[..., None], weights.output[..., None])
    orders = islice(sample_orders(len(TWENTY.labels), config.order_seed), epochs.start, epochs.stop)
    return np.array([Batch(start, TWENTY, config.learning_rate).epoch(order)[2][0] for order in orders])
