"""The runs of one order seed: where they end, how they spread, and why they stop together."""

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import pyarrow as pa
import pytest

from pages.ui.sweep import minima
from tests.runs import swept
from tests.ui.sweeps import PLAN, PLANS, SHORT, UNSTOPPED, WILD
from tinynet.arrays import Array
from tinynet.config import Config, Start
from tinynet.microscope import EPOCHS_BACK
from tinynet.sweep import NEVER, Plan, Runs, sample_numbers
from tinynet.training import History, train

QUANTITIES = [quantity for row in minima.ROWS for quantity in row]
each_plan = pytest.mark.parametrize("name", PLANS)
each_quantity = pytest.mark.parametrize("quantity", QUANTITIES)


def pair(plan: Plan) -> tuple[Runs, Runs]:
    """The random runs of the first order seed, and that from the same value."""
    return minima.runs_of_order(swept(plan), plan.order_seeds[0])


# The minima.


@each_plan
def test_minima_are_named_by_how_many_runs_end_in_them(name: str) -> None:
    drawn, _ = pair(PLANS[name])
    found = minima.minima(drawn)
    sizes = Counter(drawn.wrong.tolist())
    assert [one.name for one in found] == list("ABCDEF"[: min(len(sizes), 6)])
    assert len({one.wrong for one in found}) == len(found)
    assert [sizes[one.wrong] for one in found] == [size for _, size in sizes.most_common(6)]


@each_plan
def test_a_picked_minimum_is_its_runs_and_all_its_runs(name: str) -> None:
    drawn, _ = pair(PLANS[name])
    found = minima.minima(drawn)
    for one in found:
        some = minima.in_minimum(drawn, found, one.name)
        assert set(some.wrong.tolist()) == {one.wrong}
        assert len(some) == drawn.wrong.tolist().count(one.wrong)
    assert minima.in_minimum(drawn, found, None) is drawn


@each_plan
def test_the_table_of_minima_accounts_for_every_run(name: str) -> None:
    drawn, same = pair(PLANS[name])
    table = minima.table(drawn, same)
    assert sum(int(row[0].split(" ")[0]) for row in table.rows.values()) == len(drawn)
    assert ("others" in table.rows) == (name == "wild")
    found = minima.minima(drawn)
    here = {f"group {one.name}" for one in found if one.wrong == same.wrong[0]}
    assert {row for row, cells in table.rows.items() if cells[5] == "ends here"} == here


def test_a_row_of_the_table_describes_its_minimum() -> None:
    table = minima.table(*pair(PLAN))
    drawn, found = pair(PLAN)[0], minima.minima(pair(PLAN)[0])
    assert table.heads == [["runs", "right", "wrong samples", "error", "most often stop in", "same"]]
    assert list(table.rows) == [f"group {one.name}" for one in found]
    for one, cells in zip(found, table.rows.values(), strict=True):
        some = minima.in_minimum(drawn, found, one.name)
        sizes = Counter(some.break_epoch.tolist())
        stops = max(sizes.values())
        epoch = min(epoch for epoch, size in sizes.items() if size == stops)
        wrong = sample_numbers(one.wrong)
        assert cells[:3] == [f"{len(some)} of 120", f"{20 - len(wrong.split())} of 20", wrong]
        assert cells[3:5] == [f"{np.median(some.training_error):.3f}", f"epoch {epoch}: {stops}"]


def test_a_minimum_in_which_nothing_stops_has_no_epoch() -> None:
    table = minima.table(*pair(UNSTOPPED))
    assert {cells[4] for name, cells in table.rows.items() if name != "others"} == {"–"}
    assert minima.commonest_stop(swept(UNSTOPPED)) == (NEVER, 0)


def test_the_runs_that_can_be_opened_are_listed_with_their_epochs() -> None:
    drawn = pair(PLAN)[0]
    listed = minima.first_runs(drawn)
    assert listed == [(seed, f"{seed} · {drawn.break_epoch[seed]}") for seed in range(minima.RUNS_LISTED)]
    assert minima.first_runs(drawn.take(np.arange(2))) == listed[:2]


