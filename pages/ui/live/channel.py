"""How charts follow a component of their page in the browser.

A component publishes a state, an object, under the name of its page: it sets `document.body.value` and dispatches the
event "live" on `body` (`channel.js`). A chart parameter bound to both takes the value, and whatever depends on it is
redrawn. A chart that is embedded later starts with the current value.

A state may have a `subject`, a string that identifies what it is a state of. Chart rows with a column `subject` follow
only states of the same subject: a state left over from an earlier subject has no effect.
"""

from pathlib import Path

import altair as alt

FOLDER = Path(__file__).parent
LIVE = alt.param(name="live", bind=alt.BindDirect(element="body", event="live"))
"""The published states by page name; every chart that follows a component has this parameter."""
HAND = alt.param(name="hand", bind=alt.BindDirect(element="html", event="hand"))
"""The same for what a hand does in a chart; apart, so that what depends on it is not redrawn while a player plays."""


def published(page: str, series: str, place: str, otherwise: str, row: str = "datum", channel: str = "live") -> str:
    """The number at index `place` of the list `series` published by a component of `page`, or else `otherwise`.

    Result and arguments except `page` and `channel` are Vega expressions; the state's subject must be that of the
    `row`.
    """
    return f"({is_published(page, series, row, channel)} ? {channel}.{page}[{series}][{place}] : {otherwise})"


def published_list(page: str, series: str, otherwise: str) -> str:
    """Like `published`, for the whole list."""
    return f"({is_published(page, series)} ? live.{page}[{series}] : {otherwise})"


def is_published(page: str, series: str, row: str = "datum", channel: str = "live") -> str:
    """A Vega expression: whether a component of `page` has published `series` for the subject of the `row`."""
    state = f"{channel}.{page}"
    return f"isObject({channel}) && isObject({state}) && {state}.subject == {row}.subject && isArray({state}[{series}])"


def script(*parts: str) -> str:
    """The JavaScript of the channel, then that of the parts of a component of this folder."""
    return read("channel.js", *(f"{part}.js" for part in parts))


def style(component: str) -> str:
    """The CSS of the sliders, then that of a component of this folder."""
    return read("slider.css", f"{component}.css")


def read(*files: str) -> str:
    """The text of files of this folder, one after another."""
    # as text, because Streamlit serves files of installed packages only
    return "\n".join((FOLDER / file).read_text(encoding="utf-8") for file in files)
