"""What the page draws, says and hands out of the runs on MNIST, and how they are trained for it."""

import csv
import io
import json
from dataclasses import replace
from itertools import islice

import numpy as np
import pytest

from pages.ui.digits import saved, tables, verdicts
from pages.ui.digits.charts import LOOKS
from tests.reading import read, rows
from tinynet.digits import DigitsConfig, iterations
from tinynet.digits_history import End, History, Recording, losses, train
from tinynet.digits_network import ACTIVATIONS, answer, network
from tinynet.fingerprint import fingerprint
from tinynet.mnist import test_images as images_to_test

CONFIGS = (DigitsConfig("zeros"), DigitsConfig("constant", constant=0.01), DigitsConfig("he"))


@pytest.fixture(scope="module")
def histories() -> list[History]:
    return [train(config) for config in CONFIGS]


def stopped(config: DigitsConfig, records: int) -> History:
    recording = Recording(config)
    for record in islice(iterations(config), records):
        recording.add(record)
    return recording.history(ended=False)


@pytest.mark.parametrize("quantity", LOOKS)
def test_a_curve_has_a_column_for_each_run_and_a_row_for_each_iteration(
    histories: list[History], quantity: str
) -> None:
    drawn = tables.quantity_datasets(CONFIGS, histories, quantity)
    curve = drawn["curve"].to_pydict()
    assert curve["epoch"] == list(range(101))
    assert curve["he"] == getattr(histories[2], quantity).tolist()
    assert drawn["now"].to_pydict()["run"] == ["zeros", "constant", "he"]


def test_a_run_that_is_behind_has_no_further_points(histories: list[History]) -> None:
    drawn = tables.quantity_datasets(CONFIGS[1:], [histories[1], stopped(CONFIGS[2], 20)], "loss")
    assert drawn["curve"].to_pydict()["he"][20:] == [None] * 81
    assert drawn["now"].to_pydict()["last_epoch"] == [100, 19]


def test_the_axes_are_those_of_all_iterations_from_the_beginning() -> None:
    early = tables.quantity_datasets(CONFIGS[2:], [stopped(CONFIGS[2], 5)], "accuracy")["limits"].to_pydict()
    assert early == {"epoch": [0, 100], "value": [0, 1]}


def test_a_gradient_of_zero_is_left_out_of_a_logarithmic_axis(histories: list[History]) -> None:
    drawn = tables.quantity_datasets(CONFIGS[:1], histories[:1], "hidden_gradient")
    assert drawn["curve"].to_pydict()["zeros"] == [None] * 101
    assert drawn["now"].to_pydict()["last"] == [None]
    assert min(drawn["limits"].to_pydict()["value"]) > 0


def test_always_answering_one_reaches_what_the_document_found() -> None:
    assert tables.always_one().to_pydict() == {"value": [0.1135], "words": ["always ‘1’: 11.35%"]}


def test_the_answers_are_counted_beside_what_would_be_right(histories: list[History]) -> None:
    found = tables.answers(CONFIGS, histories)["answers"].to_pydict()
    assert found["count"][:10] == [0, 10_000] + [0] * 8
    assert found["right"][:2] == [980, 1135]
    assert found["share"][1] == 1
    assert found["words"][0] == "always ‘1’"
    assert found["words"][20] == "10 different answers"
    assert sum(found["count"][20:]) == 10_000


def test_the_table_tells_exactly_zero_from_small(histories: list[History]) -> None:
    found = tables.summary(CONFIGS, histories).rows
    zeros, constant, he = zip(*found.values(), strict=True)
    assert zeros[:5] == ("frozen", "1 of 16", "exactly 0", "exactly 0", "exactly 0")
    assert zeros[5:] == ("2.302585", "2.301159", "9.80%", "11.35%", "1")
    assert constant[:3] == ("symmetric", "1 of 16", "exactly 0")
    assert he[:2] == ("learning", "16 of 16")
    assert "exactly 0" not in he


def test_each_run_that_does_not_learn_is_said_in_words(histories: list[History]) -> None:
    frozen, symmetric, trained = verdicts.statements(CONFIGS, histories)
    assert frozen.startswith("**zeros: frozen.** All 16 hidden units answer exactly 0, and every gradient except those")
    assert "All that the biases can learn is how often each digit occurs in the training labels." in frozen
    assert "from 2.302585 to 2.301159; 11.35% of the test images are right (always ‘1’)" in frozen
    assert symmetric.startswith("**constant: symmetric.**")
    assert "all 60,000 training labels, because the images play no part (zeros)" in trained
    assert "100 of 10,000 training images (constant, He)" in trained
    assert trained.endswith("Equal units are computed once and shown as many.")