def test_a_run_that_never_stops_is_listed_as_such() -> None:
    drawn, _ = pair(SHORT)
    some = drawn.take(np.array([np.flatnonzero(drawn.break_epoch == epoch)[0] for epoch in (NEVER, 149)]))
    assert [words.split(" · ")[1] for _, words in minima.first_runs(some)] == ["never", "149"]


@each_plan
@each_quantity
@pytest.mark.parametrize("picked", [None, "A", "B"])
def test_the_bars_of_a_histogram_hold_every_run_that_has_the_value(
    name: str, quantity: str, picked: str | None
) -> None:
    drawn, same = pair(PLANS[name])
    some = minima.in_minimum(drawn, minima.minima(drawn), picked)
    tables = minima.histogram(drawn, same, quantity, some)
    bars = tables["bars"].to_pydict()
    for column, counted in (("all", drawn), ("picked", some)):
        values = getattr(counted, quantity)
        values = values[values != NEVER]
        sides = zip(bars["low"], bars["high"], strict=True)
        assert [np.count_nonzero((low < values) & (values < high)) for low, high in sides] == bars[column]
        assert sum(bars[column]) == len(values)
    assert all(part <= whole for part, whole in zip(bars["picked"], bars["all"], strict=True))
    assert bars["low"][1:] == bars["high"][:-1]
    limits = tables["limits"].to_pydict()
    assert limits["value"] == [bars["low"][0], bars["high"][-1]]
    assert limits["missing"] == 2 * [len(drawn) - sum(bars["all"])]
    assert limits["count"] == [0, max(*bars["all"], 1)]


@each_plan
@each_quantity
def test_same_has_its_place_in_each_histogram(name: str, quantity: str) -> None:
    drawn, same = pair(PLANS[name])
    tables = minima.histogram(drawn, same, quantity, drawn)
    low, high = tables["limits"]["value"].to_pylist()
    value = getattr(same, quantity)[0]
    assert tables["same"]["value"].to_pylist() == ([] if value == NEVER else [value])
    assert value == NEVER or low < value < high


@each_plan
@pytest.mark.parametrize("quantity", ["break_epoch", "reached"])
def test_a_bar_of_epochs_holds_whole_epochs_and_as_many_as_the_others(name: str, quantity: str) -> None:
    drawn, same = pair(PLANS[name])
    bars = minima.histogram(drawn, same, quantity, drawn)["bars"].to_pydict()
    assert len(bars["low"]) <= minima.BINS
    widths = {high - low for low, high in zip(bars["low"], bars["high"], strict=True)}
    assert len(widths) == 1
    assert widths.pop() % 1 == 0
    if sum(bars["all"]):
        assert {low % 1 for low in bars["low"]} == {0.5}


def test_a_bar_of_the_accuracy_is_one_sample_wide() -> None:
    bars = minima.histogram(*pair(PLAN), "accuracy", pair(PLAN)[0])["bars"].to_pydict()
    middles = [20 * (low + high) / 2 for low, high in zip(bars["low"], bars["high"], strict=True)]
    assert middles == pytest.approx(np.arange(round(middles[0]), round(middles[0]) + len(middles)))


def test_a_histogram_of_what_never_came_is_empty() -> None:
    drawn, same = pair(UNSTOPPED)
    tables = minima.histogram(drawn, same, "break_epoch", drawn)
    assert sum(tables["bars"]["all"].to_pylist()) == tables["same"].num_rows == 0
    assert tables["limits"].to_pydict() == {"value": [0.0, 1.0], "count": [0, 1], "missing": [100, 100]}


# Why runs stop together.


def test_the_gradients_are_looked_at_of_the_first_picked_runs() -> None:
    drawn, found = pair(PLAN)[0], minima.minima(pair(PLAN)[0])
    some = minima.in_minimum(drawn, found, "B")
    plan = replace(PLAN, config=Config((Start("random", scale=0.5), Start("same")), 1, 0.2, 0.01, 300))
    config = minima.first_runs_config(plan, 2021, some)
    assert config == Config(
        tuple(Start("random", seed, scale=0.5) for seed in some.init_seed[: minima.RUNS_DRAWN].tolist()),
        2021,
        0.2,
        0.01,
        300,
    )


