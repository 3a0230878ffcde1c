"""The position of a page's player as known to the server, which is told when the player comes to rest."""

import zlib
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from pages.ui import streamlit_gaps
from pages.ui.live.player import FIRST_SPEED, SPEEDS, Playback, player
from tinynet.ranges import Range

SPEED = "speed"
"""The session key of the speed and its link parameter."""


def begin(key: str, shown: object, end: int) -> Playback:
    """The playback of `shown`: at the position where it was left, at first at the link's, otherwise at its end."""
    subject = f"{zlib.crc32(repr(shown).encode()):08x}"
    if streamlit_gaps.is_back_or_forward():
        for kept in (key, f"{key}_subject", SPEED):
            st.session_state.pop(kept, None)
    before = st.session_state.get(f"{key}_subject")
    if subject != before:
        first = st.session_state.get(key, _linked(key)) if before is None else None
        st.session_state[key] = first if isinstance(first, int) and 0 <= first <= end else end
        st.session_state[f"{key}_placed"] = st.session_state.get(f"{key}_placed", 0) + 1
        st.session_state[f"{key}_subject"] = subject
    return Playback(key, subject, end, epochs_done(key), st.session_state[f"{key}_placed"], _speed())


def saved_position(key: str, content: Mapping[str, Any], most: int) -> dict[str, Any]:
    """Session entries that put the player where a saved file has it, whatever it shows next; none if it does not say.

    Raises ValueError if it is not a whole number of epochs from 0 to `most`.
    """
    if "epochs_done" not in content:
        return {}
    Range("epochs done", 0, most, whole=True).check(content["epochs_done"])
    return {key: content["epochs_done"], f"{key}_subject": None}


def epochs_done(key: str) -> int:
    """The number of epochs done at the player's position."""
    return int(st.session_state[key])


def _linked(key: str) -> int | None:
    """The position in the address."""
    text = st.query_params.get(key, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _speed() -> int:
    if SPEED not in st.session_state:
        linked = st.query_params.get(SPEED)
        st.session_state[SPEED] = next((speed for speed, name in SPEEDS.items() if name == linked), FIRST_SPEED)
    return int(st.session_state[SPEED])


def draw(page: str, playback: Playback) -> None:
    """Draw the player of `page`. Whenever it comes to rest, the page or the surrounding fragment reruns."""
    now = replace(playback, done=epochs_done(playback.key), speed=_speed())
    player(page, now, on_rest=partial(_rest, page, playback), on_speed=partial(_change_speed, page))


def _rest(page: str, playback: Playback) -> None:
    """Record the position at which the player came to rest, if it is one of this history."""
    sent = _sent(page, "rested")
    epoch = sent.get("epoch") if isinstance(sent, dict) and sent.get("subject") == playback.subject else None
    if isinstance(epoch, int) and 0 <= epoch <= playback.end:
        st.session_state[playback.key] = int(epoch)


def _change_speed(page: str) -> None:
    speed = _sent(page, "speed")
    if isinstance(speed, int) and speed in SPEEDS:
        st.session_state[SPEED] = int(speed)


def message(component: str, name: str) -> Mapping[str, Any]:
    """The last message `name` of a component; {} if it is not an object, because a browser may send anything."""
    found = st.session_state.get(component, {}).get(name)
    return found if isinstance(found, Mapping) else {}


def answered(component: str, name: str) -> int | None:
    """The number of the last message `name` of a component, if it has sent one."""
    number = message(component, name).get("number")
    return number if isinstance(number, int) else None


def _sent(page: str, name: str) -> Any:
    """The last value that the player of `page` sent as `name`; untrusted, because it comes from a browser."""
    return st.session_state.get(f"{page}_player", {}).get(name)
