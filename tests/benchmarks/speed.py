"""How much faster the core is than the baseline: `python -m tests.benchmarks.speed`.

The two take turns, so that whatever else the machine does slows both, and the ratio of their medians is printed.
"""

import statistics
import time
from collections.abc import Callable
from itertools import islice

from tests.benchmarks import baseline
from tests.runs import initial_weights
from tinynet import regions
from tinynet.config import Config, Start
from tinynet.datasets import TWENTY
from tinynet.orders import sample_orders
from tinynet.training import train

EPOCHS = 300
STARTS = (Start("random", 6875673), Start("same"))
# θ = 0, so that both runs take all epochs
COMPARISON = Config(starts=STARTS, theta=0.0, max_epochs=EPOCHS)


def main() -> None:
    """Print one line for each comparison."""
    print("times as fast as one sample at a time, goal in brackets")
    report("a comparison of 300 epochs", 4, compare_by_core, compare_by_baseline, rounds=7, repeats=3)
    report("the grid of 10,000 points", 500, grid_by_core, grid_by_baseline, rounds=15, repeats=100)


def report(
    name: str, goal: int, core: Callable[[], object], other: Callable[[], object], rounds: int, repeats: int
) -> None:
    """Print the ratio of the medians of `rounds` turns; a turn of the core is the mean of `repeats` calls."""
    turns = [(seconds(core, repeats), seconds(other, 1)) for _ in range(1 + rounds)][1:]  # the first warms up
    fast, slow = (statistics.median(times) for times in zip(*turns, strict=True))
    print(f"{name}: {slow / fast:.1f} [{goal}]  ({fast * 1e3:.2f} ms against {slow * 1e3:.0f} ms)")


def seconds(function: Callable[[], object], repeats: int) -> float:
    """The mean time of one call."""
    start = time.perf_counter()
    for _ in range(repeats):
        function()
    return (time.perf_counter() - start) / repeats


def compare_by_core() -> None:
    """Random against same, as the page trains them."""
    train(COMPARISON)


def compare_by_baseline() -> None:
    """The same two runs, one after the other."""
    orders = list(islice(sample_orders(len(TWENTY.labels), COMPARISON.order_seed), EPOCHS))
    for start in STARTS:
        weights = initial_weights(start.init, 3, 1, start.seed)
        network = baseline.Network(weights.hidden, weights.output[0])
        baseline.train_epochs(network, TWENTY.inputs, TWENTY.labels, orders, COMPARISON.learning_rate, COMPARISON.theta)


def grid_by_core() -> None:
    """Preset (a) on all points, as the page evaluates it."""
    regions.decide(regions.PRESETS["a"])


def grid_by_baseline() -> None:
    """Preset (a), one point after the other."""
    weights = regions.PRESETS["a"]
    baseline.grid(baseline.Network(weights.hidden, weights.output[0]))


if __name__ == "__main__":
    main()
