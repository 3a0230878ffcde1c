"""Many runs: for each order seed, a random start per init seed and one fixed start to compare them with."""

from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, fields, replace
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tinynet.arrays import Array, Integers, Mask
from tinynet.backprop import Batch
from tinynet.config import LARGEST_SEED, Config
from tinynet.datasets import TWENTY
from tinynet.initializers import DRAWN
from tinynet.network import Weights, forward
from tinynet.orders import sample_orders
from tinynet.training import Epoch, epochs, starting_weights

CHUNK = 5000
"""Runs per batch: with fewer, calls cost more than arithmetic; with more, the batch does not fit into the cache."""
AHEAD = 32
"""Chunks submitted to an executor ahead of the results."""
NEVER = -1
"""Stands for an epoch that was not reached."""
FIXED = -1
"""Stands for the init seed of the fixed start, which has none."""
MANY_RIGHT = 0.8
"""The accuracy that, according to the document, most runs reach and few exceed."""

COLUMNS = (
    "order_seed",
    "init",
    "init_seed",
    "epochs",
    "break_epoch",
    "training_error",
    "accuracy",
    "best_accuracy",
    "epoch_80",
    "wrong",
)
"""The columns of the table of runs; see `table_rows`."""


@dataclass(frozen=True, eq=False)
class Runs:
    """The record of each run; all arrays have the shape (runs,).

    `init_seed` is FIXED for the fixed start. `epochs` is the number of epochs trained, `break_epoch` the one in which θ
    stopped the run, `reached` the first with an accuracy of MANY_RIGHT or more; both may be NEVER. `training_error` and
    `accuracy` are those of the last epoch, `best_accuracy` is the highest of all. Bit i of `wrong` is set if the final
    weights classify sample i wrongly.
    """

    order_seed: Integers
    init_seed: Integers
    epochs: Integers
    break_epoch: Integers
    training_error: Array
    accuracy: Array
    best_accuracy: Array
    reached: Integers
    wrong: Integers

    def __len__(self) -> int:
        return len(self.order_seed)

    def take(self, which: Mask | NDArray[np.intp]) -> "Runs":
        """The runs that a mask (runs,) or a list of indices selects."""
        return Runs(**{name: values[which] for name, values in _columns(self).items()})

    @staticmethod
    def join(parts: Sequence["Runs"]) -> "Runs":
        """The runs of one or more parts in one table."""
        return Runs(**{name: np.concatenate([_columns(part)[name] for part in parts]) for name in _columns(parts[0])})


@dataclass(frozen=True, eq=False)
class Part:
    """Some finished runs, the number finished so far including them, and the number in total."""

    runs: Runs
    done: int
    total: int


@dataclass(frozen=True)
class Plan:
    """The settings of a sweep. The two starts of `config` are the random one, drawn per init seed, and the fixed one.

    Raises ValueError for starts or seeds that cannot be swept.
    """

    config: Config
    init_seeds: range
    order_seeds: range

    def __post_init__(self) -> None:
        if [start.init in DRAWN for start in self.config.starts] != [True, False]:
            raise ValueError("a sweep compares one random initialisation with one fixed initialisation")
        for name, seeds in (("init seeds", self.init_seeds), ("order seeds", self.order_seeds)):
            if not seeds or seeds.step != 1 or seeds.start < 0 or seeds[-1] > LARGEST_SEED:
                raise ValueError(
                    f"{name} must be one or more consecutive whole numbers from 0 to {LARGEST_SEED}, "
                    f"received {seeds.start}:{seeds.stop}"
                )

    @property
    def runs(self) -> int:
        """The number of runs: per order seed, one for each init seed and the fixed one."""
        return len(self.order_seeds) * (1 + len(self.init_seeds))

    def pair(self, order_seed: int, init_seed: int) -> Config:
        """The training of one random run and the fixed one."""
        drawn, fixed = self.config.starts
        return replace(self.config, starts=(replace(drawn, seed=init_seed), fixed), order_seed=order_seed)


def sweep(
    config: Config, init_seeds: range, order_seeds: range, executor: Executor | None = None, chunk: int = CHUNK
) -> Generator[Part, None, None]:
    """Train the runs of all seeds; finished runs come in parts, ordered by order seed and then by init seed.

    See Plan for the first three arguments; the order seed of `config` is not used. The runs are the same to the last
    bit for every chunk size and executor. The `executor` is one of `concurrent.futures` or has its interface; without
    one, the calling thread trains. Closing the iterator cancels the chunks that have not started.
    """
    plan = Plan(config, init_seeds, order_seeds)
    chunks = _chunks(plan, chunk)
    return _progress(map(_train, chunks) if executor is None else _ahead(executor, chunks), plan.runs)


def train(config: Config, order_seeds: range) -> Runs:
    """Train all starts of `config` under each order seed, as one batch, keeping only the record of each run."""
    orders, starts = len(order_seeds), len(config.starts)
    drawn = starting_weights(config, TWENTY)
    start = Weights(np.tile(drawn.hidden, orders), np.tile(drawn.output, orders))
    batch = Batch(start, TWENTY, config.learning_rate, np.repeat(np.arange(orders), starts))
    records = _Records(batch)
    turns = zip(*(sample_orders(len(TWENTY.labels), seed) for seed in order_seeds), strict=True)
    for number, epoch in enumerate(islice(epochs(batch, turns, config.theta), config.max_epochs)):
        records.add(number, epoch, epoch.stopped | (number + 1 == config.max_epochs))
    hidden, output = batch.matrices(records.weights)
    return Runs(
        order_seed=np.repeat(order_seeds, starts),
        init_seed=np.tile([start.seed if start.init in DRAWN else FIXED for start in config.starts], orders),
        epochs=records.epochs,
        break_epoch=records.break_epoch,
        training_error=records.training_error,
        accuracy=records.accuracy,
        best_accuracy=records.best_accuracy,
        reached=records.reached,
        wrong=wrong_samples(Weights(hidden, output)),
    )


