"""A grid of values as one small PNG: 10,000 cells in some kilobytes, without seams."""

import base64
import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageColor

from pages.ui.theme import Colouring
from tinynet.activations import A
from tinynet.arrays import Array

LEVELS = 255
"""Steps from -a to +a, an odd number, so that zero has a colour of its own."""


def by_sign(values: Array, colouring: Colouring) -> str:
    """The picture of the sign of `values` (x1, x2) in two colours, zero counted as positive; a data URL."""
    return _data_url(values >= 0, np.array([_rgb(colouring.negative), _rgb(colouring.positive)]))


def by_value(values: Array, colouring: Colouring) -> str:
    """The picture of `values` (x1, x2), which lie within ±a, in a continuous colour; a data URL."""
    return _data_url(np.rint((values / A + 1) / 2 * (LEVELS - 1)), _ramp(colouring))


def hatched(cells: NDArray[np.bool_]) -> str:
    """A picture that is black and white on every other one of the `cells` (x1, x2), and clear elsewhere; a data URL.

    One of the two is seen on any colour, and the colour between them.
    """
    diagonal = np.add.outer(np.arange(cells.shape[0]), np.arange(cells.shape[1])) % 4
    indices = np.where(cells & (diagonal % 2 == 0), 1 + diagonal // 2, 0)
    return _data_url(indices, np.array([[0, 0, 0], [0, 0, 0], [255, 255, 255]]), transparency=0)


def _ramp(colouring: Colouring) -> NDArray[np.float64]:
    """The colours from -a over zero to +a, (LEVELS, 3)."""
    places = np.linspace(-1, 1, LEVELS)
    stops = np.array([_rgb(colour) for colour in (colouring.negative, colouring.zero, colouring.positive)])
    return np.stack([np.interp(places, [-1, 0, 1], channel) for channel in stops.T], axis=1)


def _rgb(colour: str) -> tuple[int, ...]:
    return ImageColor.getrgb(colour)


def _data_url(indices: NDArray[np.generic], palette: NDArray[np.generic], **options: int) -> str:
    """A palette PNG of `indices` (x1, x2): x1 runs to the right and x2 upwards. `options` are those of the format."""
    image = Image.fromarray(np.ascontiguousarray(indices.T[::-1]).astype(np.uint8), "P")
    image.putpalette(np.rint(palette).astype(np.uint8).tobytes())
    file = io.BytesIO()
    image.save(file, "PNG", **options)
    return "data:image/png;base64," + base64.b64encode(file.getvalue()).decode()
