"""The charts of MNIST as values."""

import json
from typing import Any

import pytest

from pages.ui.digits import charts
from pages.ui.theme import BLUE, RED, ink
from pages.ui.vega import Spec
from tinynet.digits import INITIALIZERS


def marks(spec: Any) -> list[dict[str, Any]]:
    """The innermost layers of a specification."""
    if "layer" in spec:
        return [mark for layer in spec["layer"] for mark in marks(layer)]
    return [spec]


def lines(spec: Spec) -> list[dict[str, Any]]:
    return [layer["mark"] for layer in marks(spec) if layer["mark"]["type"] == "line"]


@pytest.fixture(scope="module")
def specs() -> dict[str, Spec]:
    return charts.specifications(INITIALIZERS, dark=False)


def test_there_is_a_chart_of_each_quantity_and_of_the_answers(specs: dict[str, Spec]) -> None:
    assert set(specs) == {*charts.LOOKS, "answers"}


@pytest.mark.parametrize("dark", [False, True])
def test_uniform_is_red_and_what_starts_alike_is_blue_and_nothing_else_is_coloured(dark: bool) -> None:
    colours = {init: charts.line(init, dark).colour for init in INITIALIZERS}
    assert colours == {"zeros": BLUE, "constant": BLUE, "uniform": RED, "xavier": ink(dark), "he": ink(dark)}


@pytest.mark.parametrize("quantity", charts.LOOKS)
def test_no_two_runs_are_told_apart_by_colour_alone(specs: dict[str, Spec], quantity: str) -> None:
    assert len({tuple(line["strokeDash"]) for line in lines(specs[quantity])}) == len(INITIALIZERS)
    assert len({charts.line(init, dark=False).shape for init in INITIALIZERS}) == len(INITIALIZERS)


def test_only_the_gradients_have_a_logarithmic_axis(specs: dict[str, Spec]) -> None:
    def scales(quantity: str) -> set[str]:
        axes = [layer["encoding"].get("y", {}) for layer in marks(specs[quantity])]
        return {axis["scale"].get("type", "linear") for axis in axes if axis.get("scale")}

    assert {quantity: scales(quantity) for quantity in charts.LOOKS} == {
        "loss": {"linear"},
        "accuracy": {"linear"},
        "hidden_gradient": {"log"},
        "output_gradient": {"log"},
    }


def test_only_the_accuracy_has_the_line_of_always_answering_one(specs: dict[str, Spec]) -> None:
    assert [name for name, spec in specs.items() if '"name": "always"' in json.dumps(spec)] == ["accuracy"]


@pytest.mark.parametrize("name", [*charts.LOOKS, "answers"])
def test_no_words_are_smaller_than_14_pixels(specs: dict[str, Spec], name: str) -> None:
    texts = [layer["mark"] for layer in marks(specs[name]) if layer["mark"]["type"] == "text"]
    assert texts
    assert min(text["fontSize"] for text in texts) >= 14


@pytest.mark.parametrize("runs", [("zeros",), ("zeros", "he"), INITIALIZERS])
def test_the_answers_have_a_row_for_each_run(runs: tuple[str, ...]) -> None:
    spec = charts.specifications(runs, dark=False)["answers"]
    assert spec["height"] == charts.HEAD + charts.ROW * len(runs)


def test_a_specification_holds_no_data(specs: dict[str, Spec]) -> None:
    assert all("datasets" not in spec for spec in specs.values())


def test_a_specification_depends_on_the_runs_and_the_theme_only() -> None:
    assert charts.specifications(("he",), dark=True) == charts.specifications(("he",), dark=True)
    assert charts.specifications(("he",), dark=True) != charts.specifications(("he",), dark=False)
