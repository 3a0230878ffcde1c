"""The files that the page of decision regions saves and loads."""

import json
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

import numpy as np

from pages.ui.decision_regions.tables import View
from pages.ui.files import Content, check_keys, items
from tinynet.regions import CELLS, Regions, axis

VIEW = tuple(field.name for field in fields(View))
"""The display settings, by their names in a file."""


def as_csv(regions: Regions) -> str:
    """All 10,000 points: x1, x2, h1, h2, o and the class."""
    x1, x2 = (side.ravel() for side in np.meshgrid(axis(), axis(), indexing="ij"))
    columns = (x1, x2, *regions.hidden.reshape(2, -1), regions.output.ravel())
    rows = (
        f"{a:.1f},{b:.1f},{h1!r},{h2!r},{o!r},{'positive' if o >= 0 else 'negative'}"
        for a, b, h1, h2, o in zip(*(column.tolist() for column in columns), strict=True)
    )
    return "\n".join(["x1,x2,h1,h2,o,class", *rows, ""])


def as_json(regions: Regions, view: Mapping[str, Any]) -> str:
    """The two matrices in the form that `python -m tinynet regions` reads, and the display settings."""
    settings = {"hidden": regions.weights.hidden.tolist(), "output": regions.weights.output[0].tolist(), **view}
    return json.dumps(settings, indent=2, ensure_ascii=False)


def values(content: Content) -> dict[str, Any]:
    """The settings in a file's content, by name; raises ValueError for an unknown key."""
    check_keys(content, ("hidden", "output"), ("page", *VIEW))
    rows = [items("a row of hidden", row, 3) for row in items("hidden", content["hidden"], 2)]
    flat = [*rows[0], *rows[1], *items("output", content["output"], 3)]
    return dict(zip(CELLS, flat, strict=True)) | {name: content[name] for name in VIEW if name in content}
