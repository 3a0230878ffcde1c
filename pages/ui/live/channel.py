"""How charts follow a component of their page without the server.

A component publishes a state, an object, under the name of its page: it sets `document.body.value` and sends `body` the
event "live" (`channel.js`). A parameter of a chart that is bound to both takes over the value, and whatever depends on it
is drawn once more. A chart that is embedded later starts with the value that is there.
"""

from pathlib import Path

import altair as alt

LIVE = alt.param(name="live", bind=alt.BindDirect(element="body", event="live"))
"""What the components have published, by the name of the page; a chart that follows has this parameter."""


def published(page: str, name: str, otherwise: str) -> str:
    """What a component of `page` has published as `name`, in Vega's language, and `otherwise` before it has."""
    return f"isObject(live) && isObject(live.{page}) && isValid(live.{page}.{name}) ? live.{page}.{name} : {otherwise}"


def script(component: str) -> str:
    """The JavaScript of a component of this folder, with `publish(page, state)` before it."""
    folder = Path(__file__).parent
    return "\n".join((folder / file).read_text(encoding="utf-8") for file in ("channel.js", f"{component}.js"))
