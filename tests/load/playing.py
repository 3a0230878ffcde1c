"""Many viewers who play problem 2 at once, each a run of its own."""

import asyncio
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass

from tests.browser.app_server import AppServer
from tests.load.server import processor_seconds
from tests.load.viewer import Viewer, join

PICTURE = "progress"
"""Each picture comes with one element of this kind, which says where the playback is."""


@dataclass(frozen=True)
class Playing:
    """What was measured while so many viewers played."""

    players: int
    rates: list[float]
    """Pictures a second of each viewer."""
    pauses: list[float]
    """Seconds from pressing Pause to the last message of the answer, one viewer after another while the rest plays."""
    bytes_a_picture: float
    processor: float
    """The share of a core that the server took."""
    wrong: list[str]


async def playing(server: AppServer, players: int, seconds: float, settle: float = 10.0) -> Playing:
    """Have so many viewers play for so many seconds, and then each press Pause.

    After `settle` seconds all share the pictures among them.
    """
    async with AsyncExitStack() as stack:
        viewers = [await stack.enter_async_context(join(server.url)) for _ in range(players)]
        for number, viewer in enumerate(viewers):
            await viewer.open("training", f"epoch=0&theta=0&epochs=1200&seed={number}")
        for viewer in viewers:
            await viewer.start("Play")
        await asyncio.sleep(settle)
        before = [(viewer.elements[PICTURE], viewer.received) for viewer in viewers]
        used, start = processor_seconds(server.pid), time.perf_counter()
        await asyncio.sleep(seconds)
        elapsed = time.perf_counter() - start
        processor = (processor_seconds(server.pid) - used) / elapsed
        pictures = [viewer.elements[PICTURE] - seen for viewer, (seen, _) in zip(viewers, before, strict=True)]
        received = sum(viewer.received - bytes_ for viewer, (_, bytes_) in zip(viewers, before, strict=True))
        pauses = [await _pause(viewer) for viewer in viewers]
    return Playing(
        players,
        [count / elapsed for count in pictures],
        pauses,
        received / max(1, sum(pictures)),
        processor,
        [error for viewer in viewers for error in viewer.exceptions],
    )


async def _pause(viewer: Viewer) -> float:
    return await viewer.press("Pause")
