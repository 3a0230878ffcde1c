"""The page of problem 2 through Streamlit's own test driver."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.ui.training.controls import MOST_EPOCHS
from tests.reading import rows
from tinynet.config import LARGEST_LEARNING_RATE, LARGEST_SEED, SMALLEST_LEARNING_RATE
from tinynet.published import COMPARED


@pytest.fixture
def app() -> AppTest:
    app = AppTest.from_file("../../streamlit_app.py", default_timeout=30).run()
    return app.switch_page("pages/training.py").run()


def words(app: AppTest) -> str:
    """Everything that is written on the page."""
    assert not app.exception
    html = [element.proto.body for element in app.get("html")]
    return " ".join([*html, *(element.value for element in (*app.markdown, *app.warning))])


def break_epochs(app: AppTest) -> list[str]:
    return row(app, "break epoch")


def table(app: AppTest, part: str) -> list[list[str]]:
    """The rows of the first table in which `part` is written."""
    return rows(next(element.proto.body for element in app.get("html") if part in element.proto.body))


def row(app: AppTest, name: str) -> list[str]:
    """The cells of a row of the summary."""
    (cells,) = (cells for head, *cells in table(app, "break epoch") if head == name)
    return cells


def epochs_done(app: AppTest) -> int:
    return int(app.session_state["epoch"])


def press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label == label).click().run()


def test_it_opens_on_the_first_comparison_already_trained(app: AppTest) -> None:
    assert break_epochs(app) == ["221", "298"]
    assert epochs_done(app) == 299
    assert len(app.get("vega_lite_chart")) == 8
    assert "this page compares starts" in words(app)


@pytest.mark.parametrize(("seed", "expected"), [(6875673, "221"), (0, "298"), (1500, "149")])
def test_a_published_comparison_sets_every_control(app: AppTest, seed: int, expected: str) -> None:
    app.number_input(key="eta").set_value(0.5)
    app.number_input(key="order").set_value(3)
    app.pills(key="init").set_value(["He"]).run()
    press(app, str(seed))
    assert break_epochs(app) == [expected, "298"]


@pytest.mark.parametrize("init", COMPARED)
def test_each_initialisation_alone(app: AppTest, init: str) -> None:
    app.pills(key="init").set_value([init]).run()
    assert len(break_epochs(app)) == 1


def test_all_initialisations_together(app: AppTest) -> None:
    app.pills(key="init").set_value(list(COMPARED)).run()
    assert len(break_epochs(app)) == 5


def test_no_initialisation_is_said_and_the_last_runs_stay(app: AppTest) -> None:
    app.pills(key="init").set_value([]).run()
    assert "at least one initialisation is needed" in words(app)
    assert break_epochs(app) == ["221", "298"]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("seed", 0),
        ("seed", LARGEST_SEED),
        ("order", 0),
        ("order", LARGEST_SEED),
        ("eta", SMALLEST_LEARNING_RATE),
        ("eta", LARGEST_LEARNING_RATE),
        ("theta", 0.0),
        ("theta", 1e6),
        ("epochs", 1),
        ("epochs", MOST_EPOCHS),
    ],
)
def test_each_control_at_its_extremes(app: AppTest, key: str, value: Any) -> None:
    app.number_input(key=key).set_value(value).run()
    assert len(break_epochs(app)) == 2


@pytest.mark.parametrize(("key", "value"), [("eta", -0.1), ("eta", 0.0), ("theta", -1.0), ("epochs", 0), ("seed", -1)])
def test_a_value_that_no_browser_would_send_changes_nothing(app: AppTest, key: str, value: float) -> None:
    app.number_input(key=key).set_value(value).run()
    assert break_epochs(app) == ["221", "298"]


def test_a_diverging_run_is_said_to_diverge(app: AppTest) -> None:
    app.number_input(key="eta").set_value(1000.0).run()
    assert "Diverged: random in epoch 1, same in epoch 1." in words(app)
    assert epochs_done(app) == 2


def test_it_shows_the_position_of_its_link() -> None:
    app = AppTest.from_file("../../streamlit_app.py", default_timeout=30)
    app.query_params["epoch"] = "12"
    app.run().switch_page("pages/training.py").run()
    assert epochs_done(app) == 12
    assert row(app, "epoch") == ["11", "11"]


@pytest.mark.parametrize("epoch", ["-1", "300", "1e1", "9" * 5000, "abc", "", "٣"])
def test_a_position_that_there_is_not_is_the_end(epoch: str) -> None:
    app = AppTest.from_file("../../streamlit_app.py", default_timeout=30)
    app.query_params["epoch"] = epoch
    app.run().switch_page("pages/training.py").run()
    assert epochs_done(app) == 299
    assert not app.exception


def test_new_settings_show_their_end(app: AppTest) -> None:
    app.session_state["epoch"] = 10
    assert epochs_done(app.run()) == 10
    app.number_input(key="epochs").set_value(50).run()
    assert epochs_done(app) == 50


def test_the_tables_speak_of_the_epoch_in_which_the_player_rests(app: AppTest) -> None:
    app.session_state["epoch"] = 100
    app.run()
    assert row(app, "epoch") == ["99", "99"]
    app.session_state["epoch"] = 0
    app.run()
    assert row(app, "epoch") == ["–", "–"]


def test_the_microscope_speaks_of_the_epoch_in_which_the_player_rests(app: AppTest) -> None:
    app.session_state["microscope"] = True
    app.session_state["epoch"] = 100
    assert "Epoch 99 of random." in words(app.run())
    app.segmented_control(key="look_run").set_value("same").run()
    app.session_state["epoch"] = 299
    assert "Epoch 298 of same." in words(app.run())


def test_a_sample_that_is_none_is_refused_in_words_and_the_step_that_stays_is_named(app: AppTest) -> None:
    app.session_state["microscope"] = True
    app.session_state["epoch"] = 100
    app.run()
    app.session_state["epoch"] = 200
    app.number_input(key="look_sample").set_value(3.5).run()
    refused = [each.value for each in app.warning]
    assert refused == ["sample must be a whole number from 1 to 20, received 3.5. The last valid step is shown below."]
    assert "Epoch 99 of random. Sample 1:" in words(app)


def test_the_quiz_gives_the_weights_that_its_number_is_worked_out_from(app: AppTest) -> None:
    app.session_state["microscope"] = True
    app.session_state["epoch"] = 100
    before = [cells[1] for cells in table(app.run(), "relative error")[1:]]
    app.toggle(key="look_quiz").set_value(True).run()
    assert table(app, "<th>before</th><td>")[1][1:] == before


def test_the_state_survives_a_page_switch(app: AppTest) -> None:
    app.number_input(key="order").set_value(7).run()
    app.switch_page("pages/decision_regions.py").run()
    app.switch_page("pages/training.py").run()
    assert app.number_input(key="order").value == 7
