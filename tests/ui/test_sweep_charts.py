"""The charts of the page of runs as values."""

import math
import re
from functools import cache
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import pytest

from pages.ui.sweep import charts
from pages.ui.sweep import minima_charts as minima
from pages.ui.theme import BLUE, RED, ink
from pages.ui.vega import Spec, specification

ROWS = (1, 5, 200)
MANY = (1, 5, 20, 30, 40, 100, 200)
BOTH = [(rows, dark) for rows in ROWS for dark in (False, True)]


def marks(spec: Any) -> list[dict[str, Any]]:
    """The innermost layers of a specification."""
    return [mark for layer in spec["layer"] for mark in marks(layer)] if "layer" in spec else [spec]


@cache
def strips(rows: int, dark: bool) -> Spec:
    """The chart of so many order seeds."""
    return specification(charts.strip_chart(rows, dark))


@cache
def specifications(dark: bool) -> dict[str, Spec]:
    """All charts of five order seeds."""
    return charts.specifications(5, dark)


def over(spec: Spec, dataset: str, mark: str) -> list[dict[str, Any]]:
    """The layers that draw a dataset with a mark."""
    return [one for one in marks(spec) if one["data"] == {"name": dataset} and one["mark"]["type"] == mark]


def circles(rows: int, dark: bool) -> dict[str, Any]:
    (one,) = over(strips(rows, dark), "cells", "point")
    return one


def squares(rows: int, dark: bool) -> dict[str, Any]:
    (one,) = over(strips(rows, dark), "rows", "point")
    return one


def words(spec: Spec) -> dict[str, dict[str, Any]]:
    """The layers that write a column, by its name."""
    written = {one["encoding"]["text"]["field"]: one for one in marks(spec) if "text" in one["encoding"]}
    assert written
    return written


def diameter(size: float) -> float:
    """Of a circle whose area is `size`."""
    return 2 * math.sqrt(size / math.pi)


def test_there_is_a_chart_of_order_seeds_one_of_each_quantity_and_one_of_gradients() -> None:
    names = {"strips", "break_epoch", "reached", "training_error", "accuracy", "together"}
    assert set(specifications(dark=False)) == names


@pytest.mark.parametrize("dark", [False, True])
def test_a_specification_depends_on_the_number_of_rows_and_the_theme_only(dark: bool) -> None:
    specs = charts.specifications(5, dark)
    assert specs == specifications(dark)
    assert specs["strips"] == strips(5, dark)
    assert all(spec != specifications(not dark)[name] for name, spec in specs.items())
    assert strips(5, dark) != strips(200, dark)


@pytest.mark.parametrize(("rows", "dark"), BOTH)
def test_a_circle_grows_with_the_share_of_its_runs(rows: int, dark: bool) -> None:
    size = circles(rows, dark)["encoding"]["size"]
    assert size["field"] == "share"
    assert size["scale"]["domain"] == [0, 1]
    smallest, largest = size["scale"]["range"]
    assert diameter(largest) > 1.9 * diameter(smallest) > 6


@pytest.mark.parametrize("rows", [1, 5, 14, 15, 30, 60])
def test_a_circle_of_all_runs_keeps_to_its_row_where_rows_are_high(rows: int) -> None:
    largest = circles(rows, False)["encoding"]["size"]["scale"]["range"][1]
    assert 0.9 * charts.row_height(rows) < diameter(largest) < charts.row_height(rows)


@pytest.mark.parametrize(("rows", "dark"), BOTH)
def test_random_is_a_full_red_circle_and_same_an_open_blue_square(rows: int, dark: bool) -> None:
    drawn, same = circles(rows, dark)["mark"], squares(rows, dark)["mark"]
    assert (drawn["color"], drawn["filled"]) == (RED, True)
    assert (same["stroke"], same["filled"], same["shape"]) == (BLUE, False, "square")


def test_a_run_that_never_stops_is_no_circle_and_no_square() -> None:
    shape = circles(5, False)["encoding"]["shape"]
    assert shape["field"] == "never"
    assert dict(zip(shape["scale"]["domain"], shape["scale"]["range"], strict=True)) == {False: "circle", True: "cross"}
    assert {"filter": "!datum.same_never"} in squares(5, False)["transform"]


@pytest.mark.parametrize("rows", range(1, 201))
def test_the_rows_fit_the_page_or_are_as_low_as_can_be_seen(rows: int) -> None:
    height = charts.row_height(rows)
    assert charts.SMALLEST_ROW <= height <= charts.ROW
    assert rows * height <= charts.TALLEST + 1e-9 or height == charts.SMALLEST_ROW


@pytest.mark.parametrize(("rows", "dark"), BOTH)
def test_the_chart_is_as_high_as_its_rows_with_the_heads_above_and_the_axis_below(rows: int, dark: bool) -> None:
    spec = strips(rows, dark)
    assert spec["height"] == charts.HEAD + rows * charts.row_height(rows) + charts.FOOT
    domains = [mark["encoding"]["y"]["scale"]["domain"] for mark in marks(spec) if "field" in mark["encoding"]["y"]]
    assert domains == len(domains) * [[rows - 0.5, -0.5]]


