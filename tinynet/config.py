"""What a training is asked to do, checked when it is made."""

import math
from dataclasses import dataclass

from tinynet.initializers import DRAWN, INITIALIZERS
from tinynet.published import LEARNING_RATE, ORDER_SEED, THETA

SMALLEST_LEARNING_RATE = 1e-12
"""Below it a step is lost in the rounding of the weights, and the gradient can no longer be told from them."""
LARGEST_LEARNING_RATE = 1e12
MOST_EPOCHS = 100_000
MOST_HIDDEN_UNITS = 64
LARGEST_CONSTANT = 1000.0
LARGEST_SEED = 2**53 - 1
"""The largest whole number that a browser passes on unchanged."""


def check_whole(name: str, value: int, low: int, high: int) -> None:
    """Raise ValueError unless `value` is a whole number from `low` to `high`."""
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise ValueError(f"{name} must be a whole number from {low} to {high}, received {value}")


def check_learning_rate(value: float) -> None:
    """Raise ValueError unless `value` is a learning rate that can be used."""
    if not value > 0:  # also true of nan
        raise ValueError(f"learning rate must be above 0, received {value:g}")
    if not SMALLEST_LEARNING_RATE <= value <= LARGEST_LEARNING_RATE:
        raise ValueError(
            f"learning rate must be from {SMALLEST_LEARNING_RATE:g} to {LARGEST_LEARNING_RATE:g}, received {value:g}"
        )


@dataclass(frozen=True)
class Start:
    """One run's initialisation: its seed, the value of a constant one, and ε, the size of the noise on every weight.

    Drawn weights are multiplied by `scale`: those of "random" lie within ±scale.
    What an initialisation does not use is ignored, and kept as 0, so that equal starts are equal.
    """

    init: str
    seed: int = 0
    value: float = 0.0
    noise: float = 0.0
    scale: float = 1.0

    def __post_init__(self) -> None:
        if self.init not in INITIALIZERS:
            raise ValueError(f"initialisation must be one of {', '.join(INITIALIZERS)}, received {self.init!r}")
        check_whole("init seed", self.seed, 0, LARGEST_SEED)
        if not abs(self.value) <= LARGEST_CONSTANT:
            raise ValueError(
                f"constant must be from -{LARGEST_CONSTANT:g} to {LARGEST_CONSTANT:g}, received {self.value:g}"
            )
        if not 0 <= self.noise <= 1:
            raise ValueError(f"noise ε must be from 0 to 1, received {self.noise:g}")
        if not 0 < self.scale <= LARGEST_CONSTANT:
            raise ValueError(f"random range must be above 0 and at most {LARGEST_CONSTANT:g}, received {self.scale:g}")
        if self.init not in DRAWN:
            object.__setattr__(self, "scale", 1.0)
        if self.init not in DRAWN and self.noise == 0:
            object.__setattr__(self, "seed", 0)
        if self.init != "constant":
            object.__setattr__(self, "value", 0.0)


@dataclass(frozen=True)
class Config:
    """Several runs of stochastic backprop that share everything but where they start.

    A run stops after the epoch in which its mean absolute gradient is below `theta`, or after `max_epochs`.
    Raises ValueError, in the words of the page, if a value is outside its range.
    """

    starts: tuple[Start, ...] = (Start("random", 6875673), Start("same"))
    order_seed: int = ORDER_SEED
    learning_rate: float = LEARNING_RATE
    theta: float = THETA
    max_epochs: int = 1000
    hidden_units: int = 1

    def __post_init__(self) -> None:
        if not self.starts:
            raise ValueError("at least one initialisation is needed, received none")
        check_whole("order seed", self.order_seed, 0, LARGEST_SEED)
        check_learning_rate(self.learning_rate)
        if not (math.isfinite(self.theta) and self.theta >= 0):
            raise ValueError(f"θ must be 0 or above, received {self.theta:g}")
        check_whole("most epochs", self.max_epochs, 1, MOST_EPOCHS)
        check_whole("hidden units", self.hidden_units, 1, MOST_HIDDEN_UNITS)
