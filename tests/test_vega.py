"""Every specification that goes to a browser."""

import altair as alt
import pytest

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
    assert alt.LayerChart.from_dict(SPECIFICATIONS[name]).layer


@pytest.mark.parametrize("name", SPECIFICATIONS)
def test_a_specification_holds_no_rows_and_describes_no_mark(name: str) -> None:
    spec = SPECIFICATIONS[name]
    assert "datasets" not in spec
    assert spec["config"]["mark"] == spec["config"]["axis"] == {"aria": False}


def test_a_broken_specification_would_be_found() -> None:
    broken = {**SPECIFICATIONS["symmetry spread"], "height": "tall"}
    with pytest.raises(Exception, match="'tall' is not of type 'number'"):
        alt.LayerChart.from_dict(broken)
