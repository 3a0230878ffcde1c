"""The drawing of a network with one hidden layer as tables: the positions of its units and edges."""

import numpy as np
import pyarrow as pa

from pages.ui.lines.tables import forward_filled
from pages.ui.numbers import SUBSCRIPTS
from tinynet.arrays import Array
from tinynet.network import Weights
from tinynet.training import History

MOST_NAMED = 3
"""With more hidden units, the edges are too close for a number on each."""
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
