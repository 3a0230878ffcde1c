"""The player of a training: Play, Pause, steps, Reset, position and speed, all in the browser."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from pages.ui.live.channel import script, style

SPEEDS = {1: "1 epoch/s", 10: "10 epochs/s", 30: "30 epochs/s", 100: "100 epochs/s", 300: "300 epochs/s"}
FIRST_SPEED = 30

HTML = """<div class="player">
<div class="buttons">
<button type="button" data-part="play" title="Key: space"><span>Play</span><kbd>Space</kbd></button>
<button type="button" data-part="back" title="One epoch back. Key: ←">Back<kbd>←</kbd></button>
<button type="button" data-part="step" title="One epoch on. Key: →">Step<kbd>→</kbd></button>
<button type="button" data-part="reset" title="To the initial weights. Key: Home">Reset<kbd>Home</kbd></button>
</div>
<div class="place">
<output data-part="epoch"></output>
<input type="range" data-part="slider" min="0" step="1" aria-label="Epoch"
 title="Drag to any epoch; everything on the page shows the state after it. Keys: ←, →, Home, End">
<select data-part="speed" aria-label="Speed" title="How fast Play goes"></select>
</div>
</div>"""


@dataclass(frozen=True)
class Playback:
    """A history of `end` epochs, `done` of which the page shows.

    `key` is the session key of the position and its link parameter. `subject` identifies the history; `placed` counts
    how often the server has moved the player.
    """

    key: str
    subject: str
    end: int
    done: int
    placed: int
    speed: int


_history = st.components.v2.component("history", js=script("history"))
_player = st.components.v2.component(
    "player",
    html=HTML,
    css=style("player"),
    js=script("text", "player"),
)


def history(page: str, subject: str, series: Mapping[str, NDArray[np.float64]]) -> None:
    """Send a whole history to the browser, once: for each of the `series`, rows of numbers (1 + epochs, width).

    Row 0 is the state before the first epoch. While the player of `page` shows `subject`, it publishes the rows of its
    current epoch under the names of the series.
    """
    _history(key=f"{page}_history", data=pack(page, subject, series))


def pack(page: str, subject: str, series: Mapping[str, NDArray[np.float64]]) -> bytes:
    """The bytes that `history.js` reads: the length of the header, the header as JSON, and the rows of all `series`.

    Each has the shape (1 + epochs, columns).
    """
    widths = {name: rows.shape[1] for name, rows in series.items()}
    header = json.dumps({"page": page, "subject": subject, "widths": widths}).encode()
    numbers = np.concatenate(list(series.values()), axis=1).astype("<f8", copy=False)
    return len(header).to_bytes(4, "little") + header + numbers.tobytes()


def player(page: str, playback: Playback, on_rest: Callable[[], None], on_speed: Callable[[], None]) -> None:
    """Draw the player of `page`.

    It plays in the browser; when it comes to rest, `on_rest` is called, and the page or the surrounding fragment
    reruns. What the rerun updates belongs in containers whose keys begin with "at_rest": while the player shows another
    epoch, they are inert.
    """
    _player(
        key=f"{page}_player",
        data={
            "page": page,
            "parameter": playback.key,
            "subject": playback.subject,
            "placed": playback.placed,
            "end": playback.end,
            "epoch": playback.done,
            "speed": playback.speed,
            "speeds": list(SPEEDS.items()),
            "first_speed": FIRST_SPEED,
        },
        on_rested_change=on_rest,
        on_speed_change=on_speed,
    )
