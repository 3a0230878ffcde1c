"""The counts of a sweep, its shares, and the coverage of their intervals."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.random import Generator, default_rng

from tinynet.sweep import FIXED, MANY_RIGHT, NEVER, Runs
from tinynet.verdicts import (
    CONCLUSIONS,
    Conclusion,
    Counts,
    counts,
    ends_the_same_way,
    ends_with_a_lower_error,
    pairs,
    peaks_at_80_percent,
    reaches_80_percent_earlier,
    share,
    stops_earlier,
    student_t,
    wilson,
)

NORMAL = NormalDist().inv_cdf(0.975)


def table(*rows: Mapping[str, float], **columns: float) -> Runs:
    """Runs whose rows give only the values that matter; `columns` apply to all rows."""
    usual = {"order_seed": 0, "epochs": 1, "break_epoch": NEVER, "training_error": 1.0, "accuracy": 0.5}
    usual |= {"best_accuracy": 0.5, "reached": NEVER, "wrong": 0, "init_seed": 0}
    whole = [{**usual, **columns, **row} for row in rows]
    return Runs(**{field.name: np.array([row[field.name] for row in whole]) for field in fields(Runs)})


@pytest.mark.parametrize(
    ("freedom", "expected"),
    [(1, 12.706), (2, 4.303), (3, 3.182), (4, 2.776), (5, 2.571), (10, 2.228), (30, 2.042), (199, 1.972)],
)
def test_the_quantiles_of_students_t_are_those_of_the_tables(freedom: int, expected: float) -> None:
    assert student_t(freedom) == pytest.approx(expected, abs=5e-4)


def test_with_many_degrees_of_freedom_students_t_is_the_normal_distribution() -> None:
    assert student_t(10_000) == pytest.approx(NORMAL, rel=2e-4)
    quantiles = [student_t(freedom) for freedom in (1, 2, 3, 4, 10, 100, 1000, 10_000)]
    assert quantiles == sorted(quantiles, reverse=True)
    assert quantiles[-1] > NORMAL


@pytest.mark.parametrize(
    ("share", "of", "quantile", "expected"),
    [
        # z = 2: (p + 2/n ± 2·sqrt(p(1 - p)/n + 1/n²)) / (1 + 4/n)
        (0.5, 4, 2.0, (0.5 - math.sqrt(0.125), 0.5 + math.sqrt(0.125))),
        (0.0, 4, 2.0, (0.0, 0.5)),
        (1.0, 4, 2.0, (0.5, 1.0)),
        (0.5, 12, 2.0, (0.25, 0.75)),
        (0.1, 100, 2.0, (0.12 / 1.04 - math.sqrt(0.004) / 1.04, 0.12 / 1.04 + math.sqrt(0.004) / 1.04)),
    ],
)
def test_an_interval_worked_by_hand(share: float, of: float, quantile: float, expected: tuple[float, float]) -> None:
    assert wilson(share, of, quantile) == pytest.approx(expected, abs=1e-12)


@given(st.floats(0, 1), st.floats(1, 1e6), st.floats(0.5, 13))
def test_an_interval_contains_its_share_and_ends_within_0_and_1(share: float, of: float, quantile: float) -> None:
    low, high = wilson(share, of, quantile)
    assert 0 <= low <= share + 1e-12
    assert share - 1e-12 <= high <= 1
    assert low < high


@given(st.floats(0, 1), st.floats(1, 1e6), st.floats(1.01, 100))
def test_more_cases_give_a_narrower_interval(share: float, of: float, more: float) -> None:
    (low, high), (nearer_low, nearer_high) = (wilson(share, cases, NORMAL) for cases in (of, of * more))
    assert nearer_high - nearer_low < high - low


def stopped(earlier: Sequence[Sequence[bool]]) -> Runs:
    """Random runs that stop before or after the fixed one, one row per order seed."""
    return table(
        *(
            {"order_seed": order_seed, "init_seed": init_seed, "break_epoch": 4 if is_earlier else 6}
            for order_seed, row in enumerate(earlier)
            for init_seed, is_earlier in enumerate(row)
        ),
        *({"order_seed": order_seed, "init_seed": FIXED, "break_epoch": 5} for order_seed in range(len(earlier))),
    )


def simulated(rng: Generator, shares: Iterable[float], runs: int) -> Runs:
    """One order seed per share, each with `runs` random runs that stop earlier with that probability."""
    return stopped([[rng.random() < share for _ in range(runs)] for share in shares])


@pytest.mark.parametrize("truth", [0.05, 0.3, 0.5])
def test_with_one_order_seed_95_percent_of_the_intervals_contain_the_true_share(truth: float) -> None:
    rng = default_rng(5)
    intervals = [share(simulated(rng, [truth], 60), stops_earlier).interval for _ in range(800)]
    assert coverage(intervals, truth) == pytest.approx(0.95, abs=0.02)


def coverage(intervals: Sequence[tuple[float, float]], truth: float) -> float:
    """The share of the intervals that contain the truth."""
    return sum(low <= truth <= high for low, high in intervals) / len(intervals)


def test_with_several_order_seeds_only_the_interval_over_order_seeds_has_its_coverage() -> None:
    """The order seeds have shares of 10 to 70%, so their runs are correlated: an interval over runs is too narrow."""
    rng = default_rng(6)
    shares = [share(simulated(rng, rng.uniform(0.1, 0.7, 5), 40), stops_earlier) for _ in range(250)]
    assert coverage([found.interval for found in shares], 0.4) == pytest.approx(0.95, abs=0.03)
    assert coverage([wilson(found.value, found.of, NORMAL) for found in shares], 0.4) < 0.65


@pytest.mark.parametrize("holding", range(11))
def test_order_seeds_with_the_same_share_count_as_one_run_each(holding: int) -> None:
    found = share(stopped([[seed < holding for seed in range(10)]] * 3), stops_earlier)
    assert (found.holds, found.of) == (3 * holding, 30)
    assert found.interval == wilson(holding / 10, 3, student_t(2))


def test_order_seeds_that_differ_less_than_by_chance_do_not_narrow_the_interval() -> None:
    found = share(stopped([[True, False] * 50, [True, False] * 49 + [True, True]]), stops_earlier)
    assert found.interval == wilson(101 / 200, 200, student_t(1))


@pytest.mark.parametrize("runs", [100, 1], ids=["finished", "stopped within an order seed"])
def test_order_seeds_that_differ_as_much_as_possible_count_as_one_run(runs: int) -> None:
    found = share(stopped([[False] * 100, [True] * runs]), stops_earlier)
    assert found.interval == wilson(runs / (100 + runs), 1, student_t(1))


@pytest.mark.parametrize(
    ("same", "drawn", "expected"),
    [
        ({"break_epoch": 10}, [9, 10, 10, 11, 300, NEVER], Counts(3, 10, earlier=1, equal=2, later=2, never=1)),
        ({"break_epoch": 0}, [0, 1, NEVER], Counts(3, 0, earlier=0, equal=1, later=1, never=1)),
        ({"break_epoch": NEVER}, [9, 500], Counts(3, None, earlier=2, equal=0, later=0, never=0)),
        ({"break_epoch": NEVER}, [9, NEVER, NEVER], Counts(3, None, earlier=1, equal=0, later=0, never=2)),
    ],
    ids=["same stops", "same stops at once", "same never stops", "both never stop"],
)
def test_each_random_run_is_earlier_equal_later_or_never(
    same: dict[str, float], drawn: list[int], expected: Counts
) -> None:
    runs = table({"init_seed": FIXED, **same}, *({"break_epoch": epoch} for epoch in drawn), order_seed=3)
    assert counts(runs) == [expected]
    (found,) = counts(runs)
    assert found.earlier + found.equal + found.later + found.never == len(drawn)


def test_there_are_counts_for_each_order_seed() -> None:
    runs = table(
        {"order_seed": 7, "init_seed": FIXED, "break_epoch": 5},
        {"order_seed": 7, "init_seed": 1, "break_epoch": 4},
        {"order_seed": 9, "init_seed": FIXED, "break_epoch": 3},
        {"order_seed": 9, "init_seed": 1, "break_epoch": 4},
    )
    assert counts(runs) == [Counts(7, 5, 1, 0, 0, 0), Counts(9, 3, 0, 0, 1, 0)]


# the same-value run stops in epoch 10 with an error of 2 and samples 1 and 2 wrong; it has 16 right in epoch 6
HERE = {"order_seed": 1, "break_epoch": 10, "training_error": 2.0, "reached": 6, "best_accuracy": 0.8, "wrong": 0b11}
# with another order seed it never stops and never has 16 right
THERE = {"order_seed": 2, "training_error": 3.0, "best_accuracy": 0.75, "wrong": 0b11}
RUNS = table(
    {**HERE, "init_seed": FIXED},
    HERE,
    {**HERE, "break_epoch": 9, "training_error": 2.1, "reached": 7, "best_accuracy": 0.75},
    {**HERE, "break_epoch": 11, "training_error": 1.9, "best_accuracy": 0.85},
    {**HERE, "break_epoch": NEVER, "reached": 5},
    {**HERE, "reached": NEVER, "wrong": 0b101},
    {**THERE, "init_seed": FIXED},
    THERE,
    {**THERE, "break_epoch": 500, "best_accuracy": 0.8},
    {**THERE, "training_error": 2.9, "reached": 9},
)
WHERE_IT_HOLDS: dict[Conclusion, list[int]] = {
    stops_earlier: [0, 1, 0, 0, 0, 0, 1, 0],
    ends_with_a_lower_error: [0, 0, 1, 0, 0, 0, 0, 1],
    reaches_80_percent_earlier: [0, 0, 0, 1, 0, 0, 0, 1],
    peaks_at_80_percent: [1, 0, 0, 1, 1, 0, 1, 0],
    ends_the_same_way: [1, 0, 0, 0, 0, 0, 0, 0],
}


@pytest.mark.parametrize("conclusion", CONCLUSIONS, ids=lambda conclusion: conclusion.__name__)
def test_a_conclusion_holds_where_it_should(conclusion: Conclusion) -> None:
    expected = WHERE_IT_HOLDS[conclusion]
    assert conclusion(*pairs(RUNS)).tolist() == [bool(holds) for holds in expected]
    found = share(RUNS, conclusion)
    assert (found.holds, found.of, found.value) == (sum(expected), 8, sum(expected) / 8)
    assert found.interval[0] <= found.value <= found.interval[1]


def test_many_right_is_16_of_20() -> None:
    assert MANY_RIGHT == 16 / 20


@given(st.permutations(range(6 * 4)))
def test_each_random_run_is_paired_with_the_same_value_run_of_its_order_seed(order: list[int]) -> None:
    runs = table(
        *(
            {"order_seed": order_seed, "init_seed": init_seed, "break_epoch": 100 * order_seed + init_seed}
            for order_seed in (40, 3, 17, 2**53 - 1, 0, 5)
            for init_seed in (FIXED, 0, 1, 2)
        )
    ).take(np.array(order))
    drawn, same = pairs(runs)
    assert (len(drawn), len(same)) == (18, 18)
    assert FIXED not in drawn.init_seed
    assert set(same.init_seed.tolist()) == {FIXED}
    assert same.order_seed.tolist() == drawn.order_seed.tolist()
    assert same.break_epoch.tolist() == [100 * order_seed + FIXED for order_seed in drawn.order_seed.tolist()]


def test_random_runs_keep_their_order() -> None:
    drawn, _ = pairs(RUNS)
    assert drawn.break_epoch.tolist() == [10, 9, 11, NEVER, 10, NEVER, 500, NEVER]
