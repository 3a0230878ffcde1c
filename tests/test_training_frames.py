"""What the training page draws, lists and hands out, as values."""

import csv
import io
import json
import math

import numpy as np
import pyarrow as pa
import pytest

from pages.ui.frames import sheets
from pages.ui.frames import training as frames
from tinynet.config import Config, Start
from tinynet.datasets import TWENTY
from tinynet.training import History, train

CONFIG = Config()
RUNS = frames.run_names(CONFIG)


def chart(history: History, config: Config, quantity: str, done: int, most: int | None) -> dict[str, pa.Table]:
    """All datasets of the chart of one quantity."""
    runs = frames.run_names(config)
    return frames.still(history, config, quantity) | frames.moving(history, runs, quantity, done, most)


@pytest.fixture(scope="module")
def history() -> History:
    return train(CONFIG)


@pytest.mark.parametrize("quantity", frames.QUANTITIES)
@pytest.mark.parametrize("done", [0, 1, 100, 299])
def test_a_curve_holds_the_epochs_that_are_done(history: History, quantity: str, done: int) -> None:
    rows = chart(history, CONFIG, quantity, done, None)["curve"].to_pydict()
    assert rows["epoch"] == list(range(done))
    assert rows["same"] == getattr(history, quantity)[:done, 1].tolist()


def test_a_run_that_has_stopped_has_no_further_points(history: History) -> None:
    random = chart(history, CONFIG, "accuracy", 299, None)["curve"].to_pydict()["random"]
    assert random[221] is not None
    assert random[222:] == [None] * 77


def test_while_playing_a_curve_is_thinned_but_keeps_its_ends() -> None:
    config = Config((Start("same"),), theta=0, max_epochs=1500)
    long = train(config)
    rows = chart(long, config, "training_error", 1500, frames.POINTS_WHILE_PLAYING)["curve"].to_pydict()
    assert len(rows["epoch"]) <= frames.POINTS_WHILE_PLAYING
    assert (rows["epoch"][0], rows["epoch"][-1]) == (0, 1499)
    assert rows["same"][-1] == long.training_error[-1, 0]


@pytest.mark.parametrize("quantity", frames.QUANTITIES)
def test_the_axes_do_not_depend_on_how_far_it_has_played(history: History, quantity: str) -> None:
    assert frames.still(history, CONFIG, quantity)["limits"]["epoch"].to_pylist() == [0, 298]
    assert not {"limits", "theta"} & set(frames.moving(history, RUNS, quantity, 50, None))


def test_a_gradient_of_zero_is_left_out_of_a_logarithmic_axis() -> None:
    config = Config(learning_rate=1000.0, theta=0.0)
    diverged = train(config)
    tables = chart(diverged, config, "gradient", 2, None)
    gradients = tables["curve"].to_pydict()["random"]
    assert gradients[0] > 0
    assert gradients[1] is None
    assert min(tables["limits"].to_pydict()["value"]) > 0


def test_theta_0_has_no_line() -> None:
    assert frames.threshold(0.0).num_rows == 0
    assert frames.threshold(0.005).to_pydict() == {"value": [0.005]}


def test_stops_appear_when_they_are_reached(history: History) -> None:
    assert frames.stops(history, RUNS, "gradient", 221).num_rows == 0
    assert frames.stops(history, RUNS, "gradient", 222).to_pydict()["label"] == ["stops 221"]
    assert frames.stops(history, RUNS, "gradient", 299).to_pydict()["epoch"] == [221, 298]


def test_the_wrong_samples_are_those_with_the_wrong_sign(history: History) -> None:
    rows = frames.samples(history, RUNS, 299).to_pydict()
    assert len(rows["run"]) == 40
    assert [
        s for r, s, right in zip(rows["run"], rows["sample"], rows["right"], strict=True) if r == "random" and not right
    ] == [
        5,
        6,
        8,
        9,
    ]
    outputs = np.concatenate([frames.answers(history, run, 299) for run in range(2)])
    assert rows["right"] == (outputs * rows["y"] > 0).tolist()


def test_the_summary_puts_the_published_number_beside_ours(history: History) -> None:
    table = sheets.summary(history, CONFIG, 299)
    assert table.rows["break epoch"] == table.rows["published"] == ["221", "298"]
    assert table.heads == [["random 6875673", "same"]]


def test_a_setting_that_the_document_does_not_print_has_no_published_number() -> None:
    config = Config((Start("random", 1), Start("zeros")), order_seed=7)
    table = sheets.summary(train(config), config, 1)
    assert table.rows["published"] == ["–", "–"]


def test_before_the_first_epoch_there_is_nothing_to_read_but_the_weights(history: History) -> None:
    assert sheets.summary(history, CONFIG, 0).rows["training error"] == ["–", "–"]
    table = sheets.weights(history, CONFIG, 0)
    assert all(row[0] == row[1] and row[2] == row[3] for row in table.rows.values())
    assert table.rows["hidden bias"] == ["+0.9982", "+0.9982", "+0.5000", "+0.5000"]


def test_each_outcome_is_said_in_words() -> None:
    diverged = Config(learning_rate=1000.0)
    assert sheets.statements(train(diverged), diverged)[0].startswith("Diverged: random in epoch 1, same in epoch 1.")
    short = Config(max_epochs=250)
    assert sheets.statements(train(short), short) == ["Not stopped by θ = 0.005 within 250 epochs: same."]
    assert sheets.statements(train(CONFIG), CONFIG) == []


def test_the_csv_holds_all_that_was_recorded(history: History) -> None:
    rows = list(csv.DictReader(io.StringIO(frames.as_csv(history, RUNS))))
    assert len(rows) == 222 + 299
    last = rows[221]
    assert (last["run"], last["epoch"]) == ("random", "221")
    assert float(last["training_error"]) == history.training_error[221, 0]
    assert float(last["hidden_x3"]) == history.weights(0, 222).hidden[0, 3]
    assert float(last["output_h"]) == history.weights(0, 222).output[0, 1]
    assert not any(math.isnan(float(row["gradient"])) for row in rows)


def test_the_json_holds_the_settings_and_the_weights(history: History) -> None:
    saved = json.loads(frames.as_json(history, CONFIG))
    assert (saved["order_seed"], saved["learning_rate"], saved["theta"]) == (2019, 0.1, 0.005)
    assert [run["break_epoch"] for run in saved["starts"]] == [221, 298]
    assert saved["starts"][0]["final"]["hidden"] == history.weights(0, 299).hidden.tolist()


def test_answers_are_those_of_the_current_weights(history: History) -> None:
    assert frames.answers(history, 0, 299).shape == TWENTY.labels.shape
    assert frames.answers(history, 0, 0).tolist() != frames.answers(history, 0, 299).tolist()
