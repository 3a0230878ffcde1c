"""The page of thousands of runs through Streamlit's own test driver."""

from typing import Any

import numpy as np
import pyarrow as pa
import pytest
import streamlit as st
from streamlit.components.v2.component_manager import BidiComponentManager
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest

from pages.ui import jobs
from pages.ui.sweep import state
from pages.ui.sweep.charts import ALT
from pages.ui.sweep.controls import MOST_ORDER_SEEDS, MOST_RUNS, SETTINGS
from tests.reading import Element, read
from tests.runs import swept
from tinynet.config import LARGEST_CONSTANT, Config, Start
from tinynet.sweep import FIXED, NEVER, Plan, Runs
from tinynet.verdicts import CONCLUSIONS, share

FAST = {"inits": "100", "orders": "3", "sweep_eta": "0.5"}
"""A link to a sweep that takes a moment."""


@pytest.fixture(autouse=True)
def server(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that has been visited before, and that shows a page when its sweep is done.

    The driver starts a new server for each run of a page. There a page begins again, and forgets what was clicked. And
    for each session it looks through all packages for components of pages, which takes longer than the page.
    """
    monkeypatch.setattr("streamlit.testing.v1.app_test.PagesManager", type("Visited", (PagesManager,), {}))
    monkeypatch.setattr(PagesManager, "uses_pages_directory", False)
    monkeypatch.setattr(BidiComponentManager, "discover_and_register_components", lambda *_, **__: None)
    monkeypatch.setattr(jobs, "FIRST_SECONDS", 100.0)
    monkeypatch.setattr(jobs, "MOST_AT_ONCE", 1000)  # nobody waits for the viewers of other tests


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that holds no sweep yet, trains one order seed before it shows a page, and no more while it is shown."""
    st.cache_resource.clear()
    monkeypatch.setattr(state, "CHUNK", 1 + int(FAST["inits"]))
    monkeypatch.setattr(jobs, "FIRST_SECONDS", 0.0)
    monkeypatch.setattr(jobs, "BURST_SECONDS", 0.0)


def visit(page: str = "pages/sweep.py", **link: str) -> AppTest:
    """A new session that follows a link to the page."""
    app = AppTest.from_file("../../streamlit_app.py", default_timeout=120)
    app.query_params.update(link)
    return app.switch_page(page).run()


def words(app: AppTest) -> list[str]:
    """What is written on the page."""
    assert not app.exception
    return [element.value for element in (*app.markdown, *app.warning)]


def tables(app: AppTest) -> list[Element]:
    """The verdicts, and the minima."""
    assert not app.exception
    html = [element.proto.body for element in app.get("html")]
    return [next(read(body).iter("table")) for body in html if body.startswith("<table")]


def shares(app: AppTest) -> list[list[str | None]]:
    """What the table of verdicts says of each conclusion, column by column."""
    _, *body = tables(app)[0].iter("tr")
    return [[cell.text for cell in row.findall("td/b")] for row in body]


def columns(app: AppTest) -> list[str]:
    """What the shares are of."""
    return [cell.text or "" for cell in next(tables(app)[0].iter("tr"))][1:]


def minima(app: AppTest) -> dict[str | None, list[str | None]]:
    """The table of minima: the cells of each by its name."""
    return {row[0].text: [cell.text for cell in row[1:]] for row in list(tables(app)[1].iter("tr"))[1:]}


def datasets(app: AppTest, name: str) -> dict[str, dict[str, list[Any]]]:
    """What a chart is drawn from."""
    (proto,) = [chart.proto for chart in app.get("vega_lite_chart") if chart.proto.alt == ALT[name]]
    return {one.name: pa.ipc.open_stream(one.data.data).read_all().to_pydict() for one in proto.datasets}


def order_seeds(app: AppTest) -> list[int]:
    """From the top row of the chart to the last."""
    return datasets(app, "strips")["rows"]["order_seed"]


def charts(app: AppTest) -> int:
    return len(app.get("vega_lite_chart"))


def buttons(app: AppTest) -> set[str]:
    """Those that stop a sweep or let it go on."""
    return {button.label for button in app.button if str(button.key).startswith("sweep_")}


def listed(app: AppTest) -> list[str]:
    """The runs that can be opened."""
    return [button.label for button in app.button if str(button.key).startswith("run_")]


def progress(app: AppTest) -> str:
    (bar,) = app.get("progress")
    return str(bar.proto.text)


def plan(inits: int = 100, orders: range = range(2019, 2022), scale: float = 1.0, **settings: Any) -> Plan:
    """That of FAST, or with other settings."""
    starts = (Start("random", scale=scale), Start("same"))
    return Plan(Config(starts, **{"learning_rate": 0.5, **settings}), range(inits), orders)


def drawn(runs: Runs, order_seed: int) -> Runs:
    """The random runs of an order seed."""
    return runs.take((runs.order_seed == order_seed) & (runs.init_seed != FIXED))


def expected(runs: Runs) -> list[list[str | None]]:
    """The shares in these runs: under the document's order seed, if it is one of several, and under all."""
    own = runs.take(runs.order_seed == 2019)
    parts = [own, runs] if 0 < len(own) < len(runs) else [runs]
    return [[f"{100 * share(part, conclusion).value:.0f}%" for part in parts] for conclusion in CONCLUSIONS]


def test_it_opens_on_the_default_sweep_and_shows_all_its_runs() -> None:
    app = visit()
    assert "1,005 runs." in words(app)
    assert (buttons(app), charts(app), len(app.warning)) == (set(), 6, 0)
    assert columns(app) == ["its order seed 2019", "all 5 order seeds"]
    assert order_seeds(app) == [2019, 2020, 2021, 2022, 2023]
    wanted = plan(200, range(2019, 2024), learning_rate=0.1)
    assert list(app.session_state["sweep"]) == [wanted]
    assert shares(app) == expected(swept(wanted))


@pytest.mark.parametrize(
    ("key", "value", "wanted"),
    [
        ("inits", 130, plan(130)),
        ("orders", 2, plan(orders=range(2019, 2021))),
        ("first_order", 1, plan(orders=range(1, 4))),
        ("sweep_eta", 0.7, plan(learning_rate=0.7)),
        ("sweep_theta", 0.02, plan(theta=0.02)),
        ("sweep_epochs", 20, plan(max_epochs=20)),
        ("sweep_range", 0.5, plan(scale=0.5)),
    ],
)
def test_each_cell_changes_what_is_swept(key: str, value: float, wanted: Plan) -> None:
    app = visit(**FAST)
    before = shares(app)
    app.number_input(key=key).set_value(value).run()
    assert any(said.startswith(f"{wanted.runs} runs.") for said in words(app))
    assert order_seeds(app) == list(wanted.order_seeds)
    assert shares(app) == expected(swept(wanted)) != before


def test_one_order_seed_has_one_column() -> None:
    app = visit(**FAST | {"orders": "1", "first_order": "7"})
    assert columns(app) == ["order seed 7"]
    assert shares(app) == expected(swept(plan(orders=range(7, 8))))


def test_a_fraction_is_refused_in_words_and_the_last_sweep_stays() -> None:
    app = visit(**FAST)
    before = shares(app)
    app.number_input(key="orders").set_value(2.5).run()
    refusal = "order seeds must be a whole number from 1 to 200, received 2.5"
    assert [warning.value for warning in app.warning] == [f"{refusal}. The page still shows the last valid settings."]
    assert "303 runs." in words(app)
    assert shares(app) == before
    app.number_input(key="orders").set_value(3.0).run()
    assert not app.warning


@pytest.mark.usefixtures("slow")
def test_a_sweep_that_is_too_large_is_refused_with_what_fits_and_that_fits() -> None:
    orders = MOST_ORDER_SEEDS
    app = visit(**FAST | {"sweep_epochs": "1"})
    before = order_seeds(app)
    app.number_input(key="inits").set_value(10_000)
    app.number_input(key="orders").set_value(orders).run()
    (refusal,) = [warning.value for warning in app.warning]
    assert refusal.startswith(f"{orders} order seeds with 10,000 init seeds are {orders * 10_001:,} runs, too many")
    assert order_seeds(app) == before
    most = int(refusal.split(f"with {orders} order seeds, ")[1].split(" init seeds fit")[0].replace(",", ""))
    app.number_input(key="inits").set_value(most + 1).run()
    assert app.warning
    app.number_input(key="inits").set_value(most).run()
    assert not app.warning
    assert MOST_RUNS - orders < next(iter(app.session_state["sweep"])).runs <= MOST_RUNS


ENDS = {setting.key: setting.range for setting in SETTINGS}
LOWEST = {key: float(allowed.low) for key, allowed in ENDS.items()}
HIGHEST = {key: float(allowed.high) for key, allowed in ENDS.items()}


@pytest.mark.parametrize(
    "cells",
    [
        LOWEST,
        HIGHEST | {"inits": 100, "sweep_theta": 0.005, "sweep_epochs": 3},
        LOWEST | {"sweep_range": LARGEST_CONSTANT, "sweep_epochs": 9},
        {"inits": 100, "orders": 1, "sweep_eta": HIGHEST["sweep_eta"], "sweep_epochs": HIGHEST["sweep_epochs"]},
    ],
)
def test_the_cells_at_their_extremes_together(cells: dict[str, float]) -> None:
    app = visit(**{key: format(value, ".17g") for key, value in cells.items()})
    assert not app.warning
    done = next(iter(app.session_state["sweep"]))
    config = done.config
    seeds = (len(done.init_seeds), len(done.order_seeds), done.order_seeds[0])
    settings = (config.learning_rate, config.theta, config.max_epochs, config.starts[0].scale)
    values = dict(zip(LOWEST, (*seeds, *settings), strict=True))
    assert {**values, **cells} == values
    assert any(said.startswith(f"{done.runs:,} runs.") for said in words(app))
    sizes = [str(row[0]).split(" ")[0].replace(",", "") for row in minima(app).values()]
    assert sum(map(int, sizes)) == len(done.init_seeds)


def test_a_link_sets_every_cell_and_what_is_looked_at() -> None:
    link = {
        "inits": "110",
        "orders": "4",
        "first_order": "2017",
        "sweep_eta": "0.6",
        "sweep_theta": "0.01",
        "sweep_epochs": "80",
        "sweep_range": "2",
        "sort": "earlier",
        "order_seed": "2018",
        "minimum": "B",
    }
    app = visit(**link)
    values = {cell.key: cell.value for cell in app.number_input}
    assert values == {key: float(value) for key, value in link.items() if key in values}
    assert len(values) == 7
    assert (app.segmented_control(key="sort").value, app.selectbox(key="order_seed").value) == ("earlier", "2018")
    assert app.pills(key="minimum").value == "B"
    wanted = plan(110, range(2017, 2021), 2.0, learning_rate=0.6, theta=0.01, max_epochs=80)
    assert shares(app) == expected(swept(wanted))
    assert sorted(order_seeds(app)) == list(wanted.order_seeds)
    assert app.query_params == link


def test_what_a_malformed_link_asks_for_is_left_as_it_was() -> None:
    wrong = {"first_order": "abc", "sweep_theta": "-1", "sweep_epochs": "inf", "sweep_range": "nan"}
    app = visit(**FAST, **wrong, sort="x", order_seed="7", minimum="Z")
    assert shares(app) == expected(swept(plan()))
    assert order_seeds(app) == [2019, 2020, 2021]
    assert (app.selectbox(key="order_seed").value, app.pills(key="minimum").value) == ("2019", None)
    assert not app.warning


def test_an_order_seed_and_a_minimum_of_it_are_looked_at_more_closely() -> None:
    app = visit(**FAST)
    assert app.selectbox(key="order_seed").value == "2019"
    app.selectbox(key="order_seed").set_value("2021").run()
    runs = drawn(swept(plan()), 2021)
    assert listed(app) == [f"{seed} · {runs.break_epoch[seed]}" for seed in range(12)]
    bits, sizes = np.unique(runs.wrong, return_counts=True)
    by_size = np.argsort(-sizes, kind="stable")
    named = [cells[0] for name, cells in minima(app).items() if name != "others"]
    assert named == [f"{size} of 100" for size in sizes[by_size][:6]]
    assert app.pills(key="minimum").options == list("ABCDEF"[: len(named)])
    (same,) = datasets(app, "break_epoch")["same"]["value"]
    assert same == datasets(app, "strips")["rows"]["same_break_epoch"][2]
    app.pills(key="minimum").set_value("B").run()
    some = runs.take(runs.wrong == bits[by_size[1]])
    assert 0 < len(some) < 100
    firsts = zip(some.init_seed[:12], some.break_epoch[:12], strict=True)
    assert listed(app) == [f"{seed} · {epoch if epoch != NEVER else 'never'}" for seed, epoch in firsts]
    for chart in ("break_epoch", "training_error", "accuracy"):  # not every run has 80% right at some time
        bars = datasets(app, chart)["bars"]
        assert (sum(bars["picked"]), sum(bars["all"])) == (len(some), 100)
    assert any(said.startswith("Runs of group B to open") for said in words(app))
    assert any(f" of these {len(some)} runs stop in epoch " in said for said in words(app))


def test_an_order_seed_that_is_no_longer_swept_gives_way_to_that_of_the_document() -> None:
    app = visit(**FAST, order_seed="2021")
    app.number_input(key="orders").set_value(2).run()
    assert app.selectbox(key="order_seed").value == "2019"
    assert listed(app)[0] == f"0 · {drawn(swept(plan()), 2019).break_epoch[0]}"


def test_a_minimum_that_another_order_seed_does_not_have_is_no_longer_picked() -> None:
    app = visit(**FAST)
    names = {}
    for order_seed in ("2019", "2020", "2021"):
        app.selectbox(key="order_seed").set_value(order_seed).run()
        names[order_seed] = app.pills(key="minimum").options
    few, most = min(names, key=lambda seed: len(names[seed])), max(names, key=lambda seed: len(names[seed]))
    assert len(names[few]) < len(names[most])
    app.selectbox(key="order_seed").set_value(most).run()
    app.pills(key="minimum").set_value(names[most][-1]).run()
    app.selectbox(key="order_seed").set_value(few).run()
    assert app.pills(key="minimum").value is None
    bars = datasets(app, "break_epoch")["bars"]
    assert bars["picked"] == bars["all"]


def chosen(app: AppTest) -> dict[str, Any]:
    """What problem 2 trains."""
    assert [title.value for title in app.title] == ["Training from two starting points"]
    keys = ("init", "seed", "order", "eta", "theta", "epochs", "range")
    return {key: app.session_state[key] for key in keys}


def break_epochs(app: AppTest) -> list[str | None]:
    """Where its runs stop."""
    assert not app.exception
    summary = next(table for table in tables(app) if "break epoch" in [head.text for head in table.iter("th")])
    (row,) = [row for row in summary.iter("tr") if row[0].text == "break epoch"]
    return [cell.text for cell in row[1:]]


@pytest.mark.parametrize(("order_seed", "place"), [(2019, 0), (2020, 3), (2021, 11)])
def test_a_run_opens_in_problem_2_and_stops_there_in_the_same_epoch(order_seed: int, place: int) -> None:
    settings = {"sweep_theta": "0.004", "sweep_range": "0.75", "sweep_epochs": "45"}
    app = visit(**FAST, **settings, order_seed=str(order_seed))
    label = listed(app)[place]
    seed, epoch = label.split(" · ")
    next(button for button in app.button if button.label == label).click().run()
    values = {
        "seed": float(seed),
        "order": float(order_seed),
        "eta": 0.5,
        "theta": 0.004,
        "epochs": 45.0,
        "range": 0.75,
    }
    assert chosen(app) == {"init": ["random", "same"], **values}
    runs = swept(plan(scale=0.75, theta=0.004, max_epochs=45))
    (same,) = runs.break_epoch[(runs.order_seed == order_seed) & (runs.init_seed == FIXED)]
    assert break_epochs(app) == [epoch if epoch != "never" else "–", "–" if same == NEVER else str(same)]
    # some of these runs stop, and some do not
    of_orders = [drawn(runs, seed).break_epoch == NEVER for seed in (2019, 2020, 2021)]
    assert 0 < np.count_nonzero(of_orders) < np.size(of_orders)
    # the address of a run opens it for others
    other = visit("pages/training.py", **app.query_params)
    assert chosen(other) == chosen(app)
    assert break_epochs(other) == break_epochs(app)


def test_a_run_opens_whatever_problem_2_showed_before() -> None:
    app = visit(**FAST)
    app.switch_page("pages/training.py").run()
    app.pills(key="init").set_value(["He"])
    app.session_state["epoch"] = 3
    for key, value in (("eta", 0.2), ("theta", 0.1), ("epochs", 7.0), ("range", 3.0), ("seed", 1.0)):
        app.number_input(key=key).set_value(value)
    app.run()
    app.switch_page("pages/sweep.py").run()
    seed, epoch = listed(app)[1].split(" · ")
    app.button(key=f"run_{seed}").click().run()
    values = {"seed": float(seed), "order": 2019.0, "eta": 0.5, "theta": 0.005, "epochs": 1000.0, "range": 1.0}
    assert chosen(app) == {"init": ["random", "same"], **values}
    assert break_epochs(app)[0] == epoch
    assert app.session_state["epoch"] == max(int(str(end)) for end in break_epochs(app)) + 1


def test_a_click_on_a_circle_opens_the_run_that_it_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """The click itself is made in the tests in a browser."""
    app = visit(**FAST)
    monkeypatch.setattr("pages.ui.vega.pick", lambda *_, **__: {"order_seed": 2020, "init_seed": 8})
    app.run()
    assert (chosen(app)["order"], chosen(app)["seed"]) == (2020.0, 8.0)
    assert break_epochs(app)[0] == str(drawn(swept(plan()), 2020).break_epoch[8])


def test_the_settings_survive_a_page_switch() -> None:
    app = visit(**FAST, order_seed="2020", minimum="B", sort="earlier")
    before = (shares(app), listed(app), order_seeds(app))
    app.switch_page("pages/training.py").run()
    app.switch_page("pages/sweep.py").run()
    assert (shares(app), listed(app), order_seeds(app)) == before
    assert app.selectbox(key="order_seed").value == "2020"


@pytest.mark.usefixtures("slow")
def test_while_it_goes_on_the_runs_that_are_done_are_shown() -> None:
    app = visit(**FAST)
    assert progress(app).startswith("101 of 303 runs, about ")
    assert buttons(app) == {"Stop"}
    assert columns(app) == ["order seed 2019"]
    assert shares(app) == expected(swept(plan(orders=range(2019, 2020))))
    app.selectbox(key="order_seed").set_value("2021").run()
    assert "No run of order seed 2021 is done yet." in words(app)


@pytest.mark.usefixtures("slow")
def test_what_is_not_done_at_first_is_trained_while_the_page_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "BURST_SECONDS", 100.0)
    app = visit(**FAST)
    assert "303 runs." in words(app)
    assert buttons(app) == set()
    assert shares(app) == expected(swept(plan()))


