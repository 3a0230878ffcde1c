"""What the page of runs lists, counts, says and hands out, as values; and why runs stop together."""

import csv
import io
import json
from collections import Counter
from dataclasses import dataclass, fields, replace
from xml.etree import ElementTree

import numpy as np
import pyarrow as pa
import pytest

from pages.ui.sweep import minima, verdicts
from pages.ui.sweep import tables as frames
from pages.ui.training import sheets
from pages.ui.training import tables as training_frames
from tinynet.arrays import Array
from tinynet.config import Config, Start
from tinynet.microscope import EPOCHS_BACK, gradients_from
from tinynet.sweep import FIXED, NEVER, Plan, Runs, sample_numbers, sweep
from tinynet.training import History, train
from tinynet.verdicts import CONCLUSIONS, share

PLAN = Plan(Config(), range(120), range(2019, 2022))
SHORT = Plan(Config(max_epochs=200), range(100), range(2019, 2022))
"""Too short for many runs: that from the same value stops in time under order seed 2020 only."""
UNSTOPPED = Plan(Config(theta=0.0, max_epochs=30), range(100), range(2019, 2020))
"""Nothing stops, and not every run has 80 % right in time."""
SLOW = Plan(Config(learning_rate=0.03, max_epochs=1500), range(100), range(2020, 2021))
"""Stops are so far apart that epochs share a place."""
WILD = Plan(Config(learning_rate=100.0), range(100), range(2019, 2020))
"""Runs diverge, and end in more minima than have a name."""
PLANS = {"default": PLAN, "short": SHORT, "unstopped": UNSTOPPED, "slow": SLOW, "wild": WILD}
WIDTHS = {"default": 1, "short": 1, "unstopped": 1, "slow": 2, "wild": 3}
"""How many epochs share a place in the chart of order seeds."""


@pytest.fixture(scope="module")
def swept() -> dict[str, Runs]:
    """The runs of each plan."""
    return {
        name: Runs.join([part.runs for part in sweep(plan.config, plan.init_seeds, plan.order_seeds)])
        for name, plan in PLANS.items()
    }


@pytest.fixture(scope="module")
def runs(swept: dict[str, Runs]) -> Runs:
    return swept["default"]


@pytest.fixture(scope="module")
def own(runs: Runs) -> tuple[Runs, Runs]:
    """The random runs of the document's order seed, and that from the same value."""
    return minima.pair(runs, 2019)


def rows(table: pa.Table) -> list[dict[str, float]]:
    listed: list[dict[str, float]] = table.to_pylist()
    return listed


# The chart of order seeds.


@pytest.mark.parametrize("name", PLANS)
def test_the_circles_of_a_row_hold_each_of_its_random_runs_once(swept: dict[str, Runs], name: str) -> None:
    runs, plan = swept[name], PLANS[name]
    cells = rows(frames.strips(runs, plan, "order_seed")["cells"])
    for order_seed in plan.order_seeds:
        of_row = [cell for cell in cells if cell["order_seed"] == order_seed]
        assert sum(cell["count"] for cell in of_row) == len(plan.init_seeds)
        assert sum(cell["share"] for cell in of_row) == pytest.approx(1)
        never = sum(cell["count"] for cell in of_row if cell["never"])
        assert never == np.count_nonzero(minima.pair(runs, order_seed)[0].break_epoch == NEVER)


@pytest.mark.parametrize("name", PLANS)
def test_a_circle_counts_the_random_runs_that_stop_from_its_epoch_up_to_the_next_place(
    swept: dict[str, Runs], name: str
) -> None:
    runs, plan, width = swept[name], PLANS[name], WIDTHS[name]
    low, high = frames.ends(runs, plan)
    assert (width - 1) * frames.CELLS < high - low <= width * frames.CELLS
    for cell in rows(frames.strips(runs, plan, "order_seed")["cells"]):
        drawn, _ = minima.pair(runs, int(cell["order_seed"]))
        places = drawn.break_epoch - cell["epoch"]
        here = drawn.break_epoch == NEVER if cell["never"] else (places >= 0) & (places < width)
        assert cell["count"] == np.count_nonzero(here)
        assert cell["never"] or (cell["epoch"] - low) % width == 0
        # a click opens the first of them
        assert cell["init_seed"] == drawn.init_seed[here].min()


