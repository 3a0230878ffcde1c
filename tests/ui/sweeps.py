"""The sweeps that the tests of tables and of files look at."""

from tinynet.config import Config
from tinynet.sweep import Plan

PLAN = Plan(Config(), range(120), range(2019, 2022))
SHORT = Plan(Config(max_epochs=200), range(100), range(2019, 2022))
"""Too short for many runs: that from the same value stops in time under order seed 2020 only."""
UNSTOPPED = Plan(Config(theta=0.0, max_epochs=30), range(100), range(2019, 2020))
"""Nothing stops, and not every run has 80% right in time."""
SLOW = Plan(Config(learning_rate=0.03, max_epochs=1500), range(100), range(2020, 2021))
"""Stops are so far apart that epochs share a place."""
WILD = Plan(Config(learning_rate=100.0), range(100), range(2019, 2020))
"""Runs diverge, and end in more minima than have a name."""
PLANS = {"default": PLAN, "short": SHORT, "unstopped": UNSTOPPED, "slow": SLOW, "wild": WILD}
