"""What the training page draws, lists and hands out, as values."""

import csv
import io
import json
import math
from typing import Any

import numpy as np
import pytest

from pages.ui.lines import tables as line_tables
from pages.ui.live.player import pack
from pages.ui.training import comparisons, outcomes, saved, tables
from pages.ui.training.controls import MOST_EPOCHS
from tinynet.activations import A
from tinynet.config import Config, Start
from tinynet.datasets import MOST_SEPARABLE, TWENTY, Dataset, most_separable
from tinynet.published import COMPARED
from tinynet.symmetry import answers, errors
from tinynet.training import History, train

CONFIG = Config()
RUNS = tables.run_names(CONFIG)


def chart(history: History, config: Config, quantity: str, done: int) -> dict[str, dict[str, list[Any]]]:
    """All datasets of the chart of one quantity."""
    datasets = tables.quantity_datasets(history, config, quantity, done, "subject")
    return {name: table.to_pydict() for name, table in datasets.items()}


@pytest.fixture(scope="module")
def history() -> History:
    return train(CONFIG)


@pytest.mark.parametrize("quantity", tables.QUANTITIES)
def test_a_curve_holds_all_epochs_wherever_the_player_stands(history: History, quantity: str) -> None:
    early, late = (chart(history, CONFIG, quantity, done) for done in (0, 299))
    assert early["curve"] == late["curve"]
    assert late["curve"]["epoch"] == list(range(299))
    assert late["curve"]["same"] == getattr(history, quantity)[:, 1].tolist()


@pytest.mark.parametrize("quantity", tables.QUANTITIES)
@pytest.mark.parametrize("done", [0, 1, 222, 223, 299])
def test_what_is_read_is_the_value_after_the_epochs_that_are_done(history: History, quantity: str, done: int) -> None:
    """On the server and in what the player publishes, and there for a run that has stopped what it stopped with."""
    now = chart(history, CONFIG, quantity, done)["now"]
    published = tables.series(history, RUNS)[quantity][done]
    assert now["shown"] == [done - 1, done - 1]
    if done == 0:
        assert np.isnan(published).all()
    else:
        values = getattr(history, quantity)
        assert now["value"] == published.tolist() == [values[min(done - 1, 221), 0], values[done - 1, 1]]


def test_a_run_that_has_stopped_has_no_further_points(history: History) -> None:
    random = chart(history, CONFIG, "accuracy", 299)["curve"]["random"]
    assert random[221] is not None
    assert random[222:] == [None] * 77


def test_a_long_curve_is_thinned_but_keeps_where_runs_end() -> None:
    config = Config(theta=0.0011, max_epochs=5000)
    long = train(config)
    rows = chart(long, config, "training_error", 0)["curve"]
    assert len(rows["epoch"]) <= line_tables.POINTS + 3
    assert {0, *long.last_epoch} <= set(rows["epoch"])
    assert rows["same"][-1] == long.training_error[-1, 1]


def test_the_history_of_a_page_stays_below_three_megabytes() -> None:
    config = Config(tuple(Start(init) for init in COMPARED), theta=0.0, max_epochs=MOST_EPOCHS)
    long, runs = train(config), tables.run_names(config)
    sent = len(pack("training", "subject", tables.series(long, runs)))
    sent += sum(
        table.nbytes
        for name in tables.QUANTITIES
        for table in tables.quantity_datasets(long, config, name, 0, "").values()
    )
    assert 2_000_000 < sent < 2_900_000


def test_the_player_publishes_the_weights_and_the_wrong_samples_of_each_run(history: History) -> None:
    series = tables.series(history, RUNS)
    for done in (0, 1, 150, 222, 299):
        for run, name in enumerate(RUNS):
            weights = history.weights(run, done)
            flat = [*weights.hidden.ravel(), *weights.output.ravel()]
            assert series[tables.weights_of(name)][done].tolist() == flat
            wrong = answers(history.weights(run, done)) * TWENTY.labels <= 0
            assert int(series["wrong"][done, run]) == sum(2**sample for sample in np.flatnonzero(wrong).tolist())


