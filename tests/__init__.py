"""The tests; run them with `python -m pytest` from the top of the repository."""
