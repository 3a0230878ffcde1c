"""Sweeps: their counts, the agreement of each run with one trained alone, and what may not depend on the executor."""

import re
import threading
import tracemalloc
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import fields, replace
from itertools import accumulate
from multiprocessing import get_context
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import numpy as np
import pytest
from distributed import Client, LocalCluster

from tinynet.config import LARGEST_SEED, Config, Start
from tinynet.datasets import TWENTY
from tinynet.network import forward
from tinynet.sweep import AHEAD, CHUNK, FIXED, MANY_RIGHT, NEVER, Part, Plan, Runs, sweep
from tinynet.training import History, Stop, train
from tinynet.verdicts import Counts, counts

PAIR = (Start("random"), Start("same"))
SMALLER = (Start("random", scale=0.5), Start("same"))
# fast; some runs are stopped by θ, some classify 16 samples correctly, and some do not
SHORT = Config(PAIR, theta=0.03, max_epochs=20)
INIT_SEEDS, ORDER_SEEDS = range(55), range(2018, 2020)
P = ParamSpec("P")
T = TypeVar("T")


def swept(config: Config, init_seeds: range, order_seeds: range, **options: Any) -> Runs:
    """All runs of a sweep."""
    return Runs.join([part.runs for part in sweep(config, init_seeds, order_seeds, **options)])


def bits(runs: Runs) -> dict[str, bytes]:
    """The bytes of the table, to compare it to the last bit."""
    return {field.name: getattr(runs, field.name).tobytes() for field in fields(runs)}


@pytest.fixture(scope="module")
def short() -> Runs:
    """The runs of SHORT, trained without an executor in chunks of the usual size."""
    runs = swept(SHORT, INIT_SEEDS, ORDER_SEEDS)
    assert 0 < np.sum(runs.break_epoch == NEVER) < len(runs)
    assert 0 < np.sum(runs.reached == NEVER) < len(runs)
    return runs


@pytest.mark.parametrize(
    ("init_seeds", "expected"),
    [
        (range(5000), Counts(2019, 298, earlier=2214, equal=2482, later=304, never=0)),
        (range(2000), Counts(0, 164, earlier=4, equal=499, later=1497, never=0)),
        (range(2000), Counts(7, 439, earlier=1626, equal=279, later=95, never=0)),
    ],
    ids=lambda value: f"order {value.order_seed}" if isinstance(value, Counts) else f"{len(value)} init seeds",
)
def test_random_stops_before_with_and_after_same_as_often_as_documented(init_seeds: range, expected: Counts) -> None:
    order_seeds = range(expected.order_seed, expected.order_seed + 1)
    assert counts(swept(Config(PAIR, max_epochs=2000), init_seeds, order_seeds)) == [expected]


@pytest.mark.parametrize("chunk", [1, 7, 50, CHUNK])
def test_the_size_of_a_chunk_does_not_change_a_bit(short: Runs, chunk: int) -> None:
    assert bits(swept(SHORT, INIT_SEEDS, ORDER_SEEDS, chunk=chunk)) == bits(short)


@contextmanager
def dask(folder: Path) -> Iterator[Executor]:
    """Two Dask worker processes on this machine, on free ports."""
    with (
        LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            processes=True,
            host="127.0.0.1",
            dashboard_address="127.0.0.1:0",
            local_directory=str(folder),
        ) as cluster,
        Client(cluster) as client,
    ):
        yield client.get_executor()


WORKERS: dict[str, Callable[[Path], AbstractContextManager[Executor]]] = {
    "threads": lambda folder: ThreadPoolExecutor(2),
    "processes": lambda folder: ProcessPoolExecutor(2, get_context("spawn")),
    "Dask": dask,
}


@pytest.mark.parametrize("workers", WORKERS)
def test_the_runs_are_the_same_to_the_last_bit_with_every_executor(short: Runs, workers: str, tmp_path: Path) -> None:
    with WORKERS[workers](tmp_path) as executor:
        parts = list(sweep(SHORT, INIT_SEEDS, ORDER_SEEDS, executor, chunk=3))
    assert len(parts) > AHEAD  # some were submitted only after others had finished
    assert bits(Runs.join([part.runs for part in parts])) == bits(short)


