"""What a sweep says about the four conclusions of the first document, and how sure one can be."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from tinynet.arrays import Mask, Whole
from tinynet.sweep import FIXED, MANY_RIGHT, NEVER, Runs

CONFIDENCE = 0.95


@dataclass(frozen=True)
class Counts:
    """How many random runs of one order seed θ stops before, with and after the run from the same value, or never.

    Where the run from the same value is never stopped, `same_break_epoch` is None and every stopped run is earlier.
    """

    order_seed: int
    same_break_epoch: int | None
    earlier: int
    equal: int
    later: int
    never: int


@dataclass(frozen=True)
class Share:
    """In how many of so many random runs something holds, and between which shares it may lie for all other seeds."""

    holds: int
    of: int
    interval: tuple[float, float]

    @property
    def value(self) -> float:
        """The share in the runs that were trained."""
        return self.holds / self.of


def counts(runs: Runs) -> list[Counts]:
    """One for each order seed of `runs`, in their order."""
    return [_counts(runs.take(runs.order_seed == seed), int(seed)) for seed in np.unique(runs.order_seed)]


def _counts(runs: Runs, order_seed: int) -> Counts:
    same = _soonest(runs.break_epoch[runs.init_seed == FIXED])
    drawn = _soonest(runs.break_epoch[runs.init_seed != FIXED])
    stopped = np.isfinite(drawn)
    sides = (stopped & (drawn < same), stopped & (drawn == same), stopped & (drawn > same), ~stopped)
    earlier, equal, later, never = (int(side.sum()) for side in sides)
    return Counts(order_seed, int(same[0]) if np.isfinite(same[0]) else None, earlier, equal, later, never)


def _soonest(epochs: Whole) -> NDArray[np.float64]:
    """Epochs that can be compared: one that never came is later than all others."""
    return np.where(epochs == NEVER, np.inf, epochs)


def stops_earlier(drawn: Runs, same: Runs) -> Mask:
    """θ stops the random run in an earlier epoch."""
    return _soonest(drawn.break_epoch) < _soonest(same.break_epoch)


def has_a_lower_error(drawn: Runs, same: Runs) -> Mask:
    """The training error of the random run's last epoch is lower."""
    lower: Mask = drawn.training_error < same.training_error
    return lower


def reaches_it_earlier(drawn: Runs, same: Runs) -> Mask:
    """The random run has 16 of 20 samples right in an earlier epoch."""
    return _soonest(drawn.reached) < _soonest(same.reached)


def has_it_as_its_best(drawn: Runs, same: Runs) -> Mask:
    """The highest accuracy of the random run in any epoch is 80 %."""
    best: Mask = drawn.best_accuracy == MANY_RIGHT
    return best


def is_much_the_same(drawn: Runs, same: Runs) -> Mask:
    """θ stops both in one epoch, and they end with the same samples wrong."""
    alike: Mask = (drawn.break_epoch != NEVER) & (drawn.break_epoch == same.break_epoch) & (drawn.wrong == same.wrong)
    return alike


CONCLUSIONS: tuple[Callable[[Runs, Runs], Mask], ...] = (
    stops_earlier,
    has_a_lower_error,
    reaches_it_earlier,
    has_it_as_its_best,
    is_much_the_same,
)
"""From random runs and, for each, the run from the same value of its order seed: where the conclusion holds."""


def share(runs: Runs, conclusion: Callable[[Runs, Runs], Mask]) -> Share:
    """In how many of the random runs a conclusion holds; there must be one.

    The random runs of one order seed are a sample of the init seeds. Over several order seeds it is the order seeds
    that are sampled, and the runs of one of them are alike: their number then gives way to the number of independent
    runs that would vary as much as the order seeds do (Korn and Graubard, 1998).
    """
    drawn, same = pairs(runs)
    holds = conclusion(drawn, same)
    orders = np.unique(drawn.order_seed)
    if len(orders) == 1:
        independent, quantile = float(len(holds)), NormalDist().inv_cdf((1 + CONFIDENCE) / 2)
    else:
        independent, quantile = _independent(holds, drawn.order_seed, orders), student_t(len(orders) - 1)
    return Share(int(holds.sum()), len(holds), wilson(float(holds.mean()), independent, quantile))


def _independent(holds: Mask, order_seed: Whole, orders: Whole) -> float:
    """How many independent runs would vary as much as the shares of the order seeds do."""
    share = float(holds.mean())
    shares = [holds[order_seed == order].mean() for order in orders]
    if min(shares) == max(shares):  # their variance may come out a little above 0
        return len(orders)
    return float(np.clip(share * (1 - share) / (np.var(shares, ddof=1) / len(orders)), 1, len(holds)))


def pairs(runs: Runs) -> tuple[Runs, Runs]:
    """The random runs, and for each the run from the same value of its order seed."""
    fixed = runs.init_seed == FIXED
    same, drawn = runs.take(fixed), runs.take(~fixed)
    places = np.argsort(same.order_seed)
    partner = places[np.searchsorted(same.order_seed, drawn.order_seed, sorter=places)]
    return drawn, same.take(partner)


def wilson(share: float, of: float, quantile: float) -> tuple[float, float]:
    """The interval of a share seen in so many independent cases (Wilson, 1927), for a quantile of the distribution."""
    square = quantile**2
    middle = share + square / (2 * of)
    half = quantile * math.sqrt(share * (1 - share) / of + square / (4 * of**2))
    low, high = ((middle + side * half) / (1 + square / of) for side in (-1, 1))
    return max(low, 0.0), min(high, 1.0)


def student_t(freedom: int) -> float:
    """What a value of Student's t with so many degrees of freedom keeps within, on both sides, with CONFIDENCE."""
    low, high = 0.0, 1000.0
    while high - low > 1e-9:
        middle = (low + high) / 2
        low, high = (middle, high) if _within(middle, freedom) < CONFIDENCE else (low, middle)
    return high


def _within(t: float, freedom: int) -> float:
    """The probability of a value from -t to t (Abramowitz and Stegun, 1964, 26.7.3 and 26.7.4)."""
    angle = math.atan(t / math.sqrt(freedom))
    odd = freedom % 2
    term = math.cos(angle) if odd else 1.0
    total = 0.0
    for power in range(2 + odd, freedom + 1, 2):
        total += term
        term *= math.cos(angle) ** 2 * (power - 1) / power
    sine = math.sin(angle) * total
    return 2 / math.pi * (angle + sine) if odd else sine
