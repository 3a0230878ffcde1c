"""What a sweep says about the document's conclusions."""

import re
from dataclasses import replace

import numpy as np
import pytest

from pages.ui.sweep import verdicts
from tests.reading import read, rows
from tests.runs import swept
from tests.ui.sweeps import PLAN, PLANS
from tinynet.sweep import FIXED, NEVER, Runs
from tinynet.verdicts import CONCLUSIONS, pairs, share

ALL_ORDERS = range(2010, 2030)
OTHER_ORDERS = range(3000, 3020)


def stopping(shares: dict[int, float], alike: float = 0.0) -> Runs:
    """Of each order seed 100 random runs: this share stops before same, the share `alike` with it, the others later.

    All end with the same samples wrong.
    """
    parts = []
    for order_seed, early in shares.items():
        before, with_it = round(100 * early), round(100 * alike)
        epochs = np.array([50] + before * [20] + with_it * [50] + (100 - before - with_it) * [80])
        value = np.zeros(101)
        parts.append(
            Runs(
                order_seed=np.full(101, order_seed),
                init_seed=np.arange(FIXED, 100),
                epochs=epochs + 1,
                break_epoch=epochs,
                training_error=value,
                accuracy=value,
                best_accuracy=value,
                reached=np.full(101, NEVER),
                wrong=np.zeros(101, int),
            )
        )
    return Runs.join(parts)


def said(runs: Runs) -> list[str]:
    """What stands beside each conclusion: its name, and the sentence below it."""
    return [row[0] for row in rows(verdicts.table(runs).html())[1:]]


@pytest.mark.parametrize(
    ("shares", "sentence"),
    [
        ({2019: 0.9}, "Mostly so."),
        ({2019: 0.1}, "Mostly not."),
        ({2019: 0.5}, "Cannot be told."),
        ({7: 0.9}, "Mostly so."),
        (dict.fromkeys(ALL_ORDERS, 0.9), "Mostly so, with its order seed and over all."),
        (dict.fromkeys(ALL_ORDERS, 0.5), "Cannot be told, with its order seed and over all."),
        (dict.fromkeys(ALL_ORDERS, 0.1) | {2019: 0.9}, "Mostly so with its order seed, mostly not over all."),
        (dict.fromkeys(ALL_ORDERS, 0.9) | {2019: 0.5}, "Cannot be told with its order seed, mostly so over all."),
        ({2019: 0.9, 2020: 0.1}, "Mostly so with its order seed, cannot be told over all."),
        (dict.fromkeys(OTHER_ORDERS, 0.1), "Mostly not."),
        (dict(zip(OTHER_ORDERS, 10 * [0.0, 1.0], strict=True)), "Cannot be told."),
    ],
)
def test_whether_random_stops_earlier_is_said_in_words(shares: dict[int, float], sentence: str) -> None:
    assert said(stopping(shares))[0] == f"1. Random stops earlier{sentence}"


@pytest.mark.parametrize(
    ("alike", "sentence"), [(0.0, "Never so"), (0.01, "Sometimes so"), (0.99, "Sometimes so"), (1.0, "Always so")]
)
def test_what_the_document_says_of_some_runs_is_so_sometimes(alike: float, sentence: str) -> None:
    one = stopping({2019: 0.0}, alike)
    name, meaning = (
        "4. Sometimes both end much the same",
        " That is: θ stops both in the same epoch, with the same samples wrong.",
    )
    assert said(one)[-1] == f"{name}{sentence}.{meaning}"
    many = stopping(dict.fromkeys(ALL_ORDERS, 0.0), alike)
    assert said(many)[-1] == f"{name}{sentence}, with its order seed and over all.{meaning}"


@pytest.mark.parametrize(
    ("shares", "columns"),
    [
        ({2019: 0.3}, ["order seed 2019"]),
        ({8: 0.3}, ["order seed 8"]),
        ({2018: 0.3, 2019: 0.6, 2020: 0.9}, ["its order seed 2019", "all 3 order seeds"]),
        ({8: 0.3, 9: 0.6}, ["all 2 order seeds"]),
    ],
)
def test_the_table_has_a_column_for_the_document_and_one_for_all(shares: dict[int, float], columns: list[str]) -> None:
    head, *body = rows(verdicts.table(stopping(shares)).html())
    assert head == ["The document says", *columns]
    assert [len(row) for row in body] == len(CONCLUSIONS) * [1 + len(columns)]


