"""What the page of the decision regions draws and says, one point worked out, and what an edit turned."""

import base64
import csv
import io

import numpy as np
import pytest
from PIL import Image

from pages.ui import picture, theme
from pages.ui.activation import tables as activation
from pages.ui.decision_regions import formulas, saved, tables
from tests.reading import read
from tinynet.activations import A
from tinynet.network import Weights
from tinynet.regions import CELLS, POINTS, PRESETS, axis, cells, decide

REGIONS = decide(PRESETS["a"])
COLOURINGS = list(theme.COLOURINGS.values())
RED_BLUE = theme.COLOURINGS["Red and blue"]


def decode(url: str, mode: str = "RGB") -> Image.Image:
    head, _, data = url.partition(",")
    assert head == "data:image/png;base64"
    return Image.open(io.BytesIO(base64.b64decode(data))).convert(mode)


def rgb(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour[1:]))


def test_the_hover_grid_is_no_payload() -> None:
    table = tables.network(REGIONS.weights)
    assert table.num_rows == 1
    assert set(table.column_names) == set(CELLS)


@pytest.mark.parametrize("colouring", COLOURINGS, ids=list(theme.COLOURINGS))
def test_the_picture_has_a_pixel_for_each_point_with_x2_upwards(colouring: theme.Colouring) -> None:
    values = np.full((100, 100), -A)
    values[0, 0] = A  # x1 = x2 = -5: the lower left corner
    image = decode(picture.by_value(values, colouring))
    assert image.size == (100, 100)
    assert image.getpixel((0, 99)) == rgb(colouring.positive)
    assert image.getpixel((0, 0)) == image.getpixel((99, 99)) == rgb(colouring.negative)


def test_zero_has_the_middle_of_the_scale() -> None:
    zeros = np.zeros((100, 100))
    assert decode(picture.by_value(zeros, RED_BLUE)).getpixel((5, 5)) == rgb(RED_BLUE.zero)


def test_the_lines_are_drawn_from_the_weights_that_can_be_moved() -> None:
    rows = tables.zero_lines(PRESETS["a"], (0, 1)).to_pylist()
    assert [row["unit"] for row in rows] == ["h₁", "h₂"]
    for row, weights in zip(rows, PRESETS["a"].hidden, strict=True):
        assert [row["bias"], row["weight1"], row["weight2"]] == weights.tolist()
        assert [cells(PRESETS["a"])[name] for name in CELLS[row["first"] :][:3]] == weights.tolist()
    assert tables.zero_lines(PRESETS["a"], ()).num_rows == 0


def test_two_equal_lines_have_their_labels_apart() -> None:
    first, second = tables.zero_lines(PRESETS["a"], (0, 1))["share"].to_pylist()
    assert abs(first - second) > 0.5


@pytest.mark.parametrize("colouring", COLOURINGS, ids=list(theme.COLOURINGS))
def test_the_browser_makes_its_pictures_in_the_colours_of_the_others(colouring: theme.Colouring) -> None:
    """Every colour of a picture, at the place where the value is that it stands for."""
    colours = tables.colours(colouring)
    if not colouring.continuous:
        assert colours["output"] == [colouring.negative, colouring.positive]
    values = np.linspace(-A, A, picture.LEVELS)
    image = decode(picture.by_value(values[:, None], colouring))
    assert [image.getpixel((i, 0)) for i in range(picture.LEVELS)] == [rgb(colour) for colour in colours["hidden"]]


@pytest.mark.parametrize("colouring", COLOURINGS, ids=list(theme.COLOURINGS))
def test_every_tenth_point_carries_its_sign(colouring: theme.Colouring) -> None:
    rows = tables.signs(REGIONS, colouring, shown=True).to_pylist()
    assert len(rows) == 100
    assert [row["place"] for row in rows] == list(range(100))
    for row in rows:
        i, j = (int(np.argmin(np.abs(axis() - row[name]))) for name in ("x1", "x2"))
        assert row["positive"] == (REGIONS.output[i, j] >= 0)
        if not colouring.continuous:
            assert contrast(row["plus"], colouring.positive) > 2
            assert contrast(row["minus"], colouring.negative) > 2