def wrong_samples(weights: Weights) -> Integers:
    """The samples that each run classifies wrongly, (runs,): bit i for sample i."""
    outputs = np.array([forward(weights, list(sample)).output[0] for sample in TWENTY.inputs])
    wrong = ~(outputs * TWENTY.labels[:, None] > 0)
    bits: Integers = (wrong * 2 ** np.arange(len(wrong))[:, None]).sum(axis=0)
    return bits


def table_rows(runs: Runs) -> Iterator[tuple[Any, ...]]:
    """The table of runs, one row with the values of COLUMNS each; None where there is no seed or no such epoch."""
    return zip(
        runs.order_seed.tolist(),
        ("same" if seed == FIXED else "random" for seed in runs.init_seed),
        _without(FIXED, runs.init_seed),
        runs.epochs.tolist(),
        _without(NEVER, runs.break_epoch),
        runs.training_error.tolist(),
        runs.accuracy.tolist(),
        runs.best_accuracy.tolist(),
        _without(NEVER, runs.reached),
        map(sample_numbers, runs.wrong.tolist()),
        strict=True,
    )


def _without(none: int, values: Integers) -> list[int | None]:
    """The values, with None in place of the number that stands for it."""
    return [None if value == none else value for value in values.tolist()]


def sample_numbers(bits: int) -> str:
    """The samples whose bits are set, counted from 1, such as "3 17"."""
    return " ".join(str(i + 1) for i in range(len(TWENTY.labels)) if bits >> i & 1)


class _Records:
    """Collects the record of each run of a batch when it ends, and tracks the runs that still train."""

    def __init__(self, batch: Batch) -> None:
        runs = batch.runs
        self.epochs, self.break_epoch, self.reached = (np.full(runs, NEVER) for _ in range(3))
        self.training_error, self.accuracy, self.best_accuracy = np.empty((3, runs))
        self.weights = batch.weights.copy()
        self._best, self._reached = np.zeros(runs), np.full(runs, NEVER)

    def add(self, number: int, epoch: Epoch, last: Mask) -> None:
        """Add an epoch; it is the last one of the runs for which the mask `last` is true."""
        self._best = np.maximum(self._best, epoch.accuracy)
        self._reached[(self._reached == NEVER) & (epoch.accuracy >= MANY_RIGHT)] = number
        if not last.any():
            return
        runs = epoch.runs[last]
        self.epochs[runs] = number + 1
        self.break_epoch[epoch.runs[epoch.stopped & ~epoch.diverged]] = number
        self.training_error[runs] = epoch.training_error[last]
        self.accuracy[runs] = epoch.accuracy[last]
        self.best_accuracy[runs] = self._best[last]
        self.reached[runs] = self._reached[last]
        self.weights[:, runs] = epoch.weights[:, last]
        self._best, self._reached = self._best[~last], self._reached[~last]


@dataclass(frozen=True)
class _Chunk:
    """Runs to train as one batch: like a Plan, with or without the fixed start.

    It is small, without a list of starts: a pool of processes that loses a worker hangs if it was sent much data
    (CPython 3.11).
    """

    config: Config
    init_seeds: range
    order_seeds: range
    with_fixed: bool


def _train(chunk: _Chunk) -> Runs:
    drawn, fixed = chunk.config.starts
    starts = tuple(replace(drawn, seed=seed) for seed in chunk.init_seeds)
    return train(replace(chunk.config, starts=(fixed, *starts) if chunk.with_fixed else starts), chunk.order_seeds)


def _chunks(plan: Plan, chunk: int) -> Iterator[_Chunk]:
    """Several whole order seeds each, or parts of one with the fixed run first; all of almost equal size."""
    runs = 1 + len(plan.init_seeds)
    for orders in _divided(len(plan.order_seeds), max(chunk // runs, 1)):
        for part in _divided(runs, chunk):
            init_seeds = plan.init_seeds[max(part.start - 1, 0) : part.stop - 1]
            yield _Chunk(plan.config, init_seeds, plan.order_seeds[orders.start : orders.stop], part.start == 0)


def _divided(count: int, most: int) -> Iterator[range]:
    """The numbers below `count` in as few parts as have at most `most` each, all of almost equal size."""
    parts = -(-count // most)
    return (range(count * i // parts, count * (i + 1) // parts) for i in range(parts))


def _ahead(executor: Executor, chunks: Iterator[_Chunk]) -> Iterator[Runs]:
    """The results in the order of the chunks, while up to AHEAD further chunks are in progress."""
    futures = (executor.submit(_train, chunk) for chunk in chunks)
    waiting: deque[Future[Runs]] = deque()
    try:
        waiting.extend(islice(futures, AHEAD))
        while waiting:
            yield waiting.popleft().result()
            waiting.extend(islice(futures, 1))
    finally:
        for future in waiting:
            future.cancel()


def _progress(parts: Iterable[Runs], total: int) -> Generator[Part, None, None]:
    done = 0
    for runs in parts:
        done += len(runs)
        yield Part(runs, done, total)


def _columns(runs: Runs) -> dict[str, Any]:
    return {field.name: getattr(runs, field.name) for field in fields(runs)}
