"""The quiz on one step of problem 2: its questions, and which mistake a wrong answer comes from."""

import math
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np

from pages.ui.numbers import plain
from pages.ui.training.recipes import ERROR, Factor, Recipe, recipe
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

TOLERANCE = 0.01
"""Relative tolerance of an answer."""
ROUNDING = 5e-4
"""Absolute tolerance of an answer, which is computed from numbers with four decimals."""


def hidden_from(key: str) -> list[str]:
    """The keys of a question and of everything after it, which the page hides: later formulas contain the answer."""
    keys = [*QUESTIONS, *UPDATE_KEYS]
    return keys[keys.index(key) :]


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

    An answer is right within 1% or 0.0005, whichever is more; a mistake must give it within 1%.
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


def _is_right(step: Step, key: str, answer: float) -> bool:
    """Within 1% or 5e-4. A product must have the right sign, however small it is; a sum may be rounded across 0."""
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
