"""What page 5 says and draws of two networks, at every extreme of its settings, and points as the text of a link."""

from functools import cache
from random import Random

import numpy as np
import pytest

from pages.ui.plane import saved, tables
from pages.ui.plane.experiment import START_NAMES, start_of
from pages.ui.plane.points import CHARACTERS, decode, encode, is_learnable
from pages.ui.plane.verdicts import answer, statement
from tinynet.config import Start
from tinynet.plane import best_line, setting
from tinynet.points import LIMIT, MOST, Generated, Own, as_rows, dataset
from tinynet.training import History, train

XOR = Generated()
TIE = Own(((-1.0, 0.0, 1), (1.0, 0.0, -1)))


@cache
def trained(source: Generated | Own, *names: str, units: int = 4, eta: float = 0.05, theta: float = 0.0) -> History:
    starts = [start_of(name, 1, 0.5, 0.001) for name in names]
    return train(setting(starts, units, learning_rate=eta, theta=theta, max_epochs=60), dataset(source))


def said(history: History, source: Generated | Own, run: int = 0, done: int = 60) -> str:
    points = dataset(source)
    return statement(history, run, done, as_rows(points), best_line(points).correct)


# Points as text.


def test_any_points_come_back_from_their_text_to_four_decimals() -> None:
    chance = Random(0)
    rows = tuple(
        (round(chance.uniform(-5, 5), 4), round(chance.uniform(-5, 5), 4), chance.choice((1, -1))) for _ in range(MOST)
    )
    corners = tuple((x1, x2, label) for x1 in (-LIMIT, 0.0, LIMIT) for x2 in (-LIMIT, 0.0, LIMIT) for label in (1, -1))
    assert decode(encode(rows)) == rows
    assert decode(encode(corners)) == corners
    assert decode("") == ()


def test_sixty_points_take_less_than_a_thousand_characters_that_an_address_leaves_as_they_are() -> None:
    text = encode(as_rows(dataset(Generated(points=60))))
    assert len(text) == 60 * CHARACTERS < 1000
    assert set(text) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


@pytest.mark.parametrize("text", ["A", "A" * 7, "!!!!!!", "A" * 6 * (MOST + 1), "______", "ÄÄÄÄÄÄ"])
def test_what_is_no_text_of_points_is_refused_in_words(text: str) -> None:
    with pytest.raises(ValueError, match=r"^own points must be .*, received .+"):
        decode(text)


def test_points_are_learnt_when_there_are_both_classes() -> None:
    assert not is_learnable(())
    assert not is_learnable([(1.0, 1.0, 1), (2.0, 2.0, 1)])
    assert is_learnable([(1.0, 1.0, 1), (2.0, 2.0, -1)])


def test_saved_points_are_read_as_they_are_and_finer_ones_rounded() -> None:
    rows = as_rows(dataset(Generated("spiral", 11)))
    assert saved.read_points(saved.points_csv(rows).encode()) == rows
    assert saved.read_points(b"x1,x2,label\n0.123456,-0.00001,1\n1,1,-1\n") == ((0.1235, 0.0, 1), (1.0, 1.0, -1))


@pytest.mark.parametrize("text", [b"", b"\xff", b"x,y\n", b"x1,x2,label\n1,2,0\n", b"x1,x2,label\n1,9,1\n2,2,-1\n"])
def test_a_file_without_points_is_refused_in_words(text: bytes) -> None:
    with pytest.raises(ValueError, match=r"line \d|file"):
        saved.read_points(text)


# What is said.


def test_equal_units_are_one_line_and_no_better_than_one() -> None:
    history = trained(XOR, "constant")
    assert said(history, XOR).startswith(
        "**4 units, 1 line:** they act as one. No single line parts these points better than 75% (30 of 40). Right: "
    )
    assert int(said(history, XOR).split("Right: ")[1].split()[0]) <= 30


def test_units_that_are_all_zero_have_no_line_and_answer_alike() -> None:
    history = trained(XOR, "zeros")
    assert said(history, XOR).startswith("**4 units, no line:** the whole plane is one class. ")
    first = said(history, XOR, done=0)
    assert first.startswith("**4 units, no line:** o is 0 in the whole plane. ")
    assert first.endswith("Right: 0 of 40. An output of 0 is wrong for both classes.")


