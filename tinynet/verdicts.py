"""How often the conclusions of the first document hold in a sweep, with confidence intervals."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from tinynet.arrays import Integers, Mask
from tinynet.sweep import FIXED, MANY_RIGHT, NEVER, Runs

CONFIDENCE = 0.95
Conclusion = Callable[[Runs, Runs], Mask]
"""Takes random runs and their same-value partners, see `pairs`, and returns where it holds, (runs,)."""


@dataclass(frozen=True)
class Counts:
    """For one order seed, how many random runs θ stops before, with or after the same-value run, or never.

    If θ never stops the same-value run, `same_break_epoch` is None and every random run that it stops is earlier.
    """

    order_seed: int
    same_break_epoch: int | None
    earlier: int
    equal: int
    later: int
    never: int


@dataclass(frozen=True)
class Share:
    """The number `holds` of the `of` random runs in which something holds, and the confidence interval of the share."""

    holds: int
    of: int
    interval: tuple[float, float]

    @property
    def value(self) -> float:
        """The share of the trained runs in which it holds."""
        return self.holds / self.of


def counts(runs: Runs) -> list[Counts]:
    """The counts for each order seed of `runs`, in ascending order."""
    return [_counts(runs.take(runs.order_seed == seed), seed) for seed in _seeds(runs.order_seed)]


def _counts(runs: Runs, order_seed: int) -> Counts:
    same = _comparable(runs.break_epoch[runs.init_seed == FIXED])
    drawn = _comparable(runs.break_epoch[runs.init_seed != FIXED])
    stopped = np.isfinite(drawn)
    sides = (stopped & (drawn < same), stopped & (drawn == same), stopped & (drawn > same), ~stopped)
    earlier, equal, later, never = (int(side.sum()) for side in sides)
    return Counts(order_seed, int(same[0]) if np.isfinite(same[0]) else None, earlier, equal, later, never)


def _comparable(epochs: Integers) -> NDArray[np.float64]:
    """Epochs as floats that can be compared: NEVER becomes infinity."""
    return np.where(epochs == NEVER, np.inf, epochs)


def stops_earlier(drawn: Runs, same: Runs) -> Mask:
    """θ stops the random run in an earlier epoch than the same-value run."""
    return _comparable(drawn.break_epoch) < _comparable(same.break_epoch)


def ends_with_a_lower_error(drawn: Runs, same: Runs) -> Mask:
    """The training error of the random run's last epoch is lower than that of the same-value run."""
    lower: Mask = drawn.training_error < same.training_error
    return lower


def reaches_80_percent_earlier(drawn: Runs, same: Runs) -> Mask:
    """The random run classifies 16 of 20 samples correctly in an earlier epoch than the same-value run."""
    return _comparable(drawn.reached) < _comparable(same.reached)


def peaks_at_80_percent(drawn: Runs, same: Runs) -> Mask:
    """The highest accuracy of the random run in any epoch is 80%."""
    best: Mask = drawn.best_accuracy == MANY_RIGHT
    return best


def ends_the_same_way(drawn: Runs, same: Runs) -> Mask:
    """θ stops both in the same epoch, and both end with the same samples wrong."""
    alike: Mask = (drawn.break_epoch != NEVER) & (drawn.break_epoch == same.break_epoch) & (drawn.wrong == same.wrong)
    return alike


CONCLUSIONS: tuple[Conclusion, ...] = (
    stops_earlier,
    ends_with_a_lower_error,
    reaches_80_percent_earlier,
    peaks_at_80_percent,
    ends_the_same_way,
)
"""What the document concludes of random against same."""
COMPARISONS = (stops_earlier, ends_with_a_lower_error, reaches_80_percent_earlier)
"""Those that compare two runs: exchanged, the arguments give where the reverse holds. Where neither does, they tie."""


def reverse(conclusion: Conclusion) -> Conclusion:
    """Where the reverse of a comparison holds."""
    return lambda drawn, same: conclusion(same, drawn)


