"""One step of problem 2, a network with one hidden unit, as formulas with its numbers and as a table."""

from collections.abc import Container, Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from pages.ui.numbers import factor, latex, plain
from pages.ui.table import Table
from pages.ui.training.tables import WEIGHTS
from tinynet.activations import A
from tinynet.arrays import Array
from tinynet.datasets import TWENTY
from tinynet.microscope import Layers, Step, central_differences, relative_error
from tinynet.network import Weights


class _Line(NamedTuple):
    """A formula: its text, its left side, and its right sides: in symbols, with numbers, and the result.

    `keys` are the quiz questions that its numbers would answer.
    """

    keys: tuple[str, ...]
    words: str
    left: str
    rights: tuple[str, ...]


def title(step: Step, epoch: int, number: int) -> str:
    """The sample of the step, and from which weights it starts: its `number` in the epoch counts from 1."""
    inputs = ", ".join(_given(value) for value in step.x)
    label = "positive" if step.y > 0 else "negative"
    sample = f"Sample {step.sample + 1}: $x = ({inputs})$, {label}, so $y = {_given(step.y)}$."
    if number > 1:
        others = f"{number - 1} on other samples" if number > 2 else "one on another sample"
        return f"{sample} It is step {number} of {len(TWENTY.labels)} in this epoch, after {others}."
    before = f"epoch {epoch - 1} left" if epoch else "training starts from"
    return f"{sample} It is step 1 of {len(TWENTY.labels)} in this epoch, from the weights that {before}."


def forward_lines(step: Step, hidden: Container[str] = ()) -> list[tuple[str, str]]:
    """The forward pass as text and LaTeX. Formulas with one of the keys `hidden` are in symbols only."""
    return [_shown(line, hidden) for line in _forward(step)]


def backward_lines(step: Step, hidden: Container[str] = ()) -> list[tuple[str, str]]:
    """The backward pass, first the output layer, then the hidden layer; see `forward_lines`."""
    return [_shown(line, hidden) for line in (*_output_layer(step), *_hidden_layer(step))]


def descent_lines(step: Step, hidden: Container[str] = ()) -> list[tuple[str, str]]:
    """The gradient descent step, one half for each layer; see `forward_lines`."""
    return [_shown(line, hidden) for line in _descent(step)]


WAYS = {"Forward": forward_lines, "Backward": backward_lines, "Step": descent_lines}
"""The three parts of a step, by the name of their tab."""


def _shown(line: _Line, hidden: Container[str]) -> tuple[str, str]:
    rights = line.rights[:1] if any(key in hidden for key in line.keys) else line.rights
    equations = r" \\[3pt] &= ".join(rights)
    return line.words, rf"\begin{{aligned}} {line.left} &= {equations} \end{{aligned}}"


def _forward(step: Step) -> list[_Line]:
    way, before = step.forward, step.before
    net_h, h, net_o, o = (latex(value.item()) for value in (way.hidden_net, way.hidden, way.output_net, way.output))
    inputs = [_given(value) for value in step.x]
    return [
        _Line(
            ("net_h",),
            "The hidden unit adds its bias and its weighted inputs.",
            "net_h",
            (
                _sum([r"w^{(1)}_0", *(rf"w^{{(1)}}_{i} x_{i}" for i in (1, 2, 3))]),
                _sum(_products(before.hidden[0], inputs)),
                net_h,
            ),
        ),
        _Line(("h",), "Its output is the activation of that sum.", "h", (*_activation("h", net_h), h)),
        _Line(
            ("net_o",),
            "The output unit adds its bias and the weighted hidden output.",
            "net_o",
            (_sum([r"w^{(2)}_0", r"w^{(2)}_1 h"]), _sum(_products(before.output[0], [h])), net_o),
        ),
        _Line(("o",), "It has the same activation function.", "o", (*_activation("o", net_o), o)),
        _Line(
            ("loss",),
            "The loss of this sample.",
            "l",
            ("(o - y)^2", f"({o} - {factor(_given(step.y))})^2", latex(step.loss)),
        ),
    ]


def _activation(unit: str, net: str) -> tuple[str, str]:
    return (
        rf"f(net_{unit}) = \frac{{2a}}{{1 + e^{{-b \cdot net_{unit}}}}} - a",
        rf"\frac{{2 \cdot {A}}}{{1 + e^{{-\frac{{2}}{{3}} \cdot {factor(net)}}}}} - {A}",
    )


def _output_layer(step: Step) -> list[_Line]:
    h, o = (latex(value.item()) for value in (step.forward.hidden, step.forward.output))
    factors = [factor(latex(value)) for value in (step.error_slope, step.output_slope)]
    return [
        _Line(
            ("error_slope",),
            "Back: how the loss changes with the output.",
            r"\frac{\partial l}{\partial o}",
            ("2(o - y)", f"2({o} - {factor(_given(step.y))})", latex(step.error_slope)),
        ),
        _Line(
            ("output_slope",),
            "How the output changes with its pre-activation.",
            "f'(net_o)",
            _slope("o", o, step.output_slope),
        ),
        _Line(
            ("output_bias_gradient", "output_gradient"),
            "The chain rule in the output layer: both slopes, times the input of each weight.",
            r"\frac{\partial l}{\partial w^{(2)}}",
            (
                r"2(o - y)\, f'(net_o)" + _column(["1", "h"]),
                _product(factors) + _column(["1", h]),
                _vector(step.gradient.output),
            ),
        ),
    ]