def test_a_run_that_never_stops_stands_at_the_end_of_all_epochs(swept: dict[str, Runs]) -> None:
    tables = frames.strips(swept["short"], SHORT, "order_seed")
    low, high = tables["limits"]["epoch"].to_pylist()
    never = [cell for cell in rows(tables["cells"]) if cell["never"]]
    assert len(never) == 3
    assert {cell["epoch"] for cell in never} == {high}
    assert high > SHORT.config.max_epochs
    assert all(low < cell["epoch"] < SHORT.config.max_epochs for cell in rows(tables["cells"]) if not cell["never"])


@pytest.mark.parametrize("name", PLANS)
def test_a_square_stands_where_same_stops(swept: dict[str, Runs], name: str) -> None:
    runs, plan = swept[name], PLANS[name]
    low, high = frames.ends(runs, plan)
    for row in rows(frames.strips(runs, plan, "order_seed")["rows"]):
        stop = minima.pair(runs, int(row["order_seed"]))[1].break_epoch[0]
        assert row["same_never"] == (stop == NEVER)
        assert row["same"] == (high if stop == NEVER else stop)
        assert low <= row["same"] <= high


@pytest.mark.parametrize("sorting", ["order_seed", "earlier", "same_break_epoch"])
def test_the_row_of_the_document_is_marked_and_labels_are_counted_from_it(runs: Runs, sorting: str) -> None:
    table = frames.strips(runs, PLAN, sorting)["rows"].to_pydict()
    place = table["order_seed"].index(2019)
    assert [slot for slot, own in zip(table["slot"], table["own"], strict=True) if own] == [place]
    assert table["own_slot"] == [place, place, place]


def test_without_the_order_seed_of_the_document_no_row_is_marked(swept: dict[str, Runs]) -> None:
    table = frames.strips(swept["slow"], SLOW, "order_seed")["rows"].to_pydict()
    assert (table["own"], table["own_slot"]) == ([False], [0])


def earlier(runs: Runs, order_seed: int) -> int:
    drawn, same = minima.pair(runs, order_seed)
    stop = same.break_epoch[0]
    stopped = drawn.break_epoch != NEVER
    return int(np.count_nonzero(stopped & ((drawn.break_epoch < stop) | (stop == NEVER))))


@pytest.mark.parametrize("name", ["default", "short"])
@pytest.mark.parametrize("sorting", ["order_seed", "earlier", "same_break_epoch"])
def test_the_rows_are_sorted_by_what_is_asked_for(swept: dict[str, Runs], name: str, sorting: str) -> None:
    runs, plan = swept[name], PLANS[name]

    def place(order_seed: int) -> float:
        stop = float(minima.pair(runs, order_seed)[1].break_epoch[0])
        soonest = np.inf if stop == NEVER else stop
        return {"order_seed": order_seed, "earlier": -earlier(runs, order_seed), "same_break_epoch": soonest}[sorting]

    expected = sorted(plan.order_seeds, key=place)
    tables = frames.strips(runs, plan, sorting)
    assert tables["rows"]["order_seed"].to_pylist() == expected
    assert tables["rows"]["slot"].to_pylist() == [0, 1, 2]
    assert {(cell["slot"], cell["order_seed"]) for cell in rows(tables["cells"])} == set(enumerate(expected))


def test_the_three_ways_of_sorting_differ(runs: Runs) -> None:
    orders = {
        tuple(frames.strips(runs, PLAN, sorting)["rows"]["order_seed"].to_pylist())
        for sorting in ("order_seed", "earlier", "same_break_epoch")
    }
    assert len(orders) == 3


@pytest.mark.parametrize("name", PLANS)
def test_the_numbers_beside_a_row_are_its_random_runs(swept: dict[str, Runs], name: str) -> None:
    runs, plan = swept[name], PLANS[name]
    for row in rows(frames.strips(runs, plan, "order_seed")["rows"]):
        assert row["earlier"] == earlier(runs, int(row["order_seed"]))
        assert row["earlier"] + row["equal"] + row["later"] + row["never"] == len(plan.init_seeds)


