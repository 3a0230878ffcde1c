"""Settings of every test."""

from hypothesis import settings

# The same examples every time, so that a clone that passed passes again; no time limits, machines differ.
settings.register_profile("tinynet", deadline=None, derandomize=True)
settings.load_profile("tinynet")
