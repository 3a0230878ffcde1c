"""Page 1: the weight editor, and how the picture is shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

import streamlit as st

from pages.ui.decision_regions import edits, saved, state
from pages.ui.fields import Choice, Entries, Linked, Number, Parameter, Setting, Switch, entries, radio
from pages.ui.files import Content
from pages.ui.live.drag import RESTED, drag
from pages.ui.live.state import answered
from pages.ui.theme import COLOURINGS
from tinynet.ranges import Range
from tinynet.regions import CELLS, STEP

LIMIT = 1000.0
"""The editor takes weights from -LIMIT to LIMIT; far below that every unit answers ±a nearly everywhere."""
DRAGGED = (-5.0, 5.0, STEP)
"""Where the slider begins and ends, and its step."""
HIDDEN = {"h₁": ("h10", "h11", "h12"), "h₂": ("h20", "h21", "h22")}
OUTPUT = {"o": ("o0", "o1", "o2")}


def label(name: str) -> str:
    """What a weight is called on the page: `h12` is "weight h₁ · x₂"."""
    unit, column = name[:-1], int(name[-1])
    row = {"h1": "h₁", "h2": "h₂", "o": "o"}[unit]
    inputs = ("bias", "h₁", "h₂") if unit == "o" else ("bias", "x₁", "x₂")
    return f"weight {row} · {inputs[column]}"


@dataclass(frozen=True)
class Cell:
    """A cell for one of the nine weights. It may come back empty: the page says so."""

    key: str
    labels: Mapping[Any, str] = field(default_factory=dict, init=False)

    @property
    def name(self) -> str:
        """The name of the weight."""
        return self.key

    @property
    def range(self) -> Range:
        """What the editor takes."""
        return Range(label(self.key), -LIMIT, LIMIT)

    def draw(self) -> None:
        """Draw the number input of the weight."""
        st.number_input(
            label(self.key),
            min_value=-LIMIT,
            max_value=LIMIT,
            value=None,  # so that an empty cell comes back as None and not as some default
            step=0.1,
            format="%g",
            key=self.key,
            bind="query-params",
            on_change=state.show,
            placeholder="empty",
            label_visibility="collapsed",
        )

    def check(self, value: object) -> float:
        """`value` as a float; raises ValueError if it is not a number in the range."""
        return Number(self.key, self.key, "", "", 0, self.range).check(value)

    def text(self, value: float) -> str:
        """All digits of `value`."""
        return str(value).removesuffix(".0")


WEIGHTS = {name: Cell(name) for name in CELLS}
COLOURING = Choice(
    state.COLOURING,
    "colouring",
    "Colouring",
    "Colours the picture by the sign of o, in the document's colours, the exercise's black and white, or a pair that "
    "the colour-blind tell apart; or by the value of o, pale near zero and full near ±a.",
    {name: name for name in COLOURINGS},
    next(iter(COLOURINGS)),
    radio,
)
OVERLAYS = (
    Switch(
        "lines", "lines", "Lines of h₁ and h₂", "Draws where a hidden unit's net, and so its output, is zero.", True
    ),
    Switch(
        "boundary",
        "contour",
        "Boundary o = 0",
        "Draws where the output is zero, between the points of the grid.",
        True,
    ),
    Switch(
        "signs",
        "signs",
        "Signs + and −",
        "Writes the sign of o on every tenth point of both axes, so that the picture can be read without its colours.",
        True,
    ),
    Switch("changed", "changed", "Last change", "Hatches the points that the last edit turned to the other side."),
)
"""What may lie on the picture."""
POINT = tuple(
    Number(
        key,
        key,
        f"Point {name}",
        "Click the picture, or type: the ring shows where. The picture itself ends at ±5.",
        state.FIRST_COORDINATE,
        Range(name, -state.POINT_LIMIT, state.POINT_LIMIT),
        STEP,
        130,
    )
    for key, name in zip(state.POINT, ("x₁", "x₂"), strict=True)
)
SEED = Number(
    state.SEED,
    "draw_seed",
    "Seed",
    "Chooses the random draw: the same seed always gives the same picture.",
    1,
    Range("seed", 0, 2**31 - 1, whole=True),
    width=96,
)
SETTINGS: tuple[Setting, ...] = (*WEIGHTS.values(), COLOURING, *OVERLAYS)
PARAMETERS: tuple[Parameter, ...] = (
    *SETTINGS,
    *POINT,
    SEED,
    Linked("mathematics"),
    Linked(state.DRAGGED, {name: label(name) for name in CELLS}),
)


def view() -> None:
    """How the picture is shown: its colouring, and which overlays lie on it."""
    for setting in (COLOURING, *OVERLAYS):
        setting.draw(on_change=state.show)


def point() -> None:
    """The point that is looked at: typed, or clicked in the picture."""
    with st.container(horizontal=True, gap="small"):
        for coordinate in POINT:
            coordinate.draw(on_change=state.show)


def editor() -> None:
    """The buttons that fill the cells, and the cells of both matrices as the exercise prints them, bias in column 0."""
    _presets()
    _matrix(
        "Hidden weights",
        ("bias", "x₁", "x₂"),
        HIDDEN,
        "Each row is one hidden unit. Its weights turn and shift the unit's line, and their size sets how steeply the "
        "unit changes across it.",
    )
    _matrix(
        "Output weights",
        ("bias", "h₁", "h₂"),
        OUTPUT,
        "How the output joins the two hidden units: the weights say how much each counts, the bias moves the boundary.",
    )


def _presets() -> None:
    """Buttons that fill the whole editor: the two networks of the exercise, and a random draw with its seed."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall"):
        for name in ("a", "b"):
            st.button(
                f"Preset {name}",
                key=f"preset_{name}",
                on_click=state.put_preset,
                args=(name,),
                help=f"Shows network ({name}) of the exercise.",
            )
        SEED.draw()
        st.button(
            "Draw",
            key="draw",
            on_click=state.put_draw,
            help="Shows a network with random weights between −2 and 2, drawn with this seed.",
        )