@pytest.mark.parametrize(
    ("config", "start", "said"),
    [
        (DigitsConfig("zeros", learning_rate=1000.0), "zeros: frozen", "8.92% of the test images are right"),
        (DigitsConfig("zeros", learning_rate=1000.0), "zeros: frozen", "With η = 1000 the steps are too long even for"),
        (DigitsConfig("constant", iterations=20), "constant: saturated", "Hardly any slope is left"),
        (
            DigitsConfig("uniform", learning_rate=1000.0),
            "uniform: diverged",
            "With η = 1000 the loss rises: all 16 units",
        ),
        (
            DigitsConfig("he", activation="relu", learning_rate=1e12),
            "He: diverged",
            "the loss rises until it is no longer a finite number, after iteration 1:",
        ),
        (
            DigitsConfig("constant", constant=0.0, iterations=5),
            "constant: frozen",
            "answer exactly 0, and every gradient",
        ),
        # the losses of its mini-batches rise by chance: from 9.5 to 10.6
        (
            DigitsConfig("uniform", activation="relu", learning_rate=1e-12, iterations=4),
            "uniform: units differ",
            "The loss of the first 1,000 training images goes from 10.332746 to 10.332746",
        ),
        (DigitsConfig("he", learning_rate=1e-6, iterations=5), "He: units differ", "That alone is not learning"),
    ],
)
def test_a_run_is_called_learning_only_where_it_learns(config: DigitsConfig, start: str, said: str) -> None:
    sentence = verdicts.statements([config], [train(config)])[0]
    assert sentence.startswith(f"**{start}.**")
    assert said in sentence


def test_a_loss_of_mini_batches_that_rises_by_chance_is_no_sign_of_steps_that_are_too_long() -> None:
    config = DigitsConfig("constant", constant=0.0, learning_rate=3.0, iterations=3)
    history = train(config)
    before, after = losses(config, history)
    assert after > before
    sentence = verdicts.statements([config], [history])[0]
    assert sentence.startswith("**constant: frozen.**")
    assert "too long" not in sentence


def test_a_run_that_learns_is_not_commented_on_and_its_units_are_not_equal(histories: list[History]) -> None:
    assert verdicts.statements(CONFIGS[2:], histories[2:]) == ["Each step takes 100 of 10,000 training images (He)."]


def test_the_fingerprint_covers_start_and_results_and_not_the_last_digits(histories: list[History]) -> None:
    marks = {
        fingerprint(tables.covered([config], [history])) for config, history in zip(CONFIGS, histories, strict=True)
    }
    assert len(marks) == 3
    other = DigitsConfig("he", seed=1)
    assert fingerprint(tables.covered([other], [train(other)])) not in marks
    near = replace(histories[2], loss=histories[2].loss * (1 + 1e-9))
    assert fingerprint(tables.covered(CONFIGS[2:], [near])) in marks


def test_what_is_unfinished_is_said_and_nothing_else(histories: list[History]) -> None:
    assert tables.unfinished(CONFIGS, histories) == ""
    halves = [histories[0], stopped(CONFIGS[1], 8), stopped(CONFIGS[2], 31)]
    assert tables.unfinished(CONFIGS, halves) == "constant 7, He 30 of 100 iterations"


def test_the_pictures_are_equal_where_the_units_are_and_different_where_they_are(histories: list[History]) -> None:
    sections = list(read(tables.weight_images(CONFIGS, histories)).iter("section"))
    pictures = [[image.get("src") for image in section.iter("img")] for section in sections]
    assert [len(set(urls)) for urls in pictures] == [1, 1, 8]
    assert [len(urls) for urls in pictures] == [8, 8, 8]
    words = ["".join(section.itertext()) for section in sections]
    assert words[0].startswith("zeros: all 16 units alike, spread exactly 0,")
    assert words[2].startswith("He: all 16 units different")


def test_no_more_units_are_pictured_than_there_are() -> None:
    config = DigitsConfig("xavier", hidden_units=4, iterations=1)
    assert len(list(read(tables.weight_images([config], [train(config)])).iter("img"))) == 4


def test_the_test_images_are_answered_with_mark_and_word(histories: list[History]) -> None:
    html = tables.predictions_html(CONFIGS, histories)
    assert [image.get("alt") for image in read(html).iter("img")] == [f"A handwritten {digit}" for digit in range(10)]
    _, zeros, _, he = rows(html)
    assert zeros == ["zeros 1 right", *("1 ✓" if digit == 1 else "1 ✗" for digit in range(10))]
    first = [int(np.flatnonzero(images_to_test().labels == digit)[0]) for digit in range(10)]
    given = answer([network(histories[2].final)], images_to_test().pixels[first], ACTIVATIONS["tanh"])[0]
    assert he[1:] == [f"{found} {'✓' if found == digit else '✗'}" for digit, found in enumerate(given.tolist())]
    words = [cell.get("aria-label") for cell in read(html).iter("span") if cell.get("aria-label")]
    assert words[:2] == ["1, wrong", "1, right"]


def test_there_is_a_sentence_on_the_variance_of_each_usual_method() -> None:
    _, uniform, xavier, he = verdicts.method_sentences(16)
    assert "0.33333" in uniform
    assert "2 / (784 + 16) = 0.00250" in xavier
    assert "2 / 784 = 0.00255" in he


def test_the_csv_has_a_row_for_each_run_and_iteration(histories: list[History]) -> None:
    lines = list(csv.DictReader(io.StringIO(saved.as_csv(CONFIGS, histories))))
    assert len(lines) == 3 * 101
    assert float(lines[100]["accuracy"]) == 0.1135
    assert int(lines[100]["answered_1"]) == 10_000
    assert float(lines[-1]["loss"]) == histories[2].loss[-1]


def test_the_json_has_the_weights_at_the_end(histories: list[History]) -> None:
    runs = json.loads(saved.as_json(CONFIGS, histories))["runs"]
    assert np.array_equal(runs[2]["final"]["hidden"], histories[2].final.hidden)
    assert [run["end"] for run in runs] == [End.ITERATIONS.value] * 3