def percentages(runs: Runs) -> list[str]:
    """What the table says of each conclusion, worked out anew."""
    shares = [share(runs, conclusion) for conclusion in CONCLUSIONS]
    said = [f"{100 * s.value:.0f}%{100 * s.interval[0]:.0f} – {100 * s.interval[1]:.0f}%" for s in shares]
    drawn, same = pairs(runs)
    for place, name in ((0, "break_epoch"), (2, "reached")):
        ours, theirs = (np.where(getattr(one, name) == NEVER, np.inf, getattr(one, name)) for one in (drawn, same))
        said[place] += f"{100 * (ours == theirs).mean():.0f}% tie, {100 * (ours > theirs).mean():.0f}% reverse"
    return said


def test_the_table_shows_the_sentences_the_shares_and_their_intervals() -> None:
    runs = swept(PLAN)
    _, *body = rows(verdicts.table(runs).html())
    assert all(
        words.startswith(statement) for words, statement in zip(said(runs), verdicts.STATEMENTS.values(), strict=True)
    )
    assert [row[1] for row in body] == percentages(runs.take(runs.order_seed == 2019))
    assert [row[2] for row in body] == percentages(runs)
    assert list(verdicts.STATEMENTS) == [conclusion.__name__ for conclusion in CONCLUSIONS]


@pytest.mark.parametrize(
    ("early", "alike", "sentence"),
    [
        (0.2, 0.7, "Mostly a tie."),
        (0.0, 0.5, "Less than half."),
        (0.0, 0.2, "Mostly not."),
        (0.5, 0.4, "Cannot be told."),
    ],
)
def test_ties_are_said_to_be_ties(early: float, alike: float, sentence: str) -> None:
    runs = stopping({2019: early}, alike)
    _, *body = rows(verdicts.table(runs).html())
    assert body[0][0] == f"1. Random stops earlier{sentence}"
    assert body[0][1].endswith(f"{100 * alike:.0f}% tie, {100 * (1 - early - alike):.0f}% reverse")


@pytest.mark.parametrize(
    ("shares", "over"),
    [
        ({8: 0.3}, "over all init seeds."),
        ({8: 0.3, 9: 0.6}, "over all order seeds."),
        ({2018: 0.3, 2019: 0.6}, "over all init seeds on the left and over all order seeds on the right."),
    ],
)
def test_the_intervals_are_named_with_what_they_are_over(shares: dict[int, float], over: str) -> None:
    assert verdicts.note(stopping(shares)).endswith(f"its 95% interval {over} Rounded to whole percent.")


def answered(shares: dict[int, float], orders: int | None = None) -> str:
    """The answer from the runs of these order seeds, with so many in the plan if not as many."""
    plan = replace(PLAN, init_seeds=range(100), order_seeds=range(orders or len(shares)))
    return verdicts.answer(stopping(shares), plan)


def test_the_answer_before_all_runs_are_done_says_so() -> None:
    assert answered({7: 0.5}, orders=5).startswith("**So far.** Not from these runs: they all take the samples in one")
    assert "So far" not in answered({7: 0.5})


def test_the_answer_counts_the_starts_that_stop_before_and_after_same() -> None:
    assert "It takes two or more order seeds" in answered({7: 0.5})
    assert "Of these 100 init seeds, 40 stop before same" in answered({7: 0.9, 8: 0.5})
    none = answered({7: 0.9, 8: 0.9})
    assert none.startswith("Of these 100 init seeds, 90 stop before same under at least one of the 2 order seeds, 10 ")
    assert "the order of the samples decides" not in none


@pytest.mark.parametrize("name", PLANS)
def test_the_band_of_a_share_lies_on_its_line_and_holds_its_mark(name: str) -> None:
    bars = [bar for bar in read(verdicts.table(swept(PLANS[name])).html()).iter("div") if bar.get("class") == "share"]
    assert bars
    for band, mark in bars:
        left, width = map(float, re.findall(r":([\d.]+)%", band.get("style", "")))
        (place,) = map(float, re.findall(r":([\d.]+)%", mark.get("style", "")))
        assert 0 <= left <= place <= left + width + 0.1 <= 100.2
