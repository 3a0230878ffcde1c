"""Links and files that people have kept go on opening what they opened when they were made."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.ui.why_not_zero.controls import SECTION

KEPT = Path(__file__).with_name("kept")
"""A file that each page saved, `<page>.json`; what pages held after it, `files.json`; after a link, `links.json`."""
LINKS: list[dict[str, Any]] = json.loads((KEPT / "links.json").read_text(encoding="utf-8"))


def opened(page: str, parameters: dict[str, Any]) -> AppTest:
    app = AppTest.from_file("../../streamlit_app.py", default_timeout=120)
    if page != "decision_regions":  # the page that opens by itself
        app.run().switch_page(f"pages/{page}.py")
    app.query_params.update(parameters)
    return app.run()


def held(app: AppTest, keys: Iterable[str]) -> dict[str, Any]:
    """The values of these widgets, each as its section shows it: a page draws only the section that is open."""
    found = {key: app.session_state[key] for key in keys if key in app.session_state}
    for section in SECTION.labels if found.keys() != set(keys) else ():
        app.segmented_control(key=SECTION.key).set_value(section).run()
        found |= {key: app.session_state[key] for key in keys if key in app.session_state}
    return found


def fingerprint(app: AppTest) -> str:
    """The fingerprint on the page; none while something trains."""
    assert not app.exception
    return next((element.value for element in app.markdown if element.value.startswith("Fingerprint")), "")


@pytest.mark.parametrize("link", LINKS, ids=lambda link: f"{link['page']}?{'&'.join(link['parameters'])}")
def test_a_kept_link_opens_what_it_opened(link: dict[str, Any]) -> None:
    app = opened(link["page"], link["parameters"])
    assert fingerprint(app) == link["fingerprint"]
    assert held(app, link["held"]) == link["held"]
    assert [text.value for text in app.text if "Ignored" in text.value] == []


@pytest.mark.parametrize("page", ["decision_regions", "training", "why_not_zero", "sweep"])
def test_a_kept_file_opens_what_was_saved(page: str) -> None:
    kept = json.loads((KEPT / "files.json").read_text(encoding="utf-8"))[page]
    app = opened(page, {})
    text = (KEPT / f"{page}.json").read_bytes()
    assert not app.file_uploader[0].set_value((f"{page}.json", text, "application/json")).run().exception
    assert fingerprint(app) == kept["fingerprint"]
    assert held(app, kept["held"]) == kept["held"]
