"""Where the player of a page stands, as far as the server knows: it is told when the player comes to rest."""

import zlib
from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from pages.ui import streamlit_gaps
from pages.ui.live.player import FIRST_SPEED, SPEEDS, Playback, player

SPEED = "speed"
"""The key of the speed, and its parameter in the URL."""


def begin(key: str, shown: object, end: int) -> Playback:
    """The playback of what is `shown`: where it was left, where a link says at first, else at its end."""
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
    return Playback(key, subject, end, done(key), st.session_state[f"{key}_placed"], _speed())


def put(key: str, done: int) -> dict[str, Any]:
    """What the session has to hold for the player to stand there, whatever is shown next."""
    return {key: done, f"{key}_subject": None}


def done(key: str) -> int:
    """How many epochs are done where the player rests now."""
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
    """The player of `page`. Whenever it comes to rest the page, or the fragment around this, runs again."""
    now = replace(playback, done=done(playback.key), speed=_speed())
    player(page, now, on_rest=partial(_rest, page, playback), on_speed=partial(_change_speed, page))


def _rest(page: str, playback: Playback) -> None:
    """Take over where the player came to rest, if that was in this history."""
    sent = _sent(page, "rested")
    epoch = sent.get("epoch") if isinstance(sent, dict) and sent.get("subject") == playback.subject else None
    if isinstance(epoch, int) and 0 <= epoch <= playback.end:
        st.session_state[playback.key] = int(epoch)


def _change_speed(page: str) -> None:
    speed = _sent(page, "speed")
    if isinstance(speed, int) and speed in SPEEDS:
        st.session_state[SPEED] = int(speed)


def _sent(page: str, name: str) -> Any:
    """What the player of `page` sent last as `name`; from a browser it may be anything."""
    return st.session_state.get(f"{page}_player", {}).get(name)
