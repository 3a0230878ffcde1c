"""A saved file of settings restores its page, and no file of another make does harm."""

import json
from dataclasses import asdict, fields
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pages.ui.upload import LARGEST, OVERLAYS, TITLES, parse
from streamlit.testing.v1 import AppTest

from pages.ui.decision_regions import tables as regions_frames
from pages.ui.decision_regions.controls import LIMIT
from pages.ui.decision_regions.state import View
from pages.ui.fields import LARGEST_THETA, SMALLEST_RANGE
from pages.ui.sweep import controls as sweep_controls
from pages.ui.sweep import tables as sweep_frames
from pages.ui.theme import COLOURINGS
from pages.ui.training import tables as training_frames
from pages.ui.training.controls import MOST_EPOCHS
from tests.runs import some_runs
from tinynet import digits
from tinynet.config import LARGEST_CONSTANT, LARGEST_LEARNING_RATE, LARGEST_SEED, SMALLEST_LEARNING_RATE, Config, Start
from tinynet.initializers import DRAWN
from tinynet.published import COMPARED
from tinynet.regions import CELLS, PRESETS, cells, from_cells
from tinynet.sweep import Plan, Runs, sweep
from tinynet.training import History, Stop, train

RUN = train(Config(max_epochs=1))
SEEDS = st.integers(0, LARGEST_SEED)
RATES = st.floats(SMALLEST_LEARNING_RATE, LARGEST_LEARNING_RATE)
THETAS = st.floats(0, LARGEST_THETA)
RANGES = st.floats(SMALLEST_RANGE, LARGEST_CONSTANT)


def history_of(config: Config) -> History:
    """Some history with the runs of a config; its results are not what is restored."""
    one = some_runs(RUN, [0] * len(config.starts))
    assert one.stops[0] is Stop.MAX_EPOCHS
    return one


@given(
    st.lists(st.floats(-LIMIT, LIMIT), min_size=9, max_size=9),
    st.sampled_from(list(COLOURINGS)),
    st.lists(st.booleans(), min_size=len(OVERLAYS), max_size=len(OVERLAYS)),
)
def test_what_problem_1_saves_restores_it(values: list[float], colouring: str, overlays: list[bool]) -> None:
    weights = from_cells(dict(zip(CELLS, values, strict=True)))
    view = {"colouring": colouring, **dict(zip(OVERLAYS, overlays, strict=True))}
    found = parse(regions_frames.as_json(weights, view).encode(), "decision_regions")
    shown = {"colouring": colouring, **dict(zip(OVERLAYS.values(), overlays, strict=True))}
    assert found == cells(weights) | shown


def test_every_way_to_show_problem_1_is_restored() -> None:
    assert {field.name for field in fields(View)} == {"colouring", *OVERLAYS}


def test_what_the_command_line_takes_restores_the_weights_alone() -> None:
    text = b'{"hidden": [[1, 2, 3], [4, 5, 6]], "output": [7, 8, 9]}'
    assert parse(text, "decision_regions") == dict(zip(CELLS, map(float, range(1, 10)), strict=True))


@given(st.lists(st.sampled_from(COMPARED), min_size=1, unique=True), SEEDS, SEEDS, RATES, THETAS, RANGES)
def test_what_problem_2_saves_restores_it(
    inits: list[str], seed: int, order: int, eta: float, theta: float, scale: float
) -> None:
    starts = tuple(Start(init, seed, scale=scale) for init in inits)
    config = Config(starts, order, eta, theta, 1 + seed % MOST_EPOCHS)
    found = parse(training_frames.as_json(history_of(config), config, 1).encode(), "training")
    expected = {"init": inits, "order": order, "eta": eta, "theta": theta, "epochs": config.max_epochs}
    expected |= {"epoch": 1, "epoch_subject": None}
    assert found == expected | ({"seed": seed, "range": scale} if DRAWN & set(inits) else {})


