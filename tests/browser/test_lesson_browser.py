"""The way through the lesson, as a person goes it."""

import operator
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_pages_load import TITLES
from tests.browser.visits import settle

UNFOLDED = (
    "?mathematics=true",
    "training?samples=true&derivation=true&f=true&algorithm=true&comparisons=true&microscope=true&conclusions=true",
    "why_not_zero?derivation=true",
    "why_not_zero?section=4+Symmetry%2C+not+zero",
    "sweep",
    "in_the_plane",
)
"""Links that open all formulas and tables of each page but those of the opening."""
CUT = """() => [...document.querySelectorAll(".katex-display > .katex, .numbers")]
    .filter(each => each.checkVisibility())
    .filter(each => each.getBoundingClientRect().width > each.closest("[data-testid^=st]").clientWidth + 1)
    .map(each => each.textContent)"""

WATCH_THE_LINK = """() => {
    const link = document.querySelector(".st-key-next a");
    window.places = [];
    const watch = () => {
        window.places.push(link.getBoundingClientRect().top);
        requestAnimationFrame(watch);
    };
    watch();
}"""
"""Notes where the link to the next page is in every frame."""


def break_epochs(page: Page) -> list[str]:
    """Where random and same stopped, on the page of problem 2."""
    settle(page)
    row = page.locator("table.numbers tr", has=page.get_by_role("rowheader", name="break epoch", exact=True))
    return row.locator("td").all_inner_texts()


def test_from_page_to_page_each_question_hides_its_answer_until_it_is_asked_for(open_page: Callable[..., Page]) -> None:
    page = open_page("?present=true")
    for title in TITLES:
        expect(page.get_by_test_id("stTopNavLink").filter(has_text=title)).to_have_attribute("aria-current", "page")
        settle(page)
        answer = page.locator("[class*=st-key-answer_]")
        expect(answer.get_by_test_id("stMarkdown")).to_have_count(0)
        answer.locator("summary").click()
        expect(answer.get_by_test_id("stMarkdown")).to_be_visible()
        settle(page)  # a click is none if its link moves away between its beginning and its end
        following = page.locator(".st-key-next").get_by_role("link")
        if title != TITLES[-1]:
            following.click()
    expect(following).to_have_count(0)
    assert "present=true" in page.url


def test_what_unfolds_in_presenter_size_pushes_what_is_below_no_further_than_it_stays(
    open_page: Callable[..., Page],
) -> None:
    page = open_page("?present=true")
    page.locator(".st-key-next").scroll_into_view_if_needed()
    page.evaluate(WATCH_THE_LINK)
    summary = page.locator("[class*=st-key-answer_] summary")
    summary.click()
    settle(page)
    page.wait_for_function("document.getAnimations().length === 0")
    folded, *places, unfolded = page.evaluate("window.places")
    assert folded < unfolded == max(places)
    summary.click()
    settle(page)
    assert page.evaluate("window.places.at(-1)") == folded


def test_a_published_comparison_opens_on_the_page_of_problem_2(open_page: Callable[..., Page]) -> None:
    page = open_page("training?init=He&eta=0.4&order=5&theta=0.2&comparisons=true")
    page.get_by_role("button", name="Open init seed 1500").click()
    expect(page.get_by_label("Init seed", exact=True)).to_have_value("1500")
    assert break_epochs(page) == ["149", "298"]


@pytest.mark.parametrize("title", [TITLES[1], TITLES[3]])
@pytest.mark.parametrize(("label", "compare"), [("1. Earlier", operator.lt), ("Open init seed", operator.gt)])
def test_a_run_that_shows_what_is_said_of_the_runs_opens_on_the_page_of_problem_2(
    open_page: Callable[..., Page], title: str, label: str, compare: Callable[[int, int], bool]
) -> None:
    page = open_page("training?init=He&eta=0.4&order=5&theta=0.2&conclusions=true")  # all of it is to be replaced
    link = page.get_by_test_id("stTopNavLink").filter(has_text=title)
    link.click()
    expect(link).to_have_attribute("aria-current", "page")
    settle(page)  # until then the runs that it names may change
    shown = page.get_by_role("button", name=label)
    init_seed, order_seed = (part.split()[-1] for part in shown.inner_text().split(","))
    shown.click()
    expect(page.get_by_label("Order seed", exact=True)).to_have_value(order_seed)
    expect(page.get_by_label("Init seed", exact=True)).to_have_value(init_seed)
    random, same = break_epochs(page)
    assert compare(int(random), int(same))


@pytest.mark.parametrize("link", UNFOLDED)
def test_no_formula_is_broken_and_no_formula_and_no_table_is_cut_off(open_page: Callable[..., Page], link: str) -> None:
    page = open_page(link)
    page.locator(".st-key-opening summary").click()
    settle(page)
    expect(page.locator(".katex-display").filter(visible=True)).not_to_have_count(0)
    expect(page.locator(".katex-error")).to_have_count(0)
    assert page.evaluate(CUT) == []
    page.set_viewport_size({"width": 390, "height": 844})
    settle(page)
    assert page.evaluate(CUT) == []