CASES = {
    "stopped by θ": (Config(PAIR, theta=0.02), Stop.THETA),
    "never stopped": (Config(PAIR, max_epochs=7), Stop.MAX_EPOCHS),
    "diverging": (Config(PAIR, learning_rate=100.0), Stop.DIVERGED),
    "from a smaller range": (Config(SMALLER, theta=0.02), Stop.THETA),
    "of two hidden units": (Config(PAIR, max_epochs=7, hidden_units=2), Stop.MAX_EPOCHS),
}


@pytest.mark.parametrize(("config", "stop"), CASES.values(), ids=CASES)
def test_each_row_agrees_with_the_run_trained_alone(config: Config, stop: Stop) -> None:
    init_seeds, order_seeds = range(3, 9), range(2019, 2021)
    runs = swept(config, init_seeds, order_seeds)
    histories = [
        train(replace(config, starts=(start,), order_seed=order_seed))
        for order_seed in order_seeds
        for start in (config.starts[1], *(replace(config.starts[0], seed=seed) for seed in init_seeds))
    ]
    assert any(history.stops == (stop,) for history in histories)
    for i, history in enumerate(histories):
        expected = ending(history)
        assert {name: getattr(runs, name)[i] for name in expected} == expected


def ending(history: History) -> dict[str, float]:
    """The record of a run, computed from its history."""
    break_epoch, accuracy = history.break_epoch(0), history.accuracy[:, 0]
    weights = history.weights(0, len(accuracy))
    outputs = [float(forward(weights, list(sample)).output[0]) for sample in TWENTY.inputs]
    return {
        "epochs": len(accuracy),
        "break_epoch": NEVER if break_epoch is None else break_epoch,
        "training_error": history.training_error[-1, 0],
        "accuracy": accuracy[-1],
        "best_accuracy": max(accuracy),
        "reached": next((epoch for epoch, value in enumerate(accuracy) if value >= MANY_RIGHT), NEVER),
        "wrong": sum(2**i for i, output in enumerate(outputs) if not output * TWENTY.labels[i] > 0),
    }


def test_a_pair_reproduces_the_rows_of_its_two_runs() -> None:
    plan = Plan(Config(SMALLER, theta=0.02), range(4, 7), range(11, 13))
    runs = swept(plan.config, plan.init_seeds, plan.order_seeds)
    history = train(plan.pair(order_seed=12, init_seed=5))
    places = [np.flatnonzero((runs.order_seed == 12) & (runs.init_seed == seed)).item() for seed in (5, FIXED)]
    for run, place in enumerate(places):
        last = history.last_epoch[run]
        assert history.training_error[last, run] == runs.training_error[place]
        assert (last + 1, history.accuracy[last, run]) == (runs.epochs[place], runs.accuracy[place])


@pytest.mark.parametrize("chunk", [1, 7, CHUNK])
def test_parts_come_in_the_order_of_the_seeds_and_count_finished_runs(chunk: int) -> None:
    parts = list(sweep(Config(PAIR, max_epochs=1), range(4, 15), range(5, 8), chunk=chunk))
    assert seeds_of(parts) == [(order, seed) for order in range(5, 8) for seed in (FIXED, *range(4, 15))]
    assert [part.done for part in parts] == list(accumulate(len(part.runs) for part in parts))
    assert {part.total for part in parts} == {parts[-1].done} == {36}
    assert max(len(part.runs) for part in parts) <= chunk


def seeds_of(parts: list[Part]) -> list[tuple[int, int]]:
    """The two seeds of each run."""
    return [pair for part in parts for pair in zip(part.runs.order_seed, part.runs.init_seed, strict=True)]


