"""Numbers as people type and paste them: read as they are meant, or refused in a sentence at their field."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.visits import settle
from tinynet.regions import CELLS

CELL = "weight h₁ · x₂"
FIRST = "-0.1"
"""What that cell holds at first."""
PAGES = ("", "training", "why_not_zero", "sweep", "in_the_plane")


def field(page: Page, label: str = CELL) -> Locator:
    return page.get_by_role("spinbutton", name=label, exact=True)


def note(page: Page) -> Locator:
    return page.locator("#note-at-field")


def enter(page: Page, label: str, text: str, key: str = "Tab") -> None:
    """Type it over what is there, and leave the field, or press Enter."""
    one = field(page, label)
    one.click()
    one.press("Control+A")
    one.press("Delete")
    one.press_sequentially(text)
    one.press(key)
    settle(page)


def paste(page: Page, label: str, text: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    one = field(page, label)
    one.focus()
    one.press("Control+A")
    one.press("Control+V")
    one.press("Enter")
    settle(page)


READ = {
    "0,2": "0.2",
    "1,5": "1.5",
    "0,125": "0.125",
    "2,5e-1": "0.25",
    ".5": "0.5",
    "+3": "3",
    "1e2": "100",
    "−0.5": "-0.5",
    " 7 ": "7",
    "1 000": "1000",
    "1\u202f000": "1000",
}


@pytest.mark.parametrize("how", [enter, paste])
def test_a_number_is_read_as_it_is_meant(page: Page, how: Callable[..., None]) -> None:
    for text, value in READ.items():
        how(page, CELL, text)
        expect(field(page)).to_have_value(value)
        page.wait_for_function("value => Number(new URL(location).searchParams.get('h12')) == value", arg=value)
        expect(note(page)).to_have_text("")


REFUSED = {
    "1/3": "1/3 is not a number: write 0.333. It is still -0.1.",
    "50%": "50% is not a number: write 0.5. It is still -0.1.",
    "abc": "abc is not a number. It is still -0.1.",
    "-": "- is not a number. It is still -0.1.",
    "1.2.3": "1.2.3 is not a number. It is still -0.1.",
    "1,000": "1,000 can mean two numbers: write 1000 or 1.000. It is still -0.1.",
    "1e400": "1e400 is too large. It is still -0.1.",
    "5000": "weight h₁ · x₂ must be between −1000 and 1000, received 5000. It is still -0.1.",
    "1.234,5": "weight h₁ · x₂ must be between −1000 and 1000, received 1234.5. It is still -0.1.",
}


@pytest.mark.parametrize("how", [enter, paste])
def test_what_is_no_number_or_out_of_range_is_refused_at_its_field(page: Page, how: Callable[..., None]) -> None:
    address = page.url
    for text, sentence in REFUSED.items():
        how(page, CELL, text)
        expect(note(page)).to_have_text(sentence)
        expect(field(page)).to_have_value(FIRST)
        above, below = field(page).bounding_box(), note(page).bounding_box()
        assert above is not None
        assert below is not None
        assert 0 < below["y"] - above["y"] < 60
    assert page.url == address


def test_the_sentence_is_there_while_it_is_typed_and_goes_with_a_valid_number(page: Page) -> None:
    one = field(page)
    one.click()
    one.press("Control+A")
    one.press_sequentially("1/3")
    expect(note(page)).to_have_text("1/3 is not a number: write 0.333.")
    expect(note(page)).to_have_attribute("aria-live", "polite")
    expect(one).to_have_attribute("aria-describedby", "note-at-field")
    one.press("Control+A")
    one.press_sequentially("0,333")
    expect(note(page)).to_have_text("")
    one.press("Enter")
    expect(one).to_have_value("0.333")


def test_an_emptied_cell_keeps_its_weight_and_the_link(page: Page, open_page: Callable[..., Page]) -> None:
    enter(page, CELL, "0.7")
    page.wait_for_function("location.search.includes('h12=0.7')")
    address = page.url
    one = field(page)
    one.click()
    one.press("Control+A")
    one.press("Delete")
    expect(one).to_have_value("")
    assert page.url == address
    one.press("Enter")
    expect(note(page)).to_have_text("weight h₁ · x₂ was left empty, and is still 0.7.")
    expect(one).to_have_value("0.7")
    one.press("Escape")
    settle(page)
    assert page.url == address
    assert field(open_page(page.url.partition("/?")[2].join(["?", ""]))).input_value() == "0.7"
    enter(page, CELL, "0,8")
    page.wait_for_function("location.search.includes('h12=0.8')")


def test_escape_takes_back_what_is_typed(page: Page) -> None:
    one = field(page)
    one.click()
    one.press("Control+A")
    one.press_sequentially("77")
    one.press("Escape")
    expect(one).to_have_value(FIRST)
    one.press("Tab")
    settle(page)
    assert "h12" not in page.url


def test_the_arrow_keys_step_from_what_is_typed(page: Page) -> None:
    one = field(page)
    one.click()
    one.press("Control+A")
    one.press_sequentially("0,5")
    one.press("ArrowUp")
    expect(one).to_have_value("0.6")


def test_each_of_the_nine_cells_takes_a_comma(page: Page) -> None:
    cells = page.locator("[class*=st-key-matrix_] input")
    assert cells.count() == len(CELLS)
    for number, name in enumerate(CELLS):
        cells.nth(number).click()
        cells.nth(number).press("Control+A")
        cells.nth(number).press_sequentially(f"0,{number + 1}")
        cells.nth(number).press("Enter")
        page.wait_for_function("given => location.search.includes(given)", arg=f"{name}=0.{number + 1}")


@pytest.mark.parametrize("path", PAGES)
def test_every_field_of_every_page_refuses_a_fraction_and_an_excess(open_page: Callable[..., Page], path: str) -> None:
    page = open_page(path)
    fields = page.get_by_test_id("stNumberInputField").filter(visible=True)
    assert fields.count() > 2
    for one in [one for one in fields.all() if one.is_enabled()]:
        before = one.input_value()
        for text, sentence in (
            ("1/3", "is not a number: write 0.333"),
            ("9e99", "must be between .* received 9e\\+99"),
        ):
            one.click()
            one.press("Control+A")
            one.press_sequentially(text)
            one.press("Enter")
            expect(note(page)).to_have_text(re.compile(sentence))
            expect(one).to_have_value(before)
    assert "?" not in page.url


def test_a_field_is_text_only_while_somebody_types(page: Page) -> None:
    """The keyboard selects it as in a browser, and a phone shows its digits."""
    one = field(page)
    field(page, "weight h₁ · x₁").focus()
    page.keyboard.press("Tab")
    expect(one).to_have_attribute("inputmode", "decimal")
    assert one.evaluate("one => [one.type, one.selectionStart, one.selectionEnd]") == ["text", 0, len(FIRST)]
    page.keyboard.press("Tab")
    expect(one).to_have_attribute("type", "number")


def test_a_button_that_sets_the_field_takes_the_sentence_away(page: Page) -> None:
    enter(page, CELL, "abc", "Enter")
    expect(note(page)).not_to_have_text("")
    page.get_by_role("button", name="Preset b").click()
    expect(note(page)).to_have_text("")
    expect(field(page)).to_have_value("1.5")
