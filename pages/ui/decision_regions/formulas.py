"""Problem 1 as formulas with the current numbers. Pure functions from weights to LaTeX."""

from collections.abc import Sequence

import numpy as np

from pages.ui.numbers import latex, plain
from tinynet.activations import A
from tinynet.arrays import Array
from tinynet.network import Weights
from tinynet.regions import decide

ACTIVATION = rf"f(net) = \frac{{2a}}{{1 + e^{{-b \cdot net}}}} - a, \quad a = {A},\ b = \tfrac{{2}}{{3}}"

ASKED = (
    "A 2-2-1 network and its nine weights are given. Pass the points $(x_1, x_2)$ with $-5 \\le x_1, x_2 \\le 5$ "
    "through it, here 100 × 100 in steps of 0.1 from −5 to 4.9, and divide the plane by the sign of the output $o$. "
    "The exercise asks for the two parts in black and white, for two sets of weights, here preset a and preset b; the "
    "document paints them red, zero included, and blue."
)
"""The task of problem 1."""
SYMBOLS = (
    r"h = f\left(W^{(1)} \begin{bmatrix} 1 \\ x \end{bmatrix}\right)",
    r"o = f\left(W^{(2)} \begin{bmatrix} 1 \\ h \end{bmatrix}\right)",
    r"o = f\left(W^{(2)} \begin{bmatrix} 1 \\ f\left(W^{(1)} \begin{bmatrix} 1 \\ x \end{bmatrix}\right) "
    r"\end{bmatrix}\right)",
)
"""The network in symbols."""


QUESTION = "Give h₂ the weights of h₁. What shape can the boundary have then?"


def answer(weights: Weights) -> str:
    """What two equal hidden units can do, with the network of `weights` as the example, in sentences."""
    first, (bias, one, other) = weights.hidden[0], weights.output[0].tolist()
    merged = affine(np.array([bias, one + other]), ("h_1",))
    positive = decide(Weights(np.array([first, first]), weights.output)).positive
    return (
        "One straight line, parallel to $h_1 = 0$, or none. Both units then answer the same number, and work as one "
        "whose weight in $o$ is the sum of theirs: however many equal units there are, they make one line. With the "
        f"weights above that gives $o = f({merged})$, and {positive:,} of the 10,000 points "
        f"{'is' if positive == 1 else 'are'} positive."
    )


def all_of(weights: Weights) -> tuple[tuple[str, ...], ...]:
    """The activation, both layers as matrices, and the output as a formula, each with its text."""
    return (
        ("Every unit applies the same activation to its sum *net*:", ACTIVATION),
        ("The layers as matrices, with the biases in the first column:", *matrices(weights)),
        ("The output unit:", output_unit(weights.output[0])),
    )


def hidden_unit(unit: int, row: Array) -> str:
    """The output of hidden `unit` (0 or 1) as a function of the inputs; plain text, which renders faster than LaTeX."""
    bias, *weights = row.tolist()
    terms = zip(weights, ("x₁", "x₂"), strict=True)
    written = [f"{'−' if weight < 0 else '+'} {plain(abs(weight), '.6g')} {symbol}" for weight, symbol in terms]
    return f"{('h₁', 'h₂')[unit]} = f({plain(bias, '.6g')} {' '.join(written)})"


def output_unit(row: Array) -> str:
    """The output as a function of the hidden units; `row` (3,) has its bias first."""
    return f"o = f({affine(row, ('h_1', 'h_2'))})"


def matrices(weights: Weights) -> tuple[str, str]:
    """The hidden and the output layer as the exercise prints them, the bias in column 0."""
    return (
        rf"\begin{{bmatrix}} h_1 \\ h_2 \end{{bmatrix}} = f\left({_matrix(weights.hidden)}"
        rf"\begin{{bmatrix}} 1 \\ x_1 \\ x_2 \end{{bmatrix}}\right)",
        rf"o = f\left({_matrix(weights.output)}\begin{{bmatrix}} 1 \\ h_1 \\ h_2 \end{{bmatrix}}\right)",
    )


def affine(row: Array, names: Sequence[str]) -> str:
    """The sum w0 + w1·name1 + w2·name2 + …, each weight of `row` (1 + names,) with its own sign."""
    first, *others = (float(weight) for weight in row)
    terms = (_term(weight, name) for weight, name in zip(others, names, strict=True))
    return " ".join([_number(first), *terms])


def _term(weight: float, name: str) -> str:
    sign = "-" if weight < 0 else "+"
    return rf"{sign} {_number(abs(weight))}\,{name}"


def _matrix(rows: Array) -> str:
    lines = (" & ".join(_number(weight) for weight in row) for row in rows)
    return r"\begin{bmatrix}" + r" \\ ".join(lines) + r"\end{bmatrix}"


def _number(weight: float) -> str:
    return latex(float(weight), ".6g")
