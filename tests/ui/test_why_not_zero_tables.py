"""What the page of the second document draws and says about the 20 samples, as values."""

import numpy as np
import pytest

from pages.ui.lines import tables as line_tables
from pages.ui.theme import START_NAMES, WEIGHT_NAMES
from pages.ui.why_not_zero import tables
from tinynet import symmetry
from tinynet.config import Config
from tinynet.digits import INITIALIZERS
from tinynet.symmetry import STARTS, first_step
from tinynet.training import History, train

CONFIG = symmetry.setting(max_epochs=60)


@pytest.fixture(scope="module")
def history() -> History:
    return train(CONFIG)


def test_every_start_has_a_name() -> None:
    assert set(START_NAMES) == {*STARTS, *INITIALIZERS}
    assert set(symmetry.WITH_ZEROS) < set(STARTS)


def test_lines_that_lie_on_top_of_each_other_are_all_seen(history: History) -> None:
    rows = tables.units(history, tables.run_index(CONFIG, "constant"), "x1", 60, "")["units"].to_pydict()
    widths = [rows["width"][rows["unit"].index(unit)] for unit in range(4)]
    assert widths == sorted(widths, reverse=True)
    assert len(set(widths)) == 4


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
    assert len(epochs) <= tables.POINTS + 1
    assert (epochs[0], epochs[-1]) == (0, 1000)


@pytest.mark.parametrize(
    ("init", "word"), [("zeros", "Frozen"), ("constant", "Symmetric"), ("zero_output", "Learning")]
)
def test_the_case_is_said_in_words_and_numbers(history: History, init: str, word: str) -> None:
    text = tables.statement(history, CONFIG, tables.run_index(CONFIG, init))
    assert text.startswith(f"**{word}.**")
    assert ("exactly 0" in text) == (init in ("zeros", "constant"))


def test_the_table_has_a_row_for_each_start_and_says_zero_only_where_it_is_exact(history: History) -> None:
    table = tables.cases(history, CONFIG)
    assert list(table.rows) == [START_NAMES[init] for init in STARTS]
    assert {name for name, row in table.rows.items() if row[1] == "exactly 0"} == {"zeros", "constant"}
    assert {name for name, row in table.rows.items() if row[3] == "exactly 0"} == {"zeros"}


def test_a_gradient_of_exactly_zero_is_not_drawn_but_read(history: History) -> None:
    values = tables.gradients(history, CONFIG, tables.run_index(CONFIG, "zeros"))
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


def test_the_derivation_adds_up(history: History) -> None:
    step = first_step(CONFIG, tables.run_index(CONFIG, "constant"))
    assert step.after.output[0, 1] == step.after.output[0, 2] != step.before.output[0, 1]
    text = " ".join(part for words in tables.derivation(step, 0.1) for part in words)
    for name in ("z_1", "z_2", "w_{21}", "w_{22}", "b_1", "b_2"):
        assert f"{name} = " in text
    assert "0.5 \\cdot 1 + 0.5 \\cdot (-0.44)" in text
    assert "w_{21} = 0.5 + \\Delta w = 0.5 + (-0.16129) = 0.33871" in text


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
