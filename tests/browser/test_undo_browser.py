"""Undo and redo of the weights in a real browser, by buttons and keys."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, Page, expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.SessionStatus_pb2 import SessionStatus

from tests.browser.visits import LAPTOP, Answers, Visits, go, settle

CELL = "weight h₁ · x₂"


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def enter(page: Page, text: str) -> None:
    cell = page.get_by_role("spinbutton", name=CELL, exact=True)
    before = page.locator(".effect").inner_text()
    cell.fill(text)
    cell.press("Enter")
    expect(page.locator(".effect")).not_to_have_text(before)  # or the next edit might come in the same run
    expect_weight(page, text)
    page.evaluate("document.activeElement.blur()")


def expect_weight(page: Page, value: str) -> None:
    """In the cell and in the link."""
    expect(page.get_by_role("spinbutton", name=CELL, exact=True)).to_have_value(value)
    page.wait_for_function("value => Number(new URL(location).searchParams.get('h12')) == value", arg=value)
    settle(page)


def test_undo_and_redo_go_through_the_edits_and_everything_follows(page: Page) -> None:
    expect(button(page, "Undo")).to_be_disabled()
    expect(button(page, "Redo")).to_be_disabled()
    enter(page, "2.5")
    counts = page.locator(".counts").inner_text()
    button(page, "Preset b").click()
    expect_weight(page, "1.5")
    slider = page.locator(".st-key-drag input[type=range]")
    page.locator(".st-key-drag select").select_option(label=CELL)
    box = slider.bounding_box()
    assert box is not None
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 0.65 * box["width"], middle)
    page.mouse.down()
    for step in range(20):
        page.mouse.move(box["x"] + (0.65 + step / 100) * box["width"], middle)
    page.mouse.up()
    expect(page.get_by_role("spinbutton", name=CELL, exact=True)).not_to_have_value("1.5")
    settle(page)
    dragged = page.get_by_role("spinbutton", name=CELL, exact=True).input_value()

    button(page, "Undo").click()  # a drag is one edit
    expect_weight(page, "1.5")
    expect(page.locator(".st-key-drag output")).to_have_text("1.5")
    button(page, "Undo").click()
    expect_weight(page, "2.5")
    expect(page.locator(".counts")).to_have_text(counts, use_inner_text=True)
    expect(page.locator(".effect")).to_contain_text("The last edit turned")
    button(page, "Undo").click()
    expect_weight(page, "-0.1")
    expect(page.locator(".counts")).to_contain_text("5,866")
    expect(button(page, "Undo")).to_be_disabled()
    for value in ("2.5", "1.5", dragged):
        button(page, "Redo").click()
        expect_weight(page, value)
    expect(button(page, "Redo")).to_be_disabled()


def test_the_keys_undo_and_redo_and_a_new_edit_drops_what_was_undone_and_the_link_holds_it(page: Page) -> None:
    enter(page, "2.5")
    enter(page, "3")
    for modifier in ("Control", "Meta"):
        for key, value in (("z", "2.5"), ("z", "-0.1"), ("Shift+Z", "2.5"), ("y", "3")):
            page.keyboard.press(f"{modifier}+{key}")
            expect_weight(page, value)
    page.keyboard.press("Control+z")
    expect_weight(page, "2.5")
    expect(button(page, "Redo")).to_be_enabled()
    enter(page, "4")
    expect(button(page, "Redo")).to_be_disabled()
    button(page, "Undo").click()
    expect_weight(page, "2.5")
    # within a field the keys are those of the browser
    seed = page.get_by_label("Seed", exact=True)
    seed.click()
    seed.press_sequentially("7")
    seed.press("Control+z")
    expect(seed).to_have_value("1")
    expect_weight(page, "2.5")
    counts = page.locator(".counts").inner_text()
    go(page, "?" + page.url.partition("?")[2])
    expect(page.locator(".counts")).to_have_text(counts, use_inner_text=True)


def test_keys_and_buttons_that_are_quicker_than_their_answers_all_count(page: Page) -> None:
    for text in ("2.5", "3", "4"):
        enter(page, text)
    for keys, value in ((["Control+z"] * 3, "-0.1"), (["Control+y"] * 2, "3")):
        for key in keys:
            page.keyboard.press(key)
        expect_weight(page, value)
    page.evaluate(CLICKS, ["Preset b", "Present"])
    page.wait_for_function("location.search.includes('present=true')")
    expect_weight(page, "1.5")


def test_clicks_that_wait_are_made_in_their_order(page: Page) -> None:
    names = ["Preset b", "Signs + and −", "Draw", "Lines of h₁ and h₂", "Preset a", "Signs + and −", "Present"]
    page.evaluate(CLICKS, names)
    page.wait_for_function("location.search.includes('present=true')")
    assert page.evaluate("window.clicked") == names
    expect_weight(page, "-0.1")


def test_a_click_waits_for_an_answer_however_late_it_comes(page: Page) -> None:
    answers = Answers(page)
    answers.hold()
    page.evaluate(CLICKS, ["Preset b", "Present"])
    page.evaluate(LATER, 9000)
    page.wait_for_timeout(500)  # time to let the second click go
    assert page.evaluate("window.streamlitGaps.length") == 1
    page.evaluate("delete performance.now")
    answers.release()
    page.wait_for_function("location.search.includes('present=true')")
    expect_weight(page, "1.5")


def test_a_click_waits_for_the_last_run_of_an_answer(open_page: Callable[..., Page], visits: Visits) -> None:
    """The callback of Undo ends its run for one of the whole page, and a busy server begins that one later."""
    open_page()
    page = visits.open_window()
    page.add_init_script(LATE_RUNS)
    page.set_viewport_size(LAPTOP)
    page.goto(visits.url)
    settle(page)
    for text in ("2.5", "3"):
        enter(page, text)
    for _ in range(2):
        page.keyboard.press("Control+z")
    expect_weight(page, "-0.1")
    assert page.evaluate("window.held")


def test_a_click_waits_no_longer_when_no_answer_comes(page: Page) -> None:
    """The server is not told of the first click."""
    page.evaluate(UNANSWERED, "Preset b")
    page.get_by_text("Signs + and −").click()
    page.wait_for_timeout(500)  # its switch makes another click if none has reached it
    assert page.evaluate("window.streamlitGaps.length") == 1
    page.evaluate(LATER, 10100)
    page.wait_for_function("window.streamlitGaps.length === 0 && location.search.includes('signs=false')")


STATUS = ForwardMsg(session_status_changed=SessionStatus()).SerializeToString()[0]
LATE_RUNS = f"""
window.WebSocket = class extends WebSocket {{
    addEventListener(type, listener, ...rest) {{
        if (type !== "message") return super.addEventListener(type, listener, ...rest);
        let ready = Promise.resolve();
        super.addEventListener(type, (event) => {{
            ready = ready.then(() => listener.call(this, event));
            if (new Uint8Array(event.data)[0] !== {STATUS}) return;
            window.held = true;
            ready = ready.then(() => new Promise((done) => setTimeout(done, 300)));
        }}, ...rest);
    }}
}};"""
"""Whoever hears messages hears the next one 300 ms later after each that a run has begun or ended."""

UNANSWERED = """name => {
    const one = [...document.querySelectorAll("button")].find(one => one.innerText.includes(name));
    document.addEventListener("click", event => event.stopImmediatePropagation(), {capture: true, once: true});
    one.click();
}"""

LATER = "later => { const now = performance.now() + later; performance.now = () => now }"

# A click on a label is one on its box too, which is not counted.
CLICKS = """names => {
    const all = [...document.querySelectorAll("button"), ...document.querySelectorAll("label")];
    const wanted = names.map(name => all.find(one => one.innerText.includes(name)));
    window.clicked = [];
    document.addEventListener("click", ({target}) =>
        target.tagName !== "INPUT" && window.clicked.push(names[wanted.findIndex(one => one.contains(target))]));
    for (const one of wanted) one.click();
}"""


def test_a_draw_and_a_file_can_be_undone(page: Page, tmp_path: Path) -> None:
    with page.expect_download() as download:
        button(page, "Settings as JSON").click()
    file = tmp_path / "settings.json"
    download.value.save_as(file)
    button(page, "Draw").click()
    expect(page.get_by_role("spinbutton", name=CELL, exact=True)).not_to_have_value("-0.1")
    settle(page)
    drawn = page.get_by_role("spinbutton", name=CELL, exact=True).input_value()
    page.locator("input[type=file]").set_input_files(file)
    expect_weight(page, "-0.1")
    button(page, "Undo").click()
    expect_weight(page, drawn)
    button(page, "Undo").click()
    expect_weight(page, "-0.1")
