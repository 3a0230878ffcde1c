"""A grid of values as one small PNG: 10,000 cells in a few kilobytes, without seams."""

import base64
import io
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageColor

from pages.ui.theme import Colouring
from tinynet.activations import A
from tinynet.arrays import Array

LEVELS = 255
"""Number of colours from -a to +a; odd, so that zero has a colour of its own."""


def by_value(values: Array, colouring: Colouring) -> str:
    """An image of `values` (x1, x2) within ±a in a continuous colour scale, as a data URL."""
    return _data_url(np.rint((values / A + 1) / 2 * (LEVELS - 1)), _levels(colouring))


def hatched(cells: NDArray[np.bool_]) -> str:
    """An image that is black and white on alternate `cells` (x1, x2) and transparent elsewhere, as a data URL.

    One of the two is visible on any colour, and the colour shows between them.
    """
    diagonal = np.add.outer(np.arange(cells.shape[0]), np.arange(cells.shape[1])) % 4
    indices = np.where(cells & (diagonal % 2 == 0), 1 + diagonal // 2, 0)
    return _data_url(indices, _rgb(["black", "black", "white"]), transparency=0)


def signs(colouring: Colouring) -> list[str]:
    """The colours of a negative and of a positive value."""
    return [colouring.negative, colouring.positive]


def ramp(colouring: Colouring) -> list[str]:
    """The LEVELS colours from -a through zero to +a."""
    return [f"#{red:02x}{green:02x}{blue:02x}" for red, green, blue in _levels(colouring).tolist()]


def _levels(colouring: Colouring) -> NDArray[np.uint8]:
    stops = _rgb([colouring.negative, colouring.zero, colouring.positive])
    places = np.linspace(-1, 1, LEVELS)
    channels = [np.interp(places, [-1, 0, 1], channel) for channel in stops.T]
    colours: NDArray[np.uint8] = np.rint(np.stack(channels, axis=1)).astype(np.uint8)
    return colours


def _rgb(colours: Sequence[str]) -> NDArray[np.uint8]:
    return np.array([ImageColor.getrgb(colour) for colour in colours], dtype=np.uint8)


def _data_url(indices: NDArray[np.generic], palette: NDArray[np.uint8], **options: int) -> str:
    """A palette PNG of `indices` (x1, x2), x1 to the right and x2 upwards, as a data URL; `options` are PNG options."""
    image = Image.fromarray(np.ascontiguousarray(indices.T[::-1]).astype(np.uint8), "P")
    image.putpalette(palette.tobytes())
    file = io.BytesIO()
    image.save(file, "PNG", **options)
    return "data:image/png;base64," + base64.b64encode(file.getvalue()).decode()
