"""Regressions from zeros and from random weights, computed once for all viewers."""

import math
from itertools import islice

import numpy as np
import streamlit as st
from numpy.random import default_rng

from pages.ui.fair_lock import computing
from tinynet.arrays import Array
from tinynet.blas import one_thread_a_product
from tinynet.datasets import TWENTY
from tinynet.mnist import DIGITS, PIXELS, test_images, training_images
from tinynet.regression import MODELS, Step, Values, batches, descend, twenty_targets

RATES = {"linear": 0.1, "logistic": 0.5}
ITERATIONS = 200
BATCH = 1000
"""Images in a step of softmax regression."""
SOFTMAX_RATE = 0.5
SOFTMAX_ITERATIONS = 100
SEED = 1
"""Of the random weights that zeros are compared with."""


@st.cache_resource(max_entries=2, show_spinner=False)
def losses(model: str) -> Array:
    """The loss of linear or logistic regression on the 20 samples, (1 + iterations, 2), from zeros and from random."""
    drawn = default_rng(SEED).uniform(-1, 1, (1 + TWENTY.inputs.shape[1], 1))
    with computing().turn():
        runs = [_on_the_twenty(model, start) for start in (np.zeros_like(drawn), drawn)]
    return np.array([[step.loss for step in run] for run in runs]).T


def _on_the_twenty(model: str, start: Array) -> list[Step]:
    samples = batches(TWENTY.inputs, twenty_targets(model), len(TWENTY.labels))
    return list(islice(descend(MODELS[model], samples, start, RATES[model]), 1 + ITERATIONS))


@st.cache_resource(show_spinner=False)
def softmax() -> tuple[Array, list[float]]:
    """The loss of softmax regression on MNIST, (1 + iterations, 2), and both accuracies on the test images.

    The random weights are Glorot's, as small as 784 inputs ask for.
    """
    one_thread_a_product()
    bound = math.sqrt(6 / (PIXELS + DIGITS))
    drawn = default_rng(SEED).uniform(-bound, bound, (1 + PIXELS, DIGITS)).astype(np.float32)
    with computing().turn():
        runs = [_on_mnist(start) for start in (np.zeros_like(drawn), drawn)]
    return np.array([[step.loss for step in run] for run in runs]).T, [_accuracy(run[-1].weights) for run in runs]


def _on_mnist(start: Values) -> list[Step]:
    images = training_images()
    targets = np.eye(DIGITS, dtype=np.float32)[images.labels]
    steps = descend(MODELS["softmax"], batches(images.pixels, targets, BATCH), start, SOFTMAX_RATE)
    return list(islice(steps, 1 + SOFTMAX_ITERATIONS))


def _accuracy(weights: Values) -> float:
    images = test_images()
    answers = (images.pixels @ weights[1:] + weights[0]).argmax(axis=1)
    return float((answers == images.labels).mean())
