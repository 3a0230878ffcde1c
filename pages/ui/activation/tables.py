"""The activation function as a table."""

import numpy as np
import pyarrow as pa

from tinynet.activations import A, activation


def curve(limit: float = 12.0) -> pa.Table:
    """f(net) for net from -limit to +limit."""
    net = np.linspace(-limit, limit, 121)
    return pa.table({"net": net, "f": activation(net)})


def limits() -> pa.Table:
    """The two limits ±a of f, with their names."""
    return pa.table({"f": [A, -A], "name": ["a", "−a"]})
