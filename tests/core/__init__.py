"""Tests of the core: numbers, without a page."""