@given(st.integers(100, 10_000), st.integers(1, 200), st.integers(0, LARGEST_SEED - 200), RATES, THETAS, RANGES)
@settings(max_examples=30)
def test_what_the_sweep_saves_restores_it(
    inits: int, orders: int, first: int, eta: float, theta: float, scale: float
) -> None:
    config = Config((Start("random", scale=scale), Start("same")), learning_rate=eta, theta=theta, max_epochs=7)
    plan = Plan(config, range(inits), range(first, first + orders))
    found = parse(sweep_frames.as_json(few_runs(), plan).encode(), "sweep")
    assert found == {
        "inits": inits,
        "orders": orders,
        "first_order": first,
        "sweep_eta": eta,
        "sweep_theta": theta,
        "sweep_epochs": 7,
        "sweep_range": scale,
    }


def few_runs() -> Runs:
    """Some finished runs; their results are not what is restored."""
    return Runs.join([part.runs for part in sweep(Config(max_epochs=2), range(2), range(1))])


@given(
    st.lists(st.sampled_from(digits.INITIALIZERS), min_size=1, unique=True),
    st.integers(digits.FEWEST_HIDDEN_UNITS, digits.MOST_HIDDEN_UNITS),
    st.sampled_from(list(digits.ACTIVATIONS)),
    RATES,
    st.booleans(),
    SEEDS,
    st.floats(-LARGEST_CONSTANT, LARGEST_CONSTANT),
)
def test_what_mnist_saves_restores_it(
    inits: list[str], units: int, activation: str, eta: float, full: bool, seed: int, constant: float
) -> None:
    configs = [digits.DigitsConfig(init, units, activation, eta, 50, full, seed, constant) for init in inits]
    runs = [{**asdict(config), "end": "done", "final": {"hidden": [[0.5]], "output": [[0.5]]}} for config in configs]
    found = parse(json.dumps({"section": "digits", "runs": runs}).encode(), "why_not_zero")
    expected = {
        "digits_init": inits,
        "digits_units": units,
        "digits_activation": activation,
        "digits_eta": eta,
        "digits_iterations": 50,
    }
    if set(inits) != {"zeros"}:
        expected["digits_batch"] = full
    if set(inits) & set(digits.VARIANCES):
        expected["digits_seed"] = seed
    if "constant" in inits:
        expected["digits_constant"] = constant
    assert found == expected


def test_the_largest_file_of_mnist_is_not_too_large() -> None:
    weights = np.full((digits.MOST_HIDDEN_UNITS, 785), -1.2345678901234567e-05)
    one = json.dumps(weights.tolist())
    assert len(one) * len(digits.INITIALIZERS) * 1.2 < LARGEST["why_not_zero"]


FILES: dict[str, dict[str, Any]] = {
    "decision_regions": json.loads(regions_frames.as_json(PRESETS["b"], {"colouring": "Black and white"})),
    "training": json.loads(training_frames.as_json(RUN, Config(max_epochs=1), 1)),
    "why_not_zero": {
        "section": "digits",
        "runs": [{**asdict(digits.DigitsConfig(init)), "end": "", "final": {}} for init in ("zeros", "he")],
    },
    "sweep": json.loads(sweep_frames.as_json(few_runs(), sweep_controls._plan(100, 3, 5, Config()))),
}


@pytest.mark.parametrize("page", FILES)
@pytest.mark.parametrize("other", FILES)
def test_a_file_of_another_page_is_refused_with_the_name_of_its_own(page: str, other: str) -> None:
    text = json.dumps(FILES[other]).encode()
    if page == other:
        assert parse(text, page)
    else:
        with pytest.raises(ValueError, match=f"it belongs to the page “{TITLES[other]}”"):
            parse(text, page)


