"""Problem 1: the weights in the session, the answers in the cache, and the specifications of the charts."""

import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict

import streamlit as st

from pages.ui import streamlit_gaps, theme, vega
from pages.ui.decision_regions import charts, edits
from pages.ui.decision_regions.edits import Cells
from pages.ui.decision_regions.tables import View
from pages.ui.live.drag import RESTED
from pages.ui.live.state import message
from tinynet.regions import CELLS, EDGES, PRESETS, Regions, cells, decide, draw, from_cells

FIRST_PRESET = "a"
SEED = "draw_seed"
SHOWN = "regions_shown"
VIEWED = "regions_viewed"
BEFORE = "regions_before"
CHART = "regions"
"""The key of the chart of the decision regions, which tells what was clicked."""
COLOURING = "colouring"
POINT = ("point_x1", "point_x2")
POINT_LIMIT, FIRST_COORDINATE = 1000.0, 1.0
DRAG = "drag"
"""The key of the slider that moves a weight."""
DRAGGED, DRAGGED_FIRST = "dragged", "h11"
"""The parameter of a link for the weight that it moves, and the first of them."""
PICTURES = "pictures"
"""The key of the fragment that shows what follows from the weights."""
EDIT_SECONDS = 0.8
"""How long a download waits for an edit that is on its way; a busy server takes longer than a quiet one."""


def begin() -> None:
    """On the first visit fill the cells that the link leaves open with the weights of preset (a)."""
    first = cells(PRESETS[FIRST_PRESET])
    streamlit_gaps.whole_address(first)
    filled = streamlit_gaps.held_by_the_browser()
    for name, weight in first.items():
        if name not in st.session_state and name not in filled:
            st.session_state[name] = weight


def view() -> View:
    """The display settings; an unknown colouring, which its widget has not checked yet, becomes the first one."""
    colouring = st.session_state[COLOURING]
    overlays = (st.session_state[key] for key in ("lines", "boundary", "signs", "changed"))
    return View(colouring if colouring in theme.COLOURINGS else next(iter(theme.COLOURINGS)), *overlays)


def keep_view(view: View) -> None:
    """Keep how the picture is shown, for a download that asks for it later."""
    st.session_state.setdefault(VIEWED, {}).update(asdict(view))


def point() -> tuple[float, float]:
    """The chosen point; a coordinate out of range, which its widget has not checked yet, becomes the first value."""
    x1, x2 = (st.session_state[name] for name in POINT)
    return _within(x1), _within(x2)


def _within(coordinate: float) -> float:
    return coordinate if abs(coordinate) <= POINT_LIMIT else FIRST_COORDINATE


def dragged(labels: Mapping[str, str]) -> str:
    """The name of the weight that the slider moves at first: that of the link, by its label, or what was moved last."""
    wanted = st.query_params.get(DRAGGED)
    named = [name for name, label in labels.items() if label == wanted]
    if streamlit_gaps.is_back_or_forward():
        st.session_state.pop(DRAGGED, None)
    st.session_state[DRAGGED] = named[0] if named else st.session_state.get(DRAGGED, DRAGGED_FIRST)
    chosen: str = st.session_state[DRAGGED]
    return chosen


def put_dragged() -> None:
    """Fill the cell of the dragged weight, unless the slider's message is invalid, and rerun the page."""
    sent = message(DRAG, RESTED)
    name, value = sent.get("name"), sent.get("value")
    # compared, because a whole number may have too many digits to be converted
    if name in CELLS and isinstance(value, int | float) and abs(value) <= sys.float_info.max:
        st.session_state[DRAGGED] = name
        st.session_state[name] = float(value)
    st.rerun()


def held() -> dict[str, float | None]:
    """What is in the cells."""
    return {name: st.session_state[name] for name in CELLS}


def show() -> None:
    """Work out the pictures of what was entered, and nothing else of the page; called by what was entered.

    Not for a callback that fills other widgets: a run of a named fragment does not tell the browser of their values.
    """
    streamlit_gaps.run_fragment(PICTURES)


def put_preset(name: str) -> None:
    """Fill all cells with the weights of preset `name`."""
    st.session_state.update(cells(PRESETS[name]))


def put_draw() -> None:
    """Fill all cells with the random weights of the seed as it is now, not as it was when the button was drawn."""
    st.session_state.update(cells(draw(int(st.session_state[SEED]))))


def settle(entered: Cells | None) -> Cells:
    """What is shown: what was `entered`, or the last complete weights if that cannot be shown (None)."""
    shown: Cells = st.session_state.setdefault(SHOWN, entered or cells(PRESETS[FIRST_PRESET]))
    if entered is not None and entered != shown:
        edits.note(dict(shown))
        _show(entered)
    return dict(shown)


def _show(wanted: Cells) -> None:
    # a download asks the same object later
    shown: Cells = st.session_state[SHOWN]
    st.session_state[BEFORE] = dict(shown)
    shown.update(wanted)


def put_edit(step: Callable[[Cells], Cells]) -> None:
    """Undo or redo an edit, as `step` finds it, and run the page, whose cells change."""
    shown: Cells = st.session_state[SHOWN]
    wanted = step(dict(shown))
    if wanted != shown:
        _show(wanted)  # so that this is not an edit itself
    st.session_state.update(wanted)
    st.rerun()


def before() -> Cells | None:
    """What was shown before the last edit, if there was one."""
    cells: Cells | None = st.session_state.get(BEFORE)
    return cells


def put_point() -> None:
    """Take the point that was clicked as the one to look at, and run the page."""
    picked = vega.picked(st.session_state[CHART], charts.PICKED, ("x1", "x2"))
    for key, value in zip(POINT, picked.values(), strict=False):
        st.session_state[key] = round(min(max(value, EDGES[0]), EDGES[1]), 1)
    st.rerun()


def ask_later() -> Callable[[], tuple[Regions, dict[str, object]]]:
    """A function for a download: it gives what is shown when it is called, and how.

    A download runs outside the session. An edit that was typed just before its button was pressed is still on its way
    then, so it is waited for.
    """
    shown, viewed = st.session_state[SHOWN], st.session_state[VIEWED]

    def ask() -> tuple[Regions, dict[str, object]]:
        time.sleep(EDIT_SECONDS)
        return decide(from_cells(shown)), dict(viewed)

    return ask


def answer(shown: Cells) -> Regions:
    """What the network answers on the grid, computed once for the same weights. The arrays are shared: read only."""
    return _answer(tuple(shown[name] for name in CELLS))


@st.cache_resource(max_entries=64, show_spinner=False)
def _answer(values: tuple[float, ...]) -> Regions:
    return decide(from_cells(dict(zip(CELLS, values, strict=True))))