@pytest.mark.parametrize(("epoch", "shown"), [(0, range(9)), (44, range(53)), (298, range(253, 307))])
def test_the_epochs_around_a_stop_are_drawn(epoch: int, shown: range) -> None:
    assert minima.epochs_around(Config(), epoch) == shown


def test_no_epoch_is_drawn_that_a_run_may_not_have() -> None:
    assert minima.epochs_around(Config(max_epochs=300), 298) == range(253, 300)


@dataclass(frozen=True)
class Watched:
    """Some runs of a minimum: their commonest stop, and the gradients around it of epochs that all start alike."""

    runs: Runs
    config: Config
    history: History
    epoch: int
    stops: int
    alike: Array

    @property
    def window(self) -> range:
        """The epochs that are drawn."""
        return minima.epochs_around(self.config, self.epoch)

    def tables(self) -> dict[str, pa.Table]:
        """The datasets of the chart."""
        return minima.stops_together(self.history, self.config, self.epoch, self.alike)


@cache
def watched(name: str) -> Watched:
    """Of all runs, or of a minimum."""
    drawn, _ = pair(PLAN)
    runs = minima.in_minimum(drawn, minima.minima(drawn), name)
    config = minima.first_runs_config(PLAN, 2019, runs)
    history = train(config)
    epoch, stops = minima.commonest_stop(runs)
    return Watched(runs, config, history, epoch, stops, minima.alike(history, config, epoch))


WATCHED = ("all", "A", "B", "C")


@pytest.mark.parametrize("name", WATCHED)
def test_the_lines_are_the_gradients_of_the_runs_as_each_is_trained_alone(name: str) -> None:
    one = watched(name)
    drawn = one.tables()["lines"].to_pylist()
    assert {row["run"] for row in drawn} == set(range(minima.RUNS_DRAWN))
    for run in (0, 9):
        alone = train(replace(one.config, starts=(one.config.starts[run],))).gradient[:, 0].tolist()
        shown = {row["epoch"]: row["value"] for row in drawn if row["run"] == run}
        assert set(shown) <= set(one.window)
        assert [shown.get(at) for at in one.window] == [alone[at] if at < len(alone) else None for at in one.window]


@pytest.mark.parametrize("name", WATCHED)
def test_theta_the_stop_and_every_line_fit_the_chart_of_gradients(name: str) -> None:
    one = watched(name)
    tables = one.tables()
    assert tables["theta"].to_pydict() == {"value": [0.005]}
    assert tables["stop"].to_pydict() == {"epoch": [one.epoch]}
    assert tables["alike"].to_pydict() == {"epoch": list(one.window), "value": one.alike.tolist()}
    (left, right), (low, high) = tables["limits"].to_pydict().values()
    assert (left, right) == (one.window[0], one.window[-1])
    assert low == 0
    values = [*tables["lines"]["value"].to_pylist(), *one.alike.tolist()]
    assert max(value for value in values if value is not None) < high


@pytest.mark.parametrize("name", WATCHED)
def test_the_commonest_stop_is_that_of_most_runs(name: str) -> None:
    sizes = Counter(watched(name).runs.break_epoch.tolist())
    assert sizes[watched(name).epoch] == watched(name).stops == max(sizes.values())


@pytest.mark.parametrize("name", WATCHED)
def test_the_dotted_line_is_below_theta_where_most_runs_stop(name: str) -> None:
    one = watched(name)
    there = one.alike[one.epoch - one.window.start]
    assert there < 0.005
    said = minima.stop_explanation(len(one.runs), one.epoch, one.stops, one.alike, one.history, one.config)
    assert said.startswith(
        f"{one.stops} of these {len(one.runs)} runs stop in epoch {one.epoch}. The weights of those "
    )
    assert "they are near one minimum" in said
    assert "there, up to the sign of the hidden unit, which changes no output" in said
    assert said.endswith(f"It falls below θ there, to {there:.4f}.")


@pytest.mark.parametrize("name", ["all", "A", "B"])
def test_in_a_large_minimum_the_dotted_line_falls_below_theta_nowhere_before(name: str) -> None:
    one = watched(name)
    assert next(at for at, value in zip(one.window, one.alike, strict=True) if value < 0.005) == one.epoch


