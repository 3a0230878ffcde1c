"""The drawing of a network: what stands where. What an edge looks like is worked out in the browser."""

import itertools
import math

import numpy as np
import pytest

from pages.ui.network import tables as network
from pages.ui.network.tables import MOST_NAMED
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


def ends(drawn: Weights) -> dict[tuple[str, str], float]:
    """The weight on the edge from one node to another, by their names and layers."""
    names = {(node["x"], node["y"]): f"{node['name']}{node['x']:g}" for node in rows(drawn, "nodes")}
    return {
        (names[edge["x"], edge["y"]], names[edge["x2"], edge["y2"]]): float(str(edge["value"]))
        for edge in rows(drawn, "edges")
    }


def test_every_weight_is_an_edge_between_the_right_nodes() -> None:
    assert ends(PRESETS["a"]) == {
        ("10", "h₁1"): 0.5,
        ("x₁0", "h₁1"): 0.3,
        ("x₂0", "h₁1"): -0.1,
        ("10", "h₂1"): -0.5,
        ("x₁0", "h₂1"): -0.4,
        ("x₂0", "h₂1"): 1.0,
        ("11", "o2"): 1.0,
        ("h₁1", "o2"): -2.0,
        ("h₂1", "o2"): 0.5,
    }


@pytest.mark.parametrize("hidden_units", [1, 2, 5, 16])
def test_no_weight_and_no_bias_is_left_out(hidden_units: int) -> None:
    assert len(rows(weights(hidden_units), "edges")) == 4 * hidden_units + hidden_units + 1
    assert [node["name"] for node in rows(weights(hidden_units), "nodes") if node["bias"]] == ["1", "1"]


@pytest.mark.parametrize("hidden_units", range(1, 17))
def test_no_node_covers_another(hidden_units: int) -> None:
    """In the smallest drawing, 250 pixels wide and 212 high."""
    nodes = rows(weights(hidden_units), "nodes")
    places = [(250 * float(str(node["x"])) / 2.3, 212 * float(str(node["y"]))) for node in nodes]
    sizes = [math.sqrt(float(str(node["size"]))) for node in nodes]
    for (one, size), (other, other_size) in itertools.combinations(zip(places, sizes, strict=True), 2):
        assert math.dist(one, other) >= (size + other_size) / 2


def test_a_single_unit_has_no_index() -> None:
    assert [node["name"] for node in rows(weights(1), "nodes")] == ["x₁", "x₂", "x₃", "1", "h", "1", "o"]


@pytest.mark.parametrize("hidden_units", [MOST_NAMED, MOST_NAMED + 1])
def test_numbers_stand_on_the_edges_while_there_is_room(hidden_units: int) -> None:
    named = {row["named"] for row in rows(weights(hidden_units), "edges")}
    assert named == {hidden_units <= MOST_NAMED}


@pytest.mark.parametrize("hidden_units", [1, 3])
def test_an_edge_finds_its_weight_in_the_order_of_a_textbook(hidden_units: int) -> None:
    drawn = weights(hidden_units)
    flat = [*drawn.hidden.ravel(), *drawn.output.ravel()]
    assert [row["value"] for row in sorted(rows(drawn, "edges"), key=lambda row: int(str(row["place"])))] == flat


def test_no_two_numbers_stand_in_one_place() -> None:
    for hidden_units in range(1, MOST_NAMED + 1):
        places = [(row["words_x"], row["words_y"]) for row in rows(weights(hidden_units), "edges")]
        assert len(set(places)) == len(places)