@pytest.mark.usefixtures("slow")
def test_stop_keeps_what_is_done_and_resume_finishes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    app = visit(**FAST)
    app.button(key="sweep_stop").click().run()
    app.number_input(key="sweep_eta").set_value(0.6).run()  # another sweep does not start stopped
    assert progress(app).startswith("101 of 303 runs")
    assert buttons(app) == {"Stop"}
    app.number_input(key="sweep_eta").set_value(0.5).run()
    monkeypatch.setattr(jobs, "FIRST_SECONDS", 100.0)
    monkeypatch.setattr(jobs, "BURST_SECONDS", 100.0)
    for _ in range(2):
        app.run()
        assert "Stopped: 101 of 303 runs are done." in words(app)
        assert buttons(app) == {"Resume"}
        assert shares(app) == expected(swept(plan(orders=range(2019, 2020))))
    app.button(key="sweep_resume").click().run()
    assert "303 runs." in words(app)
    assert buttons(app) == set()
    assert shares(app) == expected(swept(plan()))


def test_theta_0_stops_no_run_and_the_page_says_so() -> None:
    app = visit(**FAST | {"sweep_theta": "0", "sweep_epochs": "30"})
    assert "303 runs. Never stopped by θ: 303." in words(app)
    assert "θ stops none of these runs." in words(app)
    assert charts(app) == 5
    shown = datasets(app, "strips")
    assert shown["rows"]["never"] == [100, 100, 100]
    assert shown["cells"]["never"] == [True, True, True]
    assert shown["limits"]["epoch"][1] > 30
    assert {label.split(" · ")[1] for label in listed(app)} == {"never"}
    assert shares(app) == expected(swept(plan(theta=0.0, max_epochs=30)))
    assert shares(app)[0] == ["0%", "0%"]


