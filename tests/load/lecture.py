"""A class that shares the app: its viewers join, change what they see and go from page to page, each at a pace."""

import asyncio
import random
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from tests.browser.app_server import AppServer
from tests.load.server import processor_seconds, resident_megabytes
from tests.load.viewer import LostError, Viewer, join

Action = Callable[[Viewer, random.Random], Awaitable[float]]
SEEDS = 20
"""Viewers try so many seeds, as a class does that is told what to look for: most have been tried by another before."""
WATCH_SECONDS = 5.0
"""How often the server's memory is read."""


async def edit_weight(viewer: Viewer, chance: random.Random) -> float:
    """Type a weight of problem 1."""
    return await viewer.set(chance.choice(("h11", "h12", "h20", "o1")), double_value=round(chance.uniform(-2, 2), 1))


async def take_preset(viewer: Viewer, chance: random.Random) -> float:
    """Go back to a preset of problem 1."""
    return await viewer.press(chance.choice(("preset_a", "preset_b")))


async def new_seed(viewer: Viewer, chance: random.Random) -> float:
    """Train problem 2 from other weights."""
    return await viewer.set("seed", double_value=float(chance.randrange(SEEDS)))


async def look_at_epoch(viewer: Viewer, chance: random.Random) -> float:
    """Play problem 2, and pause: the server hears of the epoch alone."""
    return await viewer.rest("training_player", chance.randrange(1, 100))


async def more_units(viewer: Viewer, chance: random.Random) -> float:
    """Give the symmetric network other units."""
    return await viewer.set("units", string_array_value=[str(chance.randrange(2, 9))])


async def other_start(viewer: Viewer, chance: random.Random) -> float:
    """Start the symmetric network from other weights."""
    return await viewer.set("start_seed", double_value=float(chance.randrange(SEEDS)))


async def sort_rows(viewer: Viewer, chance: random.Random) -> float:
    """Sort the order seeds of the sweep."""
    return await viewer.set("sort", string_array_value=[chance.choice(("seed", "earlier", "same"))])


async def other_points(viewer: Viewer, chance: random.Random) -> float:
    """Let both networks of the plane learn other points."""
    return await viewer.set("points_seed", double_value=float(chance.randrange(SEEDS)))


ACTIONS: dict[str, tuple[Action, ...]] = {
    "": (edit_weight, edit_weight, edit_weight, take_preset),
    "training": (new_seed, look_at_epoch, look_at_epoch, look_at_epoch),
    "why_not_zero": (more_units, other_start),
    "sweep": (sort_rows,),
    "in_the_plane": (other_points,),
}
"""What is done on each page; what stands there twice is done twice as often."""
SHARES = {"": 5, "training": 3, "why_not_zero": 1, "sweep": 1, "in_the_plane": 1}
"""How many of eleven viewers are on each page."""
ONCE_TO_ANOTHER_PAGE = 10
"""One of so many actions is to open another page."""


@dataclass(frozen=True)
class Plan:
    """So many viewers join within `joining` seconds, and act for `acting` more, each once in `every` seconds."""

    viewers: int
    joining: float
    acting: float
    every: float


@dataclass
class Lecture:
    """What was measured: seconds to answer by what was done, what went wrong, and the server's memory over the time."""

    begun: float
    joining: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    """The answers to what was done while not everybody was there."""
    answers: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    """Those after that."""
    wrong: list[str] = field(default_factory=list)
    joined: float = 0.0
    """Seconds until the last viewer had seen a page."""
    received: int = 0
    """Bytes."""
    memory: list[tuple[float, float]] = field(default_factory=list)
    """Seconds from the start, megabytes of the largest process."""
    processor: float = 0.0
    """The share of a core that the server took while everybody was there; two processes may take two."""
    each: float = 0.0
    """Seconds of a core for each answer in that time."""

    def passed(self) -> float:
        """Seconds since the lecture began."""
        return time.perf_counter() - self.begun

    def answered(self) -> int:
        """How many answers have come."""
        return sum(len(times) for times in (*self.joining.values(), *self.answers.values()))


async def lecture(server: AppServer, plan: Plan) -> Lecture:
    """Hold a lecture. Of a server whose process is 0, on some other machine, only the answers are measured."""
    seen = Lecture(time.perf_counter())
    watching = asyncio.create_task(_watch(server, seen))
    measuring = asyncio.create_task(_measure_processor(server, seen, plan))
    await asyncio.gather(*(_attend(server.url, seen, plan, number) for number in range(plan.viewers)))
    watching.cancel()
    await measuring
    return seen


async def _attend(url: str, seen: Lecture, plan: Plan, number: int) -> None:
    """The viewer of that number: joins when it is their turn, and acts until the end, but once at least."""
    chance = random.Random(number)
    await asyncio.sleep(number * plan.joining / plan.viewers)
    async with join(url) as viewer:
        try:
            seen.joining["Open the first page"].append(await viewer.open(_page(chance)))
            seen.joined = max(seen.joined, seen.passed())
            due = seen.passed() + plan.every * chance.random()
            while True:
                await asyncio.sleep(due - seen.passed())
                name, seconds = await _act(viewer, chance)
                (seen.joining if due < plan.joining else seen.answers)[name].append(seconds)
                due = max(due + plan.every, seen.passed())
                if due >= plan.joining + plan.acting:
                    break
        except (LostError, KeyError) as error:
            seen.wrong.append(f"{type(error).__name__} on page {viewer.page!r}: {error}")
        seen.wrong += viewer.exceptions
        seen.received += viewer.received


def _page(chance: random.Random) -> str:
    return chance.choices(tuple(SHARES), tuple(SHARES.values()))[0]


async def _act(viewer: Viewer, chance: random.Random) -> tuple[str, float]:
    """What a viewer does, and the seconds until it is answered."""
    if chance.randrange(ONCE_TO_ANOTHER_PAGE):
        action = chance.choice(ACTIONS[viewer.page])
        return (action.__doc__ or "").rstrip("."), await action(viewer, chance)
    return "Open another page", await viewer.open(_page(chance))


async def _watch(server: AppServer, seen: Lecture) -> None:
    while server.pid:
        seen.memory.append((seen.passed(), resident_megabytes(server.pid)))
        await asyncio.sleep(WATCH_SECONDS)


async def _measure_processor(server: AppServer, seen: Lecture, plan: Plan) -> None:
    await asyncio.sleep(plan.joining)
    if server.pid:
        used, start, before = processor_seconds(server.pid), seen.passed(), seen.answered()
        await asyncio.sleep(plan.acting)
        used = processor_seconds(server.pid) - used
        seen.processor, seen.each = used / (seen.passed() - start), used / max(1, seen.answered() - before)
