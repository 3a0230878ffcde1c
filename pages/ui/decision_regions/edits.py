"""The edits of the weights of page 1 that can be undone, and those that were."""

import streamlit as st

MOST = 100
"""Edits that are kept."""
_PAST, _FUTURE = "edits_past", "edits_future"

Cells = dict[str, float]


def note(before: Cells) -> None:
    """Keep what the cells held before an edit. What was undone can no longer be redone."""
    past: list[Cells] = st.session_state.setdefault(_PAST, [])
    past.append(before)
    del past[:-MOST]
    st.session_state[_FUTURE] = []


def can_undo() -> bool:
    """Whether there is an edit to undo."""
    return bool(st.session_state.get(_PAST))


def can_redo() -> bool:
    """Whether there is an edit to redo."""
    return bool(st.session_state.get(_FUTURE))


def undo(now: Cells) -> Cells:
    """What the cells held before the last edit; `now` they hold what it made. The same if there is none."""
    return _step(_PAST, _FUTURE, now)


def redo(now: Cells) -> Cells:
    """What the edit that was undone last had made. The same if there is none."""
    return _step(_FUTURE, _PAST, now)


def _step(source: str, target: str, now: Cells) -> Cells:
    if not st.session_state.get(source):
        return now
    st.session_state.setdefault(target, []).append(now)
    taken: Cells = st.session_state[source].pop()
    return taken
