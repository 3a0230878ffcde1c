"""Settings of every test."""

import pytest
from hypothesis import settings
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

# The same examples every time, so that a clone that passed passes again; no time limits, machines differ.
settings.register_profile("tinynet", deadline=None, derandomize=True)
settings.load_profile("tinynet")


class OneBrowser(LoadScopeScheduling):  # type: ignore[misc]  # xdist has no type information
    """Gives a process whole modules, and one process all that needs the browser: a second one would take its time."""

    def _split_scope(self, nodeid: str) -> str:
        return "browser" if nodeid.startswith("tests/browser/") else nodeid.partition("::")[0]


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> OneBrowser:
    """Called by xdist."""
    return OneBrowser(config, log)
