"""A saved file of settings restores its page, and no file of another make does harm."""

import json
from dataclasses import fields
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from pages.ui.decision_regions import saved as saved_regions
from pages.ui.digits import saved as saved_digits
from pages.ui.fields import Entries
from pages.ui.files import LARGEST, TITLES, parse
from pages.ui.plane import saved as saved_plane
from pages.ui.plane.experiment import Experiment, start_of
from pages.ui.plane.points import encode
from pages.ui.sweep import saved as saved_sweep
from pages.ui.training import saved as saved_training
from tests.load.entrances import RESTORED
from tests.runs import swept
from tinynet import digits, digits_history
from tinynet.config import Config, Start
from tinynet.plane import setting
from tinynet.points import Generated, Own, dataset
from tinynet.regions import CELLS, PRESETS, cells, decide
from tinynet.sweep import Plan
from tinynet.training import train


def restored(page: str, text: str | bytes) -> Entries:
    """What the widgets of a page hold when a file is given to it."""
    return parse(text.encode() if isinstance(text, str) else text, page, RESTORED[page])


VIEW = {"colouring": "Black and white", "lines": False, "contour": False, "signs": True, "changed": True}


def of_training(inits: tuple[str, ...]) -> str:
    starts = tuple(Start(init, 2**53 - 1, scale=1 / 3) for init in inits)
    config = Config(starts, 7, 0.1 + 0.2, 1 / 700, 2)
    return saved_training.as_json(train(config), config, 1)


def of_digits(*inits: str) -> str:
    configs = [digits.DigitsConfig(init, 5, "relu", 0.1 + 0.2, 1, True, 9, 1 / 3) for init in inits]
    return saved_digits.as_json(configs, [digits_history.train(config) for config in configs])


def of_sweep() -> str:
    config = Config((Start("random", scale=1 / 3), Start("same")), learning_rate=0.1 + 0.2, theta=0.25, max_epochs=2)
    plan = Plan(config, range(100), range(5, 8))
    return saved_sweep.as_json(swept(plan), plan)


def of_the_plane(source: Generated | Own, *names: str) -> str:
    starts = [start_of(name, 9, 1 / 3, 0.1) for name in names]
    config = setting(starts, 3, 7, 0.1 + 0.2, 1 / 700, 2)
    return saved_plane.as_json(train(config, dataset(source)), Experiment(config, source), 1)


ROWS = ((-5.0, 5.0, 1), (0.0, 1.2345, -1))
OF_THE_PLANE = {
    "plane_units": 3,
    "plane_order": 7,
    "plane_eta": 0.1 + 0.2,
    "plane_theta": 1 / 700,
    "plane_epochs": 2,
    "plane_epoch": 1,
    "plane_epoch_subject": None,
}
OF_ALL_RUNS = {"order": 7, "eta": 0.1 + 0.2, "theta": 1 / 700, "epochs": 2, "epoch": 1, "epoch_subject": None}
OF_DIGITS = {
    "section": "digits",
    "digits_units": 5,
    "digits_activation": "relu",
    "digits_eta": 0.1 + 0.2,
    "digits_iterations": 1,
}
ROUND_TRIPS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "problem 1": (
        "decision_regions",
        saved_regions.as_json(decide(PRESETS["b"]), VIEW),
        {**cells(PRESETS["b"]), **VIEW, "boundary": False},
    ),
    "what the command line takes": (
        "decision_regions",
        '{"hidden": [[1, 2, 3], [4, 5, 6]], "output": [7, 8, 9]}',
        dict(zip(CELLS, map(float, range(1, 10)), strict=True)),
    ),
    "problem 2": (
        "training",
        of_training(("he", "same")),
        {**OF_ALL_RUNS, "init": ["he", "same"], "seed": 2**53 - 1, "range": 1 / 3},
    ),
    "problem 2 without a drawn run": (
        "training",
        of_training(("zeros", "same")),
        OF_ALL_RUNS | {"init": ["zeros", "same"]},
    ),
    "MNIST": (
        "why_not_zero",
        of_digits("constant", "he"),
        {
            **OF_DIGITS,
            "digits_init": ["constant", "he"],
            "digits_batch": True,
            "digits_seed": 9,
            "digits_constant": 1 / 3,
        },
    ),
    "zeros on MNIST": ("why_not_zero", of_digits("zeros"), OF_DIGITS | {"digits_init": ["zeros"]}),
    "own points": (
        "in_the_plane",
        of_the_plane(Own(ROWS), "noisy", "zeros"),
        OF_THE_PLANE
        | {"data": "own", "points": encode(ROWS), "plane_a": "noisy", "plane_b": "zeros"}
        | {"plane_seed": 9, "plane_constant": 1 / 3, "plane_noise": 0.1},
    ),
    "generated points": (
        "in_the_plane",
        of_the_plane(Generated("spiral", 3, 1 / 3, 8), "constant", "he"),
        OF_THE_PLANE
        | {"data": "spiral", "points_count": 3, "points_noise": 1 / 3, "points_seed": 8}
        | {"plane_a": "constant", "plane_b": "he", "plane_seed": 9, "plane_constant": 1 / 3},
    ),
    "the sweep": (
        "sweep",
        of_sweep(),
        {
            "inits": 100,
            "orders": 3,
            "first_order": 5,
            "sweep_eta": 0.1 + 0.2,
            "sweep_theta": 0.25,
            "sweep_epochs": 2,
            "sweep_range": 1 / 3,
        },
    ),
}
"""What a page saves, and what its widgets hold when that is restored, to the last digit."""
ROUND_TRIPS["problem 1"][2].pop("contour")
FILES = {
    page: json.loads(ROUND_TRIPS[name][1])
    for page, name in (
        ("decision_regions", "problem 1"),
        ("training", "problem 2"),
        ("why_not_zero", "MNIST"),
        ("sweep", "the sweep"),
        ("in_the_plane", "own points"),
    )
}
for run in FILES["why_not_zero"]["runs"]:
    run["final"] = {}  # so small that the other pages read it


