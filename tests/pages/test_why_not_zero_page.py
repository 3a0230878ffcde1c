"""The page of the second document through Streamlit's own test driver."""

from collections.abc import Iterator
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.ui import jobs
from pages.ui.why_not_zero.controls import MOST_EPOCHS, MOST_UNITS, SECTION, SETTINGS
from tinynet.config import LARGEST_CONSTANT, LARGEST_LEARNING_RATE, LARGEST_SEED, SMALLEST_LEARNING_RATE
from tinynet.digits import FEWEST_HIDDEN_UNITS, MOST_HIDDEN_UNITS, MOST_ITERATIONS
from tinynet.symmetry import STARTS, Case


@pytest.fixture
def app() -> AppTest:
    app = AppTest.from_file("../../streamlit_app.py", default_timeout=120).run()
    return app.switch_page("pages/why_not_zero.py").run()


def statement(app: AppTest) -> str:
    """What is said of the start that is looked at."""
    assert not app.exception
    cases = tuple(f"**{case.value.capitalize()}." for case in Case)
    return next(element.value for element in app.markdown if element.value.startswith(cases))


@pytest.fixture
def digits(app: AppTest) -> AppTest:
    """The page with its section about MNIST open."""
    return app.segmented_control(key="section").set_value("digits").run()


def test_it_opens_on_units_that_move_as_one(app: AppTest) -> None:
    assert statement(app).startswith("**Symmetric.** The weights move, but all 4 hidden units as one")
    assert app.query_params["section"] == "1 Equal units"


def test_next_and_previous_lead_through_the_sections(app: AppTest) -> None:
    order = list(SECTION.labels)
    for section in order[1:]:
        app.button(key="section_next").click().run()
        assert not app.exception
        assert app.session_state["section"] == section
    assert app.button(key="section_next").disabled
    app.button(key="section_previous").click().run()
    assert app.session_state["section"] == order[-2]


def places(block: Any, above: tuple[int, ...] = ()) -> Iterator[tuple[str, tuple[int, ...]]]:
    """The key and the place of each widget, from the outermost block to the innermost."""
    for number, child in getattr(block, "children", {}).items():
        if key := getattr(child, "key", None):
            yield key, (*above, number)
        yield from places(child, (*above, number))


def test_a_setting_has_one_place_in_all_sections_or_the_link_would_lose_it(app: AppTest) -> None:
    found = set()
    for section in SECTION.labels:
        app.segmented_control(key="section").set_value(section).run()
        found |= {*places(app.main), *places(app.sidebar)}
    settings = [key for key, _ in found if key in {setting.key for setting in SETTINGS}]
    assert sorted(settings) == sorted(setting.key for setting in SETTINGS)


@pytest.mark.parametrize("section", SECTION.labels)
def test_each_section_has_a_fingerprint_its_files_a_question_and_nothing_of_the_others(
    app: AppTest, section: str
) -> None:
    app.query_params["digits_iterations"] = "1"  # a fingerprint is of runs that have ended
    app.segmented_control(key="section").set_value(section).run()
    assert not app.exception
    assert any(element.value.startswith("Fingerprint") for element in app.markdown)
    assert [button.proto.label for button in app.get("download_button")] == ["Data as CSV", "Settings as JSON"]
    assert "answer_equal" in app.session_state
    drawn = {"start": "symmetry", "digits_activation": "digits"}
    keys = {element.key for element in (*app.pills, *app.segmented_control)}
    assert {key for key in drawn if key in keys} == {key for key, owner in drawn.items() if owner == section}


def test_what_is_set_in_a_section_is_kept_while_another_is_open(app: AppTest) -> None:
    app.pills(key="start").set_value("he").run()
    app.segmented_control(key="section").set_value("regression").run()
    app.segmented_control(key="section").set_value("symmetry").run()
    assert app.pills(key="start").value == "he"


@pytest.mark.parametrize("start", STARTS)
def test_each_start_is_explained(app: AppTest, start: str) -> None:
    app.pills(key="start").set_value(start).run()
    expected = {"zeros": "**Frozen", "constant": "**Symmetric"}.get(start, "**Learning")
    assert statement(app).startswith(expected)


def test_noise_breaks_the_symmetry_of_a_constant(app: AppTest) -> None:
    app.pills(key="start").set_value("constant").run()
    app.select_slider(key="noise").set_value(1e-12).run()
    assert statement(app).startswith("**Learning.** 4 of the 4 hidden units differ")


@pytest.mark.parametrize(
    ("kind", "key", "value"),
    [
        ("select_slider", "units", 1),
        ("select_slider", "units", MOST_UNITS),
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


def digits_said(app: AppTest) -> str:
    assert not app.exception
    return " ".join(element.value for element in app.markdown)


def test_on_mnist_zeros_always_answer_one(digits: AppTest) -> None:
    digits.pills(key="digits_init").set_value(["zeros"]).run()
    assert "zeros: frozen." in digits_said(digits)
    assert "from 2.302585 to 2.301159; 11.35% of the test images are right (always ‘1’)" in digits_said(digits)


@pytest.mark.parametrize("activation", ["relu", "logistic"])
def test_on_mnist_each_activation_trains(digits: AppTest, activation: str) -> None:
    digits.pills(key="digits_init").set_value(["zeros", "constant", "He"]).run()
    digits.segmented_control(key="digits_activation").set_value(activation).run()
    frozen = "zeros: frozen." in digits_said(digits)
    assert frozen == (activation == "relu")


def test_on_mnist_no_initialisation_is_said_and_the_last_runs_stay(digits: AppTest) -> None:
    digits.pills(key="digits_init").set_value([]).run()
    assert any("at least one initialisation is needed" in warning.value for warning in digits.warning)
    assert "zeros: frozen." in digits_said(digits)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("digits_units", FEWEST_HIDDEN_UNITS),
        ("digits_units", MOST_HIDDEN_UNITS),
        ("digits_eta", SMALLEST_LEARNING_RATE),
        ("digits_eta", LARGEST_LEARNING_RATE),
        ("digits_iterations", 1),
        ("digits_iterations", MOST_ITERATIONS),
        ("digits_seed", LARGEST_SEED),
        ("digits_constant", LARGEST_CONSTANT),
    ],
)
def test_on_mnist_each_control_at_its_extremes(digits: AppTest, key: str, value: float) -> None:
    digits.pills(key="digits_init").set_value(["constant", "uniform"]).run()
    digits.number_input(key=key).set_value(value).run()
    assert "constant" in digits_said(digits)


def test_on_mnist_a_long_run_stops_when_it_is_told_and_goes_on_from_there(
    digits: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    for patience in ("FIRST_SECONDS", "BURST_SECONDS"):  # the page trains as little as it can at a time
        monkeypatch.setattr(jobs, patience, 1e-9)
    digits.number_input(key="digits_iterations").set_value(MOST_ITERATIONS)
    digits.number_input(key="digits_eta").set_value(0.123)  # no other test has trained this to its end
    digits.pills(key="digits_init").set_value(["He"]).run()
    digits.button(key="digits_stop").click().run()
    stopped = next(element.value for element in digits.markdown if element.value.startswith("Stopped: "))
    digits.run()
    assert stopped in digits_said(digits)
    digits.button(key="digits_resume").click().run()
    assert not any(element.value.startswith("Stopped: ") for element in digits.markdown)
    assert any(button.key == "digits_stop" for button in digits.button)