def tie(conclusion: Conclusion) -> Conclusion:
    """Where neither a comparison nor its reverse holds."""
    return lambda drawn, same: ~conclusion(drawn, same) & ~conclusion(same, drawn)


def sides(runs: Runs) -> tuple[int, int, int, int]:
    """The number of init seeds that θ stops before same under some order seed, after it under some, both, and of all.

    A run that θ never stops is after every other.
    """
    drawn, same = pairs(runs)
    earlier, later = (drawn.init_seed[mask] for mask in (stops_earlier(drawn, same), stops_earlier(same, drawn)))
    both = np.intersect1d(earlier, later)
    return len(np.unique(earlier)), len(np.unique(later)), len(both), len(np.unique(drawn.init_seed))


def share(runs: Runs, conclusion: Conclusion) -> Share:
    """The share of the random runs in which a conclusion holds, with its interval; at least one random run is needed.

    With one order seed, the random runs are a sample of all init seeds. With several, the order seeds are the sample,
    and runs with the same order seed are correlated. The interval then uses the effective sample size: the number of
    independent runs that would vary as much as the order seeds do (Korn and Graubard, 1998).
    """
    drawn, same = pairs(runs)
    holds = conclusion(drawn, same)
    orders = _seeds(drawn.order_seed)
    if len(orders) == 1:
        independent, quantile = float(len(holds)), NormalDist().inv_cdf((1 + CONFIDENCE) / 2)
    else:
        independent, quantile = _effective_sample_size(holds, drawn.order_seed, orders), student_t(len(orders) - 1)
    return Share(int(holds.sum()), len(holds), wilson(float(holds.mean()), independent, quantile))


def _seeds(drawn: Integers) -> list[int]:
    """Each seed once, in ascending order. numpy's `unique` imports a part of numpy that nothing else here needs."""
    return sorted(set(drawn.tolist()))


def _effective_sample_size(holds: Mask, order_seed: Integers, orders: list[int]) -> float:
    """The effective sample size: how many independent runs would vary as much as the shares of the order seeds."""
    share = float(holds.mean())
    shares = [holds[order_seed == order].mean() for order in orders]
    if min(shares) == max(shares):  # rounding may give a variance slightly above 0
        return len(orders)
    return float(np.clip(share * (1 - share) / (np.var(shares, ddof=1) / len(orders)), 1, len(holds)))


def pairs(runs: Runs) -> tuple[Runs, Runs]:
    """The random runs, and for each of them the same-value run with its order seed."""
    fixed = runs.init_seed == FIXED
    same, drawn = runs.take(fixed), runs.take(~fixed)
    places = np.argsort(same.order_seed)
    partner = places[np.searchsorted(same.order_seed, drawn.order_seed, sorter=places)]
    return drawn, same.take(partner)


def wilson(share: float, of: float, quantile: float) -> tuple[float, float]:
    """The confidence interval of a share observed in `of` independent cases (Wilson, 1927), for this quantile."""
    square = quantile**2
    middle = share + square / (2 * of)
    half = quantile * math.sqrt(share * (1 - share) / of + square / (4 * of**2))
    low, high = ((middle + side * half) / (1 + square / of) for side in (-1, 1))
    return max(low, 0.0), min(high, 1.0)


def student_t(freedom: int) -> float:
    """The two-sided quantile of Student's t distribution for CONFIDENCE, with this many degrees of freedom."""
    low, high = 0.0, 1000.0
    while high - low > 1e-9:
        middle = (low + high) / 2
        low, high = (middle, high) if _within(middle, freedom) < CONFIDENCE else (low, middle)
    return high


def _within(t: float, freedom: int) -> float:
    """The probability that Student's t is between -t and t (Abramowitz and Stegun, 1964, 26.7.3 and 26.7.4)."""
    angle = math.atan(t / math.sqrt(freedom))
    odd = freedom % 2
    term = math.cos(angle) if odd else 1.0
    total = 0.0
    for power in range(2 + odd, freedom + 1, 2):
        total += term
        term *= math.cos(angle) ** 2 * (power - 1) / power
    sine = math.sin(angle) * total
    return 2 / math.pi * (angle + sine) if odd else sine
