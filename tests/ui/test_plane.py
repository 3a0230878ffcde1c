"""The 20 samples as the output unit sees them; the browser tests look at what is drawn of it."""

import numpy as np
import pytest

from pages.ui.training import plane_tables as plane
from pages.ui.training.tables import answers
from tinynet.config import Config
from tinynet.datasets import TWENTY
from tinynet.training import train

HISTORY = train(Config())


@pytest.mark.parametrize("done", [0, 1, 40, 222])
@pytest.mark.parametrize("run", [0, 1])
def test_each_sample_comes_with_the_weights_and_with_whether_it_is_wrong(run: int, done: int) -> None:
    weights = HISTORY.weights(run, done)
    tables = plane.datasets(weights, run, "weights", "subject")
    points = tables["points"].to_pylist()
    assert [point["wrong"] for point in points] == (answers(HISTORY, run, done) * TWENTY.labels <= 0).tolist()
    assert [[point[f"x{i}"] for i in (1, 2, 3)] for point in points] == TWENTY.inputs.tolist()
    flat = [*weights.hidden.ravel(), *weights.output.ravel()]
    for row in (*points, *tables["curve"].to_pylist()):
        assert [row[name] for name in plane.WEIGHTS] == flat
        assert (row["slot"], row["series"], row["subject"]) == (run, "weights", "subject")


def test_the_curve_is_drawn_over_all_that_a_hidden_unit_can_answer() -> None:
    h = plane.datasets(HISTORY.weights(0, 0), 0, "weights", "")["curve"]["h"].to_numpy()
    assert (h[0], h[-1]) == (-1.716, 1.716)
    assert np.all(np.diff(h) > 0)
