"""Session state and caches of page 5."""

from collections.abc import Sequence

import streamlit as st

from pages.ui.live.regions import EDITED
from pages.ui.live.state import message
from pages.ui.plane import points
from pages.ui.plane.experiment import OWN, Experiment
from pages.ui.training_process import training_process
from tinynet.config import Config
from tinynet.plane import BestLine, best_line
from tinynet.points import LIMIT, MOST, Generated, Own, Row, dataset
from tinynet.training import History

DATA, POINTS = "data", "points"
"""The keys of which points are learnt, and of own points as text."""
PASTED = "pasted_points"
"""The key of the field into which points are pasted."""
FILE = "points"
"""The uploader of points."""
HAND = "in_the_plane_hand"
_WRITTEN = "pasted_points_written"


@st.cache_data(max_entries=256, show_spinner=False)
def history(experiment: Experiment) -> History:
    """The history of both networks, trained once for all viewers. The cache drops the oldest ones by size in bytes."""
    return trained(experiment.config, experiment.source)


def trained(config: Config, source: Generated | Own) -> History:
    """Train on these points when it is this viewer's turn."""
    return training_process().train(config, dataset(source))


@st.cache_data(max_entries=256, show_spinner=False)
def best(source: Generated | Own) -> BestLine:
    """The line that parts most of the points."""
    return best_line(dataset(source))


def put_points(rows: Sequence[Row]) -> None:
    """Make these points the ones that are learnt. Called before the widgets are drawn."""
    st.session_state.update({DATA: OWN, POINTS: points.encode(rows)})


def write_pasted(text: str) -> None:
    """Write the points into the field for pasting, unless they are those that it was last given."""
    if st.session_state.get(_WRITTEN) != text:
        st.session_state.update({PASTED: text, _WRITTEN: text})


def clear() -> None:
    """Remove all points."""
    put_points(())


def put_edited() -> None:
    """Take over the points that the hand has sent, unless its message is invalid."""
    rows = message(HAND, EDITED).get("points")
    if isinstance(rows, list) and len(rows) <= MOST and all(_is_point(row) for row in rows):
        put_points([(float(x1), float(x2), label) for x1, x2, label in rows])


def _is_point(row: object) -> bool:
    if not isinstance(row, list) or len(row) != 3 or row[2] not in (1, -1):
        return False
    return all(isinstance(one, int | float) and abs(one) <= LIMIT for one in row[:2])