def test_it_is_said_how_far_a_sweep_is(runs: Runs, swept: dict[str, Runs]) -> None:
    some = runs.take(np.arange(200))
    assert frames.standing(some, PLAN, 12.4, going=True) == "200 of 363 runs, about 12 s to go."
    assert frames.standing(some, PLAN, 0.2, going=True) == "200 of 363 runs, about 1 s to go."
    assert frames.standing(some, PLAN, 12.4, going=False) == "Stopped: 200 of 363 runs are done."
    assert frames.standing(runs, PLAN, 0.0, going=False) == "363 runs."
    never = np.count_nonzero(swept["short"].break_epoch == NEVER)
    assert frames.standing(swept["short"], SHORT, 0.0, going=False) == f"303 runs. Never stopped by θ: {never}."


# What can be downloaded.


def lines(runs: Runs) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(frames.as_csv(runs))))


def test_the_csv_has_a_row_for_each_run_and_a_column_for_all_that_was_kept(runs: Runs) -> None:
    saved = lines(runs)
    assert len(saved) == PLAN.runs
    renamed = {"reached": "epoch_80"}
    assert set(saved[0]) == {"init"} | {renamed.get(field.name, field.name) for field in fields(Runs)}
    for place in (0, 1, 121, 362):
        row = saved[place]
        assert (int(row["order_seed"]), int(row["epochs"])) == (runs.order_seed[place], runs.epochs[place])
        assert int(row["break_epoch"]) == runs.break_epoch[place] == runs.epochs[place] - 1
        for column in ("training_error", "accuracy", "best_accuracy"):
            assert float(row[column]) == getattr(runs, column)[place]


def test_in_the_csv_only_random_runs_have_an_init_seed(runs: Runs) -> None:
    inits = [(row["init"], row["init_seed"]) for row in lines(runs)]
    assert inits == 3 * [("same", ""), *(("random", str(seed)) for seed in range(120))]


@pytest.mark.parametrize(("column", "kept"), [("break_epoch", "break_epoch"), ("epoch_80", "reached")])
@pytest.mark.parametrize("name", ["short", "unstopped", "wild"])
def test_in_the_csv_an_epoch_that_did_not_come_is_empty(
    swept: dict[str, Runs], name: str, column: str, kept: str
) -> None:
    epochs = getattr(swept[name], kept).tolist()
    assert NEVER in epochs
    assert [row[column] for row in lines(swept[name])] == ["" if epoch == NEVER else str(epoch) for epoch in epochs]
    assert getattr(swept[name], kept).tolist() == epochs  # the runs themselves stay as they are


@pytest.mark.parametrize(("order_seed", "place"), [(2019, 0), (2019, 3), (2021, 15)])
def test_in_the_csv_the_wrong_samples_of_a_run_are_numbered_as_in_problem_2(
    runs: Runs, order_seed: int, place: int
) -> None:
    row = [row for row in lines(runs) if row["order_seed"] == str(order_seed)][place]
    start = Start(row["init"], int(row["init_seed"] or 0))
    history = train(Config((start,), order_seed))
    table = training_frames.samples(history, ("run",), history.last_epoch[0] + 1, "").to_pylist()
    wrong = [str(sample["sample"]) for sample in table if sample["wrong"]]
    assert row["wrong"].split() == wrong


@pytest.mark.parametrize(
    ("bits", "words"),
    [(0, ""), (1, "1"), (0b1010, "2 4"), (2**19, "20"), (2**20 - 1, " ".join(map(str, range(1, 21))))],
)
def test_samples_are_numbered_from_1(bits: int, words: str) -> None:
    assert sample_numbers(bits) == words


@pytest.mark.parametrize("name", PLANS)
def test_the_json_holds_the_settings_and_the_counts(swept: dict[str, Runs], name: str) -> None:
    runs, plan = swept[name], PLANS[name]
    saved = json.loads(frames.as_json(runs, plan))
    config = plan.config
    assert (saved["learning_rate"], saved["theta"], saved["max_epochs"], saved["random_range"]) == (
        config.learning_rate,
        config.theta,
        config.max_epochs,
        1.0,
    )
    assert (range(*saved["init_seeds"]), range(*saved["order_seeds"])) == (plan.init_seeds, plan.order_seeds)
    assert [row["order_seed"] for row in saved["orders"]] == list(plan.order_seeds)
    for row in saved["orders"]:
        stop = int(minima.pair(runs, row["order_seed"])[1].break_epoch[0])
        assert row["same_break_epoch"] == (None if stop == NEVER else stop)
        assert row["earlier"] == earlier(runs, row["order_seed"])
        assert row["earlier"] + row["equal"] + row["later"] + row["never"] == len(plan.init_seeds)