def test_a_line_that_stays_above_theta_is_not_said_to_fall_below_it() -> None:
    one = watched("all")
    said = minima.stop_explanation(120, one.epoch, one.stops, one.alike + 0.01, one.history, one.config)
    assert "falls below" not in said
    assert said.endswith(f"It is at {one.alike[one.epoch - one.window.start] + 0.01:.4f} there, not below θ.")


def first_order(plan: Plan) -> tuple[int, int, History, Config]:
    """The epoch in which most random runs of the first order seed stop, how many do, and the runs that are drawn."""
    drawn, _ = pair(plan)
    epoch, stops = minima.commonest_stop(drawn)
    config = minima.first_runs_config(plan, plan.order_seeds[0], drawn)
    return epoch, stops, train(config), config


@pytest.mark.parametrize(
    ("order_seed", "theta", "epochs"), [(2019, 0.02, 60), (2019, 0.01, 1000), (2026, 0.005, 1000), (2029, 0.005, 1000)]
)
def test_the_dotted_line_starts_from_a_run_that_stops_there(order_seed: int, theta: float, epochs: int) -> None:
    """The first run drawn ends elsewhere in each of these, and from its weights the line rises."""
    order = range(order_seed, order_seed + 1)
    epoch, stops, history, config = first_order(Plan(Config(theta=theta, max_epochs=epochs), range(200), order))
    assert history.break_epoch(0) != epoch
    alike = minima.alike(history, config, epoch)
    said = minima.stop_explanation(200, epoch, stops, alike, history, config)
    assert "they are near one minimum" in said
    assert re.search(r"It falls below θ there, to \S+\.$|It is at \S+ there, below θ\.$", said)


def test_runs_that_began_together_are_not_called_near_a_minimum() -> None:
    plan = Plan(Config((Start("random", scale=1e-12), Start("same"))), range(100), range(5, 6))
    epoch, stops, history, config = first_order(plan)
    said = minima.stop_explanation(100, epoch, stops, np.zeros(99), history, config)
    assert re.search(r"differ by at most \S+ there.*, but they started within .*: that tells nothing of", said)


def test_what_stops_at_once_has_not_come_near_a_minimum() -> None:
    drawn, _ = pair(WILD)
    epoch, stops = minima.commonest_stop(drawn)
    assert epoch < EPOCHS_BACK
    few = minima.first_runs_config(WILD, 2019, drawn)
    said = minima.stop_explanation(100, epoch, stops, np.zeros(9), train(few), few)
    assert said == f"{stops} of these 100 runs stop in epoch {epoch}. That is too early to say anything of a minimum."


def test_runs_that_stop_together_far_from_each_other_are_not_said_to_be_near_a_minimum() -> None:
    plan = Plan(Config(theta=0.04), range(100), range(2019, 2020))
    drawn, _ = pair(plan)
    epoch, stops = minima.commonest_stop(drawn)
    few = minima.first_runs_config(plan, 2019, drawn)
    said = minima.stop_explanation(100, epoch, stops, np.zeros(99), train(few), few)
    assert said.startswith(f"{stops} of these 100 runs stop in epoch 14. The weights of those drawn below differ by ")
    assert "they are not near one minimum" in said


def test_runs_of_which_none_is_drawn_are_not_described() -> None:
    plan = Plan(Config(learning_rate=0.5), range(100), range(2019, 2020))
    drawn, _ = pair(plan)
    epoch, stops = minima.commonest_stop(drawn)
    few = minima.first_runs_config(plan, 2019, drawn)
    said = minima.stop_explanation(100, epoch, stops, np.zeros(99), train(few), few)
    assert (
        said == f"{stops} of these 100 runs stop in epoch {epoch}. Fewer than 2 of them are among the 10 drawn below."
    )


@pytest.mark.parametrize(
    ("runs", "said"), [(14, "No two of these 14 runs stop in the same epoch."), (1, "There is only one run.")]
)
def test_a_run_that_stops_alone_is_not_called_many(runs: int, said: str) -> None:
    few = minima.first_runs_config(WILD, 2019, pair(WILD)[0])
    assert minima.stop_explanation(runs, 59, 1, np.zeros(9), train(few), few) == said
