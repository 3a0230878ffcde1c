"""The page of the second document through Streamlit's own test driver."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.ui.controls.symmetry import MOST_EPOCHS, MOST_UNITS
from tinynet.config import LARGEST_CONSTANT, LARGEST_LEARNING_RATE, LARGEST_SEED, SMALLEST_LEARNING_RATE
from tinynet.symmetry import STARTS


@pytest.fixture
def app() -> AppTest:
    app = AppTest.from_file("../streamlit_app.py", default_timeout=120).run()
    return app.switch_page("pages/why_not_zero.py").run()


def statement(app: AppTest) -> str:
    """What is said of the start that is looked at."""
    assert not app.exception
    return next(
        element.value for element in app.markdown if element.value.startswith(("**Frozen", "**Symmetric", "**Learning"))
    )


def test_it_opens_on_zeros_that_are_frozen(app: AppTest) -> None:
    assert statement(app).startswith("**Frozen.** Every gradient of the hidden layer is exactly 0 in all 300 epochs")


@pytest.mark.parametrize("start", STARTS)
def test_each_start_is_explained(app: AppTest, start: str) -> None:
    app.pills(key="start").set_value(start).run()
    expected = {"zeros": "**Frozen", "constant": "**Symmetric"}.get(start, "**Learning")
    assert statement(app).startswith(expected)


def test_noise_breaks_the_symmetry_of_a_constant(app: AppTest) -> None:
    app.pills(key="start").set_value("constant").run()
    app.select_slider(key="noise").set_value(1e-12).run()
    assert statement(app).startswith("**Learning.** 4 of the 4 hidden units are different")


@pytest.mark.parametrize(
    ("kind", "key", "value"),
    [
        ("slider", "units", 2),
        ("slider", "units", MOST_UNITS),
        ("number_input", "constant", -LARGEST_CONSTANT),
        ("number_input", "constant", LARGEST_CONSTANT),
        ("number_input", "constant", 0.0),
        ("number_input", "start_seed", LARGEST_SEED),
        ("number_input", "start_order", LARGEST_SEED),
        ("number_input", "start_eta", SMALLEST_LEARNING_RATE),
        ("number_input", "start_eta", LARGEST_LEARNING_RATE),
        ("number_input", "start_epochs", 1),
        ("number_input", "start_epochs", MOST_EPOCHS),
    ],
)
def test_each_control_at_its_extremes(app: AppTest, kind: str, key: str, value: Any) -> None:
    app.pills(key="start").set_value("constant").run()
    getattr(app, kind)(key=key).set_value(value).run()
    assert statement(app)


@pytest.mark.parametrize(("key", "value"), [("start_seed", 1.5), ("start_epochs", 2.5), ("start_order", 0.5)])
def test_a_fraction_is_refused_in_words_and_the_last_picture_stays(app: AppTest, key: str, value: float) -> None:
    app.number_input(key=key).set_value(value).run()
    assert f"received {value}" in app.warning[0].value
    assert "300 epochs" in statement(app)