def test_the_json_holds_the_random_range() -> None:
    plan = Plan(Config((Start("random", scale=0.25), Start("same")), max_epochs=1), range(3), range(1))
    done = next(sweep(plan.config, plan.init_seeds, plan.order_seeds)).runs
    assert json.loads(frames.as_json(done, plan))["random_range"] == 0.25


# The verdicts.


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


ALL_ORDERS = range(2010, 2030)
OTHER_ORDERS = range(3000, 3020)


@pytest.mark.parametrize(
    ("shares", "sentence"),
    [
        ({2019: 0.9}, "Mostly so."),
        ({2019: 0.1}, "Mostly not."),
        ({2019: 0.5}, "Cannot be told."),
        ({7: 0.9}, "Mostly so."),
        (dict.fromkeys(ALL_ORDERS, 0.9), "Mostly so, with its order seed and over all."),
        (dict.fromkeys(ALL_ORDERS, 0.1), "Mostly not, with its order seed and over all."),
        (dict.fromkeys(ALL_ORDERS, 0.5), "Cannot be told, with its order seed and over all."),
        (dict.fromkeys(ALL_ORDERS, 0.1) | {2019: 0.9}, "Mostly so with its order seed, mostly not over all."),
        (dict.fromkeys(ALL_ORDERS, 0.9) | {2019: 0.5}, "Cannot be told with its order seed, mostly so over all."),
        ({2019: 0.9, 2020: 0.1}, "Mostly so with its order seed, cannot be told over all."),
        (dict.fromkeys(OTHER_ORDERS, 0.9), "Mostly so."),
        (dict.fromkeys(OTHER_ORDERS, 0.1), "Mostly not."),
        (dict(zip(OTHER_ORDERS, 10 * [0.0, 1.0], strict=True)), "Cannot be told."),
    ],
)
def test_whether_random_stops_earlier_is_said_in_words(shares: dict[int, float], sentence: str) -> None:
    assert verdicts.sentences(stopping(shares))[0] == f"Random stops earlier: {sentence}"


@pytest.mark.parametrize(
    ("alike", "sentence"), [(0.0, "Never so"), (0.01, "Sometimes so"), (0.99, "Sometimes so"), (1.0, "Always so")]
)
def test_what_the_document_says_of_some_runs_is_so_sometimes(alike: float, sentence: str) -> None:
    one = stopping({2019: 0.0}, alike)
    assert verdicts.sentences(one)[-1] == f"Both end much the same: {sentence}."
    many = stopping(dict.fromkeys(ALL_ORDERS, 0.0), alike)
    assert verdicts.sentences(many)[-1] == f"Both end much the same: {sentence}, with its order seed and over all."


def test_each_conclusion_of_the_document_has_its_words_and_its_sentence(runs: Runs) -> None:
    assert list(verdicts.STATEMENTS) == [conclusion.__name__ for conclusion in CONCLUSIONS]
    said = [sentence.split(": ") for sentence in verdicts.sentences(runs)]
    assert [statement for statement, _ in said] == list(verdicts.STATEMENTS.values())


def read(html: str) -> ElementTree.Element:
    """A table. What is not whole, or has a sign of HTML in its texts, is not read."""
    return ElementTree.fromstring(html.replace("<br>", "<br/>"))


def texts(table: ElementTree.Element) -> list[list[str]]:
    """What stands in each cell of each row."""
    return [["".join(cell.itertext()) for cell in row] for row in table.iter("tr")]