def undo() -> None:
    """The buttons that take back the last edits of the weights, and make them again."""
    for name, step, possible, key in (
        ("Undo", edits.undo, edits.can_undo(), "Ctrl+Z"),
        ("Redo", edits.redo, edits.can_redo(), "Ctrl+Shift+Z"),
    ):
        st.button(
            name,
            key=name.lower(),
            on_click=state.put_edit,
            args=(step,),
            disabled=not possible,
            help=f"{name} the last change to the weights. Key: {key}",
        )


def by_hand(cells: Mapping[str, float | None], weights: Sequence[float], colours: Mapping[str, Sequence[str]]) -> None:
    """The slider for one of the weights, and the pictures of all `weights` in these `colours`."""
    labels = {name: label(name) for name in CELLS}
    faulty = list(_faults(cells))
    chosen, number = state.dragged(labels), answered(state.DRAG, RESTED)
    first = state.DRAGGED_FIRST
    drag(state.DRAG, labels, chosen, first, cells, weights, faulty, colours, DRAGGED, number, state.put_dragged)


def checked(cells: Mapping[str, float | None]) -> tuple[dict[str, float] | None, str]:
    """The cells and no message if they are weights, or None and what is wrong with them."""
    if faults := _faults(cells):
        return None, "; ".join(faults.values())
    return {name: value for name, value in cells.items() if value is not None}, ""


def _faults(cells: Mapping[str, float | None]) -> dict[str, str]:
    return {name: fault for name, value in cells.items() if (fault := _fault(name, value))}


def _matrix(title: str, columns: tuple[str, ...], rows: Mapping[str, tuple[str, ...]], explanation: str) -> None:
    """Draw one matrix with its headings."""
    with st.container(key="matrix_" + "_".join(rows), gap="xxsmall"):
        st.markdown(f"**{title}**", help=f"{explanation} The arrow keys change a weight by 0.1.")
        headings = "".join(f"<span>{escape(heading)}</span>" for heading in columns)
        st.html(f'<div class="matrix-head"><span></span>{headings}</div>')
        with st.grid(4, wrap=False, min_column_width=20, vertical_alignment="center"):
            for unit, names in rows.items():
                st.markdown(unit)
                for name in names:
                    WEIGHTS[name].draw()


def _fault(name: str, value: float | None) -> str:
    return f"{label(name)} is empty" if value is None else ""


def restored(content: Content) -> Entries:
    """What the widgets hold when the content of a file is restored."""
    return entries(SETTINGS, saved.values(content))
