"""How charts follow a component of their page without the server.

A component publishes a state, an object, under the name of its page: it sets `document.body.value` and sends `body` the
event "live" (`channel.js`). A parameter of a chart that is bound to both takes over the value, and whatever depends on
it is drawn once more. A chart that is embedded later starts with the value that is there.

A state may have a `subject`, a text that says of what it is a state. Rows of a chart that have a column `subject`
follow a state of the same subject only: a state of what was shown before changes nothing of what is shown now.
"""

from pathlib import Path

import altair as alt

FOLDER = Path(__file__).parent
LIVE = alt.param(name="live", bind=alt.BindDirect(element="body", event="live"))
"""What the components have published, by the name of the page; a chart that follows has this parameter."""


def published(page: str, series: str, place: str, otherwise: str, row: str = "datum") -> str:
    """The number at `place` of the list `series` that a component of `page` has published, and `otherwise` without it.

    All but the page are expressions in Vega's language, which may be about the `row`, whose subject it has to be.
    """
    return f"({is_published(page, series, row)} ? live.{page}[{series}][{place}] : {otherwise})"


def published_list(page: str, series: str, otherwise: str) -> str:
    """The same for the whole list."""
    return f"({is_published(page, series)} ? live.{page}[{series}] : {otherwise})"


def is_published(page: str, series: str, row: str = "datum") -> str:
    """Whether a component of `page` has published `series` of the subject of the `row`, in Vega's language."""
    state = f"live.{page}"
    return f"isObject(live) && isObject({state}) && {state}.subject == {row}.subject && isArray({state}[{series}])"


def script(component: str) -> str:
    """The JavaScript of a component of this folder, after that of the channel."""
    return read("channel.js", f"{component}.js")


def style(component: str) -> str:
    """The CSS of a component of this folder, after that of its slider."""
    return read("slider.css", f"{component}.css")


def read(*files: str) -> str:
    """The text of files of this folder, one after another."""
    # as text: Streamlit serves the files of installed packages only
    return "\n".join((FOLDER / file).read_text(encoding="utf-8") for file in files)
