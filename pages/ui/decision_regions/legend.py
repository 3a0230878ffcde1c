"""Problem 1 in words and numbers beside the picture, as HTML: the counts with the colour and the sign of each class."""

from html import escape

from pages.ui.theme import Colouring
from tinynet.activations import A
from tinynet.regions import Regions


def counts(regions: Regions, colouring: Colouring) -> str:
    """How many of the 10,000 points are positive and negative; for a continuous colouring its scale too."""
    rows = (
        ("+ positive, o ≥ 0", colouring.positive, regions.positive),
        ("− negative, o < 0", colouring.negative, regions.negative),
    )
    cells = "".join(
        f'<i style="background:{colour}"></i><div>{escape(name)}</div><b>{count:,}</b>'
        f"<span>{count / regions.output.size:.1%}</span>"
        for name, colour, count in rows
    )
    return f'<div class="counts" role="status">{cells}</div>{_ramp(colouring) if colouring.continuous else ""}'


def _ramp(colouring: Colouring) -> str:
    colours = ", ".join((colouring.negative, colouring.zero, colouring.positive))
    return (
        f'<div class="ramp" style="background:linear-gradient(to right, {colours})"></div>'
        f'<div class="ramp-ends"><span>o = −{A}</span><span>0</span><span>+{A}</span></div>'
    )


def fault(message: str) -> str:
    """What is wrong with the weights, and what the picture shows meanwhile; an empty place if nothing is."""
    sentence = f"<p>{escape(message)}: the picture shows the last complete weights.</p>" if message else ""
    return f'<div class="fault" role="alert">{sentence}</div>'


def effect(sentence: str) -> str:
    """What the last edit did; two lines have room, so that what is below stays in its place."""
    return f'<div class="effect" role="status">{escape(sentence)}</div>'
