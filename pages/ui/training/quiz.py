"""The quiz on one step of problem 2: its questions, and which mistake a wrong answer comes from."""

import math
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np

from pages.ui.numbers import plain
from tinynet.activations import A, B, activation, slope
from tinynet.microscope import Step

QUESTIONS = {
    "net_h": "net_h, the pre-activation of the hidden unit",
    "h": "h = f(net_h), the value of the hidden unit",
    "net_o": "net_o, the pre-activation of the output",
    "o": "o = f(net_o), the output",
    "loss": "l = (o − y)², the loss",
    "error_slope": "∂l/∂o, the slope of the loss by the output",
    "output_slope": "f'(net_o), the slope of the output",
    "output_bias_gradient": "∂l/∂w⁽²⁾₀, the gradient of the output's bias",
    "output_gradient": "∂l/∂w⁽²⁾₁, the gradient of the weight of h",
    "hidden_slope": "f'(net_h), the slope of the hidden unit",
    "hidden_bias_gradient": "∂l/∂w⁽¹⁾₀, the gradient of the hidden unit's bias",
    "hidden_gradient": "∂l/∂w⁽¹⁾₁, the gradient of the weight of x₁",
}
"""The questions about a step, in the order of the forward and the backward pass."""
UPDATE_KEYS = ("change", "after")
"""The keys of the update formulas, which no question asks for."""

ERROR = "o − y"
TOLERANCE = 0.01
"""Relative tolerance of an answer."""
ROUNDING = 5e-4
"""Absolute tolerance of an answer, which is computed from numbers with four decimals."""


def hidden_from(key: str) -> list[str]:
    """The keys of a question and of everything after it, which the page hides: later formulas contain the answer."""
    keys = [*QUESTIONS, *UPDATE_KEYS]
    return keys[keys.index(key) :]


class Factor(NamedTuple):
    """A factor of a product: its name, its value, what it is often mistaken for, and what the product is without it."""

    name: str
    value: float
    instead: tuple[tuple[str, float], ...] = ()
    without: str = ""


class Recipe(NamedTuple):
    """How the answer to a question is computed: a sum of products, usually of one.

    `extra` are factors that are often multiplied in by mistake.
    """

    terms: tuple[tuple[Factor, ...], ...]
    extra: tuple[Factor, ...] = ()


class Slip(NamedTuple):
    """A common mistake: its description, and the number that it gives."""

    words: str
    value: float


def right_answer(step: Step, key: str) -> float:
    """The right answer to a question."""
    way, gradient = step.forward, step.gradient
    answers = {
        "net_h": way.hidden_net,
        "h": way.hidden,
        "net_o": way.output_net,
        "o": way.output,
        "loss": step.loss,
        "error_slope": step.error_slope,
        "output_slope": step.output_slope,
        "output_bias_gradient": gradient.output[0, 0],
        "output_gradient": gradient.output[0, 1],
        "hidden_slope": step.hidden_slope,
        "hidden_bias_gradient": gradient.hidden[0, 0],
        "hidden_gradient": gradient.hidden[0, 1],
    }
    return float(np.asarray(answers[key]).item())


def judge(step: Step, key: str, answer: float) -> str:
    """A sentence: that an answer is right, or which common mistake gives its number, or what to check.

    An answer is right within 1 % or 0.0005, whichever is more; a mistake must give it within 1 %.
    """
    if not math.isfinite(answer):
        return f"The answer must be a finite number, received {answer:g}."
    if _is_right(step, key, answer):
        return f"Right: {plain(right_answer(step, key), '.6g')}."
    fitting = [slip for slip in slips(step, key) if math.isclose(answer, slip.value, rel_tol=TOLERANCE)]
    if fitting:
        return f"Not yet: this is what you get {min(fitting, key=lambda slip: abs(slip.value - answer)).words}."
    return f"Not yet: check {_listed(recipe(step, key))}."


def slips(step: Step, key: str) -> list[Slip]:
    """The common mistakes: each factor left out or mistaken for another, the sign reversed, an extra factor.

    Of mistakes that give the same number only the first is kept, and none that gives the right one.
    """
    asked = recipe(step, key)
    products = [_term_slips(asked, place) for place in range(len(asked.terms))]
    found = [Slip("", right_answer(step, key))]
    for slip in chain(*products):
        if not any(math.isclose(slip.value, other.value, rel_tol=1e-9, abs_tol=1e-15) for other in found):
            found.append(slip)
    return found[1:]


