"""One point of problem 1 worked out, and what an edit turned."""

import base64
import io

import numpy as np
import pytest
from PIL import Image

from pages.ui import picture
from pages.ui.decision_regions import point
from pages.ui.decision_regions import tables as frames
from tinynet.network import Weights
from tinynet.regions import POINTS, PRESETS, decide


def test_the_way_forward_has_the_numbers_of_a_calculation_by_hand() -> None:
    """Preset (a) at (1, -2): the nets are sums that can be checked in the head."""
    sheet = point.way_forward(PRESETS["a"], 1.0, -2.0)
    assert sheet.rows["h₁"][:4] == ["+0.5000", "0.3 · 1 = +0.3000", "−0.1 · (−2) = +0.2000", "+1.0000"]
    assert sheet.rows["h₂"][:4] == ["−0.5000", "−0.4 · 1 = −0.4000", "1 · (−2) = −2.0000", "−2.9000"]
    h1, h2 = 1.716 * np.tanh(1 / 3), 1.716 * np.tanh(-2.9 / 3)
    net = 1 - 2 * h1 + 0.5 * h2
    assert sheet.rows["o"][0] == "+1.0000"
    assert sheet.rows["o"][3] == f"{net:+.4f}".replace("-", "−")
    assert sheet.rows["o"][4] == f"{1.716 * np.tanh(net / 3):+.4f}".replace("-", "−")


def test_the_sentence_tells_the_side_that_the_picture_shows() -> None:
    output = decide(PRESETS["b"]).output
    for i, j in np.ndindex(POINTS // 10, POINTS // 10):
        x1, x2 = -5 + i, -5 + j
        side = "positive" if output[10 * i, 10 * j] >= 0 else "negative"
        assert point.answer(PRESETS["b"], x1, x2).endswith(f"so ({x1}, {x2}) is {side}.".replace("-", "−"))


def test_huge_weights_are_written_short() -> None:
    sheet = point.way_forward(Weights(np.full((2, 3), 1e9), np.full((1, 3), -1e9)), 5.0, 5.0)
    assert sheet.rows["h₁"][1] == "1e+09 · 5 = +5.000e+09"


def test_an_edit_is_counted_as_the_picture_changes() -> None:
    before, after = decide(PRESETS["a"]), decide(PRESETS["b"])
    turned = (before.output >= 0) != (after.output >= 0)
    gained = int((turned & (after.output >= 0)).sum())
    assert 0 < gained < turned.sum()
    lost = turned.sum() - gained
    assert frames.effect(before, after) == (
        f"The last edit turned {turned.sum():,} points: {gained:,} to positive, {lost:,} to negative."
    )
    assert frames.effect(after, after) == "The last edit turned no point."


def test_the_hatch_lies_on_the_turned_points_and_nowhere_else() -> None:
    cells = np.zeros((POINTS, POINTS), dtype=bool)
    cells[10:20, 60:90] = True
    pixels = opened(picture.hatched(cells))
    shown = np.zeros_like(cells)
    shown[:] = (pixels[..., 3] > 0)[::-1].T
    assert not shown[~cells].any()
    assert shown[cells].mean() == pytest.approx(0.5)
    assert {tuple(pixel[:3]) for pixel in pixels[pixels[..., 3] > 0].tolist()} == {(0, 0, 0), (255, 255, 255)}


@pytest.mark.parametrize(("shown", "rows"), [(True, 1), (False, 0)])
def test_the_last_change_is_drawn_when_it_is_asked_for(shown: bool, rows: int) -> None:
    assert len(frames.changed(decide(PRESETS["a"]), decide(PRESETS["b"]), shown)) == rows


def opened(url: str) -> np.ndarray:
    """The pixels (rows from above, columns, RGBA) of a picture in a data URL."""
    data = base64.b64decode(url.removeprefix("data:image/png;base64,"))
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGBA"))
