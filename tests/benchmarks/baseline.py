"""The exercise as it is usually written: numpy, one sample and one point of the grid at a time.

The speed of the core is measured against it, and it is a third way to the same numbers: it shares no code with the
core, forms the logistic function and its derivative as the exercise states them, and adds the gradients up step by
step. Its one economy is that the way forward that judges a sample also serves its step.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

A = 1.716
B = 2.0 / 3.0


def activation(net: Array) -> Array:
    """2a / (1 + e^(-b·net)) - a."""
    return 2 * A / (1 + np.exp(-B * net)) - A


def derivative(net: Array) -> Array:
    """2ab·k·(1 - k) with k = 1 / (1 + e^(-b·net))."""
    k = 1 / (1 + np.exp(-B * net))
    return 2 * A * B * k * (1 - k)


@dataclass
class Network:
    """A network of one hidden layer and one output, with what its last way forward left for the way back.

    `hidden` is (hidden units, 1 + inputs), `output` (1 + hidden units,), the bias first.
    """

    hidden: Array
    output: Array

    def forward(self, sample: Array) -> float:
        """The output for one sample."""
        self.sample = np.insert(sample, 0, 1)
        self.hidden_net = np.dot(self.hidden, self.sample)
        self.hidden_value = np.insert(activation(self.hidden_net), 0, 1)
        self.output_net = np.dot(self.output, self.hidden_value)
        self.value = float(activation(self.output_net))
        return self.value

    def step(self, label: float, learning_rate: float) -> Array:
        """Descend along the gradient of (o - y)² at the sample of the last way forward; gives that gradient."""
        delta = 2 * (self.value - label) * derivative(self.output_net)
        output_gradient = delta * self.hidden_value
        hidden_delta = delta * self.output[1:] * derivative(self.hidden_net)
        hidden_gradient = np.outer(hidden_delta, self.sample)
        self.output = self.output - learning_rate * output_gradient
        self.hidden = self.hidden - learning_rate * hidden_gradient
        return np.append(hidden_gradient, output_gradient)


@dataclass
class Record:
    """What is noted after each epoch."""

    training_error: list[float] = field(default_factory=list)
    accuracy: list[float] = field(default_factory=list)
    gradient: list[float] = field(default_factory=list)


def train_epochs(
    network: Network, inputs: Array, labels: Array, orders: list[list[int]], learning_rate: float, theta: float
) -> Record:
    """Train with one epoch for each of `orders`, or until the mean absolute gradient is below `theta`."""
    record = Record()
    for order in orders:
        errors, right, gradients = [], [], []
        for index in order:
            value = network.forward(inputs[index])
            errors.append((value - labels[index]) ** 2)
            right.append(np.sign(value) == np.sign(labels[index]))
            gradients.append(network.step(labels[index], learning_rate))
        record.training_error.append(float(np.mean(errors)))
        record.accuracy.append(float(np.mean(right)))
        record.gradient.append(float(np.absolute(np.mean(gradients, axis=0)).mean()))
        if record.gradient[-1] < theta:
            break
    return record


def grid(network: Network) -> Array:
    """The output at the 100 × 100 points of the exercise, x1 slowest."""
    outputs = np.empty((100, 100))
    for i in range(100):
        for j in range(100):
            outputs[i, j] = network.forward(np.array([-5.0 + i * 0.1, -5.0 + j * 0.1]))
    return outputs
