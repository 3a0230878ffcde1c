"""The HTML table that all pages share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape


class Html(str):
    """A cell that is HTML already; other cells are plain text."""


@dataclass(frozen=True)
class Table:
    """Words and numbers: rows of headings, the top one first, and the rows of cells by name.

    `corner` stands above the names. `kind` is a class of the stylesheet.
    """

    heads: Sequence[Sequence[str]]
    rows: Mapping[str, Sequence[str]]
    corner: str = ""
    kind: str = ""

    def html(self) -> str:
        """The table as HTML. Streamlit's own renders each cell as Markdown and takes ten times as long."""
        head = "".join(f"<tr>{_cells('th', [self.corner, *names])}</tr>" for names in self.heads)
        body = "".join(f"<tr>{_cells('th', [name])}{_cells('td', cells)}</tr>" for name, cells in self.rows.items())
        return f'<table class="numbers {self.kind}"><thead>{head}</thead><tbody>{body}</tbody></table>'


def _cells(tag: str, texts: Sequence[str]) -> str:
    return "".join(f"<{tag}>{text if isinstance(text, Html) else escape(text)}</{tag}>" for text in texts)