def test_what_is_sent_to_the_player_is_read_back_row_by_row() -> None:
    series = {"a": np.array([[1.0, np.nan], [3.0, 4.0]]), "b": np.array([[5.0], [6.0]])}
    sent = pack("page", "subject", series)
    size = int.from_bytes(sent[:4], "little")
    assert json.loads(sent[4 : 4 + size]) == {"page": "page", "subject": "subject", "widths": {"a": 2, "b": 1}}
    np.testing.assert_array_equal(np.frombuffer(sent[4 + size :], "<f8"), [1, np.nan, 5, 3, 4, 6])


def test_a_gradient_of_zero_is_left_out_of_a_logarithmic_axis() -> None:
    config = Config(learning_rate=1000.0, theta=0.0)
    drawn = chart(train(config), config, "gradient", 2)
    gradients = drawn["curve"]["random"]
    assert gradients[0] > 0
    assert gradients[1] is None
    assert min(drawn["limits"]["value"]) > 0


def test_theta_0_has_no_line() -> None:
    assert tables.threshold(0.0).num_rows == 0
    assert tables.threshold(0.005).to_pydict() == {"value": [0.005]}


def test_every_stop_is_marked_with_its_epoch(history: History) -> None:
    stops = tables.stops(history, RUNS, "gradient").to_pydict()
    assert (stops["label"], stops["epoch"]) == (["stops 221", "stops 298"], [221, 298])
    short = Config(max_epochs=250)
    assert tables.stops(train(short), RUNS, "gradient").to_pydict()["run"] == ["random"]


def test_the_wrong_samples_are_those_with_the_wrong_sign(history: History) -> None:
    rows = tables.samples(history, RUNS, 299, "subject").to_pylist()
    assert len(rows) == 40
    assert [row["sample"] for row in rows if row["run"] == "random" and row["wrong"]] == [5, 6, 8, 9]
    outputs = np.concatenate([answers(history.weights(run, 299)) for run in range(2)])
    assert [row["wrong"] for row in rows] == [o * row["y"] <= 0 for o, row in zip(outputs, rows, strict=True)]


@pytest.mark.parametrize(("done", "random", "same"), [(0, 0, 0), (1, 0, 0), (222, 221, 221), (299, 221, 298)])
def test_the_epoch_that_is_shown_is_the_last_that_is_done(history: History, done: int, random: int, same: int) -> None:
    assert [tables.epoch_shown(history, run, done) for run in range(2)] == [random, same]


def test_the_summary_puts_the_published_number_beside_ours(history: History) -> None:
    table = tables.summary(history, CONFIG, 299)
    assert table.rows["break epoch"] == table.rows["published"] == ["221", "298"]
    assert table.heads == [["random 6875673", "same"]]


def test_a_setting_that_the_document_does_not_print_has_no_published_number() -> None:
    config = Config((Start("random", 1), Start("zeros")), order_seed=7)
    table = tables.summary(train(config), config, 1)
    assert table.rows["published"] == ["–", "–"]


def test_before_the_first_epoch_there_is_nothing_to_read_but_the_weights(history: History) -> None:
    assert tables.summary(history, CONFIG, 0).rows["training error"] == ["–", "–"]
    table = tables.weights(history, CONFIG, 0)
    assert all(row[0] == row[1] and row[2] == row[3] for row in table.rows.values())
    assert table.rows["hidden bias"] == ["+0.9982", "+0.9982", "+0.5000", "+0.5000"]


def test_each_outcome_is_said_in_words() -> None:
    (diverged,) = said(Config(learning_rate=1000.0))
    assert diverged.startswith(
        "Diverged: random in epoch 1, same in epoch 1. With η = 1000 the steps drove every output to ±1.716"
    )
    assert said(Config(max_epochs=250)) == ["Not stopped by θ = 0.005 within 250 epochs: same."]
    assert said(Config(max_epochs=1)) == ["Not stopped by θ = 0.005 within 1 epoch: random, same."]
    assert said(CONFIG) == []
    above = said(Config((Start("random", 1), Start("same")), 2039, 0.3))[-1]
    assert above.startswith("More than 16 of 20 right: random in epoch 85, same in epoch 85.")
    assert "accuracy counts each sample before its own step" in above


