"""Widgets of each page; each function draws its widgets and returns a frozen config."""
