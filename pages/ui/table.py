"""The one table of the pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True)
class Table:
    """Words and numbers: the rows of headings, top one first, and the rows of cells by name."""

    heads: list[list[str]]
    rows: dict[str, list[str]]

    def html(self) -> str:
        """The table as HTML. Streamlit's own renders each cell as Markdown and takes ten times as long."""
        head = "".join(f"<tr>{_cells('th', ['', *names])}</tr>" for names in self.heads)
        body = "".join(f"<tr><th>{escape(name)}</th>{_cells('td', cells)}</tr>" for name, cells in self.rows.items())
        return f'<table class="numbers"><thead>{head}</thead><tbody>{body}</tbody></table>'


def _cells(tag: str, texts: Sequence[str]) -> str:
    return "".join(f"<{tag}>{escape(text)}</{tag}>" for text in texts)
