"""Many runs: one random start for each init seed against one fixed start, under each of many sample orders."""

from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, fields, replace
from itertools import islice, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tinynet.arrays import Array, Mask, Whole
from tinynet.backprop import Batch
from tinynet.config import LARGEST_SEED, Config
from tinynet.datasets import TWENTY
from tinynet.initializers import DRAWN
from tinynet.network import Weights, forward
from tinynet.orders import sample_orders
from tinynet.training import Epoch, epochs, starting_weights

CHUNK = 5000
"""Runs that train as one batch: fewer, and the calls cost more than the arithmetic; more, and they leave the cache."""
AHEAD = 32
"""Chunks handed to an executor before their results are taken."""
NEVER = -1
"""In place of an epoch that did not come."""
FIXED = -1
"""In place of the init seed of the fixed start."""
MANY_RIGHT = 0.8
"""The accuracy of which the document says that most runs reach it and few pass it."""

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
"""The columns of the table of all runs."""


@dataclass(frozen=True, eq=False)
class Runs:
    """What is kept of each run; all arrays have the shape (runs,).

    `init_seed` is FIXED for the fixed start. `epochs` is how many it trained, `break_epoch` the one in which θ stopped
    it, `reached` the first with an accuracy of MANY_RIGHT, NEVER where there is none. `training_error` and `accuracy`
    are those of the last epoch, `best_accuracy` the highest of all. `wrong` tells where the run ended: bit i is set if
    the network gets sample i wrong with its last weights.
    """

    order_seed: Whole
    init_seed: Whole
    epochs: Whole
    break_epoch: Whole
    training_error: Array
    accuracy: Array
    best_accuracy: Array
    reached: Whole
    wrong: Whole

    def __len__(self) -> int:
        return len(self.order_seed)

    def take(self, which: Mask | NDArray[np.intp]) -> "Runs":
        """Those for which a mask (runs,) is true, or those in the places that are listed."""
        return Runs(**{name: values[which] for name, values in _columns(self).items()})

    @staticmethod
    def join(parts: Sequence["Runs"]) -> "Runs":
        """The runs of one or more parts, one after the other."""
        return Runs(**{name: np.concatenate([_columns(part)[name] for part in parts]) for name in _columns(parts[0])})


@dataclass(frozen=True, eq=False)
class Part:
    """Some finished runs, how many are finished with them, and how many there will be."""

    runs: Runs
    done: int
    total: int


@dataclass(frozen=True)
class Plan:
    """What is swept; the two starts of `config` are the one that each init seed draws and the fixed one.

    Raises ValueError for starts or seeds that cannot be swept.
    """

    config: Config
    init_seeds: range
    order_seeds: range

    def __post_init__(self) -> None:
        if [start.init in DRAWN for start in self.config.starts] != [True, False]:
            raise ValueError("a sweep compares one drawn initialisation with one that is not")
        for name, seeds in (("init seeds", self.init_seeds), ("order seeds", self.order_seeds)):
            if not seeds or seeds.step != 1 or seeds.start < 0 or seeds[-1] > LARGEST_SEED:
                raise ValueError(
                    f"{name} must be one or more whole numbers in a row from 0 to {LARGEST_SEED}, "
                    f"received {seeds.start}:{seeds.stop}"
                )

    @property
    def runs(self) -> int:
        """How many: for each order seed one for each init seed, and the fixed one."""
        return len(self.order_seeds) * (1 + len(self.init_seeds))

    def pair(self, order_seed: int, init_seed: int) -> Config:
        """One drawn run and the fixed one, as a training of two runs."""
        drawn, fixed = self.config.starts
        return replace(self.config, starts=(replace(drawn, seed=init_seed), fixed), order_seed=order_seed)


def sweep(
    config: Config, init_seeds: range, order_seeds: range, executor: Executor | None = None, chunk: int = CHUNK
) -> Generator[Part, None, None]:
    """Train the runs of all seeds; the finished ones come in parts, ordered by order seed and then by init seed.

    See Plan for the first three; the order seed of `config` is not used. Whatever the size of a chunk and whoever does
    the work, the runs are the same to the last bit. The `executor` may be any of `concurrent.futures`, or another with
    its interface; without one the caller's thread works. Closing the iterator cancels what has not begun.
    """
    plan = Plan(config, init_seeds, order_seeds)
    chunks = _chunks(plan, chunk)
    return _progress(map(_train, chunks) if executor is None else _ahead(executor, chunks), plan.runs)


