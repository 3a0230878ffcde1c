"""The page of problem 2 through Streamlit's own test driver."""

import json
import time
from functools import partial
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.ui.controls.training import MOST_EPOCHS, SPEEDS
from pages.ui.state.playback import (
    FLUENT,
    PICTURES_A_BURST,
    PICTURES_A_SECOND,
    PRESENT_SECONDS,
    SHARE,
    Players,
)
from tinynet.config import LARGEST_LEARNING_RATE, LARGEST_SEED, SMALLEST_LEARNING_RATE
from tinynet.published import COMPARED


@pytest.fixture
def app() -> AppTest:
    app = AppTest.from_file("../streamlit_app.py", default_timeout=30).run()
    return app.switch_page("pages/training.py").run()


def words(app: AppTest) -> str:
    """Everything that is written on the page."""
    assert not app.exception
    html = [element.proto.body for element in app.get("html")]
    return " ".join([*html, *(element.value for element in (*app.markdown, *app.warning))])


def break_epochs(app: AppTest) -> list[str]:
    table = next(element.proto.body for element in app.get("html") if "break epoch" in element.proto.body)
    row = table.split("<th>break epoch</th>")[1].split("</tr>")[0]
    return [cell.split("</td>")[0] for cell in row.split("<td>")[1:]]


def epochs_done(app: AppTest) -> int:
    return int(str(app.slider(key="epoch").value))


def press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label == label).click().run()


def test_it_opens_on_the_first_comparison_already_trained(app: AppTest) -> None:
    assert break_epochs(app) == ["221", "298"]
    assert epochs_done(app) == 299
    assert len(app.get("vega_lite_chart")) == 8
    assert "starting points" in words(app)


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


def test_step_goes_one_epoch_on_and_reset_to_the_start(app: AppTest) -> None:
    press(app, "Reset")
    assert epochs_done(app) == 0
    press(app, "Step")
    press(app, "Step")
    assert epochs_done(app) == 2
    press(app, "Reset")
    assert epochs_done(app) == 0


def test_a_step_counts_though_the_slider_in_the_browser_is_late(app: AppTest) -> None:
    press(app, "Reset")
    for _ in range(3):
        app.slider(key="epoch").set_value(0)
        press(app, "Step")
    assert epochs_done(app) == 3


def test_a_step_goes_on_from_where_the_slider_was_put_back_to(app: AppTest) -> None:
    press(app, "Step")
    app.slider(key="epoch").set_value(0).run().run()  # the slider alone draws only what moves
    press(app, "Step")
    assert epochs_done(app) == 1


def test_step_stays_at_the_end(app: AppTest) -> None:
    press(app, "Step")
    assert epochs_done(app) == 299


def test_play_moves_pause_holds_and_reset_returns(app: AppTest) -> None:
    app.slider(key="epoch").set_value(10).run().run()  # the slider alone draws only what moves
    press(app, "Play")
    assert not app.slider  # the slider holds still: the position is shown by what moves
    app.run()
    press(app, "Pause")
    held = epochs_done(app)
    assert held > 10
    app.run()
    assert epochs_done(app) == held
    press(app, "Reset")
    assert epochs_done(app) == 0


def test_step_while_it_plays_stops_one_epoch_on(app: AppTest) -> None:
    app.slider(key="epoch").set_value(10).run().run()  # the slider alone draws only what moves
    press(app, "Play")
    reached = int(app.session_state["played_to"])
    press(app, "Step")
    assert epochs_done(app) == reached + 1


def test_play_at_the_end_starts_over_and_stops_at_the_end(app: AppTest) -> None:
    app.selectbox(key="speed").set_value(300).run()
    press(app, "Play")
    for _ in range(5):
        app.run()
    assert epochs_done(app) == 299
    assert any(button.label == "Play" for button in app.button)


def test_new_settings_stop_the_playback_and_show_the_end(app: AppTest) -> None:
    app.slider(key="epoch").set_value(10).run().run()  # the slider alone draws only what moves
    press(app, "Play")
    app.number_input(key="epochs").set_value(50).run()
    assert epochs_done(app) == 50


@pytest.mark.parametrize("speed", SPEEDS)
def test_each_speed_plays(app: AppTest, speed: int) -> None:
    press(app, "Reset")
    app.selectbox(key="speed").set_value(speed).run()
    press(app, "Play")
    if any(button.label == "Pause" for button in app.button):  # a burst at the highest speed may play all
        press(app, "Pause")
    assert epochs_done(app) >= min(speed, 299) / 2


def test_the_charts_keep_their_specification_while_it_plays(app: AppTest) -> None:
    def specifications() -> list[Any]:
        return [json.loads(chart.proto.spec) for chart in app.get("vega_lite_chart")]

    before = specifications()
    app.slider(key="epoch").set_value(40).run().run()  # the slider alone draws only what moves
    assert specifications() == before


def test_the_state_survives_a_page_switch(app: AppTest) -> None:
    app.number_input(key="order").set_value(7).run()
    app.switch_page("pages/decision_regions.py").run()
    app.switch_page("pages/training.py").run()
    assert app.number_input(key="order").value == 7


def allowed_to_many(players: Players, many: int) -> tuple[int, float]:
    """What the last of so many may have, of pictures of three parts."""
    return [players.allow(f"viewer {number}", 3) for number in range(many)][-1]


def test_one_who_plays_alone_gets_whole_pictures() -> None:
    assert Players().allow("alone", 3) == (3, 1 / PICTURES_A_SECOND)


@pytest.mark.parametrize("many", [2, 10, 20, 40, 60, 300])
def test_all_pictures_together_take_no_more_than_their_share(many: int) -> None:
    players = Players()
    parts, gap = allowed_to_many(players, many)
    burst = PICTURES_A_BURST * sum(players.costs[part] for part in range(parts)) + sum(players.costs.values())
    assert many * burst / (PICTURES_A_BURST * gap) <= SHARE * 1.0001


def test_among_more_players_pictures_have_fewer_parts_before_they_are_fewer() -> None:
    allowed = [allowed_to_many(Players(), many) for many in (1, 10, 20, 60, 300)]
    parts = [count for count, _ in allowed]
    assert parts == sorted(parts, reverse=True)
    assert (parts[0], parts[-1]) == (3, 1)
    assert all(gap <= 1 / FLUENT for count, gap in allowed if count > 1)


def test_parts_that_cost_more_are_left_out() -> None:
    players = Players()
    cheap, dear = partial(sum, ()), partial(sum, range(500_000))
    for _ in range(200):
        players.draw([lambda _: cheap(), lambda _: dear()], 0)
    assert players.costs[0] < players.costs[1] / 10
    count, _ = [players.allow(f"viewer {number}", 2) for number in range(60)][-1]
    assert count == 1


def test_a_viewer_who_is_gone_leaves_the_pictures_to_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    players = Players()
    _, among_many = allowed_to_many(players, 300)
    later = time.monotonic() + PRESENT_SECONDS + 1
    monkeypatch.setattr("pages.ui.state.playback.time.monotonic", lambda: later)
    assert players.allow("viewer 0", 3) == (3, 1 / PICTURES_A_SECOND)
    assert among_many > 1 / PICTURES_A_SECOND