def said(config: Config) -> list[str]:
    return outcomes.statements(train(config), config)


@pytest.mark.parametrize(
    ("start", "beginning"),
    [
        (
            Start("random", 6875673, scale=100.0),
            "Saturated from the start: random in epoch 0. With the random range ±100 ",
        ),
        # the largest weight is larger in the end by a rounding error, and smaller by a step
        (Start("he", 2, scale=30.0), "Saturated from the start: He in epoch 0. With the random range ±30 "),
        (Start("xavier", 36, scale=30.0), "Diverged: Xavier in epoch 1. With η = 0.1 the steps drove every output to "),
    ],
)
def test_a_start_that_is_saturated_is_told_from_steps_that_saturate(start: Start, beginning: str) -> None:
    (diverged,) = said(Config((start,)))
    assert diverged.startswith(beginning)


@pytest.mark.parametrize(
    ("config", "beginning", "end"),
    [
        (
            Config(learning_rate=10.0),
            "random in epoch 1. With its final weights the error is 5.884; ",
            "hardly any is left to correct them by.",
        ),
        (
            Config((Start("zeros"),)),
            "zeros in epoch 2. With its final weights the error is 2.950; ",
            "there is nothing to learn by.",
        ),
        (Config(theta=0.2), "random in epoch 0. With its final weights the error is 2.981; ", "is below θ."),
        (
            Config((Start("random", 0), Start("same")), learning_rate=1.0, theta=1000.0),
            "random in epoch 0. With its final weights the error is 3.516; ",
            "hardly any is left to correct them by.",
        ),
        (
            Config((Start("random", 6875673, scale=1e-12),)),
            "random in epoch 2. With its final weights the error is 2.950; ",
            "some is left to learn by, but the gradient of that epoch, 0.00497, is below θ.",
        ),
    ],
)
def test_a_run_that_theta_stops_before_it_has_learnt_says_why(config: Config, beginning: str, end: str) -> None:
    first = said(config)[0]
    assert first.startswith(f"Stopped by θ without having learnt: {beginning}answering 0 to every sample gives 2.945.")
    assert first.endswith(end)


@pytest.mark.parametrize(
    "config",
    [
        Config(order_seed=5, learning_rate=0.5, theta=0.01, max_epochs=200),
        Config((Start("xavier", 6875673),), order_seed=0, learning_rate=0.5, theta=0.05, max_epochs=200),
    ],
    ids=["two", "xavier"],
)
def test_a_run_whose_final_weights_have_learnt_is_not_told_from_the_error_on_the_way(config: Config) -> None:
    """Each sample is measured before its own step: that error is above that of answering 0, the final one is not."""
    history = train(config)
    assert history.training_error[history.last_epoch[0], 0] > outcomes.GUESSING
    assert errors(history, 0)[1] < 2.01
    assert "without having learnt" not in " ".join(said(config))


def test_what_rounding_keeps_from_moving_is_not_said_to_have_had_no_gradient() -> None:
    stopped = said(Config((Start("random", 28, scale=30.0),), learning_rate=1e-12))
    assert "ever had a gradient" not in " ".join(stopped)


def test_accuracy_and_wrong_samples_say_when_they_are_counted(history: History) -> None:
    rows = tables.summary(history, CONFIG, 1).rows
    assert {"accuracy, before each step", "wrong, after the epoch"} <= set(rows)
    assert rows["accuracy, before each step"][0] == f"{history.accuracy[0, 0]:.2f}"
    wrong = np.count_nonzero(answers(history.weights(0, 1)) * TWENTY.labels <= 0)
    assert rows["wrong, after the epoch"][0] == f"{wrong} of 20"


def test_the_tables_of_samples_hold_what_is_trained_on() -> None:
    rows = [*tables.sample_rows(1, 10).rows.values(), *tables.sample_rows(11, 20).rows.values()]
    assert rows[10] == ["0.011", "1.030", "−0.210", "ω₂", "−1.716"]
    assert [[float(cell.replace("−", "-")) for cell in row[:3]] for row in rows] == TWENTY.inputs.tolist()


