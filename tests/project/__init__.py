"""Tests of the project itself: its style, its README, what it installs."""