def test_different_units_are_compared_with_one_line() -> None:
    assert said(trained(XOR, "random"), XOR, done=0).startswith("**4 units, 4 lines")
    assert "**4 units, 4 lines (4 that look like 1):** two units differ by up to 0.0013." in said(
        trained(XOR, "noisy"), XOR, done=0
    )
    assert "A single line parts at most 30 of these 40 points. Right: " in said(trained(XOR, "random"), XOR)


def test_points_that_a_line_can_part_limit_no_network() -> None:
    assert "A single line can part all 2 points. Right: " in said(trained(TIE, "random"), TIE)


def test_what_starts_saturated_has_not_diverged() -> None:
    large = train(setting((Start("constant", value=1000.0),) * 2, max_epochs=3), dataset(XOR))
    assert said(large, XOR, done=1).endswith(
        "Saturated from the start: every output is at ±1.716, some are wrong, and no gradient is left."
    )
    assert "Diverged in epoch" in said(trained(XOR, "random", "constant", eta=1000.0), XOR)


def test_units_without_a_line_are_worth_none() -> None:
    history, rows = trained(XOR, "zeros", "constant"), as_rows(dataset(XOR))
    said = answer(history, rows, ["zeros", "constant"], 30)
    assert "The units of B are equal to the last bit, so they are worth one unit" in said
    assert said.endswith(
        "a single line parts at most 30. The units of A have no line, however many there are: nothing is parted."
    )
    assert "a single line can part all 40" in answer(history, rows, ["zeros", "constant"], 40)


def test_one_unit_is_one_line() -> None:
    sentence = said(trained(XOR, "random", units=1), XOR)
    assert sentence.startswith("**1 unit, 1 line.** No single line parts these points better than 75% (30 of 40).")
    assert "act as one" not in sentence


def test_points_that_a_line_can_part_are_not_called_hard() -> None:
    assert "A single line can part all 2 points. Right: " in said(trained(TIE, "constant"), TIE)


def test_where_a_run_has_ended_is_said_once_it_is_shown() -> None:
    stopped, diverged = trained(XOR, "zeros", theta=1e6), trained(XOR, "random", eta=1e6)
    assert said(stopped, XOR).endswith(" θ stopped it in epoch 0.")
    assert "θ" not in said(stopped, XOR, done=0)
    assert f" Diverged in epoch {diverged.last_epoch[0]}: every output is at ±1.716" in said(diverged, XOR)


@pytest.mark.parametrize("units", [1, 2, 16])
@pytest.mark.parametrize("eta", [1e-12, 0.05, 1e12])
def test_every_start_has_its_sentence_and_its_tables_at_every_extreme(units: int, eta: float) -> None:
    for source in (Generated("moons", 2, 1.0), TIE):
        history = trained(source, *START_NAMES, units=units, eta=eta)
        rows = as_rows(dataset(source))
        for run in range(len(START_NAMES)):
            for done in (0, 1, history.epochs):
                assert "nan" not in said(history, source, run, done)
                picture = tables.picture(rows, history.weights(run, done), 0, "s")
                assert picture["lines"].num_rows == units
                assert picture["points"].num_rows == len(rows) + tables.SPARE


def test_the_answer_to_the_class_counts_points_and_names_who_acts_as_one() -> None:
    rows = as_rows(dataset(XOR))
    text = answer(trained(XOR, "random", "constant", units=16), rows, ["random", "constant"], 30)
    assert text.startswith("**A (random) ")
    assert "The units of B are equal to the last bit" in text
    assert "to the last bit" not in answer(trained(XOR, "random", "he"), rows, ["random", "He"], 30)


# What is drawn.


def test_a_picture_rings_the_points_that_the_network_has_wrong() -> None:
    history, rows = trained(XOR, "constant"), as_rows(dataset(XOR))
    table = tables.picture(rows, history.weights(0, 60), 0, "s")["points"]
    wrong = np.array(table["wrong"].to_pylist()[: len(rows)])
    assert len(rows) - wrong.sum() == tables.right(history.weights(0, 60), rows)
    assert table["x1"].to_pylist() == [*(x1 for x1, _, _ in rows), *[None] * tables.SPARE]


def test_the_player_gets_a_row_for_each_epoch_and_one_before_in_a_message_under_three_megabytes() -> None:
    series = tables.series(trained(XOR, "random", "zeros", units=16, theta=1e6))
    assert {len(rows) for rows in series.values()} == {2}
    width = sum(rows.shape[1] for rows in series.values())
    assert 1001 * width * 8 < 3e6
