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
    """Drag the position of problem 2."""
    return await viewer.set("epoch", double_array_value=[float(chance.randrange(1, 100))])


async def step_on(viewer: Viewer, _: random.Random) -> float:
    """Go one epoch on in problem 2."""
    return await viewer.press("Step")


async def more_units(viewer: Viewer, chance: random.Random) -> float:
    """Give the symmetric network other units."""
    return await viewer.set("units", double_array_value=[float(chance.randrange(2, 9))])


async def other_start(viewer: Viewer, chance: random.Random) -> float:
    """Start the symmetric network from other weights."""
    return await viewer.set("start_seed", double_value=float(chance.randrange(SEEDS)))


async def sort_rows(viewer: Viewer, chance: random.Random) -> float:
    """Sort the order seeds of the sweep."""
    return await viewer.set("sort", string_array_value=[chance.choice(("seed", "earlier", "same"))])


ACTIONS: dict[str, tuple[Action, ...]] = {
    "": (edit_weight, edit_weight, edit_weight, take_preset),
    "training": (new_seed, look_at_epoch, look_at_epoch, step_on),
    "why_not_zero": (more_units, other_start),
    "sweep": (sort_rows,),
}
"""What is done on each page; what stands there twice is done twice as often."""
SHARES = {"": 5, "training": 3, "why_not_zero": 1, "sweep": 1}
"""How many of ten viewers are on each page."""
ONCE_TO_ANOTHER_PAGE = 10
"""One of so many actions is to open another page."""


@dataclass
class Lecture:
    """What was measured: seconds to answer by what was done, what went wrong, and the server's memory over the time."""

    answers: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    wrong: list[str] = field(default_factory=list)
    joined: float = 0.0
    """Seconds until the last viewer had seen a page."""
    received: int = 0
    """Bytes."""
    memory: list[tuple[float, float]] = field(default_factory=list)
    """Seconds from the start, megabytes."""
    processor: float = 0.0
    """The share of a core that the server took while everybody was there."""


async def lecture(server: AppServer, viewers: int, join_seconds: float, seconds: float, every: float) -> Lecture:
    """Have so many viewers join within `join_seconds`, and act for so many seconds after that, each `every` seconds."""
    seen = Lecture()
    start = time.perf_counter()
    watching = asyncio.create_task(_watch(server, seen, start))
    measuring = asyncio.create_task(_measure_processor(server, seen, join_seconds, seconds))
    await asyncio.gather(
        *(
            _attend(
                server.url,
                seen,
                random.Random(number),
                start,
                number * join_seconds / viewers,
                every,
                seconds + join_seconds,
            )
            for number in range(viewers)
        )
    )
    watching.cancel()
    await measuring
    return seen


async def _attend(
    url: str, seen: Lecture, chance: random.Random, start: float, delay: float, every: float, leave: float
) -> None:
    await asyncio.sleep(delay)
    page = chance.choices(tuple(SHARES), tuple(SHARES.values()))[0]
    async with join(url) as viewer:
        try:
            seen.answers["open the first page"].append(await viewer.open(page))
            seen.joined = max(seen.joined, time.perf_counter() - start)
            due = time.perf_counter() + every * chance.random()
            while due < start + leave:
                await asyncio.sleep(due - time.perf_counter())
                await _act(viewer, seen, chance)
                due = max(due + every, time.perf_counter())
        except (LostError, KeyError) as error:
            seen.wrong.append(f"{type(error).__name__} on page {viewer.page!r}: {error}")
        seen.wrong += viewer.exceptions
        seen.received += viewer.received


async def _act(viewer: Viewer, seen: Lecture, chance: random.Random) -> None:
    if chance.randrange(ONCE_TO_ANOTHER_PAGE):
        action = chance.choice(ACTIONS[viewer.page])
        name, seconds = (action.__doc__ or "").rstrip("."), await action(viewer, chance)
    else:
        page = chance.choices(tuple(SHARES), tuple(SHARES.values()))[0]
        name, seconds = "Open another page", await viewer.open(page)
    seen.answers[name].append(seconds)


async def _watch(server: AppServer, seen: Lecture, start: float) -> None:
    while True:
        seen.memory.append((time.perf_counter() - start, resident_megabytes(server.pid)))
        await asyncio.sleep(WATCH_SECONDS)


async def _measure_processor(server: AppServer, seen: Lecture, delay: float, seconds: float) -> None:
    await asyncio.sleep(delay)
    used, start = processor_seconds(server.pid), time.perf_counter()
    await asyncio.sleep(seconds)
    seen.processor = (processor_seconds(server.pid) - used) / (time.perf_counter() - start)
