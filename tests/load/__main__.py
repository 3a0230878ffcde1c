"""What the app does with a class: `python -m tests.load`; `--help` says what can be chosen.

It starts the app as one process, or as the `--hall` of several, opens a session for each viewer over the app's own
websocket, and measures from an action to the last message of its answer. The viewers join within a minute and then act
every ten seconds each. It prints the report of docs/load.md.
"""

import argparse
import asyncio
import os
import platform
import tempfile
from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from tests.browser.app_server import AppServer, complaints, running_app
from tests.load.hall import running_hall
from tests.load.lecture import Lecture, Plan, lecture


def main() -> None:
    """Print the report."""
    given = arguments()
    print(f"Python {platform.python_version()}, {os.cpu_count()} processors, for the server and the driver.\n")
    with tempfile.TemporaryDirectory() as folder, served(given, given.log or Path(folder) / "log.txt") as server:
        plan = Plan(given.viewers, given.join, given.seconds, given.every)
        print("\n".join(of_lecture(asyncio.run(lecture(server, plan)), plan)), flush=True)
        found = complaints(server.read_log())
        print(f"\nWarnings and errors in the server's log: {len(found)}", *found[:10], sep="\n")


def served(given: argparse.Namespace, log: Path) -> AbstractContextManager[AppServer]:
    """The server for the lecture, started unless it runs at a given address."""
    if given.url:
        log.touch()
        return nullcontext(AppServer(given.url, log, pid=0))
    return running_hall(log, given.hall) if given.hall else running_app(log)


def arguments() -> argparse.Namespace:
    """What the command was given."""
    parser = argparse.ArgumentParser(prog="python -m tests.load", description="What the app does with a class.")
    parser.add_argument("--viewers", type=int, default=300, help="sessions that join and act")
    parser.add_argument("--join", type=float, default=60, help="seconds within which they join")
    parser.add_argument("--every", type=float, default=10, help="seconds from one action of a viewer to the next")
    parser.add_argument("--seconds", type=float, default=120, help="how long they act after the last has joined")
    server = parser.add_mutually_exclusive_group()
    server.add_argument("--hall", type=int, default=0, help="serve with so many processes, by deploy/hall")
    server.add_argument("--url", default="", help="hold the lecture at a server that runs already")
    parser.add_argument("--log", type=Path, help="keeps the server's log in this file")
    return parser.parse_args()


def of_lecture(seen: Lecture, plan: Plan) -> Iterable[str]:
    """The lines about a lecture."""
    yield f"{plan.viewers} viewers, an action each {plan.every:g} s; the last had its page after {seen.joined:.0f} s.\n"
    yield "| action | times | p50 ms | p95 ms | longest ms |"
    yield "| :----- | ----: | -----: | -----: | ---------: |"
    yield row("All while they join", together(seen.joining))
    yield from (row(name, seconds) for name, seconds in sorted(seen.answers.items()))
    yield row("All when everybody is there", together(seen.answers))
    yield f"\nThe server sent {seen.received / 1e6:.0f} MB."
    if seen.memory:
        minutes = ", ".join(f"{megabytes:.0f} at {seconds:.0f} s" for seconds, megabytes in spread(seen.memory))
        yield f"It then took {seen.processor:.0%} of a core, {1000 * seen.each:.0f} ms for each answer."
        yield f"Memory of its largest process in MB: {minutes}; at most {max(most for _, most in seen.memory):.0f}."
    yield f"Answers lost and errors shown: {len(seen.wrong)}"
    yield from seen.wrong[:10]


def together(answers: dict[str, list[float]]) -> list[float]:
    """The times of all actions."""
    return [seconds for times in answers.values() for seconds in times]


def row(name: str, seconds: list[float]) -> str:
    """A line of the table."""
    parts = (milliseconds(seconds, share) for share in (0.5, 0.95, 1))
    return f"| {name} | {len(seconds)} | {' | '.join(parts)} |"


def milliseconds(seconds: list[float], share: float) -> str:
    """What so large a share of the times does not pass."""
    ranked = sorted(seconds)
    return f"{1000 * ranked[min(len(ranked) - 1, int(share * len(ranked)))]:.0f}"


def spread(samples: list[tuple[float, float]], most: int = 8) -> list[tuple[float, float]]:
    """Some of many samples, the first and the last among them."""
    step = max(1, -(-(len(samples) - 1) // (most - 1)))
    return [*samples[:-1:step], samples[-1]]


if __name__ == "__main__":
    main()
