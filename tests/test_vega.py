"""Every specification that goes to a browser."""

import json
import re

import altair as alt
import pyarrow as pa
import pytest
from streamlit.testing.v1 import AppTest

from pages.ui.charts import digits, sweep, symmetry, training
from pages.ui.state import regions
from pages.ui.vega import Spec
from tinynet.digits import INITIALIZERS
from tinynet.published import COMPARED

SPECIFICATIONS: dict[str, Spec] = {
    f"{page} {name}": spec
    for page, specs in {
        "regions": regions.specifications(dark=False),
        "training": training.specifications(COMPARED, dark=True),
        "symmetry": symmetry.specifications(dark=False),
        "digits": digits.specifications(INITIALIZERS, dark=True),
        "sweep": sweep.specifications(5, dark=False),
        "large sweep": {"strips": sweep.specifications(200, dark=True)["strips"]},
    }.items()
    for name, spec in specs.items()
}


@pytest.mark.parametrize("name", SPECIFICATIONS)
def test_a_specification_obeys_the_schema_of_vega_lite(name: str) -> None:
    assert alt.LayerChart.from_dict(without_events(SPECIFICATIONS[name])).layer


def without_events(spec: Spec) -> dict[str, object]:
    """A specification without that part of the configuration which Vega-Lite hands on to Vega, and does not know."""
    return {**spec, "config": {name: part for name, part in spec["config"].items() if name != "events"}}


@pytest.mark.parametrize("name", SPECIFICATIONS)
def test_a_specification_holds_no_rows_and_describes_no_mark(name: str) -> None:
    spec = SPECIFICATIONS[name]
    assert "datasets" not in spec
    assert spec["config"]["mark"] == spec["config"]["axis"] == {"aria": False}


def page_with_a_chart() -> None:
    import pyarrow as pa
    import streamlit as st

    from pages.ui import vega
    from pages.ui.charts import training

    spec = training.specifications(["same"], dark=False)["accuracy"]
    datasets = {"curve": pa.table({"epoch": [0], "same": [0.5]}), "stops": pa.table({"run": pa.array([], pa.string())})}
    vega.draw(st.container(), spec, datasets, alt="A chart.")
    st.vega_lite_chart({**spec, "datasets": datasets}, alt="A chart.")


def test_a_chart_goes_to_the_browser_as_streamlit_itself_sends_it() -> None:
    ours, theirs = (chart.proto for chart in AppTest.from_function(page_with_a_chart).run().get("vega_lite_chart"))
    # Streamlit gives the views of a chart other names
    one, other = (json.loads(re.sub('"view_[0-9a-f_]+"', '"view"', proto.spec)) for proto in (ours, theirs))
    assert one == other
    assert [pa.ipc.open_stream(one.data.data).read_all() for one in ours.datasets] == [
        pa.ipc.open_stream(one.data.data).read_all() for one in theirs.datasets
    ]
    for proto in (ours, theirs):
        proto.ClearField("spec")
    assert ours == theirs


def test_a_broken_specification_would_be_found() -> None:
    broken = {**without_events(SPECIFICATIONS["symmetry spread"]), "height": "tall"}
    with pytest.raises(Exception, match="'tall' is not of type 'number'"):
        alt.LayerChart.from_dict(broken)
