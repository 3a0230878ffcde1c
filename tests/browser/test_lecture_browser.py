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

from tests.browser.visits import canvas_pictures, settle


def chart(page: Page, beginning: str) -> Locator:
    """The chart whose text alternative begins so."""
    return page.get_by_test_id("stVegaLiteChart").and_(page.get_by_label(re.compile(f"^{beginning}")))


def drawn(page: Page, beginning: str) -> bytes:
    """What a chart shows once it has come to rest."""
    page.mouse.move(5, 5)
    settle(page)
    last = b""
    for _ in range(50):
        (now,) = canvas_pictures(page, f'[aria-label^="{beginning}"]')
        if now == last:
            return now
        last = now
        page.wait_for_timeout(100)
    raise AssertionError(f"{beginning} does not come to rest")


def click_in(page: Page, beginning: str, across: float, down: float) -> None:
    """Point at a place of a chart, and click."""
    box = chart(page, beginning).bounding_box()
    assert box is not None
    x, y = box["x"] + across * box["width"], box["y"] + down * box["height"]
    page.mouse.move(x - 9, y)
    page.mouse.move(x, y, steps=3)
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


def download(page: Page, button: str, folder: Path) -> Path:
    with page.expect_download() as waiting:
        page.get_by_role("button", name=button, exact=True).click()
    saved = folder / waiting.value.suggested_filename
    waiting.value.save_as(saved)
    return saved


def test_a_clicked_point_is_worked_out(page: Page) -> None:
    before = rows(page, "h₁").all_inner_texts()
    click_in(page, "Decision regions", 0.3, 0.3)
    expect(number(page, "Point x₁")).to_have_value(re.compile("^-2"))
    x1, x2 = (float(number(page, f"Point {name}").input_value()) for name in ("x₁", "x₂"))
    assert rows(page, "h₁").all_inner_texts() != before
    net = rows(page, "h₁").nth(3).inner_text().replace("−", "-")
    assert float(net) == pytest.approx(0.5 + 0.3 * x1 - 0.1 * x2, abs=1e-4)
    expect(page).to_have_url(re.compile(f"point_x1={x1:g}&point_x2={x2:g}"))


def test_the_readout_and_the_worked_point_agree(page: Page) -> None:
    """The picture is read in the browser, the point is worked out on the server."""
    click_in(page, "Decision regions", 0.7, 0.6)
    typed(page, "Point x₁", number(page, "Point x₁").input_value())
    output = rows(page, "o").nth(4).inner_text()
    said = page.get_by_text(re.compile("^o = .*, so .* is (positive|negative)"))
    expect(said).to_contain_text(output)


def test_an_edit_says_how_many_points_it_turned_and_shows_where(page: Page) -> None:
    expect(page.locator(".effect")).to_contain_text("Change a weight")
    typed(page, "weight h₁ · x₁", "1")
    expect(page.locator(".effect")).to_have_text(re.compile(r"The last edit turned [\d,]+ points"))
    plain = drawn(page, "Decision regions")
    page.get_by_text("Last change", exact=True).click()
    settle(page)
    assert drawn(page, "Decision regions") != plain


def test_the_drawing_follows_the_weights(page: Page) -> None:
    picture = """document.querySelector('[aria-label^="The 2-2-1 network"] canvas').toDataURL()"""
    drawn(page, "The 2-2-1 network")
    before = page.evaluate(picture)
    typed(page, "weight o · h₁", "3")
    page.wait_for_function(f"before => {picture} !== before", arg=before)


def test_the_network_and_what_it_sees_move_with_the_epochs(open_page: Callable[..., Page]) -> None:
    page = open_page("training?epoch=3")
    names = [f"{what} {run}" for run in ("random", "same") for what in ("The network of", "The 20 samples as")]
    before = [drawn(page, name) for name in names]
    page.get_by_role("button", name="Step").click()
    expect(page.get_by_role("slider", name="Epoch", exact=True)).to_have_value("4")
    assert all(drawn(page, name) != picture for name, picture in zip(names, before, strict=True))


def opened_step(open_page: Callable[..., Page], query: str = "") -> Page:
    page = open_page(f"training?microscope=true{query}")
    expect(page.get_by_role("tab", name="Backward")).to_be_visible()
    return page


def test_a_step_shows_its_gradient_twice(open_page: Callable[..., Page]) -> None:
    page = opened_step(open_page, "&epoch=8&look_sample=12")
    expect(page.get_by_text(re.compile("^Epoch 7 of random. Sample 12:"))).to_be_visible()
    for name in ("hidden bias", "hidden x₁", "output bias", "output h"):
        _, chain, differences, *_ = rows(page, name).last.locator("xpath=..").locator("td").all_inner_texts()
        assert chain == differences
    page.get_by_role("tab", name="Backward").click()
    expect(page.get_by_text("The chain rule in the hidden layer.")).to_be_visible()


def test_the_step_is_of_the_epoch_in_which_the_player_rests_or_of_the_last_of_its_run(
    open_page: Callable[..., Page],
) -> None:
    page = opened_step(open_page)
    expect(page.get_by_text(re.compile("^Epoch 221 of random. Sample 1:"))).to_be_visible()
    page.get_by_role("radio", name="same", exact=True).click()
    expect(page.get_by_text(re.compile("^Epoch 298 of same. Sample 1:"))).to_be_visible()
    page.keyboard.press("Home")
    expect(page.get_by_text(re.compile("^Epoch 0 of same. Sample 1:"))).to_be_visible()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(page.get_by_text(re.compile("^Epoch 2 of same. Sample 1:"))).to_be_visible()


