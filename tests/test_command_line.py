"""The command line: its words, its keys and its refusals."""

import csv
import io
import json
from typing import Any

import numpy as np
import pytest

from tinynet import published
from tinynet.__main__ import main
from tinynet.regions import PRESETS, decide


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """The exit status of a command and what it wrote."""
    status = main(list(arguments))
    return status, capsys.readouterr().out


def run_json(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    status, text = run(capsys, *arguments, "--format", "json")
    assert status == 0
    return json.loads(text)


def test_replay_prints_four_of_four(capsys: pytest.CaptureFixture[str]) -> None:
    status, text = run(capsys, "replay")
    assert status == 0
    assert text.splitlines()[-1] == "4 of 4"


def test_replay_names_each_run_and_its_weights(capsys: pytest.CaptureFixture[str]) -> None:
    runs = run_json(capsys, "replay")["runs"]
    assert [
        (r["init"], r["init_seed"], r["order_seed"], r["published_break_epoch"], r["break_epoch"]) for r in runs
    ] == [
        ("random", 6875673, 2019, 221, 221),
        ("random", 0, 2019, 298, 298),
        ("random", 1500, 2019, 149, 149),
        ("same", None, 2019, 298, 298),
    ]
    assert [tuple(r["hidden"]) for r in runs] == [result.hidden for result in published.RESULTS]
    assert [tuple(r["output"]) for r in runs] == [result.output for result in published.RESULTS]


def test_replay_fails_where_a_result_differs(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = published.Result("same", None, 297, (0.5,) * 4, (-0.5,) * 2)
    monkeypatch.setattr(published, "RESULTS", (*published.RESULTS[:3], wrong))
    status, text = run(capsys, "replay")
    assert status == 1
    assert text.splitlines()[-1] == "3 of 4"


def test_train_gives_the_whole_run(capsys: pytest.CaptureFixture[str]) -> None:
    result = run_json(capsys, "train", "--init", "random", "--init-seed", "1500", "--order-seed", "2019")
    assert (result["break_epoch"], result["diverged_epoch"], result["epochs"]) == (149, None, 150)
    assert [len(result[key]) for key in ("training_error", "accuracy", "gradient")] == [150, 150, 150]
    assert [len(result[key]["hidden"]) for key in ("initial", "final")] == [4, 4]
    assert [len(result[key]["output"]) for key in ("initial", "final")] == [2, 2]
    assert result["gradient"][-1] < 0.005 <= min(result["gradient"][:-1])


def test_train_without_a_stop_has_no_break_epoch(capsys: pytest.CaptureFixture[str]) -> None:
    result = run_json(capsys, "train", "--init", "same", "--max-epochs", "298")
    assert (result["break_epoch"], result["epochs"]) == (None, 298)


def test_train_says_in_which_epoch_it_diverged(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "train", "--learning-rate", "1000")[1].startswith("random 6875673: diverged in epoch 1")
    result = run_json(capsys, "train", "--learning-rate", "1000")
    assert (result["break_epoch"], result["diverged_epoch"], result["epochs"]) == (None, 1, 2)


@pytest.mark.parametrize("init", ["random", "same", "zeros", "xavier", "he"])
def test_train_takes_every_initialisation(capsys: pytest.CaptureFixture[str], init: str) -> None:
    assert run_json(capsys, "train", "--init", init, "--max-epochs", "2")["epochs"] <= 2


def test_train_writes_a_row_for_each_epoch(capsys: pytest.CaptureFixture[str]) -> None:
    _, text = run(capsys, "train", "--max-epochs", "3", "--format", "csv")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0] == ["epoch", "training_error", "accuracy", "gradient"]
    assert [row[0] for row in rows[1:]] == ["0", "1", "2"]


@pytest.mark.parametrize("preset", sorted(PRESETS))
def test_regions_gives_the_grid_with_x1_slowest(capsys: pytest.CaptureFixture[str], preset: str) -> None:
    result, expected = run_json(capsys, "regions", "--preset", preset), decide(PRESETS[preset])
    assert (result["positive"], result["negative"]) == (expected.positive, expected.negative)
    assert len(result["output"]) == 10_000
    assert result["output"][100 * 3 + 7] == expected.output[3, 7]


def test_regions_takes_weights(capsys: pytest.CaptureFixture[str]) -> None:
    weights = ("--hidden", "[[0.5, 0.3, -0.1], [-0.5, -0.4, 1.0]]", "--output", "[1.0, -2.0, 0.5]")
    assert run_json(capsys, "regions", *weights) == run_json(capsys, "regions", "--preset", "a")


def test_regions_counts_zero_as_positive(capsys: pytest.CaptureFixture[str]) -> None:
    result = run_json(capsys, "regions", "--hidden", "[[0, 0, 0], [0, 0, 0]]", "--output", "[0, 0, 0]")
    assert (result["positive"], result["negative"]) == (10_000, 0)


def test_regions_writes_a_row_for_each_point(capsys: pytest.CaptureFixture[str]) -> None:
    _, text = run(capsys, "regions", "--format", "csv")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0] == ["x1", "x2", "h1", "h2", "o"]
    assert len(rows) == 10_001
    assert np.array(rows[101], float)[:2] == pytest.approx([-4.9, -5.0])


@pytest.mark.parametrize("init", ["zeros", "constant"])
def test_symmetry_gives_a_spread_of_exactly_zero(capsys: pytest.CaptureFixture[str], init: str) -> None:
    result = run_json(capsys, "symmetry", "--init", init, "--hidden-units", "5", "--constant", "0.5")
    assert list(result) == ["training_error", "accuracy", "spread"]
    assert {len(values) for values in result.values()} == {300}
    assert set(result["spread"]) == {0.0}
    assert max(result["accuracy"]) <= 0.8


