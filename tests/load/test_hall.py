"""A hall: two processes behind HAProxy, what viewers notice when one of them ends, and what is refused."""

import asyncio
import os
import re
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from pathlib import Path
from shutil import which

import pytest
from websockets.exceptions import InvalidStatus, WebSocketException

from tests.browser.app_server import ROOT, START_SECONDS, AppServer, complaints, is_free, stop
from tests.install_programs import OFF_THE_PATH
from tests.load.hall import HALL, free_ports, running_hall, workers
from tests.load.viewer import LostError, Widget, join

VIEWERS = 8
MOST_CONNECTIONS = 2


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppServer]:
    """A hall of two. Nothing in its log may be a warning or an error but that a process is gone or back."""
    with running_hall(tmp_path_factory.mktemp("hall") / "log.txt", 2) as running:
        yield running
        port = int(running.url.rpartition(":")[2])
    assert [line for line in complaints(running.read_log()) if "Server processes/process" not in line] == []
    assert all(is_free(port + place) for place in range(3))


@dataclass
class Stay:
    """What a viewer has seen: the process it came to each time it was let in, why each time it was not, the number of
    answers, the longest wait in seconds, and the fingerprints at each address.
    """

    refused: list[Exception] = field(default_factory=list)
    processes: list[str] = field(default_factory=list)
    answers: int = 0
    longest: float = 0.0
    shown: dict[str, set[str]] = field(default_factory=dict)


async def stay(seen: Stay, url: str, number: int, leaving: asyncio.Event) -> None:
    """Edit a weight again and again; when the server hangs up, come back with all that a browser then has."""
    query, cookie, asked = f"h11={number}", "", time.perf_counter()
    widgets: dict[str, Widget] = {}

    def note(words: dict[tuple[int, ...], str]) -> None:
        seen.answers += 1
        seen.longest = max(seen.longest, time.perf_counter() - asked)
        seen.shown.setdefault(query, set()).update(re.findall("Fingerprint `(.*?)`", " ".join(words.values())))

    while not leaving.is_set():
        let_in = len(seen.processes)
        try:
            async with join(url, cookie=cookie) as viewer:
                cookie, viewer.widgets = viewer.cookie, widgets
                seen.processes.append(cookie)
                await viewer.open("", query)
                note(viewer.words)
                while not leaving.is_set():
                    asked, weight = time.perf_counter(), len(seen.shown) % 3
                    # a browser has the weight in its address before the server has answered
                    query = f"h11={number}&o1={weight}"
                    await viewer.set("o1", double_value=float(weight))
                    note(viewer.words)
                    widgets = viewer.widgets
                    await asyncio.sleep(0.2)
        except (LostError, WebSocketException, OSError) as error:
            if len(seen.processes) == let_in:
                seen.refused.append(error)
            await asyncio.sleep(0.1)


def with_viewers(hall: AppServer, begin: Callable[[], None], is_over: Callable[[], bool]) -> list[Stay]:
    """What viewers see who come before something begins, and leave when it is over."""
    stays = [Stay() for _ in range(VIEWERS)]

    async def everybody_has_two_answers_more() -> None:
        before = [one.answers for one in stays]
        while not all(one.answers > answers + 1 for one, answers in zip(stays, before, strict=True)):
            await asyncio.sleep(0.1)

    async def everybody() -> None:
        leaving = asyncio.Event()
        staying = [stay(one, hall.url, number, leaving) for number, one in enumerate(stays)]
        together = asyncio.gather(*staying)
        async with asyncio.timeout(3 * START_SECONDS):
            await everybody_has_two_answers_more()
            begin()
            while not is_over():
                await asyncio.sleep(0.5)
            await everybody_has_two_answers_more()
        leaving.set()
        await together

    asyncio.run(everybody())
    print(f"The longest wait was {max(one.longest for one in stays):.1f} s.")
    return stays


def assert_that_nobody_is_lost(stays: list[Stay], ended: int) -> None:
    """Whoever comes back is let in, to a process that is there; each sees what is its own.

    Nobody is told to wait. HAProxy may hang up on who is at the door of a process just as it ends; `ended` have.
    """
    for one in stays:
        assert [error for error in one.refused if isinstance(error, InvalidStatus)] == []
        assert len(one.refused) <= ended, one.refused
        assert all(left != reached for left, reached in pairwise(one.processes))
    fingerprints = [set.union(*one.shown.values()) for one in stays]
    assert [len(found) for found in fingerprints] == [len(one.shown) for one in stays]
    assert len(set.union(*fingerprints)) == sum(map(len, fingerprints))


def test_a_process_that_is_killed_hands_its_viewers_to_the_other(hall: AppServer) -> None:
    before = workers(hall)
    kill_one = partial(os.kill, min(before), signal.SIGKILL)
    stays = with_viewers(hall, kill_one, lambda: " is UP" in hall.log.read_text())
    assert_that_nobody_is_lost(stays, ended=1)
    assert len(workers(hall) - before) == 1
    assert {len(one.processes) for one in stays} == {1, 2}