def test_the_quiz_hides_the_numbers_and_names_the_slip(open_page: Callable[..., Page]) -> None:
    page = opened_step(open_page, "&epoch=1")
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
    typed(page, "Your number", str(error / 2))
    expect(page.get_by_text(re.compile("^Not yet: .*2"))).to_be_visible()
    typed(page, "Your number", str(error))
    expect(page.get_by_text(re.compile("^Right"))).to_be_visible()


def width(page: Page) -> float:
    box = page.get_by_role("heading", level=1).bounding_box()
    assert box is not None
    return box["height"]


@pytest.mark.parametrize("path", ["", "training", "why_not_zero", "sweep", "in_the_plane"])
def test_one_key_leads_to_the_presenter_size_and_back(open_page: Callable[..., Page], path: str) -> None:
    page = open_page(path)
    before = width(page)
    page.keyboard.press("p")
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    expect(page).to_have_url(re.compile("present=true"))
    settle(page)
    assert width(page) > 1.2 * before
    main = page.get_by_test_id("stMain")
    assert main.evaluate("place => place.scrollWidth <= place.clientWidth")
    for canvas in page.get_by_test_id("stVegaLiteChart").all():
        assert canvas.evaluate("chart => chart.getBoundingClientRect().right <= innerWidth")
    page.keyboard.press("p")
    expect(page.get_by_test_id("stSidebar")).to_be_visible()
    settle(page)
    assert width(page) == before


def test_a_link_opens_the_presenter_size_and_its_points_are_met(open_page: Callable[..., Page]) -> None:
    page = open_page("?present=true")
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    click_in(page, "Decision regions", 0.3, 0.3)
    expect(number(page, "Point x₁")).to_have_value(re.compile("^-[23]"))


def test_the_presenter_size_is_kept_on_the_next_page(open_page: Callable[..., Page]) -> None:
    page = open_page("?present=true")
    page.get_by_role("link", name="2 · Training").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Training")
    settle(page)
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()


def test_an_embedded_page_works(open_page: Callable[..., Page]) -> None:
    page = open_page("?embed=true&present=true")
    expect(page.get_by_text("Ignored in this link")).to_have_count(0)
    typed(page, "weight h₁ · x₁", "1")
    expect(page.locator(".effect")).to_contain_text("turned")


def test_a_saved_script_prints_the_weights_of_the_page(open_page: Callable[..., Page], tmp_path: Path) -> None:
    page = open_page("training?seed=1500")
    script = download(page, "random as a script", tmp_path)
    settings = json.loads(download(page, "Settings as JSON", tmp_path).read_text(encoding="utf-8"))
    command = [sys.executable, "-I", str(script)]
    printed = json.loads(subprocess.run(command, capture_output=True, check=True, cwd=tmp_path).stdout)
    assert printed["break_epoch"] == settings["starts"][0]["break_epoch"] == 149
    final = settings["starts"][0]["final"]
    assert printed["hidden"][0] == pytest.approx(final["hidden"][0], rel=1e-9)
    assert printed["output"] == pytest.approx(final["output"][0], rel=1e-9)


def test_saved_settings_restore_the_page(open_page: Callable[..., Page], tmp_path: Path) -> None:
    page = open_page("training?seed=1500&eta=0.2&init=random&init=Xavier")
    expected = page.locator("table.numbers").all_inner_texts()
    saved = download(page, "Settings as JSON", tmp_path)
    other = open_page("training")
    assert other.locator("table.numbers").all_inner_texts() != expected
    other.locator("input[type=file]").set_input_files(saved)
    expect(number(other, "Init seed")).to_have_value("1500")
    settle(other)
    assert other.locator("table.numbers").all_inner_texts() == expected


def test_a_file_that_holds_no_settings_is_refused_and_changes_nothing(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "notes.json"
    file.write_text('{"hidden": "<script>alert(1)</script>"}', encoding="utf-8")
    counts = page.locator(".counts").inner_text()
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_text("The file was not used")).to_be_visible()
    assert page.locator(".counts").inner_text() == counts


def test_two_who_open_one_link_read_one_fingerprint(open_page: Callable[..., Page]) -> None:
    marks = [open_page(f"training?seed={seed}").get_by_text("Fingerprint").inner_text().strip() for seed in (0, 0, 1)]
    assert marks[0] == marks[1] != marks[2]
    assert re.fullmatch(r"Fingerprint \w{4}-\w{4}", marks[0])


def test_each_chart_can_be_saved_as_svg(open_page: Callable[..., Page], tmp_path: Path) -> None:
    page = open_page("training")
    page.get_by_text("Charts as SVG").click()
    chosen = page.get_by_label("Chart to save")
    expect(chosen.locator("option")).to_have_count(page.get_by_test_id("stVegaLiteChart").count())
    chosen.select_option(label="The network of random with its weights now")
    saved = download(page, "Save as SVG", tmp_path)
    assert saved.name == "the-network-of-random-with-its-weights-now.svg"
    texts = "".join(ElementTree.parse(saved).getroot().itertext())
    assert "x₁" in texts


def test_a_chart_can_be_saved_as_png(page: Page, tmp_path: Path) -> None:
    chart(page, "Decision regions").hover()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download as PNG: Decision regions").click()
    saved = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(saved)
    assert saved.read_bytes().startswith(b"\x89PNG")
