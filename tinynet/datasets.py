"""The 20 samples of problem 2."""

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from tinynet.activations import A
from tinynet.arrays import Array


@dataclass(frozen=True, eq=False)
class Dataset:
    """`inputs` (samples, inputs) and `labels` (samples,): +1.716 or -1.716, the limits of the activation."""

    inputs: Array
    labels: Array


_FIRST_CLASS = [
    [0.28, 1.31, -6.2],
    [0.07, 0.58, -0.78],
    [1.54, 2.01, -1.63],
    [-0.44, 1.18, -4.32],
    [-0.81, 0.21, 5.73],
    [1.52, 3.16, 2.77],
    [2.20, 2.42, -0.19],
    [0.91, 1.94, 6.21],
    [0.65, 1.93, 4.38],
    [-0.26, 0.82, -0.96],
]
_SECOND_CLASS = [
    [0.011, 1.03, -0.21],
    [1.27, 1.28, 0.08],
    [0.13, 3.12, 0.16],
    [-0.21, 1.23, -0.11],
    [-2.18, 1.39, -0.19],
    [0.34, 1.96, -0.16],
    [-1.38, 0.94, 0.45],
    [-0.12, 0.82, 0.17],
    [-1.44, 2.31, 0.14],
    [0.26, 1.94, 0.08],
]

TWENTY = Dataset(np.array(_FIRST_CLASS + _SECOND_CLASS), np.array([A] * 10 + [-A] * 10))
"""Two classes of ten samples with three inputs each, in the order of the exercise."""

MOST_SEPARABLE = 16
"""No plane has more of the 20 samples on the side of their class, and one hidden unit gives one plane."""


def most_separable(dataset: Dataset) -> int:
    """The most samples that one plane can have on the side of their class, for samples of which no four are coplanar.

    A best plane can be moved until it goes through three samples without another changing sides, and a small tilt puts
    each of these three on either side. So it is enough to try the planes through any three. `dataset` has three inputs.
    """
    threes = np.array(list(combinations(range(len(dataset.labels)), 3)))
    first, second, third = dataset.inputs[threes].transpose(1, 0, 2)
    normals = np.cross(second - first, third - first)
    sides = np.sign((dataset.inputs - first[:, None]) @ normals[:, :, None])[..., 0] * np.sign(dataset.labels)
    np.put_along_axis(sides, threes, 0, axis=1)
    return 3 + int(max((sides > 0).sum(axis=1).max(), (sides < 0).sum(axis=1).max()))
