"""The charts of the training page as values."""

from typing import Any

import pytest

from pages.ui.theme import BLUE, RED
from pages.ui.training import charts
from pages.ui.vega import Spec
from tinynet.published import COMPARED

RUNS = ("random", "same")


def marks(spec: Any) -> list[dict[str, Any]]:
    """The innermost layers of a specification."""
    if "layer" in spec:
        return [mark for layer in spec["layer"] for mark in marks(layer)]
    return [spec]


def lines(spec: Spec) -> list[dict[str, Any]]:
    return [layer["mark"] for layer in marks(spec) if layer["mark"]["type"] == "line"]


@pytest.fixture(scope="module")
def specs() -> dict[str, Spec]:
    return charts.specifications(tuple(COMPARED), dark=False)


def test_there_is_a_chart_of_each_quantity_of_the_samples_and_of_a_network(specs: dict[str, Spec]) -> None:
    assert set(specs) == {"training_error", "accuracy", "gradient", "samples", "network", "plane"}


@pytest.mark.parametrize("quantity", charts.LOOKS)
def test_random_is_red_and_same_is_blue_and_nothing_else_is_coloured(specs: dict[str, Spec], quantity: str) -> None:
    colours = [line["color"] for line in lines(specs[quantity])]
    assert colours[:2] == [RED, BLUE]
    assert set(colours[2:]) == {charts.colour("zeros", dark=False)}


@pytest.mark.parametrize("quantity", charts.LOOKS)
def test_no_two_runs_are_told_apart_by_colour_alone(specs: dict[str, Spec], quantity: str) -> None:
    dashes = [tuple(line["strokeDash"]) for line in lines(specs[quantity])]
    assert len(set(dashes)) == len(COMPARED)
    assert len(set(charts.SHAPES.values())) == len(COMPARED)


def test_only_the_gradient_has_a_logarithmic_axis(specs: dict[str, Spec]) -> None:
    def scales(quantity: str) -> set[str]:
        axes = [layer["encoding"].get("y", {}) for layer in marks(specs[quantity])]
        return {axis["scale"].get("type", "linear") for axis in axes if axis.get("scale")}

    assert scales("gradient") == {"log"}
    assert scales("training_error") == scales("accuracy") == {"linear"}


def test_a_specification_depends_on_the_runs_and_the_theme_only() -> None:
    assert charts.specifications(RUNS, dark=True) == charts.specifications(RUNS, dark=True)
    assert charts.specifications(RUNS, dark=True) != charts.specifications(RUNS, dark=False)


@pytest.mark.parametrize("runs", [("random",), RUNS, tuple(COMPARED)])
def test_each_run_has_one_line_in_each_chart(runs: tuple[str, ...]) -> None:
    specs = charts.specifications(runs, dark=False)
    assert all(len(lines(specs[quantity])) == len(runs) for quantity in charts.LOOKS)
