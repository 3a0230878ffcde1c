"""What is seen of a network on points of the plane, in a sentence."""

from collections.abc import Sequence

from pages.ui.plane.points import Row
from pages.ui.plane.tables import is_wrong
from tinynet.network import Weights


def statement(weights: Weights, rows: Sequence[Row], best: int) -> str:
    """TO DO."""
    return f"{len(rows) - sum(is_wrong(weights, rows))} of {len(rows)}. {best}"