def _hidden_layer(step: Step) -> list[_Line]:
    h, weight = step.forward.hidden.item(), step.before.output[0, 1]
    values = (step.error_slope, step.output_slope, weight, step.hidden_slope.item())
    return [
        _Line(
            (),
            "Further back: how the output's pre-activation changes with the hidden unit.",
            r"\frac{\partial net_o}{\partial h}",
            (r"w^{(2)}_1", latex(weight)),
        ),
        _Line(
            ("hidden_slope",),
            "How the hidden unit changes with its pre-activation.",
            "f'(net_h)",
            _slope("h", latex(h), step.hidden_slope.item()),
        ),
        _Line(
            ("hidden_bias_gradient", "hidden_gradient"),
            "The chain rule in the hidden layer.",
            r"\frac{\partial l}{\partial w^{(1)}}",
            (
                r"2(o - y)\, f'(net_o)\, w^{(2)}_1\, f'(net_h)" + _column(["1", "x_1", "x_2", "x_3"]),
                _product([factor(latex(value)) for value in values])
                + _column(["1", *(_given(value) for value in step.x)]),
                _vector(step.gradient.hidden),
            ),
        ),
    ]


def _slope(unit: str, value: str, result: float) -> tuple[str, str, str]:
    return (
        rf"\frac{{b}}{{2a}}\,(a^2 - {unit}^2)",
        rf"\frac{{2/3}}{{2 \cdot {A}}}\,({A}^2 - {factor(value)}^2)",
        latex(result),
    )


def _descent(step: Step) -> Iterator[_Line]:
    for name, place in (("output", "(2)"), ("hidden", "(1)")):
        weight, gradient, change = f"w^{{{place}}}", getattr(step.gradient, name), getattr(step.change, name)
        yield _Line(
            ("change",),
            f"The {name} layer moves against its gradient,",
            rf"\Delta {weight}",
            (
                rf"-\eta\, \frac{{\partial l}}{{\partial {weight}}}",
                f"-{_given(step.learning_rate)} {_vector(gradient)} = {_vector(change)}",
            ),
        )
        yield _Line(
            ("after",),
            "and these are its weights after the step.",
            rf"{weight}_{{\text{{after}}}}",
            (
                rf"{weight} + \Delta {weight}",
                f"{_vector(getattr(step.before, name))} + {_vector(change)} = {_vector(getattr(step.after, name))}",
            ),
        )


def _given(value: float) -> str:
    """An input number with the digits it was given."""
    return latex(float(value), ".6g")


def _products(weights: Array, values: Sequence[str]) -> list[str]:
    """The bias, and each other weight times its value, as the terms of a sum."""
    bias, *others = (latex(float(weight)) for weight in weights)
    return [bias, *(_product([factor(w), factor(v)]) for w, v in zip(others, values, strict=True))]


def _product(factors: Iterable[str]) -> str:
    return r" \cdot ".join(factors)


def _sum(terms: Sequence[str]) -> str:
    """The terms, two on each line."""
    lines = [" + ".join(terms[place : place + 2]) for place in range(0, len(terms), 2)]
    return r" \\ &\quad + ".join(lines)


def _vector(row: Array) -> str:
    return _column([latex(float(value)) for value in row[0]])


def _column(cells: Iterable[str]) -> str:
    return r"\begin{bmatrix} " + r" \\ ".join(cells) + r" \end{bmatrix}"


def table(step: Step) -> Table:
    """A row for each weight: before, its gradient computed in two ways, their difference, its change, and after."""
    differences = central_differences(step.before, step.sample)
    errors = relative_error(_flat(step.gradient), _flat(differences))
    columns = [_flat(part) for part in (step.before, step.gradient, differences, step.change, step.after)]
    cells = [[plain(value) for value in column] for column in columns]
    cells.insert(3, [plain(value, ".1f") for value in errors])
    heads = ["before", "∂l/∂w by the chain rule", "by central differences", "relative error", "Δw", "after"]
    return Table([heads], dict(zip(WEIGHTS.values(), map(list, zip(*cells, strict=True)), strict=True)), kind="wide")


def given(step: Step) -> Table:
    """The weights before the step, which the quiz gives."""
    cells = [plain(value) for value in _flat(step.before)]
    return Table([list(WEIGHTS.values())], {"before": cells})


def agreement(step: Step) -> str:
    """How much the two gradients differ, and which of them is not exact, in a sentence."""
    apart = np.abs(_flat(step.gradient) - _flat(central_differences(step.before, step.sample))).max()
    return (
        f"The two gradients differ by at most {plain(apart, '.1f')}. Central differences are approximations, "
        "with the largest relative error where a gradient is near 0."
    )


def _flat(layers: Weights | Layers) -> Array:
    return np.concatenate([layers.hidden[0], layers.output[0]])
