"""Tests of what stands between the core and a page: controls, tables, charts."""
