"""The JavaScript that computes a network's outputs on a grid of the plane, and draws them as images."""

import json

from pages.ui.live.channel import read
from tinynet import activations, regions


def script(start: float = regions.START) -> str:
    """The script for a grid whose first point is at `start` along both axes."""
    grid = {
        "a": activations.A,
        "b": activations.B,
        "start": start,
        "step": regions.STEP,
        "points": regions.POINTS,
    }
    return f"const GRID = {json.dumps(grid)};\n{read('picture.js')}"
