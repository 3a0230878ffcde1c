"""The player: Play, Pause, steps, Reset, position and speed of a training, in the browser and without the server."""

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
    """A history of `end` epochs and how many of them are `done`, as the page shows it.

    `key` is that of the position, and its parameter in the URL. `subject` says in a word which history it is; `placed`
    counts how often the server has put the player somewhere.
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
    js=script("player"),
)


def history(page: str, subject: str, series: Mapping[str, NDArray[np.float64]]) -> None:
    """Send a whole history to the browser, once: of each of the `series` a row (a list of numbers) after each epoch.

    Row 0 is the state before the first epoch. While the player of `page` shows `subject`, it publishes the rows of the
    epoch that it stands at, by the names of the series.
    """
    _history(key=f"{page}_history", data=packed(page, subject, series))


def packed(page: str, subject: str, series: Mapping[str, NDArray[np.float64]]) -> bytes:
    """As `history.js` reads it: the length of the header, the header in JSON, and the rows of all series together."""
    widths = {name: rows.shape[1] for name, rows in series.items()}
    header = json.dumps({"page": page, "subject": subject, "widths": widths}).encode()
    numbers = np.concatenate(list(series.values()), axis=1).astype("<f8", copy=False)
    return len(header).to_bytes(4, "little") + header + numbers.tobytes()


def player(page: str, playback: Playback, on_rest: Callable[[], None], on_speed: Callable[[], None]) -> None:
    """The player of `page`.

    It plays in the browser; when it comes to rest `on_rest` is called, and the page, or the fragment around it, runs.
    What that draws anew belongs into containers whose keys begin with "at_rest": while the player shows another epoch
    they are out of reach.
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