def test_the_published_comparisons_are_trained_again() -> None:
    history = train(comparisons.CONFIG)
    assert comparisons.verdict(history).startswith("**4 of 4** ")
    for result in comparisons.DRAWN:
        rows = comparisons.table(history, result).rows
        assert rows["break epoch, here"] == rows["break epoch, published"] == [str(result.break_epoch), "298"]
        alone = train(comparisons.pair(result))
        curves = comparisons.curves(history, result, "training_error")["curve"].to_pydict()
        assert (
            curves["random"][: alone.last_epoch[0] + 1] == alone.training_error[: alone.last_epoch[0] + 1, 0].tolist()
        )
        assert f"({result.hidden[0]:.4f}".replace("-", "−") in comparisons.weights(result)


def test_the_answer_to_the_class_counts_the_planes_anew(history: History) -> None:
    assert most_separable(TWENTY) == MOST_SEPARABLE
    said = outcomes.answer(history)
    assert "runs above have 16 of 20 right" in said
    assert "the best has 16 samples" in said
    easy = Dataset(TWENTY.inputs, np.where(TWENTY.inputs[:, 0] > 0.3, A, -A))
    assert most_separable(easy) == 20


def test_the_csv_holds_all_that_was_recorded(history: History) -> None:
    rows = list(csv.DictReader(io.StringIO(saved.as_csv(history, RUNS, 299))))
    assert len(rows) == 222 + 299
    last = rows[221]
    assert (last["run"], last["epoch"]) == ("random", "221")
    assert float(last["training_error"]) == history.training_error[221, 0]
    assert float(last["hidden_x3"]) == history.weights(0, 222).hidden[0, 3]
    assert float(last["output_h"]) == history.weights(0, 222).output[0, 1]
    assert not any(math.isnan(float(row["gradient"])) for row in rows)


@pytest.mark.parametrize(("done", "rows"), [(0, 0), (1, 2), (250, 222 + 250)])
def test_the_csv_ends_where_the_player_stands(history: History, done: int, rows: int) -> None:
    assert len(list(csv.DictReader(io.StringIO(saved.as_csv(history, RUNS, done))))) == rows


def test_the_json_holds_the_weights_and_where_each_run_stops(history: History) -> None:
    found = json.loads(saved.as_json(history, CONFIG, 100))
    assert [run["break_epoch"] for run in found["starts"]] == [221, 298]
    assert found["starts"][0]["now"]["hidden"] == history.weights(0, 100).hidden.tolist()
    assert found["starts"][0]["final"]["hidden"] == history.weights(0, 299).hidden.tolist()


@pytest.mark.parametrize("done", [0, 1, 40, 222])
@pytest.mark.parametrize("run", [0, 1])
def test_each_sample_as_the_output_sees_it_comes_with_the_weights_and_with_whether_it_is_wrong(
    history: History, run: int, done: int
) -> None:
    weights = history.weights(run, done)
    plane = tables.output_datasets(weights, run, "weights", "subject")
    points = plane["points"].to_pylist()
    assert [point["wrong"] for point in points] == (answers(history.weights(run, done)) * TWENTY.labels <= 0).tolist()
    assert [[point[f"x{i}"] for i in (1, 2, 3)] for point in points] == TWENTY.inputs.tolist()
    for row in (*points, *plane["curve"].to_pylist()):
        assert [row[name] for name in tables.COLUMNS] == [*weights.hidden.ravel(), *weights.output.ravel()]
        assert (row["slot"], row["series"], row["subject"]) == (run, "weights", "subject")


def test_the_curve_is_drawn_over_all_that_a_hidden_unit_can_answer(history: History) -> None:
    h = tables.output_datasets(history.weights(0, 0), 0, "weights", "")["curve"]["h"].to_numpy()
    assert (h[0], h[-1]) == (-1.716, 1.716)
    assert np.all(np.diff(h) > 0)


def test_the_smallest_theta_leaves_a_range_for_the_gradients(history: History) -> None:
    low, high = tables.limits(history, "gradient", 5e-324).column("value").to_pylist()
    assert 0 < low < 1e-300
    assert float(np.nanmax(history.gradient)) < high <= 1e300