@pytest.mark.parametrize(
    ("shares", "columns"),
    [
        ({2019: 0.3}, ["order seed 2019"]),
        ({8: 0.3}, ["order seed 8"]),
        ({2018: 0.3, 2019: 0.6, 2020: 0.9}, ["its order seed 2019", "all 3 order seeds"]),
        ({8: 0.3, 9: 0.6}, ["all 2 order seeds"]),
    ],
)
def test_the_verdicts_have_a_column_for_the_document_and_one_for_all(
    shares: dict[int, float], columns: list[str]
) -> None:
    head, *body = texts(read(verdicts.html(stopping(shares))))
    assert head == ["The document says", *columns]
    assert [len(row) for row in body] == len(CONCLUSIONS) * [1 + len(columns)]


def percentages(runs: Runs) -> list[str]:
    """What the table says of each conclusion, worked out anew."""
    shares = [share(runs, conclusion) for conclusion in CONCLUSIONS]
    ends = [(one.interval[0], one.interval[1]) for one in shares]
    return [
        f"{100 * one.value:.0f} %{100 * low:.0f} – {100 * high:.0f} %"
        for one, (low, high) in zip(shares, ends, strict=True)
    ]


def test_the_verdicts_show_the_shares_of_the_core_and_their_intervals(runs: Runs) -> None:
    _, *body = texts(read(verdicts.html(runs)))
    assert [row[1] for row in body] == percentages(runs.take(runs.order_seed == 2019))
    assert [row[2] for row in body] == percentages(runs)


def test_the_verdicts_show_the_sentences(runs: Runs) -> None:
    _, *body = texts(read(verdicts.html(runs)))
    assert [row[0] for row in body] == [sentence.replace(": ", "") for sentence in verdicts.sentences(runs)]


def tags(table: ElementTree.Element) -> set[str]:
    return {element.tag for element in table.iter()}


@pytest.mark.parametrize("name", PLANS)
def test_the_tables_are_whole_and_hold_nothing_but_tables(swept: dict[str, Runs], name: str) -> None:
    parts = {"table", "thead", "tbody", "tr", "th", "td"}
    assert tags(read(verdicts.html(swept[name]))) == parts | {"b", "br", "span", "div", "i", "s"}
    assert tags(read(sheets.html(minima.sheet(*minima.pair(swept[name], PLANS[name].order_seeds[0]))))) == parts


def test_what_a_sheet_names_is_written_and_not_run() -> None:
    sheet = sheets.Sheet([["<b>"]], {"a & b": ["<script>"]})
    assert texts(read(sheets.html(sheet))) == [["", "<b>"], ["a & b", "<script>"]]


@pytest.mark.parametrize("name", PLANS)
def test_the_band_of_a_share_lies_on_its_line_and_holds_its_mark(swept: dict[str, Runs], name: str) -> None:
    bars = verdicts.html(swept[name]).split('<i style="left:')[1:]
    assert bars
    for bar in bars:
        left, rest = bar.split("%;width:")
        width, rest = rest.split('%"></i><s style="left:')
        mark = float(rest.split("%")[0])
        assert 0 <= float(left) <= mark <= float(left) + float(width) + 0.1 <= 100.2


# The minima.


@pytest.mark.parametrize("name", PLANS)
def test_minima_are_named_by_how_many_runs_end_in_them(swept: dict[str, Runs], name: str) -> None:
    drawn, _ = minima.pair(swept[name], PLANS[name].order_seeds[0])
    found = minima.minima(drawn)
    sizes = Counter(drawn.wrong.tolist())
    assert [one.name for one in found] == list("ABCDEF"[: min(len(sizes), 6)])
    assert len({one.wrong for one in found}) == len(found)
    assert [sizes[one.wrong] for one in found] == [size for _, size in sizes.most_common(6)]


@pytest.mark.parametrize("name", PLANS)
def test_a_picked_minimum_is_its_runs_and_all_its_runs(swept: dict[str, Runs], name: str) -> None:
    drawn, _ = minima.pair(swept[name], PLANS[name].order_seeds[0])
    found = minima.minima(drawn)
    for one in found:
        some = minima.picked(drawn, found, one.name)
        assert set(some.wrong.tolist()) == {one.wrong}
        assert len(some) == drawn.wrong.tolist().count(one.wrong)
    assert minima.picked(drawn, found, None) is drawn