def train(config: Config) -> Runs:
    """Train the runs of one order seed, all at once, keeping of each what Runs holds."""
    start = starting_weights(config, TWENTY)
    batch = Batch(start, TWENTY, config.learning_rate)
    ends = _Ends(batch)
    steps = epochs(batch, TWENTY, sample_orders(len(TWENTY.labels), config.order_seed), config.theta)
    for number, epoch in enumerate(islice(steps, config.max_epochs)):
        ends.note(number, epoch, epoch.stopped | (number + 1 == config.max_epochs))
    hidden, output = batch.matrices(ends.weights)
    return Runs(
        order_seed=np.full(len(config.starts), config.order_seed),
        init_seed=np.array([start.seed if start.init in DRAWN else FIXED for start in config.starts]),
        epochs=ends.epochs,
        break_epoch=ends.break_epoch,
        training_error=ends.training_error,
        accuracy=ends.accuracy,
        best_accuracy=ends.best_accuracy,
        reached=ends.reached,
        wrong=wrong_samples(Weights(hidden, output)),
    )


def wrong_samples(weights: Weights) -> Whole:
    """For each run which of the 20 samples its network gets wrong: bit i for sample i."""
    outputs = np.array([forward(weights, list(sample)).output[0] for sample in TWENTY.inputs])
    wrong = ~(outputs * TWENTY.labels[:, None] > 0)
    bits: Whole = (wrong * 2 ** np.arange(len(wrong))[:, None]).sum(axis=0)
    return bits


def table_rows(runs: Runs) -> Iterator[tuple[Any, ...]]:
    """The table of all runs: for each run the values of COLUMNS, None where there is no seed or no such epoch."""
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


def _without(none: int, values: Whole) -> list[int | None]:
    """The values, with None for the number that stands for none."""
    return [None if value == none else value for value in values.tolist()]


def sample_numbers(bits: int) -> str:
    """The samples whose bits are set, numbered from 1, such as "3 17"."""
    return " ".join(str(i + 1) for i in range(len(TWENTY.labels)) if bits >> i & 1)


class _Ends:
    """The last state of every run of a batch, and what is noted on the way there for those that still train."""

    def __init__(self, batch: Batch) -> None:
        runs = batch.runs
        self.epochs, self.break_epoch, self.reached = (np.full(runs, NEVER) for _ in range(3))
        self.training_error, self.accuracy, self.best_accuracy = np.empty((3, runs))
        self.weights = batch.weights.copy()
        self._best, self._reached = np.zeros(runs), np.full(runs, NEVER)

    def note(self, number: int, epoch: Epoch, last: Mask) -> None:
        """Note an epoch, the last one of the runs for which the mask `last` is true."""
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
    """What is trained at once: as in Plan, but with an order seed, and with the fixed start or without it.

    It holds no list of starts: a pool of processes that loses a worker never ends if it was handed much (CPython 3.11).
    """

    config: Config
    init_seeds: range
    with_fixed: bool


def _train(chunk: _Chunk) -> Runs:
    drawn, fixed = chunk.config.starts
    starts = tuple(replace(drawn, seed=seed) for seed in chunk.init_seeds)
    return train(replace(chunk.config, starts=(fixed, *starts) if chunk.with_fixed else starts))


def _chunks(plan: Plan, chunk: int) -> Iterator[_Chunk]:
    """The runs of each order seed, the fixed one first, in chunks of nearly equal size."""
    runs = 1 + len(plan.init_seeds)
    count = -(-runs // chunk)
    for order_seed in plan.order_seeds:
        config = replace(plan.config, order_seed=order_seed)
        for first, end in pairwise(runs * i // count for i in range(count + 1)):
            yield _Chunk(config, plan.init_seeds[max(first - 1, 0) : end - 1], first == 0)


def _ahead(executor: Executor, chunks: Iterator[_Chunk]) -> Iterator[Runs]:
    """The results in the order of the chunks, some of which are always under way."""
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
