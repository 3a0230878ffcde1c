"""What the page of the second document draws and says about the 20 samples, as values."""

import csv
import io
import json
from typing import Any

import numpy as np
import pytest

from pages.ui.lines import tables as line_tables
from pages.ui.theme import START_NAMES, WEIGHT_NAMES
from pages.ui.why_not_zero import controls, formulas, saved, tables, verdicts
from tinynet import regression, symmetry
from tinynet.config import Config
from tinynet.digits import INITIALIZERS, DigitsConfig
from tinynet.digits_history import train as train_on_digits
from tinynet.fingerprint import fingerprint
from tinynet.symmetry import STARTS, first_step
from tinynet.training import History, train

CONFIG = symmetry.setting(max_epochs=60)


@pytest.fixture(scope="module")
def history() -> History:
    return train(CONFIG)


def test_every_start_has_a_name() -> None:
    assert set(START_NAMES) == {*STARTS, *INITIALIZERS}
    assert set(symmetry.WITH_ZEROS) < set(STARTS)


@pytest.mark.parametrize("weight", WEIGHT_NAMES)
@pytest.mark.parametrize("done", [0, 1, 60])
def test_the_tip_of_a_line_is_that_weight_of_its_unit_as_the_player_publishes_it(
    history: History, weight: str, done: int
) -> None:
    run, random = (tables.run_index(CONFIG, init) for init in ("xavier", "random"))
    tips = tables.units(history, run, weight, done, "")["tips"].to_pydict()
    published = tables.series(history, CONFIG, run, random)["weights"][done]
    assert tips["value"] == published[tips["place"]].tolist() == tables.weight_of(history, run, weight)[done].tolist()


def test_the_player_publishes_what_the_charts_read_without_it(history: History) -> None:
    run, random = (tables.run_index(CONFIG, init) for init in ("constant", "random"))
    series = tables.series(history, CONFIG, run, random)
    for done in (1, 30, 60):
        charts = {
            "spread": tables.spread_chart(history, (run, random), done, ""),
            "gradients": tables.gradient_chart(history, CONFIG, run, done, ""),
            **{
                name: tables.against_random(history, name, (run, random), done, "")
                for name in ("training_error", "accuracy")
            },
        }
        for name, drawn in charts.items():
            read = [value or 0.0 for value in drawn["now"]["value"].to_pylist()]
            assert read == series[name][done].tolist()
            assert set(drawn["now"]["series"].to_pylist()) == {name}


@pytest.mark.parametrize("weight", WEIGHT_NAMES)
def test_a_weight_is_drawn_from_before_the_first_epoch_on(history: History, weight: str) -> None:
    run = tables.run_index(CONFIG, "xavier")
    values = tables.weight_of(history, run, weight)
    assert values.shape == (61, 4)
    weights = history.weights(run, 0)
    column = list(WEIGHT_NAMES).index(weight)
    expected = weights.output[0, 1:] if weight == "o" else weights.hidden[:, column]
    assert values[0].tolist() == expected.tolist()


def test_a_long_line_is_thinned_and_keeps_its_ends() -> None:
    config = symmetry.setting(max_epochs=1000)
    rows = tables.units(train(config), 0, "x1", 0, "")["units"].to_pydict()
    epochs = sorted(set(rows["epoch"]))
    assert len(epochs) <= tables.UNIT_POINTS + 1
    assert (epochs[0], epochs[-1]) == (0, 1000)