def test_a_learning_rate_at_which_runs_diverge_shows_a_page_that_works() -> None:
    app = visit(**FAST | {"sweep_eta": "100"})
    runs = swept(plan(learning_rate=100.0))
    never = np.count_nonzero(runs.break_epoch == NEVER)
    assert 200 < never < 303
    assert f"303 runs. Never stopped by θ: {never}." in words(app)
    assert shares(app) == expected(runs)
    stops = np.count_nonzero(drawn(runs, 2019).break_epoch != NEVER)
    assert f"{stops} of these 100 runs stop in epoch 1. That is too early to say anything of a minimum." in words(app)
    assert minima(app)["others"] == ["1", *5 * [None]]
    app.pills(key="minimum").set_value("F").run()
    assert not app.exception


@pytest.mark.usefixtures("slow")
def test_viewers_of_equal_plans_share_one_sweep_and_others_do_not() -> None:
    one, other = visit(**FAST), visit(**FAST | {"sort": "earlier", "order_seed": "2020"})
    assert one.session_state["sweep"][plan()] is other.session_state["sweep"][plan()]
    assert progress(other).startswith("101 of 303 runs")  # nothing is trained twice
    another = visit(**FAST | {"sweep_theta": "0.004"})
    assert list(another.session_state["sweep"]) == [plan(theta=0.004)]


@pytest.mark.usefixtures("slow")
def test_what_one_viewer_stops_goes_on_for_another_and_all_see_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = visit(**FAST), visit(**FAST)
    one.button(key="sweep_stop").click().run()
    other.run()
    assert (buttons(one), buttons(other)) == ({"Resume"}, {"Stop"})
    monkeypatch.setattr(jobs, "FIRST_SECONDS", 100.0)
    other.run()
    one.run()
    for app in (one, other):
        assert "303 runs." in words(app)
        assert buttons(app) == set()
        assert shares(app) == expected(swept(plan()))


@pytest.mark.usefixtures("slow")
def test_a_viewer_keeps_a_sweep_that_the_cache_has_given_up() -> None:
    app = visit(**FAST)
    kept = app.session_state["sweep"][plan()]
    st.cache_resource.clear()
    app.run()
    assert app.session_state["sweep"][plan()] is kept
