"""What the pages share, in the order the data flows: controls, state, frames, charts."""

# Altair asks for pandas wherever somebody has begun to load it, and several sessions load their pages of a new server
# at once. Here each waits for the one that came first, for `from pages.ui import …` is what every page begins with;
# a package further down would not do, whose modules Python loads without waiting for the package.
import pandas  # noqa: F401