@pytest.mark.parametrize(
    ("init", "changed", "word", "said"),
    [
        ("zeros", {}, "Frozen", "All 4 hidden units answer exactly 0 to every sample"),
        ("zeros", {"hidden_units": 1}, "Frozen", "The hidden unit answers exactly 0 to every sample"),
        ("constant", {}, "Symmetric", "what one unit with 4 times their output weight computes"),
        ("constant", {}, "Symmetric", "Error 4.0971 → 2.3173 in 300 epochs; 16 of 20 right."),
        ("constant", {"hidden_units": 2}, "Symmetric", "The weights move, but both hidden units as one"),
        # one of its outputs is ±1.7153
        (
            "constant",
            {"value": 5.0, "hidden_units": 2, "learning_rate": 1e6, "max_epochs": 2},
            "Saturated",
            "So far out, f has no slope to follow",
        ),
        ("constant", {"value": 1000.0}, "Saturated", "All 4 hidden units answer ±1.716 to every sample"),
        ("constant", {"value": 1000.0}, "Saturated", "in 1 epoch; 8 of 20 right."),
        ("constant", {"value": 50.0}, "Saturated", "So far out, f has no slope to follow"),
        ("constant", {"hidden_units": 1}, "Learning", "A single unit has no other to be equal to."),
        ("random", {"learning_rate": 10.0}, "Diverged", "The error has risen, with η = 10."),
        ("random", {"learning_rate": 10.0}, "Diverged", "→ 8.8340 in 2 epochs; 5 of 20 right."),
        ("random", {"learning_rate": 1e-12}, "Units differ", "That alone is not learning"),
        ("random", {"hidden_units": 1, "max_epochs": 1}, "One unit", "does not fall far enough to call it learning"),
        ("constant", {"noise": 1e-12}, "Learning", "and by 0.01 or more only after epoch 52."),
        ("zero_output", {}, "Learning", "and by 0.01 or more from the start."),
        ("zero_hidden", {}, "Learning", "differ: in a weight that leads to them by at most 0 at first"),
        ("constant", {"value": 1000.0, "hidden_units": 2}, "Saturated", "Both hidden units answer ±1.716"),
        ("constant", {"value": 1000.0}, "Saturated", "f′(h)·f′(o) is exactly 0. All 4"),
    ],
)
def test_the_case_is_said_in_words_and_numbers(init: str, changed: dict[str, Any], word: str, said: str) -> None:
    config = symmetry.setting((init,), **changed)
    text = tables.statement(train(config), config, 0)
    assert text.startswith(f"**{word}.**")
    assert said in text


def test_the_table_has_a_row_for_each_start_and_says_zero_only_where_it_is_exact(history: History) -> None:
    table = tables.cases(history, CONFIG)
    assert list(table.rows) == [START_NAMES[init] for init in STARTS]
    assert {name for name, row in table.rows.items() if row[1] == "exactly 0"} == {"zeros", "constant"}
    assert {name for name, row in table.rows.items() if row[3] == "exactly 0"} == {"zeros"}


def test_a_gradient_of_exactly_zero_is_not_drawn_but_read(history: History) -> None:
    values = tables.gradients(history, CONFIG, tables.run_index(CONFIG, "zeros"))
    assert not values.any()
    values[:, 1] = 0.5
    drawn = line_tables.datasets(values, ["hidden", "output"], log=True)
    assert set(drawn["curve"].to_pydict()["hidden"]) == {None}
    assert drawn["now"].to_pydict()["value"][0] is None
    low, high = drawn["limits"].to_pydict()["value"]
    assert 0 < low <= values[:, 1].min()
    assert high >= values[:, 1].max()


def test_a_logarithmic_axis_without_values_is_an_axis() -> None:
    low, high = line_tables.datasets(np.zeros((3, 1)), ["a"], log=True)["limits"].to_pydict()["value"]
    assert 0 < low < high


def test_a_line_ends_where_its_values_do() -> None:
    values = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, np.nan]])
    now = line_tables.datasets(values, ["a", "b"])["now"].to_pydict()
    assert (now["last_epoch"], now["last"]) == ([2, 1], [5.0, 4.0])


@pytest.mark.parametrize("learning_rate", [1e-12, 0.1, 1e12])
def test_the_derivation_is_of_two_equal_units_whatever_the_page_is_set_to(learning_rate: float) -> None:
    step = first_step(tables.two_equal(symmetry.setting(("zeros",), 1, learning_rate=learning_rate)), 0)
    assert step.after.output[0, 1] == step.after.output[0, 2] != step.before.output[0, 1]
    text = " ".join(part for words in formulas.in_numbers(step) for part in words)
    for name in ("z_1 &", "z_2 &", "w_{21} ", "w_{22} ", "u_{10} ", "u_{20} "):
        assert f"{name}= " in text
    assert "0.5 \\cdot 1 + 0.5 \\cdot (-0.44)" in text


def test_the_derivation_in_numbers_adds_up() -> None:
    step = first_step(tables.two_equal(CONFIG), 0)
    text = " ".join(part for words in formulas.in_numbers(step) for part in words)
    weight = step.after.output[0, 1]
    assert f"= {weight:.5g}" in text
    assert f"= {2 * weight:.5g}" in text


