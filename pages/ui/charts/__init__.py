"""Altair charts as pure functions: the same arguments give the same specification."""
