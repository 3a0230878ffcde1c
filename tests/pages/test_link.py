"""What a link asked for and did not get is named, and nothing else is."""

from collections.abc import Iterator
from typing import Any

import pytest
from streamlit.runtime.state import QueryParamsProxy
from streamlit.testing.v1 import AppTest

from pages.ui.link import LONGEST, PRESENT, sentence, shortened
from pages.ui.why_not_zero.controls import SECTION
from tests.load.entrances import PARAMETERS

PLAYGROUND = """
import streamlit as st
from pages.ui import link
from pages.ui.fields import Linked

NAMES = {"random": "random", "xavier": "Xavier"}
SPEEDS = {10: "10 epochs/s", 30: "30 epochs/s"}
KNOWN = [Linked(key) for key in ("eta", "seed", "cell", "lines", "units", "words", "hidden")]
KNOWN += [Linked("init", NAMES), Linked("speed", SPEEDS)]

link.opened("a")
place = st.container()
bound = {"bind": "query-params", "persist_state": "session"}
st.number_input("η", 1e-12, 1e12, 0.1, key="eta", **bound)
st.number_input("Seed", 0.0, 2.0**53 - 1, 7.0, key="seed", **bound)
st.number_input("Cell", value=None, step=0.1, key="cell", **bound)
st.toggle("Lines", True, key="lines", **bound)
st.slider("Units", 2, 16, 4, key="units", **bound)
st.radio("Words", ["one", "two"], key="words", **bound)
st.pills("Init", list(NAMES), selection_mode="multi", default="random", format_func=NAMES.get, key="init", **bound)
st.selectbox("Speed", list(SPEEDS), index=1, format_func=SPEEDS.get, key="speed", **bound)
st.button("Nothing")
if words := link.ignored(KNOWN):
    place.text(words)
"""
OTHER = 'from pages.ui import link\nlink.opened("b")\nlink.ignored([])\n'


@pytest.fixture
def app() -> AppTest:
    return AppTest.from_string(PLAYGROUND)


def said(app: AppTest) -> list[str]:
    assert not app.exception
    return [element.value for element in app.text]


@pytest.mark.parametrize(
    ("name", "value", "named"),
    [
        ("eta", "abc", "eta=abc"),
        ("eta", "-5", "eta=-5"),
        ("eta", "nan", "eta=nan"),
        ("eta", "1,5", "eta=1,5"),
        ("eta", "", "eta="),
        ("eta", ["5", "6"], "eta=5"),
        ("seed", "1e400", "seed=1e400"),
        ("seed", "9" * 10_000, "seed=" + "9" * (LONGEST - 1) + "…"),
        ("cell", "x", "cell=x"),
        ("lines", "0", "lines=0"),
        ("units", "17", "units=17"),
        ("units", "1e400", "units=1e400"),
        ("units", "5.5", "units=5.5"),
        ("words", "three", "words=three"),
        ("words", "**three**", "words=**three**"),
        ("init", "nonsense", "init=nonsense"),
        ("init", "xavier", "init=xavier"),
        ("init", ["Xavier", "nonsense"], "init=nonsense"),
        ("speed", "10", "speed=10"),
        ("nosuch", "1", "nosuch"),
        ("ETA", "0.2", "ETA"),
        ("x" * 10_000, "1", "x" * (LONGEST - 1) + "…"),
        ("<b>x</b>", "1", "<b>x</b>"),
        ("a\nb\u202ec", "1", "a·b·c"),
    ],
    ids=lambda value: str(value)[:30].encode("ascii", "replace").decode(),
)
def test_what_is_ignored_is_named(app: AppTest, name: str, value: Any, named: str) -> None:
    app.query_params[name] = value
    assert said(app.run()) == [f"Ignored in this link: {named}."]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("eta", "0.1"),
        ("eta", "0.10"),
        ("eta", "2e-1"),
        ("seed", "5"),
        ("seed", "5.0"),
        ("cell", ""),
        ("cell", "-1.5"),
        ("lines", "TRUE"),
        ("lines", "FALSE"),
        ("units", "5"),
        ("words", "one"),
        ("words", "two"),
        ("init", "random"),
        ("init", ["Xavier", "random"]),
        ("init", ["random", "random"]),
        ("init", ""),
        ("speed", "10 epochs/s"),
        ("speed", "30 epochs/s"),
        ("hidden", "5"),
        ("embed", "true"),
        ("Embed_Options", "dark_theme"),
        ("present", "1"),
    ],
)
def test_a_good_link_says_nothing(app: AppTest, name: str, value: Any) -> None:
    app.query_params[name] = value
    assert said(app.run()) == []


