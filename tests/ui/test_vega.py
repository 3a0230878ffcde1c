"""Every specification that goes to a browser."""

import altair as alt
import pyarrow as pa
import pytest
from streamlit.delta_generator import DeltaGenerator

from pages.ui import vega
from pages.ui.decision_regions import state as regions
from pages.ui.digits import charts as digits
from pages.ui.sweep import charts as sweep
from pages.ui.training import charts as training
from pages.ui.vega import Spec
from pages.ui.why_not_zero import charts as symmetry
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


def test_a_chart_takes_just_the_datasets_that_it_draws() -> None:
    """At one that it does not know, a chart in the browser stops for good: so a change of θ once froze two of them."""
    spec = SPECIFICATIONS["training accuracy"]
    table = pa.table({"epoch": [0]})
    assert spec.datasets == {"curve", "now", "stops", "limits"}
    with pytest.raises(ValueError, match=r"this chart draws \['curve', .*\], received .*'theta'"):
        vega.draw(DeltaGenerator(), spec, dict.fromkeys([*spec.datasets, "theta"], table), alt="")
    with pytest.raises(ValueError, match="received"):
        vega.draw(DeltaGenerator(), spec, dict.fromkeys(spec.datasets - {"stops"}, table), alt="")


def test_a_broken_specification_would_be_found() -> None:
    broken = {**without_events(SPECIFICATIONS["symmetry spread"]), "height": "tall"}
    with pytest.raises(Exception, match="'tall' is not of type 'number'"):
        alt.LayerChart.from_dict(broken)
