"""The command line: its text, its JSON and CSV, and its error messages."""

import csv
import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pages.ui.sweep.saved import as_csv
from tinynet import published
from tinynet.__main__ import main
from tinynet.commands import sweep
from tinynet.config import Config
from tinynet.datasets import TWENTY
from tinynet.regions import PRESETS, decide
from tinynet.sweep import AHEAD, Part, Runs
from tinynet.sweep import sweep as trained_parts
from tinynet.verdicts import CONCLUSIONS

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def as_at_a_terminal() -> Iterator[None]:
    """A process in the background ignores Ctrl+C, and so do its children; this undoes it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """The exit status and the output of a command."""
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


def test_train_writes_the_history_and_the_weights_of_the_run(capsys: pytest.CaptureFixture[str]) -> None:
    result = run_json(capsys, "train", "--init", "random", "--init-seed", "1500", "--order-seed", "2019")
    assert (result["break_epoch"], result["diverged_epoch"], result["epochs"]) == (149, None, 150)
    assert [len(result[key]) for key in ("training_error", "accuracy", "gradient")] == [150, 150, 150]
    assert [len(result[key]["hidden"]) for key in ("initial", "final")] == [4, 4]
    assert [len(result[key]["output"]) for key in ("initial", "final")] == [2, 2]
    assert result["gradient"][-1] < 0.005 <= min(result["gradient"][:-1])


def test_train_without_a_stop_has_no_break_epoch(capsys: pytest.CaptureFixture[str]) -> None:
    result = run_json(capsys, "train", "--init", "same", "--max-epochs", "298")
    assert (result["break_epoch"], result["epochs"]) == (None, 298)


def test_train_reports_the_epoch_in_which_the_run_diverged(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "train", "--learning-rate", "1000")[1].startswith("random 6875673: diverged in epoch 1")
    result = run_json(capsys, "train", "--learning-rate", "1000")
    assert (result["break_epoch"], result["diverged_epoch"], result["epochs"]) == (None, 1, 2)


@pytest.mark.parametrize("init", ["random", "same", "zeros", "xavier", "he"])
def test_train_accepts_every_initialisation(capsys: pytest.CaptureFixture[str], init: str) -> None:
    assert run_json(capsys, "train", "--init", init, "--max-epochs", "2")["epochs"] <= 2


def test_train_writes_a_row_for_each_epoch(capsys: pytest.CaptureFixture[str]) -> None:
    _, text = run(capsys, "train", "--max-epochs", "3", "--format", "csv")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0] == ["epoch", "training_error", "accuracy", "gradient"]
    assert [row[0] for row in rows[1:]] == ["0", "1", "2"]


# the published runs have the init seeds 0 and 1500
SWEEP = ("sweep", "--init-seeds", "1495:1501", "--order-seeds", "2019:2021")


def test_sweep_counts_random_against_same(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_json(capsys, "sweep", "--init-seeds", "0:500") == {
        "orders": [{"order_seed": 2019, "same_break_epoch": 298, "earlier": 219, "equal": 246, "later": 35, "never": 0}]
    }


def test_sweep_counts_per_order_seed_and_gives_none_where_same_never_stops(
    capsys: pytest.CaptureFixture[str],
) -> None:
    orders = run_json(capsys, *SWEEP, "--max-epochs", "3")["orders"]
    none = {"same_break_epoch": None, "earlier": 0, "equal": 0, "later": 0, "never": 6}
    assert orders == [{"order_seed": 2019, **none}, {"order_seed": 2020, **none}]


def test_sweep_writes_a_row_for_each_run(capsys: pytest.CaptureFixture[str]) -> None:
    _, text = run(capsys, *SWEEP, "--format", "csv")
    header, *rows = csv.reader(io.StringIO(text))
    assert header == [
        *("order_seed", "init", "init_seed", "epochs", "break_epoch"),
        *("training_error", "accuracy", "best_accuracy", "epoch_80", "wrong"),
    ]
    starts = [["same", ""], *(["random", str(seed)] for seed in range(1495, 1501))]
    assert [row[:3] for row in rows] == [[order, *start] for order in ("2019", "2020") for start in starts]
    assert [rows[i][3:5] for i in (0, 6)] == [["299", "298"], ["150", "149"]]


def test_sweep_and_its_page_write_the_same_csv(capsys: pytest.CaptureFixture[str]) -> None:
    _, text = run(capsys, *SWEEP, "--max-epochs", "200", "--format", "csv")
    runs = Runs.join(
        [part.runs for part in trained_parts(Config(max_epochs=200), range(1495, 1501), range(2019, 2021))]
    )
    assert as_csv(runs) == text


@pytest.mark.parametrize(
    "options",
    [[], ["--theta", "0.02"], ["--learning-rate", "0.05"], ["--max-epochs", "20"]],
    ids=lambda options: " ".join(options) or "as published",
)
def test_a_row_of_sweep_agrees_with_train(capsys: pytest.CaptureFixture[str], options: list[str]) -> None:
    _, text = run(capsys, "sweep", "--init-seeds", "1500:1501", *options, "--format", "csv")
    for row in csv.DictReader(io.StringIO(text)):
        alone = run_json(capsys, "train", "--init", row["init"], "--init-seed", row["init_seed"] or "0", *options)
        accuracy = alone["accuracy"]
        assert (row["epochs"], row["break_epoch"]) == (str(alone["epochs"]), str(alone["break_epoch"] or ""))
        assert row["training_error"] == str(alone["training_error"][-1])
        assert (row["accuracy"], row["best_accuracy"]) == (str(accuracy[-1]), str(max(accuracy)))
        assert row["epoch_80"] == (str(accuracy.index(0.8)) if 0.8 in accuracy else "")


def test_sweep_counts_wrong_samples_from_1_and_leaves_missing_epochs_empty(
    capsys: pytest.CaptureFixture[str],
) -> None:
    _, text = run(capsys, "sweep", "--init-seeds", "0:1", "--max-epochs", "1", "--format", "csv")
    for row in csv.DictReader(io.StringIO(text)):
        assert (row["epochs"], row["break_epoch"], row["epoch_80"]) == ("1", "", "")
        init = ("--init", row["init"], "--init-seed", row["init_seed"] or "0")
        assert [int(number) for number in row["wrong"].split()] == wrong_samples(
            run_json(capsys, "train", *init, "--max-epochs", "1")["final"]
        )


def wrong_samples(weights: dict[str, list[float]]) -> list[int]:
    """The samples, counted from 1, that a 3-1-1 network classifies wrongly; the activation does not change the sign."""
    hidden = 1.716 * np.tanh(2 / 3 * (weights["hidden"][0] + TWENTY.inputs @ weights["hidden"][1:]))
    right = (weights["output"][0] + weights["output"][1] * hidden) * TWENTY.labels > 0
    return [int(i) + 1 for i in np.flatnonzero(~right)]


def test_sweep_writes_its_results_as_text(capsys: pytest.CaptureFixture[str]) -> None:
    _, text = run(capsys, "sweep", "--init-seeds", "0:500")
    assert text == (
        "order seed  same stops in  random earlier  equal  later  never\n"
        "      2019            298             219    246     35      0\n"
        "\n"
        "of the random runs, with intervals for all init seeds under this order seed:\n"
        "random stops earlier: 43.8% of the runs, 95% interval 39.5 to 48.2%\n"
        "random ends with a lower training error: 70.0% of the runs, 95% interval 65.8 to 73.9%\n"
        "random reaches 80% accuracy earlier: 67.2% of the runs, 95% interval 63.0 to 71.2%\n"
        "the best accuracy of random is 80%: 91.8% of the runs, 95% interval 89.1 to 93.9%\n"
        "both stop in the same epoch with the same samples wrong: "
        "49.2% of the runs, 95% interval 44.8 to 53.6%\n"
    )


def test_sweep_aligns_the_rows_of_order_seeds_and_writes_never(capsys: pytest.CaptureFixture[str]) -> None:
    _, text = run(
        capsys, "sweep", "--init-seeds", "0:2", "--order-seeds", "99999999999:100000000001", "--max-epochs", "1"
    )
    assert text.splitlines()[:5] == [
        "  order seed  same stops in  random earlier  equal  later  never",
        " 99999999999          never               0      0      0      2",
        "100000000000          never               0      0      0      2",
        "",
        "of the random runs, with intervals for all init seeds and order seeds:",
    ]


def test_sweep_has_a_sentence_for_each_conclusion() -> None:
    assert tuple(sweep.SENTENCES) == CONCLUSIONS


def test_sweep_draws_weights_from_the_given_range(capsys: pytest.CaptureFixture[str]) -> None:
    options = ("sweep", "--init-seeds", "0:3", "--max-epochs", "20", "--format", "csv")
    _, whole = run(capsys, *options)
    assert run(capsys, *options, "--random-range", "1")[1] == whole
    _, half = run(capsys, *options, "--random-range", "0.5")
    assert whole.splitlines()[:2] == half.splitlines()[:2]
    assert not set(whole.splitlines()[2:]) & set(half.splitlines()[2:])


@pytest.mark.parametrize("form", ["text", "csv"])
def test_sweep_writes_the_same_bytes_with_any_number_of_jobs(capsys: pytest.CaptureFixture[str], form: str) -> None:
    options = (*SWEEP, "--max-epochs", "9", "--format", form)
    assert run(capsys, *options, "--jobs", "2") == run(capsys, *options)


@pytest.mark.parametrize(("jobs", "workers", "chunk"), [(1, None, 1001), (2, 2, 501), (4, 4, 251), (999, AHEAD, 2)])
def test_sweep_gives_every_process_work(
    monkeypatch: pytest.MonkeyPatch, jobs: int, workers: int | None, chunk: int
) -> None:
    received = []

    def trained(*arguments: Any) -> Iterator[Part]:
        received.append((getattr(arguments[3], "_max_workers", None), arguments[4]))
        yield from trained_parts(Config(max_epochs=1), *arguments[1:3])

    monkeypatch.setattr(sweep, "sweep", trained)
    assert main(["sweep", "--jobs", str(jobs)]) == 0
    assert received == [(workers, chunk)]


@pytest.mark.skipif(sys.platform == "win32", reason="processes on Windows do not inherit signal handlers")
def test_the_workers_of_sweep_ignore_ctrl_c(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = []

    def trained(*arguments: Any) -> Iterator[Part]:
        answers.append(arguments[3].submit(signal.getsignal, signal.SIGINT).result())
        yield from trained_parts(Config(max_epochs=1), *arguments[1:3])

    monkeypatch.setattr(sweep, "sweep", trained)
    assert main(["sweep", "--jobs", "2"]) == 0
    assert answers == [signal.SIG_IGN]
    assert signal.getsignal(signal.SIGINT) == signal.default_int_handler


def test_sweep_writes_each_part_before_the_next_is_trained(monkeypatch: pytest.MonkeyPatch) -> None:
    out, lines = io.StringIO(), []

    def watched(config: Config, init_seeds: range, order_seeds: range, *_: object) -> Iterator[Part]:
        for part in trained_parts(config, init_seeds, order_seeds, chunk=3):
            yield part
            lines.append(out.getvalue().count("\n"))

    monkeypatch.setattr(sweep, "sweep", watched)
    monkeypatch.setattr(sys, "stdout", out)
    assert main([*SWEEP, "--max-epochs", "1", "--format", "csv"]) == 0
    assert lines == [1 + 2, 1 + 4, 1 + 7, 1 + 9, 1 + 11, 1 + 14]


def test_sweep_shows_its_progress_on_a_terminal_only(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    options = ["sweep", "--init-seeds", "0:5000", "--max-epochs", "1", "--format", "json"]
    assert main(options) == 0
    written = capsys.readouterr()
    assert written.err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert main(options) == 0
    assert capsys.readouterr() == (written.out, "\r2500 of 5001 runs\r5001 of 5001 runs\n")


@pytest.mark.parametrize("preset", sorted(PRESETS))
def test_regions_gives_the_grid_with_x1_slowest(capsys: pytest.CaptureFixture[str], preset: str) -> None:
    result, expected = run_json(capsys, "regions", "--preset", preset), decide(PRESETS[preset])
    assert (result["positive"], result["negative"]) == (expected.positive, expected.negative)
    assert len(result["output"]) == 10_000
    assert result["output"][100 * 3 + 7] == expected.output[3, 7]


def test_regions_accepts_weights(capsys: pytest.CaptureFixture[str]) -> None:
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


@pytest.mark.parametrize("init", ["random", "xavier"])
def test_symmetry_learns_where_the_units_differ(capsys: pytest.CaptureFixture[str], init: str) -> None:
    result = run_json(capsys, "symmetry", "--init", init, "--hidden-units", "2", "--max-epochs", "1000")
    assert result["accuracy"][-1] == 1
    assert min(result["spread"]) > 0


def test_symmetry_with_one_unit_trains_as_in_problem_2(capsys: pytest.CaptureFixture[str]) -> None:
    options = ("--init", "random", "--init-seed", "1500", "--max-epochs", "40")
    one = run_json(capsys, "symmetry", "--hidden-units", "1", *options)
    assert one["training_error"] == run_json(capsys, "train", *options, "--theta", "0")["training_error"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--init", "constant"], ["constant: symmetric", "4.0971 to 2.3173", "spread 0, ", "1 of 4", "never"]),
        (["--init", "constant", "--constant", "1000"], ["constant: saturated", "7.0672 to 7.0672", "never"]),
        (["--init", "random", "--learning-rate", "10"], ["random: diverged", "2.6047 to 8.8340", "from the start"]),
        (["--init", "constant", "--noise", "1e-12"], ["constant: learning", "4 of 4", "after epoch 52"]),
    ],
)
def test_symmetry_names_the_case_as_text(
    capsys: pytest.CaptureFixture[str], options: list[str], said: list[str]
) -> None:
    _, text = run(capsys, "symmetry", *options)
    assert [part for part in said if part not in text] == []


def test_symmetry_writes_rows_as_csv(capsys: pytest.CaptureFixture[str]) -> None:
    _, text = run(capsys, "symmetry", "--init", "zeros", "--format", "csv", "--max-epochs", "3")
    assert [row[0] for row in csv.reader(io.StringIO(text))] == ["epoch", "0", "1", "2"]


def test_plane_writes_its_result_as_text_and_rows_as_csv(capsys: pytest.CaptureFixture[str]) -> None:
    _, text = run(capsys, "plane", "--init", "constant")
    assert text.splitlines()[:2] == [
        "constant: symmetric after 400 epochs",
        "spread 0, different hidden units 1 of 4, different lines 1",
    ]
    assert text.splitlines()[-1] == "best line: 30 of 40 points on the side of their class"
    _, text = run(capsys, "plane", "--format", "csv", "--max-epochs", "2")
    assert [row[0] for row in csv.reader(io.StringIO(text))] == ["epoch", "0", "1"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"x1,x2,label\n1,2,1\n1,2,0\n", "error: line 3: label must be 1 or -1, received 0\n"),
        (b"\xff\xfe", "must be text in UTF-8\n"),
        (None, "cannot be read: No such file or directory\n"),
    ],
)
def test_plane_refuses_a_bad_file_in_one_sentence(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, content: bytes | None, message: str
) -> None:
    file = tmp_path / "points.csv"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(SystemExit) as ended:
        main(["plane", "--points", str(file)])
    assert ended.value.code == 2
    assert capsys.readouterr().err.endswith(message)


def test_digits_with_zero_weights_always_answers_one(capsys: pytest.CaptureFixture[str]) -> None:
    result = run_json(capsys, "digits", "--init", "zeros", "--iterations", "100")
    assert list(result) == ["loss", "accuracy", "spread"]
    assert {len(values) for values in result.values()} == {101}
    assert result["accuracy"] == [0.098] + 100 * [0.1135]
    assert (round(result["loss"][0], 6), round(result["loss"][-1], 6)) == (2.302585, 2.301159)
    assert set(result["spread"]) == {0.0}


def test_digits_learns_from_weights_that_differ(capsys: pytest.CaptureFixture[str]) -> None:
    result = run_json(capsys, "digits", "--init", "uniform")
    assert result["accuracy"][-1] > 0.7
    assert min(result["spread"]) > 0


def test_digits_with_a_constant_keeps_its_units_equal(capsys: pytest.CaptureFixture[str]) -> None:
    result = run_json(capsys, "digits", "--init", "constant", "--constant", "0.01", "--iterations", "20")
    assert set(result["spread"]) == {0.0}
    assert len(set(result["loss"])) == 21


def test_digits_writes_its_result_as_text_and_rows_as_csv(capsys: pytest.CaptureFixture[str]) -> None:
    _, text = run(capsys, "digits")
    assert text == "zeros: 100 iterations\nloss 2.301159, accuracy on the test images 0.1135\nspread 0\n"
    _, text = run(capsys, "digits", "--format", "csv", "--iterations", "2")
    assert [row[0] for row in csv.reader(io.StringIO(text))] == ["iteration", "0", "1", "2"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["digits", "--iterations", "0"], "error: iterations must be a whole number from 1 to 1000, received 0"),
        (["digits", "--learning-rate", "0"], "error: learning rate must be above 0, received 0"),
        (["symmetry", "--constant", "nan"], "error: constant must be a number from -1000 to 1000, received nan"),
        (["symmetry", "--init", "constant", "--noise", "2"], "error: noise ε must be a number from 0 to 1, received 2"),
        (["symmetry", "--hidden-units", "0"], "error: hidden units must be a whole number from 1 to 64, received 0"),
        (["plane", "--hidden-units", "17"], "error: hidden units must be a whole number from 1 to 16, received 17"),
        (["plane", "--points-count", "201"], "error: points must be a whole number from 2 to 200, received 201"),
        (["plane", "--noise", "1.1"], "error: noise must be a number from 0 to 1, received 1.1"),
        (["plane", "--data", "moons", "--points", "mine.csv"], "--points: not allowed with argument --data"),
        (["train", "--learning-rate", "-0.1"], "error: learning rate must be above 0, received -0.1"),
        (["train", "--theta", "nan"], "error: θ must be a number from 0 to 1e+06, received nan"),
        (["train", "--init-seed", "-1"], "error: init seed must be a whole number from 0 to"),
        (["sweep", "--init-seeds", "5:5"], "error: init seeds must be A:B with A below B, received 5:5"),
        (["sweep", "--order-seeds", "7:3"], "error: order seeds must be A:B with A below B, received 7:3"),
        (["sweep", "--init-seeds", "5"], "error: init seeds must be A:B with A below B, received 5"),
        (["sweep", "--init-seeds", "0:1:2"], "error: init seeds must be A:B with A below B, received 0:1:2"),
        (["sweep", "--init-seeds", "a:b"], "error: init seeds must be A:B with A below B, received a:b"),
        (["sweep", "--init-seeds", "9" * 9999], f"error: init seeds must be A:B with A below B, received {'9' * 80}\n"),
        (["sweep", "--order-seeds=-1:5"], "error: order seeds must be one or more consecutive whole numbers from 0 to"),
        (["sweep", "--init-seeds", f"0:{10**30}"], "error: init seeds must be one or more consecutive whole numbers"),
        (["sweep", "--jobs", "0"], "error: jobs must be 1 or above, received 0"),
        (["sweep", "--jobs", "two"], "argument --jobs: invalid int value: 'two'"),
        (["sweep", "--random-range", "0"], "error: random range must be above 0, received 0"),
        (["sweep", "--random-range", "nan"], "error: random range must be above 0, received nan"),
        (["sweep", "--max-epochs", "0"], "error: most epochs must be a whole number from 1 to 100000, received 0"),
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


ENDLESS = [sys.executable, "-m", "tinynet", "sweep", "--init-seeds", f"0:{10**9}", "--format", "csv"]


def test_a_sweep_ends_when_its_reader_closes_the_pipe() -> None:
    with subprocess.Popen(
        [*ENDLESS, "--max-epochs", "1"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.readline().startswith(b"order_seed,")
        process.stdout.close()
        assert process.wait(60) == 0
        assert process.stderr.read() == b""


@pytest.mark.skipif(sys.platform == "win32", reason="signals do not reach process groups on Windows")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_ends_a_command_without_a_traceback(jobs: str) -> None:
    with subprocess.Popen(
        [*ENDLESS, "--max-epochs", "9", "--jobs", jobs],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        assert process.stdout
        assert process.stdout.readline().startswith(b"order_seed,")
        assert process.stdout.readline().startswith(b"2019,same,")  # now the workers are busy
        os.killpg(process.pid, signal.SIGINT)
        _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (130, b"")