def recipe(step: Step, key: str) -> Recipe:
    """The factors of the answer to a question."""
    if key in SUMS:
        return Recipe(SUMS[key](step))
    extra = [TWICE, HALF]
    if "gradient" in key or key == "error_slope":
        extra.append(Factor("the learning rate η", step.learning_rate))
    if key.endswith("bias_gradient"):
        extra.append(_h(step) if key.startswith("output") else _x1(step))
    return Recipe((PRODUCTS[key](step),), tuple(extra))


def _is_right(step: Step, key: str, answer: float) -> bool:
    """Within 1 % or 5e-4. A product must have the right sign, however small it is; a sum may be rounded across 0."""
    exact = right_answer(step, key)
    if len(recipe(step, key).terms) == 1 and answer * exact < 0:
        return False
    return abs(answer - exact) <= max(TOLERANCE * abs(exact), ROUNDING)


def _listed(asked: Recipe) -> str:
    *first, last = [_name(term) for term in asked.terms] if len(asked.terms) > 1 else [f.name for f in asked.terms[0]]
    return f"{', '.join(first)} and {last}" if first else last


def _name(term: Sequence[Factor]) -> str:
    return " · ".join(factor.name for factor in term)


def _term_slips(asked: Recipe, place: int) -> Iterator[Slip]:
    """The mistakes in one of the products, with the others right."""
    term = asked.terms[place]
    others = sum(_value(other) for i, other in enumerate(asked.terms) if i != place)
    for words, value in _product_slips(term, asked.extra):
        yield Slip(words, others + value)
    if len(asked.terms) > 1:
        yield Slip(f"without {_name(term)}", others)


def _product_slips(term: Sequence[Factor], extra: Sequence[Factor]) -> Iterator[Slip]:
    value = _value(term)
    yield Slip(_reversed(term), -value)
    for place, factor in enumerate(term):
        rest = [*term[:place], *term[place + 1 :]]
        if rest:
            yield Slip(f"without {factor.name}{factor.without}", _value(rest))
        for name, other in factor.instead:
            yield Slip(f"with {name} in place of {factor.name}", other * _value(rest))
    for factor in extra:
        yield Slip(f"with {factor.name} multiplied in", factor.value * value)


def _reversed(term: Sequence[Factor]) -> str:
    if any(factor.name == ERROR for factor in term):
        return f"with y − o in place of {ERROR}, the sign reversed"
    return f"with the sign of {_name(term)} reversed"


def _value(term: Sequence[Factor]) -> float:
    return math.prod(factor.value for factor in term)


# The factors of the answers.

TWO, TWICE, HALF = Factor("2", 2.0), Factor("a further 2", 2.0), Factor("½", 0.5)


class _Unit(NamedTuple):
    """A unit in the forward pass: its name "h" or "o", net and f(net)."""

    name: str
    net: float
    value: float

    @property
    def slope(self) -> float:
        """f'(net)."""
        return float(slope(self.value))


def _hidden(step: Step) -> _Unit:
    return _Unit("h", step.forward.hidden_net.item(), step.forward.hidden.item())


def _output(step: Step) -> _Unit:
    return _Unit("o", step.forward.output_net.item(), step.forward.output.item())


def _net_h(step: Step) -> tuple[tuple[Factor, ...], ...]:
    bias, *weights = (Factor(f"w⁽¹⁾{i}", weight) for i, weight in zip("₀₁₂₃", step.before.hidden[0], strict=True))
    inputs = (Factor(f"x{i}", value) for i, value in zip("₁₂₃", step.x, strict=True))
    return (bias,), *zip(weights, inputs, strict=True)


def _net_o(step: Step) -> tuple[tuple[Factor, ...], ...]:
    bias, weight = step.before.output[0]
    return (Factor("w⁽²⁾₀", bias),), (Factor("w⁽²⁾₁", weight), _h(step))


