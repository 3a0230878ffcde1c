"""Pictures of decision regions that follow a player, and points in them that are set, moved and taken away by hand."""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from pages.ui.live import channel, picture
from tinynet import points, regions
from tinynet.points import Row

EDITED = "edited"
"""The key of the message of an edit: all `points`, and the `number` of the message."""
PICTURE = picture.script(-points.LIMIT + regions.STEP / 2)
"""The JavaScript of images whose 100 × 100 cells fill the plane from -LIMIT to LIMIT."""
_regions = st.components.v2.component("regions", js=PICTURE + channel.script("regions"))
_hand = st.components.v2.component("hand", js=channel.script("hand"))


def follow(page: str, subject: str, series: Sequence[str], rows: Sequence[Row], colours: Sequence[str]) -> None:
    """Publish pictures and wrong points for each state that the player of `page` publishes of `subject`.

    For run r of the `series` of weights, the state gets the list `wrong_r`, with 1 for each wrong point. While states
    follow each other, the regions are painted below the drawings of the containers `page`_picture_r. Of a state that
    stays, the state of `page`_regions has `picture_r`, two slots for the URL of an image, `top` of which is to be
    shown. Without series there is no such state. `colours` are those of a negative and a positive point, and of the
    signs on them.
    """
    columns = [list(column) for column in zip(*rows, strict=True)] or [[], [], []]
    _regions(
        key=f"{page}_regions",
        data={"page": page, "subject": subject, "series": list(series), "points": columns, "colours": list(colours)},
    )


def hand(
    page: str,
    subject: str,
    rows: Sequence[Row],
    parameter: str,
    labels: Mapping[str, int],
    answered: int | None,
    on_edit: Callable[[], None],
) -> None:
    """Edit the points `rows` in the charts of the containers whose keys begin with `page`_picture.

    A click adds a point, of the class that `labels` has for the text of the address's `parameter`, or for "" without
    one: the address already tells a choice that the server has not heard of yet. A click on a point takes it away, a
    drag moves it. Until the points have been drawn with the message's number as `answered`, the hand's state of `page`
    for this `subject` has the columns x1, x2 and label, with null for what is taken away.
    """
    data = {
        "page": page,
        "subject": subject,
        "points": [list(row) for row in rows],
        "parameter": parameter,
        "labels": dict(labels),
        "answered": answered,
        "limit": points.LIMIT,
        "most": points.MOST,
    }
    _hand(key=f"{page}_hand", data=data, on_edited_change=on_edit)
