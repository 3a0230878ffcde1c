"""The charts, tables and texts of the decision regions, as values."""

import base64
import csv
import io
import json
from functools import partial
from typing import Any

import numpy as np
import pytest
from PIL import Image

from pages.ui import picture, theme, vega
from pages.ui.activation.charts import activation
from pages.ui.decision_regions import charts, formulas, legend
from pages.ui.decision_regions import tables as frames
from tinynet.activations import A
from tinynet.regions import CELLS, PRESETS, axis, cells, decide

REGIONS = decide(PRESETS["a"])
COLOURINGS = list(theme.COLOURINGS.values())
RED_BLUE = theme.COLOURINGS["Red and blue"]


def decode(url: str) -> Image.Image:
    head, _, data = url.partition(",")
    assert head == "data:image/png;base64"
    return Image.open(io.BytesIO(base64.b64decode(data))).convert("RGB")


def rgb(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour[1:]))


def dataset_names(spec: dict[str, Any]) -> set[str]:
    return {layer["data"]["name"] for layer in spec["layer"] if "name" in layer.get("data", {})}


@pytest.mark.parametrize("dark", [True, False])
@pytest.mark.parametrize("chart", [charts.decision_regions, partial(charts.hidden_map, 1), activation])
def test_a_chart_depends_on_its_arguments_alone_and_holds_no_data(chart: Any, dark: bool) -> None:
    spec = vega.specification(chart(dark))
    assert spec == vega.specification(chart(dark))
    assert "datasets" not in spec
    assert spec["usermeta"] == {"embedOptions": {"renderer": "canvas"}}


def test_each_chart_draws_the_datasets_that_the_page_sends() -> None:
    spec = vega.specification(charts.decision_regions(False))
    assert dataset_names(spec) == {"network", "changed", "lines", "signs", "contour", "point"}
    assert dataset_names(vega.specification(charts.hidden_map(0, False))) == {"map", "lines"}
    assert dataset_names(vega.specification(activation(False))) == {"curve", "limits"}


def test_the_axes_of_the_regions_stay_and_are_square() -> None:
    spec = vega.specification(charts.decision_regions(False))
    assert {"name": "height", "expr": "width"} in spec["params"]
    scales = [
        encoding["scale"]["domain"]
        for layer in spec["layer"]
        for channel, encoding in layer["encoding"].items()
        if channel in ("x", "y") and "scale" in encoding
    ]
    assert scales
    assert all(domain == pytest.approx([-5.05, 5.0]) for domain in scales)


def test_the_hover_grid_is_no_payload() -> None:
    table = frames.network(PRESETS["a"], REGIONS, RED_BLUE)
    assert table.num_rows == 1
    assert set(table.column_names) == {"picture", *CELLS}
    assert len(table["picture"][0].as_py()) < 10_000


@pytest.mark.parametrize("colouring", COLOURINGS, ids=list(theme.COLOURINGS))
def test_the_picture_has_a_pixel_for_each_point_with_x2_upwards(colouring: theme.Colouring) -> None:
    values = np.full((100, 100), -A)
    values[0, 0] = A  # x1 = x2 = -5: the lower left corner
    paint = picture.by_value if colouring.continuous else picture.by_sign
    image = decode(paint(values, colouring))
    assert image.size == (100, 100)
    assert image.getpixel((0, 99)) == rgb(colouring.positive)
    assert image.getpixel((0, 0)) == image.getpixel((99, 99)) == rgb(colouring.negative)


def test_zero_has_the_colour_of_the_positive_and_the_middle_of_the_scale() -> None:
    zeros = np.zeros((100, 100))
    assert decode(picture.by_sign(zeros, RED_BLUE)).getpixel((5, 5)) == rgb(RED_BLUE.positive)
    assert decode(picture.by_value(zeros, RED_BLUE)).getpixel((5, 5)) == rgb(RED_BLUE.zero)


def test_the_picture_shows_the_counts() -> None:
    image = decode(frames.network(PRESETS["a"], REGIONS, RED_BLUE)["picture"][0].as_py())
    colours = {colour: count for count, colour in image.getcolors() or ()}
    assert colours == {rgb(theme.RED): 5866, rgb(theme.BLUE): 4134}


def test_the_lines_are_drawn_from_the_weights_that_can_be_moved() -> None:
    rows = frames.zero_lines(PRESETS["a"], (0, 1)).to_pylist()
    assert [row["unit"] for row in rows] == ["h₁", "h₂"]
    for row, weights in zip(rows, PRESETS["a"].hidden, strict=True):
        assert [row["bias"], row["weight1"], row["weight2"]] == weights.tolist()
        assert [cells(PRESETS["a"])[name] for name in CELLS[row["first"] :][:3]] == weights.tolist()
    assert frames.zero_lines(PRESETS["a"], ()).num_rows == 0