@pytest.mark.parametrize("name", PLANS)
def test_the_table_of_minima_accounts_for_every_run(swept: dict[str, Runs], name: str) -> None:
    drawn, same = minima.pair(swept[name], PLANS[name].order_seeds[0])
    table = minima.sheet(drawn, same)
    assert sum(int(row[0].split(" ")[0]) for row in table.rows.values()) == len(drawn)
    assert ("others" in table.rows) == (name == "wild")
    found = minima.minima(drawn)
    here = {f"minimum {one.name}" for one in found if one.wrong == same.wrong[0]}
    assert {row for row, cells in table.rows.items() if cells[5] == "ends here"} == here


def test_a_row_of_the_table_describes_its_minimum(own: tuple[Runs, Runs]) -> None:
    table = minima.sheet(*own)
    drawn, found = own[0], minima.minima(own[0])
    assert table.heads == [["runs", "right", "wrong samples", "error", "most stop in", "same"]]
    assert list(table.rows) == [f"minimum {one.name}" for one in found]
    for one, cells in zip(found, table.rows.values(), strict=True):
        some = minima.picked(drawn, found, one.name)
        sizes = Counter(some.break_epoch.tolist())
        stops = max(sizes.values())
        epoch = min(epoch for epoch, size in sizes.items() if size == stops)
        wrong = sample_numbers(one.wrong)
        assert cells[:3] == [f"{len(some)} of 120", f"{20 - len(wrong.split())} of 20", wrong]
        assert cells[3:5] == [f"{np.median(some.training_error):.3f}", f"epoch {epoch}: {stops}"]


def test_a_minimum_in_which_nothing_stops_has_no_epoch(swept: dict[str, Runs]) -> None:
    table = minima.sheet(*minima.pair(swept["unstopped"], 2019))
    assert {cells[4] for name, cells in table.rows.items() if name != "others"} == {"–"}
    assert minima.commonest_stop(swept["unstopped"]) == (NEVER, 0)


def test_the_runs_that_can_be_opened_are_listed_with_their_epochs(own: tuple[Runs, Runs]) -> None:
    drawn = own[0]
    listed = minima.first_runs(drawn)
    assert listed == [(seed, f"{seed} · {drawn.break_epoch[seed]}") for seed in range(minima.LINKS)]
    assert minima.first_runs(drawn.take(np.arange(2))) == listed[:2]


def test_a_run_that_never_stops_is_listed_as_such(swept: dict[str, Runs]) -> None:
    drawn, _ = minima.pair(swept["short"], 2019)
    some = drawn.take(np.array([np.flatnonzero(drawn.break_epoch == epoch)[0] for epoch in (NEVER, 149)]))
    assert [words.split(" · ")[1] for _, words in minima.first_runs(some)] == ["never", "149"]


@pytest.mark.parametrize("name", PLANS)
@pytest.mark.parametrize("quantity", minima.QUANTITIES)
@pytest.mark.parametrize("picked", [None, "A", "B"])
def test_the_bars_of_a_histogram_hold_every_run_that_has_the_value(
    swept: dict[str, Runs], name: str, quantity: str, picked: str | None
) -> None:
    drawn, same = minima.pair(swept[name], PLANS[name].order_seeds[0])
    some = minima.picked(drawn, minima.minima(drawn), picked)
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


@pytest.mark.parametrize("name", PLANS)
@pytest.mark.parametrize("quantity", minima.QUANTITIES)
def test_same_has_its_place_in_each_histogram(swept: dict[str, Runs], name: str, quantity: str) -> None:
    drawn, same = minima.pair(swept[name], PLANS[name].order_seeds[0])
    tables = minima.histogram(drawn, same, quantity, drawn)
    low, high = tables["limits"]["value"].to_pylist()
    value = getattr(same, quantity)[0]
    assert tables["same"]["value"].to_pylist() == ([] if value == NEVER else [value])
    assert value == NEVER or low < value < high


