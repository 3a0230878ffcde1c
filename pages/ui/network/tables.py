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
MOST_ABOVE_EACH_OTHER = 7
"""With more nodes, those of a layer stand by turns on the left and on the right, and are smaller."""
ASIDE = 0.1
LARGE, SMALL = (750, 15), (420, 11)
"""The area of a node in square pixels, and the size of its name."""
SVG = "http://www.w3.org/2000/svg"
BIAS = "1"
"""The name in the drawing of the constant input that feeds the biases."""


def drawing(weights: Weights, series: str = "weights", subject: str = "") -> dict[str, pa.Table]:
    """The datasets of the drawing of a network with one output.

    `nodes` (x, y, name, bias, size, font): layers at x = 0, 1 and 2, heights from 0 to 1; the lowest node is the
    constant 1 that feeds the biases of the next. `edges` (x, y, x2, y2, value, words_x, words_y, named, place, series,
    subject): `place` is the index of the weight in textbook order, hidden row by row, then the output row. While a
    component publishes weights of `subject` as `series`, the edges show these values.
    """
    hidden, inputs = weights.hidden.shape[0], weights.hidden.shape[1] - 1
    feeding, middle = _places(0, inputs + 1), _places(1, hidden + 1)
    output = np.array([[2.0, middle[:hidden, 1].mean()]])
    edges = [*_edges(weights.hidden, feeding, middle[:hidden]), *_edges(weights.output, middle, output)]
    following = {"named": hidden <= MOST_NAMED, "series": series, "subject": subject or None}
    edges = [edge | following | {"place": place} for place, edge in enumerate(edges)]
    nodes = [
        *_nodes([*_numbered("x", inputs), BIAS], feeding),
        *_nodes([*_numbered("h", hidden), BIAS], middle),
        *_nodes(["o"], output),
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


def _places(layer: int, nodes: int) -> Array:
    """The places of a layer's nodes, x and y, from the top down, (nodes, 2)."""
    numbers = np.arange(nodes)
    aside = ASIDE * (-1.0) ** (numbers + 1) if nodes > MOST_ABOVE_EACH_OTHER else np.zeros(nodes)
    return np.stack([layer + aside, 1 - (numbers + 0.5) / nodes], axis=1)


def _numbered(letter: str, count: int) -> list[str]:
    return [letter] if count == 1 else [f"{letter}{i + 1}".translate(SUBSCRIPTS) for i in range(count)]


def _nodes(names: list[str], places: Array) -> list[dict[str, object]]:
    size, font = LARGE if len(places) <= MOST_ABOVE_EACH_OTHER else SMALL
    return [
        {"x": x, "y": y, "name": name, "bias": name == BIAS, "size": size, "font": font}
        for name, (x, y) in zip(names, places.tolist(), strict=True)
    ]


def _edges(matrix: Array, before: Array, after: Array) -> list[dict[str, object]]:
    """An edge for each weight of a layer. Column 0 of the matrix belongs to the last node of the layer before.

    The labels of all edges to one unit are at the same x; those to the next unit at another.
    """
    places = np.linspace(0.3, 0.65, len(after)) if len(after) > 1 else [0.45]
    return [
        _edge(float(value), before[column - 1], end, float(place))
        for row, end, place in zip(matrix, after, places, strict=True)
        for column, value in enumerate(row)
    ]


def _edge(value: float, start: Array, end: Array, place: float) -> dict[str, object]:
    words = start + place * (end - start)
    ends = dict(zip(("x", "y", "x2", "y2", "words_x", "words_y"), [*start, *end, *words], strict=True))
    return {**{name: float(at) for name, at in ends.items()}, "value": value}


def matrices(weights: Weights) -> dict[str, list[list[float]]]:
    """Both matrices as a file holds them."""
    return {"hidden": weights.hidden.tolist(), "output": weights.output.tolist()}


def weights_after(history: History, run: int) -> Array:
    """All weights of a run after each epoch in textbook order, (1 + epochs, weights)."""
    matrices = (history.hidden[..., run], history.output[..., run])
    return forward_filled(np.concatenate([matrix.reshape(len(matrix), -1) for matrix in matrices], axis=1))
