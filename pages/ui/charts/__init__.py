"""Altair charts as pure functions: the same arguments give the same specification."""

# Altair asks for pandas wherever somebody has begun to load it; on a new server several sessions load it at once, and
# a chart must not meet it half loaded.
import pandas  # noqa: F401
