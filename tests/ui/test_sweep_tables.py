"""What the chart of order seeds draws, what the page says of a sweep, and what it saves."""

import csv
import io
import json

import numpy as np
import pyarrow as pa
import pytest

from pages.ui.sweep import minima, saved, tables
from pages.ui.training import tables as training_tables
from tests.runs import swept
from tests.ui.sweeps import PLAN, PLANS, SHORT, SLOW
from tinynet.config import Config, Start
from tinynet.sweep import COLUMNS, NEVER, Plan, Runs, sample_numbers
from tinynet.training import train

WIDTHS = {"default": 1, "short": 1, "unstopped": 1, "slow": 2, "wild": 3}
"""How many epochs share a place in the chart of order seeds."""
SORTINGS = ("order_seed", "earlier", "same_break_epoch")
each_plan = pytest.mark.parametrize("name", PLANS)


def strips(plan: Plan, sorting: str = "order_seed") -> dict[str, pa.Table]:
    return tables.strips(swept(plan), plan, sorting)


def earlier(runs: Runs, order_seed: int) -> int:
    """How many random runs stop before same."""
    drawn, same = minima.runs_of_order(runs, order_seed)
    stop, stopped = same.break_epoch[0], drawn.break_epoch != NEVER
    return int(np.count_nonzero(stopped & ((drawn.break_epoch < stop) | (stop == NEVER))))


# The chart of order seeds.


@each_plan
def test_the_circles_of_a_row_hold_each_of_its_random_runs_once(name: str) -> None:
    plan = PLANS[name]
    cells = strips(plan)["cells"].to_pylist()
    for order_seed in plan.order_seeds:
        of_row = [cell for cell in cells if cell["order_seed"] == order_seed]
        assert sum(cell["count"] for cell in of_row) == len(plan.init_seeds)
        assert sum(cell["share"] for cell in of_row) == pytest.approx(1)


@each_plan
def test_a_circle_counts_the_random_runs_that_stop_from_its_epoch_up_to_the_next_place(name: str) -> None:
    plan, width = PLANS[name], WIDTHS[name]
    low, high = tables.epoch_range(swept(plan), plan)
    assert (width - 1) * tables.CELLS < high - low <= width * tables.CELLS
    for cell in strips(plan)["cells"].to_pylist():
        drawn, _ = minima.runs_of_order(swept(plan), cell["order_seed"])
        places = drawn.break_epoch - cell["epoch"]
        here = drawn.break_epoch == NEVER if cell["never"] else (places >= 0) & (places < width)
        assert cell["count"] == np.count_nonzero(here)
        assert cell["never"] or (cell["epoch"] - low) % width == 0
        # its tooltip says when the first and the last of them stop
        stops = drawn.break_epoch[here]
        assert cell["never"] or (cell["first"], cell["last"]) == (stops.min(), stops.max())
        # a click opens the first of them
        assert cell["init_seed"] == drawn.init_seed[here].min()


def test_a_run_that_never_stops_stands_at_the_end_of_all_epochs() -> None:
    drawn = strips(SHORT)
    low, high = drawn["limits"]["epoch"].to_pylist()
    cells = drawn["cells"].to_pylist()
    never = [cell for cell in cells if cell["never"]]
    assert len(never) == 3
    assert {cell["epoch"] for cell in never} == {high}
    assert high > SHORT.config.max_epochs
    assert all(low < cell["epoch"] < SHORT.config.max_epochs for cell in cells if not cell["never"])


@each_plan
def test_beside_a_row_stand_the_stop_of_same_and_the_counts_of_its_random_runs(name: str) -> None:
    plan = PLANS[name]
    low, high = tables.epoch_range(swept(plan), plan)
    for row in strips(plan)["rows"].to_pylist():
        stop = minima.runs_of_order(swept(plan), row["order_seed"])[1].break_epoch[0]
        assert row["same_never"] == (stop == NEVER)
        assert row["same"] == (high if stop == NEVER else stop)
        assert low <= row["same"] <= high
        assert row["earlier"] == earlier(swept(plan), row["order_seed"])
        assert row["earlier"] + row["equal"] + row["later"] + row["never"] == len(plan.init_seeds)


@pytest.mark.parametrize("sorting", SORTINGS)
def test_the_row_of_the_document_is_marked_and_labels_are_counted_from_it(sorting: str) -> None:
    table = strips(PLAN, sorting)["rows"].to_pydict()
    place = table["order_seed"].index(2019)
    assert [slot for slot, own in zip(table["slot"], table["own"], strict=True) if own] == [place]
    assert table["own_slot"] == [place, place, place]


def test_without_the_order_seed_of_the_document_no_row_is_marked() -> None:
    table = strips(SLOW)["rows"].to_pydict()
    assert (table["own"], table["own_slot"]) == ([False], [0])


