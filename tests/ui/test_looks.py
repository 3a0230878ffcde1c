"""The comparison of two pages: what it must notice, and what it must let pass."""

import io
import math
from functools import cache

import pytest
from PIL import Image, ImageDraw

from tests.browser.looks import Look, compare, differences

WIDTH, HEIGHT = 700, 320
FINER = 4


@cache
def chart(shift: float = 0.0, end: float = 1.0) -> bytes:
    """A dense line over a pale grid, drawn `shift` pixels further right, up to the share `end` of its epochs."""
    canvas = Image.new("RGB", (WIDTH * FINER, HEIGHT * FINER), "white")
    draw = ImageDraw.Draw(canvas)
    for row in range(40, HEIGHT, 60):
        draw.line([(0, row * FINER), (WIDTH * FINER, row * FINER)], "#ddd", FINER)
    for colour, phase in (("#E0454B", 0.0), ("#3A7DE0", 1.0)):
        heights = [HEIGHT * (0.5 + 0.4 * math.sin(x / 9 + phase)) for x in range(int(WIDTH * end))]
        points = [((x + shift) * FINER, height * FINER) for x, height in enumerate(heights)]
        draw.line(points, colour, 2 * FINER)
    return png(canvas.resize((WIDTH, HEIGHT), Image.Resampling.BOX))


def png(picture: Image.Image) -> bytes:
    file = io.BytesIO()
    picture.save(file, "png")
    return file.getvalue()


def words(edited: Look, fresh: Look) -> list[str]:
    return [difference.words for difference in differences(edited, fresh)]


def test_a_picture_is_the_same_as_itself_and_as_one_that_is_written_otherwise() -> None:
    again = io.BytesIO()
    Image.open(io.BytesIO(chart())).save(again, "png", compress_level=1)
    assert again.getvalue() != chart()
    assert compare(chart(), chart()) == compare(chart(), again.getvalue()) == ""


@pytest.mark.parametrize("shift", [0.25, 0.5])
def test_antialiasing_is_no_difference(shift: float) -> None:
    assert chart(shift) != chart()
    assert compare(chart(shift), chart()) == ""


def test_a_chart_that_has_stopped_following_differs() -> None:
    assert "of the picture differ" in compare(chart(), chart(end=0.7))


def test_colours_of_the_same_brightness_differ() -> None:
    red, blue = (png(Image.new("RGB", (50, 50), colour)) for colour in ((200, 0, 0), (0, 0, 200)))
    assert compare(red, blue) == "100.0% of the picture differ"


def test_what_is_left_at_the_edge_of_a_picture_is_compared_too() -> None:
    plain, edged = Image.new("RGB", (51, 51), "white"), Image.new("RGB", (51, 51), "white")
    ImageDraw.Draw(edged).line([(50, 0), (50, 50)], "black")
    assert compare(png(plain), png(edged)) != ""


def test_pictures_of_two_sizes_and_an_empty_one_differ() -> None:
    small, large = (png(Image.new("RGB", size, "white")) for size in ((40, 40), (80, 40)))
    assert compare(small, large) == "40 × 40 pixels against 80 × 40"
    assert compare(small, b"") == "one of the two is empty"


def test_pages_that_show_the_same_do_not_differ() -> None:
    assert words(Look(("A",), (("error", chart()),)), Look(("A",), (("error", chart(0.25)),))) == []


def test_a_chart_that_differs_is_named_and_both_pictures_are_given() -> None:
    same, frozen = ("error", chart()), chart(end=0.7)
    (found,) = differences(Look((), (same, ("accuracy", frozen))), Look((), (same, ("accuracy", chart()))))
    assert found.words.startswith("chart “accuracy”: ")
    assert found.pictures == (frozen, chart())


def test_of_two_charts_of_one_name_each_is_compared_with_its_own() -> None:
    one, two = chart(), chart(end=0.5)
    assert words(Look((), (("map", one), ("map", two))), Look((), (("map", one), ("map", two)))) == []
    (found,) = words(Look((), (("map", one), ("map", one))), Look((), (("map", one), ("map", two))))
    assert found.startswith("chart “map (2)”: ")


def test_a_table_that_differs_is_seen() -> None:
    before, after = (
        "<table><tr><th>epoch</th><td>221</td></tr></table>",
        "<table><tr><th>epoch</th><td>149</td></tr></table>",
    )
    assert words(Look(("A", before)), Look(("A", after))) == [f"page: {before}\n  link: {after}"]


def test_a_sentence_that_differs_is_seen() -> None:
    assert words(Look(("A", "θ stops both.", "B")), Look(("A", "θ stops none.", "B"))) == [
        "page: θ stops both.\n  link: θ stops none."
    ]


def test_a_sentence_that_one_page_alone_shows_is_seen() -> None:
    assert words(Look(("A", "B")), Look(("A",))) == ["page: B\n  link: (nothing)"]
    assert words(Look(("A",)), Look(("A", "B"))) == ["page: (nothing)\n  link: B"]


def test_of_a_page_that_refuses_its_settings_only_the_fields_are_compared() -> None:
    refused = "η must be finite. The page still shows the last valid settings."
    edited = Look((refused, 'field "η": 7', "Fingerprint A"), (("error", chart()),))
    assert words(edited, Look((refused, 'field "η": 7', "Fingerprint B"), (("error", chart(end=0.5)),))) == []
    assert words(edited, Look((refused, 'field "η": 8', "Fingerprint A"))) == [
        'page: field "η": 7\n  link: field "η": 8'
    ]


def test_the_hatching_of_the_last_change_is_no_difference() -> None:
    name, switch = "Decision regions over x1 and x2", 'field "Last change": {}'
    for state, count in (("on", 0), ("off", 1)):
        lines = (switch.format(state),)
        assert len(words(Look(lines, ((name, chart()),)), Look(lines, ((name, chart(end=0.5)),)))) == count
