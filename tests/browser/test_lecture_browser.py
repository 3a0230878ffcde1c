"""What a lecturer and a student do on the pages: look inside, check, present, share and take away."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.visits import chart, drawn, point_at, settle, wait_for_another

OUT_OF_PLACE = """places => places.filter(place => {
    const outer = place.getBoundingClientRect();
    const parts = [...place.querySelectorAll(".katex-html *")].map(part => part.getBoundingClientRect());
    return place.scrollWidth > place.clientWidth || parts.some(part => part.right > outer.right + 1
        || part.left < outer.left - 1 || part.bottom > outer.bottom + 1);
}).map(place => place.textContent)"""
"""The formulas that reach over their place."""


def click_in(page: Page, beginning: str, across: float, down: float) -> None:
    """Point at a place of a chart, and click."""
    point_at(page, beginning, across, down)
    page.wait_for_timeout(200)
    page.mouse.down()
    page.mouse.up()
    settle(page)


def number(page: Page, name: str) -> Locator:
    return page.get_by_role("spinbutton", name=name, exact=True)


def typed(page: Page, name: str, text: str) -> None:
    number(page, name).fill(text)
    number(page, name).press("Enter")
    settle(page)


def rows(page: Page, name: str) -> Locator:
    """The cells of a row of the tables."""
    return page.locator("table.numbers tr", has=page.get_by_role("rowheader", name=name, exact=True)).locator("td")


def test_a_clicked_point_is_worked_out_and_an_edit_shows_where_it_turned_points(open_page: Callable[..., Page]) -> None:
    """The picture is read in the browser, the point is worked out on the server; embedded in slides, too."""
    page = open_page("?embed=true")
    expect(page.get_by_text("Ignored in this link")).to_have_count(0)
    before = rows(page, "h₁").all_inner_texts()
    click_in(page, "Decision regions", 0.3, 0.3)
    expect(number(page, "Point x₁")).to_have_value(re.compile("^-2"))
    x1, x2 = (float(number(page, f"Point {name}").input_value()) for name in ("x₁", "x₂"))
    expect(rows(page, "h₁")).not_to_have_text(before)
    net = rows(page, "h₁").nth(3).inner_text().replace("−", "-")
    assert float(net) == pytest.approx(0.5 + 0.3 * x1 - 0.1 * x2, abs=1e-4)
    expect(page).to_have_url(re.compile(f"point_x1={x1:g}&point_x2={x2:g}"))
    said = page.get_by_text(re.compile("^o = .*, so .* is (positive|negative)"))
    expect(said).to_contain_text(rows(page, "o").nth(4).inner_text())
    expect(page.locator(".effect")).to_contain_text("Change a weight")
    typed(page, "weight h₁ · x₁", "1")
    expect(page.locator(".effect")).to_have_text(re.compile(r"The last edit turned [\d,]+ points"))
    page.mouse.move(5, 5)
    plain = drawn(page, "Decision regions")
    page.get_by_text("Last change", exact=True).click()
    settle(page)
    wait_for_another(page, "Decision regions", plain)


def test_a_step_is_seen_whole_shows_its_gradient_twice_and_the_quiz_names_the_slip(
    open_page: Callable[..., Page],
) -> None:
    """It is of the epoch in which the player rests, or of the last of its run."""
    page = open_page("training?microscope=true")
    expect(page.get_by_text(re.compile("^Epoch 221 of random. Sample 1:"))).to_be_visible()
    page.get_by_role("radio", name="same", exact=True).click()
    expect(page.get_by_text(re.compile("^Epoch 298 of same. Sample 1:"))).to_be_visible()
    for key in ("Home", "ArrowRight", "ArrowRight"):
        page.keyboard.press(key)
    expect(page.get_by_text(re.compile("^Epoch 1 of same. Sample 1:"))).to_be_visible()
    settle(page)
    for name in ("hidden bias", "hidden x₁", "output bias", "output h"):
        _, chain, differences, *_ = rows(page, name).last.locator("xpath=..").locator("td").all_inner_texts()
        assert chain == differences
    formulas = page.locator(".st-key-steps [data-testid=stMarkdown]:has(.katex-display):visible")
    for tab, count in (("Forward", 5), ("Backward", 6), ("Step", 4)):
        page.get_by_role("tab", name=tab, exact=True).click()
        expect(formulas).to_have_count(count)
        assert formulas.evaluate_all(OUT_OF_PLACE) == []
    error = float(rows(page, "output bias").last.locator("xpath=../td[2]").inner_text().replace("−", "-"))
    page.get_by_text("Quiz", exact=True).click()
    expect(page.get_by_text("by central differences")).to_have_count(0)
    page.get_by_role("combobox", name="Work out").click()
    page.get_by_role("option", name=re.compile("gradient of the output's bias")).click()
    # each question has a field of its own, under the same name
    expect(page.locator(".st-key-look_answer_output_bias_gradient")).to_be_visible()
    settle(page)
    typed(page, "Your number", str(-error))
    expect(page.get_by_text(re.compile("^Not yet: .*(sign|y − o)"))).to_be_visible()
    typed(page, "Your number", str(error))
    expect(page.get_by_text(re.compile("^Right"))).to_be_visible()


def test_what_a_training_saves_is_what_it_shows(open_page: Callable[..., Page], tmp_path: Path) -> None:
    page = open_page("training?seed=1500&init=random&init=same&init=zeros&init=Xavier&init=He")
    settings = json.loads(download(page, "Settings as JSON", tmp_path).read_text(encoding="utf-8"))
    data = download(page, "Data as CSV", tmp_path).read_text(encoding="utf-8").splitlines()
    epochs = [start["break_epoch"] + 1 for start in settings["starts"]]
    assert epochs[:2] == [150, 299]
    assert len(data) == 1 + sum(epochs)
    # of all runs in one folder: Python looks for modules there first, and none of them may have the name of one
    folder = tmp_path / "scripts"
    folder.mkdir()
    names = [button.inner_text() for button in page.get_by_role("button", name="as a script").all()]
    scripts = [download(page, name, folder) for name in names]
    for script, start in zip(scripts, settings["starts"], strict=True):
        result = subprocess.run([sys.executable, script.name], cwd=folder, capture_output=True, text=True, check=False)
        assert result.stderr == ""
        printed, final = json.loads(result.stdout), start["final"]
        assert printed["break_epoch"] == start["break_epoch"]
        assert printed["hidden"][0] == pytest.approx(final["hidden"][0], rel=1e-9)
        assert printed["output"] == pytest.approx(final["output"][0], rel=1e-9)


def download(page: Page, button: str, folder: Path) -> Path:
    with page.expect_download() as waiting:
        page.get_by_role("button", name=button, exact=True).click()
    saved = folder / waiting.value.suggested_filename
    waiting.value.save_as(saved)
    return saved


def test_a_chart_is_saved_as_the_state_and_not_as_what_the_pointer_crossed(
    open_page: Callable[..., Page], tmp_path: Path
) -> None:
    page = open_page("training")
    drawn(page, "Training error")
    box = chart(page, "Training error").bounding_box()
    assert box is not None
    save = page.get_by_role("button", name=re.compile("Download as PNG: Training error"))
    with page.expect_download() as straight:
        save.dispatch_event("click")
    for share in (0.2, 0.4, 0.6, 0.8):
        page.mouse.move(box["x"] + share * box["width"], box["y"] + 0.5 * box["height"])
    page.mouse.move(box["x"] + 0.85 * box["width"], box["y"] + 30, steps=4)
    with page.expect_download() as crossed:
        save.click()
    picture = straight.value.path().read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert picture == crossed.value.path().read_bytes()
    page.get_by_text("Charts as SVG").click()
    chosen = page.get_by_label("Chart to save")
    expect(chosen.locator("option")).to_have_count(page.get_by_test_id("stVegaLiteChart").count())
    chosen.select_option(label="The network of random with its weights now")
    saved = download(page, "Save as SVG", tmp_path)
    assert saved.name == "the-network-of-random-with-its-weights-now.svg"
    assert "x₁" in "".join(ElementTree.parse(saved).getroot().itertext())
