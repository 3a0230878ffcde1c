"""The chart of order seeds and those below it: what is drawn how, and what is written where."""

import math
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import pytest

from pages.ui.sweep import charts
from pages.ui.theme import BLUE, RED, ink
from pages.ui.vega import Spec
from tests.reading import marks, marks_of

ROWS = pytest.mark.parametrize("rows", [1, 5, 200])
MANY = pytest.mark.parametrize("rows", [1, 5, 20, 30, 40, 100, 200])
QUANTITY = pytest.mark.parametrize("quantity", charts.HISTOGRAMS)


def strips(rows: int) -> Spec:
    """The chart of so many order seeds."""
    return charts.specifications(rows, False)["strips"]


def only(found: list[dict[str, Any]]) -> dict[str, Any]:
    (one,) = found
    return one


def circles(rows: int) -> dict[str, Any]:
    return only(marks_of(strips(rows), "point", "cells"))


def squares(rows: int) -> dict[str, Any]:
    return only(marks_of(strips(rows), "point", "rows"))


def words(spec: Spec) -> dict[str, dict[str, Any]]:
    """The layers that write a column, by its name."""
    return {one["encoding"]["text"]["field"]: one for one in marks(spec) if "text" in one["encoding"]}


def diameters(rows: int) -> tuple[float, float]:
    """Of the smallest and of the largest circle."""
    smallest, largest = circles(rows)["encoding"]["size"]["scale"]["range"]
    return 2 * math.sqrt(smallest / math.pi), 2 * math.sqrt(largest / math.pi)


@ROWS
def test_a_circle_grows_with_the_share_of_its_runs(rows: int) -> None:
    size = circles(rows)["encoding"]["size"]
    assert (size["field"], size["scale"]["domain"]) == ("share", [0, 1])
    smallest, largest = diameters(rows)
    assert largest > 1.9 * smallest > 6


@pytest.mark.parametrize("rows", [1, 5, 14, 15, 30, 60])
def test_a_circle_of_all_runs_keeps_to_its_row_where_rows_are_high(rows: int) -> None:
    assert 0.9 * charts.row_height(rows) < diameters(rows)[1] < charts.row_height(rows)


def test_random_is_a_full_red_circle_and_same_an_open_blue_square_and_what_never_stops_neither() -> None:
    drawn, same = circles(5), squares(5)
    assert (drawn["mark"]["color"], drawn["mark"]["filled"]) == (RED, True)
    assert (same["mark"]["stroke"], same["mark"]["filled"], same["mark"]["shape"]) == (BLUE, False, "square")
    shape = drawn["encoding"]["shape"]
    assert shape["field"] == "never"
    assert dict(zip(shape["scale"]["domain"], shape["scale"]["range"], strict=True)) == {False: "circle", True: "cross"}
    assert {"filter": "!datum.same_never"} in same["transform"]


def test_the_rows_fit_the_page_or_are_as_low_as_can_be_seen() -> None:
    for rows in range(1, 201):
        height = charts.row_height(rows)
        assert charts.SMALLEST_ROW <= height <= charts.ROW
        assert rows * height <= charts.TALLEST + 1e-9 or height == charts.SMALLEST_ROW


@ROWS
def test_the_chart_is_as_high_as_its_rows_with_the_heads_above_and_the_axis_below(rows: int) -> None:
    spec = strips(rows)
    assert spec["height"] == charts.HEAD + rows * charts.row_height(rows) + charts.FOOT
    domains = [mark["encoding"]["y"]["scale"]["domain"] for mark in marks(spec) if "field" in mark["encoding"]["y"]]
    assert domains == len(domains) * [[rows - 0.5, -0.5]]


def labelled(rows: int, own: int | None = None) -> list[int]:
    """In which rows the order seed is written, if `own` is that of the document."""
    (condition,) = [step["filter"] for step in words(strips(rows))["name"]["transform"] if "filter" in step]
    table = [SimpleNamespace(slot=slot, own=slot == own, own_slot=own or 0) for slot in range(rows)]
    return [datum.slot for datum in table if eval(condition, {"abs": abs, "datum": datum})]


@MANY
def test_the_labels_of_rows_are_far_enough_apart_to_be_read_and_no_farther(rows: int) -> None:
    slots = labelled(rows)
    assert slots[0] == 0
    gaps = [following - slot for slot, following in pairwise(slots)]
    assert all((gap - 1) * charts.row_height(rows) < charts.READABLE for gap in gaps), "more would fit"
    assert all(gap * charts.row_height(rows) >= charts.READABLE for gap in gaps)


@MANY
def test_the_row_of_the_document_has_its_label_and_no_other_stands_on_it(rows: int) -> None:
    for own in range(rows):
        slots = labelled(rows, own)
        assert own in slots
        gaps = [following - slot for slot, following in pairwise(slots)]
        assert all(gap * charts.row_height(rows) >= charts.READABLE for gap in gaps), f"own row {own}"


@ROWS
def test_beside_a_row_stand_its_seed_and_its_three_counts_where_its_label_does(rows: int) -> None:
    written = words(strips(rows))
    assert set(written) == {"name", "earlier", "equal", "later"}
    filters = [[step for step in one["transform"] if "filter" in step] for one in written.values()]
    assert filters == 4 * [filters[0]]
    assert {one["mark"]["color"] for one in written.values()} == {ink(False)}
    assert len({one["encoding"]["x"]["value"]["expr"] for one in written.values()}) == 4


def test_a_click_picks_a_circle_by_its_order_seed_and_its_first_init_seed() -> None:
    click = only(strips(5)["params"])
    assert (click["name"], click["select"]["type"]) == ("cell", "point")
    assert click["select"]["fields"] == ["order_seed", "init_seed"]
    assert click["views"] == [circles(5)["name"]]


def test_what_is_under_the_pointer_names_the_seed_the_epoch_and_the_runs() -> None:
    pointed = [[one["field"] for one in mark["encoding"]["tooltip"]] for mark in (circles(5), squares(5))]
    assert pointed == [["order_seed", "stops", "count", "of", "init_seed"], ["order_seed", "same"]]


@QUANTITY
def test_a_histogram_shows_all_runs_pale_the_picked_ones_full_and_same_as_a_blue_square(quantity: str) -> None:
    spec = charts.specifications(5, False)[quantity]
    whole, part = marks_of(spec, "bar", "bars")
    assert (whole["encoding"]["y"]["field"], part["encoding"]["y"]["field"]) == ("all", "picked")
    assert whole["mark"]["color"] == part["mark"]["color"] == RED
    assert whole["mark"]["opacity"] < 0.5 < part["mark"].get("opacity", 1)
    for bars in (whole, part):
        assert (bars["encoding"]["x"]["field"], bars["encoding"]["x2"]["field"]) == ("low", "high")
        assert bars["encoding"]["y2"] == {"datum": 0}
    line, square = (only(marks_of(spec, kind, "same")) for kind in ("rule", "point"))
    assert line["mark"]["color"] == square["mark"]["color"] == BLUE
    assert square["mark"]["shape"] == "square"
    assert line["mark"]["strokeDash"]


def test_the_gradients_of_runs_are_red_lines_and_what_is_no_run_is_a_dotted_one() -> None:
    spec = charts.specifications(5, False)["together"]
    runs, alike = (only(marks_of(spec, "line", dataset)) for dataset in ("lines", "alike"))
    assert runs["encoding"]["detail"]["field"] == "run"
    assert (runs["mark"]["color"], alike["mark"]["color"]) == (RED, ink(False))
    assert "strokeDash" not in runs["mark"]
    assert alike["mark"]["strokeDash"]