@pytest.mark.parametrize("page", FILES)
def test_the_name_of_the_page_may_stand_in_its_file(page: str) -> None:
    if page != "why_not_zero":
        assert parse(json.dumps({**FILES[page], "page": page}).encode(), page)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"", "the file is no JSON: line 1 cannot be read"),
        (b"{\n1", "the file is no JSON: line 2 cannot be read"),
        (b"\xff\xfe", "the file is no text in UTF-8"),
        (b"[]", "the file must hold an object with settings, received a list"),
        (b"NaN", "NaN is not a number"),
        (b'{"theta": -Infinity}', "-Infinity is not a number"),
        (b'{"theta": 1, "theta": 1}', "theta is in the file twice"),
        (b'{"**a**": 1, "**a**": 1}', "··a·· is in the file twice"),
        (b'{"theta": 1' + b"0" * 5000 + b"}", "a whole number must have at most 20 digits, received 5001"),
        (b"[" * 90_000, "the file has more levels than any file of settings"),
        (b'{"a":' * 15_000, "the file has more levels than any file of settings"),
        (b" " * 100_001, "the file must have at most 100,000 bytes, received 100,001"),
        (b"{}", "it does not say which page it belongs to"),
        (b'{"page": "elsewhere"}', "it does not say which page it belongs to"),
        (b'{"page": ["training"]}', "it does not say which page it belongs to"),
        (b'{"page": {}, "hidden": 1}', "it does not say which page it belongs to"),
    ],
    ids=lambda value: value[:20].decode("ascii", "replace") if isinstance(value, bytes) else "",
)
@pytest.mark.parametrize("page", ["decision_regions", "training", "sweep"])
def test_what_is_no_file_of_settings_is_refused(page: str, text: bytes, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        parse(text, page)


BAD_NUMBERS: tuple[object, ...] = (True, None, "1", [], {}, -1e300, 1e300, 10**19, -(10**19))


@pytest.mark.parametrize("value", BAD_NUMBERS, ids=str)
@pytest.mark.parametrize(
    ("page", "path"),
    [
        ("decision_regions", ("hidden", 1, 2)),
        ("decision_regions", ("output", 0)),
        *(("training", (name,)) for name in ("order_seed", "learning_rate", "theta", "max_epochs", "hidden_units")),
        *(("training", ("starts", 0, name)) for name in ("seed", "scale")),
        *(("sweep", (name,)) for name in ("learning_rate", "theta", "max_epochs", "random_range")),
        *(("sweep", (name, end)) for name in ("init_seeds", "order_seeds") for end in (0, 1)),
        *(
            ("why_not_zero", ("runs", 1, name))
            for name in ("hidden_units", "learning_rate", "iterations", "seed", "constant")
        ),
    ],
    ids=str,
)
def test_a_number_that_cannot_be_used_is_refused(page: str, path: tuple[Any, ...], value: object) -> None:
    with pytest.raises(ValueError, match=r"must be (a number|a whole number) from .* to .*, received"):
        parse(changed(page, path, value), page)


@pytest.mark.parametrize("value", [1, 0, None, "true", [], {}], ids=str)
@pytest.mark.parametrize(
    ("page", "path"),
    [("decision_regions", ("lines",)), ("decision_regions", ("contour",)), ("why_not_zero", ("runs", 1, "full_batch"))],
    ids=str,
)
def test_only_true_and_false_are_true_or_false(page: str, path: tuple[Any, ...], value: object) -> None:
    with pytest.raises(ValueError, match="must be true or false, received"):
        parse(changed(page, path, value), page)


@pytest.mark.parametrize("value", ["<b>", "nonsense", 1, None, [], {}, "\ud800" * 30], ids=ascii)
@pytest.mark.parametrize(
    ("page", "path"),
    [
        ("decision_regions", ("colouring",)),
        ("training", ("starts", 0, "init")),
        ("why_not_zero", ("runs", 0, "init")),
        ("why_not_zero", ("runs", 0, "activation")),
    ],
    ids=str,
)
def test_only_words_that_are_offered_are_taken(page: str, path: tuple[Any, ...], value: object) -> None:
    with pytest.raises(ValueError, match=r"must be one of .*, received") as refused:
        parse(changed(page, path, value), page)
    assert str(refused.value).isprintable()
    assert "<" not in str(refused.value)


@pytest.mark.parametrize("value", [1, "ab", None, {}, [], [1], [1, 2, 3, 4], [[], []]], ids=str)
@pytest.mark.parametrize(
    ("page", "path"),
    [
        *(("decision_regions", path) for path in (("hidden",), ("hidden", 0), ("output",))),
        ("training", ("starts",)),
        ("sweep", ("init_seeds",)),
        ("sweep", ("order_seeds",)),
        ("why_not_zero", ("runs",)),
    ],
    ids=str,
)
def test_only_lists_of_the_right_length_are_taken(page: str, path: tuple[Any, ...], value: object) -> None:
    with pytest.raises(ValueError, match="received"):
        parse(changed(page, path, value), page)


@pytest.mark.parametrize(
    ("page", "path"),
    [
        *((page, ("learning rate",)) for page in FILES),
        ("training", ("starts", 0, "noise")),
        ("why_not_zero", ("runs", 0, "x")),
    ],
    ids=str,
)
def test_an_unknown_setting_is_refused_by_its_name(page: str, path: tuple[Any, ...]) -> None:
    with pytest.raises(ValueError, match=f"{path[-1]} is not a setting of this page"):
        parse(changed(page, path, 1), page)


@pytest.mark.parametrize(
    ("page", "key"), [(page, key) for page in ("training", "sweep") for key in FILES[page]], ids=str
)
def test_a_missing_setting_is_named(page: str, key: str) -> None:
    if key in ("page", "hidden_units", "epochs_done", "orders"):
        return
    content = {name: value for name, value in FILES[page].items() if name != key}
    with pytest.raises(ValueError, match=f"{key} is missing"):
        parse(json.dumps(content).encode(), page)


@pytest.mark.parametrize("name", ["seed", "scale"])
def test_runs_that_the_page_cannot_show_together_are_refused(name: str) -> None:
    config = Config((Start("random", 3), Start("he", 3)))
    content = json.loads(training_frames.as_json(RUN, config, 1))
    content["starts"][1][name] = 5
    with pytest.raises(ValueError, match=r"must be the same for all runs"):
        parse(json.dumps(content).encode(), "training")


@pytest.mark.parametrize("page", ["training", "why_not_zero"])
def test_one_initialisation_twice_is_refused(page: str) -> None:
    content = json.loads(json.dumps(FILES[page]))
    runs = content["starts" if page == "training" else "runs"]
    runs.append(runs[0])
    with pytest.raises(ValueError, match="an initialisation is in the file twice"):
        parse(json.dumps(content).encode(), page)


@given(st.binary(max_size=200) | st.text(max_size=100).map(str.encode))
def test_any_bytes_are_taken_or_refused_in_words(text: bytes) -> None:
    for page in FILES:
        with pytest.raises(ValueError, match=r"file|page|number|digits"):
            parse(text, page)


def changed(page: str, path: tuple[Any, ...], value: object) -> bytes:
    """The file of a page with one value of it changed."""
    content = json.loads(json.dumps(FILES[page]))
    place = content
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return json.dumps(content).encode()


PLAYGROUND = """
import streamlit as st
from pages.ui.training.controls import settings
from pages.ui.upload import upload

config, problem = settings()
st.text(f"{config.learning_rate} {[start.init for start in config.starts]} {problem}")
upload("training")
"""


def give(app: AppTest, text: bytes) -> AppTest:
    assert not app.file_uploader[0].set_value(("settings.json", text, "application/json")).run().exception
    return app


def test_a_file_sets_the_widgets_and_a_bad_one_leaves_them_and_says_why() -> None:
    app = AppTest.from_string(PLAYGROUND).run()
    config = Config((Start("he", 4),), learning_rate=0.25)
    give(app, training_frames.as_json(some_runs(RUN, [0]), config, 1).encode())
    assert [element.value for element in app.text] == ["0.25 ['he']"]
    assert app.number_input(key="seed").value == 4
    give(app, b'{"page": "sweep"}')
    assert [element.value for element in app.text] == ["0.25 ['he']"]
    assert [element.value for element in app.warning] == [
        "The file was not used: it belongs to the page “4 · Thousands of runs”."
    ]
    app.number_input(key="eta").set_value(0.5).run()
    give(app, changed("training", ("theta",), 0.01))
    assert [element.value for element in app.warning] == []
    assert app.number_input(key="theta").value == 0.01
    # what was given is put in once, and then it may be changed
    app.number_input(key="theta").set_value(0.02).run()
    assert app.number_input(key="theta").value == 0.02