def _activated(unit: _Unit, other: _Unit) -> tuple[Factor, ...]:
    """f(net) of a unit."""
    name = f"net_{unit.name}"
    instead = (
        (name, unit.net),
        (f"f'({name})", unit.slope),
        (f"f(net_{other.name})", other.value),
        (f"2a / (1 + e^(−b·{name})), without − a,", unit.value + A),
        (f"tanh(b·{name} / 2), without a,", unit.value / A),
        (f"f({name}) with b = 1", float(activation(unit.net / B))),
    )
    return (Factor(f"f({name})", unit.value, instead),)


def _slope_parts(unit: _Unit, other: _Unit) -> tuple[Factor, ...]:
    """f'(net) of a unit as b / 2a · (a² - f(net)²)."""
    value = f"f(net_{unit.name})"
    instead = (
        (f"a² − net_{unit.name}²", A**2 - unit.net**2),
        (f"a² − f(net_{other.name})²", A**2 - other.value**2),
        (f"a² + {value}²", A**2 + unit.value**2),
        (f"a − {value}", A - unit.value),
        (f"{value}²", unit.value**2),
    )
    return Factor("b / 2a", B / (2 * A), (("b", B),)), Factor(f"(a² − {value}²)", A**2 - unit.value**2, instead)


def _slope_factor(unit: _Unit, other: _Unit) -> Factor:
    """f'(net) of a unit as one factor of the chain rule."""
    name = f"net_{unit.name}"
    instead = (
        (f"f'(net_{other.name})", other.slope),
        (f"f({name})", unit.value),
        (name, unit.net),
        (f"b / 2a · (a² − {name}²)", float(slope(unit.net))),
    )
    return Factor(f"f'({name})", unit.slope, instead)


def _h(step: Step) -> Factor:
    hidden = _hidden(step)
    return Factor("h", hidden.value, (("net_h", hidden.net), ("o", _output(step).value)))


def _x1(step: Step) -> Factor:
    x1, x2, x3 = step.x.tolist()
    return Factor("x₁", x1, (("x₂", x2), ("x₃", x3), ("h", _hidden(step).value)))


def _error(step: Step) -> Factor:
    output, y = _output(step), step.y
    instead = (("o + y", output.value + y), ("net_o − y", output.net - y), ("(o − y)²", step.loss))
    return Factor(ERROR, output.value - y, instead)


def _loss(step: Step) -> tuple[Factor, ...]:
    output, y = _output(step), step.y
    instead = (
        (ERROR, output.value - y),
        ("2(o − y)", 2 * (output.value - y)),
        ("(o + y)²", (output.value + y) ** 2),
        ("(net_o − y)²", (output.net - y) ** 2),
        ("o² − y²", output.value**2 - y**2),
    )
    return (Factor("(o − y)²", step.loss, instead),)


def _output_chain(step: Step) -> tuple[Factor, ...]:
    return TWO, _error(step), _slope_factor(_output(step), _hidden(step))


def _hidden_chain(step: Step) -> tuple[Factor, ...]:
    bias, weight = step.before.output[0].tolist()
    after = step.after.output[0, 1].item()
    back = Factor("w⁽²⁾₁", weight, (("w⁽²⁾₀", bias), ("w⁽²⁾₁ after the step", after)))
    return *_output_chain(step), back, _slope_factor(_hidden(step), _output(step))


def _for_weight(factor: Factor) -> Factor:
    return factor._replace(without=", which is the gradient of the bias")


SUMS: dict[str, Callable[[Step], tuple[tuple[Factor, ...], ...]]] = {"net_h": _net_h, "net_o": _net_o}
PRODUCTS: dict[str, Callable[[Step], tuple[Factor, ...]]] = {
    "h": lambda step: _activated(_hidden(step), _output(step)),
    "o": lambda step: _activated(_output(step), _hidden(step)),
    "loss": _loss,
    "error_slope": lambda step: (TWO, _error(step)),
    "output_slope": lambda step: _slope_parts(_output(step), _hidden(step)),
    "output_bias_gradient": _output_chain,
    "output_gradient": lambda step: (*_output_chain(step), _for_weight(_h(step))),
    "hidden_slope": lambda step: _slope_parts(_hidden(step), _output(step)),
    "hidden_bias_gradient": _hidden_chain,
    "hidden_gradient": lambda step: (*_hidden_chain(step), _for_weight(_x1(step))),
}
