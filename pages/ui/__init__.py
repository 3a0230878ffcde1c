"""Everything below the page scripts: one folder per page, and the modules that all pages share."""

# Altair uses pandas as soon as any thread has begun to import it, and on a new server several sessions import their
# pages at once. Importing pandas here makes each wait for the first, because every page begins with
# `from pages.ui import …`. A nested package would not help: Python imports its modules without waiting for the package.
import pandas  # noqa: F401
