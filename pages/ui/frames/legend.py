"""What stands beside the picture in words and numbers: the counts with the colour of each sign, and what is wrong."""

from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.ui.theme import Colouring
from tinynet.activations import A
from tinynet.regions import Regions

STYLE = """<style>
.counts { display: grid; grid-template-columns: auto 1fr auto auto; gap: .1rem .6rem; align-items: center; }
.counts i { width: 1.1em; height: 1.1em; border: 1px solid #8888; font-style: normal; }
.counts b { text-align: right; font-variant-numeric: tabular-nums; }
.counts span { text-align: right; font-variant-numeric: tabular-nums; opacity: .75; }
.ramp { height: .9rem; border: 1px solid #8888; }
.ramp-ends { display: flex; justify-content: space-between; font-size: .8rem; font-variant-numeric: tabular-nums; }
.fault { border-left: 4px solid currentColor; padding-left: .6rem; margin: 0; }
</style>"""


def counts(place: DeltaGenerator, regions: Regions, colouring: Colouring) -> None:
    """How many of the 10,000 points are positive and negative, each with its colour and its sign."""
    rows = (
        ("+ positive, o ≥ 0", colouring.positive, regions.positive),
        ("− negative, o < 0", colouring.negative, regions.negative),
    )
    cells = "".join(
        f'<i style="background:{colour}"></i><div>{escape(name)}</div><b>{count:,}</b>'
        f"<span>{count / regions.output.size:.1%}</span>"
        for name, colour, count in rows
    )
    place.html(f'{STYLE}<div class="counts" role="status">{cells}</div>{_ramp(colouring)}')


def _ramp(colouring: Colouring) -> str:
    """The scale of a continuous colouring."""
    if not colouring.continuous:
        return ""
    colours = ", ".join((colouring.negative, colouring.zero, colouring.positive))
    return (
        f'<div class="ramp" style="background:linear-gradient(to right, {colours})"></div>'
        f'<div class="ramp-ends"><span>o = −{A}</span><span>0</span><span>+{A}</span></div>'
    )


def fault(message: str) -> None:
    """Say what is wrong with the weights, and what the picture shows meanwhile."""
    if message:
        st.html(f'<p class="fault" role="alert">{escape(message)}: the picture shows the last complete weights.</p>')
