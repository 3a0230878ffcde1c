"""The drawing of a network: what stands where, and what an edge says of its weight."""

import numpy as np
import pytest

from pages.ui.charts import network as chart
from pages.ui.frames import network
from pages.ui.frames.network import HALFWAY, MOST_NAMED, THINNEST, WIDEST
from pages.ui.theme import BLUE, RED
from tinynet.network import Weights
from tinynet.regions import PRESETS


def weights(hidden_units: int, inputs: int = 3) -> Weights:
    """A network with weights 1, 2, 3, … in the order in which a textbook prints them."""
    count = hidden_units * (1 + inputs)
    hidden = np.arange(1.0, count + 1).reshape(hidden_units, 1 + inputs)
    return Weights(hidden, np.arange(count + 1.0, count + hidden_units + 2)[None])


def rows(drawn: Weights, name: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = network.drawing(drawn)[name].to_pylist()
    return found


def ends(drawn: Weights) -> dict[tuple[str, str], str]:
    """What stands on the edge from one node to another, by their names and layers."""
    names = {(node["x"], node["y"]): f"{node['name']}{node['x']}" for node in rows(drawn, "nodes")}
    return {
        (names[edge["x"], edge["y"]], names[edge["x2"], edge["y2"]]): str(edge["words"])
        for edge in rows(drawn, "edges")
    }


def test_every_weight_is_an_edge_between_the_right_nodes() -> None:
    assert ends(PRESETS["a"]) == {
        ("10", "h₁1"): "+0.50",
        ("x₁0", "h₁1"): "+0.30",
        ("x₂0", "h₁1"): "−0.10",
        ("10", "h₂1"): "−0.50",
        ("x₁0", "h₂1"): "−0.40",
        ("x₂0", "h₂1"): "+1.00",
        ("11", "o2"): "+1.00",
        ("h₁1", "o2"): "−2.00",
        ("h₂1", "o2"): "+0.50",
    }


@pytest.mark.parametrize("hidden_units", [1, 2, 5, 16])
def test_no_weight_and_no_bias_is_left_out(hidden_units: int) -> None:
    assert len(rows(weights(hidden_units), "edges")) == 4 * hidden_units + hidden_units + 1
    assert [node["name"] for node in rows(weights(hidden_units), "nodes") if node["bias"]] == ["1", "1"]


def test_a_single_unit_has_no_index() -> None:
    assert [node["name"] for node in rows(weights(1), "nodes")] == ["x₁", "x₂", "x₃", "1", "h", "1", "o"]


@pytest.mark.parametrize("hidden_units", [MOST_NAMED, MOST_NAMED + 1])
def test_numbers_stand_on_the_edges_while_there_is_room(hidden_units: int) -> None:
    edges = rows(weights(hidden_units), "edges")
    assert all(edge["words"] for edge in edges) == (hidden_units <= MOST_NAMED)
    assert all(edge["weight"] for edge in edges)


def width(value: float) -> float:
    edges = rows(Weights(np.array([[value, 0.0]]), np.zeros((1, 2))), "edges")
    return float(str(edges[0]["width"]))


def test_a_larger_weight_has_a_wider_edge_whatever_its_sign() -> None:
    widths = [width(value) for value in (0.0, 1e-3, 0.1, 1.0, -HALFWAY, 10.0, -1000.0, 1e300)]
    assert widths == sorted(widths)
    assert widths[0] == THINNEST
    assert widths[4] == (THINNEST + WIDEST) / 2
    assert widths[-1] <= WIDEST


@pytest.mark.parametrize(
    ("value", "words"),
    [(0.0, "+0.00"), (-0.104, "−0.10"), (99.994, "+99.99"), (-12345.0, "−1.23e+04"), (1e300, "+1.00e+300")],
)
def test_a_weight_is_written_short_with_its_sign(value: float, words: str) -> None:
    assert network.weight(value) == words


def test_a_negative_edge_differs_in_colour_and_in_dash() -> None:
    edge = chart.drawing(dark=False).to_dict()["layer"][0]["encoding"]
    colours, dashes = edge["color"]["scale"], edge["strokeDash"]["scale"]
    assert colours["domain"] == dashes["domain"] == [-1, 0, 1]
    assert (colours["range"][0], colours["range"][2]) == (BLUE, RED)
    assert colours["range"][1] not in (BLUE, RED)
    assert dashes["range"][0] != dashes["range"][1] == dashes["range"][2] == [1, 0]
    assert [row["sign"] for row in rows(PRESETS["a"], "edges")][:3] == [1, 1, -1]
    assert {row["sign"] for row in rows(Weights(np.zeros((1, 4)), np.zeros((1, 2))), "edges")} == {0}


def test_no_two_numbers_stand_in_one_place() -> None:
    for hidden_units in range(1, MOST_NAMED + 1):
        places = [(row["words_x"], row["words_y"]) for row in rows(weights(hidden_units), "edges")]
        assert len(set(places)) == len(places)