def contrast(word: str, background: str) -> float:
    """The contrast ratio of WCAG 2 between black or white and a background."""
    channels = [c / 255 for c in rgb(background)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return (luminance + 0.05) / 0.05 if word == "black" else 1.05 / (luminance + 0.05)


def test_overlays_that_are_off_are_empty_tables_of_the_same_columns() -> None:
    for on, off in (
        (tables.boundary(RED_BLUE, True), tables.boundary(RED_BLUE, False)),
        (tables.signs(REGIONS, RED_BLUE, True), tables.signs(REGIONS, RED_BLUE, False)),
    ):
        assert on.num_rows > 0
        assert off.num_rows == 0
        assert on.column_names == off.column_names


def test_the_legend_says_the_counts_and_the_scale_only_where_there_is_one() -> None:
    for name, colouring in theme.COLOURINGS.items():
        legend = read(tables.counts(REGIONS, colouring))
        assert [count.text for count in legend.iter("b")] == ["5,866", "4,134"]
        scale = [text for part in legend.findall("div[@class='ramp-ends']") for text in part.itertext()]
        assert scale == (["o = −1.716", "0", "+1.716"] if name == "The output o itself" else [])


def test_the_csv_holds_all_points_exactly() -> None:
    rows = list(csv.DictReader(io.StringIO(saved.as_csv(REGIONS))))
    assert len(rows) == 10_000
    assert [row["x1"] for row in rows[:101:100]] == ["-5.0", "-4.9"]
    assert np.array([float(row["o"]) for row in rows]).tolist() == REGIONS.output.ravel().tolist()
    assert np.array([float(row["h2"]) for row in rows]).tolist() == REGIONS.hidden[1].ravel().tolist()
    assert sum(row["class"] == "positive" for row in rows) == 5866


def test_the_formula_of_a_unit_has_one_sign_for_each_weight() -> None:
    assert formulas.hidden_unit(1, PRESETS["a"].hidden[1]) == "h₂ = f(−0.5 − 0.4 x₁ + 1 x₂)"
    assert formulas.output_unit(PRESETS["a"].output[0]) == r"o = f(1 - 2\,h_1 + 0.5\,h_2)"


def test_the_curve_stays_between_its_limits() -> None:
    curve = activation.curve()["f"].to_numpy()
    assert max(abs(curve)) < A
    assert activation.limits()["f"].to_pylist() == [A, -A]


# One point, and an edit.


def said(html: str) -> str:
    return "".join(read(html).itertext())


def test_the_way_forward_has_the_numbers_of_a_calculation_by_hand() -> None:
    """Preset (a) at (1, -2): the nets are sums that can be checked in the head."""
    sheet = tables.way_forward(PRESETS["a"], 1.0, -2.0)
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
        assert tables.answer(PRESETS["b"], x1, x2).endswith(f"so ({x1}, {x2}) is {side}.".replace("-", "−"))


def test_huge_weights_are_written_short() -> None:
    sheet = tables.way_forward(Weights(np.full((2, 3), 1e9), np.full((1, 3), -1e9)), 5.0, 5.0)
    assert sheet.rows["h₁"][1] == "1·10⁹ · 5 = +5.0000·10⁹"


def test_an_edit_is_counted_as_the_picture_changes() -> None:
    before, after = decide(PRESETS["a"]), decide(PRESETS["b"])
    turned = (before.output >= 0) != (after.output >= 0)
    gained = int((turned & (after.output >= 0)).sum())
    assert 0 < gained < turned.sum()
    lost = turned.sum() - gained
    assert said(tables.effect(before, after)) == (
        f"The last edit turned {turned.sum():,} points: {gained:,} to positive, {lost:,} to negative."
    )
    assert said(tables.effect(after, after)) == "The last edit turned no point."
    hidden = PRESETS["a"].hidden + np.array([[0, 0, 0], [0.005, 0, 0]])
    hardly = decide(Weights(hidden, PRESETS["a"].output))
    assert said(tables.effect(before, hardly)).startswith("The last edit turned 1 point: ")
    assert said(tables.effect(None, after)).startswith("Change a weight")


def test_the_hatch_lies_on_the_turned_points_and_nowhere_else() -> None:
    turned = np.zeros((POINTS, POINTS), dtype=bool)
    turned[10:20, 60:90] = True
    pixels = np.asarray(decode(picture.hatched(turned), "RGBA"))
    shown = np.zeros_like(turned)
    shown[:] = (pixels[..., 3] > 0)[::-1].T
    assert not shown[~turned].any()
    assert shown[turned].mean() == pytest.approx(0.5)
    assert {tuple(pixel[:3]) for pixel in pixels[pixels[..., 3] > 0].tolist()} == {(0, 0, 0), (255, 255, 255)}


@pytest.mark.parametrize(("shown", "rows"), [(True, 1), (False, 0)])
def test_the_last_change_is_drawn_when_it_is_asked_for_with_the_weights_after_it(shown: bool, rows: int) -> None:
    found = tables.changed(decide(PRESETS["a"]), decide(PRESETS["b"]), shown)
    assert found.select(CELLS).to_pylist() == [cells(PRESETS["b"])] * rows
    assert found.num_rows == rows
