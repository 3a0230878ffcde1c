"""What a step of a run costs when many runs train at once: `python -m tests.benchmarks.sweep`.

Where there is a C compiler, the same steps in C (limit.c) take turns with the sweep, and the ratio of the medians is
printed: nanoseconds say more about a machine than about a program. A sweep also draws the initial weights, judges every
epoch and keeps the record of each run; the limit only steps. The time is that of the processor.
"""

import ctypes
import math
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.random import default_rng

from tinynet.config import Config
from tinynet.datasets import TWENTY
from tinynet.orders import sample_orders
from tinynet.sweep import sweep

EPOCHS = 300
SAMPLES = len(TWENTY.labels)
# θ = 0, so that every run takes all epochs
CONFIG = Config(theta=0.0, max_epochs=EPOCHS)
ROUNDS = 5
GOAL = 4


def main() -> None:
    """Print one line for each number of runs."""
    print(f"runs     ns a step    times the limit in C, goal of a large sweep: {GOAL}")
    with limit() as in_c:
        for runs in (1, 10, 100, 1000, 10_000):
            report(runs, in_c)


def report(runs: int, in_c: Callable[[int], float] | None) -> None:
    """Print the line of so many runs."""
    turns = [(swept(runs), in_c(runs) if in_c else math.nan) for _ in range(ROUNDS)]
    ours, best = (statistics.median(times) / (runs * EPOCHS * SAMPLES) * 1e9 for times in zip(*turns, strict=True))
    print(f"{runs:<6}  {ours:>10.1f}    {ours / best:.1f}  ({best:.1f} ns)")


def swept(runs: int) -> float:
    """The processor time of a sweep of one order seed; the run from the same value is one of the runs."""
    start = time.process_time()
    for _ in sweep(CONFIG, range(max(runs - 1, 1)), range(CONFIG.order_seed, CONFIG.order_seed + 1)):
        pass
    return time.process_time() - start


@contextmanager
def limit() -> Iterator[Callable[[int], float] | None]:
    """The same steps in C, if there is a compiler."""
    compiler = shutil.which("cc")
    if compiler is None:
        yield None
        return
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder, "limit.so")
        source = Path(__file__).with_name("limit.c")
        flags = ("-O3", "-march=native", "-ffast-math", "-mprefer-vector-width=512", "-shared", "-fPIC")
        subprocess.run([compiler, *flags, "-o", str(library), str(source)], check=True)
        yield timed(ctypes.CDLL(str(library)))


def timed(library: ctypes.CDLL) -> Callable[[int], float]:
    """How long the compiled library takes to train so many runs, in processor time."""
    orders = np.array(list(islice(sample_orders(SAMPLES, CONFIG.order_seed), EPOCHS)), dtype=np.intc)

    def seconds(runs: int) -> float:
        weights, error = default_rng(0).uniform(-1, 1, (6, runs)), np.empty(runs)
        w, inputs, labels, order, out = (
            array.ctypes.data_as(ctypes.c_void_p) for array in (weights, TWENTY.inputs, TWENTY.labels, orders, error)
        )
        count, epochs, samples = (ctypes.c_long(number) for number in (runs, EPOCHS, SAMPLES))
        start = time.process_time()
        library.train(w, count, inputs, labels, order, epochs, samples, ctypes.c_double(CONFIG.learning_rate), out)
        return time.process_time() - start

    return seconds


if __name__ == "__main__":
    main()
