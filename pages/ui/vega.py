"""Sending charts to the browser: the specification once, then only data, so that a chart is never embedded anew."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Literal

import altair as alt
import pyarrow as pa
from streamlit.delta_generator import DeltaGenerator


class Spec(dict[str, Any]):
    """A Vega-Lite specification without data, and its text alternative. Shared, so never modify it."""

    def __init__(self, spec: Mapping[str, Any], alt: str) -> None:
        super().__init__(spec)
        self.alt = alt
        self._named: dict[str, Spec] = {}

    def named(self, name: str) -> "Spec":
        """The same chart with `name` inserted into its text alternative, made once for each name."""
        if name not in self._named:
            self._named[name] = Spec(self, self.alt.format(name))
        return self._named[name]

    def as_svg(self) -> "Spec":
        """The same chart rendered as SVG, which is sharp at any size."""
        return Spec({**self, "usermeta": {"embedOptions": {"renderer": "svg"}}}, self.alt)

    @cached_property
    def datasets(self) -> frozenset[str]:
        """The names of the datasets that the chart draws."""
        return frozenset(_drawn(self))


def _drawn(part: Any) -> Iterator[str]:
    """The names of the datasets that a part of a specification draws or looks values up in."""
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
"""Numbers of a clicked mark must be smaller; this also rejects nan and infinity."""


def specification(chart: alt.TopLevelMixin, words: str, colour: str) -> Spec:
    """The Vega-Lite specification of a chart over named datasets, drawn on a canvas, with `words` as text alternative.

    The text describes the chart, not its data: when it changes, the browser embeds the chart anew. The axes are
    labelled in `colour`; Streamlit's own grey is too pale to be read from afar.

    A mark has the tooltip that its chart gives it, or none: Streamlit's own would show all its columns, and of an image
    the whole URL. ARIA descriptions are off: a canvas has no elements to carry them, and making them would take most of
    the rendering time. Validation is left to the tests, because it would delay a new server. Vega must not prevent
    default events: a finger on a chart scrolls the page.
    """
    spec = chart.to_dict(validate=False)
    axis = {"aria": False, "labelColor": colour, "titleColor": colour}
    config = {**spec["config"], "mark": {"aria": False, "tooltip": None}, "axis": axis, "events": _EVENTS}
    return Spec({**spec, "config": config, "usermeta": {"embedOptions": {"renderer": "canvas"}}}, words)


def single_row() -> alt.Chart:
    """A chart with one row and no dataset, for marks that are drawn once."""
    return alt.Chart(alt.sequence(0, 1, as_="i"))


def draw(place: DeltaGenerator, spec: Spec, datasets: Mapping[str, pa.Table]) -> DeltaGenerator:
    """Draw `spec` with `datasets` in `place`, which may hold a chart drawn before. Returns the drawn element."""
    return place.vega_lite_chart(_with_data(spec, datasets), alt=spec.alt)


def _with_data(spec: Spec, datasets: Mapping[str, pa.Table]) -> dict[str, Any]:
    """A specification with its data; raises ValueError unless `datasets` are exactly those that it draws.

    A chart in the browser stops working for good when it receives a dataset that it does not know.
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
    """Draw a chart whose marks can be clicked. Returns `fields` of the mark in the selection `by`, or {}.

    A function `on_pick` is called before the page reruns.
    """
    state = place.vega_lite_chart(
        _with_data(spec, datasets), key=key, alt=spec.alt, on_select=on_pick, selection_mode=by
    )
    return picked(state, by, fields)


def picked(state: Any, by: str, fields: Sequence[str]) -> dict[str, float]:
    """The numbers `fields` of the mark clicked according to a chart's `state`; {} if it holds anything else.

    The state comes from a browser and is untrusted.
    """
    rows = state.get("selection", {}).get(by) if isinstance(state.get("selection"), Mapping) else None
    row = rows[0] if isinstance(rows, list) and rows else None
    if not isinstance(row, Mapping):
        return {}
    values = {name: row.get(name) for name in fields}
    return values if all(_is_finite(value) for value in values.values()) else {}  # type: ignore[return-value]


def _is_finite(value: object) -> bool:
    # an int may be too large to convert to a float
    return isinstance(value, int | float) and abs(value) < LARGEST_PICKED
