"""One run as a stand-alone Python script: a worked example to read, run and change."""

from dataclasses import replace
from string import Template

import numpy as np

from tinynet.activations import A
from tinynet.config import Config
from tinynet.datasets import TWENTY, Dataset
from tinynet.training import SATURATED, starting_weights

SAMPLES_A_LINE = 4
_TEXT = Template('''\
"""A $inputs-$units-1 network learns $count samples by stochastic backprop from the start "$init". Needs numpy alone."""

import json
import random

import numpy as np

a, b = $a, 2 / 3  # f(net) = a * tanh(b * net / 2), the activation, lies between -a and a
learning_rate, theta, most_epochs = $learning_rate, $theta, $most_epochs
table = np.array([  # a sample: its inputs, and 1 for the label a or -1 for -a
$samples
])
samples, labels = table[:, :-1], a * table[:, -1]
# where this run starts: a row for each unit, its bias first
hidden = np.array($hidden)
output = np.array($output)
order, rng, break_epoch = list(range($count)), random.Random($order_seed), None


def f(net):
    return a * np.tanh(b / 2 * net)


def slope(value):  # f'(net), from the value f(net)
    return b / (2 * a) * (a * a - value**2)


for epoch in range(most_epochs):
    # shuffled on from the order before, as Python 2 did: Python 3 would give another order from this seed
    for i in range($count - 1, 0, -1):
        j = int(rng.random() * (i + 1))
        order[i], order[j] = order[j], order[i]
    hidden_sum, output_sum, answers = 0.0, 0.0, np.empty($count)
    for sample in order:
        # forward: the leading 1 is what the bias is multiplied by
        x = np.array([1, *samples[sample]])
        h = np.array([1, *f((hidden * x).sum(axis=1))])
        o = f((output * h).sum())
        # backward, from the loss (o - y)^2: how it changes with each net, then with each weight
        delta_o = 2 * (o - labels[sample]) * slope(o)
        delta_h = delta_o * output[1:] * slope(h[1:])
        hidden_gradient, output_gradient = np.outer(delta_h, x), delta_o * h
        # update, after both gradients: that of the hidden weights needs the old output weights
        hidden -= learning_rate * hidden_gradient
        output -= learning_rate * output_gradient
        hidden_sum, output_sum = hidden_sum + hidden_gradient, output_sum + output_gradient
        answers[sample] = o
    error, accuracy = ((answers - labels) ** 2).mean(), (answers * labels > 0).mean()  # before each own step
    # diverged: no answer has any slope left to learn by, and some are wrong
    if (1 - (answers / a) ** 2 < $saturated).all() and (answers * labels <= 0).any():
        break
    # stop: averaged over the samples, the partial derivatives have a mean size below theta
    if np.abs([*hidden_sum.ravel(), *output_sum]).mean() / $count < theta:
        break_epoch = epoch
        break

print(json.dumps({"break_epoch": break_epoch, "training_error": error, "accuracy": accuracy,
                  "hidden": hidden.tolist(), "output": output.tolist()}))
''')


def script(config: Config, run: int, dataset: Dataset = TWENTY) -> str:
    """A script that trains run number `run` of `config` on a dataset with only numpy and the standard library.

    It prints one line of JSON: the break epoch (null if θ did not stop the run), the training error and the accuracy of
    the last epoch, and the final weights, `hidden` as rows and `output` as one row. They equal those of `train` up to
    rounding, because it sums in textbook order.
    """
    start = config.starts[run]
    weights = starting_weights(replace(config, starts=(start,)), dataset)
    return _TEXT.substitute(
        inputs=dataset.inputs.shape[1],
        units=config.hidden_units,
        count=len(dataset.labels),
        init=start.init,
        a=repr(A),
        learning_rate=repr(config.learning_rate),
        theta=repr(config.theta),
        most_epochs=config.max_epochs,
        order_seed=config.order_seed,
        saturated=repr(SATURATED),
        samples=_lines(dataset),
        hidden=weights.hidden[..., 0].tolist(),
        output=weights.output[0, :, 0].tolist(),
    )


def _lines(dataset: Dataset) -> str:
    """The samples as the items of a Python list, SAMPLES_A_LINE on each line."""
    signs = np.sign(dataset.labels).astype(int).tolist()
    rows = [repr([*row, sign]) for row, sign in zip(dataset.inputs.tolist(), signs, strict=True)]
    groups = [rows[first : first + SAMPLES_A_LINE] for first in range(0, len(rows), SAMPLES_A_LINE)]
    return "\n".join(f"    {', '.join(group)}," for group in groups)