@pytest.mark.parametrize(("page", "text", "held"), ROUND_TRIPS.values(), ids=list(ROUND_TRIPS))
def test_what_a_page_saves_restores_it(page: str, text: str, held: Entries) -> None:
    assert restored(page, text) == held


def test_the_largest_file_of_mnist_is_not_too_large() -> None:
    weights = np.full((digits.MOST_HIDDEN_UNITS, 785), -1.2345678901234567e-05)
    assert len(json.dumps(weights.tolist())) * len(digits.INITIALIZERS) * 1.2 < LARGEST["why_not_zero"]


@pytest.mark.parametrize("page", FILES)
@pytest.mark.parametrize("other", FILES)
def test_a_file_of_another_page_is_refused_with_the_name_of_its_own(page: str, other: str) -> None:
    text = json.dumps(FILES[other])
    if page == other:
        assert restored(page, text)
    else:
        with pytest.raises(ValueError, match=f"it belongs to the page “{TITLES[other]}”"):
            restored(page, text)


@pytest.mark.parametrize("page", FILES)
def test_the_name_of_the_page_may_stand_in_its_file(page: str) -> None:
    if page != "why_not_zero":
        assert restored(page, json.dumps({**FILES[page], "page": page}))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"", "the file is not valid JSON .line 1."),
        (b"{\n1", "the file is not valid JSON .line 2."),
        (b"\xff\xfe", "the file is not text in UTF-8"),
        (b"[]", "the file must hold an object with settings, received a list"),
        (b"NaN", "NaN is not a number"),
        (b'{"theta": -Infinity}', "-Infinity is not a number"),
        (b'{"theta": 1, "theta": 1}', "theta is in the file twice"),
        (b'{"**a**": 1, "**a**": 1}', "··a·· is in the file twice"),
        (b'{"theta": 1' + b"0" * 5000 + b"}", "a whole number must have at most 20 digits, received 5001"),
        (b"[" * 90_000, "the file is nested too deeply to be a file of settings"),
        (b'{"a":' * 15_000, "the file is nested too deeply to be a file of settings"),
        (b" " * 100_001, "the file must have at most 100,000 bytes, received 100,001"),
        (b"{}", "it does not say which page it belongs to"),
        (b'{"page": "elsewhere"}', "it does not say which page it belongs to"),
        (b'{"page": ["training"]}', "it does not say which page it belongs to"),
        (b'{"page": {}, "hidden": 1}', "it does not say which page it belongs to"),
    ],
    ids=lambda value: value[:20].decode("ascii", "replace") if isinstance(value, bytes) else "",
)
def test_what_is_no_file_of_settings_is_refused(text: bytes, message: str) -> None:
    for page in ("decision_regions", "training", "sweep", "in_the_plane"):
        with pytest.raises(ValueError, match=message):
            restored(page, text)


