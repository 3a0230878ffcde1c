"""What there is to click, drag and type into on a page, and a hand that does it. Nothing is listed by page."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from random import Random
from typing import Any, cast

from playwright.sync_api import ElementHandle, Error, Page

from tests.browser.looks import script

LEFT_ALONE = {
    "[data-testid=stNumberInputContainer] button": "belongs to its cell",
    "[data-testid=stSelectbox] button": "belongs to its list",
    "button[aria-label^=Help]": "explains",
    "[data-testid=stElementToolbar]": "saves, copies or enlarges a chart",
    "[data-testid=stDownloadButton]": "downloads",
    "[data-testid=stFileUploader]": "uploads",
    "[data-testid=stSkipToContent]": "scrolls",
    "[data-testid=stTopNavLink], [data-testid=stPageLink]": "leaves the page",
    "[data-testid=stHeader], [data-testid=stSidebarHeader], [data-testid=stExpandSidebarButton]": "is Streamlit's own",
    ".st-key-presenter": "presents",
}
"""What is no control of what a page shows, and why."""
LEFT_ALONE_BY_NAME = {"Copy link": "copies", "Save as SVG": "downloads"}
FOR_ALL_PAGES = "Charts as SVG"
"""The name of a switch whose state no link holds, but every page that is opened next."""
NOT_IN_THE_LINK = {
    FOR_ALL_PAGES: "how charts are drawn, for who wants to save one",
    "Chart to save": "which chart is saved",
    "Work out": "a question of the quiz",
    "Your number": "an answer to the quiz",
}
"""Controls whose state a link does not hold, and why: their edits are repeated in the fresh visit."""
STEPPERS = ("Increment", "Decrement")
STEPPED = 0.2
"""How often a number is changed by its arrows, where it has some, and not typed."""
WITH_COMMA = 0.2
"""How often a number that is typed has a decimal comma."""
OPENINGS, OPENING_MS = 5, 5000
"""How often a list is asked to open, and how long each time."""
DRAWN_ANEW, TRIES = "not attached to the DOM", 100
"""What Playwright says when a page replaces an element about to be used, and how often it is looked for again."""

Key = tuple[str, str, str, int]


@dataclass(frozen=True)
class Control:
    """Something on a page that can be used: where it is, what it is, by what it is known and how it is called, and how
    many of that kind come before it; then what it holds and takes.
    """

    section: str
    kind: str
    known: str
    name: str
    place: int
    alone: str
    disabled: bool
    low: str
    high: str
    step: str
    value: str
    names: tuple[str, ...]
    chosen: tuple[bool, ...]

    @property
    def key(self) -> Key:
        """By which it is found again."""
        return self.section, self.kind, self.known, self.place

    @property
    def is_row_of_tabs(self) -> bool:
        """Whether one of its options is a tab."""
        return self.name.startswith("tabs ")

    def __str__(self) -> str:
        number = f" ({self.place + 1})" if self.place else ""
        return f"{self.kind} “{self.name}”{number}"


@dataclass(frozen=True)
class Edit:
    """One use of a control."""

    control: Control
    value: str = ""

    def __str__(self) -> str:
        return f"{self.control}" + (f" → {self.value}" if self.value else "")


class NotDrivenError(Exception):
    """A control that is there does not do what a hand asks of it."""


def is_in_no_link(control: Control) -> bool:
    """Whether a link need not hold what the control does: it is repeated in the fresh visit if the address stays."""
    return control.kind == "expander" or control.is_row_of_tabs or control.name in NOT_IN_THE_LINK


def find_controls(page: Page) -> list[Control]:
    """All that can be used on the page as it is now."""
    found = page.evaluate(_script("return controls().map(({ element, options, ...rest }) => rest)"))
    return [Control(**{**one, "names": tuple(one["names"]), "chosen": tuple(one["chosen"])}) for one in found]


def _script(body: str) -> str:
    return script(body, LEFT_ALONE=LEFT_ALONE, LEFT_ALONE_BY_NAME=LEFT_ALONE_BY_NAME)


def choose(control: Control, random: Random) -> Edit | None:
    """A use of the control that changes something; None if it has nothing else to offer."""
    match control.kind:
        case "number":
            if random.random() < STEPPED:
                return Edit(control, random.choice(STEPPERS))
            text = _number(control, random)
            return Edit(control, text.replace(".", ",") if random.random() < WITH_COMMA else text)
        case "slider":
            return _if_any(control, random, _positions(control))
        case "options" | "select":
            return _if_any(control, random, others(control))
        case "picture":
            return Edit(control, f"{random.uniform(0.05, 0.95):.3f}, {random.uniform(0.05, 0.95):.3f}")
        case "choice":
            return Edit(control, f"{random.random():.3f} of the others")
        case "switch" | "expander" | "button" | "text":
            return Edit(control)
    raise NotDrivenError(f"nobody knows how to use {control}")


def _if_any(control: Control, random: Random, values: Sequence[str]) -> Edit | None:
    return Edit(control, random.choice(values)) if values else None


def others(control: Control) -> list[str]:
    """The other options; of several that may be chosen at once all but the last that is."""
    several = sum(control.chosen) > 1
    return [name for name, chosen in zip(control.names, control.chosen, strict=True) if several or not chosen]


def _positions(control: Control) -> list[str]:
    low, high, step = float(control.low or 0), float(control.high or 100), float(control.step or 1)
    places = [low + place * step for place in range(round((high - low) / step) + 1)]
    return [f"{place:.10g}" for place in places if abs(place - float(control.value or low)) > step / 2]


def _number(control: Control, random: Random) -> str:
    """A number of the size of the one that is there, within the bounds, and another."""
    value, step = float(control.value or 0), float(control.step or 1)
    low = float(control.low) if control.low else -float("inf")
    high = float(control.high) if control.high else float("inf")
    while True:
        number = value * 2 ** random.uniform(-1.5, 1.5) if value else random.uniform(0, 20 * step)
        number = number * random.choice((-1, 1)) if low < 0 else number
        number = min(max(round(number / step) * step if step == int(step) else number, low), high)
        if float(text := f"{number:.3g}" if step != int(step) else f"{number:.0f}") != value:
            return text


def use(page: Page, edit: Edit) -> None:
    """Do it, as a hand would: once more where the page draws anew at that moment what is about to be used."""
    for _ in range(TRIES):
        try:
            _use(page, edit)
            break
        except Error as error:
            if DRAWN_ANEW not in str(error):
                raise
    else:
        raise NotDrivenError(f"{edit.control} is drawn anew all the time")
    page.evaluate("document.activeElement?.blur()")
    page.mouse.move(0, 0)


def _use(page: Page, edit: Edit) -> None:
    whole, options = _elements(page, edit.control)
    match edit.control.kind:
        case "number" | "text":
            _write(whole, edit)
        case "slider":
            _slide(whole, edit)
        case "switch":
            _press(whole)
        case "select":
            whole.focus()  # a list may look up its options when somebody comes to it
            whole.select_option(label=edit.value)
        case "options":
            _press(options[edit.control.names.index(edit.value)])
        case "choice":
            _pick(page, whole, float(edit.value.partition(" ")[0]))
        case "picture":
            _click_into(whole, edit.value)
        case _:
            whole.click()


def _elements(page: Page, control: Control) -> tuple[ElementHandle, list[ElementHandle]]:
    """The control on the page and its options."""
    body = """
        const one = controls().find((one) =>
            one.section === given[0] && one.kind === given[1] && one.known === given[2] && one.place === given[3]);
        return one ? [one.element, ...(one.kind === "options" ? one.options : [])] : []"""
    found = page.evaluate_handle(_script(body), list(control.key))
    elements = [cast(Any, handle).as_element() for handle in found.get_properties().values()]
    if not elements:
        raise NotDrivenError(f"{control} is no longer there")
    return elements[0], elements[1:]


def _press(element: ElementHandle) -> None:
    """Click what stands for the element: its own box may be hidden."""
    label = element.evaluate_handle("element => element.closest('label') ?? element").as_element()
    assert label
    label.click()


def _slide(slider: ElementHandle, edit: Edit) -> None:
    """Put the slider beside the place, and on it by an arrow key: some say where they are only when a key is up."""
    place, low, step = float(edit.value), float(edit.control.low or 0), float(edit.control.step or 1)
    beside, key = (place - step, "ArrowRight") if place > low else (place + step, "ArrowLeft")
    slider.fill(f"{beside:.10g}")
    slider.press(key)


def _write(field: ElementHandle, edit: Edit) -> None:
    """Enter a number, or take the last line from a longer text."""
    if edit.control.kind == "number":
        _enter(field, edit.value)
        return
    text = field.input_value().rstrip()
    field.fill(text.rpartition("\n")[0] or f"{text}\n1,1,1\n-1,-1,-1")  # a single line is the header
    field.press("Control+Enter")


def _enter(cell: ElementHandle, value: str) -> None:
    """Type a number, or use the arrow beside it if it has some that can be used."""
    if value not in STEPPERS:
        cell.focus()  # a field is one of text while somebody types
        cell.fill(value)
        cell.press("Enter")
        return
    container = "element => element.closest('[data-testid=stNumberInputContainer]') ?? element.parentElement"
    arrows = cast(ElementHandle, cell.evaluate_handle(container).as_element()).query_selector_all(
        ", ".join(f"button[aria-label={name}]" for name in STEPPERS)
    )
    usable = {arrow.get_attribute("aria-label"): arrow for arrow in arrows if arrow.is_visible() and arrow.is_enabled()}
    if usable:
        usable.get(value, next(iter(usable.values()))).click()
    else:
        cell.press("ArrowUp" if value == STEPPERS[0] else "ArrowDown")
        cell.press("Enter")


def _pick(page: Page, field: ElementHandle, share: float) -> None:
    """Open a list and take one of the options that are not chosen."""
    _open(page, field)
    others = page.query_selector_all("[role=option]:not([aria-selected=true])")
    if others:
        others[int(share * len(others))].click()
    else:
        page.keyboard.press("Escape")


def _open(page: Page, field: ElementHandle) -> None:
    """Open a list: it may take a key only once what came before has been drawn."""
    for _ in range(OPENINGS):
        field.focus()
        field.press("ArrowDown")
        with suppress(Error):
            page.wait_for_selector("[role=option]", timeout=OPENING_MS)
            return
    raise NotDrivenError("a list that does not open")


def _click_into(chart: ElementHandle, value: str) -> None:
    chart.scroll_into_view_if_needed()
    box = chart.bounding_box()
    if box is None:
        raise NotDrivenError("a chart without a picture")
    across, down = map(float, value.split(", "))
    chart.click(position={"x": across * box["width"], "y": down * box["height"]})