@pytest.mark.parametrize("name", PLANS)
@pytest.mark.parametrize("quantity", ["break_epoch", "reached"])
def test_a_bar_of_epochs_holds_whole_epochs_and_as_many_as_the_others(
    swept: dict[str, Runs], name: str, quantity: str
) -> None:
    drawn, same = minima.pair(swept[name], PLANS[name].order_seeds[0])
    bars = minima.histogram(drawn, same, quantity, drawn)["bars"].to_pydict()
    assert len(bars["low"]) <= minima.BINS
    widths = {high - low for low, high in zip(bars["low"], bars["high"], strict=True)}
    assert len(widths) == 1
    assert widths.pop() % 1 == 0
    if sum(bars["all"]):
        assert {low % 1 for low in bars["low"]} == {0.5}


def test_a_bar_of_the_accuracy_is_one_sample_wide(own: tuple[Runs, Runs]) -> None:
    bars = minima.histogram(*own, "accuracy", own[0])["bars"].to_pydict()
    middles = [20 * (low + high) / 2 for low, high in zip(bars["low"], bars["high"], strict=True)]
    assert middles == pytest.approx(np.arange(round(middles[0]), round(middles[0]) + len(middles)))


def test_a_histogram_of_what_never_came_is_empty(swept: dict[str, Runs]) -> None:
    drawn, same = minima.pair(swept["unstopped"], 2019)
    tables = minima.histogram(drawn, same, "break_epoch", drawn)
    assert sum(tables["bars"]["all"].to_pylist()) == tables["same"].num_rows == 0
    assert tables["limits"].to_pydict() == {"value": [0.0, 1.0], "count": [0, 1], "missing": [100, 100]}


# Why runs stop together.


def test_the_gradients_are_looked_at_of_the_first_picked_runs(own: tuple[Runs, Runs]) -> None:
    drawn, found = own[0], minima.minima(own[0])
    some = minima.picked(drawn, found, "B")
    plan = replace(PLAN, config=Config((Start("random", scale=0.5), Start("same")), 1, 0.2, 0.01, 300))
    config = minima.few(plan, 2021, some)
    assert config == Config(
        tuple(Start("random", seed, scale=0.5) for seed in some.init_seed[: minima.LINES].tolist()),
        2021,
        0.2,
        0.01,
        300,
    )


@pytest.mark.parametrize(("epoch", "shown"), [(0, range(9)), (44, range(53)), (298, range(253, 307))])
def test_the_epochs_around_a_stop_are_drawn(epoch: int, shown: range) -> None:
    assert minima.window(Config(), epoch) == shown


def test_no_epoch_is_drawn_that_a_run_may_not_have() -> None:
    assert minima.window(Config(max_epochs=300), 298) == range(253, 300)


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
        return minima.window(self.config, self.epoch)

    def tables(self) -> dict[str, pa.Table]:
        """The datasets of the chart."""
        return minima.stops_together(self.history, self.config, self.epoch, self.alike)


@pytest.fixture(scope="module")
def watched(own: tuple[Runs, Runs]) -> dict[str, Watched]:
    """Of all runs and of each minimum."""
    found = minima.minima(own[0])
    return {name or "all": _watched(minima.picked(own[0], found, name)) for name in (None, "A", "B", "C")}


def _watched(runs: Runs) -> Watched:
    config = minima.few(PLAN, 2019, runs)
    history = train(config)
    epoch, stops = minima.commonest_stop(runs)
    alike = gradients_from(history.weights(0, epoch + 1), config, minima.window(config, epoch))
    return Watched(runs, config, history, epoch, stops, alike)


WATCHED = ("all", "A", "B", "C")


@pytest.mark.parametrize("name", WATCHED)
def test_the_lines_are_the_gradients_of_the_runs_as_each_is_trained_alone(
    watched: dict[str, Watched], name: str
) -> None:
    one = watched[name]
    drawn = rows(one.tables()["lines"])
    assert {row["run"] for row in drawn} == set(range(minima.LINES))
    for run in (0, 9):
        alone = train(replace(one.config, starts=(one.config.starts[run],))).gradient[:, 0].tolist()
        shown = {row["epoch"]: row["value"] for row in drawn if row["run"] == run}
        assert set(shown) <= set(one.window)
        assert [shown.get(at) for at in one.window] == [alone[at] if at < len(alone) else None for at in one.window]