def test_a_restart_of_one_after_another_loses_nobody_even_right_after_one_has_ended(hall: AppServer) -> None:
    before = workers(hall)

    def end_one_and_restart_all() -> None:
        os.kill(max(before), signal.SIGKILL)
        os.kill(hall.pid, signal.SIGUSR1)

    stays = with_viewers(hall, end_one_and_restart_all, lambda: "have been restarted" in hall.log.read_text())
    assert_that_nobody_is_lost(stays, ended=3)
    assert {len(one.processes) for one in stays} <= {2, 3, 4}
    assert len(workers(hall) - before) == 2


@contextmanager
def gate(folder: Path, connections: int = 5000) -> Iterator[str]:
    """The address of HAProxy before one process that never answers, with another limit of connections."""
    port = free_ports(2)
    settings = (ROOT / "deploy" / "haproxy.cfg").read_text(encoding="utf-8")
    assert " gt 5000 " in settings
    settings = settings.replace(" gt 5000 ", f" gt {connections} ") + f"    server one 127.0.0.1:{port + 1} cookie 1\n"
    (folder / "haproxy.cfg").write_text(settings, encoding="utf-8")
    program = which("haproxy", path=f"{os.environ['PATH']}:{OFF_THE_PATH}")
    assert program
    command = [program, "-db", "-f", str(folder / "haproxy.cfg")]
    process = subprocess.Popen(command, cwd=ROOT, env={"PORT": str(port)}, stderr=subprocess.DEVNULL)
    try:
        while is_free(port):
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        stop(process)


def answer(address: str, length: int = 0) -> tuple[int, str]:
    """The status and the page with which an address refuses, before it has got the body of such a length."""
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(urllib.request.Request(address, headers={"Content-Length": str(length)}), timeout=60)
    return caught.value.code, caught.value.read().decode()


def test_what_is_refused_is_refused_in_words(tmp_path: Path) -> None:
    with gate(tmp_path) as url:
        status, page = answer(f"{url}/training?seed=7")
        assert status == 503
        assert "This page tries again every five seconds" in page
        assert "Your settings are in the address" in page
        status, page = answer(f"{url}/_stcore/upload_file/a/b", length=12_000_000)
        assert (status, page) == (413, "A file may have at most 10 MB. Go back and choose a smaller one.")
        assert answer(f"{url}/_stcore/%73cript-health-check")[0] == 404


def test_no_address_takes_all_connections(tmp_path: Path) -> None:
    with gate(tmp_path, connections=MOST_CONNECTIONS) as url, ExitStack() as held:
        for _ in range(MOST_CONNECTIONS):
            held.enter_context(socket.create_connection(("127.0.0.1", int(url.rpartition(":")[2]))))
        while answer(url)[0] != 429:  # until HAProxy has noticed them
            time.sleep(0.05)
        assert answer(url)[1] == "Too many connections from your address. Close other tabs and try again."
        held.close()
        while answer(url)[0] != 503:
            time.sleep(0.05)


def refusal(*arguments: object, **environment: str) -> str:
    """What the script says when it does not start."""
    command = [str(HALL), *map(str, arguments)]
    result = subprocess.run(command, env=os.environ | environment, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stdout) == (2, "")
    return result.stderr.removeprefix("deploy/hall: ").rstrip()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "expects the number of processes and, if not 8501, a port: deploy/hall 2 8080"),
        ((2, 8501, 3), "expects the number of processes and, if not 8501, a port: deploy/hall 2 8080"),
        (("two",), "the number of processes must be from 1 to 99, received two"),
        ((0,), "the number of processes must be from 1 to 99, received 0"),
        ((2, "http"), "the port must be from 1 to 65533, received http"),
        ((2, 65534), "the port must be from 1 to 65533, received 65534"),
    ],
)
def test_the_script_refuses(arguments: tuple[object, ...], words: str) -> None:
    assert refusal(*arguments) == words


def test_the_script_refuses_a_port_that_is_taken() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        for first in (port, port - 1):
            words = f"port {port} is taken; HAProxy needs port {first} and the processes the next 1"
            assert refusal(1, first) == words


def test_the_script_refuses_without_haproxy() -> None:
    words = "HAProxy is missing; on Debian or Ubuntu: sudo apt-get install haproxy"
    assert refusal(2, free_ports(3), HAPROXY="nosuchprogram") == words


@pytest.mark.parametrize("script", [HALL, ROOT / ".ci" / "run"], ids=lambda script: script.name)
def test_the_shell_scripts_satisfy_their_linter(script: Path) -> None:
    result = subprocess.run(["shellcheck", script], capture_output=True, text=True, check=False)
    assert (result.returncode, result.stdout) == (0, "")
