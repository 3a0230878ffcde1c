"""At the ends of what can be entered there is a result or a plain refusal, and never a warning.

Warnings are errors in every test.
"""

import re
from itertools import pairwise

import numpy as np
import pytest

from tinynet import microscope
from tinynet.config import LARGEST_LEARNING_RATE, SMALLEST_LEARNING_RATE
from tinynet.network import LARGEST_WEIGHT, Weights

WEIGHTS = (0.0, 1.0, 1e-300, 5e-324, LARGEST_WEIGHT)


@pytest.mark.parametrize("rate", [SMALLEST_LEARNING_RATE, 1.0, LARGEST_LEARNING_RATE])
@pytest.mark.parametrize(
    "row", [*pairwise([*WEIGHTS, *(-weight for weight in WEIGHTS)]), (LARGEST_WEIGHT,) * 2], ids=str
)
def test_a_step_from_extreme_weights_is_finite_or_refused(row: tuple[float, float], rate: float) -> None:
    for hidden, output in (row, row[::-1]):
        weights = Weights(np.array([[hidden, output, hidden, hidden]]), np.array([[output, hidden]]))
        differences = microscope.central_differences(weights, 0)
        assert np.isfinite([*differences.hidden.ravel(), *differences.output.ravel()]).all()
        try:
            step = microscope.step(weights, 0, rate)
        except ValueError as refusal:
            assert re.fullmatch(  # noqa: PT017  # without an error the step must be finite
                r"(hidden|output) weight 1,\d must be between -1e\+300 and 1e\+300, received .+", str(refusal)
            )
            continue
        parts = (*step.gradient, *step.change, step.after.hidden, step.after.output)
        assert all(np.isfinite(part).all() for part in parts)
