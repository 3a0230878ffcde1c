"""The undo and redo stacks for the weights of page 1."""

import streamlit as st

MOST = 100
"""Number of edits kept."""
_PAST, _FUTURE = "edits_past", "edits_future"

Cells = dict[str, float]


def note(before: Cells) -> None:
    """Push the cells before an edit onto the undo stack, and clear the redo stack."""
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
    """The cells before the last edit; `now` are the current ones, which are returned if there is no edit."""
    return _step(_PAST, _FUTURE, now)


def redo(now: Cells) -> Cells:
    """The cells after the edit that was undone last; `now`, the current ones, if there is none."""
    return _step(_FUTURE, _PAST, now)


def _step(source: str, target: str, now: Cells) -> Cells:
    if not st.session_state.get(source):
        return now
    st.session_state.setdefault(target, []).append(now)
    taken: Cells = st.session_state[source].pop()
    return taken
