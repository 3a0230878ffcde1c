"""The button "Copy link": what it puts on the clipboard opens the same page again."""

from collections.abc import Callable

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
STYLE = """element => {
  const { color, borderTopColor, borderTopLeftRadius, minHeight, fontSize, fontFamily } = getComputedStyle(element)
  return [color, borderTopColor, borderTopLeftRadius, minHeight, fontSize, fontFamily]
}"""


def button(page: Page, name: str = "Copy link") -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def weight(page: Page) -> Locator:
    return page.get_by_role("spinbutton", name="weight h₁ · x₁", exact=True)


def pasted(page: Page) -> str:
    page.evaluate(FIELD)
    page.keyboard.press("Control+V")
    text = page.locator("#pasted").input_value()
    page.evaluate("document.querySelector('#pasted').remove()")
    return text


def test_whether_or_not_the_page_may_use_the_clipboard_the_link_holds_what_was_changed_and_opens_it(
    open_page: Callable[..., Page],
) -> None:
    page = open_page()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate(TWO_SECONDS_PASS)
    for number, obstacle in (("7", "0"), ("8", REFUSING), ("9", NO_CLIPBOARD)):
        weight(page).fill(number)
        weight(page).press("Enter")
        page.wait_for_url(f"**h11={number}**")
        settle(page)
        page.evaluate(obstacle)
        button(page).click()
        expect(button(page, "Copied")).to_be_visible()
        page.evaluate("twoSecondsPass()")
        expect(button(page)).to_be_visible()
        link = pasted(page)
        assert link == page.url
    page.goto(link)
    settle(page)
    expect(weight(page)).to_have_value("9")


def test_it_looks_like_the_buttons_of_streamlit_and_says_so_in_its_place(open_page: Callable[..., Page]) -> None:
    page = open_page(color_scheme="dark")
    assert button(page).evaluate(STYLE) == button(page, "Data as CSV").evaluate(STYLE)
    before = button(page).bounding_box()
    button(page).click()
    expect(button(page, "Copied")).to_be_visible()
    assert button(page, "Copied").bounding_box() == before
