"""The page of problem 1 through Streamlit's own test driver."""

import pytest
from streamlit.testing.v1 import AppTest

from pages.ui.theme import COLOURINGS
from tinynet.regions import CELLS, PRESETS, cells, draw


@pytest.fixture
def app() -> AppTest:
    return AppTest.from_file("../../streamlit_app.py", default_timeout=30).run()


def shown(app: AppTest) -> str:
    """The words beside the picture."""
    assert not app.exception
    return " ".join(element.proto.body for element in app.get("html"))


def weights(app: AppTest) -> dict[str, float | None]:
    return {name: app.number_input(key=name).value for name in CELLS}


def test_it_opens_on_preset_a(app: AppTest) -> None:
    assert weights(app) == cells(PRESETS["a"])
    assert "5,866" in shown(app)
    assert "4,134" in shown(app)
    assert len(app.get("vega_lite_chart")) == 5


@pytest.mark.parametrize(("preset", "positive"), [("a", "5,866"), ("b", "6,615")])
def test_a_preset_fills_every_cell(app: AppTest, preset: str, positive: str) -> None:
    app.number_input(key="o2").set_value(9.0).run().run()  # an edit alone draws only what follows from it
    app.button(key=f"preset_{preset}").click().run()
    assert positive in shown(app)
    assert weights(app.run()) == cells(PRESETS[preset])


def test_an_edit_and_a_button_in_one_go_lose_nothing(app: AppTest) -> None:
    """The seed is typed and Draw pressed before the page has run again: the draw takes the seed that was typed."""
    app.number_input(key="draw_seed").set_value(42.0)
    app.button(key="draw").click().run()
    assert weights(app) == cells(draw(42))


def test_a_draw_twice_is_a_draw_once(app: AppTest) -> None:
    app.button(key="draw").click().run()
    first = weights(app)
    app.button(key="draw").click().run()
    assert weights(app) == first == cells(draw(1))


@pytest.mark.parametrize("value", [-1000.0, 0.0, 1000.0])
def test_the_weights_at_their_extremes(app: AppTest, value: float) -> None:
    for name in CELLS:
        app.number_input(key=name).set_value(value)
    app.run()
    assert "the picture shows the last complete weights" not in shown(app)
    assert value or "10,000" in shown(app)  # no network at all is a picture too


@pytest.mark.parametrize("value", [None, 1e9, -1000.5])
def test_a_bad_cell_is_named_and_the_last_good_picture_stays(app: AppTest, value: float | None) -> None:
    """The browser sends none of them; what comes out of range is taken for nothing."""
    app.button(key="preset_b").click().run()
    app.number_input(key="h12").set_value(value).run()
    assert "weight h₁ · x₂ is empty: the picture shows the last complete weights" in shown(app)
    assert "6,615" in shown(app)
    app.run().number_input(key="h12").set_value(1.5).run()
    assert "last complete weights" not in shown(app)


def test_two_bad_cells_are_both_named(app: AppTest) -> None:
    app.number_input(key="h10").set_value(None)
    app.number_input(key="o1").set_value(None).run()
    assert "weight h₁ · bias is empty; weight o · h₁ is empty" in shown(app)


@pytest.mark.parametrize("label", list(COLOURINGS))
def test_every_colouring(app: AppTest, label: str) -> None:
    app.radio(key="colouring").set_value(label).run()
    assert COLOURINGS[label].positive in shown(app)
    assert 'role="status"' in shown(app)


@pytest.mark.parametrize("key", ["lines", "boundary", "signs"])
def test_every_overlay_can_be_taken_off(app: AppTest, key: str) -> None:
    app.toggle(key=key).set_value(False).run()
    assert "5,866" in shown(app)


@pytest.mark.parametrize("seed", [0.0, 2.0**31 - 1])
def test_the_seed_at_its_extremes(app: AppTest, seed: float) -> None:
    app.number_input(key="draw_seed").set_value(seed).run()
    app.button(key="draw").click().run()
    assert weights(app) == cells(draw(int(seed)))


def test_a_link_opens_the_same_weights() -> None:
    app = AppTest.from_file("../../streamlit_app.py", default_timeout=30)
    app.query_params["h11"] = "2.5"
    app.query_params["colouring"] = "Black and white"
    app.run()
    assert weights(app) == {**cells(PRESETS["a"]), "h11": 2.5}
    assert app.radio(key="colouring").value == "Black and white"


@pytest.mark.parametrize("value", ["abc", "nan", "inf", "-inf", "1e400", "", "1,5"])
def test_a_malformed_link_opens_a_page_that_works(value: str) -> None:
    app = AppTest.from_file("../../streamlit_app.py", default_timeout=30)
    for name in ("h11", "draw_seed", "colouring", "signs"):
        app.query_params[name] = value
    app.run()
    assert weights(app) == cells(PRESETS["a"])
    assert "5,866" in shown(app)


def test_a_link_with_a_huge_weight_says_so() -> None:
    app = AppTest.from_file("../../streamlit_app.py", default_timeout=30)
    app.query_params["h11"] = "5000"
    app.run()
    assert "Ignored in this link: h11=5000." in [text.value for text in app.text]
    assert weights(app) == cells(PRESETS["a"])


def test_the_weights_survive_a_page_switch(app: AppTest) -> None:
    app.button(key="preset_b").click().run()
    app.switch_page("pages/training.py").run()
    app.switch_page("pages/decision_regions.py").run()
    assert weights(app) == cells(PRESETS["b"])
