"""Playing a history: where it stands, whether it runs, and how many pictures a second each viewer gets.

Every change sets a value and none toggles one, because a click can arrive twice.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages.ui.state.turns import Line

POSITION = "epoch"
"""The key of the position slider, and its parameter in the URL: how many epochs are done."""
PICTURES = "player"
"""The key of the fragment that draws all that moves."""
STEP = "step"
"""The key of the button that goes one epoch on."""
_AT = "played_at_rest"
_PLAYED_TO = "played_to"
_SEEN = "played_at"
_SUBJECT = "played_subject"

BURST_SECONDS = 1.0
"""How long one run of the page's fragment plays, at least."""
PICTURES_A_BURST = 15
"""At least: where pictures are few, most of the time would go into beginning again."""
PICTURES_A_SECOND = 11.0
"""At most, for one viewer."""
FLUENT = 5.0
"""Pictures a second; where whole ones would be fewer, most leave out what matters less."""
SHARE = 0.5
"""Of one processor, for the pictures of all viewers; the server takes about as much again to send them."""
PRESENT_SECONDS = 10.0
"""A viewer from whom no picture was asked for so long has stopped playing or gone away."""
LONGEST_GAP = 1.0
"""Seconds that one picture may make up for beyond its own; a viewer who was away goes on where the pictures stopped."""
FIRST_COST = 0.004
"""What a part of a picture is taken to cost before the first is drawn, in processor seconds."""
COST_WEIGHT = 0.05
"""How much one picture changes what a picture is taken to cost."""

Part = Callable[[int], object]
"""Draws a part of a picture: what there is after so many epochs."""


def prepare(subject: Hashable, end: int) -> None:
    """Show the end of a new `subject`; called before the slider is drawn, for after that its value cannot be set."""
    if st.session_state.get(_SUBJECT, subject) != subject:
        step_to(end)
    elif POSITION in st.session_state:
        st.session_state[POSITION] = min(_at_rest(), end)
    st.session_state[_SUBJECT] = subject


def position(end: int) -> int:
    """How many epochs are done where the pictures are."""
    return min(int(st.session_state[_PLAYED_TO] if is_playing() else _at_rest()), end)


def _at_rest() -> int:
    """Where the pictures are while they do not move: where the slider was put last, by hand or by a button."""
    return int(st.session_state[_AT if _AT in st.session_state else POSITION])


def show() -> None:
    """Draw the pictures where the slider is now, and nothing else of the page; called by the slider.

    Who presses Step fast sends, with each press, the slider as it was before the last picture arrived: that is no move.
    """
    if not st.session_state.get(STEP):
        st.session_state[_AT] = st.session_state[POSITION]
        st.rerun(PICTURES)


def is_playing() -> bool:
    """Whether the pictures move."""
    return _PLAYED_TO in st.session_state


def start(end: int) -> None:
    """Play from where the slider is, or from the beginning if it is at the end."""
    if not is_playing():
        done = position(end)
        _play_from(done if done < end else 0)


def _play_from(position: float) -> None:
    """Go on at `position`, which may lie between two epochs."""
    st.session_state[_PLAYED_TO] = position


def step(end: int) -> None:
    """Go one epoch on from where the slider is."""
    step_to(min(position(end) + 1, end))


def pause() -> None:
    """Stop where the pictures are."""
    if is_playing():
        step_to(int(st.session_state[_PLAYED_TO]))


def pause_at_next(end: int) -> None:
    """Stop one epoch after the pictures."""
    if is_playing():
        step_to(min(position(end) + 1, end))


def step_to(position: int) -> None:
    """Stop, and show `position`."""
    st.session_state.pop(_PLAYED_TO, None)
    st.session_state.pop(_SEEN, None)
    st.session_state[_AT] = st.session_state[POSITION] = position


def play(parts: Sequence[Part], end: int, epochs_a_second: int) -> bool:
    """Draw a whole picture and, while it plays, a burst of others. Gives whether the end was reached by playing.

    The `parts` of a picture are given in the order in which they matter. Where many play, most pictures have the first
    of them only.

    It ends at the next picture when a button is pressed, for then another run of the page takes over. How far a
    picture goes is decided by the clock: where pictures are slow or a burst is cut short, the speed is still the same.
    """
    if not is_playing():
        for part in parts:
            part(position(end))
        return False
    players = _players()
    players.draw(parts, position(end))  # at once: until it has drawn once, the fragment must not be asked for again
    count, allowed = players.allow(_viewer(), len(parts))
    gap = max(allowed, 1 / epochs_a_second)
    due = time.monotonic()
    burst = due + max(BURST_SECONDS, PICTURES_A_BURST * allowed)
    while due < burst:
        due += gap  # by the clock too: the time that a picture takes is not added to the gap
        time.sleep(max(0.0, due - time.monotonic()))
        if not is_playing():
            return False
        _play_from(min(float(end), st.session_state[_PLAYED_TO] + _seconds_passed(gap) * epochs_a_second))
        is_last = position(end) == end
        players.draw_in_turn(parts if is_last else parts[:count], position(end))
        if is_last:
            return True
    return False


def _seconds_passed(gap: float) -> float:
    """What a picture has to make up for: the time since the last one, or one gap for the first."""
    now = time.monotonic()
    last = float(st.session_state.get(_SEEN, now - gap))
    st.session_state[_SEEN] = now
    return min(now - last, gap + LONGEST_GAP)


class Players:
    """Those who play: how much time the parts of their pictures take, and so what each of them may have."""

    def __init__(self) -> None:
        self.costs: defaultdict[int, float] = defaultdict(lambda: FIRST_COST)
        """Processor seconds for each part of a picture, as it was lately."""
        self._seen: dict[str, float] = {}
        self._drawing = Line()

    def allow(self, viewer: str, parts: int) -> tuple[int, float]:
        """How many of the parts this viewer's pictures may have, and seconds from one to the next, while so many play.

        Of them, and not of the one with which each burst begins.
        """
        now = time.monotonic()
        self._seen[viewer] = now
        for other, seen in list(self._seen.items()):
            if now - seen > PRESENT_SECONDS:
                self._seen.pop(other, None)
        gaps = [len(self._seen) * self._cost(count, parts) / SHARE for count in range(1, parts + 1)]
        count = max((place for place, gap in enumerate(gaps, 1) if gap <= 1 / FLUENT), default=1)
        return count, max(gaps[count - 1], 1 / PICTURES_A_SECOND)

    def _cost(self, count: int, parts: int) -> float:
        """Of a picture with `count` of the parts, and its share of the whole one with which its burst begins."""
        costs = [self.costs[part] for part in range(parts)]
        return sum(costs[:count]) + sum(costs) / PICTURES_A_BURST

    def draw(self, parts: Sequence[Part], done: int) -> None:
        """Draw the parts of a picture, and take what they cost into account."""
        for place, part in enumerate(parts):
            start = time.thread_time()
            part(done)
            self.costs[place] += COST_WEIGHT * (time.thread_time() - start - self.costs[place])

    def draw_in_turn(self, parts: Sequence[Part], done: int) -> None:
        """Draw them when those who came before have theirs."""
        with self._drawing.turn():
            self.draw(parts, done)


@st.cache_resource(show_spinner=False)
def _players() -> Players:
    """All who play on this server."""
    return Players()


def _viewer() -> str:
    context = get_script_run_ctx()
    return context.session_id if context else ""