@pytest.mark.parametrize("name", WATCHED)
def test_theta_the_stop_and_every_line_fit_the_chart_of_gradients(watched: dict[str, Watched], name: str) -> None:
    one = watched[name]
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
def test_the_commonest_stop_is_that_of_most_runs(watched: dict[str, Watched], name: str) -> None:
    sizes = Counter(watched[name].runs.break_epoch.tolist())
    assert sizes[watched[name].epoch] == watched[name].stops == max(sizes.values())


@pytest.mark.parametrize("name", WATCHED)
def test_the_dotted_line_is_below_theta_where_most_runs_stop(watched: dict[str, Watched], name: str) -> None:
    one = watched[name]
    there = one.alike[one.epoch - one.window.start]
    assert there < 0.005
    said = minima.reason(len(one.runs), one.epoch, one.stops, one.alike, one.config)
    assert said.startswith(f"{one.stops} of these {len(one.runs)} runs stop in epoch {one.epoch}. Near one minimum ")
    assert said.endswith(f"It falls below θ there, to {there:.4f}.")


@pytest.mark.parametrize("name", ["all", "A", "B"])
def test_in_a_large_minimum_the_dotted_line_falls_below_theta_nowhere_before(
    watched: dict[str, Watched], name: str
) -> None:
    one = watched[name]
    assert next(at for at, value in zip(one.window, one.alike, strict=True) if value < 0.005) == one.epoch


def test_a_line_that_stays_above_theta_is_not_said_to_fall_below_it(watched: dict[str, Watched]) -> None:
    one = watched["all"]
    said = minima.reason(120, one.epoch, one.stops, one.alike + 0.01, one.config)
    assert "below" not in said
    assert said.endswith(f"comes down to {one.alike[one.epoch - one.window.start] + 0.01:.4f} there.")


def test_what_stops_at_once_has_not_come_near_a_minimum(swept: dict[str, Runs]) -> None:
    drawn, _ = minima.pair(swept["wild"], 2019)
    epoch, stops = minima.commonest_stop(drawn)
    assert epoch < EPOCHS_BACK
    said = minima.reason(100, epoch, stops, np.zeros(9), minima.few(WILD, 2019, drawn))
    assert said == f"{stops} of these 100 runs stop in epoch {epoch}. They have not come near any minimum."


STARTS = (Start("random", 2), Start("random", 14), Start("random", 0), Start("same"))
"""Three runs that end in three minima, and that from the same value."""


@pytest.fixture(scope="module")
def unstopped() -> tuple[Config, History]:
    """Their history far beyond the epochs in which θ would stop them."""
    config = Config(STARTS, theta=0.0, max_epochs=360)
    return config, train(config)


@pytest.mark.parametrize("run", range(len(STARTS)))
@pytest.mark.parametrize("epoch", [0, 1, EPOCHS_BACK - 1, EPOCHS_BACK, 60, 149, 359])
def test_from_the_weights_that_a_run_has_some_epochs_before_its_gradient_follows(
    unstopped: tuple[Config, History], run: int, epoch: int
) -> None:
    """Exactly: the same steps are taken from the same weights, but for the rounding of how the engine holds them."""
    config, history = unstopped
    before = history.weights(run, max(epoch + 1 - EPOCHS_BACK, 0))
    followed = gradients_from(before, config, range(epoch, epoch + 1))
    assert followed == pytest.approx([history.gradient[epoch, run]], rel=1e-9, abs=0)


def test_each_epoch_is_followed_as_if_it_were_asked_for_alone(unstopped: tuple[Config, History]) -> None:
    config, history = unstopped
    weights = history.weights(0, 150)
    together = gradients_from(weights, config, range(2, 9))
    assert together.tolist() == [gradients_from(weights, config, range(at, at + 1))[0] for at in range(2, 9)]


@pytest.mark.parametrize("run", range(len(STARTS)))
def test_near_a_minimum_the_order_of_the_samples_alone_gives_the_gradient(
    unstopped: tuple[Config, History], run: int
) -> None:
    config, history = unstopped
    stop = int(np.flatnonzero(history.gradient[:, run] < 0.005)[0])
    following = range(stop + 1, stop + 61)
    followed = gradients_from(history.weights(run, stop + 1), config, following)
    recorded = history.gradient[following.start : following.stop, run]
    assert np.corrcoef(followed, recorded)[0, 1] > 0.99