class FirstIsNotFirst(ThreadPoolExecutor):
    """Two threads that finish the first task after a later one."""

    def __init__(self) -> None:
        super().__init__(2)
        self.given = 0
        self.later = threading.Event()

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Submit a task; only the first one waits."""
        self.given += 1
        if self.given > 1:
            future = super().submit(fn, *args, **kwargs)
            future.add_done_callback(lambda _: self.later.set())
            return future

        def after_another(*args: P.args, **kwargs: P.kwargs) -> T:
            assert self.later.wait(60)
            return fn(*args, **kwargs)

        return super().submit(after_another, *args, **kwargs)


def test_a_part_that_finishes_early_waits_for_its_turn() -> None:
    with FirstIsNotFirst() as executor:
        parts = list(sweep(Config(PAIR, max_epochs=1), range(9), range(1), executor, chunk=1))
    assert seeds_of(parts) == [(0, seed) for seed in (FIXED, *range(9))]


class OnlyTheFirst(Executor):
    """Runs only the first task, and raises KeyboardInterrupt after `last` tasks."""

    def __init__(self, last: int = 1_000_000) -> None:
        self.futures: list[Future[Any]] = []
        self.last = last

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Submit a task, which never starts unless it is the first."""
        if len(self.futures) == self.last:
            raise KeyboardInterrupt
        future: Future[T] = Future()
        self.futures.append(future)
        if len(self.futures) == 1:
            future.set_result(fn(*args, **kwargs))
        return future


def test_closing_the_iterator_cancels_chunks_that_have_not_started() -> None:
    executor = OnlyTheFirst()
    parts = sweep(Config(PAIR, max_epochs=1), range(500), range(1), executor, chunk=1)
    next(parts)
    assert len(executor.futures) == AHEAD
    parts.close()
    assert [future.cancelled() for future in executor.futures] == [False] + [True] * (AHEAD - 1)


def test_an_interrupt_while_chunks_are_submitted_cancels_them() -> None:
    executor = OnlyTheFirst(last=5)
    with pytest.raises(KeyboardInterrupt):
        next(sweep(Config(PAIR, max_epochs=1), range(500), range(1), executor, chunk=1))
    assert [future.cancelled() for future in executor.futures] == [False] + [True] * 4


@pytest.mark.parametrize(
    "starts",
    [(Start("random"),), (Start("same"), Start("random")), (Start("random"), Start("he")), (*PAIR, Start("zeros"))],
    ids=lambda starts: " and ".join(start.init for start in starts),
)
def test_starts_other_than_one_random_and_one_fixed_are_refused(starts: tuple[Start, ...]) -> None:
    with pytest.raises(ValueError, match=r"^a sweep compares one random initialisation with one fixed initialisation$"):
        sweep(Config(starts), range(1), range(1))


@pytest.mark.parametrize("seeds", [range(3, 3), range(5, 4), range(-1, 4), range(0, 9, 2), range(LARGEST_SEED + 2)])
@pytest.mark.parametrize("name", ["init seeds", "order seeds"])
def test_seeds_that_are_not_consecutive_are_refused(name: str, seeds: range) -> None:
    message = f"{name} must be one or more consecutive whole numbers from 0 to {LARGEST_SEED}, received "
    both = (seeds, range(1)) if name == "init seeds" else (range(1), seeds)
    with pytest.raises(ValueError, match=f"^{re.escape(message)}{seeds.start}:{seeds.stop}$"):
        sweep(Config(PAIR), *both)


def test_the_largest_seed_can_be_swept() -> None:
    last = range(LARGEST_SEED, LARGEST_SEED + 1)
    (part,) = sweep(Config(PAIR, max_epochs=1), last, last)
    assert seeds_of([part]) == [(LARGEST_SEED, FIXED), (LARGEST_SEED, LARGEST_SEED)]


def peak(runs: int, epochs: int) -> int:
    """The peak memory, in bytes, of a sweep of one order seed and its results."""
    tracemalloc.start()
    kept = [part.runs for part in sweep(Config(PAIR, theta=0, max_epochs=epochs), range(runs - 1), range(1))]
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert sum(map(len, kept)) == runs
    return most


def test_only_the_record_of_each_run_is_kept() -> None:
    record = 8 * len(fields(Runs))
    peak(2, 1)  # warm up: what the first call loads does not count
    few, many, long = peak(CHUNK, 2), peak(5 * CHUNK, 2), peak(CHUNK, 8)
    assert many / (5 * CHUNK) < 300e6 / 100_000
    assert (many - few) / (4 * CHUNK) == pytest.approx(record, rel=0.1)
    assert long - few < 8 * CHUNK  # less than one number per run of a batch


def test_runs_that_have_not_started_take_no_memory() -> None:
    tracemalloc.start()
    first = next(sweep(Config(PAIR, max_epochs=1), range(1_000_000), range(LARGEST_SEED), chunk=1))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (len(first.runs), first.total) == (1, 1_000_001 * LARGEST_SEED)
    assert most < 1_000_000