def labelled(rows: int, own: int | None = None) -> list[int]:
    """In which rows the order seed is written, if `own` is that of the document."""
    (condition,) = [step["filter"] for step in words(strips(rows, False))["name"]["transform"] if "filter" in step]
    table = [SimpleNamespace(slot=slot, own=slot == own, own_slot=own or 0) for slot in range(rows)]
    return [datum.slot for datum in table if eval(condition, {"abs": abs, "datum": datum})]


@pytest.mark.parametrize("rows", MANY)
def test_the_labels_of_rows_are_far_enough_apart_to_be_read(rows: int) -> None:
    slots = labelled(rows)
    assert slots[0] == 0
    gaps = [following - slot for slot, following in pairwise(slots)]
    assert all(gap * charts.row_height(rows) >= charts.READABLE for gap in gaps)
    assert all((gap - 1) * charts.row_height(rows) < charts.READABLE for gap in gaps), "more would fit"


@pytest.mark.parametrize("rows", MANY)
def test_the_document_s_row_has_its_label_and_no_other_stands_on_it(rows: int) -> None:
    for own in range(rows):
        slots = labelled(rows, own)
        assert own in slots
        gaps = [following - slot for slot, following in pairwise(slots)]
        assert all(gap * charts.row_height(rows) >= charts.READABLE for gap in gaps), f"own row {own}"


@pytest.mark.parametrize(("rows", "dark"), BOTH)
def test_beside_a_row_stand_its_seed_and_its_three_counts_where_its_label_does(rows: int, dark: bool) -> None:
    written = words(strips(rows, dark))
    assert set(written) == {"name", "earlier", "equal", "later"}
    filters = [[step for step in one["transform"] if "filter" in step] for one in written.values()]
    assert filters == 4 * [filters[0]]
    assert {one["mark"]["color"] for one in written.values()} == {ink(dark)}
    places = [one["encoding"]["x"]["value"]["expr"] for one in written.values()]
    assert len(set(places)) == 4


@pytest.mark.parametrize(("rows", "dark"), BOTH)
def test_a_click_picks_a_circle_by_its_order_seed_and_its_first_init_seed(rows: int, dark: bool) -> None:
    (click,) = strips(rows, dark)["params"]
    assert click["name"] == "cell"
    assert click["select"]["type"] == "point"
    assert click["select"]["fields"] == ["order_seed", "init_seed"]
    assert click["views"] == [circles(rows, dark)["name"]]
    assert circles(rows, dark)["mark"]["cursor"] == "pointer"


def test_what_is_under_the_pointer_names_the_seed_the_epoch_and_the_runs() -> None:
    def pointed(mark: dict[str, Any]) -> list[str]:
        return [one["field"] for one in mark["encoding"]["tooltip"]]

    assert pointed(circles(5, False)) == ["order_seed", "stops", "count", "of", "init_seed"]
    assert pointed(squares(5, False)) == ["order_seed", "same"]


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("quantity", minima.HISTOGRAMS)
def test_a_histogram_shows_all_runs_pale_and_the_picked_ones_full(quantity: str, dark: bool) -> None:
    spec = specifications(dark)[quantity]
    whole, part = over(spec, "bars", "bar")
    assert (whole["encoding"]["y"]["field"], part["encoding"]["y"]["field"]) == ("all", "picked")
    assert whole["mark"]["color"] == part["mark"]["color"] == RED
    assert whole["mark"]["opacity"] < 0.5 < part["mark"].get("opacity", 1)
    for bars in (whole, part):
        assert (bars["encoding"]["x"]["field"], bars["encoding"]["x2"]["field"]) == ("low", "high")
        assert bars["encoding"]["y2"] == {"datum": 0}


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("quantity", minima.HISTOGRAMS)
def test_in_a_histogram_same_is_a_blue_square_on_a_dashed_line(quantity: str, dark: bool) -> None:
    spec = specifications(dark)[quantity]
    (line,), (square,) = over(spec, "same", "rule"), over(spec, "same", "point")
    assert line["mark"]["color"] == square["mark"]["color"] == BLUE
    assert square["mark"]["shape"] == "square"
    assert line["mark"]["strokeDash"]


@pytest.mark.parametrize("dark", [False, True])
def test_the_gradients_of_runs_are_red_lines_and_what_is_no_run_is_a_dotted_one(dark: bool) -> None:
    spec = specifications(dark)["together"]
    (runs,), (alike,) = over(spec, "lines", "line"), over(spec, "alike", "line")
    assert runs["encoding"]["detail"]["field"] == "run"
    assert (runs["mark"]["color"], alike["mark"]["color"]) == (RED, ink(dark))
    assert "strokeDash" not in runs["mark"]
    assert alike["mark"]["strokeDash"]


@pytest.mark.parametrize(("rows", "dark"), BOTH)
def test_words_are_large_enough_to_be_read(rows: int, dark: bool) -> None:
    for name, spec in (specifications(dark) | {"strips": strips(rows, dark)}).items():
        for mark in (one["mark"] for one in marks(spec) if one["mark"]["type"] == "text"):
            size = mark["fontSize"]
            sizes = re.findall(r"\d+", size["expr"].split("?")[1]) if isinstance(size, dict) else [size]
            assert min(map(int, sizes)) >= 11, name
