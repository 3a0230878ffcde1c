"""The button "Copy link": what it puts on the clipboard opens the same page again."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.visits import settle

NO_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', { value: undefined, configurable: true })"
REFUSING = "void (navigator.clipboard.writeText = () => Promise.reject(new DOMException('no', 'NotAllowedError')))"
# what is to happen in two seconds happens when it is told to
TWO_SECONDS_PASS = """() => {
  const later = window.setTimeout
  window.setTimeout = (act, milliseconds, ...given) =>
    milliseconds === 2000 ? void (window.twoSecondsPass = act) : later(act, milliseconds, ...given)
}"""
# what was copied is read where it would be put: in a text field
FIELD = """() => {
  const area = document.body.appendChild(document.createElement("textarea"))
  area.id = "pasted"
  area.focus()
}"""


def button(page: Page) -> Locator:
    return page.get_by_role("button", name="Copy link", exact=True)


def pasted(page: Page) -> str:
    page.evaluate(FIELD)
    page.keyboard.press("Control+V")
    text = page.locator("#pasted").input_value()
    page.evaluate("document.querySelector('#pasted').remove()")
    return text


@pytest.fixture
def visit(open_page: Callable[..., Page]) -> Callable[..., Page]:
    """`open_page` in a window that may write and read the clipboard."""

    def opened(*arguments: str, **settings: str) -> Page:
        page = open_page(*arguments, **settings)
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        return page

    return opened


@pytest.mark.parametrize("path", ["why_not_zero", "sweep"])
def test_every_page_has_one(visit: Callable[..., Page], path: str) -> None:
    page = visit(path)
    button(page).click()
    expect(page.get_by_text("Copied", exact=True)).to_be_visible()
    assert pasted(page) == page.url


def test_the_link_holds_what_was_changed_and_opens_it(visit: Callable[..., Page]) -> None:
    page = visit("training")
    field = page.get_by_role("spinbutton", name="Order seed")
    field.fill("7")
    field.press("Enter")
    page.wait_for_url("**order=7**")
    settle(page)
    button(page).click()
    expect(page.get_by_text("Copied", exact=True)).to_be_visible()
    link = pasted(page)
    assert "order=7" in link
    page.goto(link)
    settle(page)
    expect(page.get_by_role("spinbutton", name="Order seed")).to_have_value("7")


def test_it_says_so_for_two_seconds_in_its_place(visit: Callable[..., Page]) -> None:
    page = visit()
    page.evaluate(TWO_SECONDS_PASS)
    before = button(page).bounding_box()
    button(page).click()
    said = page.get_by_role("button", name="Copied", exact=True)
    expect(said).to_be_visible()
    assert said.bounding_box() == before
    page.evaluate("twoSecondsPass()")
    expect(button(page)).to_be_visible()


@pytest.mark.parametrize(("path", "key"), [("", "Space"), ("training?eta=0.2", "Enter")])
def test_the_keyboard_is_enough(visit: Callable[..., Page], path: str, key: str) -> None:
    """Where there is a player, the space bar plays."""
    page = visit(path)
    button(page).focus()
    page.keyboard.press(key)
    expect(page.get_by_text("Copied", exact=True)).to_be_visible()
    assert pasted(page) == page.url


@pytest.mark.parametrize("obstacle", [NO_CLIPBOARD, REFUSING], ids=["no clipboard", "a clipboard that refuses"])
def test_it_works_where_the_page_may_not_use_the_clipboard(visit: Callable[..., Page], obstacle: str) -> None:
    page = visit("training?eta=0.3")
    page.evaluate(obstacle)
    button(page).click()
    expect(page.get_by_text("Copied", exact=True)).to_be_visible()
    assert pasted(page) == page.url


@pytest.mark.parametrize("color_scheme", ["dark"])
def test_it_looks_like_the_buttons_of_streamlit(visit: Callable[..., Page], color_scheme: str) -> None:
    page = visit(color_scheme=color_scheme)
    style = """element => {
      const { color, borderTopColor, borderTopLeftRadius, minHeight, fontSize, fontFamily } = getComputedStyle(element)
      return [color, borderTopColor, borderTopLeftRadius, minHeight, fontSize, fontFamily]
    }"""
    assert button(page).evaluate(style) == page.get_by_role("button", name="Data as CSV").evaluate(style)
