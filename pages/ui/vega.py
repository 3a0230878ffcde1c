"""How a chart gets to the browser: its specification once, after that data only, so that it is never embedded anew."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Literal

import altair as alt
import pyarrow as pa
from streamlit.delta_generator import DeltaGenerator


class Spec(dict[str, Any]):
    """A Vega-Lite specification without its data, and its text alternative. Nobody writes into it."""

    def __init__(self, spec: Mapping[str, Any], alt: str) -> None:
        super().__init__(spec)
        self.alt = alt

    def of(self, name: str) -> "Spec":
        """The same chart of something whose name belongs into the gap of its text alternative."""
        return Spec(self, self.alt.format(name))

    def as_svg(self) -> "Spec":
        """The same chart drawn as SVG, which stays sharp at any size."""
        return Spec({**self, "usermeta": {"embedOptions": {"renderer": "svg"}}}, self.alt)

    @cached_property
    def datasets(self) -> frozenset[str]:
        """The names of the datasets that it draws."""
        return frozenset(_drawn(self))


def _drawn(part: Any) -> Iterator[str]:
    """The datasets that a part of a specification draws, or looks things up in."""
    if isinstance(part, list):
        for one in part:
            yield from _drawn(one)
    elif isinstance(part, dict):
        data = part.get("data")
        if isinstance(data, dict) and "name" in data:
            yield data["name"]
        for one in part.values():
            yield from _drawn(one)


_EVENTS = {"defaults": {"prevent": False}}
LARGEST_PICKED = 2**53
"""No mark of a chart has a larger number; true of nothing that is not a number."""


def specification(chart: alt.TopLevelMixin, words: str) -> Spec:
    """The Vega-Lite specification of a chart over named datasets, drawn on a canvas; `words` are its text alternative.

    The words are about the chart and not about its data: a browser embeds a chart anew when they change.

    A canvas has no elements that could carry a description of each mark; making them would take most of its time. The
    tests check charts against Vega-Lite's schema; a server that has just been started must not wait for that. A finger
    on a chart scrolls the page: Vega would keep what it listens to from the browser.
    """
    spec = chart.to_dict(validate=False)
    config = {**spec["config"], "mark": {"aria": False}, "axis": {"aria": False}, "events": _EVENTS}
    return Spec({**spec, "config": config, "usermeta": {"embedOptions": {"renderer": "canvas"}}}, words)


def draw(place: DeltaGenerator, spec: Spec, datasets: Mapping[str, pa.Table]) -> DeltaGenerator:
    """Draw `spec` over `datasets` in `place`, which may be a chart drawn before."""
    return place.vega_lite_chart(_over(spec, datasets), alt=spec.alt)


def _over(spec: Spec, datasets: Mapping[str, pa.Table]) -> dict[str, Any]:
    """A specification with its data.

    They are just those that it draws: at a dataset that it does not know a chart in the browser stops for good.
    """
    if datasets.keys() != spec.datasets:
        raise ValueError(f"this chart draws {sorted(spec.datasets)}, received {sorted(datasets)}")
    return {**spec, "datasets": datasets}


def pick(
    place: DeltaGenerator,
    spec: Spec,
    datasets: dict[str, pa.Table],
    key: str,
    by: str,
    fields: Sequence[str] = (),
    on_pick: Callable[[], None] | Literal["rerun"] = "rerun",
) -> dict[str, float]:
    """Draw a chart in which a click picks a mark by the selection `by`; gives the `fields` of that mark, or nothing.

    A function `on_pick` is called before the page runs again.
    """
    state = place.vega_lite_chart(_over(spec, datasets), key=key, alt=spec.alt, on_select=on_pick, selection_mode=by)
    return picked(state, by, fields)


def picked(state: Any, by: str, fields: Sequence[str]) -> dict[str, float]:
    """The numbers `fields` of the mark that a chart says was clicked; nothing if it says anything else.

    What comes from a browser may be anything.
    """
    rows = state.get("selection", {}).get(by) if isinstance(state.get("selection"), Mapping) else None
    row = rows[0] if isinstance(rows, list) and rows else None
    if not isinstance(row, Mapping):
        return {}
    values = {name: row.get(name) for name in fields}
    return values if all(_is_finite(value) for value in values.values()) else {}  # type: ignore[return-value]


def _is_finite(value: object) -> bool:
    # a whole number may be too large for a float
    return isinstance(value, int | float) and abs(value) < LARGEST_PICKED
