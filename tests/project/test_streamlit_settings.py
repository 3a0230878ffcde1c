"""The settings that the app depends on, as Streamlit reads them."""

from pathlib import Path

import pytest
from streamlit import config

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def read_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let Streamlit read its settings anew, as it does when it starts in this folder."""
    monkeypatch.chdir(ROOT)
    config.get_config_options(force_reparse=True)


def test_no_garbage_collection_holds_the_viewers_up_after_every_run() -> None:
    # a hidden option: a newer Streamlit that dropped it would raise here
    assert config.get_option("runner.postScriptGC") is False
    assert "runner.postScriptGC" in config.get_config_options()


def test_no_usage_statistics_leave_the_machine() -> None:
    assert config.get_option("browser.gatherUsageStats") is False


def test_the_first_start_asks_nothing_in_the_terminal() -> None:
    assert config.get_option("server.showEmailPrompt") is False