PATHS = (
    *(("decision_regions", path) for path in (("hidden", 1, 2), ("output", 0), ("lines",), ("colouring",))),
    *(("training", (name,)) for name in ("order_seed", "learning_rate", "theta", "max_epochs", "hidden_units")),
    *(("training", ("starts", 0, name)) for name in ("init", "seed", "scale")),
    *(("sweep", (name,)) for name in ("learning_rate", "theta", "max_epochs", "random_range")),
    *(("sweep", (name, end)) for name in ("init_seeds", "order_seeds") for end in (0, 1)),
    *(("in_the_plane", (name,)) for name in ("data", "hidden_units", "learning_rate", "max_epochs")),
    *(("in_the_plane", ("starts", 0, name)) for name in ("init", "seed", "value", "noise")),
    *(("in_the_plane", ("rows", 1, place)) for place in range(3)),
    *(("why_not_zero", ("runs", int(each.name == "seed"), each.name)) for each in fields(digits.DigitsConfig)),
)
"""Where a file holds a setting."""


@pytest.mark.parametrize(("page", "path"), PATHS, ids=str)
def test_a_value_that_a_setting_cannot_have_is_refused_in_words(page: str, path: tuple[Any, ...]) -> None:
    impossible: list[object] = [None, "1", [], {}, -1e300, 1e300, 10**19, "<b>", "\ud800" * 30]
    for value in impossible:
        with pytest.raises(ValueError, match=r"must be .*received .+") as refused:
            restored(page, changed(page, path, value))
        assert str(refused.value).isprintable()
        assert "<" not in str(refused.value)


@pytest.mark.parametrize(
    ("page", "path"),
    [
        *(("decision_regions", path) for path in (("hidden",), ("hidden", 0), ("output",))),
        ("training", ("starts",)),
        ("sweep", ("init_seeds",)),
        ("sweep", ("order_seeds",)),
        ("why_not_zero", ("runs",)),
        *(("in_the_plane", path) for path in (("starts",), ("rows",), ("rows", 0))),
    ],
    ids=str,
)
def test_only_lists_of_the_right_length_are_taken(page: str, path: tuple[Any, ...]) -> None:
    others: list[object] = [1, "ab", None, {}, [], [1], [1, 2, 3, 4], [[], []]]
    for value in others:
        with pytest.raises(ValueError, match="received"):
            restored(page, changed(page, path, value))


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
        restored(page, changed(page, path, 1))


@pytest.mark.parametrize(
    ("page", "key"), [(page, key) for page in ("training", "sweep") for key in FILES[page]], ids=str
)
def test_a_missing_setting_is_named(page: str, key: str) -> None:
    if key in ("page", "hidden_units", "orders", *saved_training.OPTIONAL):
        return
    content = {name: value for name, value in FILES[page].items() if name != key}
    with pytest.raises(ValueError, match=f"{key} is missing"):
        restored(page, json.dumps(content))


@pytest.mark.parametrize("name", ["seed", "scale"])
def test_runs_that_the_page_cannot_show_together_are_refused(name: str) -> None:
    content = json.loads(of_training(("random", "he")))
    content["starts"][1][name] = 5
    with pytest.raises(ValueError, match=r"must be the same for all runs"):
        restored("training", json.dumps(content))


@pytest.mark.parametrize("page", ["training", "why_not_zero"])
def test_one_initialisation_twice_is_refused(page: str) -> None:
    content = json.loads(json.dumps(FILES[page]))
    runs = content["starts" if page == "training" else "runs"]
    runs.append(runs[0])
    with pytest.raises(ValueError, match="an initialisation is in the file twice"):
        restored(page, json.dumps(content))


@given(st.binary(max_size=200) | st.text(max_size=100).map(str.encode))
def test_any_bytes_are_taken_or_refused_in_words(text: bytes) -> None:
    for page in FILES:
        with pytest.raises(ValueError, match=r"file|page|number|digits"):
            restored(page, text)


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
from pages.ui import save
from pages.ui.training.controls import restored, settings

config, problem = settings()
st.text(f"{config.learning_rate} {[start.init for start in config.starts]} {problem}")
save.sharing("training", restored)
"""


def give(app: AppTest, text: bytes) -> AppTest:
    assert not app.file_uploader[0].set_value(("settings.json", text, "application/json")).run().exception
    return app


def test_a_file_sets_the_widgets_and_a_bad_one_leaves_them_and_says_why() -> None:
    app = AppTest.from_string(PLAYGROUND).run()
    config = Config((Start("he", 4),), learning_rate=0.25, max_epochs=1)
    give(app, saved_training.as_json(train(config), config, 1).encode())
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
