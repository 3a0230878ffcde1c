"""The second document's argument: why equal hidden units stay equal, in symbols and in numbers."""

import numpy as np

from pages.ui.numbers import factor, latex, plain
from tinynet.datasets import TWENTY
from tinynet.microscope import Step
from tinynet.network import Weights
from tinynet.symmetry import answers, as_one

ASKED = (
    "Linear and logistic regression may start with every weight at zero. A network with a hidden layer may not, nor "
    "with every weight at any other common value. Why, and what happens if it does?"
)
SYMBOLS = (
    r"\begin{aligned} z_j &= u_{j0} + u_{j1} x_1 + u_{j2} x_2 + u_{j3} x_3, \quad a_j = f(z_j) \\"
    r" o &= f(w_{20} + w_{21} a_1 + w_{22} a_2) \end{aligned}"
)

IN_SYMBOLS: list[tuple[str, ...]] = [
    (
        "**Forward.** $u$ are the weights into the hidden units, $w$ those to the output (the document calls both "
        "$w$). If the two units have the same weights, they give the same answer to every sample:",
        r"u_{1i} = u_{2i} \;\Rightarrow\; z_1 = z_2 \;\Rightarrow\; a_1 = f(z_1) = f(z_2) = a_2",
    ),
    (
        "**Back.** Then every factor of their gradients is the same, if $w_{21} = w_{22}$:",
        r"\frac{\partial l}{\partial w_{21}} = 2(o - y)\,f'(z_o)\,a_1 = 2(o - y)\,f'(z_o)\,a_2 = "
        r"\frac{\partial l}{\partial w_{22}}",
        r"\frac{\partial l}{\partial u_{1i}} = 2(o - y)\,f'(z_o)\,w_{21}\,f'(z_1)\,x_i = "
        r"\frac{\partial l}{\partial u_{2i}}",
    ),
    (
        "**Step.** From 0, or from any other common value, both take the same step. They are equal again, and so is "
        "every step that follows, for any number of units:",
        r"w_{21} = 0 + \Delta w = w_{22}, \qquad u_{1i} = 0 + \Delta u_i = u_{2i}",
    ),
    (
        "**At zero itself** not even that: $f(0) = 0$ makes $a_1 = a_2 = 0$, so $\\Delta w = 0$; and "
        "$w_{21} = w_{22} = 0$ makes $\\Delta u_i = 0$. Only $w_{20}$, the bias of the output, moves.",
    ),
    (
        "**What they amount to.** $H$ equal units compute what one unit with $H$ times their output weight computes. "
        "How training gets there may differ: in one step that sum moves $H$ times as far as the weight of the one unit "
        "would, and the weights into each unit $1/H$ as far.",
        r"o = f\Bigl(w_{20} + \sum_{j=1}^{H} w_{2j}\,a_j\Bigr) = f\bigl(w_{20} + (H\,w_{21})\,a_1\bigr)",
    ),
]
"""The derivation for two hidden units, as text and LaTeX."""


def derivation(step: Step) -> list[tuple[str, ...]]:
    """The derivation in symbols, then with the numbers of a first step of two equal units."""
    return [*IN_SYMBOLS, *in_numbers(step)]


def in_numbers(step: Step) -> list[tuple[str, ...]]:
    """The derivation with the numbers of a first step of two equal units, as text and LaTeX."""
    way, before, after = step.forward, step.before, step.after
    return [
        (
            f"**Forward**, with every weight at {plain(before.output[0, 0], '.6g')} and sample {step.sample + 1}, the "
            "first that is taken.",
            _net(1, step),
            _net(2, step),
            rf"a_1 = f(z_1) = {_number(way.hidden[0])}, \quad a_2 = f(z_2) = {_number(way.hidden[1])}",
            rf"o = {_number(way.output[0])}",
        ),
        (
            "**Back**, to the two output weights.",
            rf"\frac{{\partial l}}{{\partial w_{{21}}}} = {_number(step.gradient.output[0, 1])} = "
            r"\frac{\partial l}{\partial w_{22}}",
        ),
        (
            f"**Step**, with η = {step.learning_rate:g}: the two output weights, and the bias of each unit.",
            _change("w_{21}", before.output[0, 1], after.output[0, 1]),
            _change("w_{22}", before.output[0, 2], after.output[0, 2]),
            _change("u_{10}", before.hidden[0, 0], after.hidden[0, 0]),
            _change("u_{20}", before.hidden[1, 0], after.hidden[1, 0]),
        ),
        (
            "**One unit instead of two**, after this step: the same answers to all 20 samples, up to rounding.",
            _sum_of_outputs(after),
        ),
    ]


def _sum_of_outputs(weights: Weights) -> str:
    one = as_one(weights)
    apart = float(np.abs(answers(one) - answers(weights)).max())
    return (
        rf"2 \cdot {factor(_number(weights.output[0, 1]))} = {_number(one.output[0, 1])}, \quad "
        rf"\max_{{20}} |o_{{\text{{two}}}} - o_{{\text{{one}}}}| = {latex(apart, '.1e')}"
    )


def _number(value: float) -> str:
    return latex(float(value), ".5g")


def _net(unit: int, step: Step) -> str:
    inputs = [1.0, *TWENTY.inputs[step.sample]]
    weights = step.before.hidden[unit - 1]
    terms = [rf"{factor(_number(w))} \cdot {factor(_number(x))}" for w, x in zip(weights, inputs, strict=True)]
    first, rest = (" + ".join(part) for part in (terms[:2], terms[2:]))
    net = _number(step.forward.hidden_net[unit - 1])
    return rf"\begin{{aligned}} z_{unit} &= {first} \\ &\quad + {rest} = {net} \end{{aligned}}"


def _change(name: str, old: float, new: float) -> str:
    return rf"{name} = {_number(old)} + \Delta = {_number(old)} + {factor(_number(new - old))} = {_number(new)}"
