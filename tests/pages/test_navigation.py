"""The pages, and the way from one to the other."""

import ast
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).parents[2]
ENTRY = ROOT / "streamlit_app.py"
SCRIPTS = sorted(str(script.relative_to(ROOT)) for script in (ROOT / "pages").glob("*.py"))


def registered_scripts() -> list[str]:
    """The first argument of every st.Page in the entry point."""
    calls = [node for node in ast.walk(ast.parse(ENTRY.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    pages = [call for call in calls if ast.unparse(call.func) == "st.Page"]
    return [ast.literal_eval(page.args[0]) for page in pages]


def open_app() -> AppTest:
    return AppTest.from_file(str(ENTRY), default_timeout=60).run()


def assert_runs(app: AppTest) -> None:
    assert [exception.message for exception in app.exception] == []
    assert [error.value for error in app.error] == []
    assert len(app.title) == 1


def test_every_script_in_pages_is_in_the_navigation() -> None:
    assert sorted(registered_scripts()) == SCRIPTS


def test_the_app_opens_on_the_decision_regions() -> None:
    app = open_app()
    assert_runs(app)
    assert app.title[0].value == "Decision regions"


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_page_runs_and_runs_again(script: str) -> None:
    app = open_app().switch_page(script).run()
    assert_runs(app)
    assert_runs(app.run())


def test_going_through_all_pages_and_back_raises_nothing() -> None:
    app = open_app()
    for script in [*registered_scripts(), registered_scripts()[0]]:
        assert_runs(app.switch_page(script).run())
