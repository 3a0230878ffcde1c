"""What tests read of the pages' HTML and of the specifications of charts."""

import re
from typing import Any
from xml.etree import ElementTree

Element = ElementTree.Element


def read(html: str) -> Element:
    """HTML as a tree. What is not whole, or has a sign of HTML in its texts, is not read."""
    # a line break and an image have no end in HTML, and must have one here
    closed = re.sub(r"<(br|img [^>]*)>", r"<\1/>", html)
    return ElementTree.fromstring(f"<div>{closed}</div>")


def rows(html: str) -> list[list[str]]:
    """What stands in each cell of each row of the tables in `html`."""
    return [["".join(cell.itertext()) for cell in row] for row in read(html).iter("tr")]


def marks(spec: Any) -> list[dict[str, Any]]:
    """The innermost layers of a specification."""
    return [mark for layer in spec["layer"] for mark in marks(layer)] if "layer" in spec else [spec]


def marks_of(spec: Any, kind: str, dataset: str = "") -> list[dict[str, Any]]:
    """The innermost layers that draw a kind of mark, of one dataset if it is named."""
    found = [one for one in marks(spec) if one["mark"]["type"] == kind]
    return [one for one in found if not dataset or one["data"] == {"name": dataset}]
