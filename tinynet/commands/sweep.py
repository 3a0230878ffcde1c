"""`sweep`: train problem 2 for many init seeds and order seeds, and test the conclusions."""

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import CancelledError, Executor
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from dataclasses import asdict, astuple
from typing import TextIO

from tinynet.commands.shared import Commands, add_format, add_numbers, write_csv, write_json
from tinynet.config import Config, Start
from tinynet.published import ORDER_SEED
from tinynet.sweep import AHEAD, CHUNK, COLUMNS, Part, Plan, Runs, sweep, table_rows
from tinynet.verdicts import (
    CONCLUSIONS,
    CONFIDENCE,
    Conclusion,
    Counts,
    counts,
    ends_the_same_way,
    ends_with_a_lower_error,
    peaks_at_80_percent,
    reaches_80_percent_earlier,
    share,
    stops_earlier,
)

SENTENCES: dict[Conclusion, str] = {
    stops_earlier: "random stops earlier",
    ends_with_a_lower_error: "random ends with a lower training error",
    reaches_80_percent_earlier: "random reaches 80% accuracy earlier",
    peaks_at_80_percent: "the best accuracy of random is 80%",
    ends_the_same_way: "both stop in the same epoch with the same samples wrong",
}
"""Each conclusion in words."""
SECONDS = 5
"""How long a Dask cluster may take to answer."""
TABLE = ("order seed", "same stops in", "random earlier", "equal", "later", "never")


def add_to(commands: Commands) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "sweep",
        help="compare random with same-value initialisation for many seeds",
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    parser.add_argument(
        "--init-seeds", default="0:1000", metavar="A:B", help="train a random run for each seed from A to B, without B"
    )
    parser.add_argument(
        "--order-seeds",
        default=f"{ORDER_SEED}:{ORDER_SEED + 1}",
        metavar="A:B",
        help="repeat this for each order seed from A to B, without B",
    )
    default = Config()
    add_numbers(parser, default, "learning_rate", "theta", "max_epochs")
    add_numbers(parser, default.starts[0], "scale")
    workers = parser.add_mutually_exclusive_group()
    workers.add_argument("--jobs", type=int, default=1, metavar="N", help="number of processes")
    workers.add_argument(
        "--dask",
        metavar="ADDRESS",
        help="train on a running Dask cluster, such as tcp://127.0.0.1:8786, whose workers can import tinynet",
    )
    add_format(parser)
    parser.set_defaults(command=run)


def run(options: argparse.Namespace, out: TextIO) -> int:
    """Train all runs, and write each of them or a summary."""
    plan = _plan(options)
    with (
        _executor(options) as (executor, jobs),
        # closed first, because the executor would wait for all submitted chunks
        closing(sweep(plan.config, plan.init_seeds, plan.order_seeds, executor, _chunk(plan, jobs))) as parts,
    ):
        # rows written to a terminal show the progress themselves
        watched = parts if options.format == "csv" and out.isatty() else _watched(parts)
        if options.format == "csv":
            write_csv(COLUMNS, (row for part in watched for row in table_rows(part.runs)), out)
        else:
            _write_result(Runs.join([part.runs for part in watched]), options.format, out)
    return 0


def _plan(options: argparse.Namespace) -> Plan:
    config = Config(
        (Start("random", scale=options.random_range), Start("same")),
        learning_rate=options.learning_rate,
        theta=options.theta,
        max_epochs=options.max_epochs,
    )
    return Plan(config, _seeds("init seeds", options.init_seeds), _seeds("order seeds", options.order_seeds))


def _seeds(name: str, text: str) -> range:
    first, _, end = text.partition(":")
    try:
        seeds = range(int(first), int(end))
    except ValueError:
        seeds = range(0)
    if not seeds:
        raise ValueError(f"{name} must be A:B with A below B, received {text[:80]}")
    return seeds


