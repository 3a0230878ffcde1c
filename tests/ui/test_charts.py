"""Every chart of every page, as the specification and the datasets that go to a browser."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from typing import Any

import altair as alt
import numpy as np
import pyarrow as pa
import pytest
from altair.utils.schemapi import validate_jsonschema
from streamlit.delta_generator import DeltaGenerator

from pages.ui import theme, vega
from pages.ui.activation import tables as activation
from pages.ui.decision_regions import charts as regions
from pages.ui.decision_regions import tables as regions_tables
from pages.ui.digits import charts as digits
from pages.ui.digits import tables as digits_tables
from pages.ui.lines import tables as line_tables
from pages.ui.network import tables as network
from pages.ui.plane import charts as plane
from pages.ui.plane import tables as plane_tables
from pages.ui.sweep import charts as sweep
from pages.ui.sweep import minima
from pages.ui.sweep import tables as sweep_tables
from pages.ui.theme import BLUE, RED, ink
from pages.ui.training import charts as training
from pages.ui.training import comparisons
from pages.ui.training import tables as training_tables
from pages.ui.vega import Spec
from pages.ui.why_not_zero import charts as why_not_zero
from pages.ui.why_not_zero import tables as why_not_zero_tables
from tests.reading import marks, marks_of
from tinynet import symmetry
from tinynet.config import Config, Start
from tinynet.digits import INITIALIZERS, DigitsConfig
from tinynet.digits_history import train as train_on_digits
from tinynet.plane import setting
from tinynet.points import Generated, as_rows, dataset
from tinynet.published import COMPARED
from tinynet.regions import PRESETS, decide
from tinynet.sweep import Plan, Runs
from tinynet.sweep import sweep as swept
from tinynet.training import train

Datasets = Mapping[str, pa.Table]
COLOURING = theme.COLOURINGS["Red and blue"]
VIEW = regions_tables.View("Red and blue", lines=True, contour=True, signs=True, changed=True)
SCHEMA = alt.load_schema()


def of_regions() -> dict[str, Datasets]:
    weights, found = PRESETS["a"], decide(PRESETS["a"])
    lines = regions_tables.zero_lines(weights, (0,))
    return {
        "regions": regions_tables.datasets(found, found, VIEW, COLOURING, (1.0, 2.0)),
        **{name: {"lines": lines} for name in ("h1", "h2")},
        "network": network.drawing(weights),
        "activation": {"curve": activation.curve(), "limits": activation.limits()},
    }


def of_training() -> dict[str, Datasets]:
    config = Config(tuple(Start(init) for init in COMPARED), max_epochs=3)
    history = train(config)
    weights = history.weights(0, 1)
    return {
        **{
            name: training_tables.quantity_datasets(history, config, name, 1, "s")
            for name in training_tables.QUANTITIES
        },
        "samples": {"samples": training_tables.samples(history, COMPARED, 1, "s")},
        **{
            f"compared_{name}": comparisons.curves(history, comparisons.DRAWN[0], name)
            for name in comparisons.QUANTITIES
        },
        "activation": {"curve": activation.curve(), "limits": activation.limits()},
        "network": network.drawing(weights, "weights_random", "s"),
        "plane": training_tables.output_datasets(weights, 0, "weights_random", "s"),
    }


def of_why_not_zero() -> dict[str, Datasets]:
    config = symmetry.setting(max_epochs=3)
    history, losses = train(config), np.array([[2.0, 3.0], [1.0, 1.0]])
    return {
        "units": why_not_zero_tables.units(history, 0, "x1", 1, "s"),
        "gradients": why_not_zero_tables.gradient_chart(history, config, 0, 1, "s"),
        "spread": why_not_zero_tables.spread_chart(history, (0, 1), 1, "s"),
        **{
            name: why_not_zero_tables.against_random(history, name, (0, 1), 1, "s")
            for name in ("training_error", "accuracy")
        },
        "network": network.drawing(history.weights(0, 1), "weights", "s"),
        "not_zero": why_not_zero_tables.zeros_that_learn(history, config),
        **{name: line_tables.datasets(losses, ["zeros", "random"]) for name in ("linear", "logistic", "softmax")},
    }


def of_digits() -> dict[str, Datasets]:
    configs = [DigitsConfig(init, hidden_units=4, iterations=1) for init in INITIALIZERS]
    histories = [train_on_digits(config) for config in configs]
    return {
        **{name: digits_tables.quantity_datasets(configs, histories, name) for name in digits.LOOKS},
        "answers": digits_tables.answers(configs, histories),
    }


def of_sweep() -> dict[str, Datasets]:
    plan = Plan(Config(max_epochs=3), range(2), range(5))
    runs = Runs.join([part.runs for part in swept(plan.config, plan.init_seeds, plan.order_seeds)])
    drawn, same = minima.runs_of_order(runs, 0)
    few = minima.first_runs_config(plan, 0, drawn)
    alike = np.ones(len(minima.epochs_around(few, 1)))
    return {
        "strips": sweep_tables.strips(runs, plan, "order_seed"),
        **{name: minima.histogram(drawn, same, name, drawn) for row in minima.ROWS for name in row},
        "together": minima.stops_together(train(few), few, 1, alike),
    }


def of_the_plane() -> dict[str, Datasets]:
    history = train(setting((Start("random"), Start("constant", value=0.5)), max_epochs=3), dataset(Generated()))
    rows, weights = as_rows(dataset(Generated())), history.weights(0, 1)
    return {
        **{f"picture_{run}": plane_tables.picture(rows, weights, run, "s") for run in range(2)},
        **{name: plane_tables.quantity_datasets(history, name, 0.75, 1, "s") for name in plane_tables.QUANTITIES},
        "network": network.drawing(weights, "weights_0", "s"),
    }


SPECIFICATIONS: Mapping[str, Callable[[bool], Mapping[str, Spec]]] = {
    "regions": regions.specifications,
    "training": partial(training.specifications, COMPARED),
    "why_not_zero": why_not_zero.specifications,
    "digits": partial(digits.specifications, INITIALIZERS),
    "sweep": partial(sweep.specifications, 5),
    "in_the_plane": plane.specifications,
    "large sweep": lambda dark: {"strips": sweep.specifications(200, dark)["strips"]},
}
TABLES = {
    "regions": of_regions,
    "training": of_training,
    "why_not_zero": of_why_not_zero,
    "digits": of_digits,
    "sweep": of_sweep,
    "large sweep": of_sweep,
    "in_the_plane": of_the_plane,
}
NAMES = {
    "regions": regions.ALT,
    "training": training.ALT,
    "why_not_zero": why_not_zero.ALT,
    "digits": digits.ALT,
    "sweep": sweep.ALT,
    "in_the_plane": [name for name in plane.ALT if name != "picture"] + ["picture_0", "picture_1"],
    "large sweep": ["strips"],
}
each_chart = pytest.mark.parametrize(
    ("page", "name"), [(page, name) for page, names in NAMES.items() for name in names]
)


@cache
def specifications(page: str, dark: bool = False) -> Mapping[str, Spec]:
    """All charts of a page."""
    return SPECIFICATIONS[page](dark)


@pytest.mark.parametrize("page", SPECIFICATIONS)
def test_every_chart_is_named(page: str) -> None:
    assert set(specifications(page)) == set(NAMES[page])


@cache
def datasets(page: str) -> Mapping[str, Datasets]:
    """The datasets of all charts of a page, as the page makes them."""
    return TABLES[page]()


def without_events(spec: Spec) -> dict[str, Any]:
    """A specification without that part of the configuration which Vega-Lite hands on to Vega, and does not know."""
    return {**spec, "config": {name: part for name, part in spec["config"].items() if name != "events"}}


def validate(spec: dict[str, Any]) -> None:
    # what alt.LayerChart.from_dict does, without its objects, which take six times as long
    validate_jsonschema(spec, {"$ref": "#/definitions/TopLevelLayerSpec"}, rootschema=SCHEMA)


# All charts.


@each_chart
def test_a_chart_obeys_the_schema_of_vega_lite(page: str, name: str) -> None:
    validate(without_events(specifications(page)[name]))


def test_a_chart_that_breaks_the_schema_would_be_found() -> None:
    broken = {**without_events(specifications("digits")["loss"]), "height": "tall"}
    with pytest.raises(Exception, match="'tall' is not of type 'number'"):
        validate(broken)


@each_chart
def test_a_chart_draws_just_the_datasets_that_its_page_makes(page: str, name: str) -> None:
    """At one that it does not know, a chart in the browser stops for good: so a change of θ once froze two of them."""
    spec, tables = specifications(page)[name], datasets(page)[name]
    vega.draw(DeltaGenerator(), spec, tables)
    for wrong in (dict(tables) | {"other": pa.table({})}, dict(list(tables.items())[1:])):
        with pytest.raises(ValueError, match=r"this chart draws \[.*\], received \["):
            vega.draw(DeltaGenerator(), spec, wrong)


@each_chart
def test_a_chart_reads_no_column_that_its_datasets_do_not_have(page: str, name: str) -> None:
    spec, tables = specifications(page)[name], datasets(page)[name]
    for mark in marks(spec):
        if table := tables.get(mark.get("data", {}).get("name", "")):
            fields = {one for one in strings(mark["encoding"], "field") if one not in made(mark.get("transform", []))}
            assert fields <= set(table.column_names), mark["mark"]["type"]


def strings(part: Any, key: str) -> Iterator[str]:
    """Every text under `key` in a part of a specification."""
    for name, one in part.items() if isinstance(part, dict) else enumerate(part):
        if name == key and isinstance(one, str):
            yield one
        elif isinstance(one, dict | list):
            yield from strings(one, key)


def made(transforms: list[dict[str, Any]]) -> set[str]:
    """The columns that transforms add."""
    names = {*strings(transforms, "as"), *(name for step in transforms for name in step.get("groupby", []))}
    return names | {name for step in transforms if isinstance(step.get("as"), list) for name in step["as"]}


@each_chart
def test_a_chart_holds_no_rows_describes_no_mark_and_follows_the_theme(page: str, name: str) -> None:
    spec = specifications(page)[name]
    assert "datasets" not in spec
    assert spec["config"]["mark"] == {"aria": False, "tooltip": None}
    grey = theme.muted(dark=False)
    assert spec["config"]["axis"] == {"aria": False, "labelColor": grey, "titleColor": grey}
    assert spec["usermeta"] == {"embedOptions": {"renderer": "canvas"}}
    assert spec != specifications(page, dark=True)[name]


@each_chart
def test_a_chart_has_a_text_alternative_in_whole_sentences(page: str, name: str) -> None:
    assert re.fullmatch(r"[A-Z].{20,250}\.", specifications(page)[name].alt)


def test_the_name_of_a_run_fills_the_gap_of_a_text_alternative() -> None:
    assert specifications("training")["plane"].named("same").alt.startswith("The 20 samples as same sees them")


@each_chart
def test_words_in_a_chart_are_large_enough_to_be_read(page: str, name: str) -> None:
    for mark in marks_of(specifications(page)[name], "text"):
        size = mark["mark"].get("fontSize", network.LARGE[1])  # the units of a network have theirs in a column
        sizes = re.findall(r"\d+", size["expr"].split("?")[1]) if isinstance(size, dict) else [size]
        smallest = {"digits": 14, "training": 14, "why_not_zero": 14}.get(page, 11)
        assert min(map(int, sizes)) >= (smallest if name != "activation" else 11)


@each_chart
def test_no_two_lines_of_a_chart_are_told_apart_by_colour_alone(page: str, name: str) -> None:
    lines = [line["mark"] for line in marks_of(specifications(page)[name], "line")]
    dashes = [tuple(line.get("strokeDash", ())) for line in lines]
    assert len(set(dashes)) == len(dashes)


# Charts of lines.


@pytest.mark.parametrize("dark", [False, True])
def test_red_and_blue_are_for_random_and_for_what_starts_alike_and_nothing_else_is_coloured(dark: bool) -> None:
    other = ink(dark)
    expected = {
        ("training", "accuracy"): [RED, BLUE, other, other, other],
        ("why_not_zero", "spread"): [BLUE, RED],
        ("why_not_zero", "accuracy"): [BLUE, RED],
        ("in_the_plane", "accuracy"): [RED, BLUE],
        ("digits", "loss"): [BLUE, BLUE, RED, other, other],
    }
    for (page, name), colours in expected.items():
        found = [line["mark"]["color"] for line in marks_of(specifications(page, dark)[name], "line")]
        assert found == colours, (page, name)


@pytest.mark.parametrize("page", ["training", "why_not_zero", "digits", "in_the_plane"])
def test_only_gradients_and_the_spread_have_a_logarithmic_axis(page: str) -> None:
    def is_log(spec: Spec) -> bool:
        axes = [mark["encoding"].get("y", {}) for mark in marks(spec)]
        return any((axis.get("scale") or {}).get("type") == "log" for axis in axes)

    logarithmic = {name for name, spec in specifications(page).items() if is_log(spec)}
    assert logarithmic == {name for name in specifications(page) if "gradient" in name or name == "spread"}


@pytest.mark.parametrize("runs", [("random",), COMPARED])
def test_each_run_of_a_training_has_one_line_and_a_marker_of_its_own(runs: tuple[str, ...]) -> None:
    specs = training.specifications(runs, False)
    assert {len(marks_of(specs[quantity], "line")) for quantity in training_tables.QUANTITIES} == {len(runs)}
    assert len({training.SHAPES[run] for run in runs}) == len(runs)


@pytest.mark.parametrize("runs", [("zeros",), INITIALIZERS])
def test_the_answers_on_mnist_have_a_row_for_each_run(runs: tuple[str, ...]) -> None:
    assert digits.specifications(runs, False)["answers"]["height"] == digits.HEAD + digits.ROW * len(runs)
    assert len({digits.line(init, False).shape for init in runs}) == len(runs)


# The decision regions, and the network.


def test_the_axes_of_the_regions_stay_and_are_square() -> None:
    spec = specifications("regions")["regions"]
    assert {"name": "height", "expr": "width"} in spec["params"]
    axes = [mark["encoding"].get(channel, {}) for mark in marks(spec) for channel in ("x", "y")]
    domains = [axis["scale"]["domain"] for axis in axes if "scale" in axis]
    assert domains
    assert all(domain == pytest.approx([-5.05, 5.0]) for domain in domains)


def test_a_negative_weight_differs_in_colour_and_in_dash() -> None:
    (edge,) = marks_of(specifications("training")["network"], "rule", "edges")
    colours, dashes = (edge["encoding"][channel]["scale"] for channel in ("color", "strokeDash"))
    assert colours["domain"] == dashes["domain"] == [-1, 0, 1]
    assert (colours["range"][0], colours["range"][2]) == (BLUE, RED)
    assert colours["range"][1] not in (BLUE, RED)
    assert dashes["range"][0] != dashes["range"][1] == dashes["range"][2] == []