def test_two_equal_lines_have_their_labels_apart() -> None:
    first, second = frames.zero_lines(PRESETS["a"], (0, 1))["share"].to_pylist()
    assert abs(first - second) > 0.5


@pytest.mark.parametrize("colouring", COLOURINGS, ids=list(theme.COLOURINGS))
def test_the_browser_makes_its_pictures_in_the_colours_of_the_others(colouring: theme.Colouring) -> None:
    """Every colour of a picture, at the place where the value is that it stands for."""
    colours = frames.colours(colouring)
    if not colouring.continuous:
        assert colours["output"] == [colouring.negative, colouring.positive]
    values = np.linspace(-A, A, picture.LEVELS)
    image = decode(picture.by_value(values[:, None], colouring))
    assert [image.getpixel((i, 0)) for i in range(picture.LEVELS)] == [rgb(colour) for colour in colours["hidden"]]


@pytest.mark.parametrize("colouring", COLOURINGS, ids=list(theme.COLOURINGS))
def test_every_tenth_point_carries_its_sign(colouring: theme.Colouring) -> None:
    rows = frames.signs(REGIONS, colouring, shown=True).to_pylist()
    assert len(rows) == 100
    for row in rows:
        i, j = (int(np.argmin(np.abs(axis() - row[name]))) for name in ("x1", "x2"))
        assert row["sign"] == ("+" if REGIONS.output[i, j] >= 0 else "−")
    if not colouring.continuous:
        background = {"+": colouring.positive, "−": colouring.negative}
        assert all(contrast(row["colour"], background[row["sign"]]) > 2 for row in rows)


def contrast(word: str, background: str) -> float:
    """The contrast ratio of WCAG 2 between black or white and a background."""
    channels = [c / 255 for c in rgb(background)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return (luminance + 0.05) / 0.05 if word == "black" else 1.05 / (luminance + 0.05)


def test_overlays_that_are_off_are_empty_tables_of_the_same_columns() -> None:
    for on, off in (
        (frames.contour(REGIONS, RED_BLUE, True), frames.contour(REGIONS, RED_BLUE, False)),
        (frames.signs(REGIONS, RED_BLUE, True), frames.signs(REGIONS, RED_BLUE, False)),
    ):
        assert on.num_rows > 0
        assert off.num_rows == 0
        assert on.column_names == off.column_names


def test_the_legend_says_the_counts_and_the_scale_only_where_there_is_one() -> None:
    text = legend.counts(REGIONS, RED_BLUE)
    assert "5,866" in text
    assert "4,134" in text
    assert 'ramp-ends"' not in text
    assert 'ramp-ends"' in legend.counts(REGIONS, theme.COLOURINGS["The output o itself"])


def test_the_csv_holds_all_points_exactly() -> None:
    rows = list(csv.DictReader(io.StringIO(frames.as_csv(REGIONS))))
    assert len(rows) == 10_000
    assert [row["x1"] for row in rows[:101:100]] == ["-5.0", "-4.9"]
    assert np.array([float(row["o"]) for row in rows]).tolist() == REGIONS.output.ravel().tolist()
    assert np.array([float(row["h2"]) for row in rows]).tolist() == REGIONS.hidden[1].ravel().tolist()
    assert sum(row["class"] == "positive" for row in rows) == 5866


def test_the_settings_hold_both_matrices() -> None:
    settings = json.loads(frames.as_json(PRESETS["a"], {"signs": False}))
    assert settings == {
        "hidden": [[0.5, 0.3, -0.1], [-0.5, -0.4, 1.0]],
        "output": [1.0, -2.0, 0.5],
        "signs": False,
    }


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.5, "0.5"), (1.0, "1"), (-0.125, "-0.125"), (1e-9, r"1 \cdot 10^{-9}"), (1000.0, "1000")],
)
def test_numbers_in_formulas(value: float, text: str) -> None:
    assert formulas.number(value) == text


def test_the_formula_of_a_unit_has_one_sign_for_each_weight() -> None:
    assert formulas.hidden_unit(1, PRESETS["a"].hidden[1]) == "h₂ = f(−0.5 − 0.4 x₁ + 1 x₂)"
    assert formulas.output_unit(PRESETS["a"].output[0]) == r"o = f(1 - 2\,h_1 + 0.5\,h_2)"


def test_the_curve_stays_between_its_limits() -> None:
    curve = frames.activation_curve()["f"].to_numpy()
    assert max(abs(curve)) < A
    assert frames.activation_limits()["f"].to_pylist() == [A, -A]
