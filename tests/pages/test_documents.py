"""All that the two documents have is shown where docs/documents.md says."""

import ast
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.ui.why_not_zero.controls import SECTION

ROOT = Path(__file__).parents[2]
LIST = (ROOT / "docs" / "documents.md").read_text(encoding="utf-8").splitlines()
PLACES = [tuple(cell.strip() for cell in line.strip("|").split("|"))[1:] for line in LIST if line.startswith("|")]
LABELLED = ("expander", "button", "number_input", "toggle", "radio", "selectbox", "pills", "segmented_control")
WRITTEN = ("title", "subheader", "markdown", "text", "caption")


def scripts() -> dict[str, str]:
    """The script of each page, by its title in the navigation."""
    calls = [
        node
        for node in ast.walk(ast.parse((ROOT / "streamlit_app.py").read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    ]
    pages = [call for call in calls if ast.unparse(call.func) == "st.Page"]
    titles = [next(ast.literal_eval(word.value) for word in page.keywords if word.arg == "title") for page in pages]
    return {title: ast.literal_eval(page.args[0]) for title, page in zip(titles, pages, strict=True)}


def seen(script: str) -> list[str]:
    """The headings, texts and labels of a page, with everything that is folded away still folded."""
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=120).run().switch_page(script).run()
    has_sections = any(control.key == SECTION.key for control in app.segmented_control)
    found = texts(app)
    for section in SECTION.labels if has_sections else ():
        found += texts(app.segmented_control(key=SECTION.key).set_value(section).run())
    return found


def texts(app: AppTest) -> list[str]:
    """The headings, texts and labels of what is drawn."""
    labels = [element for kind in LABELLED for element in getattr(app, kind)]
    options = [option for element in labels for option in getattr(element, "options", [])]
    downloads = [element.proto.label for element in app.get("download_button")]
    written = [element.value for kind in WRITTEN for element in getattr(app, kind)]
    return [*(element.label for element in labels), *options, *downloads, *written]


def test_every_row_names_a_page_of_the_navigation() -> None:
    assert {page for page, _ in PLACES} - {"page", ":---"} <= set(scripts())
    assert len(PLACES) > 40


@pytest.mark.parametrize("page", scripts())
def test_what_a_document_has_is_on_the_page_that_the_list_names(page: str) -> None:
    texts = seen(scripts()[page])
    sections = {section for other, section in PLACES if other == page}
    assert [section for section in sorted(sections) if not any(section in text for text in texts)] == []
