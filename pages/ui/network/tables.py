"""The drawing of a network with one hidden layer as tables: the positions of its units and edges, and as an image."""

from typing import Any
from urllib.parse import quote

import numpy as np
import pyarrow as pa

from pages.ui.lines.tables import forward_filled
from pages.ui.numbers import SUBSCRIPTS
from tinynet.arrays import Array
from tinynet.network import Weights
from tinynet.training import History

MOST_NAMED = 3
"""With more hidden units, the edges are too close for a number on each."""
SVG = "http://www.w3.org/2000/svg"
BIAS = "1"
"""The name in the drawing of the constant input that feeds the biases."""


def drawing(weights: Weights, series: str = "weights", subject: str = "") -> dict[str, pa.Table]:
    """The datasets of the drawing of a network with one output.

    `nodes` (x, y, name, bias): layers at x = 0, 1 and 2, heights from 0 to 1; the lowest node of a layer is the
    constant 1 that feeds the biases of the next. `edges` (x, y, x2, y2, value, words_x, words_y, named, place, series,
    subject): `place` is the index of the weight in textbook order, hidden row by row, then the output row. While a
    component publishes weights of `subject` as `series`, the edges show these values.
    """
    hidden, inputs = weights.hidden.shape[0], weights.hidden.shape[1] - 1
    feeding, hidden_heights = _heights(inputs + 1), _heights(hidden + 1)
    output_height = hidden_heights[:hidden].mean(keepdims=True)
    edges = [
        *_edges(weights.hidden, 0, feeding, hidden_heights[:hidden]),
        *_edges(weights.output, 1, hidden_heights, output_height),
    ]
    following = {"named": hidden <= MOST_NAMED, "series": series, "subject": subject or None}
    edges = [edge | following | {"place": place} for place, edge in enumerate(edges)]
    nodes = [
        *_nodes(0, [*_numbered("x", inputs), BIAS], feeding),
        *_nodes(1, [*_numbered("h", hidden), BIAS], hidden_heights),
        *_nodes(2, ["o"], output_height),
    ]
    return {"edges": pa.Table.from_pylist(edges), "nodes": pa.Table.from_pylist(nodes)}


def figure(inputs: int, hidden: int, ink: str, paper: str) -> str:
    """The units of a network with one output, and its weights as lines without numbers, as an image in HTML."""
    shape = drawing(Weights(np.zeros((hidden, 1 + inputs)), np.zeros((1, 1 + hidden))))
    lines = "".join(_line(edge) for edge in shape["edges"].to_pylist())
    units = "".join(_unit(node, ink, paper) for node in shape["nodes"].to_pylist())
    image = f'<svg xmlns="{SVG}" viewBox="0 0 230 120" stroke="{ink}">{lines}{units}</svg>'
    words = f"{inputs} inputs, {hidden} hidden unit{'s' * (hidden > 1)}, 1 output; the squares feed the biases"
    return f'<img class="figure" alt="{words}" src="data:image/svg+xml,{quote(image)}">'


def _line(edge: dict[str, Any]) -> str:
    start, end = f"M{_across(edge['x'])},{_down(edge['y'])}", f"L{_across(edge['x2'])},{_down(edge['y2'])}"
    return f'<path d="{start}{end}" stroke-opacity=".5"/>'


def _across(x: float) -> float:
    return 20 + 95 * x


def _down(y: float) -> float:
    return 120 * (1 - y)


def _unit(node: dict[str, Any], ink: str, paper: str) -> str:
    """A unit as a circle, the constant that feeds the biases as a square, with its name."""
    x, y = _across(node["x"]), _down(node["y"])
    square, circle = f'rect x="{x - 9}" y="{y - 9}" width="18" height="18"', f'circle cx="{x}" cy="{y}" r="11"'
    name = f'<text x="{x}" y="{y + 4}" text-anchor="middle" font-family="sans-serif" font-size="12" fill="{ink}"'
    return f'<{square if node["bias"] else circle} fill="{paper}"/>{name} stroke="none">{node["name"]}</text>'


def _heights(nodes: int) -> Array:
    """The heights of a layer's nodes, from the top down."""
    return 1 - (np.arange(nodes) + 0.5) / nodes


def _numbered(letter: str, count: int) -> list[str]:
    return [letter] if count == 1 else [f"{letter}{i + 1}".translate(SUBSCRIPTS) for i in range(count)]


def _nodes(layer: int, names: list[str], heights: Array) -> list[dict[str, object]]:
    return [
        {"x": layer, "y": y, "name": name, "bias": name == BIAS}
        for name, y in zip(names, heights.tolist(), strict=True)
    ]


def _edges(matrix: Array, layer: int, before: Array, after: Array) -> list[dict[str, object]]:
    """An edge for each weight of a layer. Column 0 of the matrix belongs to the last node of the layer before.

    The labels of all edges to one unit are at the same x; those to the next unit at another.
    """
    places = np.linspace(0.3, 0.65, len(after)) if len(after) > 1 else [0.45]
    return [
        _edge(float(value), layer, float(before[column - 1]), float(height), float(place))
        for row, height, place in zip(matrix, after, places, strict=True)
        for column, value in enumerate(row)
    ]


def _edge(value: float, layer: int, start: float, end: float, place: float) -> dict[str, object]:
    return {
        "x": layer,
        "y": start,
        "x2": layer + 1,
        "y2": end,
        "value": value,
        "words_x": layer + place,
        "words_y": start + place * (end - start),
    }


def weights_after(history: History, run: int) -> Array:
    """All weights of a run after each epoch in textbook order, (1 + epochs, weights)."""
    matrices = (history.hidden[..., run], history.output[..., run])
    return forward_filled(np.concatenate([matrix.reshape(len(matrix), -1) for matrix in matrices], axis=1))
