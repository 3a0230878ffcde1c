"""How a chart gets to the browser: its specification once, after that data only, so that it is never embedded anew."""

import json
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any, Literal

import altair as alt
import pyarrow as pa
from streamlit.delta_generator import DeltaGenerator
from streamlit.elements.lib.layout_utils import LayoutConfig
from streamlit.proto.VegaLiteChart_pb2 import VegaLiteChart


class Spec(dict[str, Any]):
    """A Vega-Lite specification without its data. Nobody writes into it."""

    @cached_property
    def text(self) -> str:
        """As it goes to the browser."""
        return json.dumps({**self, "autosize": {"type": "fit", "contains": "padding"}})


_EVENTS = {"defaults": {"prevent": False}}
LARGEST_PICKED = 2**53
"""No mark of a chart has a larger number; true of nothing that is not a number."""


def specification(chart: alt.TopLevelMixin) -> Spec:
    """The Vega-Lite specification of a chart over named datasets, drawn on one canvas.

    A canvas has no elements that could carry a description of each mark; making them would take most of its time. The
    tests check charts against Vega-Lite's schema; a server that has just been started must not wait for that. A finger
    on a chart scrolls the page: Vega would keep what it listens to from the browser.
    """
    spec = chart.to_dict(validate=False)
    config = {**spec["config"], "mark": {"aria": False}, "axis": {"aria": False}, "events": _EVENTS}
    return Spec({**spec, "config": config, "usermeta": {"embedOptions": {"renderer": "canvas"}}})


def draw(place: DeltaGenerator, spec: Spec, datasets: Mapping[str, pa.Table | bytes], alt: str) -> DeltaGenerator:
    """Draw `spec` over `datasets`, each a table or its Arrow stream, in `place`; `alt` is its text alternative.

    The same as `place.vega_lite_chart`, which writes and reads the specification anew each time: that takes six times
    as long, and a lecture hall that plays asks for hundreds of charts a second.
    """
    chart = VegaLiteChart(spec=spec.text, theme="streamlit", alt=alt)
    for name, rows in datasets.items():
        dataset = chart.datasets.add(name=name, has_name=True)
        dataset.data.data = rows if isinstance(rows, bytes) else _stream(rows)
    drawn: DeltaGenerator = place._enqueue("vega_lite_chart", chart, layout_config=LayoutConfig("stretch", "content"))
    return drawn


def streams(datasets: Mapping[str, pa.Table]) -> dict[str, pa.Table | bytes]:
    """Tables that are drawn many times, as Arrow streams."""
    return {name: _stream(table) for name, table in datasets.items()}


def _stream(table: pa.Table) -> bytes:
    """A table as an Arrow stream."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    stream: bytes = sink.getvalue().to_pybytes()
    return stream


def pick(
    place: DeltaGenerator,
    spec: Spec,
    datasets: dict[str, pa.Table],
    key: str,
    alt: str,
    by: str,
    fields: Sequence[str] = (),
    on_pick: Callable[[], None] | Literal["rerun"] = "rerun",
) -> dict[str, float]:
    """Draw a chart in which a click picks a mark by the selection `by`; gives the `fields` of that mark, or nothing.

    A function `on_pick` is called before the page runs again.
    """
    state = place.vega_lite_chart(
        {**spec, "datasets": datasets}, key=key, alt=alt, on_select=on_pick, selection_mode=by
    )
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
