"""The factors from which each answer of the quiz is computed, and what each is often mistaken for."""

from collections.abc import Callable
from typing import NamedTuple

from tinynet.activations import A, B, activation, slope
from tinynet.microscope import Step

ERROR = "o − y"


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
