"""What is read of a page, and what there is to use on it, on small pages of the test's own."""

from collections.abc import Iterator
from random import Random

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.hands import Edit, NotDrivenError, choose, find_controls, use
from tests.browser.looks import read

PAGE = """<section data-testid=stMain>{}</section>"""
ELEMENT = "<div data-testid=stElementContainer>{}</div>"


@pytest.fixture(scope="module")
def empty(browser: Browser) -> Iterator[Page]:
    """A page that each test fills."""
    page = browser.new_page()
    yield page
    page.close()


def show(page: Page, *elements: str) -> None:
    page.set_content(PAGE.format("".join(ELEMENT.format(element) for element in elements)))


def in_shadow(page: Page, html: str) -> None:
    """An element of the page with a component in it."""
    show(page, "<div id=component></div>")
    page.evaluate("html => { component.attachShadow({ mode: 'open' }).innerHTML = html }", html)


def test_sentences_tables_and_fields_are_read_from_top_to_bottom(empty: Page) -> None:
    show(
        empty,
        "<p>A  sentence</p>",
        "<div class=stHtml><style>b {}</style><b style='left: 3%'>1</b></div>",
        "<input type=number aria-label=η value=0.1>",
        "<input type=checkbox aria-label=lines checked disabled>",
    )
    assert read(empty).lines == (
        "A sentence",
        '<b style="left: 3%">1</b>',
        'field "η": 0.1',
        'field "lines": on (disabled)',
    )


def test_what_is_hidden_and_what_tells_of_the_edit_is_not_read(empty: Page) -> None:
    show(empty, "<p style='display: none'>hidden</p>", "<div class=stHtml><i class=effect>The last edit …</i></div>")
    assert read(empty).lines == ()


def test_expanders_and_tabs_are_read(empty: Page) -> None:
    show(empty)
    empty.evaluate(
        """() => { document.querySelector("section").innerHTML = `<details open><summary>Formulas</summary>
        <div data-testid=stElementContainer>f</div></details><details><summary>More</summary>
        <div data-testid=stElementContainer>g</div></details><div role=tablist><button role=tab aria-selected=true>1
        </button><button role=tab aria-selected=false>2</button></div>` }"""
    )
    assert read(empty).lines == (
        'expander "Formulas": open',
        "f",
        'expander "More": closed',
        'tab "1": on',
        'tab "2": off',
    )


def test_a_component_is_read_through_its_shadow_root(empty: Page) -> None:
    in_shadow(empty, "<style>p {}</style><p>epoch 3</p><input type=range aria-label=epoch value=3 max=9>")
    assert read(empty).lines == ("epoch 3", 'field "epoch": 3')


def test_a_canvas_and_a_drawing_are_read_as_pictures(empty: Page) -> None:
    square = "<svg class=marks width=20 height=20><rect width=20 height=20 fill=red /></svg>"
    charts = ("<canvas width=20 height=20></canvas>", square)
    show(empty, *(f"<div data-testid=stVegaLiteChart aria-label=chart>{chart}</div>" for chart in charts))
    look = read(empty)
    assert look.lines == ("chart: chart", "chart: chart")
    assert all(picture.startswith(b"\x89PNG") for _, picture in look.pictures)
    assert look.pictures[0] != look.pictures[1]


@pytest.mark.parametrize(
    ("html", "changed"),
    [
        ("<input type=number aria-label=a value=3 min=1 max=9 step=1>", "e => e.value !== '3'"),
        ("<input type=range aria-label=a value=3 min=1 max=9>", "e => e.value !== '3'"),
        ("<label><input type=checkbox aria-label=a></label>", "e => e.checked"),
        ("<label>a<select><option>b</option><option value=1>c</option></select></label>", "e => e.value === '1'"),
        ("<button onclick='this.title = 1'>a</button>", "e => e.title === '1'"),
        ("<div role=button aria-label=a></div>", ""),
        ("<textarea aria-label=a>b\nc</textarea>", "e => e.value === 'b'"),
        ("<div contenteditable=true aria-label=a>a</div>", ""),
        ("<iframe aria-label=a></iframe>", ""),
        ("<input aria-label=a>", ""),
    ],
)
def test_what_is_found_in_a_component_is_used_or_named(empty: Page, html: str, changed: str) -> None:
    in_shadow(empty, html)
    (control,) = find_controls(empty)
    if not changed:
        with pytest.raises(NotDrivenError, match="nobody knows how to use"):
            choose(control, Random(0))
        return
    edit = choose(control, Random(0))
    assert edit
    use(empty, edit)
    element = "component.shadowRoot.querySelector('input, select, textarea, button')"
    assert empty.evaluate(f"({changed})({element})")


def test_what_is_drawn_anew_while_it_is_used_is_used_all_the_same(empty: Page) -> None:
    show(empty, "<button onclick='document.title = 1'>a</button>")
    (control,) = find_controls(empty)
    empty.evaluate(
        """frames => {
            const again = () => {
                const button = document.querySelector("button");
                button.replaceWith(button.cloneNode(true));
                if (frames-- > 0) requestAnimationFrame(again);
            };
            again();
        }""",
        60,
    )
    use(empty, Edit(control))
    assert empty.title() == "1"


def test_the_last_of_several_options_is_not_given_up(empty: Page) -> None:
    show(
        empty,
        "<div role=toolbar aria-label=starts><button aria-pressed=true>a</button>"
        "<button aria-pressed=false>b</button></div>",
    )
    (control,) = find_controls(empty)
    assert control.chosen == (True, False)
    assert {str(choose(control, Random(seed))) for seed in range(20)} == {"options “starts” → b"}
