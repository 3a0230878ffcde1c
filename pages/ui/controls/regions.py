"""Problem 1: the weight editor, and how the picture is shown."""

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from pages.ui.live.drag import drag
from pages.ui.state import edits
from pages.ui.state import regions as state
from tinynet.network import Weights
from tinynet.regions import CELLS, STEP, from_cells

LIMIT = 1000.0
"""The editor takes weights from -LIMIT to LIMIT; far below that every unit answers ±a nearly everywhere."""
DRAGGED = (-5.0, 5.0, STEP)
"""Where the slider begins and ends, and its step."""
LARGEST_SEED = 2.0**31 - 1
OVERLAYS = {
    "lines": ("Lines of h₁ and h₂", "Draws where a hidden unit's net, and so its output, is zero."),
    "boundary": ("Boundary o = 0", "Draws where the output is zero, between the points of the grid."),
    "signs": (
        "Signs + and −",
        "Writes the sign of o on every tenth point, so that the picture can be read without its colours.",
    ),
    "changed": ("Last change", "Hatches the points that the last edit turned to the other side."),
}
"""What may lie on the picture, by the key of its toggle: its name, and its explanation. All but the last are on."""
HIDDEN = {"h₁": ("h10", "h11", "h12"), "h₂": ("h20", "h21", "h22")}
OUTPUT = {"o": ("o0", "o1", "o2")}


def view(colourings: Sequence[str]) -> None:
    """How the picture is shown: in one of the `colourings`, and with which overlays on it."""
    st.radio(
        "Colouring",
        colourings,
        key=state.COLOURING,
        bind="query-params",
        on_change=state.show,
        help="Colours the picture by the sign of o, in the document's colours, the exercise's black and white, or a "
        "pair that the colour-blind tell apart; or by the value of o, pale near zero and full near ±a.",
    )
    for key, (name, explanation) in OVERLAYS.items():
        st.toggle(name, value=key != "changed", key=key, bind="query-params", on_change=state.show, help=explanation)


def point() -> None:
    """The point that is looked at: typed, or clicked in the picture."""
    with st.container(horizontal=True, gap="small"):
        for key, name in zip(state.POINT, ("x₁", "x₂"), strict=True):
            _coordinate(key, name)


def _coordinate(key: str, name: str) -> None:
    st.number_input(
        f"Point {name}",
        min_value=-state.POINT_LIMIT,
        max_value=state.POINT_LIMIT,
        value=state.FIRST_COORDINATE,
        step=STEP,
        format="%g",
        key=key,
        bind="query-params",
        on_change=state.show,
        width=130,
        help="Click the picture, or type: the ring shows where. The picture itself ends at ±5.",
    )


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
        st.number_input(
            "Seed",
            min_value=0.0,  # a float: a link with an infinite whole number would stop Streamlit
            max_value=LARGEST_SEED,
            value=1.0,
            step=1.0,
            format="%.0f",
            key=state.SEED,
            bind="query-params",
            width=96,
            help="Chooses the random draw: the same seed always gives the same picture.",
        )
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
            help=f"{name} the last change of the weights. Key: {key}",
        )


def by_hand(cells: Mapping[str, float | None], colours: Mapping[str, Sequence[str]]) -> None:
    """The slider for one of the weights; the pictures in the browser have these `colours`."""
    labels = {name: label(name) for name in CELLS}
    faulty = list(_faults(cells))
    chosen, answered = state.dragged(labels), state.answered()
    drag(state.DRAG, labels, chosen, cells, faulty, colours, DRAGGED, answered, state.put_dragged)


def checked(cells: Mapping[str, float | None]) -> tuple[Weights | None, str]:
    """The weights in the cells and no message, or None and what is wrong with them."""
    if faults := _faults(cells):
        return None, "; ".join(faults.values())
    return from_cells({name: value for name, value in cells.items() if value is not None}), ""


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
                    _cell(name)


def _cell(name: str) -> None:
    st.number_input(
        label(name),
        min_value=-LIMIT,
        max_value=LIMIT,
        value=None,  # so that an empty cell comes back as None and not as some default
        step=0.1,
        format="%g",
        key=name,
        bind="query-params",
        on_change=state.show,
        placeholder="empty",
        label_visibility="collapsed",
    )


def label(name: str) -> str:
    """What a weight is called on the page: `h12` is "weight h₁ · x₂"."""
    unit, column = name[:-1], int(name[-1])
    row = {"h1": "h₁", "h2": "h₂", "o": "o"}[unit]
    inputs = ("bias", "h₁", "h₂") if unit == "o" else ("bias", "x₁", "x₂")
    return f"weight {row} · {inputs[column]}"


def _fault(name: str, value: float | None) -> str:
    return f"{label(name)} is empty" if value is None else ""