def test_each_claim_of_the_document_stands_beside_what_is_measured() -> None:
    standard, one_unit = train(verdicts.STANDARD), train(verdicts.ONE_UNIT)
    losses = {model: regression.losses_on_twenty(model) for model in ("linear", "logistic")}
    found = verdicts.claims(standard, one_unit, losses, train_on_digits(DigitsConfig("zeros"))).rows
    said = " ".join(cell for cells in found.values() for cell in cells)
    for fact in (
        "2.302585 → 2.301159",
        "entropy, 2.301159",
        "1,135 of 10,000",
        "11.35%",
        "exactly 0 in all 300 epochs",
    ):
        assert fact in said
    assert "error 2.3173 against 2.0356 of a single unit" in said
    assert "20, 20, 20 of 20 are right" in said


def test_the_answer_to_the_question_is_computed() -> None:
    said = verdicts.answer(train(verdicts.NOISY), train(verdicts.STANDARD))
    assert said.startswith("Yes: 20 of 20 instead of 16.")
    assert "a chart can show, after epoch 52" in said


def test_the_fingerprint_covers_the_chosen_start(history: History) -> None:
    marks = {fingerprint(tables.covered(history, run)) for run in range(len(STARTS))}
    assert len(marks) == len(STARTS)


def test_the_csv_of_starts_has_their_weights_and_the_json_opens_what_was_saved(history: History) -> None:
    lines = list(csv.DictReader(io.StringIO(saved.as_csv(history, CONFIG, ["constant", "random"]))))
    assert len(lines) == 2 * 60
    assert float(lines[59]["h1_1"]) == float(lines[59]["h4_1"]) == history.hidden[60, 0, 1, 1]
    content = json.loads(saved.as_json(history, CONFIG, "symmetry", "constant"))
    held = controls.restored(content)
    assert held | {"section": "symmetry", "start": "constant", "units": 4, "start_epochs": 60.0, "noise": 0.0} == held
    assert controls.restored(json.loads(saved.as_json(history, CONFIG, "not_zero")))["section"] == "not_zero"


def test_the_regressions_are_saved_too() -> None:
    losses = {"linear": regression.losses_on_twenty("linear")}
    lines = list(csv.DictReader(io.StringIO(saved.losses_as_csv(losses))))
    assert len(lines) == 2 * 201
    assert float(lines[200]["loss"]) == losses["linear"][-1, 0]
    assert controls.restored(json.loads(saved.losses_as_json(losses))) == {"section": "regression"}


@pytest.mark.parametrize(
    ("given", "opens"),
    [
        ([], {"section": "symmetry"}),
        (["present"], {"section": "symmetry"}),
        (["derivation", "digits_detail"], {"section": "symmetry"}),
        (["units"], {"section": "symmetry", "start": "zeros"}),
        (["start_epoch"], {"section": "symmetry", "start": "zeros"}),
        (["start", "digits_eta"], {"section": "symmetry"}),
        (["digits_eta"], {"section": "digits", "start": "zeros"}),
    ],
)
def test_a_link_from_before_there_were_sections_opens_what_it_meant(given: list[str], opens: dict[str, str]) -> None:
    assert controls.missing(given) == opens


def test_the_first_step_is_that_of_the_training() -> None:
    """Of one epoch with one sample, as the engine takes it."""
    config = symmetry.setting(("random",), max_epochs=1)
    step = first_step(config, 0)
    eta = 1e-7  # so small that the other 19 steps of the epoch start from nearly the same weights
    small = first_step(symmetry.setting(("random",), learning_rate=eta), 0)
    np.testing.assert_allclose(
        (small.after.output - small.before.output) / eta, (step.after.output - step.before.output) / 0.1, rtol=1e-6
    )
    assert step.before.hidden.tolist() == train(config).weights(0, 0).hidden.tolist()


def test_against_random_starts_at_zero(history: History) -> None:
    drawn = tables.against_random(history, "accuracy", (0, 5), 60, "")
    assert drawn["limits"].to_pydict()["value"] == [0.0, 1.0]
    assert drawn["curve"].column_names == ["epoch", "chosen", "random"]


def test_the_last_config_that_could_be_trained_is_the_default_of_the_page() -> None:
    assert symmetry.setting() == Config(
        symmetry.setting().starts, theta=0.0, max_epochs=symmetry.MAX_EPOCHS, hidden_units=symmetry.HIDDEN_UNITS
    )