@pytest.mark.parametrize("name", ["default", "short"])
@pytest.mark.parametrize("sorting", SORTINGS)
def test_the_rows_are_sorted_by_what_is_asked_for(name: str, sorting: str) -> None:
    plan = PLANS[name]

    def place(order_seed: int) -> float:
        stop = float(minima.runs_of_order(swept(plan), order_seed)[1].break_epoch[0])
        soonest = np.inf if stop == NEVER else stop
        return {"order_seed": order_seed, "earlier": -earlier(swept(plan), order_seed)}.get(sorting, soonest)

    expected = sorted(plan.order_seeds, key=place)
    drawn = strips(plan, sorting)
    assert drawn["rows"]["order_seed"].to_pylist() == expected
    assert {(cell["slot"], cell["order_seed"]) for cell in drawn["cells"].to_pylist()} == set(enumerate(expected))


def test_the_three_ways_of_sorting_differ() -> None:
    assert len({tuple(strips(PLAN, sorting)["rows"]["order_seed"].to_pylist()) for sorting in SORTINGS}) == 3


def test_it_is_said_how_far_a_sweep_is_and_for_whom_it_waits() -> None:
    runs = swept(PLAN)
    some = runs.take(np.arange(200))
    assert tables.progress_text(some, PLAN, True, 12.4, 0) == "200 of 363 runs, about 12 s to go."
    assert tables.progress_text(some, PLAN, True, 0.2, 0) == "200 of 363 runs, about 1 s to go."
    assert tables.progress_text(some, PLAN, True, 9, 1) == "200 of 363 runs. It resumes when another sweep ends."
    assert tables.progress_text(some, PLAN, True, 9, 2) == "200 of 363 runs. It resumes when 2 other sweeps end."
    assert tables.progress_text(some, PLAN, False, 12.4, 0) == "Stopped: 200 of 363 runs are done."
    assert tables.progress_text(runs, PLAN, False, 0.0, 0) == "363 runs."
    never = np.count_nonzero(swept(SHORT).break_epoch == NEVER)
    assert tables.progress_text(swept(SHORT), SHORT, False, 0.0, 0) == f"303 runs. Never stopped by θ: {never}."


# What is saved.


def lines(runs: Runs) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(saved.as_csv(runs))))


def test_the_csv_has_a_row_for_each_run_and_a_column_for_all_that_was_kept() -> None:
    runs, found = swept(PLAN), lines(swept(PLAN))
    assert list(found[0]) == list(COLUMNS)
    # only random runs have an init seed
    inits = [(row["init"], row["init_seed"]) for row in found]
    assert inits == 3 * [("same", ""), *(("random", str(seed)) for seed in range(120))]
    for place in (0, 1, 121, 362):
        row = found[place]
        assert (int(row["order_seed"]), int(row["epochs"])) == (runs.order_seed[place], runs.epochs[place])
        assert int(row["break_epoch"]) == runs.break_epoch[place] == runs.epochs[place] - 1
        for column in ("training_error", "accuracy", "best_accuracy"):
            assert float(row[column]) == getattr(runs, column)[place]


@pytest.mark.parametrize(("column", "kept"), [("break_epoch", "break_epoch"), ("epoch_80", "reached")])
@pytest.mark.parametrize("name", ["short", "unstopped", "wild"])
def test_in_the_csv_an_epoch_that_did_not_come_is_empty(name: str, column: str, kept: str) -> None:
    epochs = getattr(swept(PLANS[name]), kept).tolist()
    assert NEVER in epochs
    found = [row[column] for row in lines(swept(PLANS[name]))]
    assert found == ["" if epoch == NEVER else str(epoch) for epoch in epochs]


@pytest.mark.parametrize(("order_seed", "place"), [(2019, 0), (2019, 3), (2021, 15)])
def test_in_the_csv_the_wrong_samples_of_a_run_are_numbered_as_in_problem_2(order_seed: int, place: int) -> None:
    row = [row for row in lines(swept(PLAN)) if row["order_seed"] == str(order_seed)][place]
    history = train(Config((Start(row["init"], int(row["init_seed"] or 0)),), order_seed))
    table = training_tables.samples(history, ("run",), history.last_epoch[0] + 1, "").to_pylist()
    assert row["wrong"].split() == [str(sample["sample"]) for sample in table if sample["wrong"]]


@pytest.mark.parametrize(
    ("bits", "words"),
    [(0, ""), (1, "1"), (0b1010, "2 4"), (2**19, "20"), (2**20 - 1, " ".join(map(str, range(1, 21))))],
)
def test_samples_are_numbered_from_1(bits: int, words: str) -> None:
    assert sample_numbers(bits) == words


@each_plan
def test_the_json_holds_the_counts_of_each_order_seed(name: str) -> None:
    plan = PLANS[name]
    orders = json.loads(saved.as_json(swept(plan), plan))["orders"]
    assert [row["order_seed"] for row in orders] == list(plan.order_seeds)
    for row in orders:
        stop = int(minima.runs_of_order(swept(plan), row["order_seed"])[1].break_epoch[0])
        assert row["same_break_epoch"] == (None if stop == NEVER else stop)
        assert row["earlier"] == earlier(swept(plan), row["order_seed"])