@pytest.mark.parametrize("init", ["random", "xavier", "he"])
def test_symmetry_learns_where_the_units_differ(capsys: pytest.CaptureFixture[str], init: str) -> None:
    result = run_json(capsys, "symmetry", "--init", init, "--hidden-units", "2", "--max-epochs", "1000")
    assert result["accuracy"][-1] == 1
    assert min(result["spread"]) > 0


def test_symmetry_with_one_unit_is_the_training_of_problem_2(capsys: pytest.CaptureFixture[str]) -> None:
    options = ("--init", "random", "--init-seed", "1500", "--max-epochs", "40")
    one = run_json(capsys, "symmetry", "--hidden-units", "1", *options)
    assert one["training_error"] == run_json(capsys, "train", *options, "--theta", "0")["training_error"]


def test_symmetry_says_the_case_in_words_and_writes_rows(capsys: pytest.CaptureFixture[str]) -> None:
    _, text = run(capsys, "symmetry", "--init", "constant")
    assert text.startswith("constant: symmetric after 300 epochs\nspread 0, different hidden units 1 of 4\n")
    _, text = run(capsys, "symmetry", "--init", "zeros", "--format", "csv", "--max-epochs", "3")
    assert [row[0] for row in csv.reader(io.StringIO(text))] == ["epoch", "0", "1", "2"]


def test_digits_with_zero_weights_always_answers_one(capsys: pytest.CaptureFixture[str]) -> None:
    result = run_json(capsys, "digits", "--init", "zeros", "--iterations", "100")
    assert list(result) == ["loss", "accuracy", "spread"]
    assert {len(values) for values in result.values()} == {101}
    assert result["accuracy"] == [0.098] + 100 * [0.1135]
    assert (round(result["loss"][0], 6), round(result["loss"][-1], 6)) == (2.302585, 2.301159)
    assert set(result["spread"]) == {0.0}


@pytest.mark.parametrize("init", ["uniform", "xavier", "he"])
def test_digits_learns_from_weights_that_differ(capsys: pytest.CaptureFixture[str], init: str) -> None:
    result = run_json(capsys, "digits", "--init", init)
    assert result["accuracy"][-1] > 0.7
    assert min(result["spread"]) > 0


def test_digits_with_a_constant_keeps_its_units_alike(capsys: pytest.CaptureFixture[str]) -> None:
    result = run_json(capsys, "digits", "--init", "constant", "--constant", "0.01", "--iterations", "20")
    assert set(result["spread"]) == {0.0}
    assert len(set(result["loss"])) == 21


def test_digits_says_its_result_in_words_and_writes_rows(capsys: pytest.CaptureFixture[str]) -> None:
    _, text = run(capsys, "digits")
    assert text == "zeros: 100 iterations\nloss 2.301159, accuracy on the test images 0.1135\nspread 0\n"
    _, text = run(capsys, "digits", "--format", "csv", "--iterations", "2")
    assert [row[0] for row in csv.reader(io.StringIO(text))] == ["iteration", "0", "1", "2"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["digits", "--iterations", "0"], "error: iterations must be a whole number from 1 to 1000, received 0"),
        (["digits", "--learning-rate", "0"], "error: learning rate must be above 0, received 0"),
        (["symmetry", "--constant", "nan"], "error: constant must be from -1000 to 1000, received nan"),
        (["symmetry", "--init", "constant", "--noise", "2"], "error: noise ε must be from 0 to 1, received 2"),
        (["symmetry", "--hidden-units", "0"], "error: hidden units must be a whole number from 1 to 64, received 0"),
        (["train", "--learning-rate", "-0.1"], "error: learning rate must be above 0, received -0.1"),
        (["train", "--theta", "nan"], "error: θ must be 0 or above, received nan"),
        (["train", "--init-seed", "-1"], "error: init seed must be a whole number from 0 to"),
        (
            ["regions", "--hidden", "[[1, 2, 3], [4, 5, 6]]"],
            "error: give either --preset or both --hidden and --output",
        ),
        (["regions", "--preset", "a", "--output", "[1]"], "error: give either --preset or both --hidden and --output"),
        (["regions", "--hidden", "abc", "--output", "[1, 2, 3]"], "error: --hidden must be a JSON list of numbers"),
        (
            ["regions", "--hidden", "[" * 9999, "--output", "[1, 2, 3]"],
            "error: --hidden must be a JSON list of numbers",
        ),
        (
            ["regions", "--hidden", "[[1, 2, NaN], [4, 5, 6]]", "--output", "[1, 2, 3]"],
            "error: hidden weight 1,2 must be",
        ),
        (["regions", "--hidden", "[[1, 2, 1e999], [4, 5, 6]]", "--output", "[1, 2, 3]"], "received inf"),
        (["regions", "--hidden", '[[1, 2, "x"], [4, 5, 6]]', "--output", "[1, 2, 3]"], "rows of numbers"),
        (
            ["regions", "--hidden", "[[1, 2, 3]]", "--output", "[1, 2]"],
            "error: decision regions need hidden weights of",
        ),
        (["regions", "--hidden", "[[1, 2, 3], [4, 5, 6]]", "--output", "[1, 2]"], "must have 3 columns"),
        (["train", "--init", "best"], "invalid choice: 'best'"),
        (["fly"], "invalid choice: 'fly'"),
        ([], "the following arguments are required: COMMAND"),
    ],
)
def test_bad_input_is_refused_in_one_sentence(
    capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert message in capsys.readouterr().err
