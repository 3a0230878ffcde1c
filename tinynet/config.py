"""The settings of a training, checked when they are made."""

from dataclasses import dataclass, fields

from tinynet.initializers import DRAWN, INITIALIZERS
from tinynet.published import INIT_SEED, LEARNING_RATE, ORDER_SEED, THETA
from tinynet.ranges import Range, bounded, check_all, check_option

SMALLEST_LEARNING_RATE = 1e-12
"""Below it a step is lost in the rounding of the weights, and the gradient can no longer be computed from them."""
LARGEST_LEARNING_RATE = 1e12
LARGEST_THETA = 1e6
LARGEST_CONSTANT = 1000.0
LARGEST_SEED = 2**53 - 1
"""The largest integer up to which a browser represents every integer exactly."""


@dataclass(frozen=True)
class Start:
    """The initialisation of one run: its method, seed, constant `value`, and `noise` ε added to every weight.

    Random weights are multiplied by `scale`, so those of "random" lie within ±scale. A setting that the method does not
    use is reset to its default: starts that give the same weights are equal. Raises ValueError if a value is outside
    its range.
    """

    init: str
    seed: int = bounded(0, Range("init seed", 0, LARGEST_SEED, whole=True))
    value: float = bounded(0.0, Range("constant", -LARGEST_CONSTANT, LARGEST_CONSTANT))
    noise: float = bounded(0.0, Range("noise ε", 0.0, 1.0))
    scale: float = bounded(1.0, Range("random range", 1e-12, LARGEST_CONSTANT))

    def __post_init__(self) -> None:
        check_option("initialisation", self.init, INITIALIZERS)
        check_all(self)
        if self.init not in DRAWN:
            object.__setattr__(self, "scale", 1.0)
        if self.init not in DRAWN and self.noise == 0:
            object.__setattr__(self, "seed", 0)
        if self.init != "constant":
            object.__setattr__(self, "value", 0.0)


@dataclass(frozen=True)
class Config:
    """Several runs of stochastic backprop that differ only in their initialisation.

    A run stops after the epoch in which its mean absolute gradient is below `theta`, or after `max_epochs`.
    Raises ValueError, in the user's words, if a value is outside its range.
    """

    starts: tuple[Start, ...] = (Start("random", INIT_SEED), Start("same"))
    order_seed: int = bounded(ORDER_SEED, Range("order seed", 0, LARGEST_SEED, whole=True))
    learning_rate: float = bounded(LEARNING_RATE, Range("learning rate", SMALLEST_LEARNING_RATE, LARGEST_LEARNING_RATE))
    theta: float = bounded(THETA, Range("θ", 0.0, LARGEST_THETA))
    max_epochs: int = bounded(1000, Range("most epochs", 1, 100_000, whole=True))
    hidden_units: int = bounded(1, Range("hidden units", 1, 64, whole=True))

    def __post_init__(self) -> None:
        if not self.starts:
            raise ValueError("at least one initialisation is needed, received none")
        check_all(self)


SHARED = tuple(field.name for field in fields(Config) if field.name != "starts")
"""The settings that all runs of a training share."""
