"""How a chart gets to the browser: its specification once, after that data only, so that it is never embedded anew."""

from collections.abc import Callable
from typing import Any, Literal

import altair as alt
import pyarrow as pa
from streamlit.delta_generator import DeltaGenerator

Spec = dict[str, Any]


def specification(chart: alt.TopLevelMixin) -> Spec:
    """The Vega-Lite specification of a chart over named datasets, drawn on one canvas.

    A canvas has no elements that could carry a description of each mark; making them would take most of its time. The
    tests check charts against Vega-Lite's schema; a server that has just been started must not wait for that.
    """
    spec = chart.to_dict(validate=False)
    config = {**spec["config"], "mark": {"aria": False}, "axis": {"aria": False}}
    return {**spec, "config": config, "usermeta": {"embedOptions": {"renderer": "canvas"}}}


def draw(place: DeltaGenerator, spec: Spec, datasets: dict[str, pa.Table], key: str, alt: str) -> DeltaGenerator:
    """Draw `spec` over `datasets` in `place`; `alt` is its text alternative. The same key updates the same chart."""
    return place.vega_lite_chart({**spec, "datasets": datasets}, key=key, alt=alt)


def pick(
    place: DeltaGenerator,
    spec: Spec,
    datasets: dict[str, pa.Table],
    key: str,
    alt: str,
    by: str,
    on_pick: Callable[[], None] | Literal["rerun"] = "rerun",
) -> dict[str, Any]:
    """Draw a chart in which a click picks a mark by the selection `by`; gives the fields of that mark, or nothing.

    A function `on_pick` is called before the page runs again.
    """
    picked = place.vega_lite_chart(
        {**spec, "datasets": datasets}, key=key, alt=alt, on_select=on_pick, selection_mode=by
    )
    rows = picked["selection"][by]
    return dict(rows[0]) if rows else {}
