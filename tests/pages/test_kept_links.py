"""Links and files that people have kept go on opening what they opened when they were made."""

import json
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

KEPT = Path(__file__).with_name("kept")
"""A file that each page saved, `<page>.json`; what pages held after it, `files.json`; after a link, `links.json`."""
LINKS: list[dict[str, Any]] = json.loads((KEPT / "links.json").read_text(encoding="utf-8"))


def opened(page: str, parameters: dict[str, Any]) -> AppTest:
    app = AppTest.from_file("../../streamlit_app.py", default_timeout=120)
    if page != "decision_regions":  # the page that opens by itself
        app.run().switch_page(f"pages/{page}.py")
    app.query_params.update(parameters)
    return app.run()


def fingerprint(app: AppTest) -> str:
    """The fingerprint on the page; none while something trains."""
    assert not app.exception
    return next((element.value for element in app.markdown if element.value.startswith("Fingerprint")), "")


@pytest.mark.parametrize("link", LINKS, ids=lambda link: f"{link['page']}?{'&'.join(link['parameters'])}")
def test_a_kept_link_opens_what_it_opened(link: dict[str, Any]) -> None:
    app = opened(link["page"], link["parameters"])
    assert {key: app.session_state[key] for key in link["held"]} == link["held"]
    assert fingerprint(app) == link["fingerprint"]
    assert [text.value for text in app.text if "Ignored" in text.value] == []


@pytest.mark.parametrize("page", ["decision_regions", "training", "why_not_zero", "sweep"])
def test_a_kept_file_opens_what_was_saved(page: str) -> None:
    kept = json.loads((KEPT / "files.json").read_text(encoding="utf-8"))[page]
    app = opened(page, {})
    text = (KEPT / f"{page}.json").read_bytes()
    assert not app.file_uploader[0].set_value((f"{page}.json", text, "application/json")).run().exception
    assert {key: app.session_state[key] for key in kept["held"]} == kept["held"]
    assert fingerprint(app) == kept["fingerprint"]
