"""A small class with the app, and what its viewers can and cannot see of each other."""

import asyncio
import json
import os
import urllib.error
import urllib.request
from collections.abc import Callable, Coroutine, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlencode

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from pages.ui.jobs import MOST_AT_ONCE
from tests.browser.app_server import AppServer, complaints, running_app
from tests.load.__main__ import together
from tests.load.lecture import Plan, lecture
from tests.load.viewer import PATIENCE, Viewer, join
from tests.reading import rows

ROOT = Path(__file__).parents[2]
Answer = TypeVar("Answer")
NO_EPOCHS = (300, -1, 0.5, "5", 10**400, None)
LARGEST_SWEEP = "inits=9999&orders=50&sweep_epochs=2000"
"""All runs that the page takes: minutes on any machine, in parts that take it a moment."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppServer]:
    """The app for all tests of this module. Nothing in its log may be a warning or an error."""
    with running_app(tmp_path_factory.mktemp("load") / "log.txt") as running:
        yield running
        assert complaints(running.read_log()) == []


def with_viewers(server: AppServer, count: int, visit: Callable[..., Coroutine[Any, Any, Answer]]) -> Answer:
    """What `visit` finds with so many viewers of its own."""

    async def everybody(*viewers: Viewer) -> Answer:
        if len(viewers) < count:
            async with join(server.url) as viewer:
                return await everybody(*viewers, viewer)
        return await visit(*viewers)

    return asyncio.run(everybody())


def written(viewer: Viewer) -> str:
    """All that a viewer reads on the page."""
    assert viewer.exceptions == []
    return " ".join(viewer.words.values())


def row(viewer: Viewer, name: str) -> list[str]:
    """The cells of a row of the summary of problem 2."""
    assert viewer.exceptions == []
    (table,) = (text for text in viewer.words.values() if "<th>break epoch</th>" in text)
    (cells,) = (cells for head, *cells in rows(table) if head == name)
    return cells


def test_a_class_gets_its_answers(server: AppServer) -> None:
    seen = asyncio.run(lecture(server, Plan(viewers=10, joining=2, acting=4, every=1)))
    assert seen.wrong == []
    assert len(seen.joining.pop("Open the first page")) == 10
    assert len(together(seen.joining) + together(seen.answers)) >= 10
    assert max(megabytes for _, megabytes in seen.memory) < 1000


def test_a_player_that_comes_to_rest_has_the_server_draw_what_follows_and_nothing_else(server: AppServer) -> None:
    async def visit(viewer: Viewer) -> tuple[list[str], list[str], int]:
        await viewer.open("training")
        before, charts = row(viewer, "epoch"), viewer.elements["vega_lite_chart"]
        await viewer.rest("training_player", 100)
        return before, row(viewer, "epoch"), viewer.elements["vega_lite_chart"] - charts

    before, after, charts = with_viewers(server, 1, visit)
    assert (before, after) == (["221", "298"], ["99", "99"])
    assert charts == 0


@pytest.mark.parametrize(
    "rested",
    [None, 5, [], {}, {"epoch": 5}, {"epoch": 5, "subject": "other"}, *({"epoch": epoch} for epoch in NO_EPOCHS)],
    ids=str,
)
def test_what_no_player_sends_changes_nothing(server: AppServer, rested: Any) -> None:
    async def visit(viewer: Viewer) -> tuple[str, str]:
        await viewer.open("training")
        before = written(viewer)
        if isinstance(rested, dict) and "epoch" in rested and rested["epoch"] != 5:
            rested.setdefault("subject", viewer.data["training_player"]["subject"])
        await viewer.set("training_player", json_value=json.dumps({"rested": rested, "speed": rested}))
        return before, written(viewer)

    before, after = with_viewers(server, 1, visit)
    assert after == before


def test_a_viewer_no_longer_has_what_is_folded_away(server: AppServer) -> None:
    async def visit(viewer: Viewer) -> list[set[str]]:
        await viewer.open("training", "microscope=true")
        unfolded = set(viewer.widgets)
        await viewer.set("microscope", bool_value=False)
        return [unfolded, set(viewer.widgets)]

    unfolded, folded = with_viewers(server, 1, visit)
    assert {"look_run", "look_sample", "look_quiz"} == unfolded - folded


def test_two_who_edit_at_once_see_what_each_sees_alone(server: AppServer) -> None:
    edits = [[("h11", 0.1 * place + shift), ("o1", shift - 0.2 * place)] for shift in (0.5, -1.5) for place in (1, 2)]

    async def alone(viewer: Viewer) -> list[str]:
        await viewer.open("")
        return [await seen(viewer, key, value) for edit in edits[:2] for key, value in edit]

    async def beside(viewer: Viewer, other: Viewer) -> list[str]:
        await asyncio.gather(viewer.open(""), other.open(""))
        found = []
        for mine, theirs in zip(edits[:2], edits[2:], strict=True):
            for (key, value), (other_key, other_value) in zip(mine, theirs, strict=True):
                both = await asyncio.gather(seen(viewer, key, value), seen(other, other_key, other_value))
                found.append(both[0])
                assert both[0] != both[1]
        return found

    assert with_viewers(server, 2, beside) == with_viewers(server, 1, alone)


async def seen(viewer: Viewer, key: str, value: float) -> str:
    """What is written on the page after an edit."""
    await viewer.set(key, double_value=value)
    return written(viewer)


def test_what_one_types_is_not_in_the_session_of_another(server: AppServer) -> None:
    async def visit(one: Viewer, other: Viewer) -> tuple[str, str]:
        await one.open("training", "seed=424242")
        await other.open("training")
        await one.set("eta", double_value=0.25)
        await other.open("training")
        return written(one), written(other)

    typed, untouched = with_viewers(server, 2, visit)
    assert "424242" in typed
    assert "424242" not in untouched


@pytest.mark.parametrize("page", ["", "training", "why_not_zero", "sweep", "in_the_plane"])
def test_what_a_link_says_is_never_more_than_text(server: AppServer, page: str) -> None:
    act = "<img src=x onerror=alert(1)>**bold**[a](javascript:alert(1))"

    async def visit(viewer: Viewer) -> dict[str, list[str]]:
        kinds: dict[str, list[str]] = {}
        viewer.on_words = lambda kind, words: kinds.setdefault(kind, []).append(words)
        await viewer.open(page, urlencode({"unheard_of": act, act: "1", "seed": act, "mathematics": act}))
        return kinds

    kinds = with_viewers(server, 1, visit)
    speaking = {kind for kind, words in kinds.items() if any("src=x" in text for text in words)}
    assert speaking == {"text"}


async def until(holds: Callable[[], bool]) -> None:
    """Wait for what the server sends by itself."""
    async with asyncio.timeout(PATIENCE):
        while not holds():
            await asyncio.sleep(0.1)


async def who_waits(viewers: Sequence[Viewer]) -> Viewer:
    """The one who is told to wait when all of them sweep, each another plan."""
    for number, viewer in enumerate(viewers):
        await viewer.open("sweep", f"{LARGEST_SWEEP}&first_order={number}")
    await until(lambda: any("It resumes when another sweep ends" in written(viewer) for viewer in viewers))
    return next(viewer for viewer in viewers if "It resumes when another sweep ends" in written(viewer))


def test_a_third_sweep_waits_and_says_so(server: AppServer) -> None:
    async def visit(*viewers: Viewer) -> None:
        await who_waits(viewers)

    with_viewers(server, MOST_AT_ONCE + 1, visit)


def test_a_sweep_that_is_left_makes_way(server: AppServer) -> None:
    async def visit(*viewers: Viewer) -> None:
        waiting = await who_waits(viewers)
        for viewer in viewers:
            if viewer is not waiting:
                await viewer.connection.close()
        await until(lambda: "of 500,000 runs, about" in written(waiting))

    with_viewers(server, MOST_AT_ONCE + 1, visit)


def test_nothing_is_written_to_disk(server: AppServer) -> None:
    def files() -> dict[Path, int]:
        left_out = {".git", ".venv", "__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis"}
        return {
            Path(folder, name): Path(folder, name).stat().st_mtime_ns
            for folder, folders, names in os.walk(ROOT)
            if not folders.__setitem__(slice(None), [one for one in folders if one not in left_out])
            for name in names
        }

    async def visit(viewer: Viewer) -> None:
        for page in ("", "training", "why_not_zero", "sweep", "in_the_plane"):
            await viewer.open(page)

    before = files()
    with_viewers(server, 1, visit)
    assert files() == before


def test_a_server_that_was_killed_shows_the_same_for_the_same_link(tmp_path: Path) -> None:
    async def visit(viewer: Viewer) -> str:
        await viewer.open("training", "seed=7&order=3&eta=0.2&epoch=40")
        return written(viewer)

    found = []
    for name in ("before", "after"):
        with running_app(tmp_path / name) as server:
            found.append(with_viewers(server, 1, visit))
            os.kill(server.pid, 9)
    assert found[0] == found[1]
    assert "Fingerprint" in found[0]


def test_another_site_can_open_no_session(server: AppServer) -> None:
    async def knock() -> None:
        address = f"{server.url.replace('http', 'ws', 1)}/_stcore/stream"
        async with connect(address, additional_headers={"Origin": "https://elsewhere.example"}):
            pass

    with pytest.raises(InvalidStatus, match="403"):
        asyncio.run(knock())
    assert "disallowed Origin" in server.read_log()


def test_another_site_can_upload_nothing(server: AppServer) -> None:
    request = urllib.request.Request(f"{server.url}/_stcore/upload_file/a/b", data=b"x", method="PUT")
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(request, timeout=10)