def _jobs(number: int) -> int:
    if number < 1:
        raise ValueError(f"jobs must be 1 or above, received {number}")
    return number


def _chunk(plan: Plan, jobs: int) -> int:
    """The size of a part that gives each worker the same number of parts, as large as is still fast."""
    orders = len(plan.order_seeds)
    runs = plan.runs // orders
    if orders < jobs or runs > CHUNK:
        return min(CHUNK, -(-plan.runs // jobs))
    turns = max(1, round(plan.runs / (jobs * CHUNK)))
    return runs * -(-orders // (jobs * turns))


@contextmanager
def _executor(options: argparse.Namespace) -> Iterator[tuple[Executor | None, int]]:
    """What trains, and how many parts it trains at a time."""
    if options.dask is not None:
        with _dask(options.dask) as workers:
            yield workers
        return
    jobs = _jobs(options.jobs)
    with _workers(jobs) as executor:
        yield executor, jobs


def _workers(jobs: int) -> AbstractContextManager[Executor | None]:
    """The pool of processes that train, or None if this one trains."""
    if jobs == 1:
        return nullcontext()
    # imported when it is needed: that takes as long as to train some hundred runs
    from tinynet.processes import pool

    # at most AHEAD chunks are submitted at a time
    return pool(min(jobs, AHEAD))


@contextmanager
def _dask(address: str) -> Iterator[tuple[Executor, int]]:
    """The workers of a running Dask cluster, and the number of their threads."""
    try:
        from distributed import Client, KilledWorker
        from distributed.comm.addressing import get_address_host
    except ImportError:
        raise ValueError("--dask needs the package distributed, which is not installed") from None
    name = f"the Dask cluster at {address[:80]!r}"
    try:
        # first, because a client that refuses its address takes seconds to close
        get_address_host(address)
        client = Client(address, timeout=SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ValueError(f"{name} does not answer: {str(error)[:200]}") from None
    with client:
        try:
            client.wait_for_workers(1, timeout=SECONDS)
        except TimeoutError:
            raise ValueError(f"{name} has no workers") from None
        threads = sum(client.nthreads().values())
        try:
            # not its executor, which fails if a worker ends while its result is fetched (distributed 2026)
            yield client, threads
        except (CancelledError, ImportError, KilledWorker, RuntimeError) as error:
            raise ValueError(f"{name} failed; is it started in the folder of tinynet? {str(error)[:200]}") from None


def _watched(parts: Iterable[Part]) -> Iterator[Part]:
    """The parts. If stderr is a terminal, a line there shows the number of finished runs."""
    if not sys.stderr.isatty():
        yield from parts
        return
    try:
        for part in parts:
            print(f"\r{part.done} of {part.total} runs", end="", file=sys.stderr, flush=True)
            yield part
    finally:
        print(file=sys.stderr)


def _write_result(runs: Runs, form: str, out: TextIO) -> None:
    orders = counts(runs)
    if form == "json":
        write_json({"orders": [asdict(order) for order in orders]}, out)
        return
    out.writelines(_aligned([TABLE, *map(_cells, orders)]))
    seeds = "init seeds under this order seed" if len(orders) == 1 else "init seeds and order seeds"
    out.write(f"\nof the random runs, with intervals for all {seeds}:\n")
    out.writelines(_sentence(runs, conclusion) for conclusion in CONCLUSIONS)


def _cells(order: Counts) -> tuple[str, ...]:
    return tuple("never" if value is None else str(value) for value in astuple(order))


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Lines of text with right-aligned columns."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)) + "\n"


def _sentence(runs: Runs, conclusion: Conclusion) -> str:
    found = share(runs, conclusion)
    low, high = (100 * edge for edge in found.interval)
    return (
        f"{SENTENCES[conclusion]}: {100 * found.value:.1f}% of the runs, "
        f"{100 * CONFIDENCE:g}% interval {low:.1f} to {high:.1f}%\n"
    )
