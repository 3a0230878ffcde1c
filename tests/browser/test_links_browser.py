"""Links in a real browser: what a page could not use of its address is said in one sentence, and a good one in none."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.visits import settle

PAGES = ("", "training", "why_not_zero", "sweep", "in_the_plane")


def sentence(page: Page) -> Locator:
    return page.get_by_test_id("stMain").get_by_text("Ignored in this link:")


@pytest.mark.parametrize("path", PAGES)
def test_every_page_says_what_it_did_not_know(open_page: Callable[..., Page], path: str) -> None:
    page = open_page(f"{path}?nosuch=1")
    expect(sentence(page)).to_have_text("Ignored in this link: nosuch.")


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("training?eta=abc&theta=-5&seed=1e400", "eta=abc, theta=-5, seed=1e400"),
        ("training?init=random&init=random&init=nonsense", "init=nonsense"),
        ("?h11=%3Cb%3E**1**%3C/b%3E&colouring=pink&lines=0", "h11=<b>**1**</b>, colouring=pink, lines=0"),
    ],
    ids=["numbers", "options", "markup"],
)
def test_what_was_ignored_is_named_as_it_was_written(open_page: Callable[..., Page], query: str, named: str) -> None:
    expect(sentence(open_page(query))).to_have_text(f"Ignored in this link: {named}.")


@pytest.mark.parametrize(
    "query",
    [
        "?h11=2.50&lines=FALSE&signs=TRUE&colouring=Black%20and%20white&embed=true&embed_options=show_toolbar",
        "training?eta=0.10&init=random&init=Xavier&seed=5.0&speed=10%20epochs/s&epoch=12&present=1",
    ],
)
def test_a_good_link_says_nothing(open_page: Callable[..., Page], query: str) -> None:
    expect(sentence(open_page(query))).to_have_count(0)


def test_the_sentence_goes_with_the_first_change(open_page: Callable[..., Page]) -> None:
    page = open_page("?colouring=pink")
    expect(sentence(page)).to_have_text("Ignored in this link: colouring=pink.")
    page.get_by_role("button", name="Preset b").click()
    expect(sentence(page)).to_have_count(0)


def test_the_sentence_does_not_follow_to_another_page_or_wait_for_the_return(open_page: Callable[..., Page]) -> None:
    page = open_page("training?nosuch=1")
    expect(sentence(page)).to_have_count(1)
    for name in ("1 · Decision regions", "2 · Training"):
        page.get_by_role("link", name=name).click()
        expect(page.locator("h1")).to_have_text(
            "Decision regions" if "1" in name else "Training from two starting points"
        )
        settle(page)
        expect(sentence(page)).to_have_count(0)