def test_no_link_says_nothing(app: AppTest) -> None:
    assert said(app.run()) == []


def test_the_sentence_stays_until_a_widget_changes_and_does_not_come_back(app: AppTest) -> None:
    app.query_params |= {"eta": "abc", "nosuch": "1"}
    expected = ["Ignored in this link: eta=abc, nosuch."]
    assert said(app.run()) == said(app.run()) == said(app.button[0].click().run()) == expected
    assert said(app.toggle(key="lines").set_value(False).run()) == []
    assert said(app.toggle(key="lines").set_value(True).run()) == []


def test_the_sentence_is_gone_after_a_visit_to_another_page(tmp_path: Any) -> None:
    for name, text in (("a.py", PLAYGROUND), ("b.py", OTHER)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    main = tmp_path / "main.py"
    main.write_text("import streamlit as st\nst.navigation([st.Page('a.py'), st.Page('b.py')]).run()\n")
    app = AppTest.from_file(main)
    app.query_params["nosuch"] = "1"
    assert said(app.run()) == ["Ignored in this link: nosuch."]
    assert said(app.switch_page("b.py").run()) == []
    assert said(app.switch_page("a.py").run()) == []


@pytest.mark.parametrize(
    ("count", "ending"), [(1, "n0."), (5, "n3, n4."), (6, "n3, n4, and 1 more."), (900, "n3, n4, and 895 more.")]
)
def test_a_few_are_named_and_the_others_counted(count: int, ending: str) -> None:
    assert sentence([f"n{number}" for number in range(count)]).endswith(ending)


@pytest.mark.parametrize(("length", "shown"), [(LONGEST, LONGEST), (LONGEST + 1, LONGEST), (10_000, LONGEST)])
def test_a_long_text_is_cut(length: int, shown: int) -> None:
    assert len(shortened("é" * length)) == shown


# what they write into the address, no widget of Streamlit does
OF_COMPONENTS = {
    "decision_regions": {"dragged"},
    "training": {"epoch", "speed"},
    "why_not_zero": {"start_epoch", "speed"},
    "sweep": set[str](),
    "in_the_plane": {"plane_epoch", "speed"},
}


@pytest.mark.parametrize("page", PARAMETERS)
def test_every_parameter_of_a_page_is_known(page: str) -> None:
    app = AppTest.from_file("../../streamlit_app.py", default_timeout=60)
    if page == "why_not_zero":
        app.query_params |= {"section": SECTION.text("digits"), "digits_init": "constant", "digits_iterations": "1"}
    if page == "training":
        app.query_params["microscope"] = "true"
    if page != "decision_regions":  # the first one
        app.switch_page(f"pages/{page}.py")
    app.run()
    assert not app.exception
    found = set(bound(app))
    if page == "why_not_zero":  # draws one section at a time
        app.segmented_control(key="section").set_value("symmetry").run()
        found |= set(bound(app))
    assert found - {PRESENT} | OF_COMPONENTS[page] == {parameter.key for parameter in PARAMETERS[page]}


def bound(app: AppTest) -> Iterator[str]:
    """The parameters that the widgets of a page are bound to."""
    for element in (*app.main, *app.sidebar):
        if name := getattr(getattr(element, "proto", None), "query_param_key", ""):
            yield name


@pytest.mark.parametrize("page", PARAMETERS)
def test_a_page_reads_the_address_in_one_go(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only `to_dict` holds Streamlit's lock to the end: meanwhile another run of the page may change the parameters."""

    def one_after_the_other(parameters: QueryParamsProxy) -> Iterator[str]:
        raise AssertionError(f"the names of {parameters.to_dict()} are read one after the other")

    monkeypatch.setattr(QueryParamsProxy, "__iter__", one_after_the_other)
    app = AppTest.from_file("../../streamlit_app.py", default_timeout=60)
    app.query_params["present"] = "true"
    if page != "decision_regions":
        app.switch_page(f"pages/{page}.py")
    assert not app.run().exception
