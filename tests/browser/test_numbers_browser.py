"""Numbers as people type and paste them: read as they are meant, or refused in a sentence at their field."""

from collections.abc import Callable, Iterable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.visits import settle
from tinynet.config import LARGEST_SEED
from tinynet.regions import CELLS

CELL = "weight h₁ · x₂"
FIRST = "-0.1"
"""What that cell holds at first."""


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


REFUSED = {
    "1/3": "1/3 is not a number: write 0.333. It is still -0.1.",
    "50%": "50% is not a number: write 0.5. It is still -0.1.",
    "abc": "abc is not a number. It is still -0.1.",
    "-": "- is not a number. It is still -0.1.",
    "1.2.3": "1.2.3 is not a number. It is still -0.1.",
    "1,000": "1,000 can mean two numbers: write 1000 or 1.000. It is still -0.1.",
    "1e400": "1e400 is too large. It is still -0.1.",
    "5000": "weight h₁ · x₂ must be between −1000 and 1000, received 5000. It is still -0.1.",
    "1000.0001": "weight h₁ · x₂ must be between −1000 and 1000, received 1000.0001. It is still -0.1.",
    "1.234,5": "weight h₁ · x₂ must be between −1000 and 1000, received 1234.5. It is still -0.1.",
}


@pytest.mark.parametrize(("how", "read", "refused"), [(enter, READ, REFUSED), (paste, ["0,2", "−0.5"], ["1/3", "abc"])])
def test_a_number_is_read_as_it_is_meant_or_refused_at_its_field(
    page: Page, how: Callable[..., None], read: Iterable[str], refused: Iterable[str]
) -> None:
    address = page.url
    for text in refused:
        how(page, CELL, text)
        expect(note(page)).to_have_text(REFUSED[text])
        expect(field(page)).to_have_value(FIRST)
    above, below = field(page).bounding_box(), note(page).bounding_box()
    assert above is not None
    assert below is not None
    assert 0 < below["y"] - above["y"] < 60
    assert page.url == address
    # a button that sets the field takes the sentence away
    page.get_by_role("button", name="Preset b").click()
    expect(note(page)).to_have_text("")
    expect(field(page)).to_have_value("1.5")
    for text in read:
        how(page, CELL, text)
        expect(field(page)).to_have_value(READ[text])
        page.wait_for_function("value => Number(new URL(location).searchParams.get('h12')) == value", arg=READ[text])
        expect(note(page)).to_have_text("")


def test_while_a_number_is_typed_its_field_is_one_of_text(page: Page) -> None:
    """The keyboard selects it as in a browser, a phone shows its digits, and what is wrong is said at once."""
    one = field(page)
    field(page, "weight h₁ · x₁").focus()
    page.keyboard.press("Tab")
    expect(one).to_have_attribute("inputmode", "decimal")
    assert one.evaluate("one => [one.type, one.selectionStart, one.selectionEnd]") == ["text", 0, len(FIRST)]
    page.keyboard.press("Tab")
    expect(one).to_have_attribute("type", "number")
    retyped(page, "77")
    one.press("Escape")  # takes it back
    expect(one).to_have_value(FIRST)
    one.press("Tab")
    settle(page)
    assert "h12" not in page.url
    retyped(page, "1/3")
    expect(note(page)).to_have_text("1/3 is not a number: write 0.333.")
    expect(note(page)).to_have_attribute("aria-live", "polite")
    expect(one).to_have_attribute("aria-describedby", "note-at-field")
    retyped(page, "0,5")
    expect(note(page)).to_have_text("")
    one.press("ArrowUp")  # steps from what is typed
    expect(one).to_have_value("0.6")
    retyped(page, "0,333")
    one.press("Enter")
    expect(one).to_have_value("0.333")


def retyped(page: Page, text: str, label: str = CELL) -> None:
    """Begin to type something else."""
    field(page, label).click()
    field(page, label).press("Control+A")
    field(page, label).press_sequentially(text)


def test_an_emptied_cell_keeps_its_weight_and_the_link(page: Page) -> None:
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
    enter(page, CELL, "0,8")
    page.wait_for_function("location.search.includes('h12=0.8')")


def test_what_is_refused_changes_no_digit_of_the_link(open_page: Callable[..., Page]) -> None:
    """The field shows six digits of the learning rate, and holds all."""
    page = open_page("training?eta=0.12345678&seed=5")
    address = page.url
    enter(page, "Learning rate η", "abc")
    expect(note(page)).to_have_text("abc is not a number. It is still 0.123457.")
    retyped(page, "9", "Learning rate η")
    field(page, "Learning rate η").press("Escape")
    enter(page, "Init seed", "0,2")
    expect(note(page)).to_have_text("Init seed must be a whole number, received 0.2. It is still 5.")
    enter(page, "Init seed", str(LARGEST_SEED + 1))
    expect(note(page)).to_contain_text(f"between 0 and {LARGEST_SEED}, received {LARGEST_SEED + 1}. It is still 5.")
    expect(page.get_by_text("The page still shows the last valid settings")).to_have_count(0)
    assert page.url == address


@pytest.mark.parametrize(
    ("path", "label", "parameter"),
    [("", CELL, "h12"), ("training", "Learning rate η", "eta")],
    ids=["page 1", "page 2"],
)
def test_a_click_in_the_moment_in_which_a_number_is_left_does_not_overtake_it(
    open_page: Callable[..., Page], path: str, label: str, parameter: str
) -> None:
    page = open_page(path)
    retyped(page, "0.3", label)
    tap(page, page.get_by_role("link", name="3 · Why not zero").first)
    expect(page.get_by_role("heading", level=1)).to_have_text("Why not zero")
    settle(page)
    assert parameter not in page.url
    page.go_back()
    settle(page)
    expect(field(page, label)).to_have_value("0.3")
    assert f"{parameter}=0.3" in page.url


def test_a_button_that_is_pressed_while_a_number_is_typed_comes_after_it(page: Page) -> None:
    retyped(page, "0.77")
    tap(page, page.get_by_role("button", name="Preset b"))
    page.wait_for_function("location.search.includes('h12=1.5')")
    expect(field(page)).to_have_value("1.5")


BUSY = """() => {
    const work = () => { for (const end = performance.now() + 500; performance.now() < end; ); };
    addEventListener("focusout", () => setTimeout(work), { capture: true, once: true });
}"""


def tap(page: Page, what: Locator) -> None:
    """Press and release while the browser is busy: it then hears of the click before it has sent the number."""
    box = what.bounding_box()
    assert box is not None
    page.evaluate(BUSY)
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.wait_for_timeout(150)
    page.mouse.up()


def test_each_of_the_nine_cells_takes_a_comma(page: Page) -> None:
    cells = page.locator("[class*=st-key-matrix_] input")
    assert cells.count() == len(CELLS)
    for number, name in enumerate(CELLS):
        cells.nth(number).click()
        cells.nth(number).press("Control+A")
        cells.nth(number).press_sequentially(f"0,{number + 1}")
        cells.nth(number).press("Enter")
        page.wait_for_function("given => location.search.includes(given)", arg=f"{name}=0.{number + 1}")
